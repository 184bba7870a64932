// The address field's own check. Native code checks again and decides.

import { isLoopback } from '../../ui/loopback';

// The engine drops some of these, and keeps others as parts of a host or a path.
const HIDDEN = /[\p{Cf}\p{Co}\u034f\u115f\u1160\u3164\ufe00-\ufe0f]/u;

/** Whether a character stands in it that nobody can see. */
export const hidesSomething = (text: string): boolean => HIDDEN.test(text);

export function usableAddress(text: string): URL | null {
  if (hidesSomething(text)) return null;
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch {
    return null;
  }
  if (url.username !== '' || url.password !== '') return null;
  if (url.protocol === 'https:') return url;
  return url.protocol === 'http:' && isLoopback(url.href) ? url : null;
}

/** Whether an address is this one, with a name of the person’s own for each `{…}`. */
export function completes(address: string, template: string | null): boolean {
  if (template === null) return true;
  const parts = template.split(/\{[^}]*\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[A-Za-z0-9_-]+')}/?$`).test(address.trim());
}

export function hostOf(address: string): string | null {
  try {
    return new URL(address).host;
  } catch {
    return null;
  }
}
