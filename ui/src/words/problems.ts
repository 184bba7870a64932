// What each error code means to a person: what happened, what is safe, what to do next. Exhaustive by type.
import type { AppError, ErrorCode } from '../ipc/bindings/types';
import type { IconName } from '../ui/icons';
import type { Tone } from '../ui/tone';
import { money, quoted, span } from './format';
import { parameters } from './parameters';
import { spending } from './spending';

export interface Problem {
  title: string;
  body: string;
  tone: Tone;
  icon: IconName;
}

/** The names a text may need. */
export interface Setting {
  /** The address has no version in its path, as nearly all have. */
  noVersion?: boolean;
  provider: string;
  connection: string;
  model: string;
  keychain: string;
}

/** Title and body in one notice. */
export const whole = ({ title, body }: Problem): string => `${title}. ${body}`;

type Text = (s: Setting, error: AppError) => Problem;

const warn = (icon: IconName, title: string, body: string): Problem => ({ tone: 'warn', icon, title, body });
const danger = (icon: IconName, title: string, body: string): Problem => ({ tone: 'danger', icon, title, body });

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const KEPT = 'Your message is kept.';

/** What the provider itself had to say, if anything. Our own faults have no words but ours. */
export function said(error: AppError, setting: Setting): string | null {
  return error.code === 'internal' || error.message.trim() === '' ? null : `${setting.provider}: ${quoted(error.message)}`;
}

