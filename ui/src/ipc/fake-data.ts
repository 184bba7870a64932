// What the fake knows. What it answers is made by the renderer (bindings/fake-answer.ts).
import type * as t from './bindings/types';
import { unknownModel } from './unknown-model';

/** What nobody has said of a key yet. */
export const upkeep = () => ({ label: '', rotateAfterDays: 90, allowedModels: [] as string[], defaultModel: null as string | null, mayBeKept: null as boolean | null, next: null, old: null, leaked: null });

/** A key of the fake’s, so many days old. */
export const keyFacts = (kind: t.KeyKind, lastFour: string, days = 0): t.KeyFacts => ({ kind, lastFour, keptIn: 'keychain', restricted: false, madeMs: Date.now() - days * 86_400_000, retiredMs: null });

export const QUESTION =
  'Explain exponential backoff with full jitter, with the formula, and give me a small async helper in Rust. When does it hurt?';

export const TITLES: readonly string[] = [
  'Retry with jitter in Rust',
  'Release checklist 0.9',
  'Tenancy clause in plain English',
  'ffmpeg: trim without re-encoding',
  'Dinner for six, one coeliac',
  'Chapter 3, outline',
  'Sampling bias, counter-examples',
  'Why is my SQLite file locked?',
  'Birthday speech, three minutes',
  'Compare bike insurance',
  'Regex for ISO dates',
  'Notes from the heat pump visit',
];

/** Nothing is wished of an answer. */
export const NOTHING: t.Parameters = { effort: null, temperature: null, topP: null, maxTokens: null, stop: [], seed: null, json: false, schema: null, verbosity: null, search: false, context: null, keepMinutes: null };

const LEAST = unknownModel('').abilities;

const model = (id: string, contextTokens: number | null, inputPrice: number | null, outputPrice: number | null, reasons = true, seesImages = true): t.Model => ({
  id,
  contextTokens,
  inputPrice,
  outputPrice,
  reasons,
  seesImages,
  outputTokens: contextTokens === null ? null : 128_000,
  retires: null,
  takes: { pictures: contextTokens === null ? null : seesImages, mostPictures: null, documents: reasons && contextTokens !== null, pages: 100, hears: contextTokens === null ? null : false, audio: [] },
  refused: [],
  passedTo: null,
  abilities: id.startsWith('gpt-oss-next') ? LEAST : reasons ? { ...LEAST, efforts: ['none', 'low', 'medium', 'high'], sampling: 'atNone', json: 'any', verbosity: true, search: { nano: 10_000_000, per: 'search', most: 3, alwaysPaid: false } } : { ...LEAST, sampling: 'yes', stop: true, seed: true, json: 'any' },
});

/** Claude is held to a schema alone. */
const claude = (...of: Parameters<typeof model>): t.Model => {
  const known = model(...of);
  return { ...known, abilities: { ...known.abilities, json: 'schema' } };
};

const local = (id: string, contextTokens: number): t.Model => {
  const known = model(id, contextTokens, null, null, true, false);
  return { ...known, abilities: { ...known.abilities, search: null, runsHere: true } };
};

export const MODELS: Partial<Record<t.ProviderId, readonly t.Model[]>> = {
  openAi: [model('gpt-5.1', 400_000, 1.25, 10), model('gpt-5-mini', 400_000, 0.25, 2), model('gpt-5-nano', 400_000, 0.05, 0.4), model('gpt-oss-next', null, null, null, false, false)],
  anthropic: [claude('claude-sonnet-4.5', 200_000, 3, 15), claude('claude-haiku-4.5', 200_000, 1, 5, false)],
  ollama: [local('qwen3:8b', 40_960), { ...local('gpt-oss:120b-cloud', 131_072), passedTo: 'ollama.com' }],
  practice: [model('practice', null, 0, 0, true, false)],
  other: [model('local-model', null, null, null, false, false)],
};

