package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/inbox"
	"github.com/entregent/entregent/internal/store"
)

// What is done with a thread besides answering: who takes care, when it comes
// back, what it belongs to. All of it can be undone.
var handlingRoutes = []Route{
	{Method: http.MethodPost, Path: "/thread/assign", Name: "thread-assign", Allow: Working, Scope: Write, Handle: assign, In: assignIn{}, Out: Done{}, Page: true},
	{Method: http.MethodPost, Path: "/thread/snooze", Name: "thread-snooze", Allow: Working, Scope: Write, Handle: snooze, In: snoozeIn{}, Out: Done{}, Page: true},
	{Method: http.MethodPost, Path: "/thread/aside", Name: "thread-aside", Allow: Working, Scope: Write, Handle: aside, In: asideIn{}, Out: Done{}, Page: true},
	{Method: http.MethodPost, Path: "/thread/merge", Name: "thread-merge", Allow: Working, Scope: Write, Handle: mergeThread, In: mergeThreadIn{}, Out: Done{}, Page: true},
	{Method: http.MethodPost, Path: "/thread/restore", Name: "thread-restore", Allow: Working, Scope: Write, Handle: restore, In: restoreIn{}, Out: Done{}, Page: true},
	{Method: http.MethodPost, Path: "/thread/note", Name: "thread-note", Allow: Working, Scope: Write, Handle: note, In: noteIn{}, Out: Done{}, Page: true},
}

type assignIn struct {
	Thread  conversation.ThreadID `json:"thread"`
	User    int64                 `json:"user"`    // who takes care; 0: nobody
	Version int                   `json:"version"` // of the desk as it was seen; -1: whatever it is
}

type snoozeIn struct {
	Thread  conversation.ThreadID `json:"thread"`
	Until   string                `json:"until"` // tomorrow, week, date, or now, which ends it
	Date    string                `json:"date"`  // 2026-03-14, for date
	Version int                   `json:"version"`
}

type asideIn struct {
	Thread  conversation.ThreadID `json:"thread"`
	Back    bool                  `json:"back"` // takes it back into the list
	Version int                   `json:"version"`
}

type mergeThreadIn struct {
	Thread  conversation.ThreadID `json:"thread"`
	Into    string                `json:"into"` // a thread, or the address of its page
	Version int                   `json:"version"`
}

type restoreIn struct {
	Thread   conversation.ThreadID `json:"thread"`
	Assignee int64                 `json:"assignee"`
	Snoozed  time.Time             `json:"snoozed"`
	Into     conversation.ThreadID `json:"into"`
	Closed   time.Time             `json:"closed"`
	Version  int                   `json:"version"`
}

type noteIn struct {
	Thread conversation.ThreadID `json:"thread"`
	Text   string                `json:"text"`
}

func assign(r *Request) (View, error) {
	var in assignIn
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	team, users, err := r.team()
	if err != nil {
		return nil, err
	}
	works := in.User == 0
	for _, u := range team {
		works = works || u.ID == in.User
	}
	if !works {
		return nil, &Bad{"user", "desk.no-teammate", nil}
	}
	notice, args := "desk.assigned", []any{users[in.User]}
	if in.User == 0 {
		notice, args = "desk.unassigned", nil
	}
	return r.handle(in.Thread, in.Version, func(d *inbox.State) { d.Assignee = in.User }, notice, args...)
}

func snooze(r *Request) (View, error) {
	var in snoozeIn
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	settings, err := r.settings()
	if err != nil {
		return nil, err
	}
	w := r.when(settings)
	var until time.Time
	switch in.Until {
	case "tomorrow":
		until = w.morning(1)
	case "week":
		until = w.monday()
	case "now":
		return r.handle(in.Thread, in.Version, func(d *inbox.State) { d.Snoozed = time.Time{} }, "desk.awake")
	case "date":
		day, err := time.ParseInLocation(time.DateOnly, strings.TrimSpace(in.Date), w.zone)
		if err != nil {
			return nil, &Bad{"date", "desk.no-date", nil}
		}
		until = day.Add(9 * time.Hour)
	default:
		return nil, &Bad{"until", "error.value", []any{in.Until}}
	}
	if !until.After(w.now) {
		return nil, &Bad{"date", "desk.past", nil}
	}
	return r.handle(in.Thread, in.Version, func(d *inbox.State) { d.Snoozed = until }, "desk.snoozed", r.Lang.Moment(w.At(until)))
}

