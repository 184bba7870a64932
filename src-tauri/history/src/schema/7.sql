-- What a model was found to refuse over a connection: it is not sent again. No foreign key: replacing a connection's row would
-- take it along.
CREATE TABLE refused (
    connection TEXT NOT NULL,
    model TEXT NOT NULL,
    parameter TEXT NOT NULL,
    PRIMARY KEY (connection, model, parameter)
) STRICT, WITHOUT ROWID;

-- An ordered list of models as one choice: the first that can answers.
CREATE TABLE route (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    by_speed INTEGER NOT NULL DEFAULT 0,
    created_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE route_step (
    route INTEGER NOT NULL REFERENCES route (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    connection TEXT NOT NULL,
    model TEXT NOT NULL,
    PRIMARY KEY (route, place)
) STRICT, WITHOUT ROWID;

-- The route that a conversation goes by. No foreign key: a conversation outlives it.
ALTER TABLE conversation ADD COLUMN route INTEGER;

-- Who was asked before the one that answered, and why they did not: JSON of the layer above.
ALTER TABLE message ADD COLUMN route TEXT;

-- How long the first words of the last answers took, a ring of some for each model over a connection.
CREATE TABLE pace (
    connection TEXT NOT NULL,
    model TEXT NOT NULL,
    place INTEGER NOT NULL,
    first_token_ms INTEGER NOT NULL,
    PRIMARY KEY (connection, model, place)
) STRICT, WITHOUT ROWID;
