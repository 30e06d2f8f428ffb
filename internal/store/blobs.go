package store

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
)

// Piece is how much of a blob is written or read at a time: 1 MiB.
const Piece = 1 << 20

// SaveBlob keeps all that r gives, under a new id. Each piece is a transaction of
// its own, so that a slow upload keeps nobody waiting; what broke off half-way
// can't be read, and is gone after a call of Tidy.
func (s *Store) SaveBlob(ctx context.Context, name string, r io.Reader) (id string, size int64, err error) {
	id = rand.Text()
	if err := s.Change(ctx, func(t *Tx) error {
		return t.Exec(`INSERT INTO blobs (id, name, size, made) VALUES ($1, $2, -1, $3)`, id, Clean(name), t.now)
	}); err != nil {
		return "", 0, Wrap(err, "keeping the file %s", name)
	}
	piece := make([]byte, Piece)
	for n := 0; err == nil; n++ {
		var read int
		read, err = io.ReadFull(r, piece)
		size += int64(read)
		ended := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		if err != nil && !ended {
			break
		}
		if e := s.Change(ctx, func(t *Tx) error {
			if read > 0 {
				if err := t.Exec(`INSERT INTO blob_pieces (blob, n, data) VALUES ($1, $2, $3)`, id, n, piece[:read]); err != nil {
					return err
				}
			}
			if ended {
				return t.ExecOne(`UPDATE blobs SET size = $2 WHERE id = $1`, id, size)
			}
			return nil
		}); e != nil {
			err = e
			break
		}
		if ended {
			return id, size, nil
		}
	}
	return "", 0, Wrap(errors.Join(err, s.DeleteBlob(context.WithoutCancel(ctx), id)), "keeping the file %s", name)
}

// Blob opens what was kept. The reader asks for a piece at a time.
func (s *Store) Blob(ctx context.Context, id string) (r io.ReadCloser, name string, size int64, err error) {
	err = s.Read(ctx).QueryRow(`SELECT name, size FROM blobs WHERE id = $1 AND size >= 0`, id).Scan(&name, &size)
	if err != nil {
		return nil, "", 0, Wrap(err, "opening the file %s", id)
	}
	return &blob{store: s, ctx: ctx, id: id, left: size}, name, size, nil
}

// blob reads pieces one after the other.
type blob struct {
	store *Store
	ctx   context.Context
	id    string
	n     int // the next piece
	rest  []byte
	left  int64 // that Read has still to give
}

func (b *blob) Read(p []byte) (int, error) {
	if b.left == 0 {
		return 0, io.EOF
	}
	if len(b.rest) == 0 {
		if err := b.store.Read(b.ctx).QueryRow(`SELECT data FROM blob_pieces WHERE blob = $1 AND n = $2`, b.id, b.n).Scan(&b.rest); err != nil {
			return 0, Wrap(err, "reading piece %d of a file", b.n)
		}
		b.n++
	}
	n := copy(p, b.rest)
	b.rest, b.left = b.rest[n:], b.left-int64(n)
	return n, nil
}

func (b *blob) Close() error {
	b.left, b.rest = 0, nil
	return nil
}

// DeleteBlob forgets what was kept; no error when it is gone already.
func (s *Store) DeleteBlob(ctx context.Context, id string) error {
	return Wrap(s.Change(ctx, func(t *Tx) error {
		if err := t.Exec(`DELETE FROM blob_pieces WHERE blob = $1`, id); err != nil {
			return err
		}
		return t.Exec(`DELETE FROM blobs WHERE id = $1`, id)
	}), "deleting the file %s", id)
}

// TidyBlobs deletes what was uploaded before a time (µs), read or not.
func (t *Tx) TidyBlobs(before int64) error {
	if err := t.Exec(`DELETE FROM blob_pieces WHERE blob IN (SELECT id FROM blobs WHERE made < $1)`, before); err != nil {
		return err
	}
	return t.Exec(`DELETE FROM blobs WHERE made < $1`, before)
}
