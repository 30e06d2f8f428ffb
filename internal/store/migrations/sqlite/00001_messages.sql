-- +goose Up
-- What was said, who said it, and what changed. Times are µs since 1970, 0 for
-- never; empty text means not said. The same tables stand in ../postgres.

CREATE TABLE counters (
    name TEXT PRIMARY KEY,
    n INTEGER NOT NULL
) STRICT;

CREATE TABLE secrets (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT;

-- Changes first to last; of messages, those from seq on, one after the other.
CREATE TABLE changes (
    last INTEGER PRIMARY KEY,
    first INTEGER NOT NULL,
    time INTEGER NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    seq INTEGER NOT NULL
) STRICT;

-- A side other than 0 stands before what the messages say. plain is what somebody
-- is found by: id and name without case and accents.
CREATE TABLE accounts (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL,
    author TEXT NOT NULL,
    name TEXT NOT NULL,
    plain TEXT NOT NULL,
    person TEXT NOT NULL,
    side INTEGER NOT NULL,
    department TEXT NOT NULL,
    messages INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    UNIQUE (author, source)
) STRICT;
CREATE INDEX accounts_person ON accounts (person);
INSERT INTO accounts (n, id, source, author, name, plain, person, side, department, messages, first, last)
    VALUES (0, '', '', '', '', '', '', 0, '', 0, 0, 0);

-- thread is the one named by the source, or that of the message replied to, or
-- the message's own; named says which. account 0 is nobody known.
CREATE TABLE messages (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL,
    thread TEXT NOT NULL,
    named INTEGER NOT NULL,
    reply_to TEXT NOT NULL,
    account INTEGER NOT NULL,
    side INTEGER NOT NULL,
    department TEXT NOT NULL,
    channel TEXT NOT NULL,
    time INTEGER NOT NULL,
    day INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    lang TEXT NOT NULL,
    text TEXT NOT NULL,
    bot INTEGER NOT NULL,
    private INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    deleted_by INTEGER NOT NULL,
    attributes TEXT NOT NULL,
    file TEXT NOT NULL,
    line INTEGER NOT NULL,
    version INTEGER NOT NULL,
    sending TEXT NOT NULL,
    arrived INTEGER NOT NULL,
    forgotten INTEGER NOT NULL
) STRICT;
CREATE INDEX messages_thread ON messages (thread);
CREATE INDEX messages_account ON messages (account);
CREATE INDEX messages_sending ON messages (sending) WHERE sending <> '';

CREATE TABLE merges (
    n INTEGER PRIMARY KEY,
    from_person TEXT NOT NULL,
    into_person TEXT NOT NULL,
    by_whom TEXT NOT NULL,
    time INTEGER NOT NULL,
    undone INTEGER NOT NULL
) STRICT;

CREATE TABLE merged (
    merge INTEGER NOT NULL,
    account INTEGER NOT NULL,
    PRIMARY KEY (merge, account)
) STRICT;

-- Suggestions that somebody refused; a stands before b.
CREATE TABLE refusals (
    a TEXT NOT NULL,
    b TEXT NOT NULL,
    by_whom TEXT NOT NULL,
    time INTEGER NOT NULL,
    PRIMARY KEY (a, b)
) STRICT;

CREATE TABLE objections (
    hash BLOB PRIMARY KEY,
    time INTEGER NOT NULL
) STRICT;

-- What a message says, for the search box: its words without case and accents.
-- The texts themselves are in messages: before one changes, its words go.
CREATE VIRTUAL TABLE words USING fts5 (
    text, content = 'messages', content_rowid = 'seq', detail = 'none', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2'
);

-- +goose Down
SELECT 1 / 0; -- there is no way back but the snapshot
