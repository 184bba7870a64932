// Whatever a command rejects with becomes one AppError, so that callers act on its code and on nothing else.
import type { AppError } from './bindings/types';

export function isAppError(value: unknown): value is AppError {
  return typeof value === 'object' && value !== null && typeof (value as AppError).code === 'string';
}

export function toAppError(value: unknown): AppError {
  if (isAppError(value)) return value;
  const message = value instanceof Error ? value.message : String(value);
  return { code: 'internal', message, retryAfterMs: null, detail: message, provider: null, refused: null, cap: null };
}
