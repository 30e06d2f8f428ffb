// Package manage is the pages by which people sign in and set the server up: their
// own account, settings, sources, the team, tokens, webhooks, the audit log.
package manage

import (
	"slices"

	"github.com/entregent/entregent/internal/web"
)

// Routes are the pages' addresses.
func Routes() []web.Route {
	return slices.Concat(signinRoutes, passkeyRoutes, accountRoutes, welcomeRoutes, settingsRoutes, teamRoutes, auditRoutes, tokenRoutes, hookRoutes, sourcesRoutes, jobRoutes)
}
