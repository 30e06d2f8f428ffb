package storetest

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"testing"
	"testing/iotest"

	"github.com/entregent/entregent/internal/store"
)

func files(t *testing.T, s *store.Store) {
	for _, size := range []int{0, 1, store.Piece, 2*store.Piece + 12345} {
		in := make([]byte, size)
		_, _ = rand.NewChaCha8([32]byte{byte(size)}).Read(in)
		id, n, err := s.SaveBlob(t.Context(), "café.csv", iotest.HalfReader(bytes.NewReader(in)))
		No(t, err)
		r, name, kept, err := s.Blob(t.Context(), id)
		No(t, err)
		out := OK(io.ReadAll(r))(t)
		No(t, r.Close())
		if !bytes.Equal(in, out) || name != "café.csv" || n != int64(size) || kept != n {
			t.Errorf("%d bytes: %d came out, named %q, told %d and %d", size, len(out), name, n, kept)
		}
		No(t, s.DeleteBlob(t.Context(), id))
		No(t, s.DeleteBlob(t.Context(), id))
		if _, _, _, err := s.Blob(t.Context(), id); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("deleted: %v", err)
		}
	}
}

func brokenFile(t *testing.T, s *store.Store) {
	cut := errors.New("the line was cut")
	r := io.MultiReader(bytes.NewReader(make([]byte, store.Piece+5)), iotest.ErrReader(cut))
	if _, _, err := s.SaveBlob(t.Context(), "half", r); !errors.Is(err, cut) {
		t.Errorf("got %v", err)
	}
}
