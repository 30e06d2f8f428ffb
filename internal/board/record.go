package board

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/gift"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/people"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/whuffie"
)

// repeatTime is how long the same words from and to the same people, for the same
// message, are one thanks.
const repeatTime = 10 * time.Minute

// Request is a thanks as somebody asks for it.
type Request struct {
	Own     conversation.PersonID // the account of whoever asks
	From    string                // who thanks: a person; empty: Own
	To      string                // who is thanked: a person, or a name that nobody else has
	Text    string
	Message conversation.MessageID // for which; it must be there unless it is empty
	By      int64                  // the user
	Time    time.Time
}

// Record puts a thanks on record and gives it with the name of who is thanked. The
// same again within ten minutes is the same thanks. A *lang.InputError says what is
// wrong with a request: the field is "to" or "from".
func Record(ctx context.Context, s *store.Store, r Request) (th Thanks, name string, err error) {
	th, name, err = r.thanks(ctx, s)
	if err != nil {
		return th, "", err
	}
	given, err := ThanksGiven(ctx, s, r.Time.Add(-repeatTime))
	if err != nil {
		return th, "", err
	}
	if at := slices.IndexFunc(given, th.repeats); at >= 0 {
		th.ID = given[at].ID // the form was sent twice
	}
	th, err = Thank(ctx, s, th)
	return th, name, err
}

// repeats says whether a thanks on record says the same.
func (th Thanks) repeats(g Thanks) bool {
	return g.From == th.From && g.To == th.To && g.Message == th.Message && g.Text == th.Text && g.Gone.IsZero()
}

// thanks finds who is meant, and checks that nobody thanks themselves.
func (r Request) thanks(ctx context.Context, s *store.Store) (th Thanks, name string, err error) {
	to, err := people.Find(ctx, s, strings.TrimSpace(r.To), "to")
	if err != nil {
		return th, "", err
	}
	from := r.Own
	if named := strings.TrimSpace(r.From); named != "" && named != string(from) {
		p, err := people.Find(ctx, s, named, "from")
		if err != nil {
			return th, "", err
		}
		from = p.ID
	}
	if from == to.ID || to.Has(string(from)) {
		return th, "", lang.Invalid("to", "thanks.self")
	}
	if r.Message != "" {
		if _, err := s.Message(ctx, r.Message); err != nil {
			return th, "", err
		}
	}
	return Thanks{From: from, To: to.ID, Time: r.Time, Text: strings.TrimSpace(r.Text), Message: r.Message, By: r.By}, to.Name, nil
}

// Concerning gives the thanks on record from or to somebody, the first first.
func Concerning(ctx context.Context, s *store.Store, id conversation.PersonID) ([]Thanks, error) {
	all, err := ThanksGiven(ctx, s, time.Time{})
	list := []Thanks{}
	for _, th := range all {
		if th.From == id || th.To == id {
			list = append(list, th)
		}
	}
	return list, err
}

// MessagesOf are the messages in which somebody was thanked after a time, the newest
// first, at most n.
func MessagesOf(flows []whuffie.Flow, thanked conversation.PersonID, since time.Time, n int) (ids []conversation.MessageID) {
	flows = slices.Clone(flows)
	slices.SortFunc(flows, func(a, b whuffie.Flow) int { return b.Time.Compare(a.Time) })
	for _, f := range flows {
		if ref, ok := gift.ParseRef(f.ID, thanked); ok && f.Time.After(since) && len(ids) < n && !slices.Contains(ids, ref.Message) {
			ids = append(ids, ref.Message)
		}
	}
	return ids
}
