package settings_test

import (
	"testing"

	"github.com/entregent/entregent/internal/settings"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/store/storetest"
)

// What is promised of settings holds on every engine.
func TestLaws(t *testing.T) {
	storetest.Laws(t, []storetest.Law{
		{Words: "settings are all set or none, and only another value is a change", Hold: settingLaw},
	})
}

func settingLaw(t *testing.T, s *store.Store) {
	at := storetest.LastChange(t, s)
	storetest.Same(t, "one never set", storetest.OK(settings.Get(t.Context(), s, "zone"))(t), "")
	storetest.No(t, settings.Set(t.Context(), s, map[string]string{"zone": "Europe/Paris", "name": "Le Fil"}))
	storetest.No(t, settings.Set(t.Context(), s, map[string]string{"zone": "Europe/Paris", "name": "Le Fil rouge"}))
	storetest.Same(t, "all", storetest.OK(settings.All(t.Context(), s))(t), map[string]string{"zone": "Europe/Paris", "name": "Le Fil rouge"})
	storetest.Same(t, "one", storetest.OK(settings.Get(t.Context(), s, "zone"))(t), "Europe/Paris")
	name, zone := store.Change{Kind: store.SettingChanged, Subject: "name"}, store.Change{Kind: store.SettingChanged, Subject: "zone"}
	storetest.Changed(t, s, at, name, zone, name)
}
