// A team's file.
import type { Limits } from '../ipc/bindings/types';
import { count, quoted } from './format';
import { spending } from './spending';

export const team = {
  choose: 'Team file…',
  chooseName: 'Use a team file',
  label: (name: string) => `Team ${name}`,
  badge: 'Team',
  facts: (version: number, ago: string) => `Team file, version ${version}, accepted ${ago.charAt(0).toLowerCase()}${ago.slice(1)}`,
  update: 'Newer file…',
  updateName: 'Choose a newer team file',
  leave: 'Leave…',
  leaveName: (name: string) => `Leave team ${name}`,
  left: 'You have left the team. Its connections stay as they are.',
  connections: 'Connections of the team',
  from: (origin: string, manager: string) => `${origin}, key from ${manager}`,
  setUp: 'Set up…',
  setUpName: (name: string) => `Set up ${name}`,
  isSetUp: (name: string) => `${name} is set up`,
  inUse: 'in use',
  note: 'The team’s file holds no key. You can set less than it allows, not more; Latchkey asks before anything of it changes.',
  nothingNew: 'Nothing is new in that file.',
  accepted: (name: string, version: number) => `Version ${version} of ${quoted(name)} is in use`,
  of: (name: string) => `Held by ${name}`,
  /** What the team allows, under the field of a limit. */
  most: (name: string, limits: Limits, field: keyof Limits): string | null => {
    const most = limits[field];
    if (most === null) return null;
    return `${name} allows at most ${field.endsWith('Nano') ? spending.limit(most) : count(most)}`;
  },
} as const;
