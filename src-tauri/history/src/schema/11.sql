-- A key is not a connection: a connection has the key that is used, and beside it perhaps one that stands in for a session, the
-- next, the one before, and one that leaked. Changing a key moves roles; nothing is overwritten. No foreign key: replacing a
-- connection's row would take it along.
CREATE TABLE key (
    connection TEXT NOT NULL,
    -- used, standIn, next, old, leaked
    role TEXT NOT NULL,
    -- Under which name the keychain, or the session, has it.
    item TEXT NOT NULL,
    kind TEXT NOT NULL,
    last_four TEXT NOT NULL,
    kept_in TEXT NOT NULL,
    worked INTEGER NOT NULL,
    made_ms INTEGER NOT NULL,
    retired_ms INTEGER,
    PRIMARY KEY (connection, role)
) STRICT, WITHOUT ROWID;

INSERT INTO key
    SELECT id, 'used', coalesce(key_item, id), key_kind, key_last_four, key_kept_in, key_worked, created_ms, NULL
    FROM connection WHERE key_kind IS NOT NULL;

-- What a session kept in memory is over with it: who stood in is not taken along.
ALTER TABLE connection DROP COLUMN key_kind;
ALTER TABLE connection DROP COLUMN key_last_four;
ALTER TABLE connection DROP COLUMN key_kept_in;
ALTER TABLE connection DROP COLUMN key_worked;
ALTER TABLE connection DROP COLUMN key_item;
ALTER TABLE connection DROP COLUMN stand_in_kind;
ALTER TABLE connection DROP COLUMN stand_in_last_four;
ALTER TABLE connection DROP COLUMN stand_in_worked;

-- What a key is for, and after how many days it should be changed; none is never.
ALTER TABLE connection ADD COLUMN label TEXT NOT NULL DEFAULT '';
ALTER TABLE connection ADD COLUMN rotate_after_days INTEGER DEFAULT 90;

-- The only models that a connection may ask; none named is any.
CREATE TABLE allowed_model (
    connection TEXT NOT NULL,
    model TEXT NOT NULL,
    PRIMARY KEY (connection, model)
) STRICT, WITHOUT ROWID;

-- Which key was used.
ALTER TABLE ledger ADD COLUMN key TEXT;
CREATE INDEX ledger_day ON ledger (day);

-- Sums of what is settled by conversation, as in spend. It outlives its conversation.
CREATE TABLE conversation_spend (
    month TEXT NOT NULL,
    conversation INTEGER NOT NULL,
    nano INTEGER NOT NULL,
    requests INTEGER NOT NULL,
    tokens INTEGER NOT NULL,
    PRIMARY KEY (month, conversation)
) STRICT, WITHOUT ROWID;

INSERT INTO conversation_spend
    SELECT substr(day, 1, 7), conversation, sum(coalesce(nano, 0)), count(*),
           sum(coalesce(read_tokens, 0) + coalesce(written_tokens, 0))
    FROM ledger WHERE settled = 1 AND conversation IS NOT NULL GROUP BY 1, 2;
