package work

import (
	"net/http"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/inbox"
	"github.com/entregent/entregent/internal/source/api"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/web"
)

// Answers on their way out to a source that a program brings: it fetches them,
// says them where the questions came from, and tells that it did.
var outgoingRoutes = []web.Route{
	{Method: http.MethodGet, Path: "/outgoing", Name: "outgoing", Allow: account.Working, Scope: account.Write, Handle: showOutgoing, Out: outgoingView{},
		Query: []web.Parameter{{Name: "source", About: "of this source alone", Type: "string"}, {Name: "after", About: "only those after this seq", Type: "integer"}}},
	{Method: http.MethodPost, Path: "/outgoing", Name: "outgoing-sent", Allow: account.Working, Scope: account.Write, Handle: markSent, In: sentForm{}, Out: web.Done{}},
}

// outgoingView is what waits to be taken, the oldest first.
type outgoingView struct {
	Messages []api.Answer `json:"messages"` // at most 100; the next ones are after the last's seq
}

func (outgoingView) Template() string { return "outgoing" }

func showOutgoing(r *web.Request) (web.View, error) {
	list, err := api.Queued(r.Context(), r.Server.Store, r.URL.Query().Get("source"), int64(r.Number("after", 0)))
	if err != nil {
		return nil, err
	}
	return outgoingView{list}, nil
}

type sentForm struct {
	ID  conversation.MessageID `json:"id"`
	Ref string                 `json:"ref"` // the id that it got there: when it comes back as a message, it is known
}

// markSent takes note that an answer was said where it belongs.
func markSent(r *web.Request) (web.View, error) {
	var in sentForm
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	m, err := api.CheckSent(r.Context(), r.Server.Store, in.ID)
	if err != nil {
		return nil, err
	}
	if err := inbox.MarkSending(r.Context(), r.Server.Store, m.ID, store.Sent, in.Ref); err != nil {
		return nil, err
	}
	return web.Done{Location: web.ThreadAt(m.Thread), Notice: "outgoing.sent"}, nil
}
