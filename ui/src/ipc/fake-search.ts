// The fake's search: plain words in plain texts, the newest first.
import type * as t from './bindings/types';

export interface Said {
  conversationId: t.ConversationId;
  title: string;
  messageId: t.MessageId;
  role: 'user' | 'assistant';
  model: string | null;
  atMs: number;
  text: string;
}

const BEFORE = 60;
const LETTERS = 200;

/** A few words around the first place, with marks. */
function pieces(text: string, words: readonly string[]): t.SearchPiece[] {
  const lower = text.toLowerCase();
  const first = Math.min(...words.map((word) => lower.indexOf(word)).filter((at) => at >= 0));
  const from = Number.isFinite(first) ? Math.max(0, first - BEFORE) : 0;
  const shown = text.slice(from, from + LETTERS);
  if (words.length === 0) return [{ text: shown, marked: false }];
  const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return shown
    .split(new RegExp(`(${escaped.join('|')})`, 'i'))
    .map((part, at) => ({ text: part, marked: at % 2 === 1 }))
    .filter((piece) => piece.text !== '');
}

export function fakeSearch(said: readonly Said[], typed: string, skip: number): t.SearchResults {
  const parts = typed.toLowerCase().replace(/["*]/g, '').split(/\s+/).filter((part) => part !== '');
  const words = parts.filter((part) => !part.includes(':'));
  const role = parts.find((part) => part.startsWith('role:'))?.slice(5);
  const misread = parts.filter((part) => part.startsWith('role:') && part !== 'role:user' && part !== 'role:assistant');
  const code = parts.includes('has:code');
  const fits = said.filter(
    (one) => words.every((word) => one.text.toLowerCase().includes(word)) && (misread.length > 0 || role === undefined || one.role === role) && (!code || one.role === 'assistant'),
  );
  const hits = parts.length === 0 ? [] : fits.slice(skip, skip + 40).map(({ text, title, ...one }) => ({ ...one, title: [{ text: title, marked: false }], snippet: pieces(text, words) }));
  const chats = new Set(fits.map((one) => one.conversationId)).size;
  return { hits, messages: parts.length === 0 ? 0 : fits.length, areMore: false, chats, isRanked: false, misread, percent: null, ms: 11 };
}
