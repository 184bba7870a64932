-- What is known of a file's bytes: facts as JSON of the layer above, its words if it has any, and a small picture of it.
ALTER TABLE blob ADD COLUMN facts TEXT NOT NULL DEFAULT '';
ALTER TABLE blob ADD COLUMN words TEXT;
ALTER TABLE blob ADD COLUMN preview BLOB;

-- Files that are attached and not sent yet, one list for each conversation and one for a new chat.
CREATE TABLE draft_file (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation INTEGER REFERENCES conversation (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('image', 'file')),
    name TEXT NOT NULL,
    blob INTEGER NOT NULL REFERENCES blob (id)
) STRICT;

CREATE INDEX draft_file_conversation ON draft_file (conversation);
CREATE INDEX draft_file_blob ON draft_file (blob);

-- A file goes with the last message and the last draft that hold it.
DROP TRIGGER part_gone;
CREATE TRIGGER part_gone AFTER DELETE ON part WHEN old.blob IS NOT NULL BEGIN
    DELETE FROM blob WHERE id = old.blob
        AND NOT EXISTS (SELECT 1 FROM part WHERE blob = old.blob)
        AND NOT EXISTS (SELECT 1 FROM draft_file WHERE blob = old.blob);
END;
CREATE TRIGGER draft_file_gone AFTER DELETE ON draft_file BEGIN
    DELETE FROM blob WHERE id = old.blob
        AND NOT EXISTS (SELECT 1 FROM part WHERE blob = old.blob)
        AND NOT EXISTS (SELECT 1 FROM draft_file WHERE blob = old.blob);
END;

-- What a person has made of a model over a connection: a favourite, when it was last asked, and its price where nobody publishes
-- one, in billionths of a dollar for a million tokens. No foreign key: replacing a connection's row would take it along.
CREATE TABLE model (
    connection TEXT NOT NULL,
    model TEXT NOT NULL,
    starred_ms INTEGER,
    used_ms INTEGER,
    input_nano INTEGER,
    output_nano INTEGER,
    PRIMARY KEY (connection, model)
) STRICT, WITHOUT ROWID;

-- A way to ask that has a name. Parameters are JSON of the layer above; without a model it is for any.
CREATE TABLE preset (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    connection TEXT,
    model TEXT,
    parameters TEXT NOT NULL,
    instructions TEXT NOT NULL,
    created_ms INTEGER NOT NULL
) STRICT;

-- The preset that a conversation goes by. No foreign key: a conversation outlives it.
ALTER TABLE conversation ADD COLUMN preset INTEGER;
