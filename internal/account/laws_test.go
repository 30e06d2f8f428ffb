package account_test

import (
	"bytes"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/store/storetest"
)

// What is promised of users, tokens, passkeys, sessions and the audit log holds on every engine.
func TestLaws(t *testing.T) {
	storetest.Laws(t, []storetest.Law{
		{Words: "an address belongs to one user, however it is written", Hold: oneAddress},
		{Words: "of two who take an address at once, one is told", Hold: addressAtOnce},
		{Words: "a one-time token opens once, whoever tries at once", Hold: tokenOnce},
		{Words: "a token that expired, was revoked, or whose user is gone opens nothing", Hold: tokenPast},
		{Words: "a lasting token goes on opening", Hold: tokenLasts},
		{Words: "a passkey is one user's", Hold: passkeys},
		{Words: "a session lasts until it expires", Hold: sessions},
		{Words: "acts are numbered without gaps and chained, whoever writes at once", Hold: auditChain},
	})
}

func oneAddress(t *testing.T, s *store.Store) {
	ana := storetest.OK(account.SaveUser(t.Context(), s, account.User{Name: "Ana", Mail: " Ana@Example.org", Role: account.Admin, Lang: "fr", Person: "Ana (hall)"}))(t)
	if ana.ID == 0 || ana.Mail != "ana@example.org" || ana.Made.IsZero() {
		t.Errorf("kept as %+v", ana)
	}
	storetest.Same(t, "by address", storetest.OK(account.UserByMail(t.Context(), s, "ANA@example.ORG "))(t), ana)
	if _, err := account.SaveUser(t.Context(), s, account.User{Name: "Other", Mail: "ana@EXAMPLE.org"}); !errors.Is(err, store.ErrTaken) {
		t.Errorf("the same address again: %v", err)
	}
	bob := storetest.OK(account.SaveUser(t.Context(), s, account.User{Name: "Bob", Mail: "bob@example.org", Role: account.Teammate}))(t)
	bob.Mail = "ana@example.org"
	if _, err := account.SaveUser(t.Context(), s, bob); !errors.Is(err, store.ErrTaken) {
		t.Errorf("moving to a taken address: %v", err)
	}
	ana.Role, ana.Disabled = account.Reader, time.Date(2026, 2, 2, 0, 0, 0, 0, time.UTC)
	storetest.Same(t, "changed", storetest.OK(account.SaveUser(t.Context(), s, ana))(t), ana)
	storetest.Same(t, "by ID", storetest.OK(account.UserByID(t.Context(), s, ana.ID))(t), ana)
	for range 2 { // without an address there may be many
		storetest.OK(account.SaveUser(t.Context(), s, account.User{Name: "no mail"}))(t)
	}
	for _, err := range []error{storetest.Second(account.UserByMail(t.Context(), s, "")), storetest.Second(account.UserByID(t.Context(), s, 999)), storetest.Second(account.SaveUser(t.Context(), s, account.User{ID: 999}))} {
		if !errors.Is(err, store.ErrNotFound) {
			t.Errorf("nobody: %v", err)
		}
	}
}

