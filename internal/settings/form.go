package settings

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/store"
)

// Form is the settings as a form sends them, in words. What is empty gets its
// default; what isn't sent stays as it is. A box that isn't ticked is sent empty.
type Form struct {
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

// Week is the words of the days, from Monday.
func Week() []string { return append(append([]string{}, days[1:]...), days[0]) }

// FormOf writes settings, as All gives them, into a form.
func FormOf(all map[string]string) (Form, error) {
	f := Form{
		Organisation: all[KeyOrganisation], Roster: all[KeyRoster], Names: all[KeyNames], Zone: all[KeyZone], Contact: all[KeyContact],
		Promise: all[KeyPromise], Retention: all[KeyRetention], Public: all[KeyPublic] != "", Near: all[KeyNear] != "",
		Days: []string{},
	}
	h, err := ParseHours(all[KeyHours])
	if err != nil {
		return Form{}, err
	}
	if h != (Hours{}) {
		words := strings.Fields(h.String())
		f.Days, f.From, f.Until = words[:len(words)-1], Clock(h.From), Clock(h.Until)
	}
	return f, nil
}

// ReadForm reads the settings of a store into a form.
func ReadForm(ctx context.Context, s *store.Store) (Form, error) {
	all, err := All(ctx, s)
	if err != nil {
		return Form{}, err
	}
	return FormOf(all)
}

// Suggested fills in the hours and the promise that most would write.
func (f Form) Suggested() Form {
	f.Days, f.From, f.Until, f.Promise = Week()[:5], "09:00", "18:00", "24"
	return f
}

// Values are the settings that a form sets, by key, or what is wrong with it.
func (f Form) Values() (map[string]string, *lang.InputError) {
	if bad := f.check(); bad != nil {
		return nil, bad
	}
	hours, bad := f.hours()
	if bad != nil {
		return nil, bad
	}
	return map[string]string{
		KeyOrganisation: strings.TrimSpace(f.Organisation), KeyRoster: f.Roster, KeyNames: f.Names, KeyZone: f.Zone, KeyHours: hours,
		KeyPromise: f.Promise, KeyRetention: f.Retention, KeyContact: strings.TrimSpace(f.Contact), KeyPublic: Ticked(f.Public), KeyNear: Ticked(f.Near),
	}, nil
}

// check finds what is wrong with the fields but for the hours.
func (f Form) check() *lang.InputError {
	for field, text := range map[string]string{KeyOrganisation: f.Organisation, KeyContact: f.Contact} {
		if len(text) > 200 || strings.ContainsAny(text, "\r\n") {
			return lang.Invalid(field, "settings.too-long")
		}
	}
	if len(f.Roster) > 1<<18 || len(f.Names) > 1<<14 {
		return lang.Invalid(KeyRoster, "settings.too-long")
	}
	if bad := checkRoster(f.Roster); bad != nil {
		return bad
	}
	if _, err := time.LoadLocation(f.Zone); err != nil || f.Zone == "Local" {
		return lang.Invalid(KeyZone, "settings.bad-zone", f.Zone)
	}
	for _, number := range []struct {
		key, text string
		most      int
	}{{KeyPromise, f.Promise, 720}, {KeyRetention, f.Retention, 120}} {
		if n, err := strconv.Atoi(number.text); number.text != "" && (err != nil || n < 1 || n > number.most) {
			return lang.Invalid(number.key, "settings.bad-number", number.most)
		}
	}
	return nil
}

// hours are the form's hours as their setting holds them; empty boxes don't count.
func (f Form) hours() (string, *lang.InputError) {
	words := strings.Fields(strings.Join(f.Days, " "))
	if len(words) == 0 {
		return "", nil
	}
	h, err := ParseHours(strings.Join(words, " ") + " " + f.From + "-" + f.Until)
	if err != nil {
		return "", lang.Invalid(KeyHours, "settings.bad-hours")
	}
	return h.String(), nil
}

// checkRoster says which line of a roster can't be read.
func checkRoster(text string) *lang.InputError {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	if _, err := conversation.ReadRoster(strings.NewReader(text), KeyRoster); err == nil {
		return nil
	}
	read := ""
	for line := range strings.Lines(text) {
		read += line
		if _, err := conversation.ReadRoster(strings.NewReader("somebody.invalid\n"+read), KeyRoster); err != nil {
			return lang.Invalid(KeyRoster, "settings.bad-roster", strings.TrimSpace(line))
		}
	}
	return lang.Invalid(KeyRoster, "settings.no-roster")
}

// Ticked is a box as a form, and a setting, says it.
func Ticked(on bool) string {
	if on {
		return "on"
	}
	return ""
}

// Change sets some settings and gives the keys of those that have another value
// than before.
func Change(ctx context.Context, s *store.Store, values map[string]string) (changed []string, err error) {
	before, err := All(ctx, s)
	if err != nil {
		return nil, err
	}
	if err := Set(ctx, s, values); err != nil {
		return nil, err
	}
	for key, value := range values {
		if before[key] != value {
			changed = append(changed, key)
		}
	}
	return changed, nil
}

// RememberRoster keeps who the organisation is, if nobody said so before.
func RememberRoster(ctx context.Context, s *store.Store, us string) error {
	before, err := Get(ctx, s, KeyRoster)
	if err != nil || before != "" || strings.TrimSpace(us) == "" {
		return err
	}
	return Set(ctx, s, map[string]string{KeyRoster: us})
}

// Named is Values of a form that must name the organisation.
func (f Form) Named() (map[string]string, error) {
	values, bad := f.Values()
	if bad == nil && values[KeyOrganisation] == "" {
		bad = lang.Invalid(KeyOrganisation, "welcome.no-name")
	}
	if bad != nil {
		return nil, bad
	}
	return values, nil
}
