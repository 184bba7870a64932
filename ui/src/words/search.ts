// Searching everything.
import { count, plural } from './format';

export const search = {
  label: 'Search',
  clear: 'Clear search',
  title: 'Search results',
  list: 'Search results',
  results: 'Results',
  preview: 'Preview',
  filters: 'Filters',
  open: 'Open at this message',
  openChat: 'Open this chat',
  found: (messages: number, more: boolean, chats: number): string =>
    more ? `More than ${count(messages)} messages` : `${plural(messages, 'message', 'messages')} in ${plural(chats, 'chat', 'chats')}`,
  took: (ms: number): string => `${count(ms)} ms`,
  said: (messages: number, more: boolean): string =>
    more ? `More than ${count(messages)} messages found` : messages === 0 ? 'No message found' : `${plural(messages, 'message', 'messages')} found`,
  none: (text: string): string => `No message contains “${text}”. Shorter words find more.`,
  begin: 'Search every message, every title and the names of files.',
  help: 'Narrow it down with role:user, model:, provider:, before:2026-11, after:, has:code, has:image, has:audio, has:file or has:link, or put a “phrase in quotes”.',
  indexing: (percent: number): string => `Indexing, ${percent}%. Results may be missing.`,
  misread: (parts: readonly string[]): string => `Left out, because it isn’t a filter: ${parts.join(', ')}`,
  you: 'You',
  answer: (model: string | null): string => (model === null ? 'Answer' : `Answer, ${model}`),
  chatTitle: 'Title of a chat',
  today: 'Today',
  everyone: 'Everyone’s words',
  mine: 'Only mine',
  code: 'Has code',
  file: 'Has a file',
  time: 'Any time',
  times: { day: 'Since yesterday', week: 'Last 7 days', month: 'Last 30 days', year: 'Last 365 days', any: 'Any time' },
  order: { newest: 'Newest first', best: 'Best first' },
  orderBy: (order: string): string => `Order: ${order}`,
  private: 'The search index is inside the encrypted database. No word of it is on disk in the clear.',
} as const;
