package web

import (
	"slices"
	"strings"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/live"
	"github.com/entregent/entregent/internal/people"
	"github.com/entregent/entregent/internal/store"
)

// MessageView is a message as pages show it.
type MessageView struct {
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
func (m MessageView) Ours() bool { return m.Side == conversation.Organisation.String() }

// Gone says whether it was deleted at its source.
func (m MessageView) Gone() bool { return !m.Deleted.IsZero() }

// Excerpt is the beginning of its text, on one line.
func (m MessageView) Excerpt() string { return Excerpt(m.Text, 200) }

// Brief says who said it and how it begins, in one line of a list to choose from.
func (m MessageView) Brief() string {
	name := m.Name
	if name == "" {
		name = "?"
	}
	return name + ": " + Excerpt(m.Text, 60)
}

// Listed is a message behind a number: an appeal, with what became of it, or any.
type Listed struct {
	MessageView
	Answered time.Time `json:"answered,omitzero"`
	Receipt  time.Time `json:"receipt,omitzero"`
	Left     time.Time `json:"left,omitzero"`
	Needs    bool      `json:"needs_answer,omitempty"`
}

// Appeals reads the messages of appeals, in the same order; one that was erased
// meanwhile is left out.
func (r *Request) Appeals(appeals []live.Appeal) ([]Listed, error) {
	ids := make([]conversation.MessageID, len(appeals))
	for i, a := range appeals {
		ids[i] = a.Message
	}
	found, err := r.Messages(ids)
	at := make(map[conversation.MessageID]MessageView, len(found))
	for _, m := range found {
		at[m.ID] = m
	}
	list := make([]Listed, 0, len(found))
	for _, a := range appeals {
		if m, there := at[a.Message]; there {
			list = append(list, Listed{m, a.Answered, a.Receipt, a.Left, a.Needs})
		}
	}
	return list, err
}

// Show makes messages ready to be shown.
func (r *Request) Show(messages []store.Message) ([]MessageView, error) {
	list := make([]MessageView, len(messages))
	ids := make([]conversation.PersonID, 0, len(messages))
	for i, m := range messages {
		ids = append(ids, m.Author)
		list[i] = MessageView{ID: m.ID, Thread: m.Thread, ReplyTo: m.ReplyTo, Person: m.Author, Side: m.Side.String(), Department: m.Department,
			Source: m.Source, Channel: m.Channel, Lang: m.Lang, Time: m.Time, Text: m.Text, Deleted: m.Deleted, Private: m.Private,
			Bot: m.Bot, Edited: m.Version > 1, Sending: m.Sending, Seq: m.Seq}
	}
	names, err := people.ShownNames(r.Context(), r.Server.Store, ids)
	for i := range list {
		list[i].Name = names[list[i].Person]
	}
	return list, err
}

// Messages reads messages by their ids, in that order, and makes them ready to be
// shown; one that is gone meanwhile is left out.
func (r *Request) Messages(ids []conversation.MessageID) ([]MessageView, error) {
	found, err := r.Server.Store.MessagesByID(r.Context(), ids)
	if err != nil {
		return nil, err
	}
	at := make(map[conversation.MessageID]int, len(ids))
	for i, id := range ids {
		at[id] = i
	}
	slices.SortFunc(found, func(a, b store.Message) int { return at[a.ID] - at[b.ID] })
	return r.Show(found)
}

// Excerpt is the beginning of a text on one line, cut after a word.
func Excerpt(text string, runes int) string {
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
