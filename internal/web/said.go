package web

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/people"
	"github.com/entregent/entregent/internal/store"
)

// said is a message as pages show it.
type said struct {
	ID         conversation.MessageID `json:"id"`
	Thread     conversation.ThreadID  `json:"thread"`
	ReplyTo    conversation.MessageID `json:"reply_to,omitempty"`
	Person     conversation.PersonID  `json:"person,omitempty"`
	Name       string                 `json:"name,omitempty"`
	Side       string                 `json:"side"`
	Department string                 `json:"department,omitempty"`
	Source     string                 `json:"source"`
	Channel    string                 `json:"channel,omitempty"`
	Lang       string                 `json:"lang,omitempty"`
	Time       time.Time              `json:"time"`
	Text       string                 `json:"text"` // empty when it was deleted
	Deleted    time.Time              `json:"deleted,omitzero"`
	Private    bool                   `json:"private,omitempty"`
	Bot        bool                   `json:"bot,omitempty"`
	Edited     bool                   `json:"edited,omitempty"`
	Sending    store.Sending          `json:"sending,omitempty"`
	Seq        int64                  `json:"seq"`
	Waits      bool                   `json:"waits,omitempty"` // for an answer of the organisation
}

// Ours says whether the organisation said it.
func (m said) Ours() bool { return m.Side == conversation.Organisation.String() }

// Gone says whether it was deleted at its source.
func (m said) Gone() bool { return !m.Deleted.IsZero() }

// Excerpt is the beginning of its text, on one line.
func (m said) Excerpt() string { return excerpt(m.Text, 200) }

// show makes messages ready to be shown.
func (r *Request) show(messages []store.Message) ([]said, error) {
	list := make([]said, len(messages))
	ids := make([]conversation.PersonID, 0, len(messages))
	for i, m := range messages {
		ids = append(ids, m.Author)
		list[i] = said{ID: m.ID, Thread: m.Thread, ReplyTo: m.ReplyTo, Person: m.Author, Side: m.Side.String(), Department: m.Department,
			Source: m.Source, Channel: m.Channel, Lang: m.Lang, Time: m.Time, Text: m.Text, Deleted: m.Deleted, Private: m.Private,
			Bot: m.Bot, Edited: m.Version > 1, Sending: m.Sending, Seq: m.Seq}
	}
	names, err := r.names(ids)
	for i := range list {
		list[i].Name = names[list[i].Person]
	}
	return list, err
}

// messages reads messages by their ids, in that order, and makes them ready to be
// shown; one that is gone meanwhile is left out.
func (r *Request) messages(ids []conversation.MessageID) ([]said, error) {
	found, err := r.Server.Store.MessagesByID(r.Context(), ids)
	if err != nil {
		return nil, err
	}
	at := make(map[conversation.MessageID]int, len(ids))
	for i, id := range ids {
		at[id] = i
	}
	slices.SortFunc(found, func(a, b store.Message) int { return at[a.ID] - at[b.ID] })
	return r.show(found)
}

// names tells how people are shown; one who isn't known by her id.
func (r *Request) names(ids []conversation.PersonID) (map[conversation.PersonID]string, error) {
	ids = slices.DeleteFunc(slices.Clone(ids), func(id conversation.PersonID) bool { return id == "" })
	slices.Sort(ids)
	ids = slices.Compact(ids)
	names, err := people.Names(r.Context(), r.Server.Store, ids)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		if names[id] == "" {
			names[id] = string(id)
		}
	}
	return names, nil
}

// excerpt is the beginning of a text on one line, cut after a word.
func excerpt(text string, runes int) string {
	text = strings.Join(strings.Fields(text), " ")
	n := 0
	for i := range text {
		if n++; n > runes {
			cut := text[:i]
			if space := strings.LastIndexByte(cut, ' '); space > i/2 {
				cut = cut[:space]
			}
			return cut + "…"
		}
	}
	return text
}

// team are the users who work the inbox, by id.
func (r *Request) team() ([]account.User, map[int64]string, error) {
	users, err := account.Users(r.Context(), r.Server.Store)
	if err != nil {
		return nil, nil, err
	}
	var working []account.User
	names := map[int64]string{}
	for _, u := range users {
		names[u.ID] = u.Name
		for _, role := range Working {
			if u.Role == role && u.Disabled.IsZero() {
				working = append(working, u)
			}
		}
	}
	return working, names, nil
}

// isLost says whether what was asked for isn't there.
func isLost(err error) bool { return errors.Is(err, store.ErrNotFound) }

// Brief says who said it and how it begins, in one line of a list to choose from.
func (m said) Brief() string {
	name := m.Name
	if name == "" {
		name = "?"
	}
	return name + ": " + excerpt(m.Text, 60)
}
