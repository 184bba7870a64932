-- Files of a folder: they go with whatever is asked in its chats. A folder may ask along a route, of which its model is the first.
CREATE TABLE folder_file (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    folder INTEGER NOT NULL REFERENCES folder (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('image', 'file')),
    name TEXT NOT NULL,
    blob INTEGER NOT NULL REFERENCES blob (id)
) STRICT;

CREATE INDEX folder_file_folder ON folder_file (folder);
CREATE INDEX folder_file_blob ON folder_file (blob);

ALTER TABLE folder ADD COLUMN route INTEGER;

-- A file goes with the last message, the last draft and the last folder that hold it.
DROP TRIGGER part_gone;
CREATE TRIGGER part_gone AFTER DELETE ON part WHEN old.blob IS NOT NULL BEGIN
    DELETE FROM blob WHERE id = old.blob
        AND NOT EXISTS (SELECT 1 FROM part WHERE blob = old.blob)
        AND NOT EXISTS (SELECT 1 FROM draft_file WHERE blob = old.blob)
        AND NOT EXISTS (SELECT 1 FROM folder_file WHERE blob = old.blob);
END;
DROP TRIGGER draft_file_gone;
CREATE TRIGGER draft_file_gone AFTER DELETE ON draft_file BEGIN
    DELETE FROM blob WHERE id = old.blob
        AND NOT EXISTS (SELECT 1 FROM part WHERE blob = old.blob)
        AND NOT EXISTS (SELECT 1 FROM draft_file WHERE blob = old.blob)
        AND NOT EXISTS (SELECT 1 FROM folder_file WHERE blob = old.blob);
END;
DROP TRIGGER draft_file_became;
CREATE TRIGGER draft_file_became AFTER UPDATE OF blob ON draft_file WHEN old.blob <> new.blob BEGIN
    DELETE FROM blob WHERE id = old.blob
        AND NOT EXISTS (SELECT 1 FROM part WHERE blob = old.blob)
        AND NOT EXISTS (SELECT 1 FROM draft_file WHERE blob = old.blob)
        AND NOT EXISTS (SELECT 1 FROM folder_file WHERE blob = old.blob);
END;
CREATE TRIGGER folder_file_gone AFTER DELETE ON folder_file BEGIN
    DELETE FROM blob WHERE id = old.blob
        AND NOT EXISTS (SELECT 1 FROM part WHERE blob = old.blob)
        AND NOT EXISTS (SELECT 1 FROM draft_file WHERE blob = old.blob)
        AND NOT EXISTS (SELECT 1 FROM folder_file WHERE blob = old.blob);
END;
