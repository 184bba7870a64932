-- Other programs that use a key without holding it: each has a token of its own, of which only a hash is kept. A row outlives its
-- token, because what was spent with it does. No foreign keys, for the same reason.
CREATE TABLE application (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    -- 'program', 'page' or 'run'.
    kind TEXT NOT NULL,
    -- The one origin that a web page may ask from.
    origin TEXT,
    connection TEXT NOT NULL,
    -- A JSON list; an empty one is every model of the connection.
    models TEXT NOT NULL,
    -- SHA-256. None where each run of the program has one of its own.
    token_hash BLOB,
    last_four TEXT,
    single_use INTEGER NOT NULL DEFAULT 0,
    created_ms INTEGER NOT NULL,
    expires_ms INTEGER,
    last_used_ms INTEGER,
    -- Nothing is lent any more from here on.
    ended_ms INTEGER,
    day_nano INTEGER,
    month_nano INTEGER,
    request_nano INTEGER,
    requests_a_minute INTEGER,
    tokens_a_minute INTEGER
) STRICT;

-- Programs that a person has let use an application's token.
CREATE TABLE application_program (
    application INTEGER NOT NULL,
    program TEXT NOT NULL,
    PRIMARY KEY (application, program)
) STRICT, WITHOUT ROWID;

-- Who sent a request; none for a chat of this program's own.
ALTER TABLE ledger ADD COLUMN application INTEGER;

CREATE INDEX ledger_lent_open ON ledger (application, day) WHERE settled = 0 AND application IS NOT NULL;
CREATE INDEX ledger_lent ON ledger (application, sent_ms) WHERE application IS NOT NULL;

-- Sums of what is settled, as in spend.
CREATE TABLE application_spend (
    application INTEGER NOT NULL,
    day TEXT NOT NULL,
    nano INTEGER NOT NULL,
    requests INTEGER NOT NULL,
    PRIMARY KEY (application, day)
) STRICT, WITHOUT ROWID;

-- What was done with keys, one line a request, each holding a hash of the line before it. Never what was asked or answered.
CREATE TABLE audit (
    number INTEGER PRIMARY KEY,
    at_ms INTEGER NOT NULL,
    application TEXT NOT NULL,
    key_name TEXT NOT NULL,
    model TEXT NOT NULL,
    read_tokens INTEGER,
    written_tokens INTEGER,
    nano INTEGER,
    outcome TEXT NOT NULL,
    hash BLOB NOT NULL
) STRICT;

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit BEGIN SELECT raise(ABORT, 'append only'); END;
CREATE TRIGGER audit_is_never_shortened BEFORE DELETE ON audit BEGIN SELECT raise(ABORT, 'append only'); END;
