// What can be done next about each reason why a key wasn't taken. The first is the best.
import type { ErrorCode } from '../../ipc/bindings/types';

export type WayOn =
  | 'paste'
  | 'type'
  | 'file'
  | 'openPage'
  | 'billing'
  | 'checkAgain'
  | 'startAnyway'
  | 'unlock'
  | 'session'
  | 'switchProvider'
  | 'anotherKey'
  | 'changeAddress'
  | 'again';

export interface Situation {
  stored: boolean;
  /** Native code still holds what was handed over. */
  pending: boolean;
  keyless: boolean;
  otherAddress: boolean;
  looksLike: boolean;
  keyPage: boolean;
  billing: boolean;
  nativeWindows: boolean;
}

const handOver: readonly WayOn[] = ['paste', 'type'];

function all(code: ErrorCode, s: Situation): readonly WayOn[] {
  switch (code) {
    case 'keyRejected':
    case 'keyRevoked':
    case 'clipboardEmpty':
    case 'notAKey':
    case 'keyMissing':
    case 'keyDamaged':
      return handOver;
    case 'environmentEmpty':
      return [...handOver, 'file'];
    case 'noKeyInFile':
    case 'fileUnreadable':
    case 'fileEncoding':
    case 'badLineInFile':
      return ['file', ...handOver];
    case 'nativeUnavailable':
      return ['paste', 'file'];
    case 'noCredit':
      return ['billing', 'checkAgain', 'startAnyway'];
    case 'notAllowed':
      return ['openPage', 'checkAgain', 'startAnyway'];
    case 'adminKey':
    case 'oauthKey':
    case 'notAModelKey':
    case 'maskedKey':
    case 'placeholderKey':
    case 'keyInAddress':
    case 'severalKeys':
      return ['openPage', 'anotherKey'];
    case 'otherProvidersKey':
      return ['switchProvider', 'anotherKey'];
    case 'keychainLocked':
    case 'keychainSilent':
    case 'keychainDismissed':
    case 'keychainFailed':
      return ['unlock', 'session'];
    case 'keychainAbsent':
      return ['session'];
    // A server is there, and may chat without a list.
    case 'addressNotFound':
    case 'modelNotFound':
    case 'nonsense':
    case 'requestRefused':
    case 'notServed':
    case 'noTakers':
    case 'moderated':
      return s.otherAddress ? ['changeAddress', 'startAnyway', 'checkAgain'] : ['checkAgain', 'startAnyway'];
    case 'redirected':
    case 'badAddress':
      return s.otherAddress ? ['changeAddress', 'checkAgain'] : ['checkAgain', 'startAnyway'];
    case 'windowOpen':
    case 'tooManyRefusals':
    case 'tooOften':
      return ['again'];
    default:
      return ['checkAgain', 'startAnyway'];
  }
}

export function waysOn(code: ErrorCode, s: Situation): readonly WayOn[] {
  const possible: Partial<Record<WayOn, boolean>> = {
    startAnyway: s.stored || s.pending,
    openPage: s.keyPage,
    billing: s.billing,
    switchProvider: s.looksLike,
    type: s.nativeWindows && !s.keyless,
    paste: !s.keyless,
  };
  return all(code, s).filter((way) => possible[way] ?? true);
}