const provider = (id: t.ProviderId, name: string, origin: string | null, keyPage: string | null, envVar: string | null): t.ProviderInfo => ({
  id,
  name,
  origin,
  keyPage,
  tellsSpending: id === 'openRouter',
  ownNames: id === 'azure',
  template: null,
  pages: id === 'other' ? [] : id === 'google' ? ['keys', 'limits', 'status'] : ['keys', 'limits', 'usage', 'billing', 'revoke', 'status'],
  envVar,
  envKeyPresent: id === 'openAi',
});

const DAY = 86_400_000;

export const SERVERS: readonly t.LocalServer[] = [
  { provider: 'ollama', name: 'Ollama', address: 'http://127.0.0.1:11434/v1', running: true, models: 4 },
  { provider: 'lmStudio', name: 'LM Studio', address: 'http://127.0.0.1:1234/v1', running: false, models: 0 },
];

export const CONNECTIONS: readonly t.Connection[] = [
  { id: 'connection-1', provider: 'openAi', name: 'Personal', server: 'OpenAI', origin: 'https://api.openai.com', address: 'https://api.openai.com/v1', ...upkeep(), key: keyFacts('project', 'w7Qk', 94), createdMs: Date.now() - 94 * DAY, lastUsedMs: Date.now() - 130_000 },
  { id: 'connection-2', provider: 'anthropic', name: 'Work', server: 'Anthropic', origin: 'https://api.anthropic.com', address: 'https://api.anthropic.com', ...upkeep(), key: keyFacts('api', 'pRAA', 31), createdMs: Date.now() - 31 * DAY, lastUsedMs: Date.now() - DAY },
  { id: 'connection-3', provider: 'ollama', name: 'Ollama', server: 'Ollama', origin: 'http://127.0.0.1:11434', address: 'http://127.0.0.1:11434/v1', ...upkeep(), key: null, createdMs: Date.now() - 12 * DAY, lastUsedMs: null },
];

export const PRACTICE: t.Connection = { id: 'connection-1', provider: 'practice', name: 'Practice', server: 'Practice', origin: 'http://127.0.0.1:49152', address: 'http://127.0.0.1:49152/v1', ...upkeep(), key: null, createdMs: Date.now(), lastUsedMs: null };

export const BOOT: Omit<t.Boot, 'history' | 'fresh' | 'cameBack' | 'unfinished' | 'whereabouts' | 'marks' | 'presets' | 'defaultPreset' | 'connections' | 'conversations' | 'pinned' | 'preferences' | 'textSize' | 'organised' | 'newChat'> = {
  version: '0.1.0',
  keychainName: 'GNOME Keyring',
  nativeWindows: true,
  providers: [
    provider('openAi', 'OpenAI', 'https://api.openai.com', 'platform.openai.com/api-keys', 'OPENAI_API_KEY'),
    provider('anthropic', 'Anthropic', 'https://api.anthropic.com', 'console.anthropic.com/settings/keys', 'ANTHROPIC_API_KEY'),
    provider('google', 'Google', 'https://generativelanguage.googleapis.com', 'aistudio.google.com/apikey', 'GEMINI_API_KEY'),
    provider('mistral', 'Mistral', 'https://api.mistral.ai', 'console.mistral.ai/api-keys', 'MISTRAL_API_KEY'),
    provider('openRouter', 'OpenRouter', 'https://openrouter.ai', 'openrouter.ai/settings/keys', 'OPENROUTER_API_KEY'),
    provider('groq', 'Groq', 'https://api.groq.com', 'console.groq.com/keys', 'GROQ_API_KEY'),
    { ...provider('azure', 'Azure OpenAI', null, 'portal.azure.com', 'AZURE_OPENAI_API_KEY'), template: 'https://{resource}.openai.azure.com/openai/v1' },
    provider('xAi', 'xAI', 'https://api.x.ai', 'console.x.ai', 'XAI_API_KEY'),
    provider('other', 'Other address', null, null, null),
  ],
};
