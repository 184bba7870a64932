// What may be said of a pause before a request goes out again.
import type { AppError } from '../../ipc/bindings/types';
import { words } from '../../words';

/** That the provider asks for it may be said only if it does. */
export function pauseTitle(error: AppError, provider: string): string {
  const w = words.chat.banner;
  if (error.retryAfterMs) return w.pauseAsked(provider, error.retryAfterMs);
  return error.code === 'busy' ? w.pauseBusy(provider) : w.pauseFault(provider);
}
