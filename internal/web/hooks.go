package web

import (
	"crypto/rand"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/entregent/entregent/internal/hook"
	"github.com/entregent/entregent/internal/settings"
	"github.com/entregent/entregent/internal/store"
)

// Webhooks: addresses that are told of what changes, each call signed.
var hookRoutes = []Route{
	{Method: http.MethodGet, Path: "/hooks", Name: "hooks", Allow: Managing, Scope: Manage, Page: true, Handle: hooks, Out: hooksView{}},
	{Method: http.MethodPost, Path: "/hooks", Name: "hooks-make", Allow: Managing, Scope: Manage, Page: true, Handle: makeHook, In: hookForm{}, Out: secretView{}},
	{Method: http.MethodPost, Path: "/hooks/resume", Name: "hooks-resume", Allow: Managing, Scope: Manage, Page: true, Handle: resumeHook, In: oneID{}, Out: Done{}},
	{Method: http.MethodPost, Path: "/hooks/delete", Name: "hooks-delete", Allow: Managing, Scope: Manage, Page: true, Handle: deleteHook, In: oneID{}, Out: Done{}},
}

// hookKinds are the changes that can be told.
var hookKinds = []store.Kind{store.MessageChanged, store.DeskChanged, store.ThanksChanged, store.ReportChanged, store.NoticeChanged, store.PersonChanged, store.SourceChanged, store.ForgetChanged}

type hooksView struct {
	Hooks  []hook.Hook  `json:"hooks"`
	Newest int64        `json:"newest"` // the number of the newest change
	Kinds  []store.Kind `json:"-"`
}

func (hooksView) Template() string { return "hooks" }

func hooks(r *Request) (View, error) {
	list, err := hook.List(r.Context(), r.Server.Store)
	if err != nil {
		return nil, err
	}
	newest, err := r.Server.Store.LastChange(r.Context())
	return hooksView{list, newest, hookKinds}, err
}

type hookForm struct {
	URL   string   `json:"url"`
	Kinds []string `json:"kinds"` // none: all
}

func makeHook(r *Request) (View, error) {
	var in hookForm
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	near, err := settings.Setting(r.Context(), r.Server.Store, KeyNear)
	if err != nil {
		return nil, err
	}
	var bad *Bad
	if hook.Check(in.URL, near != "") != nil || len(in.URL) > 2000 {
		bad = &Bad{"url", "hooks.bad-url", nil}
	}
	h := hook.Hook{URL: in.URL, Secret: rand.Text() + rand.Text(), Made: r.Now()}
	for _, k := range in.Kinds {
		if !slices.Contains(hookKinds, store.Kind(k)) {
			bad = &Bad{"kinds", "error.value", []any{k}}
		}
		h.Kinds = append(h.Kinds, store.Kind(k))
	}
	if bad != nil {
		v, err := hooks(r)
		if err != nil {
			return nil, err
		}
		return v, bad
	}
	id, err := hook.Save(r.Context(), r.Server.Store, h)
	if err != nil {
		return nil, err
	}
	at, err := url.Parse(in.URL)
	if err != nil {
		return nil, err
	}
	return secretView{"hook", at.Host, h.Secret, id, "/hooks"}, r.act("hook.make", at.Host, "")
}

// resumeHook turns one on again that was given up: it is told all that it missed.
func resumeHook(r *Request) (View, error) {
	var in oneID
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	list, err := hook.List(r.Context(), r.Server.Store)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(list, func(h hook.Hook) bool { return h.ID == in.ID })
	if i < 0 {
		return nil, store.ErrNotFound
	}
	h := list[i]
	h.Off, h.Secret = time.Time{}, "" // the secret it has stays
	if _, err := hook.Save(r.Context(), r.Server.Store, h); err != nil {
		return nil, err
	}
	return Done{Location: "/hooks", Notice: "hooks.resumed"}, r.act("hook.resume", strconv.FormatInt(in.ID, 10), "")
}

func deleteHook(r *Request) (View, error) {
	var in oneID
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	if err := hook.Delete(r.Context(), r.Server.Store, in.ID); err != nil {
		return nil, err
	}
	return Done{Location: "/hooks", Notice: "hooks.deleted"}, r.act("hook.delete", strconv.FormatInt(in.ID, 10), "")
}
