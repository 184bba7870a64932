// Plays the native process in a browser, in memory: the scene that the address names.
import { Fake } from './fake';
import { SCENES } from './fake-scenes';
import { useHost } from './host';

export function play(): void {
  useHost(new Fake({ ...SCENES[new URLSearchParams(location.search).get('scene') ?? 'first'] }));
}
