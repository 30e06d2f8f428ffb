package work

import (
	"iter"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/inbox"
	"github.com/entregent/entregent/internal/live"
	"github.com/entregent/entregent/internal/notice"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/web"
)

// The inbox: who is waiting, the first screen.
var inboxRoutes = []web.Route{
	{Method: http.MethodGet, Path: "/inbox", Name: "inbox", Allow: account.Working, Scope: account.Read, Handle: showInbox, Out: inboxView{}, Page: true, Query: []web.Parameter{
		{Name: "list", About: "waiting (left out), snoozed or aside", Type: "string"},
		{Name: "channel", About: "only this channel", Type: "string"},
		{Name: "department", About: "only this department", Type: "string"},
		{Name: "language", About: "only this language, a BCP 47 tag", Type: "string"},
		{Name: "who", About: "mine, nobody, or a user's number", Type: "string"},
		{Name: "due", About: "passed: the promised wait is over; kept: it isn't", Type: "string"},
		{Name: "q", About: "only messages that hold all these words", Type: "string"},
		{Name: "page", About: "from 1", Type: "integer"},
		{Name: "limit", About: "items of a page, 50 at first, at most 1000", Type: "integer"},
	}},
}

// wish is what somebody wants to see of the inbox.
type wish struct {
	List, Channel, Department, Language, Who, Due, Q string
}

// inboxView is the inbox as it is shown.
type inboxView struct {
	web.Clock
	Wish     wish                     `json:"-"`
	Tiles    *tiles                   `json:"tiles"`
	Promise  float64                  `json:"promise_hours"`
	Counts   map[string]int           `json:"counts"` // waiting, snoozed, aside
	Items    []waitingItem            `json:"items"`  // of this page, in the order in which to answer them
	Facets   map[string][]inbox.Facet `json:"facets"` // channel, department, language: what there is to choose from
	Page     web.Paging               `json:"page"`
	CutOff   bool                     `json:"cut_off"` // more messages hold these words than are gone through
	Reading  *float64                 `json:"reading"` // 0..1 while the server reads its messages for the first time; else null
	Notices  int                      `json:"notices"` // unread
	Team     []account.User           `json:"-"`
	Empty    bool                     `json:"-"` // there isn't a single message yet
	promised time.Duration
}

// waitingItem is a message that waits, as the list shows it.
type waitingItem struct {
	live.Appeal
	Name     string    `json:"name"`
	Due      time.Time `json:"due"` // when the promised wait is over
	Assignee int64     `json:"assignee,omitempty"`
	Assigned string    `json:"assigned,omitempty"` // the assignee's name
	Snoozed  time.Time `json:"snoozed,omitzero"`
	Aside    time.Time `json:"aside,omitzero"`
	Excerpt  string    `json:"excerpt"`
}

func (inboxView) Template() string { return "inbox" }

// showInbox shows who waits.
func showInbox(r *web.Request) (web.View, error) {
	set, err := r.Settings()
	if err != nil {
		return nil, err
	}
	q := r.URL.Query()
	v := inboxView{Clock: r.Clock(set), Promise: set.Promise.Hours(), promised: set.Promise,
		Wish: wish{q.Get("list"), q.Get("channel"), q.Get("department"), q.Get("language"), q.Get("who"), q.Get("due"), q.Get("q")}}
	if done, ready := r.Server.Live.Ready(); !ready {
		v.Reading = &done
	}
	if err := v.fillQueue(r); err != nil {
		return nil, err
	}
	if v.Tiles, err = readTiles(r, v.Clock); err != nil {
		return nil, err
	}
	notices, err := notice.Notices(r.Context(), r.Server.Store, true, 100)
	v.Notices = len(notices)
	v.Empty = v.Tiles.Figures.Messages == 0
	return v, err
}

