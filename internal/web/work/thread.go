package work

import (
	"crypto/rand"
	"errors"
	"net/http"
	"slices"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/consent"
	"github.com/entregent/entregent/internal/inbox"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/live"
	"github.com/entregent/entregent/internal/people"
	"github.com/entregent/entregent/internal/source"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/web"
)

// A thread: what was said, who asked, and what to do about it.
var threadRoutes = []web.Route{
	{Method: http.MethodGet, Path: "/thread", Name: "thread", Allow: account.Working, Scope: account.Read, Handle: showThread, Out: threadView{}, Page: true, Query: []web.Parameter{
		{Name: "id", About: "the thread", Type: "string"},
		{Name: "message", About: "a message of it, which is shown; enough without id", Type: "string"},
		{Name: "page", About: "from 1; left out, the page of what waits", Type: "integer"},
	}},
}

// threadView is a thread as it is shown.
type threadView struct {
	web.Clock
	Thread   conversation.ThreadID   `json:"thread"`
	Opening  string                  `json:"opening"`  // how it begins
	Messages []web.MessageView       `json:"messages"` // of this page, in order of time
	Page     web.Paging              `json:"page"`
	Desk     inbox.State             `json:"desk"`
	Assigned string                  `json:"assigned,omitempty"` // the assignee's name
	Waiting  []live.Appeal           `json:"waiting"`            // messages of it that wait
	Askers   []asker                 `json:"askers"`
	Notes    []noteView              `json:"notes"`
	Parts    []conversation.ThreadID `json:"parts"` // threads merged into it
	Viewers  []inbox.Viewer          `json:"lookers"`
	Next     conversation.MessageID  `json:"next,omitempty"` // who waits next, in another thread
	Way      string                  `json:"way"`            // by which answers go out: mail, file, api, demo
	Draft    inbox.Draft             `json:"-"`
	Team     []account.User          `json:"-"`
	Canned   []inbox.CannedReply     `json:"-"`
	Me       string                  `json:"-"` // the account by which the reader speaks
}

// asker is what is known of somebody who waits, from what they wrote here.
type asker struct {
	Person   conversation.PersonID `json:"person"`
	Name     string                `json:"name"`
	Newcomer bool                  `json:"newcomer"`
	Messages int                   `json:"messages"`
	First    time.Time             `json:"first,omitzero"`
	Earlier  []live.Appeal         `json:"earlier"`        // their latest appeals in other threads
	Band     string                `json:"band,omitempty"` // of whuffie, if they agreed to have one
}

// noteView is a note with who wrote it.
type noteView struct {
	inbox.Note
	Name string `json:"name"`
}

func (threadView) Template() string { return "thread" }

// Title is how the thread begins.
func (v threadView) Title(l lang.Language) string { return l.Say("title.thread", v.Opening) }

// Later are the times to which the thread can be snoozed with one click.
func (v threadView) Later() map[string]time.Time {
	return map[string]time.Time{"tomorrow": inbox.Morning(v.Local(), 1), "week": inbox.NextMonday(v.Local())}
}

// Aside says whether it was set aside.
func (v threadView) Aside() bool { return !v.Desk.Closed.IsZero() }

// Snoozed says whether it is snoozed now.
func (v threadView) Snoozed() bool { return v.Now.Before(v.Desk.Snoozed) }

// Answerable are the messages that an answer can be to: those that wait, then the
// community's on this page, the newest first.
func (v threadView) Answerable() []web.MessageView {
	var waits, rest []web.MessageView
	for _, m := range slices.Backward(v.Messages) {
		switch {
		case m.Waits:
			waits = append([]web.MessageView{m}, waits...)
		case !m.Ours() && !m.Gone():
			rest = append(rest, m)
		}
	}
	return append(waits, rest...)
}

// showThread shows a thread.
func showThread(r *web.Request) (web.View, error) {
	q := r.URL.Query()
	id, at := conversation.ThreadID(q.Get("id")), conversation.MessageID(q.Get("message"))
	if id == "" {
		if at == "" {
			return nil, lang.Invalid("id", "error.value", "id")
		}
		m, err := r.Server.Store.Message(r.Context(), at)
		if err != nil {
			return nil, err
		}
		id = m.Thread
	}
	v, err := readThread(r, inbox.Draft{Thread: id, To: at})
	if err != nil {
		return nil, err
	}
	if r.Format == web.AsPage && r.Header.Get("X-Part") == "" { // what a page fetches by itself says nothing of its reader
		err = inbox.MarkViewing(r.Context(), r.Server.Store, v.Thread, r.User.ID, false)
	}
	return v, err
}

