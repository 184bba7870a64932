-- How many events of an answer's stream could not be read.
ALTER TABLE message ADD COLUMN skipped INTEGER NOT NULL DEFAULT 0;

-- Whether the server refused the wish for a count of tokens at a stream's end.
ALTER TABLE connection ADD COLUMN refuses_stream_options INTEGER NOT NULL DEFAULT 0;

-- Whether the key has ever been accepted: only then can a refusal mean that it was revoked.
ALTER TABLE connection ADD COLUMN key_worked INTEGER NOT NULL DEFAULT 0;
UPDATE connection SET key_worked = 1 WHERE key_kind IS NOT NULL AND last_used_ms IS NOT NULL;
