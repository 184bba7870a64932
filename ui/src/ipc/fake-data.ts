// What the fake says and knows. The answer is the one of the mock-ups.
import type * as t from './bindings/types';
import { unknownModel } from './unknown-model';

export const QUESTION =
  'Explain exponential backoff with full jitter, with the formula, and give me a small async helper in Rust. When does it hurt?';

export const ANSWER_REASONING: readonly string[] = [
  '<p>The user wants the idea, a formula and a helper. Full jitter is the variant to show; decorrelated jitter can be a remark.</p>',
  '<p>Watch out: the last error must be returned, and the exponent must saturate.</p>',
];

export const ANSWER: readonly string[] = [
  `<h2>The idea</h2>`,
  `<p>When a service falls over, every client fails at the same moment. If they all wait the same time, they all come back at the same moment too. <strong>Full jitter</strong> spreads them out: each waits a random time between nothing and a ceiling that doubles.</p>`,
  `<div class="math"><math display="block"><msub><mi>t</mi><mi>n</mi></msub><mo>=</mo><mi mathvariant="normal">random</mi><mo>(</mo><mn>0</mn><mo>,</mo><mspace width="0.2em"/><mi>min</mi><mo>(</mo><mi>cap</mi><mo>,</mo><mspace width="0.2em"/><mi>base</mi><mo>·</mo><msup><mn>2</mn><mi>n</mi></msup><mo>)</mo><mo>)</mo></math></div>`,
  `<p>With a thousand clients retrying after one outage:</p>`,
  `<div class="prose-table"><table class="table"><thead><tr><th>Strategy</th><th class="r">Calls at peak</th><th class="r">Time to drain</th><th>Good when</th></tr></thead><tbody>
<tr><td>Fixed 1 s</td><td class="r">1,000 / s</td><td class="r">never</td><td>You are alone</td></tr>
<tr><td>Exponential</td><td class="r">1,000 in bursts</td><td class="r">61 s</td><td>Failures are independent</td></tr>
<tr><td>Full jitter</td><td class="r">42 / s</td><td class="r">23 s</td><td>Many clients fail together</td></tr>
</tbody></table></div>`,
  `<h2>A small helper</h2>`,
  `<figure class="code" aria-label="Rust code"><figcaption class="code-head"><span>rust</span><span class="mono clip">retry.rs</span><span class="push"></span><button type="button" class="btn btn-quiet" data-act="wrap-lines"><svg class="i i-flip" viewBox="0 0 16 16" aria-hidden="true"><use href="#i-wrap"/></svg>Wrap lines</button><button type="button" class="btn btn-quiet" data-act="copy-code"><svg class="i" viewBox="0 0 16 16" aria-hidden="true"><use href="#i-copy"/></svg>Copy code</button></figcaption><pre tabindex="0"><code><span class="hljs-keyword">use</span> std::time::Duration;
<span class="hljs-keyword">use</span> rand::Rng;

<span class="hljs-comment">/// Sleeps a random time up to base · 2ⁿ, never longer than cap.</span>
<span class="hljs-keyword">pub async fn</span> <span class="hljs-title">retry</span>&lt;T, E, F, Fut&gt;(<span class="hljs-keyword">mut</span> op: F, max: <span class="hljs-type">u32</span>) -&gt; <span class="hljs-type">Result</span>&lt;T, E&gt;
<span class="hljs-keyword">where</span>
    F: <span class="hljs-type">FnMut</span>() -&gt; Fut,
    Fut: <span class="hljs-type">Future</span>&lt;Output = <span class="hljs-type">Result</span>&lt;T, E&gt;&gt;,
{
    <span class="hljs-keyword">let</span> (base, cap) = (Duration::<span class="hljs-title">from_millis</span>(<span class="hljs-number">200</span>), Duration::<span class="hljs-title">from_secs</span>(<span class="hljs-number">20</span>));
    <span class="hljs-keyword">for</span> n <span class="hljs-keyword">in</span> <span class="hljs-number">0</span>.. {
        <span class="hljs-keyword">match</span> <span class="hljs-title">op</span>().<span class="hljs-keyword">await</span> {
            <span class="hljs-type">Err</span>(_) <span class="hljs-keyword">if</span> n &lt; max =&gt; {
                <span class="hljs-keyword">let</span> ceiling = cap.<span class="hljs-title">min</span>(base * <span class="hljs-number">2</span>_<span class="hljs-type">u32</span>.<span class="hljs-title">saturating_pow</span>(n));
                <span class="hljs-keyword">let</span> wait = rand::rng().<span class="hljs-title">random_range</span>(Duration::ZERO..=ceiling);
                tokio::time::<span class="hljs-title">sleep</span>(wait).<span class="hljs-keyword">await</span>;
            }
            done =&gt; <span class="hljs-keyword">return</span> done,
        }
    }
    <span class="hljs-meta">unreachable!</span>(<span class="hljs-string">"the loop only ends by returning"</span>)
}</code></pre></figure>`,
  `<h2>When it hurts</h2>`,
  `<ul><li>A person is waiting. Nobody accepts 20 seconds of silence, so cap at 2.</li><li>The call isn’t idempotent. Retrying <code>POST /payments</code> needs a key the server remembers, or you will pay twice.</li></ul>`,
];

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
export const NOTHING: t.Parameters = { effort: null, temperature: null, topP: null, maxTokens: null, stop: [], seed: null, json: false, schema: null, verbosity: null };

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
  abilities: id.startsWith('gpt-oss-next') ? LEAST : reasons ? { ...LEAST, efforts: ['none', 'low', 'medium', 'high'], sampling: 'atNone', json: true, verbosity: true } : { ...LEAST, sampling: 'yes', stop: true, seed: true, json: true },
});

