-- What a person was told of spending, so that it is said once: 'month/c/2026-11', 'day/c/2026-11-29', 'spike/2026-11-29'.
CREATE TABLE told (
    what TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
