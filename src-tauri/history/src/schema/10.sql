-- The index of words. Its text is taken apart by the program (search/words.rs), so that the index splits at spaces only. What was
-- said is not kept twice; to take it out again, it is taken apart again. Terms leave the file with their message.
CREATE VIRTUAL TABLE message_words USING fts5 (
    said, model, marks,
    content = '', prefix = '2 3', tokenize = "ascii tokenchars '+#_'"
);
-- Pages of this size fit those of the encrypted file, which hold 80 bytes less than others.
INSERT INTO message_words (message_words, rank) VALUES ('pgsz', 3970), ('secure-delete', 1), ('rank', 'bm25(1.0, 0.0, 0.0)');

-- Titles are short, and they change.
CREATE VIRTUAL TABLE title_words USING fts5 (title, prefix = '2 3', tokenize = "ascii tokenchars '+#_'");
INSERT INTO title_words (title_words, rank) VALUES ('pgsz', 3970), ('secure-delete', 1);

-- What is not in the index yet. A growing answer comes when it ends.
CREATE TABLE unindexed_message (message INTEGER PRIMARY KEY) STRICT;
CREATE TABLE unindexed_title (conversation INTEGER PRIMARY KEY) STRICT;
INSERT INTO unindexed_message SELECT id FROM message WHERE status <> 'streaming';
INSERT INTO unindexed_title SELECT id FROM conversation;

CREATE TRIGGER message_said AFTER INSERT ON message WHEN new.status <> 'streaming' BEGIN
    INSERT OR IGNORE INTO unindexed_message VALUES (new.id);
END;
CREATE TRIGGER message_ended AFTER UPDATE OF status ON message WHEN old.status = 'streaming' AND new.status <> 'streaming' BEGIN
    INSERT OR IGNORE INTO unindexed_message VALUES (new.id);
END;
CREATE TRIGGER message_gone AFTER DELETE ON message BEGIN
    DELETE FROM unindexed_message WHERE message = old.id;
END;
CREATE TRIGGER conversation_begun AFTER INSERT ON conversation BEGIN
    INSERT OR IGNORE INTO unindexed_title VALUES (new.id);
END;
CREATE TRIGGER conversation_renamed AFTER UPDATE OF title ON conversation WHEN old.title <> new.title BEGIN
    INSERT OR IGNORE INTO unindexed_title VALUES (new.id);
END;
CREATE TRIGGER conversation_gone AFTER DELETE ON conversation BEGIN
    DELETE FROM unindexed_title WHERE conversation = old.id;
    DELETE FROM title_words WHERE rowid = old.id;
END;

-- By which rules the index was made; after others it is made anew.
CREATE TABLE index_rules (rules INTEGER NOT NULL) STRICT;
INSERT INTO index_rules VALUES (0);
