package work

import (
	"context"
	"net/http"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/notice"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/web"
)

// Notices: what the people of the organisation should know.
var noticesRoutes = []web.Route{
	{Method: http.MethodGet, Path: "/notices", Name: "notices", Allow: account.Working, Scope: account.Read, Handle: showNotices, Out: noticesView{}, Page: true, Query: []web.Parameter{
		{Name: "limit", About: "how many, 100 at first", Type: "integer"},
	}},
	{Method: http.MethodPost, Path: "/notices/read", Name: "notices-read", Allow: account.Working, Scope: account.Write, Handle: readNotice, In: web.ByID{}, Out: web.Done{}, Page: true},
}

type noticesView struct {
	web.Clock
	Notices []noticeView `json:"notices"` // the newest first
}

// noticeView is a notice with its words.
type noticeView struct {
	notice.Notice
	Says string `json:"says"`
}

func (noticesView) Template() string { return "notices" }

func showNotices(r *web.Request) (web.View, error) {
	set, err := r.Settings()
	if err != nil {
		return nil, err
	}
	list, err := notice.Notices(r.Context(), r.Server.Store, false, min(max(r.Number("limit", 100), 1), 1000))
	v := noticesView{Clock: r.Clock(set), Notices: make([]noticeView, len(list))}
	for i, n := range list {
		args := make([]any, len(n.Args))
		for k, a := range n.Args {
			args[k] = a
		}
		v.Notices[i] = noticeView{n, r.Lang.Say(n.Text, args...)}
	}
	return v, err
}

// readNotice sets a notice aside as read; 0 is all of them.
func readNotice(r *web.Request) (web.View, error) {
	var in web.ByID
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	read := notice.ReadNotice
	if in.ID == 0 {
		read = func(ctx context.Context, s *store.Store, _ int64) error { return notice.ReadAll(ctx, s) }
	}
	if err := read(r.Context(), r.Server.Store, in.ID); err != nil {
		return nil, err
	}
	return web.Done{Location: "/notices", Notice: "notices.done"}, nil
}
