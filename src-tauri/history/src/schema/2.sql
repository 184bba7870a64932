-- What was typed and not sent yet, one for each conversation.
ALTER TABLE conversation ADD COLUMN draft TEXT NOT NULL DEFAULT '';
