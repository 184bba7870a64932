-- Whether those may answer over a connection who keep what they are sent, where its provider can be told.
ALTER TABLE connection ADD COLUMN may_be_kept INTEGER NOT NULL DEFAULT 0;
