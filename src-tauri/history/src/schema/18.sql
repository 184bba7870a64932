-- Texts that a person uses again. A slash name is given once; a folder is no more than its name.
CREATE TABLE prompt (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    slash TEXT NOT NULL,
    folder TEXT NOT NULL,
    text TEXT NOT NULL,
    favourite INTEGER NOT NULL,
    created_ms INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX prompt_slash ON prompt (slash) WHERE slash <> '';

-- A preset may ask along a route, and be kept on top.
ALTER TABLE preset ADD COLUMN route INTEGER;
ALTER TABLE preset ADD COLUMN favourite INTEGER NOT NULL DEFAULT 0;
