-- What an answer cost: its tokens by kind, as JSON of the layer above; billionths of a dollar; whether the provider itself said
-- so. And the pages that it rests on, as JSON of the layer above.
ALTER TABLE message ADD COLUMN usage TEXT;
ALTER TABLE message ADD COLUMN cost_nano INTEGER;
ALTER TABLE message ADD COLUMN cost_from TEXT CHECK (cost_from IN ('provider', 'prices', 'bound'));
ALTER TABLE message ADD COLUMN sources TEXT;

-- How a conversation's answers are asked for, as JSON of the layer above; empty where nothing is wished.
ALTER TABLE conversation ADD COLUMN parameters TEXT NOT NULL DEFAULT '';

-- What is spoken at an address that a person gave, where its provider does not tell.
ALTER TABLE connection ADD COLUMN format TEXT;

-- The bytes of files, each kept once however often it is sent.
CREATE TABLE blob (
    id INTEGER PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE,
    media_type TEXT NOT NULL,
    bytes BLOB NOT NULL
) STRICT;

-- What belongs to a message beside its words: pictures, files, and an answer's reasoning in its provider's sealed form.
CREATE TABLE part (
    message INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('image', 'file', 'thought')),
    name TEXT NOT NULL DEFAULT '',
    blob INTEGER REFERENCES blob (id),
    state TEXT,
    PRIMARY KEY (message, place)
) STRICT, WITHOUT ROWID;

CREATE INDEX part_blob ON part (blob) WHERE blob IS NOT NULL;

-- A file goes with the last message that holds it.
CREATE TRIGGER part_gone AFTER DELETE ON part WHEN old.blob IS NOT NULL BEGIN
    DELETE FROM blob WHERE id = old.blob AND NOT EXISTS (SELECT 1 FROM part WHERE blob = old.blob);
END;
