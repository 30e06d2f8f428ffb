// Package measures is the pages of what was measured: presence, the values gap,
// whuffie, and what is told in public; and the way in for who knows no address.
package measures

import (
	"slices"

	"github.com/entregent/entregent/internal/web"
)

// Routes are the pages' addresses.
func Routes() []web.Route {
	return slices.Concat(homeRoutes, measuredRoutes, presenceRoutes, gapRoutes, whuffieRoutes, publicRoutes)
}
