package web

import (
	"cmp"
	"errors"
	"iter"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/board"
	"github.com/entregent/entregent/internal/people"
	"github.com/entregent/entregent/whuffie"
)

// Thanks: a word to who helped, put on record as a gift.
var thanksRoutes = []Route{
	{Method: http.MethodGet, Path: "/thanks", Name: "thanks", Allow: Working, Scope: Read, Handle: thanks, Out: thanksView{}, Page: true, Query: []Parameter{
		{"to", "whom the form thanks", "string"},
		{"from", "who thanks", "string"},
		{"text", "for what", "string"},
		{"message", "for which message", "string"},
		{"days", "how far back, 7 at first", "integer"},
	}},
	{Method: http.MethodPost, Path: "/thank", Name: "thank", Allow: Working, Scope: Write, Handle: thank, In: thankIn{}, Out: Done{}, Page: true},
	{Method: http.MethodPost, Path: "/thank/undo", Name: "thank-undo", Allow: Working, Scope: Write, Handle: unthank, In: unthankIn{}, Out: Done{}, Page: true},
}

// thanksView is who was thanked of late, what is on record, and the form.
type thanksView struct {
	when
	Days    int          `json:"days"`
	Thanked []thanked    `json:"thanked"` // by name, and not by how much
	Total   int          `json:"total"`   // thanks said
	Kept    []recordLine `json:"record"`  // put on record here, the newest first
	Of      *thanked     `json:"of"`      // whom the form thanks, when she is known; else null
	For     []said       `json:"for"`     // the messages in which people thanked her, the newest first
	Form    thankIn      `json:"-"`
	Me      string       `json:"-"`
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
	From    string                 `json:"from"` // a person; empty: the user herself
	To      string                 `json:"to"`   // a person, or a name that nobody else has
	Text    string                 `json:"text"`
	Message conversation.MessageID `json:"message,omitempty"`
}

type unthankIn struct {
	ID string `json:"id"`
}

func thanks(r *Request) (View, error) {
	q := r.URL.Query()
	v, err := r.thanks(thankIn{From: q.Get("from"), To: q.Get("to"), Text: q.Get("text"), Message: conversation.MessageID(q.Get("message"))})
	if err != nil {
		return nil, err
	}
	return v, v.of(r)
}

// of finds in which messages she was thanked whom the form thanks.
func (v *thanksView) of(r *Request) error {
	p, err := people.PersonOf(r.Context(), r.Server.Store, conversation.PersonID(v.Form.To))
	if isLost(err) {
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
	slices.SortFunc(why.Thanks, func(a, b whuffie.Flow) int { return b.Time.Compare(a.Time) })
	var ids []conversation.MessageID
	for _, f := range why.Thanks {
		if id, ok := saidIn(f.ID, p.ID); ok && len(ids) < forListed && f.Time.After(v.now.AddDate(0, 0, -v.Days)) && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	v.For, err = r.messages(ids)
	return err
}

const forListed = 100

// thanks reads the page with a form as it was filled in.
func (r *Request) thanks(form thankIn) (v thanksView, err error) {
	settings, err := r.settings()
	if err != nil {
		return v, err
	}
	v = thanksView{when: r.when(settings), Days: min(max(r.Number("days", 7), 1), 366), Form: form, Me: r.author(), Thanked: []thanked{}, Kept: []recordLine{}, For: []said{}}
	since := v.now.AddDate(0, 0, -v.Days)
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
	names, err := r.names(ids)
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

// sameThanks is how long the same words from and to the same people are one
// thanks.
const sameThanks = 10 * time.Minute

// thank puts a thanks on record.
func thank(r *Request) (View, error) {
	var in thankIn
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	th, name, err := r.toThank(in)
	if bad, ok := err.(*Bad); ok {
		v, err := r.thanks(in)
		if err != nil {
			return nil, err
		}
		return v, bad
	}
	if err != nil {
		return nil, err
	}
	given, err := board.ThanksGiven(r.Context(), r.Server.Store, r.Now().Add(-sameThanks))
	if err != nil {
		return nil, err
	}
	same := func(g board.Thanks) bool {
		return g.From == th.From && g.To == th.To && g.Message == th.Message && g.Text == th.Text && g.Gone.IsZero()
	}
	if at := slices.IndexFunc(given, same); at >= 0 {
		th.ID = given[at].ID // the form was sent twice
	}
	if th, err = board.Thank(r.Context(), r.Server.Store, th); err != nil {
		return nil, err
	}
	return Done{Location: "/thanks", Notice: "thanks.done", Args: []any{name}, Result: th.ID,
		Undo: &Undo{"/thank/undo", map[string]string{"id": th.ID}}}, r.thanked()
}

// thanked has standing know the thanks that was just recorded, or taken back.
func (r *Request) thanked() error {
	if err := r.moved(""); err != nil {
		return err
	}
	return r.Server.Live.Stand(r.Context())
}

// toThank makes a thanks of a form: who is meant, and that it isn't oneself.
func (r *Request) toThank(in thankIn) (th board.Thanks, name string, err error) {
	to, err := r.someone(strings.TrimSpace(in.To), "to")
	if err != nil {
		return th, "", err
	}
	from := conversation.PersonID(r.author())
	if in.From = strings.TrimSpace(in.From); in.From != "" && in.From != string(from) {
		p, err := r.someone(in.From, "from")
		if err != nil {
			return th, "", err
		}
		from = p.ID
	}
	if from == to.ID || slices.ContainsFunc(to.Accounts, func(a people.Account) bool { return a.ID == string(from) }) {
		return th, "", &Bad{"to", "thanks.self", nil}
	}
	if in.Message != "" {
		if _, err := r.Server.Store.Message(r.Context(), in.Message); err != nil {
			return th, "", err
		}
	}
	return board.Thanks{From: from, To: to.ID, Time: r.Now(), Text: strings.TrimSpace(in.Text), Message: in.Message, By: r.User.ID}, to.Name, nil
}

// unthank takes a thanks back.
func unthank(r *Request) (View, error) {
	var in unthankIn
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	if err := board.Unthank(r.Context(), r.Server.Store, in.ID); err != nil {
		return nil, err
	}
	return Done{Location: "/thanks", Notice: "thanks.undone"}, r.thanked()
}

// Header and Rows are the thanks on record as CSV.
func (v thanksView) Header() []string {
	return []string{"id", "time", "from", "to", "text", "message", "taken_back"}
}

func (v thanksView) Rows() iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		for _, th := range v.Kept {
			if !yield([]string{th.ID, stamp(th.Time), string(th.From), string(th.To), th.Text, string(th.Message), stamp(th.Gone)}) {
				return
			}
		}
	}
}
