package persons

import (
	"cmp"
	"errors"
	"iter"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/board"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/people"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/web"
	"github.com/entregent/entregent/whuffie"
)

// Thanks: a word to who helped, put on record as a gift.
var thanksRoutes = []web.Route{
	{Method: http.MethodGet, Path: "/thanks", Name: "thanks", Allow: account.Working, Scope: account.Read, Handle: showThanks, Out: thanksView{}, Page: true, Query: []web.Parameter{
		{Name: "to", About: "whom the form thanks", Type: "string"},
		{Name: "from", About: "who thanks", Type: "string"},
		{Name: "text", About: "for what", Type: "string"},
		{Name: "message", About: "for which message", Type: "string"},
		{Name: "days", About: "how far back, 7 at first", Type: "integer"},
	}},
	{Method: http.MethodPost, Path: "/thank", Name: "thank", Allow: account.Working, Scope: account.Write, Handle: recordThanks, In: thankIn{}, Out: web.Done{}, Page: true},
	{Method: http.MethodPost, Path: "/thank/undo", Name: "thank-undo", Allow: account.Working, Scope: account.Write, Handle: takeBackThanks, In: unthankIn{}, Out: web.Done{}, Page: true},
}

// thanksView is who was thanked of late, what is on record, and the form.
type thanksView struct {
	web.Clock
	Days    int               `json:"days"`
	Thanked []thanked         `json:"thanked"` // by name, and not by how much
	Total   int               `json:"total"`   // thanks said
	Kept    []recordLine      `json:"record"`  // put on record here, the newest first
	Of      *thanked          `json:"of"`      // whom the form thanks, when they are known; else null
	For     []web.MessageView `json:"for"`     // the messages in which people thanked them, the newest first
	Form    thankIn           `json:"-"`
	Me      string            `json:"-"`
}

// thanked is somebody who was thanked.
type thanked struct {
	Person conversation.PersonID `json:"person"`
	Name   string                `json:"name"`
	Thanks int                   `json:"thanks"`
	Latest time.Time             `json:"latest"`
}

// recordLine is a thanks on record with its names.
type recordLine struct {
	board.Thanks
	NameFrom string `json:"name_from"`
	NameTo   string `json:"name_to"`
}

func (thanksView) Template() string { return "thanks" }

// thankIn is a thanks as its form sends it.
type thankIn struct {
	From    string                 `json:"from"` // a person; empty: the user
	To      string                 `json:"to"`   // a person, or a name that nobody else has
	Text    string                 `json:"text"`
	Message conversation.MessageID `json:"message,omitempty"`
}

type unthankIn struct {
	ID string `json:"id"`
}

func showThanks(r *web.Request) (web.View, error) {
	q := r.URL.Query()
	v, err := readThanks(r, thankIn{From: q.Get("from"), To: q.Get("to"), Text: q.Get("text"), Message: conversation.MessageID(q.Get("message"))})
	if err != nil {
		return nil, err
	}
	return v, v.fillThanked(r)
}

// fillThanked finds in which messages the person was thanked whom the form thanks.
func (v *thanksView) fillThanked(r *web.Request) error {
	p, err := people.PersonOf(r.Context(), r.Server.Store, conversation.PersonID(v.Form.To))
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	v.Of = &thanked{Person: p.ID, Name: p.Name}
	why, err := r.Server.Live.Why(p.ID)
	if errors.Is(err, whuffie.ErrUnknown) {
		return nil
	}
	if err != nil {
		return err
	}
	v.For, err = r.Messages(board.MessagesOf(why.Thanks, p.ID, v.Now.AddDate(0, 0, -v.Days), forListed))
	return err
}

const forListed = 100

// readThanks reads the page with a form as it was filled in.
func readThanks(r *web.Request, form thankIn) (v thanksView, err error) {
	set, err := r.Settings()
	if err != nil {
		return v, err
	}
	v = thanksView{Clock: r.Clock(set), Days: min(max(r.Number("days", 7), 1), 366), Form: form, Me: r.User.Author(), Thanked: []thanked{}, Kept: []recordLine{}, For: []web.MessageView{}}
	since := v.Now.AddDate(0, 0, -v.Days)
	givers := r.Server.Live.Givers(since)
	kept, err := board.ThanksGiven(r.Context(), r.Server.Store, since)
	if err != nil {
		return v, err
	}
	var ids []conversation.PersonID
	for _, g := range givers {
		ids = append(ids, g.Person)
	}
	for _, th := range kept {
		ids = append(ids, th.From, th.To)
	}
	names, err := people.ShownNames(r.Context(), r.Server.Store, ids)
	for _, g := range givers {
		v.Thanked = append(v.Thanked, thanked{g.Person, names[g.Person], g.Thanks, g.Latest})
		v.Total += g.Thanks
	}
	slices.SortFunc(v.Thanked, func(a, b thanked) int {
		return cmp.Or(strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), cmp.Compare(a.Person, b.Person))
	})
	for _, th := range slices.Backward(kept) {
		v.Kept = append(v.Kept, recordLine{th, names[th.From], names[th.To]})
	}
	return v, err
}

// recordThanks puts a thanks on record.
func recordThanks(r *web.Request) (web.View, error) {
	var in thankIn
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	th, name, err := board.Record(r.Context(), r.Server.Store, board.Request{Own: conversation.PersonID(r.User.Author()),
		From: in.From, To: in.To, Text: in.Text, Message: in.Message, By: r.User.ID, Time: r.Now()})
	if bad, ok := err.(*lang.InputError); ok {
		v, err := readThanks(r, in)
		if err != nil {
			return nil, err
		}
		return v, bad
	}
	if err != nil {
		return nil, err
	}
	return web.Done{Location: "/thanks", Notice: "thanks.done", Args: []any{name}, Result: th.ID,
		Undo: &web.Undo{Action: "/thank/undo", Fields: map[string]string{"id": th.ID}}}, updateStanding(r)
}

// updateStanding has standing know the thanks that was just recorded, or taken back.
func updateStanding(r *web.Request) error {
	if err := r.Moved(""); err != nil {
		return err
	}
	return r.Server.Live.Stand(r.Context())
}

// takeBackThanks takes a thanks back.
func takeBackThanks(r *web.Request) (web.View, error) {
	var in unthankIn
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	if err := board.Unthank(r.Context(), r.Server.Store, in.ID); err != nil {
		return nil, err
	}
	return web.Done{Location: "/thanks", Notice: "thanks.undone"}, updateStanding(r)
}

// Header and Rows are the thanks on record as CSV.
func (v thanksView) Header() []string {
	return []string{"id", "time", "from", "to", "text", "message", "taken_back"}
}

func (v thanksView) Rows() iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		for _, th := range v.Kept {
			if !yield([]string{th.ID, web.Stamp(th.Time), string(th.From), string(th.To), th.Text, string(th.Message), web.Stamp(th.Gone)}) {
				return
			}
		}
	}
}
