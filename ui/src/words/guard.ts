// A secret in a message that is about to be sent.
import type { Secret } from '../ipc/bindings/types';
import { count, plural } from './format';

const NUMBERS = ['No', 'A', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine'];

function what(secret: Secret): string {
  switch (secret.kind) {
    case 'stored':
      return `Your key ${secret.name ?? ''}`.trimEnd();
    case 'key':
      return secret.name === null ? 'An API key' : `A key of ${secret.name}`;
    case 'token':
      return `A token of ${secret.name ?? 'a service'}`;
    case 'named':
      return 'An API key';
    case 'password':
      return 'A password in an address';
    case 'privateKey':
      return 'A private key';
    case 'bearer':
      return 'An access token';
  }
}

export const guard = {
  title: (n: number) => (n === 1 ? 'A secret is in this message' : `${NUMBERS[n] ?? count(n)} secrets are in this message`),
  body: (provider: string) => `Nothing was sent. Redacted, ${provider} gets placeholders instead.`,
  looking: 'Checking for secrets',
  list: 'Secrets found',
  what,
  where: (secret: Secret) => `${secret.file ?? 'your message'}, line ${count(secret.line)}`,
  redacted: 'Send redacted',
  edit: 'Edit',
  keep: 'Send as it is',
  sent: (n: number) => `Sent redacted, ${plural(n, 'placeholder', 'placeholders')}`,
  putBack: (n: number) => `${plural(n, 'value', 'values')} put back here, in your view only. Keys stay placeholders.`,
  onlyKeys: 'Keys stay placeholders.',
  show: 'Show placeholders',
} as const;
