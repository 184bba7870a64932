-- What was sent and what it cost, one row a request. Written before anything is sent, with the most that it may cost; a row that
-- was never settled, because the program ended, counts as that much. Amounts are billionths of a dollar. Days are UTC's, as
-- 2026-11-29, and none is ever earlier than that of a row before.
CREATE TABLE ledger (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    connection TEXT NOT NULL,
    model TEXT NOT NULL,
    -- No foreign keys: what was spent outlives its conversation.
    conversation INTEGER,
    message INTEGER,
    day TEXT NOT NULL,
    sent_ms INTEGER NOT NULL,
    -- None where the price is not known.
    at_most_nano INTEGER,
    tokens_at_most INTEGER NOT NULL,
    settled INTEGER NOT NULL DEFAULT 0,
    nano INTEGER,
    read_tokens INTEGER,
    written_tokens INTEGER,
    first_token_ms INTEGER,
    whole_ms INTEGER
) STRICT;

CREATE INDEX ledger_open ON ledger (connection, day) WHERE settled = 0;
CREATE INDEX ledger_sent ON ledger (connection, sent_ms);

-- Sums of what is settled, so that a limit is checked and a page is drawn without reading every row.
CREATE TABLE spend (
    day TEXT NOT NULL,
    connection TEXT NOT NULL,
    model TEXT NOT NULL,
    nano INTEGER NOT NULL,
    -- Requests of which nobody knows what they cost.
    unpriced INTEGER NOT NULL,
    requests INTEGER NOT NULL,
    read_tokens INTEGER NOT NULL,
    written_tokens INTEGER NOT NULL,
    PRIMARY KEY (connection, day, model)
) STRICT, WITHOUT ROWID;

CREATE INDEX spend_day ON spend (day);

-- How much a connection may spend, and whether it does at all. No foreign key: replacing a connection's row would take it along.
CREATE TABLE spending_limit (
    connection TEXT PRIMARY KEY,
    day_nano INTEGER,
    month_nano INTEGER,
    request_nano INTEGER,
    requests_a_minute INTEGER,
    tokens_a_minute INTEGER,
    -- More was charged than could have been: by so much, until a person has seen it.
    excess_nano INTEGER
) STRICT, WITHOUT ROWID;
