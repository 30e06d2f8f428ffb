package store

import (
	"context"
)

// LastChange is the number of the newest change; 0 when nothing happened yet.
func (s *Store) LastChange(ctx context.Context) (n int64, err error) {
	err = s.Read(ctx).QueryRow(`SELECT COALESCE(MAX(last), 0) FROM changes`).Scan(&n)
	return n, err
}

// Changes tells what happened after a number, in order, at most limit. Changes of
// messages that were taken out since are left out: a ForgetChanged behind them
// tells.
func (s *Store) Changes(ctx context.Context, after int64, limit int) ([]Change, error) {
	var list []Change
	for len(list) < limit {
		runs, err := All(s.Read(ctx), scanRun, `SELECT last, first, time, kind, subject, seq FROM changes
			WHERE last > $1 ORDER BY last LIMIT $2`, after, limit-len(list))
		if err != nil || len(runs) == 0 {
			return list, err
		}
		for _, r := range runs {
			if list, err = s.unroll(ctx, r, max(r.first, after+1), limit, list); err != nil || len(list) == limit {
				return list, err
			}
			after = r.last
		}
	}
	return list, nil
}

// run is a row of changes.
type run struct {
	last, first, time, seq int64
	kind                   Kind
	subject                string
}

func scanRun(rows Scanner) (r run, err error) {
	return r, rows.Scan(&r.last, &r.first, &r.time, &r.kind, &r.subject, &r.seq)
}

// unroll adds the changes of a run, those from a number on, to a list.
func (s *Store) unroll(ctx context.Context, r run, from int64, limit int, list []Change) ([]Change, error) {
	if r.kind != MessageChanged || r.seq == 0 {
		return append(list, Change{N: r.last, Time: Time(r.time), Kind: r.kind, Subject: r.subject}), nil
	}
	first := r.seq + from - r.first
	err := Each(s.Read(ctx), func(rows Scanner) error {
		c, seq := Change{Time: Time(r.time), Kind: r.kind}, int64(0)
		if err := rows.Scan(&seq, &c.Subject); err != nil {
			return err
		}
		c.N = r.first + seq - r.seq
		list = append(list, c)
		return nil
	}, `SELECT seq, id FROM messages WHERE seq BETWEEN $1 AND $2 ORDER BY seq LIMIT $3`,
		first, r.seq+r.last-r.first, limit-len(list))
	return list, err
}
