// The fake's files: what they are is said by their names, which native code never believes.
import type * as t from './bindings/types';

/** A plan of a flat, drawn with a few bars. */
const PLAN = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const NOTHING = { document: null, pages: null, drawn: null, audio: null, lengthMs: null, width: null, height: null, moved: false, words: false, cut: false, preview: null };

export function fakeFile(name: string): t.Attached {
  const end = name.split('.').pop();
  const file = (facts: Partial<t.Attachment> & Pick<t.Attachment, 'kind' | 'size'>): t.Attached => ({ type: 'attached', attachment: { id: 0, name, ...NOTHING, ...facts } });
  if (name.startsWith('scan')) return file({ kind: 'document', document: 'pdf', size: 2_100_000, pages: 30, drawn: 20, preview: PLAN });
  if (end === 'pdf') return file({ kind: 'document', document: 'pdf', size: 412_000, pages: 14, words: true });
  if (end === 'docx') return file({ kind: 'document', document: 'letter', size: 24_300, words: true });
  if (end === 'xlsx') return file({ kind: 'document', document: 'sheets', size: 9_100, pages: 3, words: true });
  if (end === 'png' || end === 'jpg' || end === 'gif') return file({ kind: 'picture', size: 290_800, width: 1_024, height: 560, preview: PLAN, moved: end === 'gif' });
  if (end === 'mp3' || end === 'm4a') return file({ kind: 'audio', audio: end, size: 2_400_000, lengthMs: 185_000 });
  if (end === 'txt') return file({ kind: 'text', size: 1_200 });
  return { type: 'refused', name, problem: 'unknownKind' };
}
