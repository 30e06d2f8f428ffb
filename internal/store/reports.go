package store

import (
	"context"
	"maps"
	"slices"
)

// SaveReport keeps what a measure said; a zero Made is now.
func (s *Store) SaveReport(ctx context.Context, r Report) (id int64, err error) {
	err = s.Change(ctx, func(t *Tx) error {
		made := Micro(r.Made)
		if made == 0 {
			made = t.now
		}
		if err := t.QueryRow(`INSERT INTO reports (kind, made, change) VALUES ($1, $2, $3) RETURNING id`, r.Kind, made, r.Change).Scan(&id); err != nil {
			return err
		}
		for _, name := range slices.Sorted(maps.Keys(r.Parts)) {
			if err := t.Exec(`INSERT INTO report_parts (report, name, data) VALUES ($1, $2, $3)`, id, name, bytesOf(r.Parts[name])); err != nil {
				return err
			}
		}
		t.Emit(ReportChanged, r.Kind)
		return nil
	})
	return id, Wrap(err, "keeping the report %s", r.Kind)
}

// LatestReport gives the newest of a kind, with its parts; ErrNotFound when there
// is none.
func (s *Store) LatestReport(ctx context.Context, kind string) (Report, error) {
	r := Report{Kind: kind, Parts: map[string][]byte{}}
	var made int64
	err := s.Read(ctx).QueryRow(`SELECT id, made, change FROM reports WHERE kind = $1 ORDER BY id DESC LIMIT 1`, kind).Scan(&r.ID, &made, &r.Change)
	if err != nil {
		return Report{}, Wrap(err, "reading the report %s", kind)
	}
	r.Made = Time(made)
	rows, err := s.read.QueryContext(ctx, `SELECT name, data FROM report_parts WHERE report = $1`, r.ID)
	if err != nil {
		return Report{}, Wrap(err, "reading the report %s", kind)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		var data []byte
		if err := rows.Scan(&name, &data); err != nil {
			return Report{}, Wrap(err, "reading the report %s", kind)
		}
		r.Parts[name] = data
	}
	return r, Wrap(rows.Err(), "reading the report %s", kind)
}