func aside(r *Request) (View, error) {
	var in asideIn
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	if in.Back {
		return r.handle(in.Thread, in.Version, func(d *inbox.State) { d.Closed = time.Time{} }, "desk.back")
	}
	return r.handle(in.Thread, in.Version, func(d *inbox.State) { d.Closed = r.Now() }, "desk.aside")
}

func mergeThread(r *Request) (View, error) {
	var in mergeThreadIn
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	into, err := r.named(in.Into)
	if err != nil {
		return nil, err
	}
	if into == in.Thread {
		return nil, &Bad{"into", "desk.itself", nil}
	}
	return r.handle(in.Thread, in.Version, func(d *inbox.State) { d.Into = into }, "desk.merged")
}

// named finds the thread that somebody means by its id, by that of one of its
// messages, or by the address of its page.
func (r *Request) named(text string) (conversation.ThreadID, error) {
	text = strings.TrimSpace(text)
	var message string
	if u, err := url.Parse(text); err == nil && strings.HasSuffix(u.Path, "/thread") {
		text, message = u.Query().Get("id"), u.Query().Get("message")
	}
	if text == "" {
		text = message
	}
	messages, err := r.Server.Store.Messages(r.Context(), store.Range{Thread: conversation.ThreadID(text), Limit: 1})
	if err != nil {
		return "", err
	}
	if text != "" && len(messages) > 0 {
		return messages[0].Thread, nil
	}
	m, err := r.Server.Store.Message(r.Context(), conversation.MessageID(text))
	if isLost(err) {
		return "", &Bad{"into", "desk.no-thread", nil}
	}
	return m.Thread, err
}

// restore makes a desk what it was: the undo of all that stands above.
func restore(r *Request) (View, error) {
	var in restoreIn
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	return r.handle(in.Thread, in.Version, func(d *inbox.State) {
		d.Assignee, d.Snoozed, d.Into, d.Closed = in.Assignee, in.Snoozed, in.Into, in.Closed
	}, "desk.restored")
}

// handle changes the desk of a thread that is there, has the measures follow, and
// tells how to undo it.
func (r *Request) handle(id conversation.ThreadID, version int, change func(*inbox.State), notice string, args ...any) (View, error) {
	kept, ctx := r.Server.Store, r.Context()
	if _, err := r.named(string(id)); err != nil {
		return nil, err
	}
	d, err := inbox.StateOf(ctx, kept, id)
	if err != nil {
		return nil, err
	}
	d.Version = version
	change(&d)
	before, err := inbox.SetState(ctx, kept, d, r.User.ID)
	if err != nil {
		return nil, err
	}
	touched := id
	if before.Into != d.Into {
		touched = "" // whatever hangs on either
	}
	if err := r.moved(touched); err != nil {
		return nil, err
	}
	undo := &Undo{Action: "/thread/restore", Fields: map[string]string{
		"thread": string(id), "assignee": strconv.FormatInt(before.Assignee, 10), "snoozed": exactly(before.Snoozed),
		"into": string(before.Into), "closed": exactly(before.Closed), "version": strconv.Itoa(before.Version + 1),
	}}
	return Done{Location: threadAt(id), Notice: notice, Args: args, Undo: undo}, nil
}

func note(r *Request) (View, error) {
	var in noteIn
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	if strings.TrimSpace(in.Text) == "" {
		return nil, &Bad{"text", "desk.no-note", nil}
	}
	id, err := r.named(string(in.Thread))
	if err != nil {
		return nil, err
	}
	n, err := inbox.AddNote(r.Context(), r.Server.Store, inbox.Note{Thread: id, By: r.User.ID, Time: r.Now(), Text: in.Text})
	return Done{Location: threadAt(id), Notice: "desk.noted", Result: n}, err
}

// exactly writes a time whole, so that undoing restores it.
func exactly(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

// threadAt is the address of a thread's page.
func threadAt(id conversation.ThreadID) string { return "/thread?id=" + escape(string(id)) }

func escape(text string) string { return url.QueryEscape(text) }
