// Package measuring is what the measures said: reports as they were made, and the
// parts of them that pages show.
package measuring

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/entregent/entregent/internal/store"
)

// Report is what a measure said, as it was made.
type Report struct {
	ID     int64             `json:"id"`
	Kind   string            `json:"kind"` // measure
	Made   time.Time         `json:"made"`
	Change int64             `json:"change"` // the newest change it knew
	Parts  map[string][]byte `json:"-"`      // json, presence.fr.html, …
}

// SaveReport keeps what a measure said; a zero Made is now.
func SaveReport(ctx context.Context, s *store.Store, r Report) (id int64, err error) {
	err = s.Change(ctx, func(t *store.Tx) error {
		made := store.Micro(r.Made)
		if made == 0 {
			made = t.Now()
		}
		if err := t.QueryRow(`INSERT INTO reports (kind, made, change) VALUES ($1, $2, $3) RETURNING id`, r.Kind, made, r.Change).Scan(&id); err != nil {
			return err
		}
		for _, name := range slices.Sorted(maps.Keys(r.Parts)) {
			if err := t.Exec(`INSERT INTO report_parts (report, name, data) VALUES ($1, $2, $3)`, id, name, append([]byte{}, r.Parts[name]...)); err != nil {
				return err
			}
		}
		t.Emit(store.ReportChanged, r.Kind)
		return nil
	})
	return id, store.Wrap(err, "keeping the report %s", r.Kind)
}

// LatestReport gives the newest of a kind, with its parts; ErrNotFound when there
// is none.
func LatestReport(ctx context.Context, s *store.Store, kind string) (Report, error) {
	r := Report{Kind: kind, Parts: map[string][]byte{}}
	var made int64
	err := s.Read(ctx).QueryRow(`SELECT id, made, change FROM reports WHERE kind = $1 ORDER BY id DESC LIMIT 1`, kind).Scan(&r.ID, &made, &r.Change)
	if err != nil {
		return Report{}, store.Wrap(err, "reading the report %s", kind)
	}
	r.Made = store.Time(made)
	err = store.Each(s.Read(ctx), func(row store.Scanner) error {
		var name string
		var data []byte
		err := row.Scan(&name, &data)
		r.Parts[name] = data
		return err
	}, `SELECT name, data FROM report_parts WHERE report = $1`, r.ID)
	if err != nil {
		return Report{}, store.Wrap(err, "reading the report %s", kind)
	}
	return r, nil
}

// TidyReports deletes the reports made before a time (µs), but for the newest of a
// kind.
func TidyReports(t *store.Tx, before int64) error {
	const stale = `FROM reports WHERE made < $1 AND id NOT IN (SELECT MAX(id) FROM reports GROUP BY kind)`
	if err := t.Exec(`DELETE FROM report_parts WHERE report IN (SELECT id `+stale+`)`, before); err != nil {
		return err
	}
	return t.Exec(`DELETE `+stale, before)
}

// ForgetReports deletes every report: they quote.
func ForgetReports(t *store.Tx) error {
	if err := t.Exec(`DELETE FROM report_parts`); err != nil {
		return err
	}
	return t.Exec(`DELETE FROM reports`)
}
