package manage

import (
	"iter"
	"net/http"
	"strconv"
	"time"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/web"
)

// The audit log: who did what here, in a chain that shows if a link was changed.
var auditRoutes = []web.Route{
	{Method: http.MethodGet, Path: "/audit", Name: "audit", Allow: account.AdminOnly, Scope: account.Manage, Page: true, Handle: showAudit, Out: auditView{},
		Query: []web.Parameter{{Name: "before", About: "only acts of lower numbers", Type: "integer"}}},
	{Method: http.MethodPost, Path: "/audit/verify", Name: "audit-verify", Allow: account.AdminOnly, Scope: account.Manage, Page: true, Handle: verifyAudit, Out: web.Done{}},
}

type auditView struct {
	Acts  []act `json:"acts"`            // the newest first
	Older int64 `json:"older,omitempty"` // before, for those that follow
}

// act is an act with the name of who did it.
type act struct {
	account.Act
	Who string `json:"who"`
}

func (auditView) Template() string { return "audit" }

// Header names the columns.
func (auditView) Header() []string {
	return []string{"n", "time", "by", "who", "action", "subject", "detail", "hash"}
}

// Rows are the acts.
func (v auditView) Rows() iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		for _, a := range v.Acts {
			if !yield([]string{strconv.FormatInt(a.N, 10), a.Time.UTC().Format(time.RFC3339), strconv.FormatInt(a.By, 10), a.Who, a.Action, a.Subject, a.Detail, a.Hash}) {
				return
			}
		}
	}
}

func showAudit(r *web.Request) (web.View, error) {
	const page = 100
	size := page
	if r.Format == web.AsCSV {
		size = 100_000
	}
	acts, err := account.Acts(r.Context(), r.Server.Store, int64(r.Number("before", 0)), size+1)
	if err != nil {
		return nil, err
	}
	users, err := account.Users(r.Context(), r.Server.Store)
	if err != nil {
		return nil, err
	}
	names := map[int64]string{}
	for _, u := range users {
		names[u.ID] = u.Name
	}
	v := auditView{Acts: []act{}}
	for i, a := range acts {
		if i == size {
			v.Older = acts[i-1].N
			break
		}
		v.Acts = append(v.Acts, act{a, names[a.By]})
	}
	return v, nil
}

func verifyAudit(r *web.Request) (web.View, error) {
	bad, err := account.VerifyAudit(r.Context(), r.Server.Store)
	if err != nil {
		return nil, err
	}
	if bad != 0 {
		return web.Done{Location: "/audit", Notice: "audit.broken", Args: []any{bad}, Result: map[string]any{"whole": false, "bad": bad}}, nil
	}
	return web.Done{Location: "/audit", Notice: "audit.whole", Result: map[string]any{"whole": true}}, nil
}
