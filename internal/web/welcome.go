package web

import (
	"net/http"
	"net/mail"
	"slices"
	"strings"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/erasure"
	"github.com/entregent/entregent/internal/notice"
	"github.com/entregent/entregent/internal/settings"
	"github.com/entregent/entregent/internal/source"
)

// The first minutes: who the house is for, who speaks for it, and then either a
// source or the demonstration.
var welcomeRoutes = []Route{
	{Method: http.MethodGet, Path: "/welcome", Name: "welcome", Allow: Managing, Page: true, Handle: welcome, Out: welcomeView{}},
	{Method: http.MethodPost, Path: "/welcome", Name: "welcome-save", Allow: Managing, Page: true, Handle: saveWelcome, In: welcomeForm{}, Out: Done{}},
	{Method: http.MethodGet, Path: "/start", Name: "start", Allow: Managing, Page: true, Handle: start, Out: startView{}},
	{Method: http.MethodPost, Path: "/demo", Name: "demo", Allow: Managing, Page: true, Handle: loadDemo, Out: Done{}},
	{Method: http.MethodPost, Path: "/demo/remove", Name: "demo-remove", Allow: Managing, Page: true, Handle: removeDemo, Out: Done{}},
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
func (v welcomeView) Here(day string) bool {
	return settingsView{settingsForm: settingsForm{Days: v.Days}}.Here(day)
}

func welcome(r *Request) (View, error) {
	all, err := settings.Settings(r.Context(), r.Server.Store)
	if err != nil {
		return nil, err
	}
	known, err := settingsForms(all)
	if err != nil {
		return nil, err
	}
	v := welcomeView{welcomeForm{r.User.Name, r.User.Mail, known.Organisation, known.Roster, known.Zone, known.Days, known.From, known.Until, known.Promise}, week}
	if all[KeyOrganisation] == "" { // what most would write
		v.Days, v.From, v.Until, v.Promise = week[:5], "09:00", "18:00", "24"
	}
	return v, nil
}

func saveWelcome(r *Request) (View, error) {
	var in welcomeForm
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	in.Days = slices.DeleteFunc(in.Days, func(day string) bool { return day == "" })
	again := welcomeView{in, week}
	all, err := settings.Settings(r.Context(), r.Server.Store)
	if err != nil {
		return nil, err
	}
	form, err := settingsForms(all)
	if err != nil {
		return nil, err
	}
	f := form.settingsForm
	f.Organisation, f.Roster, f.Zone, f.Days, f.From, f.Until, f.Promise = in.Organisation, in.Roster, in.Zone, in.Days, in.From, in.Until, in.Promise
	values, bad := f.values()
	switch {
	case strings.TrimSpace(in.Organisation) == "":
		bad = &Bad{KeyOrganisation, "welcome.no-name", nil}
	case strings.TrimSpace(in.Name) == "" || len(in.Name) > 200:
		bad = &Bad{"name", "account.no-name", nil}
	case in.Mail != "":
		if _, err := mail.ParseAddress(in.Mail); err != nil {
			bad = &Bad{"mail", "signin.bad-mail", nil}
		}
	}
	if bad != nil {
		return again, bad
	}
	u := r.User
	u.Name = strings.TrimSpace(in.Name)
	if u.Mail == "" { // later an admin changes it on the team page
		u.Mail = strings.TrimSpace(in.Mail)
	}
	if u.Person == "" {
		u.Person = u.Mail
	}
	if _, err := account.SaveUser(r.Context(), r.Server.Store, u); err != nil {
		return nil, err
	}
	if err := r.setSettings(values); err != nil {
		return nil, err
	}
	return Done{Location: "/start", Notice: "welcome.saved"}, nil
}

// startView is where one goes on: what there is already decides.
type startView struct {
	Demo    bool `json:"demo"`     // it is loaded
	CanDemo bool `json:"can_demo"` // there is one to load
	Sources int  `json:"sources"`  // besides the demonstration
}

func (startView) Template() string { return "start" }

func start(r *Request) (View, error) {
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

func loadDemo(r *Request) (View, error) {
	s := r.Server
	if s.Demo == nil {
		return nil, errLost
	}
	if err := s.Demo(r.Context()); err != nil {
		return nil, err
	}
	if err := r.setSettings(map[string]string{KeyDemo: "on"}); err != nil {
		return nil, err
	}
	if err := s.Live.CatchUp(r.Context()); err != nil {
		return nil, err
	}
	return Done{Location: "/inbox", Notice: "demo.loaded"}, nil
}

func removeDemo(r *Request) (View, error) {
	list, err := source.List(r.Context(), r.Server.Store)
	if err != nil {
		return nil, err
	}
	messages, others := 0, 0
	for _, s := range list {
		if s.Kind != "demo" {
			others++
			continue
		}
		n, err := erasure.RemoveSource(r.Context(), r.Server.Store, s.Name)
		if err != nil {
			return nil, err
		}
		messages += n
	}
	if others == 0 { // then nothing else was noticed
		if err := r.readNotices(); err != nil {
			return nil, err
		}
	}
	if err := r.setSettings(map[string]string{KeyDemo: ""}); err != nil {
		return nil, err
	}
	if err := r.Server.Live.CatchUp(r.Context()); err != nil {
		return nil, err
	}
	return Done{Location: "/start", Notice: "demo.removed", Args: []any{messages}}, nil
}

// readNotices takes all notices as read.
func (r *Request) readNotices() error {
	list, err := notice.Notices(r.Context(), r.Server.Store, true, 1000)
	if err != nil {
		return err
	}
	for _, n := range list {
		if err := notice.ReadNotice(r.Context(), r.Server.Store, n.ID); err != nil {
			return err
		}
	}
	return nil
}
