// Files that go with a message.
import type { Attachment, FileProblem, Takes } from '../../ipc/bindings/types';
import { count, plural } from './format';

/** 284 KB, 1.2 MB */
export const bytes = (n: number): string => (n < 1_000_000 ? `${count(Math.max(1, Math.round(n / 1000)))} KB` : `${(n / 1_000_000).toFixed(1)} MB`);

/** Pages or pixels over what is taken as it is: then its words go. */
const goesWhole = (file: Attachment, takes: Takes): boolean => takes.documents && (takes.pages === null || file.pages === null || file.pages <= takes.pages);

function documentNote(file: Attachment, takes: Takes | null): string {
  const pages = plural(file.pages ?? 0, 'page', 'pages');
  const cut = file.cut ? ', not all of it' : '';
  if (takes === null || goesWhole(file, takes)) return pages;
  return file.words ? `${pages}, as text${cut}` : `${pages}, and no text in it`;
}

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
      case 'document':
        return documentNote(file, takes);
      case 'text':
        return `${bytes(file.size)}, as text`;
    }
  },
  problem: {
    empty: 'The file is empty',
    tooLarge: 'Larger than 50 MB',
    tooManyPixels: 'Too many pixels to unpack',
    tooLong: 'A text longer than 1 MB',
    unknownKind: 'No picture, PDF or text',
    damaged: 'Damaged: it can’t be read',
    locked: 'Locked with a password',
    unreadable: 'The file can’t be read',
    tooMany: 'More than 100 files',
  } satisfies Record<FileProblem, string>,
  attached: (n: number) => `${plural(n, 'file', 'files')} attached`,
  notAttached: (n: number) => `${plural(n, 'file', 'files')} can’t be attached`,
  removed: (name: string) => `${name} removed`,
} as const;
