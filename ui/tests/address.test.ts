import { expect, test } from 'vitest';
import { hidesSomething, usableAddress } from '../src/features/wizard/address';

test.each(['http://127.0.0.1:8080/v1\u200b', 'https://api.example.com\u2060/v1', '\ufeffhttps://api.example.com', 'https://api.exam\u00adple.com', 'https://\u202eexample.com'])('a hidden character is seen: %j', (text) => {
  expect(hidesSomething(text)).toBe(true);
  expect(usableAddress(text)).toBeNull();
});

test.each(['https://api.example.com/v1', ' http://127.0.0.1:8080/v1 ', 'https://bücher.example/v1'])('an ordinary address hides nothing: %j', (text) => {
  expect(hidesSomething(text)).toBe(false);
  expect(usableAddress(text)).not.toBeNull();
});
