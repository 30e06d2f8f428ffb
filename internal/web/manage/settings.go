package manage

import (
	"net/http"
	"slices"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/settings"
	"github.com/entregent/entregent/internal/web"
)

// The settings, all on one page.
var settingsRoutes = []web.Route{
	{Method: http.MethodGet, Path: "/settings", Name: "settings", Allow: account.Managing, Scope: account.Manage, Page: true, Handle: showSettings, Out: settingsView{}},
	{Method: http.MethodPost, Path: "/settings", Name: "settings-save", Allow: account.Managing, Scope: account.Manage, Page: true, Handle: saveSettings, In: settings.Form{}, Out: web.Done{}},
}

type settingsView struct {
	settings.Form
	Week []string `json:"-"` // the days as the page lists them
}

func (settingsView) Template() string { return "settings" }

// Here says whether a day is ticked.
func (v settingsView) Here(day string) bool { return slices.Contains(v.Days, day) }

func showSettings(r *web.Request) (web.View, error) {
	f, err := settings.ReadForm(r.Context(), r.Server.Store)
	if err != nil {
		return nil, err
	}
	return settingsView{f, settings.Week()}, nil
}

func saveSettings(r *web.Request) (web.View, error) {
	in, err := settings.ReadForm(r.Context(), r.Server.Store)
	if err != nil {
		return nil, err
	}
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	in.Days = slices.DeleteFunc(in.Days, func(day string) bool { return day == "" })
	values, bad := in.Named()
	if bad != nil {
		return settingsView{in, settings.Week()}, bad
	}
	if err := changeSettings(r, values); err != nil {
		return nil, err
	}
	return web.Done{Location: "/settings", Notice: "settings.saved"}, nil
}

// changeSettings sets some, and tells the audit log which changed: their keys, since
// the values may name people.
func changeSettings(r *web.Request, values map[string]string) error {
	changed, err := settings.Change(r.Context(), r.Server.Store, values)
	if err != nil {
		return err
	}
	for _, key := range changed {
		if err := r.Audit("setting", key, ""); err != nil {
			return err
		}
	}
	return nil
}
