// The same codes while a key is being added, where other things are safe and other things come next.
import type { AppError, ErrorCode } from '../ipc/bindings/types';
import { problemIn, said, type Problem, type Setting } from './problems';

export interface WizardSetting extends Setting {
  /** The key was stored although it couldn't be used. */
  stored: boolean;
  /** Nothing is stored, but native code still holds what was handed over: a server without a list may be used all the same. */
  pending?: boolean;
  /** The provider whose key it looks like. */
  looksLike: string | null;
}

type Text = (s: WizardSetting, error: AppError) => Problem;

function fate(s: WizardSetting): string {
  if (s.stored) return 'The key is stored, not yet tried. It will be checked with your first message.';
  return s.pending ? 'Nothing was stored yet. If you know the name of a model, you can start anyway.' : 'Nothing was stored.';
}

const hint = (s: WizardSetting) => (s.noVersion ? 'Most addresses end in /v1, and this one doesn’t. ' : '');

const warn = (icon: Problem['icon'], title: string, body: string): Problem => ({ tone: 'warn', icon, title, body });
const danger = (icon: Problem['icon'], title: string, body: string): Problem => ({ tone: 'danger', icon, title, body });

const withArticle = (name: string) => (/^[AEIO]/.test(name) ? `an ${name}` : `a ${name}`);

const texts: Partial<Record<ErrorCode, Text>> = {
  keyRejected: (s) => danger('x', `${s.provider} doesn’t accept this key`, `It may be mistyped, revoked or from another provider. ${s.stored ? 'It is still stored.' : 'Nothing was stored.'}`),
  noCredit: (s) => warn('coin', 'No credit left', `${s.stored ? 'The key is stored and safe. ' : ''}${s.provider} won’t answer until you add credit there or raise its limit.`),
  notAllowed: (s) => warn('key', 'The key may not list models', `Give it Models: Read on ${s.provider}’s page, then check again. ${s.stored ? 'The key is stored and safe; chatting may work all the same.' : 'Nothing was stored.'}`),
  offline: (s) => warn('offline', 'You seem to be offline', s.stored ? 'The key is in the keychain, not yet tried. It will be checked with your first message.' : 'Nothing was stored. Try again when you’re online.'),
  unreachable: (s) => warn('offline', `${s.provider} can’t be reached`, `Nothing listens at that address on this computer. Is the server running? ${fate(s)}`),
  addressNotFound: (s) => warn('globe', 'Nothing answers at this path', `A server is there, but no list of models. ${hint(s)}${fate(s)}`),
  tlsFailed: (s) => danger('alert', 'The connection isn’t safe', `The certificate of ${s.provider} can’t be trusted, so the key wasn’t sent. A proxy or a wrong clock can cause this. ${fate(s)}`),
  proxyFailed: (s) => warn('globe', 'The proxy doesn’t let Latchkey through', `${s.provider} wasn’t reached. The proxy is set where Latchkey was started: see below. ${fate(s)}`),
  redirected: (s) => danger('alert', 'The address points somewhere else', `Latchkey never follows with a key. Use the final address instead. ${fate(s)}`),
  nonsense: (s) => warn('alert', 'That server speaks another language', `It answered, but not with a list of models. ${hint(s)}${fate(s)}`),
  timedOut: (s) => warn('clock', `${s.provider} didn’t answer in time`, fate(s)),
  busy: (s) => warn('clock', `${s.provider} is busy`, `The key couldn’t be checked yet. ${fate(s)}`),
  providerDown: (s, e) => warn('alert', `${s.provider} reported a fault`, `${said(e, s) ? 'Its own words are below.' : 'It gave no reason.'} ${hint(s)}${fate(s)}`),
  requestRefused: (s, e) => warn('alert', `${s.provider} refused the request`, `${said(e, s) ? 'Its reason is below.' : 'It gave no reason.'} ${fate(s)}`),
  notServed: (s) => warn('globe', `${s.provider} doesn’t serve the place you are in`, `It goes by where the request comes from, so a proxy or a VPN can be the reason. No other key for it helps. ${fate(s)}`),
  noTakers: (s) => warn('alert', `${s.provider} found nobody who may answer`, `The privacy settings of your account there can be the reason. ${fate(s)}`),
  keychainLocked: () => warn('lock', 'The keychain is locked', 'The key isn’t kept yet: Latchkey holds it in memory until you leave this page, and where it came from still has it. Unlock the keychain, or keep the key for this session only.'),
  keychainDismissed: () => warn('lock', 'The keychain stayed locked', 'Its window was closed, so the key isn’t kept yet. Where it came from still has it. Unlock the keychain, or keep the key for this session only.'),
  keychainAbsent: () => warn('keyhole', 'No keychain on this desktop', 'No keychain service (Secret Service) is running. Latchkey won’t write the key to a plain file. Keep it for this session only, or start a keychain and try again.'),
  keychainSilent: (s) => warn('keyhole', `${s.keychain} doesn’t answer`, 'It may be waiting for a password in its own window. The key isn’t kept yet, and where it came from still has it.'),
  keychainFailed: (s) => danger('keyhole', `${s.keychain} reported a fault`, 'The key couldn’t be stored. Keep it for this session only, or try again.'),
  adminKey: () => danger('key', 'That’s an admin key, so it wasn’t kept', 'It can delete projects and make other keys. A chat client should never hold one. Make a project key instead.'),
  otherProvidersKey: (s) => warn('info', s.looksLike === null ? 'That looks like another provider’s key' : `That looks like ${withArticle(s.looksLike)} key`, `You chose ${s.provider}. Latchkey didn’t send it anywhere.`),
  internal: () => danger('alert', 'Something in Latchkey failed', 'Nothing was stored. Try again.'),
  keyDamaged: (s) => danger('key', `The keychain’s entry for “${s.connection}” can’t be read`, 'It isn’t a key that Latchkey wrote, and was left as it is. Hand over the key once more.'),
  keyMissing: () => warn('key', 'The key is no longer held', 'Too much time has passed, so Latchkey let it go. Hand it over once more.'),
};

export function wizardProblemIn(error: AppError, setting: WizardSetting): Problem {
  return texts[error.code]?.(setting, error) ?? problemIn(error, setting);
}