// readThread reads the thread of a draft with all that is shown beside it.
func readThread(r *web.Request, d inbox.Draft) (v threadView, err error) {
	s, ctx := r.Server, r.Context()
	set, err := r.Settings()
	if err != nil {
		return v, err
	}
	v = threadView{Clock: r.Clock(set), Draft: d, Me: r.User.Author()}
	if v.Desk, err = inbox.MergedStateOf(ctx, s.Store, d.Thread); err != nil {
		return v, err
	}
	v.Thread = v.Desk.Thread
	messages, err := s.Store.Thread(ctx, v.Thread)
	if err != nil {
		return v, err
	}
	if len(messages) == 0 {
		return v, store.ErrNotFound
	}
	v.Opening = web.Excerpt(messages[0].Text, 60)
	v.Waiting, v.Parts = inbox.WaitingIn(s.Live, v.Thread, messages)
	if v.Way, err = sendingWay(r, messages[len(messages)-1].Source); err != nil {
		return v, err
	}
	for _, fill := range []func(*web.Request, []store.Message) error{v.fillPage, v.fillAskers, v.fillTeam} {
		if err := fill(r, messages); err != nil {
			return v, err
		}
	}
	v.fillDraft(messages)
	v.Next, err = s.Waiting.Next(ctx, set.Promise, v.Thread)
	return v, err
}

// sendingWay is how answers to a source go out: the source's kind, one of those whose
// words the catalogue has.
func sendingWay(r *web.Request, name string) (string, error) {
	from, err := source.ByName(r.Context(), r.Server.Store, name)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return "", err
	}
	if !r.Lang.Has("reply.goes." + string(from.Kind)) {
		return "api", nil
	}
	return string(from.Kind), nil
}

// threadPage is how many messages a page of a thread has.
const threadPage = 40

// fillPage reads the page asked for; without one, that of the message to be
// answered, else of the first that waits, else the last.
func (v *threadView) fillPage(r *web.Request, messages []store.Message) (err error) {
	waits := map[conversation.MessageID]bool{}
	for _, a := range v.Waiting {
		waits[a.Message] = true
	}
	v.Page = r.Paging(len(messages), threadPage)
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
	v.Messages, err = r.Show(messages[v.Page.From():v.Page.To()])
	for i, m := range v.Messages {
		v.Messages[i].Waits = waits[m.ID]
	}
	return err
}

// mostAskers is how many people a thread's page tells of, and earlierShown how many
// of their earlier appeals.
const (
	mostAskers   = 3
	earlierShown = 5
)

// fillAskers tells of those who wait here, or else of who opened the thread.
func (v *threadView) fillAskers(r *web.Request, messages []store.Message) error {
	opening := messages[0]
	v.Askers = []asker{}
	newcomers := map[conversation.PersonID]bool{}
	var ids []conversation.PersonID
	for _, a := range v.Waiting {
		newcomers[a.Asker] = newcomers[a.Asker] || a.Newcomer
		if a.Asker != "" && !slices.Contains(ids, a.Asker) && len(ids) < mostAskers {
			ids = append(ids, a.Asker)
		}
	}
	if len(ids) == 0 && opening.Author != "" && opening.Side != conversation.Organisation {
		ids = append(ids, opening.Author)
	}
	for _, id := range ids {
		a, err := askerOf(r, id, v.Thread)
		if err != nil {
			return err
		}
		a.Newcomer = newcomers[id]
		v.Askers = append(v.Askers, a)
	}
	return nil
}

// askerOf reads what is known of somebody, this thread left aside.
func askerOf(r *web.Request, id conversation.PersonID, here conversation.ThreadID) (a asker, err error) {
	p, err := people.PersonOf(r.Context(), r.Server.Store, id)
	if err != nil {
		return a, err
	}
	a = asker{Person: id, Name: p.Name, Messages: p.Messages, First: p.First, Earlier: []live.Appeal{}}
	if a.Name == "" {
		a.Name = string(id)
	}
	appeals, _ := r.Server.Live.Appeals(live.Which{Person: id, Newest: true, Limit: earlierShown + 1})
	for _, e := range appeals {
		if e.Thread != here && len(a.Earlier) < earlierShown {
			a.Earlier = append(a.Earlier, e)
		}
	}
	a.Band, err = consent.Band(r.Context(), r.Server.Store, r.Server.Live, id)
	return a, err
}

// fillTeam reads what teammates did and can use: who takes care, notes, who has the
// thread open, canned replies.
func (v *threadView) fillTeam(r *web.Request, _ []store.Message) error {
	s, ctx := r.Server.Store, r.Context()
	team, users, err := account.Team(ctx, s)
	if err != nil {
		return err
	}
	v.Team, v.Assigned = team, users[v.Desk.Assignee]
	notes, err := inbox.Notes(ctx, s, v.Thread)
	if err != nil {
		return err
	}
	v.Notes = make([]noteView, len(notes))
	for i, n := range notes {
		v.Notes[i] = noteView{n, users[n.By]}
	}
	if v.Canned, err = inbox.CannedReplies(ctx, s); err != nil {
		return err
	}
	v.Viewers, err = inbox.OtherViewers(ctx, s, v.Thread, r.User.ID, users)
	return err
}

// fillDraft fills what a draft lacks.
func (v *threadView) fillDraft(messages []store.Message) {
	if v.Draft.Key == "" {
		v.Draft.Key = rand.Text()
	}
	for _, m := range messages {
		v.Draft.Seen = max(v.Draft.Seen, m.Seq)
	}
	if to := v.Answerable(); len(to) > 0 && !slices.ContainsFunc(to, func(m web.MessageView) bool { return m.ID == v.Draft.To }) {
		v.Draft.To = to[0].ID
	}
}
