// How an answer ended, if not by itself: one line under it.
import { problemIn, said, words, type Setting } from '../../app/messages';
import type { ErrorCode, MessageFacts } from '../../ipc/bindings/types';
import type { IconName } from '../../ui/icons';

export interface Ending {
  icon: IconName;
  tone: '' | 'is-warn' | 'is-danger';
  text: string;
  /** The provider’s own words. */
  said?: string | null;
  /** What to do about it, right here. */
  act: 'tryAgain' | 'edit' | null;
}

/** These say what they have to say under the answer; every other failure of the last answer gets a banner. */
const UNDER_ANSWER = new Set<ErrorCode>(['brokenStream', 'idleStream', 'answerTooLong']);

export const needsBanner = (code: ErrorCode): boolean => !UNDER_ANSWER.has(code) && code !== 'cancelled';

/** `text`: something of the answer arrived. */
export function endingOf(facts: MessageFacts, last: boolean, text: boolean, setting: Setting): Ending | null {
  const w = words.chat.after;
  const warn = (icon: IconName, text: string): Ending => ({ icon, tone: 'is-warn', text, act: 'tryAgain' });
  switch (facts.status) {
    case 'streaming':
      return null;
    case 'stopped':
      return { icon: 'stop', tone: '', text: w.stopped(facts.answerTokens, setting.provider), act: 'tryAgain' };
    case 'interrupted':
      return warn('offline', w.interrupted);
    case 'failed':
      switch (facts.error?.code) {
        case 'brokenStream':
          return warn('offline', w.broken);
        case 'idleStream':
          return warn('clock', w.idle);
        case 'answerTooLong':
          return warn('wrap', w.tooLong);
        case undefined:
          return warn('alert', w.none);
        default: {
          const problem = problemIn(facts.error!, setting);
          // The banner over the composer says why, and what to do.
          if (last) return { icon: problem.icon, tone: '', text: text ? w.partly : w.none, act: null };
          return { ...warn(problem.icon, w.failed(problem.title)), said: said(facts.error!, setting) };
        }
      }
    case 'complete':
      if (facts.finish === 'length') return warn('wrap', w.length(facts.answerTokens));
      if (facts.finish === 'contentFilter') return { icon: 'alert', tone: 'is-danger', text: w.filter(setting.provider), act: 'edit' };
      return null;
  }
}
