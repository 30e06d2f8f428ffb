package web

import (
	"iter"
	"net/http"
	"strconv"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/live"
	"github.com/entregent/entregent/internal/store"
)

// The messages behind a number: every number links here.
var messagesRoutes = []Route{
	{Method: http.MethodGet, Path: "/messages", Name: "messages", Allow: Working, Scope: Read, Handle: messages, Out: messagesView{}, Page: true, Query: []Parameter{
		{"waiting", "1: appeals without an answer", "boolean"},
		{"within", "appeals answered within so long: 24h, 7d", "string"},
		{"late", "appeals not answered within so long", "string"},
		{"needing", "1: only appeals that need an answer", "boolean"},
		{"since", "appeals or messages from this day on", "string"},
		{"days", "appeals of the last so many days", "integer"},
		{"channel", "appeals of this channel", "string"},
		{"person", "appeals of this person", "string"},
		{"thread", "appeals of this thread", "string"},
		{"newest", "1: the newest first", "boolean"},
		{"author", "any messages of this person", "string"},
		{"source", "any messages of this source", "string"},
		{"q", "any messages that hold all these words", "string"},
		{"page", "from 1", "integer"},
		{"after", "any messages after this one, by seq", "integer"},
		{"limit", "items of a page, 50 at first, at most 1000", "integer"},
	}},
}

// messagesView is a list of messages: of appeals, with what became of each, or of
// any.
type messagesView struct {
	when
	Appeals bool     `json:"appeals"` // the items are appeals
	Items   []listed `json:"items"`
	Page    pageOf   `json:"page"`            // of appeals
	After   int64    `json:"after,omitempty"` // of any messages: where the next page begins; 0: there is none
	Chosen  []string `json:"-"`               // what was chosen by, in words
	which   live.Which
	Q       string `json:"-"`
}

// listed is a message behind a number.
type listed struct {
	said
	Answered time.Time `json:"answered,omitzero"`
	Receipt  time.Time `json:"receipt,omitzero"`
	Left     time.Time `json:"left,omitzero"`
	Needs    bool      `json:"needs_answer,omitempty"`
}

func (messagesView) Template() string { return "messages" }

// messages lists what was asked for.
func messages(r *Request) (View, error) {
	settings, err := r.settings()
	if err != nil {
		return nil, err
	}
	v := messagesView{when: r.when(settings), Items: []listed{}}
	if err := v.read(r); err != nil {
		return nil, err
	}
	if v.Appeals {
		return v, v.appeals(r)
	}
	return v, v.any(r)
}

// read understands which appeals are asked for; none of it means any messages.
func (v *messagesView) read(r *Request) (err error) {
	q, w := r.URL.Query(), &v.which
	is := func(name string) bool { return q.Get(name) == "1" || q.Get(name) == "true" }
	w.Waiting, w.Needing, w.Newest = is("waiting"), is("needing"), is("newest")
	if w.Within, err = length(q.Get("within")); err != nil {
		return &Bad{"within", "error.value", []any{q.Get("within")}}
	}
	if w.Late, err = length(q.Get("late")); err != nil {
		return &Bad{"late", "error.value", []any{q.Get("late")}}
	}
	w.Channel, w.Person, w.Thread = q.Get("channel"), conversation.PersonID(q.Get("person")), conversation.ThreadID(q.Get("thread"))
	if days := r.Number("days", 0); days > 0 {
		w.Since = v.now.AddDate(0, 0, -days)
		if f := r.Server.Live.Figures(); !f.Until.IsZero() {
			w.Since = f.Until.AddDate(0, 0, -days) // the figures' own days
		}
	}
	v.Appeals = *w != live.Which{}
	if text := q.Get("since"); text != "" {
		if w.Since, err = time.ParseInLocation(time.DateOnly, text, v.zone); err != nil {
			if w.Since, err = time.Parse(time.RFC3339, text); err != nil {
				return &Bad{"since", "error.value", []any{text}}
			}
		}
	}
	v.Q = q.Get("q")
	v.words(r)
	return nil
}

