-- What placeholders of a message stand for. A key that the keychain keeps has no value here.
CREATE TABLE redaction (
    message INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    value TEXT,
    PRIMARY KEY (message, name)
) STRICT, WITHOUT ROWID;

-- A file of a draft that became another goes like one that was taken off.
CREATE TRIGGER draft_file_became AFTER UPDATE OF blob ON draft_file WHEN old.blob <> new.blob BEGIN
    DELETE FROM blob WHERE id = old.blob
        AND NOT EXISTS (SELECT 1 FROM part WHERE blob = old.blob)
        AND NOT EXISTS (SELECT 1 FROM draft_file WHERE blob = old.blob);
END;
