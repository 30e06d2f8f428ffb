package work

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/inbox"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/web"
)

// What is done with a thread besides answering: who takes care, when it comes
// back, what it belongs to. All of it can be undone.
var handlingRoutes = []web.Route{
	{Method: http.MethodPost, Path: "/thread/assign", Name: "thread-assign", Allow: account.Working, Scope: account.Write, Handle: assign, In: assignIn{}, Out: web.Done{}, Page: true},
	{Method: http.MethodPost, Path: "/thread/snooze", Name: "thread-snooze", Allow: account.Working, Scope: account.Write, Handle: snooze, In: snoozeIn{}, Out: web.Done{}, Page: true},
	{Method: http.MethodPost, Path: "/thread/aside", Name: "thread-aside", Allow: account.Working, Scope: account.Write, Handle: setAside, In: asideIn{}, Out: web.Done{}, Page: true},
	{Method: http.MethodPost, Path: "/thread/merge", Name: "thread-merge", Allow: account.Working, Scope: account.Write, Handle: mergeThread, In: mergeThreadIn{}, Out: web.Done{}, Page: true},
	{Method: http.MethodPost, Path: "/thread/restore", Name: "thread-restore", Allow: account.Working, Scope: account.Write, Handle: restore, In: restoreIn{}, Out: web.Done{}, Page: true},
	{Method: http.MethodPost, Path: "/thread/note", Name: "thread-note", Allow: account.Working, Scope: account.Write, Handle: addNote, In: noteIn{}, Out: web.Done{}, Page: true},
}

type assignIn struct {
	Thread  conversation.ThreadID `json:"thread"`
	User    int64                 `json:"user"`    // who takes care; 0: nobody
	Version int                   `json:"version"` // of the state as it was seen; -1: whatever it is
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

func assign(r *web.Request) (web.View, error) {
	var in assignIn
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	name, err := inbox.CheckAssignee(r.Context(), r.Server.Store, in.User)
	if err != nil {
		return nil, err
	}
	notice, args := "desk.assigned", []any{name}
	if in.User == 0 {
		notice, args = "desk.unassigned", nil
	}
	return handle(r, in.Thread, in.Version, func(d *inbox.State) { d.Assignee = in.User }, notice, args...)
}

func snooze(r *web.Request) (web.View, error) {
	var in snoozeIn
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	settings, err := r.Settings()
	if err != nil {
		return nil, err
	}
	c := r.Clock(settings)
	until, err := inbox.SnoozeUntil(in.Until, in.Date, c.Local())
	if err != nil {
		return nil, err
	}
	notice, args := "desk.snoozed", []any{r.Lang.Moment(c.At(until))}
	if until.IsZero() {
		notice, args = "desk.awake", nil
	}
	return handle(r, in.Thread, in.Version, func(d *inbox.State) { d.Snoozed = until }, notice, args...)
}

func setAside(r *web.Request) (web.View, error) {
	var in asideIn
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	if in.Back {
		return handle(r, in.Thread, in.Version, func(d *inbox.State) { d.Closed = time.Time{} }, "desk.back")
	}
	return handle(r, in.Thread, in.Version, func(d *inbox.State) { d.Closed = r.Now() }, "desk.aside")
}

func mergeThread(r *web.Request) (web.View, error) {
	var in mergeThreadIn
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	into, err := inbox.MergeTarget(r.Context(), r.Server.Store, in.Thread, in.Into)
	if err != nil {
		return nil, err
	}
	return handle(r, in.Thread, in.Version, func(d *inbox.State) { d.Into = into }, "desk.merged")
}

// restore makes a state what it was: the undo of all that stands above.
func restore(r *web.Request) (web.View, error) {
	var in restoreIn
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	return handle(r, in.Thread, in.Version, func(d *inbox.State) {
		d.Assignee, d.Snoozed, d.Into, d.Closed = in.Assignee, in.Snoozed, in.Into, in.Closed
	}, "desk.restored")
}

// handle changes the state of a thread that is there, has the measures follow, and
// tells how to undo it.
func handle(r *web.Request, id conversation.ThreadID, version int, change func(*inbox.State), notice string, args ...any) (web.View, error) {
	done, err := inbox.Handle(r.Context(), r.Server.Store, id, version, r.User.ID, change)
	if err != nil {
		return nil, err
	}
	touched := id
	if done.Merged {
		touched = "" // whatever hangs on either
	}
	if err := r.Moved(touched); err != nil {
		return nil, err
	}
	before := done.Before
	undo := &web.Undo{Action: "/thread/restore", Fields: map[string]string{
		"thread": string(id), "assignee": strconv.FormatInt(before.Assignee, 10), "snoozed": exactly(before.Snoozed),
		"into": string(before.Into), "closed": exactly(before.Closed), "version": strconv.Itoa(before.Version + 1),
	}}
	return web.Done{Location: web.ThreadAt(id), Notice: notice, Args: args, Undo: undo}, nil
}

func addNote(r *web.Request) (web.View, error) {
	var in noteIn
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	if strings.TrimSpace(in.Text) == "" {
		return nil, lang.Invalid("text", "desk.no-note")
	}
	id, err := inbox.FindThread(r.Context(), r.Server.Store, string(in.Thread))
	if err != nil {
		return nil, err
	}
	n, err := inbox.AddNote(r.Context(), r.Server.Store, inbox.Note{Thread: id, By: r.User.ID, Time: r.Now(), Text: in.Text})
	return web.Done{Location: web.ThreadAt(id), Notice: "desk.noted", Result: n}, err
}

// exactly writes a time whole, so that undoing restores it.
func exactly(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}
