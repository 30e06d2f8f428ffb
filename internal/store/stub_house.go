package store

import (
	"context"
	"errors"
)

func (s *Store) RemoveSource(ctx context.Context, name string) (int, error) {
	var r0 int
	return r0, errors.ErrUnsupported
}
