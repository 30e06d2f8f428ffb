package settings

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/store"
)

// The settings, as the store keys them. What is not set has the
// default that Settings says.
const (
	KeyOrganisation = "organisation"     // its name, as pages show it
	KeyRoster       = "roster"           // who is us: a line each, as conversation.ReadRoster takes it
	KeyNames        = "names"            // how it is addressed in conversations, a line each
	KeyZone         = "timezone"         // as the IANA names it: Europe/Paris
	KeyHours        = "hours"            // when somebody is there: "mon tue wed thu fri 09:00-18:00"
	KeyPromise      = "promise_hours"    // within how many hours an answer is promised
	KeyPublic       = "public"           // on: the public page is open
	KeyRetention    = "retention_months" // how long texts are kept
	KeyContact      = "contact"          // whom to write to about data
	KeyNear         = "hooks_near"       // on: webhooks may go to addresses of the own network
	KeyDemo         = "demo"             // on: the demonstration is loaded
)

// Settings are the settings, read.
type Settings struct {
	Organisation string
	Roster       *conversation.Roster // nil: nobody is named
	Names        []string
	Location     *time.Location // UTC unless it is set
	Hours        Hours
	Promise      time.Duration // 24 h
	Public       bool          // off
	Retention    int           // months: 13
	Contact      string
	Near         bool
	Demo         bool
}

// Read reads the settings of a store.
func Read(ctx context.Context, s *store.Store) (Settings, error) {
	all, err := All(ctx, s)
	if err != nil {
		return Settings{}, fmt.Errorf("reading settings: %w", err)
	}
	return Parse(all)
}

// Parse reads settings as All gives them.
func Parse(all map[string]string) (Settings, error) {
	read := Settings{
		Organisation: all[KeyOrganisation], Names: linesOf(all[KeyNames]), Contact: all[KeyContact],
		Public: all[KeyPublic] != "", Near: all[KeyNear] != "", Demo: all[KeyDemo] != "",
		Location: time.UTC, Promise: 24 * time.Hour, Retention: 13,
	}
	var err error
	if text := all[KeyRoster]; strings.TrimSpace(text) != "" {
		if read.Roster, err = conversation.ReadRoster(strings.NewReader(text), KeyRoster); err != nil {
			return read, err
		}
	}
	if zone := all[KeyZone]; zone != "" {
		if read.Location, err = time.LoadLocation(zone); err != nil {
			return read, fmt.Errorf("reading the setting %s: %w", KeyZone, err)
		}
	}
	if read.Hours, err = ParseHours(all[KeyHours]); err != nil {
		return read, err
	}
	for key, to := range map[string]func(int){
		KeyPromise:   func(n int) { read.Promise = time.Duration(n) * time.Hour },
		KeyRetention: func(n int) { read.Retention = n },
	} {
		if all[key] == "" {
			continue
		}
		n, err := strconv.Atoi(all[key])
		if err != nil || n < 1 {
			return read, fmt.Errorf("reading the setting %s: %q is no number above 0", key, all[key])
		}
		to(n)
	}
	return read, nil
}

// linesOf are the lines that aren't empty.
func linesOf(text string) (list []string) {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, line)
		}
	}
	return list
}

// Hours are when somebody is there: some days of the week, from a time of day
// until another. The zero Hours are always.
type Hours struct {
	Days        [7]bool // from Sunday, as time.Weekday
	From, Until time.Duration
}

// days are the words of the setting.
var days = [7]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// String writes Hours as the setting holds them; "" for always.
func (h Hours) String() string {
	var b strings.Builder
	for i := range 7 {
		if day := (i + 1) % 7; h.Days[day] {
			b.WriteString(days[day] + " ")
		}
	}
	if b.Len() == 0 {
		return ""
	}
	return b.String() + Clock(h.From) + "-" + Clock(h.Until)
}

// Clock writes a time of day as a setting holds it: 09:00.
func Clock(d time.Duration) string {
	return fmt.Sprintf("%02d:%02d", int(d.Hours()), int(d.Minutes())%60)
}

// ParseHours reads them.
func ParseHours(text string) (Hours, error) {
	var h Hours
	words := strings.Fields(text)
	if len(words) == 0 {
		return h, nil
	}
	bad := fmt.Errorf("reading hours %q: days and times are wanted, as in mon tue 09:00-18:00", text)
	for _, word := range words[:len(words)-1] {
		known := false
		for i, day := range days {
			if word == day {
				h.Days[i], known = true, true
			}
		}
		if !known {
			return Hours{}, bad
		}
	}
	from, until, _ := strings.Cut(words[len(words)-1], "-")
	a, err1 := time.Parse("15:04", from)
	b, err2 := time.Parse("15:04", until)
	if err1 != nil || err2 != nil || !a.Before(b) || len(words) == 1 {
		return Hours{}, bad
	}
	midnight := a.Truncate(24 * time.Hour)
	h.From, h.Until = a.Sub(midnight), b.Sub(midnight)
	return h, nil
}
