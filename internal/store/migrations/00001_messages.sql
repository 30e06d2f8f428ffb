-- +goose Up
-- What was said, who said it, and what changed. Times are µs since 1970, 0 for
-- never; empty text means not said.

CREATE TABLE counters (
    name TEXT PRIMARY KEY,
    n BIGINT NOT NULL
);

CREATE TABLE secrets (
    name TEXT PRIMARY KEY,
    value BYTEA NOT NULL
);

-- Changes first to last; of messages, those from seq on, one after the other.
CREATE TABLE changes (
    last BIGINT PRIMARY KEY,
    first BIGINT NOT NULL,
    time BIGINT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    seq BIGINT NOT NULL
);

-- A side other than 0 stands before what the messages say. plain is what somebody
-- is found by: id and name without case and accents.
CREATE TABLE accounts (
    n BIGINT PRIMARY KEY,
    id TEXT COLLATE "C" NOT NULL UNIQUE,
    source TEXT COLLATE "C" NOT NULL,
    author TEXT COLLATE "C" NOT NULL,
    name TEXT NOT NULL,
    plain TEXT NOT NULL,
    person TEXT COLLATE "C" NOT NULL,
    side BIGINT NOT NULL,
    department TEXT NOT NULL,
    messages BIGINT NOT NULL,
    first BIGINT NOT NULL,
    last BIGINT NOT NULL,
    UNIQUE (author, source)
);
CREATE INDEX accounts_person ON accounts (person);
INSERT INTO accounts (n, id, source, author, name, plain, person, side, department, messages, first, last)
    VALUES (0, '', '', '', '', '', '', 0, '', 0, 0, 0);

-- thread is the one named by the source, or that of the message replied to, or
-- the message's own; named says which. account 0 is nobody known.
CREATE TABLE messages (
    seq BIGINT PRIMARY KEY,
    id TEXT COLLATE "C" NOT NULL UNIQUE,
    source TEXT COLLATE "C" NOT NULL,
    thread TEXT COLLATE "C" NOT NULL,
    named BOOLEAN NOT NULL,
    reply_to TEXT COLLATE "C" NOT NULL,
    account BIGINT NOT NULL,
    side BIGINT NOT NULL,
    department TEXT NOT NULL,
    channel TEXT NOT NULL,
    time BIGINT NOT NULL,
    day BOOLEAN NOT NULL,
    sequence BIGINT NOT NULL,
    lang TEXT NOT NULL,
    text TEXT NOT NULL,
    bot BOOLEAN NOT NULL,
    private BOOLEAN NOT NULL,
    deleted BIGINT NOT NULL,
    deleted_by BIGINT NOT NULL,
    attributes TEXT NOT NULL,
    file TEXT NOT NULL,
    line BIGINT NOT NULL,
    version BIGINT NOT NULL,
    sending TEXT NOT NULL,
    arrived BIGINT NOT NULL,
    forgotten BIGINT NOT NULL
);
-- +postgres
CREATE INDEX messages_thread ON messages (thread, seq);
CREATE INDEX messages_account ON messages (account, seq);
-- +sqlite
CREATE INDEX messages_thread ON messages (thread);
CREATE INDEX messages_account ON messages (account);
-- +both
CREATE INDEX messages_sending ON messages (sending) WHERE sending <> '';

CREATE TABLE merges (
    n BIGINT PRIMARY KEY,
    from_person TEXT COLLATE "C" NOT NULL,
    into_person TEXT COLLATE "C" NOT NULL,
    by_whom TEXT NOT NULL,
    time BIGINT NOT NULL,
    undone BIGINT NOT NULL
);

CREATE TABLE merged (
    merge BIGINT NOT NULL,
    account BIGINT NOT NULL,
    PRIMARY KEY (merge, account)
);

-- Suggestions that somebody refused; a stands before b.
CREATE TABLE refusals (
    a TEXT COLLATE "C" NOT NULL,
    b TEXT COLLATE "C" NOT NULL,
    by_whom TEXT NOT NULL,
    time BIGINT NOT NULL,
    PRIMARY KEY (a, b)
);

CREATE TABLE objections (
    hash BYTEA PRIMARY KEY,
    time BIGINT NOT NULL
);

-- +postgres
-- What a message says, for the search box: its words in their plain form.
CREATE TABLE words (
    seq BIGINT PRIMARY KEY,
    said TSVECTOR NOT NULL
);
CREATE INDEX words_said ON words USING gin (said);
-- +sqlite
-- What a message says, for the search box: its words without case and accents.
-- The texts themselves are in messages: before one changes, its words go.
CREATE VIRTUAL TABLE words USING fts5 (
    text, content = 'messages', content_rowid = 'seq', detail = 'none', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2'
);
-- +both

-- +goose Down
SELECT 1 / 0; -- there is no way back but the snapshot
