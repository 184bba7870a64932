// What can be done about a problem, right in its banner. The first is the best.
import type { AppError, ErrorCode } from '../../ipc/bindings/types';

export type WayOn = 'without' | 'tryNow' | 'whenOnline' | 'tryAgain' | 'billing' | 'replaceKey' | 'chooseModel' | 'largerModel' | 'newChat' | 'unlock' | 'keys' | 'removePictures' | 'hearingModel' | 'removeAudio' | 'raiseCap' | 'useInstead';

/** The same, where it is known what was refused. */
export function waysOnFrom(error: AppError): readonly WayOn[] {
  const ways = waysOn(error.code);
  return error.refused === null ? ways : ['without', ...ways];
}

export function waysOn(code: ErrorCode): readonly WayOn[] {
  switch (code) {
    case 'offline':
      return ['tryNow', 'whenOnline'];
    case 'noCredit':
      return ['billing', 'tryAgain'];
    case 'keyRejected':
    case 'keyRevoked':
    case 'keyMissing':
    case 'keyLeaked':
    case 'commandFailed':
    case 'keyDamaged':
      return ['replaceKey', 'tryAgain'];
    case 'notAllowed':
    case 'notServed':
    case 'moderated':
    case 'modelNotFound':
      return ['chooseModel', 'tryAgain'];
    case 'noPictures':
      return ['chooseModel', 'removePictures'];
    case 'noTakers':
      return ['chooseModel', 'keys'];
    case 'noAudio':
    case 'audioKind':
      return ['hearingModel', 'removeAudio'];
    case 'tooManyPictures':
    case 'filesTooLarge':
    case 'noWords':
      return ['chooseModel', 'tryAgain'];
    case 'modelNotAllowed':
      return ['chooseModel', 'keys'];
    case 'capReached':
      return ['useInstead', 'raiseCap', 'chooseModel'];
    case 'priceUnknown':
      return ['chooseModel', 'keys'];
    case 'overcharged':
      return ['keys', 'useInstead'];
    case 'contextTooLong':
      return ['largerModel', 'newChat'];
    case 'paceTooSmall':
      return ['chooseModel', 'newChat'];
    case 'keychainLocked':
    case 'keychainDismissed':
      return ['unlock'];
    // The keychain may work again by itself, or with the key handed over once more for this session.
    case 'keychainSilent':
    case 'keychainFailed':
      return ['unlock', 'keys'];
    case 'keychainAbsent':
    case 'originMismatch':
    case 'addressNotFound':
    case 'redirected':
    case 'notFound':
      return ['keys', 'tryAgain'];
    default:
      return ['tryAgain'];
  }
}
