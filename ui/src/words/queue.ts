// What waits to be sent.
export const queue = {
  list: 'Queued messages',
  held: {
    answering: 'Sent when this answer has ended.',
    changing: 'Sent when you have saved the change.',
    notSent: 'These wait: the first of them wasn’t sent.',
    failed: 'These wait: the answer before them failed.',
    stopped: 'These wait: you stopped the answer before them.',
    cut: 'These wait: the answer before them was cut.',
    closed: 'These wait since Latchkey was closed.',
  },
  sendNow: 'Send now',
  queue: 'Queue message',
  change: (n: number): string => `Edit queued message ${n}`,
  remove: (n: number): string => `Remove queued message ${n}`,
  field: 'Edit queued message',
  save: 'Save',
  cancel: 'Cancel',
  files: (n: number): string => (n === 1 ? '1 file' : `${n} files`),
  queued: (n: number): string => (n === 1 ? 'Queued. 1 message waits.' : `Queued. ${n} messages wait.`),
  removed: 'Removed from the queue',
};
