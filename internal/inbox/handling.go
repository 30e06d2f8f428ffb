package inbox

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/store"
)

// maxMerges is how many merges are followed; the store allows no circle.
const maxMerges = 100

// MergedStateOf is the state of a thread, or of the one that it was merged into.
func MergedStateOf(ctx context.Context, s *store.Store, id conversation.ThreadID) (d State, err error) {
	for range maxMerges {
		if d, err = StateOf(ctx, s, id); err != nil || d.Into == "" {
			return d, err
		}
		id = d.Into
	}
	return d, nil
}

// FindThread finds the thread that somebody means by its id, by that of one of its
// messages, or by the address of its page.
func FindThread(ctx context.Context, s *store.Store, text string) (conversation.ThreadID, error) {
	text = strings.TrimSpace(text)
	var message string
	if u, err := url.Parse(text); err == nil && strings.HasSuffix(u.Path, "/thread") {
		text, message = u.Query().Get("id"), u.Query().Get("message")
	}
	if text == "" {
		text = message
	}
	messages, err := s.Messages(ctx, store.Range{Thread: conversation.ThreadID(text), Limit: 1})
	if err != nil {
		return "", err
	}
	if text != "" && len(messages) > 0 {
		return messages[0].Thread, nil
	}
	m, err := s.Message(ctx, conversation.MessageID(text))
	if errors.Is(err, store.ErrNotFound) {
		return "", lang.Invalid("into", "desk.no-thread")
	}
	return m.Thread, err
}

// Handled is what changed when something was done with a thread.
type Handled struct {
	Before State
	Merged bool // it belongs to another thread than before: any queue may have changed
}

// Handle changes the state of a thread that is there, if its version is still the one
// given (-1: any), for a user.
func Handle(ctx context.Context, s *store.Store, id conversation.ThreadID, version int, by int64, change func(*State)) (Handled, error) {
	if _, err := FindThread(ctx, s, string(id)); err != nil {
		return Handled{}, err
	}
	d, err := StateOf(ctx, s, id)
	if err != nil {
		return Handled{}, err
	}
	d.Version = version
	change(&d)
	before, err := SetState(ctx, s, d, by)
	return Handled{before, before.Into != d.Into}, err
}

// CheckAssignee gives the name of a user who works at the inbox; "" for 0, nobody.
func CheckAssignee(ctx context.Context, s *store.Store, user int64) (name string, err error) {
	team, names, err := account.Team(ctx, s)
	if err != nil || user == 0 {
		return "", err
	}
	if !slices.ContainsFunc(team, func(u account.User) bool { return u.ID == user }) {
		return "", lang.Invalid("user", "desk.no-teammate")
	}
	return names[user], nil
}

// MergeTarget finds the thread that another is to be merged into.
func MergeTarget(ctx context.Context, s *store.Store, thread conversation.ThreadID, into string) (conversation.ThreadID, error) {
	id, err := FindThread(ctx, s, into)
	if err == nil && id == thread {
		return "", lang.Invalid("into", "desk.itself")
	}
	return id, err
}

// The hour of the day at which a thread that was snoozed comes back.
const morningHour = 9

// Morning is nine o'clock in the zone of now, so many days from today.
func Morning(now time.Time, days int) time.Time {
	y, m, d := now.Date()
	return time.Date(y, m, d+days, morningHour, 0, 0, 0, now.Location())
}

// NextMonday is nine o'clock on the next Monday, tomorrow left aside.
func NextMonday(now time.Time) time.Time {
	days := (7-int(now.Weekday()))%7 + 1
	if days == 1 {
		days = 8
	}
	return Morning(now, days)
}

// SnoozeUntil reads until when somebody snoozes a thread: tomorrow, week, date with a
// day (2026-03-14), or now, which gives the zero time and ends it. Times are in the
// zone of now.
func SnoozeUntil(until, day string, now time.Time) (t time.Time, err error) {
	switch until {
	case "tomorrow":
		t = Morning(now, 1)
	case "week":
		t = NextMonday(now)
	case "now":
		return time.Time{}, nil
	case "date":
		if t, err = time.ParseInLocation(time.DateOnly, strings.TrimSpace(day), now.Location()); err != nil {
			return t, lang.Invalid("date", "desk.no-date")
		}
		t = t.Add(morningHour * time.Hour)
	default:
		return t, lang.Invalid("until", "error.value", until)
	}
	if !t.After(now) {
		return t, lang.Invalid("date", "desk.past")
	}
	return t, nil
}
