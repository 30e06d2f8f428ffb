package measures

import (
	"net/http"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/settings"
	"github.com/entregent/entregent/internal/web"
)

// home is where somebody who knows no address arrives.
var homeRoutes = []web.Route{
	{Method: http.MethodGet, Path: "/", Name: "home", Allow: account.Anyone, Raw: goHome},
}

// goHome sends each where they have something to do.
func goHome(r *web.Request, w http.ResponseWriter) {
	to := "/signin"
	named, err := settings.Get(r.Context(), r.Server.Store, settings.KeyOrganisation)
	if err != nil {
		r.Server.Fail(r, err)
		return
	}
	switch {
	case r.User.ID == 0:
	case r.User.Role == account.Member:
		to = "/account"
	case named == "" && account.Managing.Has(r.User.Role):
		to = "/welcome"
	case account.Working.Has(r.User.Role):
		to = "/inbox"
	default:
		to = "/presence"
	}
	http.Redirect(w, r.Request, to, http.StatusSeeOther)
}