func addressAtOnce(t *testing.T, s *store.Store) {
	var kept atomic.Int32
	storetest.AtOnce(6, func(int) {
		_, err := account.SaveUser(t.Context(), s, account.User{Name: "x", Mail: "same@example.org"})
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
	secret, kept, err := account.NewToken(t.Context(), s, account.Token{Kind: "link", User: 7, Expires: time.Now().Add(time.Hour)})
	storetest.No(t, err)
	if len(secret) < 40 {
		t.Errorf("a secret of %d letters", len(secret))
	}
	if _, err := account.UseToken(t.Context(), s, "invite", secret); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("as another kind: %v", err)
	}
	var opened atomic.Int32
	storetest.AtOnce(8, func(int) {
		k, err := account.UseToken(t.Context(), s, "link", secret)
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
	if _, err := account.CheckToken(t.Context(), s, "link", secret); !errors.Is(err, store.ErrExpired) {
		t.Errorf("looked at once used: %v", err)
	}
}

func tokenPast(t *testing.T, s *store.Store) {
	u := storetest.OK(account.SaveUser(t.Context(), s, account.User{Name: "Zoé", Mail: "zoe@example.org"}))(t)
	old, _, err := account.NewToken(t.Context(), s, account.Token{Kind: "past", User: u.ID, Expires: time.Now().Add(-time.Second)})
	storetest.No(t, err)
	gone, kept, err := account.NewToken(t.Context(), s, account.Token{Kind: "past", User: u.ID})
	storetest.No(t, err)
	storetest.No(t, account.RevokeToken(t.Context(), s, kept.ID))
	hers, _, err := account.NewToken(t.Context(), s, account.Token{Kind: "past", User: u.ID})
	storetest.No(t, err)
	u.Disabled = time.Now()
	storetest.OK(account.SaveUser(t.Context(), s, u))(t)
	for name, c := range map[string]struct {
		secret string
		want   error
	}{"too old": {old, store.ErrExpired}, "revoked": {gone, store.ErrNotFound}, "of a disabled user": {hers, store.ErrExpired}, "invented": {"x", store.ErrNotFound}} {
		_, used := account.UseToken(t.Context(), s, "past", c.secret)
		_, checked := account.CheckToken(t.Context(), s, "past", c.secret)
		if !errors.Is(used, c.want) || !errors.Is(checked, c.want) {
			t.Errorf("%s: used %v, checked %v; want %v", name, used, checked, c.want)
		}
	}
}

func tokenLasts(t *testing.T, s *store.Store) {
	scopes := []string{"read", "write"}
	secret, kept, err := account.NewToken(t.Context(), s, account.Token{Kind: "api", User: 77, Name: "import", Scopes: scopes})
	storetest.No(t, err)
	for range 2 {
		storetest.Same(t, "token", storetest.OK(account.CheckToken(t.Context(), s, "api", secret))(t), kept)
	}
	storetest.Same(t, "scopes", kept.Scopes, scopes)
	storetest.Same(t, "tokens", storetest.OK(account.Tokens(t.Context(), s, "api"))(t), []account.Token{kept})
}

func passkeys(t *testing.T, s *store.Store) {
	id := []byte{0, 1, 255}
	storetest.No(t, account.SaveCredential(t.Context(), s, 1, id, "phone", []byte("v1")))
	storetest.No(t, account.SaveCredential(t.Context(), s, 1, id, "phone", []byte("v2")))
	if err := account.SaveCredential(t.Context(), s, 2, id, "stolen", []byte("v3")); !errors.Is(err, store.ErrTaken) {
		t.Errorf("another user's: %v", err)
	}
	keys := storetest.OK(account.Credentials(t.Context(), s, 1))(t)
	if len(keys) != 1 || string(keys[0].Data) != "v2" || !bytes.Equal(keys[0].ID, id) || keys[0].Name != "phone" {
		t.Errorf("kept %+v", keys)
	}
	if err := account.DeleteCredential(t.Context(), s, 2, id); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("deleting another user's: %v", err)
	}
	storetest.No(t, account.DeleteCredential(t.Context(), s, 1, id))
}

func sessions(t *testing.T, db *store.Store) {
	s := account.NewSessions(db)
	storetest.No(t, s.CommitCtx(t.Context(), "a", []byte("first"), time.Now().Add(time.Hour)))
	storetest.No(t, s.CommitCtx(t.Context(), "a", []byte("now"), time.Now().Add(time.Hour)))
	storetest.No(t, s.Commit("b", []byte("past"), time.Now().Add(-time.Second)))
	b, found, err := s.FindCtx(t.Context(), "a")
	if string(b) != "now" || !found || err != nil {
		t.Errorf("found %q, %v, %v", b, found, err)
	}
	storetest.No(t, s.Delete("a"))
	storetest.No(t, s.DeleteCtx(t.Context(), "a"))
	for _, token := range []string{"a", "b", ""} {
		if _, found, err := s.Find(token); found || err != nil {
			t.Errorf("%q: found %v, %v", token, found, err)
		}
	}
}

func auditChain(t *testing.T, s *store.Store) {
	storetest.AtOnce(8, func(i int) {
		for range 5 {
			if err := account.Audit(t.Context(), s, account.Act{By: int64(i), Action: "merge", Subject: "Ana\x00", Detail: "into Anna"}); err != nil {
				t.Error(err)
			}
		}
	})
	first := storetest.OK(account.Acts(t.Context(), s, 0, 7))(t)
	rest := storetest.OK(account.Acts(t.Context(), s, first[len(first)-1].N, 100))(t)
	for i, a := range append(first, rest...) {
		if want := int64(40 - i); a.N != want || len(a.Hash) != 64 {
			t.Fatalf("the act in place %d is number %d (hash %q), want %d", i, a.N, a.Hash, want)
		}
	}
	storetest.Same(t, "the first bad one", storetest.OK(account.VerifyAudit(t.Context(), s))(t), 0)
}