// fillQueue fills in the queue that is wished for, how long each is, and what there
// is to choose from.
func (v *inboxView) fillQueue(r *web.Request) error {
	queues, err := r.Server.Waiting.All(r.Context(), v.promised)
	if err != nil {
		return err
	}
	if v.Wish.List != inbox.QueueSnoozed && v.Wish.List != inbox.QueueAside {
		v.Wish.List = inbox.QueueWaiting
	}
	v.Counts = map[string]int{}
	for name, queue := range queues {
		v.Counts[name] = len(queue.List)
	}
	here := queues[v.Wish.List]
	v.Facets = here.Facets
	chosen := here.List
	if v.Narrowed() {
		f := inbox.Filter{Channel: v.Wish.Channel, Department: v.Wish.Department, Language: v.Wish.Language, Who: v.Wish.Who, Due: v.Wish.Due}
		if f.Found, err = v.search(r); err != nil {
			return err
		}
		chosen = here.Choose(f, r.User.ID, v.Now, v.promised)
	}
	v.Page = r.Paging(len(chosen), 50)
	return v.fillItems(r, chosen[v.Page.From():v.Page.To()])
}

// maxFound is how many messages with the words looked for are gone through.
const maxFound = 5000

// search finds the messages that hold the words wished for; nil when none are.
func (v *inboxView) search(r *web.Request) (map[conversation.MessageID]bool, error) {
	if v.Wish.Q == "" {
		return nil, nil
	}
	list, err := r.Server.Store.Messages(r.Context(), store.Range{Text: v.Wish.Q, Limit: maxFound})
	found := make(map[conversation.MessageID]bool, len(list))
	for _, m := range list {
		found[m.ID] = true
	}
	v.CutOff = len(list) == maxFound
	return found, err
}

// fillItems reads what the page shows of those chosen.
func (v *inboxView) fillItems(r *web.Request, chosen []inbox.Waiting) error {
	team, users, err := account.Team(r.Context(), r.Server.Store)
	if err != nil {
		return err
	}
	v.Team = team
	ids := make([]conversation.MessageID, len(chosen))
	for i, w := range chosen {
		ids[i] = w.Message
	}
	messages, err := r.Messages(ids)
	if err != nil {
		return err
	}
	text := map[conversation.MessageID]web.MessageView{}
	for _, m := range messages {
		text[m.ID] = m
	}
	v.Items = make([]waitingItem, 0, len(chosen))
	for _, w := range chosen {
		m, there := text[w.Message]
		if !there { // erased since the list was made
			continue
		}
		d := w.State()
		v.Items = append(v.Items, waitingItem{Appeal: *w.Appeal, Name: m.Name, Due: w.Arrived.Add(v.promised),
			Assignee: d.Assignee, Assigned: users[d.Assignee], Snoozed: d.Snoozed, Aside: d.Closed, Excerpt: m.Excerpt()})
	}
	return nil
}

// Lists are the queues.
func (inboxView) Lists() []string { return inbox.QueueNames() }

// Promised is the promised wait.
func (v inboxView) Promised() time.Duration { return v.promised }

// choice is something by which the list can be narrowed.
type choice struct {
	Name, Chosen string
	Tags         []inbox.Facet
}

// Choices are those whose values the list itself says.
func (v inboxView) Choices() []choice {
	return []choice{{"channel", v.Wish.Channel, v.Facets["channel"]}, {"department", v.Wish.Department, v.Facets["department"]},
		{"language", v.Wish.Language, v.Facets["language"]}}
}

// List gives the address of another of the lists.
func (v inboxView) List(name string) string {
	if name == inbox.QueueWaiting {
		return "/inbox"
	}
	return "/inbox?list=" + url.QueryEscape(name)
}

// Narrowed says whether only a part of the list is wished for.
func (v inboxView) Narrowed() bool {
	return v.Wish != wish{List: v.Wish.List}
}

// Header and Rows are the page's list as CSV.
func (v inboxView) Header() []string {
	return []string{"message", "thread", "asker", "name", "channel", "department", "lang", "arrived", "due", "receipt", "newcomer", "assigned", "snoozed", "aside", "excerpt"}
}

func (v inboxView) Rows() iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		for _, i := range v.Items {
			if !yield([]string{string(i.Message), string(i.Thread), string(i.Asker), i.Name, i.Channel, i.Department, i.Lang, web.Stamp(i.Arrived), web.Stamp(i.Due),
				web.Stamp(i.Receipt), strconv.FormatBool(i.Newcomer), i.Assigned, web.Stamp(i.Snoozed), web.Stamp(i.Aside), i.Excerpt}) {
				return
			}
		}
	}
}
