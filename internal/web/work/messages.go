package work

import (
	"iter"
	"net/http"
	"strconv"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/live"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/web"
)

// The messages behind a number: every number links here.
var messagesRoutes = []web.Route{
	{Method: http.MethodGet, Path: "/messages", Name: "messages", Allow: account.Working, Scope: account.Read, Handle: showMessages, Out: messagesView{}, Page: true, Query: []web.Parameter{
		{Name: "waiting", About: "1: appeals without an answer", Type: "boolean"},
		{Name: "within", About: "appeals answered within so long: 24h, 7d", Type: "string"},
		{Name: "late", About: "appeals not answered within so long", Type: "string"},
		{Name: "needing", About: "1: only appeals that need an answer", Type: "boolean"},
		{Name: "since", About: "appeals or messages from this day on", Type: "string"},
		{Name: "days", About: "appeals of the last so many days", Type: "integer"},
		{Name: "channel", About: "appeals of this channel", Type: "string"},
		{Name: "person", About: "appeals of this person", Type: "string"},
		{Name: "thread", About: "appeals of this thread", Type: "string"},
		{Name: "newest", About: "1: the newest first", Type: "boolean"},
		{Name: "author", About: "any messages of this person", Type: "string"},
		{Name: "source", About: "any messages of this source", Type: "string"},
		{Name: "q", About: "any messages that hold all these words", Type: "string"},
		{Name: "page", About: "from 1", Type: "integer"},
		{Name: "after", About: "any messages after this one, by seq", Type: "integer"},
		{Name: "limit", About: "items of a page, 50 at first, at most 1000", Type: "integer"},
	}},
}

// messagesView is a list of messages: of appeals, with what became of each, or of
// any.
type messagesView struct {
	web.Clock
	Appeals bool         `json:"appeals"` // the items are appeals
	Items   []web.Listed `json:"items"`
	Page    web.Paging   `json:"page"`            // of appeals
	After   int64        `json:"after,omitempty"` // of any messages: where the next page begins; 0: there is none
	Chosen  []string     `json:"-"`               // what was chosen by, in words
	which   live.Which
	Q       string `json:"-"`
}

func (messagesView) Template() string { return "messages" }

// showMessages lists what was asked for.
func showMessages(r *web.Request) (web.View, error) {
	set, err := r.Settings()
	if err != nil {
		return nil, err
	}
	v := messagesView{Clock: r.Clock(set), Items: []web.Listed{}}
	if err := v.read(r); err != nil {
		return nil, err
	}
	if v.Appeals {
		return v, v.appeals(r)
	}
	return v, v.any(r)
}

// read understands which appeals are asked for; none of it means any messages.
func (v *messagesView) read(r *web.Request) (err error) {
	q, w := r.URL.Query(), &v.which
	is := func(name string) bool { return q.Get(name) == "1" || q.Get(name) == "true" }
	w.Waiting, w.Needing, w.Newest = is("waiting"), is("needing"), is("newest")
	if w.Within, err = length(q.Get("within")); err != nil {
		return lang.Invalid("within", "error.value", q.Get("within"))
	}
	if w.Late, err = length(q.Get("late")); err != nil {
		return lang.Invalid("late", "error.value", q.Get("late"))
	}
	w.Channel, w.Person, w.Thread = q.Get("channel"), conversation.PersonID(q.Get("person")), conversation.ThreadID(q.Get("thread"))
	if days := r.Number("days", 0); days > 0 {
		w.Since = v.Now.AddDate(0, 0, -days)
		if f := r.Server.Live.Figures(); !f.Until.IsZero() {
			w.Since = f.Until.AddDate(0, 0, -days) // the figures' own days
		}
	}
	v.Appeals = *w != live.Which{}
	if text := q.Get("since"); text != "" {
		if w.Since, err = time.ParseInLocation(time.DateOnly, text, v.Zone); err != nil {
			if w.Since, err = time.Parse(time.RFC3339, text); err != nil {
				return lang.Invalid("since", "error.value", text)
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
func (v *messagesView) words(r *web.Request) {
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
func (v *messagesView) appeals(r *web.Request) error {
	w := v.which
	ask := r.OpenPaging(50)
	w.Limit = ask.Number * ask.Size
	list, total := r.Server.Live.Appeals(w)
	v.Page = r.Paging(total, 50)
	if w.Limit != v.Page.Number*v.Page.Size {
		w.Limit = v.Page.Number * v.Page.Size
		list, _ = r.Server.Live.Appeals(w)
	}
	list = list[min(v.Page.From(), len(list)):min(v.Page.To(), len(list))]
	var err error
	v.Items, err = r.Appeals(list)
	return err
}

// any lists any messages, in the order in which they came.
func (v *messagesView) any(r *web.Request) error {
	q := r.URL.Query()
	v.Page = r.OpenPaging(50)
	list, err := r.Server.Store.Messages(r.Context(), store.Range{After: int64(r.Number("after", 0)), Author: conversation.PersonID(q.Get("author")),
		Source: q.Get("source"), Text: v.Q, Since: v.which.Since, Limit: v.Page.Size + 1})
	if err != nil {
		return err
	}
	if len(list) > v.Page.Size {
		list = list[:v.Page.Size]
		v.After = list[len(list)-1].Seq
	}
	texts, err := r.Show(list)
	for _, m := range texts {
		v.Items = append(v.Items, web.Listed{MessageView: m})
	}
	return err
}

// Onward is the address of the next page of any messages; "" when there is none.
func (v messagesView) Onward() string {
	if v.After == 0 {
		return ""
	}
	q := v.Page.At.Query()
	q.Set("after", strconv.FormatInt(v.After, 10))
	return v.Page.At.Path + "?" + q.Encode()
}

// Header and Rows are the list as CSV.
func (v messagesView) Header() []string {
	return []string{"id", "thread", "person", "name", "side", "department", "source", "channel", "lang", "time", "needs_answer", "answered", "receipt", "left", "text"}
}

func (v messagesView) Rows() iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		for _, m := range v.Items {
			if !yield([]string{string(m.ID), string(m.Thread), string(m.Person), m.Name, m.Side, m.Department, m.Source, m.Channel, m.Lang, web.Stamp(m.Time),
				strconv.FormatBool(m.Needs), web.Stamp(m.Answered), web.Stamp(m.Receipt), web.Stamp(m.Left), m.Text}) {
				return
			}
		}
	}
}
