package web

import "slices"

// Routes is every address of the house. A page's own stand in its file.
func Routes() []Route {
	return slices.Concat(
		homeRoutes,
		inboxRoutes,
		signinRoutes, passkeyRoutes, accountRoutes,
	)
}
