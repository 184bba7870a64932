// Files that go with a message.
import type { Attachment, AudioKind, DocumentKind, FileProblem, Takes } from '../ipc/bindings/types';
import { clock, count, plural } from './format';

/** 284 KB, 1.2 MB */
export const bytes = (n: number): string => (n < 1_000_000 ? `${count(Math.max(1, Math.round(n / 1000)))} KB` : `${(n / 1_000_000).toFixed(1)} MB`);

/** Pages or pixels over what is taken as it is: then its words go. */
const goesWhole = (file: Attachment, takes: Takes): boolean => file.document === 'pdf' && takes.documents && (takes.pages === null || file.pages === null || file.pages <= takes.pages);

/** What is counted of a document. */
const PARTS: Partial<Record<DocumentKind, [string, string]>> = { pdf: ['page', 'pages'], sheets: ['sheet', 'sheets'], slides: ['slide', 'slides'], book: ['chapter', 'chapters'] };

/** How many pages of a scan go as pictures to a model that takes this. */
function shownPages(file: Attachment, takes: Takes): number {
  if (file.drawn === null || takes.pictures === false) return 0;
  return Math.min(file.drawn, takes.mostPictures ?? file.drawn);
}

/** Whether a document can go to a model in any way. */
export const isRead = (file: Attachment, takes: Takes): boolean => file.words || goesWhole(file, takes) || shownPages(file, takes) > 0;

function documentNote(file: Attachment, takes: Takes | null): string {
  const parts = file.document ? PARTS[file.document] : undefined;
  const pages = parts ? plural(file.pages ?? 0, ...parts) : bytes(file.size);
  const cut = file.cut ? ', not all of it' : '';
  if (file.document !== 'pdf') return `${pages}, as text${cut}`;
  if (takes === null) return file.drawn === null ? pages : `${pages}, a scan`;
  if (goesWhole(file, takes)) return pages;
  const shown = shownPages(file, takes);
  if (shown > 0) return `${pages}, a scan: ${shown === file.pages ? 'all' : `the first ${count(shown)}`} as pictures${file.words ? ', and its text' : ''}`;
  return file.words ? `${pages}, as text${cut}` : `${pages}, and no text in it`;
}

const AUDIO: Record<AudioKind, string> = { wav: 'WAV', mp3: 'MP3', m4a: 'M4A', aac: 'AAC', ogg: 'Ogg', flac: 'FLAC', webm: 'WebM' };

/** MP3, 3:05, 2.4 MB */
function audioNote(file: Attachment, takes: Takes | null): string {
  const facts = [file.audio && AUDIO[file.audio], file.lengthMs !== null && clock(file.lengthMs), bytes(file.size)].filter(Boolean).join(', ');
  if (takes === null || isHeard(file, takes)) return facts;
  return takes.audio.length === 0 ? `${facts}, not for this model` : `${facts}; this model takes ${takes.audio.map((kind) => AUDIO[kind]).join(', ')}`;
}

/** Whether a model that takes this hears it. */
export const isHeard = (file: Attachment, takes: Takes): boolean => file.audio !== null && takes.audio.includes(file.audio);

export const attachments = {
  list: 'Attachments',
  attach: 'Attach files',
  remove: (name: string) => `Remove ${name}`,
  preview: (name: string) => `Preview of ${name}`,
  drop: 'Drop files to attach them',
  reading: 'Reading files',
  /** How a file goes to a model that takes this; null: to nobody in particular. */
  note(file: Attachment, takes: Takes | null): string {
    switch (file.kind) {
      case 'picture': {
        const size = file.moved ? `${bytes(file.size)}, first frame` : bytes(file.size);
        return takes?.pictures === false ? `${size}, not for this model` : size;
      }
      case 'audio':
        return audioNote(file, takes);
      case 'document':
        return documentNote(file, takes);
      case 'text':
        return `${bytes(file.size)}, as text`;
    }
  },
  /** With about how much it is to read. */
  withTokens: (note: string, tokens: number | undefined) => (tokens === undefined ? note : `${note}, about ${plural(tokens, 'token', 'tokens')}`),
  inTheWay: (title: string, detail: string | null) => (detail === null ? title : `${title}: ${detail}`),
  tooMuchToRead: (tokens: number, context: number) => `About ${count(tokens)} tokens, more than the ${count(context)} that this model reads`,
  problem: {
    empty: 'The file is empty',
    tooLarge: 'Larger than 50 MB',
    tooManyPixels: 'Too many pixels to unpack',
    tooLong: 'A text longer than 1 MB',
    unknownKind: 'No picture, audio, document or text',
    video: 'A video. Save its sound as MP3 or WAV',
    damaged: 'Damaged: it can’t be read',
    locked: 'Locked. Save it without a password',
    tooMuchInside: 'More in it than can be read. Attach a part of it',
    noWords: 'No text in it. Save it as PDF or as a picture',
    archive: 'An archive. Unpack it and attach what is inside',
    oldOffice: 'An old Office file. Save it as .docx or .pptx',
    richText: 'Rich text. Save it as .docx or .odt',
    heic: 'A HEIC photo. Export it as JPEG',
    avif: 'An AVIF picture. Save it as PNG or JPEG',
    unreadable: 'The file can’t be read',
    tooMany: 'More than 100 files',
  } satisfies Record<FileProblem, string>,
  attached: (n: number) => `${plural(n, 'file', 'files')} attached`,
  notAttached: (n: number) => `${plural(n, 'file', 'files')} can’t be attached`,
  saveAs: (name: string) => `Save ${name} as`,
  saved: 'File saved',
  /** What a long text is called that was pasted. */
  pasted: 'Pasted text.txt',
  longPaste: 'The long text is attached as a file',
  putBack: 'Put the text back',
  putBackSaid: 'The text is in the message',
  /** Audio becomes a text in its place. */
  writeDown: (name: string) => `Write down ${name}`,
  chooseHearing: 'Choose a model that hears',
  chooseSeeing: 'Choose a model that sees',
  removed: (name: string) => `${name} removed`,
} as const;
