package web

import (
	"crypto/rand"
	"net/http"
	"slices"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/inbox"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/live"
	"github.com/entregent/entregent/internal/people"
	"github.com/entregent/entregent/internal/source"
	"github.com/entregent/entregent/internal/store"
)

// A thread: what was said, who asked, and what to do about it.
var threadRoutes = []Route{
	{Method: http.MethodGet, Path: "/thread", Name: "thread", Allow: Working, Scope: Read, Handle: thread, Out: threadView{}, Page: true, Query: []Parameter{
		{"id", "the thread", "string"},
		{"message", "a message of it, which is shown; enough without id", "string"},
		{"page", "from 1; left out, the page of what waits", "integer"},
	}},
}

// threadView is a thread as it is shown.
type threadView struct {
	when
	Thread   conversation.ThreadID   `json:"thread"`
	Opening  string                  `json:"opening"`  // how it begins
	Messages []said                  `json:"messages"` // of this page, in order of time
	Page     pageOf                  `json:"page"`
	Desk     inbox.State             `json:"desk"`
	Assigned string                  `json:"assigned,omitempty"` // the assignee's name
	Waiting  []live.Appeal           `json:"waiting"`            // messages of it that wait
	Askers   []asker                 `json:"askers"`
	Notes    []noteView              `json:"notes"`
	Parts    []conversation.ThreadID `json:"parts"` // threads merged into it
	Lookers  []looker                `json:"lookers"`
	Next     conversation.MessageID  `json:"next,omitempty"` // who waits next, in another thread
	Way      string                  `json:"way"`            // by which answers go out: mail, file, api, demo
	Draft    draft                   `json:"-"`
	Team     []account.User          `json:"-"`
	Canned   []inbox.CannedReply     `json:"-"`
	Me       string                  `json:"-"` // the account by which the reader speaks
}

// asker is what is known of somebody who waits, from what she wrote here.
type asker struct {
	Person   conversation.PersonID `json:"person"`
	Name     string                `json:"name"`
	Newcomer bool                  `json:"newcomer"`
	Messages int                   `json:"messages"`
	First    time.Time             `json:"first,omitzero"`
	Earlier  []live.Appeal         `json:"earlier"`        // her latest appeals in other threads
	Band     string                `json:"band,omitempty"` // of whuffie, if she agreed to have one
}

// noteView is a note with who wrote it.
type noteView struct {
	inbox.Note
	Name string `json:"name"`
}

// looker is somebody else who has the thread open.
type looker struct {
	User   int64  `json:"user"`
	Name   string `json:"name"`
	Typing bool   `json:"typing"`
}

// draft is an answer being written.
type draft struct {
	To     conversation.MessageID
	Text   string
	Canned int64
	Key    string // makes sending it twice one answer
	Seen   int64  // the newest message that its writer had seen, by Seq
}

func (threadView) Template() string { return "thread" }

// Title is how the thread begins.
func (v threadView) Title(l lang.Language) string { return l.Say("title.thread", v.Opening) }

// Later are the times to which the thread can be snoozed with one click.
func (v threadView) Later() map[string]time.Time {
	return map[string]time.Time{"tomorrow": v.morning(1), "week": v.monday()}
}

// Aside says whether it was set aside.
func (v threadView) Aside() bool { return !v.Desk.Closed.IsZero() }

// Snoozed says whether it is snoozed now.
func (v threadView) Snoozed() bool { return v.now.Before(v.Desk.Snoozed) }

// Answerable are the messages that an answer can be to: those that wait, then the
// community's on this page, the newest first.
func (v threadView) Answerable() []said {
	var waits, rest []said
	for _, m := range slices.Backward(v.Messages) {
		switch {
		case m.Waits:
			waits = append([]said{m}, waits...)
		case !m.Ours() && !m.Gone():
			rest = append(rest, m)
		}
	}
	return append(waits, rest...)
}

