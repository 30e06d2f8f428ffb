package storetest

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"strings"
	"sync/atomic"
	"testing"
	"testing/iotest"
	"time"

	"github.com/entregent/entregent/internal/store"
)

// House holds an engine to what is promised of settings, users, tokens, the
// audit log, files, hooks and reports.
func House(t *testing.T, open func(*testing.T) *store.Store) {
	s := open(t)
	for _, l := range []law{
		{"settings are all set or none, and only another value is a change", settings},
		{"a source comes back under its name", sources},
		{"an address belongs to one user, however it is written", oneAddress},
		{"of two who take an address at once, one is told", addressAtOnce},
		{"a one-time token opens once, whoever tries at once", tokenOnce},
		{"a token that expired, was revoked, or whose user is gone opens nothing", tokenPast},
		{"a lasting token goes on opening", tokenLasts},
		{"a passkey is one user's", passkeys},
		{"a session lasts until it expires", sessions},
		{"acts are numbered without gaps and chained, whoever writes at once", auditChain},
		{"a file comes out as it went in", files},
		{"a file that broke off leaves nothing", brokenFile},
		{"the newest report of a kind is the latest", reports},
		{"a hook is told of what happens after it was made, and never back", hooks},
		{"tidying forgets what is past and nothing else", tidy},
	} {
		t.Run(l.words, func(t *testing.T) { l.hold(t, s) })
	}
}

func settings(t *testing.T, s *store.Store) {
	at := changes(t, s)
	same(t, "one never set", ok(s.Setting(t.Context(), "zone"))(t), "")
	no(t, s.SetSettings(t.Context(), map[string]string{"zone": "Europe/Paris", "name": "Le Fil"}))
	no(t, s.SetSettings(t.Context(), map[string]string{"zone": "Europe/Paris", "name": "Le Fil rouge"}))
	same(t, "all", ok(s.Settings(t.Context()))(t), map[string]string{"zone": "Europe/Paris", "name": "Le Fil rouge"})
	same(t, "one", ok(s.Setting(t.Context(), "zone"))(t), "Europe/Paris")
	name, zone := store.Change{Kind: store.SettingChanged, Subject: "name"}, store.Change{Kind: store.SettingChanged, Subject: "zone"}
	changed(t, s, at, name, zone, name)
}

func sources(t *testing.T, s *store.Store) {
	at := changes(t, s)
	made := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	src := store.Source{Name: "forum", Kind: "file", Title: "The forum", Made: made}
	no(t, s.SaveSource(t.Context(), src))
	src.Title, src.Config = "Our forum", `{"a":1}`
	no(t, s.SaveSource(t.Context(), src))
	same(t, "sources", ok(s.Sources(t.Context()))(t), []store.Source{src})
	src.Removed = made
	no(t, s.SaveSource(t.Context(), src))
	if all := ok(s.Sources(t.Context()))(t); len(all) != 0 {
		t.Errorf("removed: %+v", all)
	}
	same(t, "by name", ok(s.SourceByName(t.Context(), "forum"))(t), src)
	for _, bad := range []string{"", "a/b", "Forum", "a b", strings.Repeat("x", 64), ".x"} {
		if err := s.SaveSource(t.Context(), store.Source{Name: bad}); err == nil {
			t.Errorf("a source named %q was kept", bad)
		}
	}
	one := store.Change{Kind: store.SourceChanged, Subject: "forum"}
	changed(t, s, at, one, one, one)
}

