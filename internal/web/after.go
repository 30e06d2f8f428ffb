package web

import (
	"context"
	"net/url"
	"strings"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/account"
)

// Moved has the measures and the queues know what was just done: to one thread, or
// ("") to who knows how many.
func (r *Request) Moved(thread conversation.ThreadID) error {
	s := r.Server
	if err := s.Live.CatchUp(r.Context()); err != nil {
		return err
	}
	s.Pairs.Forget()
	return s.Waiting.Moved(r.Context(), thread)
}

// Audit writes a line of the audit log, by whoever asks.
func (r *Request) Audit(action, subject, detail string) error {
	return account.Audit(r.Context(), r.Server.Store, account.Act{Time: r.Now(), By: r.User.ID, Action: action, Subject: subject, Detail: detail})
}

// afterTimeout is how long something may take that is done after an answer.
const afterTimeout = time.Minute

// After does something after the answer; what goes wrong is in the log alone.
func (s *Server) After(r *Request, do func(context.Context) error) {
	s.still.Go(func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), afterTimeout)
		defer cancel()
		if err := do(ctx); err != nil {
			s.Log.Error("after an answer", "path", r.URL.Path, "cause", err)
		}
	})
}

// SignInURL is the address at which the secret of a link signs its user in, who then
// goes to next.
func (s *Server) SignInURL(secret, next string) string {
	q := url.Values{"token": {secret}}
	if next != "" && next != "/" {
		q.Set("next", next)
	}
	return strings.TrimSuffix(s.URL, "/") + "/link?" + q.Encode()
}

// FirstLink gives the address at which the first admin signs in, once, within a day;
// empty as soon as the organisation has a name, except in a demonstration. See
// account.FirstLink.
func (s *Server) FirstLink(ctx context.Context) (string, error) {
	secret, err := account.FirstLink(ctx, s.Store, s.Now(), s.Fictional)
	if err != nil || secret == "" {
		return "", err
	}
	return s.SignInURL(secret, ""), nil
}

// Link gives the address at which the user of a mail address signs in, once, within a
// day; see account.RescueLink.
func (s *Server) Link(ctx context.Context, mail string) (string, error) {
	secret, err := account.RescueLink(ctx, s.Store, mail, s.Now())
	if err != nil {
		return "", err
	}
	return s.SignInURL(secret, ""), nil
}
