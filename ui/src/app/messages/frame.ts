// The frame around every page.
export const frame = {
  app: {
    name: 'Latchkey',
    status: 'Status',
    starting: 'Waiting for the keychain',
    undo: 'Undo',
    dismiss: 'Dismiss',
  },
  sidebar: {
    label: 'Sidebar',
    hide: 'Hide sidebar',
    show: 'Show sidebar',
    resize: 'Sidebar width',
    newChat: 'New chat',
    conversations: 'Conversations',
    none: 'Your chats will be listed here.',
    keys: 'Keys & providers',
    more: (title: string) => `More for ${title}`,
    rename: 'Rename',
    remove: 'Delete',
    renameField: 'Chat title',
    answering: 'Answering',
    deleted: 'Chat deleted',
    restored: 'Chat restored',
    renamed: 'Chat renamed',
    groups: { today: 'Today', yesterday: 'Yesterday', week: 'Last 7 days', older: 'Older' },
  },
  broken: {
    title: 'Latchkey can’t open your chats',
    damaged: 'Nothing was changed. Restore a backup, or quit.',
    newer: 'They were written by a newer Latchkey. Nothing was changed. Install that version again, then try again.',
    keyMissing:
      'The keychain has no key for them any more. Nothing was changed. If you have restored or unlocked the keychain, try again.',
    full: 'The disk is full. Nothing was changed. Make some room, then try again.',
    other: 'Nothing was changed. Try again, or quit.',
    again: 'Try again',
  },
} as const;
