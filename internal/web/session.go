package web

import (
	"context"
	"errors"
	"net/http"

	"github.com/alexedwards/scs/v2"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/store"
)

// newSessions makes the sessions. Their cookie is out of reach of scripts and of
// other sites' forms; the store knows only a hash of it.
func newSessions(s *store.Store, secure bool) *scs.SessionManager {
	m := scs.New()
	m.Store = account.NewSessions(s)
	m.HashTokenInStore = true
	m.Lifetime = account.SessionLifetime // not IdleTimeout, which would write at every visit
	m.Cookie.Name, m.Cookie.HttpOnly, m.Cookie.Secure = "entregent", true, secure
	if secure {
		m.Cookie.Name = "__Host-entregent" // no neighbour under the domain can set it
	}
	m.Cookie.SameSite = http.SameSiteLaxMode
	return m
}

// StartSession signs a user in, under a new cookie: one that somebody planted before
// opens nothing.
func (s *Server) StartSession(ctx context.Context, u account.User) error {
	if err := s.sessions.RenewToken(ctx); err != nil {
		return err
	}
	k := account.NewSession(u, s.Now())
	s.sessions.Put(ctx, "user", k.User)
	s.sessions.Put(ctx, "since", k.Began)
	s.sessions.Put(ctx, "seen", k.Seen)
	return nil
}

// EndSession signs whoever asks out.
func (s *Server) EndSession(ctx context.Context) error { return s.sessions.Destroy(ctx) }

// Remember keeps bytes in the session until Recall.
func (s *Server) Remember(ctx context.Context, key string, b []byte) { s.sessions.Put(ctx, key, b) }

// Recall gives what was remembered, once; nil when there is nothing.
func (s *Server) Recall(ctx context.Context, key string) []byte { return s.sessions.PopBytes(ctx, key) }

// SessionCookie makes a session of a user's beside any request, and gives its
// cookie: for tests and benchmarks of pages.
func (s *Server) SessionCookie(ctx context.Context, u account.User) (name, value string, err error) {
	if ctx, err = s.sessions.Load(ctx, ""); err != nil {
		return "", "", err
	}
	if err := s.StartSession(ctx, u); err != nil {
		return "", "", err
	}
	value, _, err = s.sessions.Commit(ctx)
	return s.sessions.Cookie.Name, value, err
}

// currentUser tells whose session a request belongs to; the zero User when it is
// nobody's, or over.
func (s *Server) currentUser(ctx context.Context) (account.User, error) {
	k := account.Session{User: s.sessions.GetInt64(ctx, "user"), Began: s.sessions.GetInt64(ctx, "since"), Seen: s.sessions.GetInt64(ctx, "seen")}
	if k.User == 0 {
		return account.User{}, nil
	}
	now := s.Now()
	u, err := account.SessionUser(ctx, s.Store, k, now)
	if errors.Is(err, store.ErrExpired) {
		return account.User{}, s.sessions.Destroy(ctx)
	}
	if err == nil && k.Stale(now) {
		s.sessions.Put(ctx, "seen", now.Unix())
	}
	return u, err
}
