-- The keychain's item of a connection's key, where it is not named like the connection: a key that takes another's place
-- gets an item of its own, so that the other is there until the row names the new one.
ALTER TABLE connection ADD COLUMN key_item TEXT;

-- A key for the session that stands in for the one in the keychain.
ALTER TABLE connection ADD COLUMN stand_in_kind TEXT;
ALTER TABLE connection ADD COLUMN stand_in_last_four TEXT;
ALTER TABLE connection ADD COLUMN stand_in_worked INTEGER NOT NULL DEFAULT 0;

-- Items that may be in the keychain although no connection names them: to be removed when it is open.
CREATE TABLE leftover (
    item TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
