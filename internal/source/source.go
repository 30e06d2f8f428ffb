// Package source is how messages come in and answers go out: which sources are set
// up, the role of what sends answers to a source's place ([Sender]), and the jobs
// that do so ([Outbox]). The kinds of sources stand in packages below this one;
// package sourcetest holds each to its role.
package source

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/entregent/entregent/internal/store"
)

// Kind is a kind of source: how its messages come in and its answers go out.
type Kind string

// The kinds of sources.
const (
	File Kind = "file" // read from a file; answers are written to one
	Mail Kind = "mail" // mails
	API  Kind = "api"  // brought by a program, which fetches the answers
	Demo Kind = "demo" // the demonstration's
)

// Source is a way by which messages come in and answers go out.
type Source struct {
	Name    string    `json:"name"` // short, stable: it qualifies ids
	Kind    Kind      `json:"kind"`
	Title   string    `json:"title"`
	Config  string    `json:"config"` // JSON, the kind's own
	Made    time.Time `json:"made"`
	Removed time.Time `json:"removed,omitzero"`
}

// Save keeps a source, new or known by its name; one that was removed
// comes back. A zero Made is now, or what it was.
func Save(ctx context.Context, s *store.Store, src Source) error {
	if err := store.CheckSource(src.Name); err != nil {
		return store.Wrap(err, "keeping the source")
	}
	if src.Config == "" {
		src.Config = "{}"
	}
	return store.Wrap(s.Change(ctx, func(t *store.Tx) error {
		made := store.Micro(src.Made)
		if made == 0 {
			made = t.Now()
		}
		t.Emit(store.SourceChanged, src.Name)
		return t.Exec(`INSERT INTO sources (name, kind, title, config, made, removed) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (name) DO UPDATE SET kind = excluded.kind, title = excluded.title, config = excluded.config, removed = excluded.removed`,
			src.Name, store.Clean(string(src.Kind)), store.Clean(src.Title), store.Clean(src.Config), made, store.Micro(src.Removed))
	}), "keeping the source %s", src.Name)
}

// List gives those that weren't removed, by name.
func List(ctx context.Context, s *store.Store) ([]Source, error) {
	list, err := store.All(s.Read(ctx), scanSource, `SELECT `+sourceColumns+` FROM sources WHERE removed = 0 ORDER BY name`)
	return list, store.Wrap(err, "reading sources")
}

// ByName gives one, removed or not.
func ByName(ctx context.Context, s *store.Store, name string) (Source, error) {
	src, err := scanSource(s.Read(ctx).QueryRow(`SELECT `+sourceColumns+` FROM sources WHERE name = $1`, name))
	return src, store.Wrap(err, "reading the source %s", name)
}

const sourceColumns = `name, kind, title, config, made, removed`

func scanSource(row store.Scanner) (src Source, err error) {
	var made, removed int64
	err = row.Scan(&src.Name, &src.Kind, &src.Title, &src.Config, &made, &removed)
	src.Made, src.Removed = store.Time(made), store.Time(removed)
	return src, err
}

// CurrentByName gives a source that wasn't taken out; else ErrNotFound.
func CurrentByName(ctx context.Context, s *store.Store, name string) (Source, error) {
	list, err := List(ctx, s)
	if err != nil {
		return Source{}, err
	}
	i := slices.IndexFunc(list, func(x Source) bool { return x.Name == name })
	if i < 0 {
		return Source{}, fmt.Errorf("the source %q: %w", name, store.ErrNotFound)
	}
	return list[i], nil
}
