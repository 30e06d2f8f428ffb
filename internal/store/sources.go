package store

import (
	"context"
	"time"
)

// SourceByName is a way by which messages come in and answers go out.
type Source struct {
	Name    string    `json:"name"` // short, stable: it qualifies ids
	Kind    string    `json:"kind"` // file, mail, api, demo
	Title   string    `json:"title"`
	Config  string    `json:"config"` // JSON, the kind's own
	Made    time.Time `json:"made"`
	Removed time.Time `json:"removed,omitzero"`
}

// SaveSource keeps a source, new or known by its name; one that was removed
// comes back. A zero Made is now, or what it was.
func (s *Store) SaveSource(ctx context.Context, source Source) error {
	if err := CheckSource(source.Name); err != nil {
		return Wrap(err, "keeping the source")
	}
	if source.Config == "" {
		source.Config = "{}"
	}
	return Wrap(s.Change(ctx, func(t *Tx) error {
		made := Micro(source.Made)
		if made == 0 {
			made = t.Now()
		}
		t.Emit(SourceChanged, source.Name)
		return t.Exec(`INSERT INTO sources (name, kind, title, config, made, removed) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (name) DO UPDATE SET kind = excluded.kind, title = excluded.title, config = excluded.config, removed = excluded.removed`,
			source.Name, Clean(source.Kind), Clean(source.Title), Clean(source.Config), made, Micro(source.Removed))
	}), "keeping the source %s", source.Name)
}

// Sources gives those that weren't removed, by name.
func (s *Store) Sources(ctx context.Context) ([]Source, error) {
	list, err := All(s.Read(ctx), scanSource, `SELECT `+sourceColumns+` FROM sources WHERE removed = 0 ORDER BY name`)
	return list, Wrap(err, "reading sources")
}

// SourceByName gives one, removed or not.
func (s *Store) SourceByName(ctx context.Context, name string) (Source, error) {
	source, err := scanSource(s.Read(ctx).QueryRow(`SELECT `+sourceColumns+` FROM sources WHERE name = $1`, name))
	return source, Wrap(err, "reading the source %s", name)
}

const sourceColumns = `name, kind, title, config, made, removed`

func scanSource(row Scanner) (source Source, err error) {
	var made, removed int64
	err = row.Scan(&source.Name, &source.Kind, &source.Title, &source.Config, &made, &removed)
	source.Made, source.Removed = Time(made), Time(removed)
	return source, err
}