func oneAddress(t *testing.T, s *store.Store) {
	ana := ok(s.SaveUser(t.Context(), store.User{Name: "Ana", Mail: " Ana@Example.org", Role: store.Admin, Lang: "fr", Person: "Ana (hall)"}))(t)
	if ana.ID == 0 || ana.Mail != "ana@example.org" || ana.Made.IsZero() {
		t.Errorf("kept as %+v", ana)
	}
	same(t, "by address", ok(s.UserByMail(t.Context(), "ANA@example.ORG "))(t), ana)
	if _, err := s.SaveUser(t.Context(), store.User{Name: "Other", Mail: "ana@EXAMPLE.org"}); !errors.Is(err, store.ErrTaken) {
		t.Errorf("the same address again: %v", err)
	}
	bob := ok(s.SaveUser(t.Context(), store.User{Name: "Bob", Mail: "bob@example.org", Role: store.Teammate}))(t)
	bob.Mail = "ana@example.org"
	if _, err := s.SaveUser(t.Context(), bob); !errors.Is(err, store.ErrTaken) {
		t.Errorf("moving to a taken address: %v", err)
	}
	ana.Role, ana.Disabled = store.Reader, time.Date(2026, 2, 2, 0, 0, 0, 0, time.UTC)
	same(t, "changed", ok(s.SaveUser(t.Context(), ana))(t), ana)
	same(t, "by ID", ok(s.UserByID(t.Context(), ana.ID))(t), ana)
	for range 2 { // without an address there may be many
		ok(s.SaveUser(t.Context(), store.User{Name: "no mail"}))(t)
	}
	for _, err := range []error{second(s.UserByMail(t.Context(), "")), second(s.UserByID(t.Context(), 999)), second(s.SaveUser(t.Context(), store.User{ID: 999}))} {
		if !errors.Is(err, store.ErrNotFound) {
			t.Errorf("nobody: %v", err)
		}
	}
}

func addressAtOnce(t *testing.T, s *store.Store) {
	var kept atomic.Int32
	atOnce(6, func(int) {
		_, err := s.SaveUser(t.Context(), store.User{Name: "x", Mail: "same@example.org"})
		if err == nil {
			kept.Add(1)
		} else if !errors.Is(err, store.ErrTaken) {
			t.Error(err)
		}
	})
	if kept.Load() != 1 {
		t.Errorf("%d users have one address", kept.Load())
	}
}

func tokenOnce(t *testing.T, s *store.Store) {
	secret, kept, err := s.NewToken(t.Context(), store.Token{Kind: "link", User: 7, Expires: time.Now().Add(time.Hour)})
	no(t, err)
	if len(secret) < 40 {
		t.Errorf("a secret of %d letters", len(secret))
	}
	if _, err := s.UseToken(t.Context(), "invite", secret); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("as another kind: %v", err)
	}
	var opened atomic.Int32
	atOnce(8, func(int) {
		k, err := s.UseToken(t.Context(), "link", secret)
		switch {
		case err == nil && k.User == 7 && k.ID == kept.ID:
			opened.Add(1)
		case !errors.Is(err, store.ErrExpired):
			t.Errorf("%+v, %v", k, err)
		}
	})
	if opened.Load() != 1 {
		t.Errorf("it opened %d times", opened.Load())
	}
	if _, err := s.CheckToken(t.Context(), "link", secret); !errors.Is(err, store.ErrExpired) {
		t.Errorf("looked at once used: %v", err)
	}
}

func tokenPast(t *testing.T, s *store.Store) {
	u := ok(s.SaveUser(t.Context(), store.User{Name: "Zoé", Mail: "zoe@example.org"}))(t)
	old, _, err := s.NewToken(t.Context(), store.Token{Kind: "past", User: u.ID, Expires: time.Now().Add(-time.Second)})
	no(t, err)
	gone, kept, err := s.NewToken(t.Context(), store.Token{Kind: "past", User: u.ID})
	no(t, err)
	no(t, s.RevokeToken(t.Context(), kept.ID))
	hers, _, err := s.NewToken(t.Context(), store.Token{Kind: "past", User: u.ID})
	no(t, err)
	u.Disabled = time.Now()
	ok(s.SaveUser(t.Context(), u))(t)
	for name, c := range map[string]struct {
		secret string
		want   error
	}{"too old": {old, store.ErrExpired}, "revoked": {gone, store.ErrNotFound}, "of a disabled user": {hers, store.ErrExpired}, "invented": {"x", store.ErrNotFound}} {
		_, used := s.UseToken(t.Context(), "past", c.secret)
		_, checked := s.CheckToken(t.Context(), "past", c.secret)
		if !errors.Is(used, c.want) || !errors.Is(checked, c.want) {
			t.Errorf("%s: used %v, checked %v; want %v", name, used, checked, c.want)
		}
	}
}

func tokenLasts(t *testing.T, s *store.Store) {
	scopes := []string{"read", "write"}
	secret, kept, err := s.NewToken(t.Context(), store.Token{Kind: "api", User: 77, Name: "import", Scopes: scopes})
	no(t, err)
	for range 2 {
		same(t, "token", ok(s.CheckToken(t.Context(), "api", secret))(t), kept)
	}
	same(t, "scopes", kept.Scopes, scopes)
	same(t, "tokens", ok(s.Tokens(t.Context(), "api"))(t), []store.Token{kept})
}

