// The overview of a chat's branches.
import { count, money, plural } from './format';

export const branches = {
  tree: 'Branches',
  open: 'Branches of this chat',
  title: (messages: number, branches: number): string => (branches < 2 ? `${plural(messages, 'message', 'messages')}. No other versions yet.` : `${plural(messages, 'message', 'messages')}, ${count(branches)} branches`),
  said: (messages: number): string => `Branches, ${plural(messages, 'message', 'messages')}`,
  close: 'Close branches',
  closeShort: 'Close',
  openHere: 'Open here',
  remove: 'Delete this branch',
  removed: 'The branch is deleted',
  preview: 'Preview',
  you: 'You',
  files: 'Only files',
  growing: 'Still being written',
  nothing: 'Nothing came',
  versions: (n: number): string => plural(n, 'version', 'versions'),
  version: (who: string, index: number, of: number): string => (of > 1 ? `${who}, version ${index} of ${of}` : who),
  answerTo: (question: string): string => `Answer to “${question}”`,
  after: (answer: string): string => `After “${answer}”`,
  below: (messages: number, nano: number | null): string => {
    const follow = messages === 0 ? 'Nothing follows it.' : `Below it: ${plural(messages, 'message', 'messages')}.`;
    return nano === null ? follow : `${follow} Whole branch: ${money(nano)}.`;
  },
  foot: { next: 'next message', parent: 'parent, child', version: 'other version', open: 'open here', filled: 'Filled: the branch you’re in' },

  branchHere: 'Branch from here',
  /** What a chat is called that began in the middle of another. */
  branchOf: (title: string): string => `${title}, branch`,
  branched: 'A new chat goes on from here',
  editAnswer: 'Edit answer',
  editAnswerNote: 'Another version. The one that came stays, one arrow away.',
  saveAnswer: 'Save answer',
  edited: 'edited by you',
  answerSaved: 'Your version of the answer is shown',
};