export const MODELS: Partial<Record<t.ProviderId, readonly t.Model[]>> = {
  openAi: [model('gpt-5.1', 400_000, 1.25, 10), model('gpt-5-mini', 400_000, 0.25, 2), model('gpt-5-nano', 400_000, 0.05, 0.4), model('gpt-oss-next', null, null, null, false, false)],
  anthropic: [model('claude-sonnet-4.5', 200_000, 3, 15), model('claude-haiku-4.5', 200_000, 1, 5, false)],
  ollama: [model('qwen3:8b', 40_960, null, null, true, false)],
  practice: [model('practice', null, 0, 0, true, false)],
  other: [model('local-model', null, null, null, false, false)],
};

const provider = (id: t.ProviderId, name: string, origin: string | null, keyPage: string | null, envVar: string | null): t.ProviderInfo => ({
  id,
  name,
  origin,
  keyPage,
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
  { id: 'connection-1', provider: 'openAi', name: 'Personal', server: 'OpenAI', origin: 'https://api.openai.com', address: 'https://api.openai.com/v1', key: { kind: 'project', lastFour: 'w7Qk', keptIn: 'keychain' }, createdMs: Date.now() - 94 * DAY, lastUsedMs: Date.now() - 130_000 },
  { id: 'connection-2', provider: 'anthropic', name: 'Work', server: 'Anthropic', origin: 'https://api.anthropic.com', address: 'https://api.anthropic.com', key: { kind: 'api', lastFour: 'pRAA', keptIn: 'keychain' }, createdMs: Date.now() - 31 * DAY, lastUsedMs: Date.now() - DAY },
  { id: 'connection-3', provider: 'ollama', name: 'Ollama', server: 'Ollama', origin: 'http://127.0.0.1:11434', address: 'http://127.0.0.1:11434/v1', key: null, createdMs: Date.now() - 12 * DAY, lastUsedMs: null },
];

export const PRACTICE: t.Connection = { id: 'connection-1', provider: 'practice', name: 'Practice', server: 'Practice', origin: 'http://127.0.0.1:49152', address: 'http://127.0.0.1:49152/v1', key: null, createdMs: Date.now(), lastUsedMs: null };

export const BOOT: Omit<t.Boot, 'history' | 'fresh' | 'cameBack' | 'unfinished' | 'connections' | 'conversations' | 'newChat'> = {
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
