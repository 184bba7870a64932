// When does Enter send?

type Key = Pick<KeyboardEvent, 'key' | 'isComposing' | 'keyCode' | 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey'>;

/** An input method uses Enter to accept a word. Some engines clear isComposing first and leave only keyCode 229. */
export function sends(event: Key, sendWith: 'enter' | 'controlEnter' = 'enter'): boolean {
  if (event.key !== 'Enter' || event.isComposing || event.keyCode === 229) return false;
  if (event.ctrlKey || event.metaKey) return true;
  return sendWith === 'enter' && !event.shiftKey && !event.altKey;
}
