package store_test

import (
	"testing"

	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/store/storetest"
)

func TestOpen(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		if n, err := s.LastChange(t.Context()); n != 0 || err != nil {
			t.Errorf("a new house: change %d, %v", n, err)
		}
	})
}
