-- The first format. Times are milliseconds since 1970. Ids are never used twice, so a stale id in a window can never
-- mean another conversation.
PRAGMA application_id = 0x4C61746B; -- "Latk"

CREATE TABLE conversation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL,
    system_prompt TEXT NOT NULL,
    connection TEXT,
    model TEXT,
    -- The last message of the branch that is shown. No foreign key: its check would search this table once for every
    -- message that a purge deletes.
    leaf INTEGER,
    created_ms INTEGER NOT NULL,
    updated_ms INTEGER NOT NULL,
    deleted_ms INTEGER
) STRICT;

-- Covers the list of conversations, so that long system prompts are not read for it.
CREATE INDEX conversation_listed ON conversation (updated_ms DESC, id DESC, title) WHERE deleted_ms IS NULL;
CREATE INDEX conversation_deleted ON conversation (deleted_ms) WHERE deleted_ms IS NOT NULL;

-- Messages form a tree. The long columns come last: walking up the parents then never reads their overflow pages.
CREATE TABLE message (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation INTEGER NOT NULL REFERENCES conversation (id),
    parent INTEGER REFERENCES message (id),
    role TEXT NOT NULL CHECK (role IN ('user', 'assistant')),
    status TEXT NOT NULL CHECK (status IN ('streaming', 'complete', 'stopped', 'interrupted', 'failed')),
    finish TEXT,
    model TEXT,
    connection TEXT,
    prompt_tokens INTEGER,
    answer_tokens INTEGER,
    first_token_ms INTEGER,
    reasoning_ms INTEGER,
    created_ms INTEGER NOT NULL,
    failure TEXT,
    text TEXT NOT NULL,
    reasoning TEXT NOT NULL
) STRICT;

CREATE INDEX message_siblings ON message (parent, conversation);
CREATE INDEX message_conversation ON message (conversation);
CREATE INDEX message_streaming ON message (id) WHERE status = 'streaming';

-- A growing answer is kept in pieces until it ends. Rewriting its row instead would write the whole text again at every
-- save: 400 saves of an answer that reaches 1 MB are 200 MB of encrypted pages, in pieces they are 1 MB.
CREATE TABLE piece (
    id INTEGER PRIMARY KEY,
    message INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
    -- Bytes of text and of reasoning that are saved up to and with this piece.
    text_end INTEGER NOT NULL,
    reasoning_end INTEGER NOT NULL,
    text TEXT NOT NULL,
    reasoning TEXT NOT NULL
) STRICT;

CREATE INDEX piece_message ON piece (message);

CREATE TABLE connection (
    id TEXT PRIMARY KEY,
    provider TEXT NOT NULL,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    origin TEXT NOT NULL,
    key_kind TEXT,
    key_last_four TEXT,
    key_kept_in TEXT CHECK (key_kept_in IN ('keychain', 'session')),
    created_ms INTEGER NOT NULL,
    last_used_ms INTEGER
) STRICT;

CREATE TABLE setting (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
