package hook

import (
	"context"
	"crypto/rand"
	"net/url"
	"slices"
	"time"

	"github.com/entregent/entregent/internal/store"
)

// Kinds are the changes that a webhook can be told of.
func Kinds() []store.Kind {
	return []store.Kind{store.MessageChanged, store.DeskChanged, store.ThanksChanged, store.ReportChanged, store.NoticeChanged, store.PersonChanged, store.SourceChanged, store.ForgetChanged}
}

// New keeps a new webhook, with a secret of its own, and gives it as it was kept.
func New(ctx context.Context, s *store.Store, h Hook, now time.Time) (Hook, error) {
	h.Secret, h.Made = rand.Text()+rand.Text(), now
	id, err := Save(ctx, s, h)
	h.ID = id
	return h, err
}

// Host is where a webhook goes, without what its address may hold of secrets.
func (h Hook) Host() string {
	at, err := url.Parse(h.URL)
	if err != nil {
		return ""
	}
	return at.Host
}

// Resume turns a webhook on again that was given up: it is told all that it missed.
// ErrNotFound when it isn't there.
func Resume(ctx context.Context, s *store.Store, id int64) error {
	list, err := List(ctx, s)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(list, func(h Hook) bool { return h.ID == id })
	if i < 0 {
		return store.ErrNotFound
	}
	h := list[i]
	h.Off, h.Secret = time.Time{}, "" // the secret it has stays
	_, err = Save(ctx, s, h)
	return err
}
