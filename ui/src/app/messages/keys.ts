// Keys & providers.
import type { KeyKind } from '../../ipc/bindings/types';
import { plural } from './format';

const kinds: Record<KeyKind, string> = {
  project: 'project key',
  serviceAccount: 'service account key',
  user: 'user key',
  api: 'API key',
  ambiguous: 'key of unclear kind',
  unknown: 'key of unknown kind',
};

export const keys = {
  title: 'Keys & providers',
  lead: 'Each key is bound to one address when you add it. This page is told a key’s kind and last four characters, never the key.',
  list: 'Keys',
  key: (name: string) => `Key ${name}`,
  add: 'Add key',
  none: 'No key yet. Add one, or start with a local model.',
  closed: 'Your saved keys are in the keychain, which can’t be asked now. They are safe.',
  unlock: 'Unlock the keychain',
  rotate: 'Rotate…',
  rotateName: (name: string) => `Rotate key ${name}`,
  revoke: 'Revoke…',
  remove: 'Remove…',
  revokeName: (name: string) => `Revoke key ${name}`,
  more: (name: string) => `More for ${name}`,
  rename: 'Rename',
  nameField: 'Key name',
  check: 'Check again',
  checking: 'Checking',
  works: (models: number, ms: number) => `Works. ${plural(models, 'model', 'models')}, answered in ${ms} ms.`,
  listed: (models: number) => `Answers, with ${plural(models, 'model', 'models')} for anybody. Whether it accepts the key shows with a message.`,
  kind: (kind: KeyKind) => kinds[kind],
  keyless: 'On this computer, no key',
  keylessAddress: 'No key',
  practice: 'Made up on this computer',
  sentOnlyTo: 'Sent only to',
  keptIn: 'Kept in',
  lastUsed: 'Last used',
  age: 'Age',
  never: 'Not yet',
  memory: 'Memory, until you quit',
  revoked: (name: string) => `“${name}” is removed`,
  revokedBody: (provider: string) => `This removes the key from this computer. It still works until you revoke it at ${provider}.`,
  openKeyPage: 'Open the key page',
  dismiss: 'Dismiss',
} as const;
