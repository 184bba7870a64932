-- What a person wrote while an answer came, and what is sent after it: a JSON list.
ALTER TABLE conversation ADD COLUMN queue TEXT NOT NULL DEFAULT '';
