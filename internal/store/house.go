package store

import (
	"context"
	"io"
	"time"
)

// Source is a way by which messages come in and answers go out.
type Source struct {
	Name    string    `json:"name"` // short, stable: it qualifies ids
	Kind    string    `json:"kind"` // file, mail, api, demo
	Title   string    `json:"title"`
	Config  string    `json:"config"` // JSON, the kind's own
	Made    time.Time `json:"made"`
	Removed time.Time `json:"removed,omitzero"`
}

// Role says what a user may do.
type Role string

// The roles, from the one who may most. Anybody who didn't sign in is Nobody.
const (
	Admin    Role = "admin"
	Manager  Role = "manager"
	Teammate Role = "teammate"
	Member   Role = "member" // of the community: sees what is public, and her own
	Reader   Role = "reader" // sees measures, changes nothing
	Nobody   Role = ""
)

// User is somebody who signs in.
type User struct {
	ID       int64     `json:"id"`
	Name     string    `json:"name"`
	Mail     string    `json:"mail"`
	Role     Role      `json:"role"`
	Lang     string    `json:"lang"`
	Person   string    `json:"person"` // her account in conversations: the author of her replies
	Made     time.Time `json:"made"`
	Disabled time.Time `json:"disabled,omitzero"`
}

// Token opens something once or for long; only its hash is kept.
type Token struct {
	ID      int64     `json:"id"`
	Kind    string    `json:"kind"` // link (one-time sign-in), api, invite
	User    int64     `json:"user"`
	Name    string    `json:"name"`
	Scopes  []string  `json:"scopes"`
	Made    time.Time `json:"made"`
	Expires time.Time `json:"expires,omitzero"`
	Used    time.Time `json:"used,omitzero"`
}

// Act is a line of the audit log. Each holds the hash of the one before, so that
// none can be changed or taken out unseen.
type Act struct {
	N       int64     `json:"n"`
	Time    time.Time `json:"time"`
	By      int64     `json:"by"` // a user's ID; 0: the house itself
	Action  string    `json:"action"`
	Subject string    `json:"subject"`
	Detail  string    `json:"detail"`
	Hash    string    `json:"hash"`
}

// Report is what a measure said, as it was made.
type Report struct {
	ID     int64             `json:"id"`
	Kind   string            `json:"kind"` // measure
	Made   time.Time         `json:"made"`
	Change int64             `json:"change"` // the newest change it knew
	Parts  map[string][]byte `json:"-"`      // json, presence.fr.html, …
}

// Job is work to be done, once, by whichever process takes it.
type Job struct {
	ID       int64
	Kind     string
	Key      string // at most one job of a kind and key waits
	Payload  []byte // JSON
	Attempt  int    // 1 for the first
	Progress float64
	Detail   string // what it says of itself
	Run      time.Time
	Lease    time.Time // until when it is somebody's
	Fence    int64     // rises with each taking: an old holder's writes are refused
	Done     time.Time
	Error    string
	GivenUp  bool
}

// Hook is an address that is told of changes.
type Hook struct {
	ID     int64     `json:"id"`
	URL    string    `json:"url"`
	Secret string    `json:"-"`
	Kinds  []Kind    `json:"kinds"`
	Made   time.Time `json:"made"`
	Off    time.Time `json:"off,omitzero"`
	Upto   int64     `json:"upto"` // told of all changes up to this one
	Trying int64     `json:"-"`    // being told of those up to this one; 0: not now
}

