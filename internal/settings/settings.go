// Package settings is what the people of an organisation chose, by key and typed.
package settings

import (
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/entregent/entregent/internal/store"
)

// Get gives a setting's value, "" if it was never set.
func Get(ctx context.Context, s *store.Store, key string) (value string, err error) {
	err = s.Read(ctx).QueryRow(`SELECT value FROM settings WHERE name = $1`, key).Scan(&value)
	if errors.Is(err, store.ErrNotFound) {
		return "", nil
	}
	return value, store.Wrap(err, "reading the setting %s", key)
}

// All gives every setting that was set.
func All(ctx context.Context, s *store.Store) (map[string]string, error) {
	list, err := store.All(s.Read(ctx), func(rows store.Scanner) (pair [2]string, err error) {
		err = rows.Scan(&pair[0], &pair[1])
		return pair, err
	}, `SELECT name, value FROM settings`)
	if err != nil {
		return nil, store.Wrap(err, "reading settings")
	}
	values := make(map[string]string, len(list))
	for _, pair := range list {
		values[pair[0]] = pair[1]
	}
	return values, nil
}

// Set sets all that it is given, or nothing. Each that has another value
// than before is a Change.
func Set(ctx context.Context, s *store.Store, values map[string]string) error {
	return store.Wrap(s.Change(ctx, func(t *store.Tx) error {
		for _, key := range slices.Sorted(maps.Keys(values)) {
			n, err := t.ExecCount(`INSERT INTO settings (name, value) VALUES ($1, $2)
				ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE settings.value <> excluded.value`,
				store.Clean(key), store.Clean(values[key]))
			if err != nil {
				return err
			}
			if n > 0 {
				t.Emit(store.SettingChanged, store.Clean(key))
			}
		}
		return nil
	}), "setting")
}
