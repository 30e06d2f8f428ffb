package web

import (
	"net/http"
	"slices"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/settings"
)

// home is where somebody who knows no address arrives.
var homeRoutes = []Route{
	{Method: http.MethodGet, Path: "/", Name: "home", Allow: Anyone, Raw: home},
}

// home sends each where she has something to do.
func home(r *Request, w http.ResponseWriter) {
	to := "/signin"
	named, err := settings.Setting(r.Context(), r.Server.Store, KeyOrganisation)
	if err != nil {
		r.Server.fail(r, err)
		return
	}
	switch {
	case r.User.ID == 0:
	case r.User.Role == account.Member:
		to = "/account"
	case named == "" && slices.Contains(Managing, r.User.Role):
		to = "/welcome"
	case slices.Contains(Working, r.User.Role):
		to = "/inbox"
	default:
		to = "/presence"
	}
	http.Redirect(w, r.Request, to, http.StatusSeeOther)
}