export const problems: Record<ErrorCode, Text> = {
  // a provider said no, or could not be reached
  keyRejected: (s) => danger('key', `${s.provider} doesn’t accept “${s.connection}”`, 'It has never worked here: it may be mistyped, or from another provider. Your chats are safe. Give Latchkey another key and press Try again.'),
  keyRevoked: (s) => danger('key', `${s.provider} no longer accepts “${s.connection}”`, 'It worked before, so it was probably revoked. Your chats are safe. Give Latchkey a new key and press Try again.'),
  noCredit: (s) => warn('coin', `${s.provider} says there is no credit left`, `Add credit there, or raise its limit, then try again. ${KEPT}`),
  notAllowed: (s) => danger('key', `“${s.connection}” may not do this`, `${s.provider} knows the key but refuses ${s.model}. Allow it at ${s.provider}, or choose another model. ${KEPT}`),
  modelNotFound: (s) => warn('alert', `${s.provider} has no model called ${s.model}`, `It may have been withdrawn. Choose another model, then try again. ${KEPT}`),
  addressNotFound: (s) => warn('globe', 'Nothing answers at this path', `${s.provider} was reached, but knows nothing of this path. Look at the address in Keys & providers${s.noVersion ? ': most end in /v1, and this one doesn’t' : ''}. ${KEPT}`),
  requestRefused: (s, e) => warn('alert', `${s.provider} refused the request`, `${e.refused ? `It names ${parameters.named[e.refused]}, which was sent with your message. ` : ''}${said(e, s) ? 'Its reason is below.' : 'It gave no reason.'} ${KEPT}`),
  notServed: (s) => warn('globe', `${s.provider} doesn’t serve the place you are in`, `It goes by where the request comes from, so a proxy or a VPN can be the reason. No other key for it helps. Choose a model of another provider. ${KEPT}`),
  noTakers: (s) => warn('alert', `${s.provider} found nobody who may answer`, `None of those who run ${s.model} there can take this message, or may by what was wished. Choose another model, allow those who keep messages in Keys & providers (Edit), or look at the privacy settings of your account there. ${KEPT}`),
  moderated: (s) => warn('alert', `${s.provider} refuses this by its rules`, `A filter there objects to the message, or to what is attached. Say it in other words (Edit), or choose another provider’s model. ${KEPT}`),
  timedOut: (s) => warn('clock', `${s.provider} didn’t answer in time`, `Nothing arrived. ${KEPT}`),
  busy: (s, e) => warn('clock', `${s.provider} is busy`, e.retryAfterMs ? `It asks for a pause of ${span(e.retryAfterMs)}. ${KEPT}` : `Try again in a while. ${KEPT}`),
  providerDown: (s, e) => warn('alert', `${s.provider} reported a fault`, `${said(e, s) ? 'Its own words are below.' : 'It gave no reason.'} Try again in a while. ${KEPT}`),
  brokenStream: () => warn('offline', 'The connection broke', 'Whatever arrived is saved.'),
  idleStream: () => warn('clock', 'Nothing came for too long', 'Whatever arrived is saved.'),
  offline: () => warn('offline', 'You’re offline', 'Your message is kept here and hasn’t been sent. Everything but sending works as usual.'),
  unreachable: (s) => warn('offline', `${s.provider} can’t be reached`, `Nothing listens at its address on this computer. Is the server running? ${KEPT}`),
  tlsFailed: (s) => danger('alert', `The connection to ${s.provider} isn’t safe`, `Its certificate can’t be trusted, so nothing was sent. A proxy or a wrong clock can cause this. ${KEPT}`),
  proxyFailed: (s) => warn('globe', 'The proxy doesn’t let Latchkey through', `${s.provider} wasn’t reached. The proxy is set where Latchkey was started: see below. ${KEPT}`),
  redirected: (s) => danger('alert', `${s.provider} pointed to another address`, `Latchkey never follows with a key. Check the address in Keys & providers. ${KEPT}`),
  nonsense: (s) => warn('alert', `${s.provider} sent something Latchkey can’t read`, `What answers there may be a server of another kind. ${KEPT}`),
  answerTooLong: () => warn('alert', 'The answer grew too long', 'What arrived is saved.'),
  contextTooLong: (s) => warn('file', `This chat is longer than ${s.model} can read`, 'Nothing is cut behind your back. Use a model that reads more, or begin a new chat.'),
  paceTooSmall: (s) => warn('clock', 'This message alone is more than a minute may have', `${s.provider} lets this key send fewer tokens a minute to ${s.model} than the message has, so waiting doesn’t help. Use another model, or begin a new chat. ${KEPT}`),
  // keys
  keychainLocked: () => warn('lock', 'The keychain is locked', 'You can read your chats. Sending needs the key.'),
  keychainAbsent: () => warn('keyhole', 'No keychain on this desktop', 'No keychain service (Secret Service) is running, so the key can’t be read. Your chats are safe.'),
  keychainSilent: (s) => warn('keyhole', `${s.keychain} doesn’t answer`, `It may be waiting for a password in its own window. ${KEPT}`),
  keychainDismissed: () => warn('lock', 'The keychain stayed locked', `Its window was closed. Sending needs the key. ${KEPT}`),
  keychainFailed: (s) => danger('keyhole', `${s.keychain} reported a fault`, `The key couldn’t be read or stored. ${KEPT}`),
  keyDamaged: (s) => danger('key', `The keychain’s entry for “${s.connection}” can’t be read`, 'An entry is there under Latchkey’s name, but it isn’t a key that Latchkey wrote. It was left as it is, and nothing was sent. Give Latchkey the key again and press Try again.'),
  keyMissing: (s) => danger('key', `The key of “${s.connection}” isn’t in the keychain`, 'Latchkey found no entry for it: it was removed there, or this is another keychain. Your chats are safe. Give Latchkey the key again and press Try again.'),
  commandFailed: (s, e) => danger('terminal', `The program that prints “${s.connection}” gave no key`, `${e.detail ? `What happened: ${e.detail}. ` : ''}It may be locked, or ask in a terminal. Nothing was sent. Unlock it and press Try again, or hand the key over in another way. ${KEPT}`),
  keyLeaked: (s) => danger('key', `“${s.connection}” has no key any more`, `The one it had leaked and was removed from this computer. Add another for ${s.provider}; limits and models carry over. ${KEPT}`),
  modelNotAllowed: (s) => warn('key', `“${s.connection}” may not ask ${s.model}`, `You have named the models that this key may ask, and it isn’t among them. Choose one that is, or change that in Keys & providers. Nothing was sent. ${KEPT}`),
  noSoundProgram: () => warn('mic', 'No program for sound was found', 'Latchkey hears and plays through the system’s own: parec and paplay (pulseaudio-utils), or arecord and aplay (alsa-utils). Install one of them and try again.'),
  noSoundDevice: () => warn('mic', 'There is no sound device', 'Neither a microphone nor a loudspeaker answers on this computer. Plug one in, or start its sound server, and try again.'),
  soundNotAllowed: () => warn('mic', 'The system doesn’t let Latchkey use the sound device', 'Allow it in the system’s settings, then try again.'),
  soundInUse: () => warn('mic', 'Another program uses the sound device', 'Close it, or choose another device in the system’s settings, then try again.'),
  soundBroke: () => warn('mic', 'Nothing comes from the microphone', 'It was there and gives no sound. Look at it in the system’s settings, then try again.'),
  nothingSaid: () => warn('mic', 'Only silence was heard', 'So nothing was sent, and it cost nothing. See whether the microphone is muted, or another one is chosen.'),
  noSystemVoice: () => warn('sound', 'This system has no voice', 'Install espeak-ng or speech-dispatcher for one, or let a model read aloud.'),
  fileNotWritten: (_s, e) => warn('alert', 'The file couldn’t be written', `${e.detail ? `The system says: ${e.detail}. ` : ''}Choose another folder, or make room. What was there is as it was.`),
  adminKey: () => danger('key', 'That’s an admin key, so it wasn’t kept', 'It can delete projects and make other keys. Make a project key instead.'),
  oauthKey: () => danger('key', 'That’s a sign-in token, so it wasn’t kept', 'It belongs to another program and soon runs out. Make an API key instead.'),
  notAModelKey: (s, e) => warn('key', e.provider === null ? 'That key isn’t for models' : `That’s a token of ${e.provider}, not a key for models`, `Sent elsewhere, it would be lost. It wasn’t kept, and ${s.provider} wasn’t asked.`),
  notAKey: () => warn('key', 'That isn’t a key', 'Latchkey looked for one piece without spaces, as long as this provider’s keys are. Nothing was kept.'),
  maskedKey: () => warn('key', 'That’s only a masked copy of a key', 'Dots or stars stand for a part of it. The whole key is shown once only, when it is made. Make a new one. Nothing was kept.'),
  placeholderKey: () => warn('key', 'That’s an example, not a key', 'Manuals put such words where your own key belongs. Copy the key itself. Nothing was kept.'),
  keyInAddress: () => warn('key', 'That’s an address with a key in it', 'Copy only the key. Whoever has seen that address has seen the key, so consider making a new one. Nothing was kept.'),
  severalKeys: () => warn('key', 'There’s more than one key in that text', 'Latchkey doesn’t guess which one you mean. Copy only the one. Nothing was kept.'),
  otherProvidersKey: (s) => warn('info', 'That looks like another provider’s key', `You chose ${s.provider}. Latchkey didn’t send it anywhere.`),
  clipboardEmpty: () => warn('clipboard', 'No key on the clipboard', 'Latchkey looked for one piece without spaces, as long as this provider’s keys are. The clipboard was left as it was.'),
  environmentEmpty: () => warn('terminal', 'No key in the environment', 'The variable isn’t set where Latchkey was started. Nothing was changed.'),
  fileUnreadable: () => warn('file', 'The file can’t be read', 'Nothing was changed. Choose another one, or hand over the key another way.'),
  noKeyInFile: () => warn('file', 'No key in that file', 'Latchkey looked for this provider’s variable and read nothing else. The file was left as it was.'),
  fileEncoding: () => warn('file', 'Latchkey can’t read how this file is written', 'It reads UTF-8, and UTF-16 that says so by its first two bytes. Save the file as UTF-8 and choose it again. The file was left as it was.'),
  badLineInFile: (_s, e) => warn('file', 'That line holds no key', `${e.detail === null ? 'It isn’t written as Latchkey reads it' : capital(e.detail)}. Mend it, or hand over the key another way. The file was left as it was.`),
  badTeamFile: (_s, e) => warn('file', 'That team file wasn’t taken', `${e.detail === null ? 'It isn’t one that Latchkey reads' : capital(e.detail)}. Nothing was changed.`),
  teamLimit: (s, e) => warn('shield', `${e.detail === null ? 'The team' : quoted(e.detail)} allows less for “${s.connection}”`, 'You can set less than the team does, not more. Nothing was changed. Ask whoever keeps the team’s file.'),
  originMismatch: (s) => danger('alert', 'This key belongs to another address', `Latchkey sends a key only to the address it was added for, so nothing was sent. ${s.connection} needs to be added again.`),
  // native windows
  cancelled: () => warn('x', 'Cancelled', 'Nothing was changed.'),
  tooManyRefusals: () => warn('clock', 'Latchkey stopped asking', 'Its window was refused three times. Wait a minute, then try again.'),
  tooOften: () => warn('clock', 'That page was opened several times just now', 'It’s in your browser. Wait half a minute if you need it once more.'),
  windowOpen: () => warn('info', 'A native window is already open', 'Finish or close it first. It may be behind this one.'),
  nativeUnavailable: () => warn('keyhole', 'No native window on this system yet', 'Use the clipboard, the environment or a .env file instead.'),
  // history
  historyDamaged: () => danger('disk', 'The file of your chats is damaged', 'Nothing was changed.'),
  historyWrongKey: () => danger('disk', 'The keychain’s key doesn’t open your chats', 'Nothing was changed.'),
  historyNewer: () => danger('disk', 'Your chats were written by a newer Latchkey', 'Nothing was changed. Install that version again.'),
  historyKeyDamaged: () => danger('disk', 'The keychain’s entry for your chats can’t be read', 'It isn’t a key that Latchkey wrote. Nothing was changed.'),
  historyInUse: () => danger('disk', 'Another Latchkey has your chats open', 'Nothing was changed. Close that one, then try again.'),
  historyKeyMissing: () => danger('disk', 'The keychain has no key for your chats', 'Nothing was changed.'),
  diskFull: () => danger('disk', 'The disk is full', 'Sending is paused, because an answer couldn’t be saved. What was saved before it is kept.'),
  historyFailed: () => danger('disk', 'This couldn’t be saved', 'What was saved before is kept. Try again; if it goes on, look at the disk.'),
  // input
  tooLong: () => warn('alert', 'This is too long', 'Latchkey takes up to 8 MB of text at once. Nothing was sent; your text is kept.'),
  notALibrary: () => warn('file', 'That file is no library of prompts', 'Nothing was added. Choose a file that Latchkey or Open WebUI exported.'),
  libraryNewer: () => warn('file', 'A later version of Latchkey wrote that file', 'Nothing was added. Update Latchkey, then import it again.'),
  secretsFound: () => warn('shield', 'There are secrets in this message', 'Nothing was sent.'),
  empty: () => warn('info', 'There is nothing to send', 'Write something first.'),
  badAddress: (_, e) => warn('globe', 'That isn’t an address Latchkey can use', e.detail === null ? 'It starts with https://, or with http:// for this computer only.' : `${capital(e.detail)}. Nothing was sent.`),
  badLink: () => warn('out', 'Latchkey doesn’t open this link', 'It opens web and mail addresses only.'),
  pictureMissing: (_, e) => warn('alert', 'The picture couldn’t be loaded', e.detail === null ? 'The answer is as it was.' : `${capital(e.detail)}. The answer is as it was.`),
  pictureTooLarge: () => warn('alert', 'The picture is too large', 'Latchkey loads up to 12 MB. The answer is as it was.'),
  notAPicture: () => warn('alert', 'That isn’t a picture', 'The server sent something else. Nothing of it was kept.'),
  noPictures: (s) => warn('image', `${s.model} takes no pictures`, 'Nothing was sent. Choose a model that sees them, or take them off.'),
  noAudio: (s) => warn('sound', `${s.model} takes no audio`, 'Nothing was sent. Choose a model that hears, have it written down first, or take it off.'),
  audioKind: (s) => warn('sound', `${s.model} takes other kinds of audio`, 'Nothing was sent. Have it written down first, choose another model that hears, or take it off.'),
  tooManyPictures: (s) => warn('image', `Too many pictures for ${s.provider}`, 'Pictures from earlier in the chat count too. Nothing was sent. Take some off, begin a new chat, or choose another model.'),
  filesTooLarge: (s) => warn('file', `The files are too large for ${s.provider}`, 'Files from earlier in the chat count too. Nothing was sent. Take some off, begin a new chat, or choose another model.'),
  noWords: (s) => warn('file', `${s.model} can’t read this PDF`, 'None of it could be sent: its pages are pictures, and there are no words in it. Nothing was sent. Choose a model that sees pictures or reads PDFs, or take it off.'),
  notFound: () => warn('info', 'It’s no longer there', 'It may have been deleted meanwhile.'),
  alreadyRunning: () => warn('info', 'That is going on already', 'Wait until it ends, or stop it first.'),
  alreadyAnswering: () => warn('info', 'An answer is still coming', 'Wait for it, or stop it first.'),
  capReached: (s, e) => {
    if (e.cap === null) return danger('coin', `“${s.connection}” has reached its hard cap`, `Nothing was sent. ${KEPT}`);
    const [most, limit] = [money(e.cap.atMostNano, true), spending.limit(e.cap.limitNano)];
    if (e.cap.span === 'request') return danger('coin', 'This answer could cost more than one may', `It could cost up to ${most}, and “${s.connection}” may spend ${limit} on one. Nothing was sent. ${KEPT}`);
    return danger('coin', `${s.connection} has reached its hard cap`, `${spending.amount(e.cap.spentNano)} of ${limit} ${e.cap.span === 'day' ? 'today' : 'this month'}. This answer could cost up to ${most}, so nothing was sent. ${KEPT}`);
  },
  priceUnknown: (s) => warn('coin', 'This model has no known price', `So the cap of “${s.connection}” can’t be checked. Enter its price, or choose another model. Nothing was sent. ${KEPT}`),
  paceReached: (s, e) => warn('clock', `“${s.connection}” has sent as much as a minute may have`, e.retryAfterMs ? `By its own limit, there is room again in ${span(e.retryAfterMs)}. Nothing was sent. ${KEPT}` : `This message alone may have more tokens than its limit allows. Nothing was sent. ${KEPT}`),
  portTaken: (_s, e) => warn('app', 'The port is taken', `Another program listens at ${e.detail ?? 'the port that programs were told'}. Nothing is lent until it is free: programs would not find another port.`),
  overcharged: (s) => danger('coin', `“${s.connection}” is on hold`, `An answer was charged more than it could have cost. Look at it in Keys & providers before you go on. Nothing was sent. ${KEPT}`),
  internal: () => danger('alert', 'Something in Latchkey failed', `Your chats are safe. ${KEPT} Try again.`),
};

export function problemIn(error: AppError, setting: Setting): Problem {
  // A newer native side may know codes that this page doesn't.
  return (problems[error.code] ?? problems.internal)(setting, error);
}
