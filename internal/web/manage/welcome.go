package manage

import (
	"net/http"
	"slices"
	"strings"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/erasure"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/settings"
	"github.com/entregent/entregent/internal/source"
	"github.com/entregent/entregent/internal/web"
)

// The first minutes: which organisation it is, who speaks for it, and then either a
// source or the demonstration.
var welcomeRoutes = []web.Route{
	{Method: http.MethodGet, Path: "/welcome", Name: "welcome", Allow: account.Managing, Page: true, Handle: showWelcome, Out: welcomeView{}},
	{Method: http.MethodPost, Path: "/welcome", Name: "welcome-save", Allow: account.Managing, Page: true, Handle: saveWelcome, In: welcomeForm{}, Out: web.Done{}},
	{Method: http.MethodGet, Path: "/start", Name: "start", Allow: account.Managing, Page: true, Handle: showStart, Out: startView{}},
	{Method: http.MethodPost, Path: "/demo", Name: "demo", Allow: account.Managing, Page: true, Handle: loadDemo, Out: web.Done{}},
	{Method: http.MethodPost, Path: "/demo/remove", Name: "demo-remove", Allow: account.Managing, Page: true, Handle: removeDemo, Out: web.Done{}},
}

type welcomeForm struct {
	Name         string   `json:"name"` // of who sets it up
	Mail         string   `json:"mail"`
	Organisation string   `json:"organisation"`
	Roster       string   `json:"roster"`
	Zone         string   `json:"timezone"`
	Days         []string `json:"days"`
	From         string   `json:"from"`
	Until        string   `json:"until"`
	Promise      string   `json:"promise_hours"`
}

type welcomeView struct {
	welcomeForm
	Week []string `json:"-"`
}

func (welcomeView) Template() string { return "welcome" }

// Here says whether a day is ticked.
func (v welcomeView) Here(day string) bool { return slices.Contains(v.Days, day) }

func showWelcome(r *web.Request) (web.View, error) {
	known, err := settings.ReadForm(r.Context(), r.Server.Store)
	if err != nil {
		return nil, err
	}
	if known.Organisation == "" {
		known = known.Suggested()
	}
	return welcomeView{welcomeForm{r.User.Name, r.User.Mail, known.Organisation, known.Roster, known.Zone, known.Days, known.From, known.Until, known.Promise}, settings.Week()}, nil
}

func saveWelcome(r *web.Request) (web.View, error) {
	var in welcomeForm
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	f, err := settings.ReadForm(r.Context(), r.Server.Store)
	if err != nil {
		return nil, err
	}
	f.Organisation, f.Roster, f.Zone, f.Days, f.From, f.Until, f.Promise = in.Organisation, in.Roster, in.Zone, in.Days, in.From, in.Until, in.Promise
	values, bad := in.check(f)
	if bad != nil {
		return welcomeView{in, settings.Week()}, bad
	}
	u := r.User.WithMail(in.Name, in.Mail)
	if _, err := account.SaveUser(r.Context(), r.Server.Store, u); err != nil {
		return nil, err
	}
	if err := changeSettings(r, values); err != nil {
		return nil, err
	}
	return web.Done{Location: "/start", Notice: "welcome.saved"}, nil
}

// check gives the settings of the form, or what is wrong with it.
func (in welcomeForm) check(f settings.Form) (map[string]string, error) {
	if strings.TrimSpace(f.Organisation) == "" {
		return nil, lang.Invalid(settings.KeyOrganisation, "welcome.no-name")
	}
	for _, err := range []error{account.CheckName(in.Name), account.CheckMail(in.Mail)} {
		if err != nil {
			return nil, err
		}
	}
	return f.Named()
}

// startView is where one goes on: what there is already decides.
type startView struct {
	Demo    bool `json:"demo"`     // it is loaded
	CanDemo bool `json:"can_demo"` // there is one to load
	Sources int  `json:"sources"`  // besides the demonstration
}

func (startView) Template() string { return "start" }

func showStart(r *web.Request) (web.View, error) {
	list, err := source.List(r.Context(), r.Server.Store)
	if err != nil {
		return nil, err
	}
	v := startView{CanDemo: r.Server.Demo != nil}
	for _, s := range list {
		if s.Kind == "demo" {
			v.Demo = true
		} else {
			v.Sources++
		}
	}
	return v, nil
}

func loadDemo(r *web.Request) (web.View, error) {
	s := r.Server
	if s.Demo == nil {
		return nil, web.ErrLost
	}
	if err := s.Demo(r.Context()); err != nil {
		return nil, err
	}
	if err := changeSettings(r, map[string]string{settings.KeyDemo: "on"}); err != nil {
		return nil, err
	}
	if err := s.Live.CatchUp(r.Context()); err != nil {
		return nil, err
	}
	return web.Done{Location: "/inbox", Notice: "demo.loaded"}, nil
}

func removeDemo(r *web.Request) (web.View, error) {
	messages, err := erasure.RemoveDemo(r.Context(), r.Server.Store)
	if err != nil {
		return nil, err
	}
	if err := changeSettings(r, map[string]string{settings.KeyDemo: ""}); err != nil {
		return nil, err
	}
	if err := r.Server.Live.CatchUp(r.Context()); err != nil {
		return nil, err
	}
	return web.Done{Location: "/start", Notice: "demo.removed", Args: []any{messages}}, nil
}
