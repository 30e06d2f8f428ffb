// Package persons is the pages about people: who speaks, who is one person, thanks,
// where a standing comes from, what is read of whom, and objections.
package persons

import (
	"slices"

	"github.com/entregent/entregent/internal/web"
)

// Routes are the pages' addresses.
func Routes() []web.Route {
	return slices.Concat(peopleRoutes, personRoutes, thanksRoutes, whyRoutes, readsRoutes, objectionsRoutes)
}
