-- The index of words without the places where they stand: these took more room than the words. What is one after the other is looked
-- for in the messages themselves. Words begin with the number of the stretch of messages that they stand in (search/era.rs).
DROP TABLE message_words;
CREATE VIRTUAL TABLE message_words USING fts5 (
    said,
    content = '', columnsize = 0, detail = none, tokenize = "ascii tokenchars '+#_'"
);
INSERT INTO message_words (message_words, rank) VALUES ('pgsz', 3970), ('secure-delete', 1);

INSERT OR IGNORE INTO unindexed_message SELECT id FROM message WHERE status <> 'streaming';
UPDATE index_rules SET rules = 0;