// thread shows a thread.
func thread(r *Request) (View, error) {
	q := r.URL.Query()
	id, at := conversation.ThreadID(q.Get("id")), conversation.MessageID(q.Get("message"))
	if id == "" {
		if at == "" {
			return nil, &Bad{"id", "error.value", []any{"id"}}
		}
		m, err := r.Server.Store.Message(r.Context(), at)
		if err != nil {
			return nil, err
		}
		id = m.Thread
	}
	v, err := r.thread(id, draft{To: at})
	if err != nil {
		return nil, err
	}
	if r.form == asPage && r.Header.Get("X-Part") == "" { // what a page fetches by itself says nothing of its reader
		err = inbox.MarkViewing(r.Context(), r.Server.Store, v.Thread, r.User.ID, false)
	}
	return v, err
}

// thread reads a thread with all that is shown beside it.
func (r *Request) thread(id conversation.ThreadID, d draft) (v threadView, err error) {
	kept, ctx := r.Server.Store, r.Context()
	settings, err := r.settings()
	if err != nil {
		return v, err
	}
	v = threadView{when: r.when(settings), Draft: d, Me: r.author()}
	if v.Desk, err = r.desk(id); err != nil {
		return v, err
	}
	v.Thread = v.Desk.Thread
	messages, err := kept.Thread(ctx, v.Thread)
	if err != nil {
		return v, err
	}
	if len(messages) == 0 {
		return v, store.ErrNotFound
	}
	v.Opening = excerpt(messages[0].Text, 60)
	if v.Way, err = r.way(messages[len(messages)-1].Source); err != nil {
		return v, err
	}
	v.appeals(r, messages)
	if err := v.turn(r, messages); err != nil {
		return v, err
	}
	if v.Canned, err = inbox.CannedReplies(ctx, kept); err != nil {
		return v, err
	}
	if err := v.askers(r, messages[0]); err != nil {
		return v, err
	}
	if err := v.beside(r); err != nil {
		return v, err
	}
	v.begin(messages)
	return v, v.next(r, settings.Promise)
}

// way is how answers to a source go out: the source's kind, one of those whose
// words the catalogue has.
func (r *Request) way(name string) (string, error) {
	from, err := source.ByName(r.Context(), r.Server.Store, name)
	if err != nil && !isLost(err) {
		return "", err
	}
	if !r.Lang.Has("reply.goes." + string(from.Kind)) {
		return "api", nil
	}
	return string(from.Kind), nil
}

// desk is the desk of a thread, or of the one that it was merged into.
func (r *Request) desk(id conversation.ThreadID) (d inbox.State, err error) {
	for range 100 { // the store allows no circle
		if d, err = inbox.StateOf(r.Context(), r.Server.Store, id); err != nil || d.Into == "" {
			return d, err
		}
		id = d.Into
	}
	return d, nil
}

// appeals finds which messages of the thread wait, and of which threads it is
// made.
func (v *threadView) appeals(r *Request, messages []store.Message) {
	v.Waiting, v.Parts = []live.Appeal{}, []conversation.ThreadID{}
	parts := []conversation.ThreadID{v.Thread}
	for _, m := range messages {
		if !slices.Contains(parts, m.Thread) {
			parts = append(parts, m.Thread)
			v.Parts = append(v.Parts, m.Thread)
		}
	}
	for _, part := range parts {
		found, _ := r.Server.Live.Appeals(live.Which{Thread: part, Waiting: true, Needing: true})
		for _, a := range found {
			if !slices.ContainsFunc(v.Waiting, func(b live.Appeal) bool { return a.Message == b.Message }) {
				v.Waiting = append(v.Waiting, a)
			}
		}
	}
	slices.SortStableFunc(v.Waiting, func(a, b live.Appeal) int { return a.Arrived.Compare(b.Arrived) })
}

// threadPage is how many messages a page of a thread has.
const threadPage = 40

