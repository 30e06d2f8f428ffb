package web

import (
	"iter"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/notice"
	"github.com/entregent/entregent/internal/store"
)

// The inbox: who is waiting, the first screen.
var inboxRoutes = []Route{
	{Method: http.MethodGet, Path: "/inbox", Name: "inbox", Allow: Working, Scope: Read, Handle: showInbox, Out: inboxView{}, Page: true, Query: []Parameter{
		{"list", "waiting (left out), snoozed or aside", "string"},
		{"channel", "only this channel", "string"},
		{"department", "only this department", "string"},
		{"language", "only this language, a BCP 47 tag", "string"},
		{"who", "mine, nobody, or a user's number", "string"},
		{"due", "passed: the promised wait is over; kept: it isn't", "string"},
		{"q", "only messages that hold all these words", "string"},
		{"page", "from 1", "integer"},
		{"limit", "items of a page, 50 at first, at most 1000", "integer"},
	}},
}

// wish is what somebody wants to see of the inbox.
type wish struct {
	List, Channel, Department, Language, Who, Due, Q string
}

// inboxView is the inbox as it is shown.
type inboxView struct {
	when
	Wish     wish             `json:"-"`
	Tiles    *tiles           `json:"tiles"`
	Promise  float64          `json:"promise_hours"`
	Counts   map[string]int   `json:"counts"` // waiting, snoozed, aside
	Items    []waitingItem    `json:"items"`  // of this page, in the order in which to answer them
	Facets   map[string][]tag `json:"facets"` // channel, department, language: what there is to choose from
	Page     pageOf           `json:"page"`
	CutOff   bool             `json:"cut_off"` // more messages hold these words than are gone through
	Reading  *float64         `json:"reading"` // 0..1 while the house reads its messages for the first time; else null
	Notices  int              `json:"notices"` // unread
	Team     []account.User   `json:"-"`
	Empty    bool             `json:"-"` // there isn't a single message yet
	promised time.Duration
}

// waitingItem is a message that waits, as the list shows it.
type waitingItem struct {
	Message    conversation.MessageID `json:"message"`
	Thread     conversation.ThreadID  `json:"thread"`
	Asker      conversation.PersonID  `json:"asker"`
	Name       string                 `json:"name"`
	Channel    string                 `json:"channel"`
	Department string                 `json:"department,omitempty"`
	Lang       string                 `json:"lang"`
	Arrived    time.Time              `json:"arrived"`
	Due        time.Time              `json:"due"` // when the promised wait is over
	Receipt    time.Time              `json:"receipt,omitzero"`
	Newcomer   bool                   `json:"newcomer"`
	Merged     int                    `json:"merged"` // later messages that joined it
	Assignee   int64                  `json:"assignee,omitempty"`
	Assigned   string                 `json:"assigned,omitempty"` // the assignee's name
	Snoozed    time.Time              `json:"snoozed,omitzero"`
	Aside      time.Time              `json:"aside,omitzero"`
	Excerpt    string                 `json:"excerpt"`
}

// tag is something to choose, and how many there are of it.
type tag struct {
	Name  string `json:"name"`
	Count int    `json:"count"`
}

func (inboxView) Template() string { return "inbox" }

// inbox shows who waits.
func showInbox(r *Request) (View, error) {
	settings, err := r.settings()
	if err != nil {
		return nil, err
	}
	q := r.URL.Query()
	v := inboxView{when: r.when(settings), Promise: settings.Promise.Hours(), promised: settings.Promise,
		Wish: wish{q.Get("list"), q.Get("channel"), q.Get("department"), q.Get("language"), q.Get("who"), q.Get("due"), q.Get("q")}}
	if done, ready := r.Server.Live.Ready(); !ready {
		v.Reading = &done
	}
	lanes, err := r.Server.whoWaits(r.Context(), settings.Promise)
	if err != nil {
		return nil, err
	}
	chosen, err := v.choose(r, lanes)
	if err != nil {
		return nil, err
	}
	v.Page = r.pageOf(len(chosen), 50)
	if err := v.fill(r, chosen[v.Page.from():v.Page.to()]); err != nil {
		return nil, err
	}
	if v.Tiles, err = r.tiles(v.when); err != nil {
		return nil, err
	}
	notices, err := notice.Notices(r.Context(), r.Server.Store, true, 100)
	v.Notices = len(notices)
	v.Empty = v.Tiles.Figures.Messages == 0
	return v, err
}

