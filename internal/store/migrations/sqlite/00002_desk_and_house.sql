-- +goose Up

-- What people here do with threads.

CREATE TABLE desks (
	thread      TEXT PRIMARY KEY,
	assignee    INTEGER NOT NULL DEFAULT 0,
	snoozed     INTEGER NOT NULL DEFAULT 0,
	into_thread TEXT NOT NULL DEFAULT '',
	closed      INTEGER NOT NULL DEFAULT 0,
	version     INTEGER NOT NULL DEFAULT 0,
	by_user     INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX desks_into ON desks (into_thread) WHERE into_thread <> '';

CREATE TABLE notes (
	id      INTEGER PRIMARY KEY AUTOINCREMENT,
	thread  TEXT NOT NULL,
	by_user INTEGER NOT NULL,
	made    INTEGER NOT NULL,
	text    TEXT NOT NULL
) STRICT;
CREATE INDEX notes_thread ON notes (thread);

CREATE TABLE looks (
	thread  TEXT NOT NULL,
	by_user INTEGER NOT NULL,
	seen    INTEGER NOT NULL,
	typed   INTEGER NOT NULL,
	PRIMARY KEY (thread, by_user)
) STRICT;

CREATE TABLE canned (
	id    INTEGER PRIMARY KEY AUTOINCREMENT,
	title TEXT NOT NULL,
	lang  TEXT NOT NULL,
	text  TEXT NOT NULL
) STRICT;

-- The id that a source gave to a message written here: source/ref → its own id.
CREATE TABLE aliases (
	id      TEXT PRIMARY KEY,
	message TEXT NOT NULL
) STRICT;

CREATE TABLE thanks (
	id          TEXT PRIMARY KEY,
	from_person TEXT NOT NULL,
	to_person   TEXT NOT NULL,
	made        INTEGER NOT NULL,
	text        TEXT NOT NULL,
	message     TEXT NOT NULL,
	by_user     INTEGER NOT NULL,
	gone        INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE notices (
	id    INTEGER PRIMARY KEY AUTOINCREMENT,
	kind  TEXT NOT NULL,
	made  INTEGER NOT NULL,
	text  TEXT NOT NULL,
	args  TEXT NOT NULL,
	link  TEXT NOT NULL,
	seen  INTEGER NOT NULL DEFAULT 0,
	level TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX notices_unread ON notices (kind, link) WHERE seen = 0;

-- What the house is made of.

CREATE TABLE settings (
	name  TEXT PRIMARY KEY,
	value TEXT NOT NULL
) STRICT;

CREATE TABLE sources (
	name    TEXT PRIMARY KEY,
	kind    TEXT NOT NULL,
	title   TEXT NOT NULL,
	config  TEXT NOT NULL,
	made    INTEGER NOT NULL,
	removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE users (
	id       INTEGER PRIMARY KEY AUTOINCREMENT,
	name     TEXT NOT NULL,
	mail     TEXT NOT NULL,
	role     TEXT NOT NULL,
	lang     TEXT NOT NULL,
	person   TEXT NOT NULL,
	made     INTEGER NOT NULL,
	disabled INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX users_mail ON users (mail) WHERE mail <> '';

CREATE TABLE tokens (
	id      INTEGER PRIMARY KEY AUTOINCREMENT,
	kind    TEXT NOT NULL,
	hash    BLOB NOT NULL UNIQUE,
	user_id INTEGER NOT NULL,
	name    TEXT NOT NULL,
	scopes  TEXT NOT NULL,
	made    INTEGER NOT NULL,
	expires INTEGER NOT NULL DEFAULT 0,
	used    INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE credentials (
	id      BLOB PRIMARY KEY,
	user_id INTEGER NOT NULL,
	name    TEXT NOT NULL,
	data    BLOB NOT NULL,
	made    INTEGER NOT NULL
) STRICT;

CREATE TABLE sessions (
	hash    BLOB PRIMARY KEY,
	data    BLOB NOT NULL,
	expires INTEGER NOT NULL
) STRICT;

-- The audit log, and where its chain stands.
CREATE TABLE acts (
	n       INTEGER PRIMARY KEY,
	made    INTEGER NOT NULL,
	by_user INTEGER NOT NULL,
	action  TEXT NOT NULL,
	subject TEXT NOT NULL,
	detail  TEXT NOT NULL,
	hash    TEXT NOT NULL
) STRICT;
CREATE TABLE chain (
	name TEXT PRIMARY KEY,
	n    INTEGER NOT NULL,
	hash TEXT NOT NULL
) STRICT;
INSERT INTO chain (name, n, hash) VALUES ('acts', 0, '');

CREATE TABLE reports (
	id     INTEGER PRIMARY KEY AUTOINCREMENT,
	kind   TEXT NOT NULL,
	made   INTEGER NOT NULL,
	change INTEGER NOT NULL
) STRICT;
CREATE TABLE report_parts (
	report INTEGER NOT NULL,
	name   TEXT NOT NULL,
	data   BLOB NOT NULL,
	PRIMARY KEY (report, name)
) STRICT;

CREATE TABLE blobs (
	id   TEXT PRIMARY KEY,
	name TEXT NOT NULL,
	size INTEGER NOT NULL, -- -1: still coming in
	made INTEGER NOT NULL
) STRICT;
CREATE TABLE blob_pieces (
	blob TEXT NOT NULL,
	n    INTEGER NOT NULL,
	data BLOB NOT NULL,
	PRIMARY KEY (blob, n)
) STRICT;

-- What is still to be done. due: when it may be taken, which is its lease's end
-- while somebody has it.
CREATE TABLE jobs (
	id       INTEGER PRIMARY KEY AUTOINCREMENT,
	kind     TEXT NOT NULL,
	key      TEXT NOT NULL,
	payload  BLOB NOT NULL,
	state    TEXT NOT NULL DEFAULT 'waiting', -- running, done
	due      INTEGER NOT NULL,
	run      INTEGER NOT NULL,
	holder   TEXT NOT NULL DEFAULT '',
	fence    INTEGER NOT NULL DEFAULT 0,
	attempt  INTEGER NOT NULL DEFAULT 0,
	progress REAL NOT NULL DEFAULT 0,
	detail   TEXT NOT NULL DEFAULT '',
	done     INTEGER NOT NULL DEFAULT 0,
	error    TEXT NOT NULL DEFAULT '',
	given_up INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX jobs_due ON jobs (due, id) WHERE state <> 'done';
CREATE UNIQUE INDEX jobs_waiting ON jobs (kind, key) WHERE state = 'waiting' AND key <> '';
CREATE UNIQUE INDEX jobs_running ON jobs (kind, key) WHERE state = 'running' AND key <> '';

CREATE TABLE leads (
	name   TEXT PRIMARY KEY,
	holder TEXT NOT NULL,
	lease  INTEGER NOT NULL,
	fence  INTEGER NOT NULL
) STRICT;

CREATE TABLE hooks (
	id     INTEGER PRIMARY KEY AUTOINCREMENT,
	url    TEXT NOT NULL,
	secret TEXT NOT NULL,
	kinds  TEXT NOT NULL,
	made   INTEGER NOT NULL,
	ended  INTEGER NOT NULL DEFAULT 0,
	upto   INTEGER NOT NULL DEFAULT 0,
	trying INTEGER NOT NULL DEFAULT 0
) STRICT;
