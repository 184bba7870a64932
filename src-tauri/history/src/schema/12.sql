-- Where conversations are kept: folders in folders, tags, pins, the archive. A folder is marked by a colour or a picture sign, and
-- has what new chats in it begin with.
CREATE TABLE folder (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- No foreign key: what is in a folder that goes is moved before.
    parent INTEGER,
    name TEXT NOT NULL,
    mark TEXT NOT NULL DEFAULT '',
    system_prompt TEXT NOT NULL DEFAULT '',
    connection TEXT,
    model TEXT,
    created_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE tag (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE
) STRICT;

CREATE TABLE conversation_tag (
    conversation INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    tag INTEGER NOT NULL REFERENCES tag (id) ON DELETE CASCADE,
    PRIMARY KEY (conversation, tag)
) STRICT, WITHOUT ROWID;

CREATE INDEX conversation_tag_of ON conversation_tag (tag);

ALTER TABLE conversation ADD COLUMN folder INTEGER;
ALTER TABLE conversation ADD COLUMN pinned_ms INTEGER;
ALTER TABLE conversation ADD COLUMN archived_ms INTEGER;

-- One for each list, in its order, so that the first page of any costs the same however long it is.
CREATE INDEX conversation_loose ON conversation (updated_ms DESC, id DESC)
    WHERE deleted_ms IS NULL AND archived_ms IS NULL AND pinned_ms IS NULL AND folder IS NULL;
CREATE INDEX conversation_pinned ON conversation (pinned_ms)
    WHERE deleted_ms IS NULL AND archived_ms IS NULL AND pinned_ms IS NOT NULL;
CREATE INDEX conversation_in_folder ON conversation (folder, updated_ms DESC, id DESC)
    WHERE deleted_ms IS NULL AND archived_ms IS NULL AND folder IS NOT NULL;
CREATE INDEX conversation_archived ON conversation (updated_ms DESC, id DESC)
    WHERE deleted_ms IS NULL AND archived_ms IS NOT NULL;
