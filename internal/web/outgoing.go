package web

import (
	"net/http"
	"strings"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/inbox"
	"github.com/entregent/entregent/internal/source"
	"github.com/entregent/entregent/internal/store"
)

// Answers on their way out to a source that a program brings: it fetches them,
// says them where the questions came from, and tells that it did.
var outgoingRoutes = []Route{
	{Method: http.MethodGet, Path: "/outgoing", Name: "outgoing", Allow: Working, Scope: Write, Handle: outgoing, Out: outgoingView{},
		Query: []Parameter{{Name: "source", About: "of this source alone", Type: "string"}, {Name: "after", About: "only those after this seq", Type: "integer"}}},
	{Method: http.MethodPost, Path: "/outgoing", Name: "outgoing-sent", Allow: Working, Scope: Write, Handle: wentOut, In: sentForm{}, Out: Done{}},
}

// outgoingView is what waits to be taken, the oldest first.
type outgoingView struct {
	Messages []outgoingMessage `json:"messages"` // at most 100; the next ones are after the last's seq
}

// outgoingMessage is an answer; its ids are as its source knows them, except ID.
type outgoingMessage struct {
	ID      conversation.MessageID `json:"id"` // of this house: what is told when it went
	Seq     int64                  `json:"seq"`
	Source  string                 `json:"source"`
	Thread  string                 `json:"thread"`
	ReplyTo string                 `json:"reply_to,omitempty"`
	Author  string                 `json:"author"`
	Channel string                 `json:"channel,omitempty"`
	Lang    string                 `json:"lang,omitempty"`
	Time    time.Time              `json:"time"`
	Text    string                 `json:"text"`
}

func (outgoingView) Template() string { return "outgoing" }

func outgoing(r *Request) (View, error) {
	list, err := r.Server.Store.Messages(r.Context(), store.Range{Sending: store.Queued, Source: r.URL.Query().Get("source"), After: int64(r.Number("after", 0)), Limit: 100})
	if err != nil {
		return nil, err
	}
	v := outgoingView{Messages: []outgoingMessage{}}
	for _, m := range list {
		own := func(id string) string { return strings.TrimPrefix(id, m.Source+"/") }
		v.Messages = append(v.Messages, outgoingMessage{m.ID, m.Seq, m.Source, own(string(m.Thread)), own(string(m.ReplyTo)), m.Account, m.Channel, m.Lang, m.Time, m.Text})
	}
	return v, nil
}

type sentForm struct {
	ID  conversation.MessageID `json:"id"`
	Ref string                 `json:"ref"` // the id that it got there: when it comes back as a message, it is known
}

// wentOut takes note that an answer was said where it belongs. Only what a
// program carries can be told so: mail and files tell themselves.
func wentOut(r *Request) (View, error) {
	var in sentForm
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	m, err := r.Server.Store.Message(r.Context(), in.ID)
	if err != nil {
		return nil, err
	}
	source, err := source.ByName(r.Context(), r.Server.Store, m.Source)
	if err != nil {
		return nil, err
	}
	if source.Kind != "api" || m.Sending == store.Received {
		return nil, &Bad{"id", "outgoing.not-yours", nil}
	}
	if err := inbox.MarkSending(r.Context(), r.Server.Store, m.ID, store.Sent, in.Ref); err != nil {
		return nil, err
	}
	return Done{Location: threadAt(m.Thread), Notice: "outgoing.sent"}, nil
}