// choose keeps those who are wished for, counts the lists, and finds what there
// is to choose from.
func (v *inboxView) choose(r *Request, lanes map[string]lane) ([]open, error) {
	if v.Wish.List != "snoozed" && v.Wish.List != "aside" {
		v.Wish.List = "waiting"
	}
	v.Counts = map[string]int{}
	for name, lane := range lanes {
		v.Counts[name] = len(lane.list)
	}
	here := lanes[v.Wish.List]
	v.Facets = here.facets
	if !v.Narrowed() {
		return here.list, nil
	}
	found, err := v.search(r)
	if err != nil {
		return nil, err
	}
	var chosen []open
	for _, o := range here.list {
		if v.wanted(o, r.User.ID) && (found == nil || found[o.Message]) {
			chosen = append(chosen, o)
		}
	}
	return chosen, nil
}

// wanted says whether a message that waits is wished for, its words left aside.
func (v *inboxView) wanted(o open, me int64) bool {
	w := v.Wish
	late := v.Past(o.Arrived.Add(v.promised))
	who, _ := strconv.ParseInt(w.Who, 10, 64)
	assignee := o.Desk().Assignee
	return (w.Channel == "" || w.Channel == o.Channel) &&
		(w.Department == "" || w.Department == o.Department) &&
		(w.Language == "" || w.Language == o.Lang) &&
		(w.Who == "" || w.Who == "mine" && assignee == me || w.Who == "nobody" && assignee == 0 || who != 0 && assignee == who) &&
		(w.Due == "" || w.Due == "passed" && late || w.Due == "kept" && !late)
}

// searched is how many messages with the words looked for are gone through.
const searched = 5000

// search finds the messages that hold the words wished for; nil when none are.
func (v *inboxView) search(r *Request) (map[conversation.MessageID]bool, error) {
	if v.Wish.Q == "" {
		return nil, nil
	}
	list, err := r.Server.Store.Messages(r.Context(), store.Range{Text: v.Wish.Q, Limit: searched})
	found := make(map[conversation.MessageID]bool, len(list))
	for _, m := range list {
		found[m.ID] = true
	}
	v.CutOff = len(list) == searched
	return found, err
}

// fill reads what the page shows of those chosen.
func (v *inboxView) fill(r *Request, chosen []open) error {
	team, users, err := r.team()
	if err != nil {
		return err
	}
	v.Team = team
	ids := make([]conversation.MessageID, len(chosen))
	for i, o := range chosen {
		ids[i] = o.Message
	}
	messages, err := r.messages(ids)
	if err != nil {
		return err
	}
	text := map[conversation.MessageID]said{}
	for _, m := range messages {
		text[m.ID] = m
	}
	v.Items = make([]waitingItem, 0, len(chosen))
	for _, o := range chosen {
		m, there := text[o.Message]
		if !there { // erased since the list was made
			continue
		}
		d := o.Desk()
		v.Items = append(v.Items, waitingItem{Message: o.Message, Thread: o.Thread, Asker: o.Asker, Name: m.Name, Channel: o.Channel,
			Department: o.Department, Lang: o.Lang, Arrived: o.Arrived, Due: o.Arrived.Add(v.promised), Receipt: o.Receipt,
			Newcomer: o.Newcomer, Merged: o.Merged, Assignee: d.Assignee, Assigned: users[d.Assignee],
			Snoozed: d.Snoozed, Aside: d.Closed, Excerpt: m.Excerpt()})
	}
	return nil
}

// tagsOf lists what was counted, by name.
func tagsOf(counts map[string]int) []tag {
	list := []tag{}
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		if name != "" {
			list = append(list, tag{name, counts[name]})
		}
	}
	return list
}

// Lists are the three lists.
func (inboxView) Lists() []string { return laneNames }

// Promised is the promised wait.
func (v inboxView) Promised() time.Duration { return v.promised }

// choice is something by which the list can be narrowed.
type choice struct {
	Name, Chosen string
	Tags         []tag
}

// Choices are those whose values the list itself says.
func (v inboxView) Choices() []choice {
	return []choice{{"channel", v.Wish.Channel, v.Facets["channel"]}, {"department", v.Wish.Department, v.Facets["department"]},
		{"language", v.Wish.Language, v.Facets["language"]}}
}

// List gives the address of another of the lists.
func (v inboxView) List(name string) string {
	if name == "waiting" {
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
			if !yield([]string{string(i.Message), string(i.Thread), string(i.Asker), i.Name, i.Channel, i.Department, i.Lang, stamp(i.Arrived), stamp(i.Due),
				stamp(i.Receipt), strconv.FormatBool(i.Newcomer), i.Assigned, stamp(i.Snoozed), stamp(i.Aside), i.Excerpt}) {
				return
			}
		}
	}
}

// stamp writes a time for a program; never is empty.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
