-- The model that a connection's key asks where nobody names another, and whether its provider was heard to say that the key may
-- not do everything.
ALTER TABLE connection ADD COLUMN default_model TEXT;
ALTER TABLE key ADD COLUMN restricted INTEGER NOT NULL DEFAULT 0;
