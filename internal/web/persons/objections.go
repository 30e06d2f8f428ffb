package persons

import (
	"net/http"
	"time"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/consent"
	"github.com/entregent/entregent/internal/web"
)

// Objections that wait: people of the organisation are told, and can do them at once,
// or refuse one that was made in somebody else's name.
var objectionsRoutes = []web.Route{
	{Method: http.MethodGet, Path: "/objections", Name: "objections", Allow: account.Managing, Scope: account.Manage, Handle: showObjections, Out: objectionsView{}, Page: true},
	{Method: http.MethodPost, Path: "/objections/decide", Name: "objections-decide", Allow: account.Managing, Scope: account.Manage, Handle: decideObjection, In: objectionDecided{}, Out: web.Done{}, Page: true},
}

// objectionsView lists the objections that wait.
type objectionsView struct {
	web.Clock
	Waiting []objectionWaiting `json:"waiting"`
}

type objectionWaiting struct {
	ID      int64     `json:"id"`
	Account string    `json:"account"`
	Due     time.Time `json:"due"`
}

func (objectionsView) Template() string { return "objections" }

func showObjections(r *web.Request) (web.View, error) {
	set, err := r.Settings()
	if err != nil {
		return nil, err
	}
	list, err := consent.WaitingObjections(r.Context(), r.Server.Store)
	if err != nil {
		return nil, err
	}
	v := objectionsView{Clock: r.Clock(set), Waiting: make([]objectionWaiting, len(list))}
	for i, o := range list {
		v.Waiting[i] = objectionWaiting(o)
	}
	return v, nil
}

// objectionDecided is what is decided of an objection.
type objectionDecided struct {
	ID   int64 `json:"id"`
	Hers bool  `json:"hers"` // it was made in its own author's name
}

// decideObjection does it now, or refuses it.
func decideObjection(r *web.Request) (web.View, error) {
	var in objectionDecided
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	if err := consent.DecideObjection(r.Context(), r.Server.Store, in.ID, !in.Hers, r.User.ID, r.Now()); err != nil {
		return nil, err
	}
	notice := "objections.done"
	if !in.Hers {
		notice = "objections.refused"
	}
	return web.Done{Location: "/objections", Notice: notice}, nil
}
