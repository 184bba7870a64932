// How an answer ended, if not by itself: one line under it.
import type { ErrorCode, MessageFacts } from '../../ipc/bindings/types';
import type { IconName } from '../../ui/icons';
import { problemIn, said, words, type Setting } from '../../words';

export interface Ending {
  icon: IconName;
  tone: '' | 'is-warn' | 'is-danger';
  text: string;
  /** The provider’s own words. */
  said?: string | null;
  /** Its question and it are left out of what is sent next. */
  leftOut: boolean;
  /** What to do about it, right here. */
  act: 'tryAgain' | 'edit' | 'continue' | null;
}

/** What arrived of an answer. */
export interface Came {
  text: boolean;
  reasoning: boolean;
}

/** These say what they have to say under the answer; every other failure of the last answer gets a banner. */
const UNDER_ANSWER = new Set<ErrorCode>(['brokenStream', 'idleStream', 'answerTooLong']);

export const needsBanner = (code: ErrorCode): boolean => !UNDER_ANSWER.has(code) && code !== 'cancelled';

export function endingOf(facts: MessageFacts, last: boolean, came: Came, setting: Setting): Ending | null {
  const ending = textOf(facts, last, came, setting);
  return ending && { ...ending, leftOut: !came.text || facts.finish === 'refusal' };
}

type Line = Omit<Ending, 'leftOut'>;

const warn = (icon: IconName, text: string): Line => ({ icon, tone: 'is-warn', text, act: 'tryAgain' });

function textOf(facts: MessageFacts, last: boolean, came: Came, setting: Setting): Line | null {
  const w = words.chat.after;
  // It may be claimed only if it did.
  const arrived = came.text || came.reasoning;
  switch (facts.status) {
    case 'streaming':
      return null;
    case 'stopped':
      return { icon: 'stop', tone: '', text: arrived ? w.stopped(facts.answerTokens, setting.provider) : w.stoppedEarly, act: 'tryAgain' };
    case 'interrupted':
    case 'failed':
      switch (facts.error?.code) {
        case 'brokenStream':
          return warn('offline', arrived ? w.broken : w.brokenEarly);
        case 'idleStream':
          return warn('clock', arrived ? w.idle : w.idleEarly);
        case 'answerTooLong':
          return warn('wrap', w.tooLong);
        case undefined:
          if (facts.status === 'failed') return warn('alert', w.none);
          return warn('offline', arrived ? w.interrupted : w.interruptedEarly);
        default: {
          const problem = problemIn(facts.error!, setting);
          // The banner over the composer says why, and what to do.
          if (last) return { icon: problem.icon, tone: '', text: arrived ? w.partly : w.none, act: null };
          return { ...warn(problem.icon, w.failed(problem.title)), said: said(facts.error!, setting) };
        }
      }
    case 'complete':
      return came.text ? wholeOf(facts, setting) : emptyOf(facts, came, setting);
  }
}

/** An answer with words. */
function wholeOf(facts: MessageFacts, setting: Setting): Line | null {
  const w = words.chat.after;
  switch (facts.finish) {
    case 'length':
      return { ...warn('wrap', w.length(facts.answerTokens)), act: 'continue' };
    case 'contentFilter':
      return { icon: 'alert', tone: 'is-danger', text: w.filter(setting.provider), act: 'edit' };
    case 'refusal':
    case 'declined':
      return { ...warn('alert', w.refused), act: 'edit' };
    case 'toolCalls':
      return warn('alert', w.toolAfterText);
    default:
      return null;
  }
}

/** An answer without a word says so; it must never look finished. */
function emptyOf(facts: MessageFacts, came: Came, setting: Setting): Line {
  const w = words.chat.after;
  switch (facts.finish) {
    case 'length':
      return warn('wrap', came.reasoning ? w.lengthInReasoning : w.lengthEmpty);
    case 'contentFilter':
      return { icon: 'alert', tone: 'is-danger', text: w.filterEmpty(setting.provider), act: 'edit' };
    case 'refusal':
    case 'declined':
      return { ...warn('alert', w.refusedEmpty), act: 'edit' };
    case 'toolCalls':
      return warn('alert', w.tool);
    default:
      return warn('alert', came.reasoning ? w.onlyReasoning : w.empty(setting.provider));
  }
}
