package web

import (
	"net/http"

	"github.com/entregent/entregent/internal/notice"
)

// Notices: what the people of the house should know.
var noticesRoutes = []Route{
	{Method: http.MethodGet, Path: "/notices", Name: "notices", Allow: Working, Scope: Read, Handle: notices, Out: noticesView{}, Page: true, Query: []Parameter{
		{"limit", "how many, 100 at first", "integer"},
	}},
	{Method: http.MethodPost, Path: "/notices/read", Name: "notices-read", Allow: Working, Scope: Write, Handle: readNotice, In: numbered{}, Out: Done{}, Page: true},
}

type noticesView struct {
	when
	Notices []noticeView `json:"notices"` // the newest first
}

// noticeView is a notice with its words.
type noticeView struct {
	notice.Notice
	Says string `json:"says"`
}

func (noticesView) Template() string { return "notices" }

func notices(r *Request) (View, error) {
	settings, err := r.settings()
	if err != nil {
		return nil, err
	}
	list, err := notice.Notices(r.Context(), r.Server.Store, false, min(max(r.Number("limit", 100), 1), 1000))
	v := noticesView{when: r.when(settings), Notices: make([]noticeView, len(list))}
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
func readNotice(r *Request) (View, error) {
	var in numbered
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	ids := []int64{in.ID}
	if in.ID == 0 {
		unread, err := notice.Notices(r.Context(), r.Server.Store, true, 1000)
		if err != nil {
			return nil, err
		}
		ids = ids[:0]
		for _, n := range unread {
			ids = append(ids, n.ID)
		}
	}
	for _, id := range ids {
		if err := notice.ReadNotice(r.Context(), r.Server.Store, id); err != nil {
			return nil, err
		}
	}
	return Done{Location: "/notices", Notice: "notices.done"}, nil
}
