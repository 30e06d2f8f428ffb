package web

import (
	"net/http"
	"slices"
)

// home is where somebody who knows no address arrives.
var homeRoutes = []Route{
	{Method: http.MethodGet, Path: "/", Name: "home", Allow: Anyone, Raw: home},
}

// home sends each where she has something to do.
func home(r *Request, w http.ResponseWriter) {
	to := "/signin"
	switch {
	case r.User.ID == 0:
	case slices.Contains(Working, r.User.Role):
		to = "/inbox"
	default:
		to = "/presence"
	}
	http.Redirect(w, r.Request, to, http.StatusSeeOther)
}
