// Does pasted text look like an API key? Then a chat is the wrong place for it. Shapes only; nothing is kept.

/** Whose key it looks like, with its article; null: some key, of nobody in particular. */
export interface LooksLikeKey {
  maker: string | null;
}

const SHAPES: readonly (readonly [RegExp, string | null])[] = [
  [/\bsk-ant-[\w-]{20,}/, 'an Anthropic'],
  [/\bsk-or-v1-[0-9a-f]{24,}/, 'an OpenRouter'],
  [/\bsk-(?:proj|svcacct|admin|None)-[\w-]{20,}/, 'an OpenAI'],
  [/\bsk-[A-Za-z0-9]{32,}\b/, 'an OpenAI'],
  [/\bAIza[\w-]{35}(?![\w-])/, 'a Google'],
  [/\bxai-[A-Za-z0-9]{40,}/, 'an xAI'],
  [/\bgsk_[A-Za-z0-9]{40,}/, 'a Groq'],
  [/\bhf_[A-Za-z0-9]{30,}/, 'a Hugging Face'],
];

/** A whole paste that is one line of 32 mixed letters and digits: how a Mistral key looks, and hardly anything else. */
const BARE = /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[A-Za-z0-9]{32}$/;

export function looksLikeKey(pasted: string): LooksLikeKey | null {
  for (const [shape, maker] of SHAPES) if (shape.test(pasted)) return { maker };
  return BARE.test(pasted.trim()) ? { maker: null } : null;
}
