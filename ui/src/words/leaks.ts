// The leak check.
import type { KeyKind, LeakPlace } from '../ipc/bindings/types';
import { bytes, count, date, plural, span, tenthsOfSeconds } from './format';
import { keys } from './keys';

const day = (of: string): string => date(of).replace(/ \d{4}$/, '');

const where = (place: LeakPlace): string => {
  if (place.kind === 'gitHistory') return place.commit && place.date ? `${place.shown}, commit ${place.commit}, ${day(place.date)}` : `${place.shown}, git history`;
  return place.line === null ? place.shown : `${place.shown}, line ${count(place.line)}`;
};

function told(place: LeakPlace): string {
  switch (place.kind) {
    case 'file':
      return 'File';
    case 'ignoredFile':
      return 'File, git ignores it';
    case 'looseFile':
      return 'Git would take this file';
    case 'trackedFile':
      return 'Git tracks this file';
    case 'shellHistory':
      return 'Shell history';
    case 'program':
      return `${place.program ?? 'A known program'}, plain text`;
    case 'gitHistory': {
      const more = place.moreBranches > 0 ? ` and ${plural(place.moreBranches, 'more branch', 'more branches')}` : '';
      const on = place.branch === null ? ', on no branch' : `, on ${place.branch}${more}`;
      return `Git history${on}${place.file ? `, ${place.file}` : ''}`;
    }
  }
}

export const leaks = {
  tabs: { label: 'Keys pages', keys: 'Keys', leaks: 'Leak check' },
  title: 'Leak check',
  lead: 'Looks for your keys, and for anything shaped like one. A finding names the place, never the key.',
  report: 'Save report',
  saved: 'Report saved',
  noReport: 'Nothing was checked yet, so there is no report',
  choose: 'Choose folders',
  check: 'Check',
  again: 'Check again',
  cancel: 'Cancel',
  goOn: 'Go on',
  choosing: 'Choosing',
  drop: (folder: string) => `Remove ${folder}`,
  noFolder: 'No folder chosen yet.',
  git: 'Git history, all branches',
  repositories: (n: number) => (n === 0 ? 'as far as there are repositories' : plural(n, 'repository', 'repositories')),
  shells: 'Shell histories',
  shellFiles: (n: number) => plural(n, 'file', 'files'),
  programs: 'Where other AI programs keep keys',
  knownPlaces: (n: number) => plural(n, 'known place', 'known places'),
  promise: 'Links and devices aren’t followed. Nothing leaves this computer.',
  running: (at: string) => (at === '' ? 'Counting files' : `Checking ${at}`),
  bar: 'Leak check',
  far: (files: number, all: number) => `${count(files)} of ${plural(all, 'file', 'files')}, then history`,
  farHistory: (objects: number, all: number) => `${count(objects)} of ${plural(all, 'object', 'objects')} of git`,
  took: (ms: number) => tenthsOfSeconds(ms),
  soFar: (places: number) => `${plural(places, 'place', 'places')} so far`,
  leave: 'You can leave this page. Cancel keeps what was found.',
  stopped: (percent: number, places: number) => `Stopped at ${percent}%. ${plural(places, 'place', 'places')} so far`,
  stoppedBody: (files: number, all: number) => `${count(files)} of ${plural(all, 'file', 'files')}. The rest was not looked at.`,
  nothing: 'Nothing found',
  found: (places: number, n: number) => `${plural(places, 'place', 'places')}, ${plural(n, 'key', 'keys')}`,
  looked: (folders: number, files: number, commits: number, size: number) => `${plural(folders, 'folder', 'folders')}, ${plural(files, 'file', 'files')}, ${plural(commits, 'commit', 'commits')}, ${bytes(size)}.`,
  tookWhole: (ms: number) => ` Took ${span(ms)}.`,
  proof: (stored: number, forms: number) => `${stored === 0 ? 'You have no key here, so keys' : stored === 1 ? 'Your key was' : `Your ${count(stored)} keys were`} ${stored === 0 ? 'were' : `looked for in ${count(forms)} forms, other keys`}${stored === 0 ? ' looked for' : ''} by their shape. A planted test key was found, so the search works.`,
  noProof: 'The planted test key wasn’t found, so this check proves nothing.',
  unknown: (n: number) => `The keychain didn’t give ${plural(n, 'key', 'keys')}, so ${n === 1 ? 'it was' : 'they were'} looked for by shape only.`,
  lacksGit: 'There is no git on this computer, so histories weren’t looked at.',
  unreadable: (n: number) => `${plural(n, 'file', 'files')} couldn’t be read.`,
  leftOut: (n: number) => `${plural(n, 'more place isn’t', 'more places aren’t')} listed: there are too many.`,
  show: 'Show them',
  hide: 'Hide them',
  list: 'Findings',
  ours: (maker: string, kind: KeyKind | null) => (kind === null ? maker : `${maker}, ${keys.kind(kind)}`),
  yours: 'yours',
  notHere: 'not in Latchkey',
  keyOf: (maker: string | null) => (maker === null ? 'A key' : `${maker} key`),
  inHistory: 'In git history',
  rotate: 'Rotate…',
  rotateName: (name: string) => `Rotate key ${name}`,
  revoke: 'Revoke…',
  revokeOwn: (name: string) => `Revoke key ${name}`,
  revokeName: (name: string) => `Revoke ${name}`,
  move: 'Move into the keychain…',
  moveName: (name: string) => `Move ${name} into the keychain`,
  moved: 'The key is stored. Take it out of the file now.',
  next: {
    rotate: 'Rotate it.',
    revoke: 'Revoke it.',
    inHistory: 'It’s in history, so cleaning the files isn’t enough.',
    ours: 'Take it out of the files, and rotate it if anybody else could read them.',
    program: 'A known program keeps it as plain text.',
    shaped: 'Shaped like a key. Whether it works was not tried.',
  },
  toGitignore: 'Add to .gitignore',
  added: 'Git will leave the file alone',
  ignore: 'Ignore',
  ignoreName: (place: LeakPlace) => `Ignore ${where(place)}`,
  ignoredOne: 'Ignored',
  ignored: (n: number) => `${plural(n, 'finding', 'findings')} ignored.`,
  where,
  told,
} as const;
