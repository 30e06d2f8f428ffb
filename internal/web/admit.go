package web

import (
	"net/http"
	"strings"
	"time"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/lang"
)

// admit finds out who asks and says whether they may use a route.
func (s *Server) admit(route Route, r *Request) error {
	if r.Method == http.MethodPost {
		if err := r.Limit("post", 600, time.Minute); err != nil {
			return err
		}
	}
	open := route.Scope == account.NoToken && route.Allow.Has(account.Nobody) // a token makes no difference
	if secret, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok && !open {
		if err := s.bearer(route, r, secret); err != nil {
			return err
		}
	} else {
		u, err := s.currentUser(r.Context())
		if err != nil {
			return err
		}
		r.User = u
		if _, err := r.Cookie("lang"); err != nil && !r.URL.Query().Has("lang") {
			r.Lang = UserLanguage(u, r.Lang)
		}
	}
	if route.Allow.Has(r.User.Role) {
		return nil
	}
	if r.User.Role == account.Nobody {
		return errSignIn
	}
	return ErrForbidden
}

// bearer admits a program by its token.
func (s *Server) bearer(route Route, r *Request, secret string) error {
	t, u, err := account.Bearer(r.Context(), s.Store, secret)
	if err != nil {
		if err := r.Limit("token", 30, time.Minute); err != nil {
			return err
		}
		return errSignIn
	}
	if route.Scope == account.NoToken || !t.Has(route.Scope) {
		return errScope
	}
	r.Token, r.User = &t, u
	return nil
}

// UserLanguage is the language that a user chose on their account, if they did.
func UserLanguage(u account.User, otherwise lang.Language) lang.Language {
	if l, ok := lang.Parse(u.Lang); ok && u.Lang != "" {
		return l
	}
	return otherwise
}

// KeepLanguage has the browser remember a language; none if it is empty.
func KeepLanguage(r *Request, tag string) {
	c := &http.Cookie{Name: "lang", Value: tag, Path: "/", MaxAge: 365 * 24 * 3600, SameSite: http.SameSiteLaxMode, HttpOnly: true, Secure: r.Server.secure()}
	if tag == "" {
		c.MaxAge = -1
	}
	http.SetCookie(r.Out, c)
}

// language is what was asked for: by ?lang=, by a cookie, by the browser. What the
// user's account says comes between the last two, see admit.
func (s *Server) language(r *Request) lang.Language {
	if l, ok := lang.Parse(r.URL.Query().Get("lang")); ok {
		KeepLanguage(r, l.Tag())
		return l
	}
	if r.URL.Query().Get("lang") == string(lang.Stretched) {
		return lang.Stretched
	}
	if c, err := r.Cookie("lang"); err == nil {
		if l, ok := lang.Parse(c.Value); ok {
			return l
		}
	}
	for wish := range strings.SplitSeq(r.Header.Get("Accept-Language"), ",") {
		tag, _, _ := strings.Cut(strings.TrimSpace(wish), ";")
		if l, ok := lang.Parse(tag); ok {
			return l
		}
	}
	return lang.English
}