// length reads a length of time as the addresses write it: 24h, 7d.
func length(text string) (time.Duration, error) {
	if text == "" {
		return 0, nil
	}
	if n := len(text) - 1; text[n] == 'd' {
		days, err := strconv.Atoi(text[:n])
		return time.Duration(days) * 24 * time.Hour, err
	}
	return time.ParseDuration(text)
}

// words say what is shown.
func (v *messagesView) words(r *Request) {
	w, l := v.which, r.Lang
	for _, part := range []struct {
		on   bool
		key  string
		args []any
	}{
		{w.Needing, "messages.needing", nil},
		{w.Waiting, "messages.waiting", nil},
		{w.Within > 0, "messages.within", []any{l.Duration(w.Within.Hours())}},
		{w.Late > 0, "messages.late", []any{l.Duration(w.Late.Hours())}},
		{!w.Since.IsZero(), "messages.since", []any{l.Date(v.At(w.Since))}},
		{w.Channel != "", "messages.channel", []any{l.Name("channel", w.Channel)}},
		{w.Person != "", "messages.person", []any{string(w.Person)}},
		{v.Q != "", "messages.words", []any{v.Q}},
	} {
		if part.on {
			v.Chosen = append(v.Chosen, l.Say(part.key, part.args...))
		}
	}
}

// appeals lists the page's appeals.
func (v *messagesView) appeals(r *Request) error {
	w := v.which
	ask := r.openPage(50)
	w.Limit = ask.Number * ask.Size
	list, total := r.Server.Live.Appeals(w)
	v.Page = r.pageOf(total, 50)
	if w.Limit != v.Page.Number*v.Page.Size {
		w.Limit = v.Page.Number * v.Page.Size
		list, _ = r.Server.Live.Appeals(w)
	}
	list = list[min(v.Page.from(), len(list)):min(v.Page.to(), len(list))]
	ids := make([]conversation.MessageID, len(list))
	for i, a := range list {
		ids[i] = a.Message
	}
	texts, err := r.messages(ids)
	if err != nil {
		return err
	}
	text := map[conversation.MessageID]said{}
	for _, m := range texts {
		text[m.ID] = m
	}
	for _, a := range list {
		if m, there := text[a.Message]; there {
			v.Items = append(v.Items, listed{m, a.Answered, a.Receipt, a.Left, a.Needs})
		}
	}
	return nil
}

// any lists any messages, in the order in which they came.
func (v *messagesView) any(r *Request) error {
	q := r.URL.Query()
	v.Page = r.openPage(50)
	list, err := r.Server.Store.Messages(r.Context(), store.Range{After: int64(r.Number("after", 0)), Author: conversation.PersonID(q.Get("author")),
		Source: q.Get("source"), Text: v.Q, Since: v.which.Since, Limit: v.Page.Size + 1})
	if err != nil {
		return err
	}
	if len(list) > v.Page.Size {
		list = list[:v.Page.Size]
		v.After = list[len(list)-1].Seq
	}
	texts, err := r.show(list)
	for _, m := range texts {
		v.Items = append(v.Items, listed{said: m})
	}
	return err
}

// Onward is the address of the next page of any messages; "" when there is none.
func (v messagesView) Onward() string {
	if v.After == 0 {
		return ""
	}
	q := v.Page.at.Query()
	q.Set("after", strconv.FormatInt(v.After, 10))
	return v.Page.at.Path + "?" + q.Encode()
}

// Header and Rows are the list as CSV.
func (v messagesView) Header() []string {
	return []string{"id", "thread", "person", "name", "side", "department", "source", "channel", "lang", "time", "needs_answer", "answered", "receipt", "left", "text"}
}

func (v messagesView) Rows() iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		for _, m := range v.Items {
			if !yield([]string{string(m.ID), string(m.Thread), string(m.Person), m.Name, m.Side, m.Department, m.Source, m.Channel, m.Lang, stamp(m.Time),
				strconv.FormatBool(m.Needs), stamp(m.Answered), stamp(m.Receipt), stamp(m.Left), m.Text}) {
				return
			}
		}
	}
}