func passkeys(t *testing.T, s *store.Store) {
	id := []byte{0, 1, 255}
	no(t, s.SaveCredential(t.Context(), 1, id, "phone", []byte("v1")))
	no(t, s.SaveCredential(t.Context(), 1, id, "phone", []byte("v2")))
	if err := s.SaveCredential(t.Context(), 2, id, "stolen", []byte("v3")); !errors.Is(err, store.ErrTaken) {
		t.Errorf("another user's: %v", err)
	}
	keys := ok(s.Credentials(t.Context(), 1))(t)
	if len(keys) != 1 || string(keys[0].Data) != "v2" || !bytes.Equal(keys[0].ID, id) || keys[0].Name != "phone" {
		t.Errorf("kept %+v", keys)
	}
	if err := s.DeleteCredential(t.Context(), 2, id); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("deleting another user's: %v", err)
	}
	no(t, s.DeleteCredential(t.Context(), 1, id))
}

func sessions(t *testing.T, db *store.Store) {
	s := store.NewSessions(db)
	no(t, s.CommitCtx(t.Context(), "a", []byte("first"), time.Now().Add(time.Hour)))
	no(t, s.CommitCtx(t.Context(), "a", []byte("now"), time.Now().Add(time.Hour)))
	no(t, s.Commit("b", []byte("past"), time.Now().Add(-time.Second)))
	b, found, err := s.FindCtx(t.Context(), "a")
	if string(b) != "now" || !found || err != nil {
		t.Errorf("found %q, %v, %v", b, found, err)
	}
	no(t, s.Delete("a"))
	no(t, s.DeleteCtx(t.Context(), "a"))
	for _, token := range []string{"a", "b", ""} {
		if _, found, err := s.Find(token); found || err != nil {
			t.Errorf("%q: found %v, %v", token, found, err)
		}
	}
}

func auditChain(t *testing.T, s *store.Store) {
	atOnce(8, func(i int) {
		for range 5 {
			if err := s.Audit(t.Context(), store.Act{By: int64(i), Action: "merge", Subject: "Ana\x00", Detail: "into Anna"}); err != nil {
				t.Error(err)
			}
		}
	})
	first := ok(s.Acts(t.Context(), 0, 7))(t)
	rest := ok(s.Acts(t.Context(), first[len(first)-1].N, 100))(t)
	for i, a := range append(first, rest...) {
		if want := int64(40 - i); a.N != want || len(a.Hash) != 64 {
			t.Fatalf("the act in place %d is number %d (hash %q), want %d", i, a.N, a.Hash, want)
		}
	}
	same(t, "the first bad one", ok(s.VerifyAudit(t.Context()))(t), 0)
}

func files(t *testing.T, s *store.Store) {
	for _, size := range []int{0, 1, store.Piece, 2*store.Piece + 12345} {
		in := make([]byte, size)
		_, _ = rand.NewChaCha8([32]byte{byte(size)}).Read(in)
		id, n, err := s.SaveBlob(t.Context(), "café.csv", iotest.HalfReader(bytes.NewReader(in)))
		no(t, err)
		r, name, kept, err := s.Blob(t.Context(), id)
		no(t, err)
		out := ok(io.ReadAll(r))(t)
		no(t, r.Close())
		if !bytes.Equal(in, out) || name != "café.csv" || n != int64(size) || kept != n {
			t.Errorf("%d bytes: %d came out, named %q, told %d and %d", size, len(out), name, n, kept)
		}
		no(t, s.DeleteBlob(t.Context(), id))
		no(t, s.DeleteBlob(t.Context(), id))
		if _, _, _, err := s.Blob(t.Context(), id); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("deleted: %v", err)
		}
	}
}

func brokenFile(t *testing.T, s *store.Store) {
	cut := errors.New("the line was cut")
	r := io.MultiReader(bytes.NewReader(make([]byte, store.Piece+5)), iotest.ErrReader(cut))
	if _, _, err := s.SaveBlob(t.Context(), "half", r); !errors.Is(err, cut) {
		t.Errorf("got %v", err)
	}
}