type houseAPI interface {
	// Setting gives a setting's value, "" if it was never set.
	Setting(ctx context.Context, key string) (string, error)
	Settings(ctx context.Context) (map[string]string, error)
	SetSettings(ctx context.Context, values map[string]string) error

	SaveSource(ctx context.Context, source Source) error
	Sources(ctx context.Context) ([]Source, error)
	Source(ctx context.Context, name string) (Source, error) // removed or not
	// RemoveSource takes out a source and all its messages; people without any go too.
	RemoveSource(ctx context.Context, name string) (messages int, err error)

	SaveUser(ctx context.Context, u User) (User, error) // ID 0: a new one; ErrTaken for a mail that another has
	User(ctx context.Context, id int64) (User, error)
	UserByMail(ctx context.Context, mail string) (User, error)
	Users(ctx context.Context) ([]User, error)

	// NewToken makes a token and gives its secret, which can't be had again.
	NewToken(ctx context.Context, t Token) (secret string, kept Token, err error)
	// UseToken spends a one-time token; ErrExpired when it was used or is too old.
	UseToken(ctx context.Context, kind, secret string) (Token, error)
	// CheckToken tells whose a lasting token is.
	CheckToken(ctx context.Context, kind, secret string) (Token, error)
	Tokens(ctx context.Context, kind string) ([]Token, error)
	RevokeToken(ctx context.Context, id int64) error

	// Credentials are a user's passkeys, as the library writes them, by credential ID.
	SaveCredential(ctx context.Context, user int64, id []byte, name string, data []byte) error
	Credentials(ctx context.Context, user int64) ([]Credential, error)
	DeleteCredential(ctx context.Context, user int64, id []byte) error

	// Find, Commit and Delete of sessions: what scs.CtxStore asks for.
	FindCtx(ctx context.Context, token string) (b []byte, found bool, err error)
	CommitCtx(ctx context.Context, token string, b []byte, expiry time.Time) error
	DeleteCtx(ctx context.Context, token string) error

	Audit(ctx context.Context, a Act) error
	Acts(ctx context.Context, before int64, limit int) ([]Act, error) // newest first; before 0: from the newest
	VerifyAudit(ctx context.Context) (bad int64, err error)           // 0: whole

	SaveReport(ctx context.Context, r Report) (int64, error)
	LatestReport(ctx context.Context, kind string) (Report, error)

	// Blobs hold what was uploaded until its job is done, in pieces, so that every
	// process can read it.
	SaveBlob(ctx context.Context, name string, r io.Reader) (id string, size int64, err error)
	Blob(ctx context.Context, id string) (r io.ReadCloser, name string, size int64, err error)
	DeleteBlob(ctx context.Context, id string) error

	// Enqueue adds a job; one that waits with the same kind and key takes its place (no error).
	Enqueue(ctx context.Context, j Job) (int64, error)
	// Take leases up to n jobs that are due, for so long.
	Take(ctx context.Context, kinds []string, holder string, n int, lease time.Duration) ([]Job, error)
	// Keep lengthens a lease and tells how far the job is; ErrConflict when it is somebody else's now.
	Keep(ctx context.Context, j Job, lease time.Duration) error
	// Finish ends a job: well, or with an error to be tried again at a time, or given up.
	Finish(ctx context.Context, j Job, failure error, again time.Time) error
	// PutBack gives a job to whoever comes next, as if it hadn't been tried.
	PutBack(ctx context.Context, j Job) error
	// NextJob is when the next job of some kinds is due, zero when there is none.
	NextJob(ctx context.Context, kinds []string) (time.Time, error)
	Jobs(ctx context.Context, limit int) ([]Job, error)          // newest first, done ones included
	WaitingJobs(ctx context.Context, kind string) ([]Job, error) // that nobody has begun, the first due first
	JobByID(ctx context.Context, id int64) (Job, error)
	// Lead makes holder the only one to do something, for so long; false when another is.
	Lead(ctx context.Context, name, holder string, lease time.Duration) (bool, error)

	SaveHook(ctx context.Context, h Hook) (int64, error)
	Hooks(ctx context.Context) ([]Hook, error)
	DeleteHook(ctx context.Context, id int64) error
	// HookTrying notes up to which change a hook is about to be told, so that another
	// try tells the same; HookTold that it was.
	HookTrying(ctx context.Context, id, upto int64) error
	HookTold(ctx context.Context, id, upto int64) error

	// Tidy forgets what was past before a time and nobody needs any more.
	Tidy(ctx context.Context, before time.Time) error
}

// Credential is a passkey.
type Credential struct {
	ID   []byte
	Name string
	Data []byte
	Made time.Time
}

var _ houseAPI = (*Store)(nil)
