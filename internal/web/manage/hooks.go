package manage

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/hook"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/settings"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/web"
)

// Webhooks: addresses that are told of what changes, each call signed.
var hookRoutes = []web.Route{
	{Method: http.MethodGet, Path: "/hooks", Name: "hooks", Allow: account.Managing, Scope: account.Manage, Page: true, Handle: showHooks, Out: hooksView{}},
	{Method: http.MethodPost, Path: "/hooks", Name: "hooks-make", Allow: account.Managing, Scope: account.Manage, Page: true, Handle: makeHook, In: hookForm{}, Out: secretView{}},
	{Method: http.MethodPost, Path: "/hooks/resume", Name: "hooks-resume", Allow: account.Managing, Scope: account.Manage, Page: true, Handle: resumeHook, In: web.ByID{}, Out: web.Done{}},
	{Method: http.MethodPost, Path: "/hooks/delete", Name: "hooks-delete", Allow: account.Managing, Scope: account.Manage, Page: true, Handle: deleteHook, In: web.ByID{}, Out: web.Done{}},
}

type hooksView struct {
	Hooks  []hook.Hook  `json:"hooks"`
	Newest int64        `json:"newest"` // the number of the newest change
	Kinds  []store.Kind `json:"-"`
}

func (hooksView) Template() string { return "hooks" }

func showHooks(r *web.Request) (web.View, error) {
	list, err := hook.List(r.Context(), r.Server.Store)
	if err != nil {
		return nil, err
	}
	newest, err := r.Server.Store.LastChange(r.Context())
	return hooksView{list, newest, hook.Kinds()}, err
}

type hookForm struct {
	URL   string   `json:"url"`
	Kinds []string `json:"kinds"` // none: all
}

// maxURL is how long an address may be, in bytes.
const maxURL = 2000

// hook makes a webhook of a form, or says what is wrong with it; near allows addresses
// of the own network.
func (f hookForm) hook(near bool) (h hook.Hook, err error) {
	h.URL = f.URL
	if hook.Check(f.URL, near) != nil || len(f.URL) > maxURL {
		err = lang.Invalid("url", "hooks.bad-url")
	}
	for _, k := range f.Kinds {
		if !slices.Contains(hook.Kinds(), store.Kind(k)) {
			err = lang.Invalid("kinds", "error.value", k)
		}
		h.Kinds = append(h.Kinds, store.Kind(k))
	}
	return h, err
}

func makeHook(r *web.Request) (web.View, error) {
	var in hookForm
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	near, err := settings.Get(r.Context(), r.Server.Store, settings.KeyNear)
	if err != nil {
		return nil, err
	}
	h, bad := in.hook(near != "")
	if bad != nil {
		v, err := showHooks(r)
		if err != nil {
			return nil, err
		}
		return v, bad
	}
	h, err = hook.New(r.Context(), r.Server.Store, h, r.Now())
	if err != nil {
		return nil, err
	}
	return secretView{"hook", h.Host(), h.Secret, h.ID, "/hooks"}, r.Audit("hook.make", h.Host(), "")
}

// resumeHook turns one on again that was given up: it is told all that it missed.
func resumeHook(r *web.Request) (web.View, error) {
	var in web.ByID
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	if err := hook.Resume(r.Context(), r.Server.Store, in.ID); err != nil {
		return nil, err
	}
	return web.Done{Location: "/hooks", Notice: "hooks.resumed"}, r.Audit("hook.resume", strconv.FormatInt(in.ID, 10), "")
}

func deleteHook(r *web.Request) (web.View, error) {
	var in web.ByID
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	if err := hook.Delete(r.Context(), r.Server.Store, in.ID); err != nil {
		return nil, err
	}
	return web.Done{Location: "/hooks", Notice: "hooks.deleted"}, r.Audit("hook.delete", strconv.FormatInt(in.ID, 10), "")
}
