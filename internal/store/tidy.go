package store

import (
	"context"
	"time"
)

// Tidy forgets what nobody needs any more, as it stood before a time: jobs done,
// sessions and tokens past, uploads, glances at threads, terms of leading, and all
// reports of a kind but the newest. What people said and did is not touched.
func (s *Store) Tidy(ctx context.Context, before time.Time) error {
	const stale = `FROM reports WHERE made < $1 AND id NOT IN (SELECT MAX(id) FROM reports GROUP BY kind)`
	return Wrap(s.Change(ctx, func(t *Tx) error {
		for _, query := range []string{
			`DELETE FROM jobs WHERE state = 'done' AND done < $1`,
			`DELETE FROM sessions WHERE expires < $1`,
			`DELETE FROM tokens WHERE used <> 0 AND used < $1 OR expires <> 0 AND expires < $1`,
			`DELETE FROM blob_pieces WHERE blob IN (SELECT id FROM blobs WHERE made < $1)`,
			`DELETE FROM blobs WHERE made < $1`,
			`DELETE FROM looks WHERE seen < $1`,
			`DELETE FROM report_parts WHERE report IN (SELECT id ` + stale + `)`,
			`DELETE ` + stale,
			`DELETE FROM leads WHERE lease < $1`,
		} {
			if err := t.Exec(query, Micro(before)); err != nil {
				return err
			}
		}
		return nil
	}), "tidying")
}