// turn shows the page asked for; without one, that of the message to be
// answered, else of the first that waits, else the last.
func (v *threadView) turn(r *Request, messages []store.Message) (err error) {
	waits := map[conversation.MessageID]bool{}
	for _, a := range v.Waiting {
		waits[a.Message] = true
	}
	v.Page = r.pageOf(len(messages), threadPage)
	if r.Number("page", 0) == 0 {
		at := slices.IndexFunc(messages, func(m store.Message) bool { return m.ID == v.Draft.To })
		if at < 0 {
			at = slices.IndexFunc(messages, func(m store.Message) bool { return waits[m.ID] })
		}
		if at < 0 {
			at = len(messages) - 1
		}
		v.Page.Number = at/v.Page.Size + 1
	}
	v.Messages, err = r.show(messages[v.Page.from():v.Page.to()])
	for i, m := range v.Messages {
		v.Messages[i].Waits = waits[m.ID]
	}
	return err
}

// askers tells of those who wait here, or else of who opened the thread.
func (v *threadView) askers(r *Request, opening store.Message) error {
	v.Askers = []asker{}
	newcomers := map[conversation.PersonID]bool{}
	var people []conversation.PersonID
	for _, a := range v.Waiting {
		newcomers[a.Asker] = newcomers[a.Asker] || a.Newcomer
		if a.Asker != "" && !slices.Contains(people, a.Asker) && len(people) < 3 {
			people = append(people, a.Asker)
		}
	}
	if len(people) == 0 && opening.Author != "" && opening.Side != conversation.Organisation {
		people = append(people, opening.Author)
	}
	for _, id := range people {
		a, err := r.asker(id, v.Thread)
		if err != nil {
			return err
		}
		a.Newcomer = newcomers[id]
		v.Askers = append(v.Askers, a)
	}
	return nil
}

// asker reads what is known of somebody, this thread left aside.
func (r *Request) asker(id conversation.PersonID, here conversation.ThreadID) (a asker, err error) {
	p, err := people.PersonOf(r.Context(), r.Server.Store, id)
	if err != nil {
		return a, err
	}
	a = asker{Person: id, Name: p.Name, Messages: p.Messages, First: p.First, Earlier: []live.Appeal{}}
	if a.Name == "" {
		a.Name = string(id)
	}
	appeals, _ := r.Server.Live.Appeals(live.Which{Person: id, Newest: true, Limit: 6})
	for _, e := range appeals {
		if e.Thread != here && len(a.Earlier) < 5 {
			a.Earlier = append(a.Earlier, e)
		}
	}
	a.Band, err = r.band(id)
	return a, err
}

// beside reads what teammates did: who takes care, notes, who looks.
func (v *threadView) beside(r *Request) error {
	team, users, err := r.team()
	if err != nil {
		return err
	}
	v.Team, v.Assigned = team, users[v.Desk.Assignee]
	notes, err := inbox.Notes(r.Context(), r.Server.Store, v.Thread)
	if err != nil {
		return err
	}
	v.Notes = make([]noteView, len(notes))
	for i, n := range notes {
		v.Notes[i] = noteView{n, users[n.By]}
	}
	v.Lookers, err = r.lookers(v.Thread, users)
	return err
}

// lookers are the others who have a thread open.
func (r *Request) lookers(id conversation.ThreadID, users map[int64]string) ([]looker, error) {
	found, err := inbox.Viewers(r.Context(), r.Server.Store, id)
	list := []looker{}
	for user, typing := range found {
		if user != r.User.ID {
			list = append(list, looker{user, users[user], typing})
		}
	}
	slices.SortFunc(list, func(a, b looker) int { return int(a.User - b.User) })
	return list, err
}

// begin fills what a draft lacks.
func (v *threadView) begin(messages []store.Message) {
	if v.Draft.Key == "" {
		v.Draft.Key = rand.Text()
	}
	for _, m := range messages {
		v.Draft.Seen = max(v.Draft.Seen, m.Seq)
	}
	if to := v.Answerable(); len(to) > 0 && !slices.ContainsFunc(to, func(m said) bool { return m.ID == v.Draft.To }) {
		v.Draft.To = to[0].ID
	}
}

// next finds who waits next in another thread.
func (v *threadView) next(r *Request, promise time.Duration) error {
	lanes, err := r.Server.whoWaits(r.Context(), promise)
	for _, o := range lanes["waiting"].list {
		if o.Desk().Thread != v.Thread {
			v.Next = o.Message
			break
		}
	}
	return err
}
