package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/settings"
)

// The settings of the house, all on one page.
var settingsRoutes = []Route{
	{Method: http.MethodGet, Path: "/settings", Name: "settings", Allow: Managing, Scope: Manage, Page: true, Handle: showSettings, Out: settingsView{}},
	{Method: http.MethodPost, Path: "/settings", Name: "settings-save", Allow: Managing, Scope: Manage, Page: true, Handle: saveSettings, In: settingsForm{}, Out: Done{}},
}

// settingsForm is what the page sends. What is empty gets its default; what isn't
// sent stays as it is. A box that isn't ticked is sent empty.
type settingsForm struct {
	Organisation string   `json:"organisation"`
	Roster       string   `json:"roster"`
	Names        string   `json:"names"`
	Zone         string   `json:"timezone"`
	Days         []string `json:"days"`
	From         string   `json:"from"`
	Until        string   `json:"until"`
	Promise      string   `json:"promise_hours"`
	Retention    string   `json:"retention_months"`
	Contact      string   `json:"contact"`
	Public       bool     `json:"public"`
	Near         bool     `json:"hooks_near"`
}

type settingsView struct {
	settingsForm
	Week []string `json:"-"` // the days as the page lists them
}

func (settingsView) Template() string { return "settings" }

// Here says whether a day is ticked.
func (v settingsView) Here(day string) bool {
	for _, d := range v.Days {
		if d == day {
			return true
		}
	}
	return false
}

// week begins on Monday.
var week = append(append([]string{}, days[1:]...), days[0])

func settingsForms(all map[string]string) (settingsView, error) {
	f := settingsForm{
		Organisation: all[KeyOrganisation], Roster: all[KeyRoster], Names: all[KeyNames], Zone: all[KeyZone], Contact: all[KeyContact],
		Promise: all[KeyPromise], Retention: all[KeyRetention], Public: all[KeyPublic] != "", Near: all[KeyNear] != "",
		Days: []string{},
	}
	h, err := parseHours(all[KeyHours])
	if err != nil {
		return settingsView{}, err
	}
	if h != (Hours{}) {
		words := strings.Fields(h.String())
		f.Days, f.From, f.Until = words[:len(words)-1], clock(h.From), clock(h.Until)
	}
	return settingsView{f, week}, nil
}

func showSettings(r *Request) (View, error) {
	all, err := settings.Settings(r.Context(), r.Server.Store)
	if err != nil {
		return nil, err
	}
	return settingsForms(all)
}

// values are the settings that a form sets, or what is wrong with it.
func (f settingsForm) values() (map[string]string, *Bad) {
	for field, text := range map[string]string{KeyOrganisation: f.Organisation, KeyContact: f.Contact} {
		if len(text) > 200 || strings.ContainsAny(text, "\r\n") {
			return nil, &Bad{field, "settings.too-long", nil}
		}
	}
	if len(f.Roster) > 1<<18 || len(f.Names) > 1<<14 {
		return nil, &Bad{KeyRoster, "settings.too-long", nil}
	}
	if bad := badRoster(f.Roster); bad != nil {
		return nil, bad
	}
	if _, err := time.LoadLocation(f.Zone); err != nil || f.Zone == "Local" {
		return nil, &Bad{KeyZone, "settings.bad-zone", []any{f.Zone}}
	}
	hours := ""
	if len(f.Days) > 0 {
		h, err := parseHours(strings.Join(f.Days, " ") + " " + f.From + "-" + f.Until)
		if err != nil {
			return nil, &Bad{KeyHours, "settings.bad-hours", nil}
		}
		hours = h.String()
	}
	for _, number := range []struct {
		key, text string
		most      int
	}{{KeyPromise, f.Promise, 720}, {KeyRetention, f.Retention, 120}} {
		if n, err := strconv.Atoi(number.text); number.text != "" && (err != nil || n < 1 || n > number.most) {
			return nil, &Bad{number.key, "settings.bad-number", []any{number.most}}
		}
	}
	return map[string]string{
		KeyOrganisation: strings.TrimSpace(f.Organisation), KeyRoster: f.Roster, KeyNames: f.Names, KeyZone: f.Zone, KeyHours: hours,
		KeyPromise: f.Promise, KeyRetention: f.Retention, KeyContact: strings.TrimSpace(f.Contact), KeyPublic: ticked(f.Public), KeyNear: ticked(f.Near),
	}, nil
}

// badRoster says which line of a roster can't be read.
func badRoster(text string) *Bad {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	_, whole := conversation.ReadRoster(strings.NewReader(text), KeyRoster)
	if whole == nil {
		return nil
	}
	read := ""
	for line := range strings.Lines(text) {
		read += line
		if _, err := conversation.ReadRoster(strings.NewReader("somebody.invalid\n"+read), KeyRoster); err != nil {
			return &Bad{KeyRoster, "settings.bad-roster", []any{strings.TrimSpace(line)}}
		}
	}
	return &Bad{KeyRoster, "settings.no-roster", nil}
}

func ticked(on bool) string {
	if on {
		return "on"
	}
	return ""
}

func saveSettings(r *Request) (View, error) {
	all, err := settings.Settings(r.Context(), r.Server.Store)
	if err != nil {
		return nil, err
	}
	now, err := settingsForms(all)
	if err != nil {
		return nil, err
	}
	in := now.settingsForm
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	in.Days = slices.DeleteFunc(in.Days, func(day string) bool { return day == "" })
	values, bad := in.values()
	if bad == nil && values[KeyOrganisation] == "" {
		bad = &Bad{KeyOrganisation, "welcome.no-name", nil}
	}
	if bad != nil {
		return settingsView{in, week}, bad
	}
	if err := r.setSettings(values); err != nil {
		return nil, err
	}
	return Done{Location: "/settings", Notice: "settings.saved"}, nil
}

// setSettings sets some, and tells the audit log which changed: their keys, since
// the values may name people.
func (r *Request) setSettings(values map[string]string) error {
	before, err := settings.Settings(r.Context(), r.Server.Store)
	if err != nil {
		return err
	}
	if err := settings.SetSettings(r.Context(), r.Server.Store, values); err != nil {
		return err
	}
	for key, value := range values {
		if before[key] != value {
			if err := r.act("setting", key, ""); err != nil {
				return err
			}
		}
	}
	return nil
}
