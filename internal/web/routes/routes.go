// Package routes joins the addresses of all pages.
package routes

import (
	"slices"

	"github.com/entregent/entregent/internal/web"
	"github.com/entregent/entregent/internal/web/manage"
	"github.com/entregent/entregent/internal/web/measures"
	"github.com/entregent/entregent/internal/web/persons"
	"github.com/entregent/entregent/internal/web/work"
)

// Pages are the routes of all pages, as web.New takes them.
func Pages() []web.Route {
	return slices.Concat(measures.Routes(), work.Routes(), persons.Routes(), manage.Routes())
}

// All are all routes of a server: its own and the pages'.
func All() []web.Route { return slices.Concat(web.CoreRoutes(), Pages()) }
