import { expect, test } from 'vitest';
import { looksLikeKey } from '../src/features/composer/pasted-key';

const x = (n: number) => 'aB3dE'.repeat(Math.ceil(n / 5)).slice(0, n);

test.each<[string, string, string | null]>([
  ['OpenAI, project', `sk-proj-${x(60)}`, 'an OpenAI'],
  ['OpenAI, admin', `sk-admin-${x(40)}`, 'an OpenAI'],
  ['OpenAI, old', `sk-${x(48)}`, 'an OpenAI'],
  ['Anthropic', `sk-ant-api03-${x(80)}`, 'an Anthropic'],
  ['OpenRouter', `sk-or-v1-${'0a1b'.repeat(16)}`, 'an OpenRouter'],
  ['Google', `AIza${x(35)}`, 'a Google'],
  ['one in a sentence', `My key is sk-proj-${x(60)}, please check`, 'an OpenAI'],
  ['one in a file', `A=1\nOPENAI_API_KEY="sk-proj-${x(60)}"\n`, 'an OpenAI'],
  ['a bare one', `  ${x(32)}\n`, null],
])('%s is a key', (_name, text, maker) => {
  expect(looksLikeKey(text)).toEqual({ maker });
});

test.each([
  ['prose', 'Please explain sk- prefixes and sk-learn to me.'],
  ['a hash', 'd41d8cd98f00b204e9800998ecf8427e'],
  ['a long word of 32 letters', 'abcdefghijklmnopqrstuvwxyzabcdef'],
  ['a shortened key', 'sk-proj-…w7Qk'],
  ['code', 'const risk = "task-abcdefghijklmnopqrstuvwxyz0123456789abcdef";'],
  ['nothing', ''],
])('%s isn’t', (_name, text) => {
  expect(looksLikeKey(text)).toBeNull();
});
