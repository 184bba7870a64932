// For acts whose failure changes nothing on the page: a short notice says what was in the way.
import type { AppError } from '../ipc/bindings/types';
import { problemIn, words, type Problem } from '../words';
import { boot } from './boot.svelte';
import { notices } from './notices.svelte';
import { pressedNow } from './pressed';

const titleOf = (problem: Problem): string => problem.title;

/** Does it, and says so when it fails, by the title of the problem or in the words of `told`. True if it went well. */
export async function attempt(act: () => Promise<unknown>, told = titleOf): Promise<boolean> {
  const beside = pressedNow();
  // What was said of an earlier act is no longer what matters.
  notices.say('');
  try {
    await act();
    return true;
  } catch (reason) {
    const error = reason as AppError;
    // Saying no in a native window is no failure.
    if (error.code === 'cancelled') notices.say(words.status.cancelled);
    else notices.show({ text: told(problemIn(error, { ...nobody, keychain: boot.keychainName })), action: null, beside });
    return false;
  }
}

const nobody = { provider: words.chat.after.someProvider, connection: '', model: '' };