func reports(t *testing.T, s *store.Store) {
	if _, err := s.LatestReport(t.Context(), "measure"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("before any: %v", err)
	}
	at := changes(t, s)
	for _, text := range []string{"one", "two"} {
		ok(s.SaveReport(t.Context(), store.Report{Kind: "measure", Change: 4, Parts: map[string][]byte{"json": []byte(text), "presence.fr.html": {0, 255}}}))(t)
	}
	r := ok(s.LatestReport(t.Context(), "measure"))(t)
	if string(r.Parts["json"]) != "two" || len(r.Parts) != 2 || r.Change != 4 || r.Made.IsZero() {
		t.Errorf("the latest: %+v", r)
	}
	one := store.Change{Kind: store.ReportChanged, Subject: "measure"}
	changed(t, s, at, one, one)
}

func hooks(t *testing.T, s *store.Store) {
	last := changes(t, s)
	h := store.Hook{URL: "https://example.org/in", Secret: "s", Kinds: []store.Kind{store.MessageChanged}}
	h.ID = ok(s.SaveHook(t.Context(), h))(t)
	kept := ok(s.Hooks(t.Context()))(t)
	if len(kept) != 1 || kept[0].Upto != last || kept[0].Secret != "s" || len(kept[0].Kinds) != 1 {
		t.Fatalf("kept %+v, the newest change is %d", kept, last)
	}
	no(t, s.HookTrying(t.Context(), h.ID, last+9))
	if now := ok(s.Hooks(t.Context()))(t)[0]; now.Trying != last+9 || now.Upto != last {
		t.Errorf("while it is told: %+v", now)
	}
	no(t, s.HookTold(t.Context(), h.ID, last+9))
	no(t, s.HookTold(t.Context(), h.ID, last+3))
	h.Secret, h.Off = "", time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	ok(s.SaveHook(t.Context(), h))(t)
	if now := ok(s.Hooks(t.Context()))(t)[0]; now.Upto != last+9 || now.Trying != 0 || now.Secret != "s" || !now.Off.Equal(h.Off) {
		t.Errorf("changed: %+v", now)
	}
	no(t, s.DeleteHook(t.Context(), h.ID))
	if err := s.DeleteHook(t.Context(), h.ID); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("deleting it again: %v", err)
	}
}

func tidy(t *testing.T, s *store.Store) {
	id, _, err := s.SaveBlob(t.Context(), "kept", strings.NewReader("x"))
	no(t, err)
	secret, _, err := s.NewToken(t.Context(), store.Token{Kind: "tidy"})
	no(t, err)
	no(t, store.NewSessions(s).CommitCtx(t.Context(), "tidy", nil, time.Now().Add(48*time.Hour)))
	done := ok(s.Enqueue(t.Context(), store.Job{Kind: "tidy-done"}))(t)
	for _, j := range ok(s.Take(t.Context(), []string{"tidy-done"}, "me", 1, time.Minute))(t) {
		no(t, s.Finish(t.Context(), j, nil, time.Time{}))
	}
	waits := ok(s.Enqueue(t.Context(), store.Job{Kind: "tidy-waits"}))(t)
	newest := ok(s.SaveReport(t.Context(), store.Report{Kind: "tidy", Parts: map[string][]byte{"json": []byte("new")}}))(t)
	ok(s.SaveReport(t.Context(), store.Report{Kind: "tidier"}))(t)

	no(t, s.Tidy(t.Context(), time.Now().Add(-time.Hour)))
	if _, _, _, err := s.Blob(t.Context(), id); err != nil {
		t.Errorf("the file of today: %v", err)
	}
	no(t, s.Tidy(t.Context(), time.Now().Add(time.Hour)))
	if _, _, _, err := s.Blob(t.Context(), id); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("the file of the day before: %v", err)
	}
	if _, err := s.JobByID(t.Context(), done); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("the job that is done: %v", err)
	}
	ok(s.JobByID(t.Context(), waits))(t)
	ok(s.CheckToken(t.Context(), "tidy", secret))(t)
	if _, found, _ := store.NewSessions(s).Find("tidy"); !found {
		t.Error("the session that goes on is gone")
	}
	if r := ok(s.LatestReport(t.Context(), "tidy"))(t); r.ID != newest || string(r.Parts["json"]) != "new" {
		t.Errorf("the newest report: %+v", r)
	}
}
