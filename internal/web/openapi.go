package web

import (
	"encoding/json"
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/entregent/entregent/internal/account"
)

// What programs can ask, made of the table of routes itself: the document as
// OpenAPI 3.1, and a page that says the same to people.
var apiRoutes = []Route{
	{Method: http.MethodGet, Path: "/api/openapi.json", Name: "openapi", Allow: account.Anyone, Raw: serveOpenAPI},
	{Method: http.MethodGet, Path: "/api", Name: "api", Allow: account.Anyone, Raw: apiPage},
}

func serveOpenAPI(r *Request, w http.ResponseWriter) {
	w.Header().Set("Access-Control-Allow-Origin", "*") // nothing in it is anybody's
	d := OpenAPI(r.Server.routes)
	if r.Server.URL != "" {
		d["servers"] = []any{map[string]any{"url": r.Server.URL}}
	}
	r.JSON(http.StatusOK, d)
}

// OpenAPI writes the document of some routes.
func OpenAPI(routes []Route) map[string]any {
	all, paths := schemas{}, map[string]map[string]any{}
	all["Problem"] = all.object(reflect.TypeFor[problem]())
	add := func(path, method string, operation map[string]any) {
		if paths[path] == nil {
			paths[path] = map[string]any{}
		}
		paths[path][strings.ToLower(method)] = operation
	}
	for _, route := range routes {
		if route.Raw != nil {
			continue
		}
		add(templated(apiPath(route)), route.Method, operation(route, all))
		if IsTable(route) {
			o := operation(route, all)
			o["operationId"] = route.Name + "-csv"
			o["responses"].(map[string]any)["200"] = map[string]any{"description": "The same as a table, RFC 4180.",
				"content": map[string]any{"text/csv": map[string]any{"schema": schema{"type": "string"}}}}
			add(templated(apiPath(route))+".csv", route.Method, o)
		}
	}
	return map[string]any{
		"openapi": "3.1.0",
		"info": map[string]any{"title": "Entregent", "version": "1",
			"description": "Who waits, how soon people are answered, and everything else that the pages show. Sign each request with a token: Authorization: Bearer …",
			"license":     map[string]any{"name": "Apache-2.0", "identifier": "Apache-2.0"}},
		"paths": paths,
		"components": map[string]any{"schemas": all,
			"securitySchemes": map[string]any{
				"token":   map[string]any{"type": "http", "scheme": "bearer", "description": "Made on the page /tokens, with the scopes that an operation asks for."},
				"session": map[string]any{"type": "apiKey", "in": "cookie", "name": "entregent", "description": "A browser that signed in."},
			}},
	}
}

// apiPath is where a route is as JSON.
func apiPath(route Route) string { return "/api" + route.Path }

// IsTable says whether a route can be had as CSV.
func IsTable(route Route) bool {
	_, table := route.Out.(Table)
	return table && route.Method == http.MethodGet
}

var wildcard = regexp.MustCompile(`\{([a-z]+)(\.\.\.)?\}`)

// templated writes a pattern as OpenAPI does.
func templated(path string) string { return wildcard.ReplaceAllString(path, "{$1}") }

// operation describes a route.
func operation(route Route, all schemas) map[string]any {
	o := map[string]any{"operationId": route.Name, "responses": map[string]any{"200": answered(route, all), "default": wrong}}
	if security := openedBy(route); len(security) > 0 {
		o["security"] = security
	}
	var parameters []any
	for _, m := range wildcard.FindAllStringSubmatch(route.Path, -1) {
		parameters = append(parameters, map[string]any{"name": m[1], "in": "path", "required": true, "schema": schema{"type": "string"}})
	}
	for _, p := range route.Query {
		parameters = append(parameters, map[string]any{"name": p.Name, "in": "query", "description": p.About, "schema": typed(p.Type)})
	}
	if parameters != nil {
		o["parameters"] = parameters
	}
	if route.Method == http.MethodPost && route.In != nil {
		content := map[string]any{"application/json": map[string]any{"schema": optional(all, reflect.TypeOf(route.In))}}
		if route.Lines != "" {
			content["application/x-ndjson"] = map[string]any{"schema": schema{"type": "string", "description": route.Lines}}
		}
		o["requestBody"] = map[string]any{"required": true, "content": content}
	}
	return o
}

func typed(name string) schema {
	switch name {
	case "date-time":
		return schema{"type": "string", "format": "date-time"}
	case "":
		return schema{"type": "string"}
	}
	return schema{"type": name}
}

// optional is the schema of a body: what isn't said is empty, so nothing in it is
// required, and nothing else is understood.
func optional(all schemas, t reflect.Type) schema {
	s := all.object(t)
	delete(s, "required")
	s["additionalProperties"] = false
	return s
}

// answered is what an operation gives.
func answered(route Route, all schemas) map[string]any {
	a := map[string]any{"description": "It went well."}
	if route.Out != nil {
		a["content"] = map[string]any{"application/json": map[string]any{"schema": all.of(reflect.TypeOf(route.Out))}}
	}
	return a
}

// wrong is what any operation may give instead.
var wrong = map[string]any{"description": "It can't be: RFC 9457 says why.",
	"content": map[string]any{"application/problem+json": map[string]any{"schema": schema{"$ref": "#/components/schemas/Problem"}}}}

// openedBy says what opens a route: nothing is needed where anyone may come.
func openedBy(route Route) []any {
	if route.Allow.Has(account.Nobody) {
		return nil
	}
	by := []any{map[string]any{"session": []string{}}}
	if route.Scope != account.NoToken {
		by = append(by, map[string]any{"token": []string{string(route.Scope)}})
	}
	return by
}

// apiView is the page for people who write programs.
type apiView struct {
	Places []apiPlace
	URL    string
	Line   string // an example of what can be brought
}

type apiPlace struct {
	Method, Path, Scope string
	CSV                 bool
	Query               []Parameter
	Body                string // an example

}

func (apiView) Template() string { return "api" }

func apiPage(r *Request, _ http.ResponseWriter) {
	v := apiView{URL: r.Server.URL, Line: `{"id":"1","time":"2026-01-05T10:00:00Z","author":"ada@people.example","text":"How does it work?"}`}
	for _, route := range r.Server.routes {
		if route.Raw != nil || route.Scope == account.NoToken {
			continue
		}
		p := apiPlace{Method: route.Method, Path: templated(apiPath(route)), Scope: string(route.Scope), CSV: IsTable(route), Query: route.Query}
		if route.In != nil && route.Method == http.MethodPost {
			b, err := json.Marshal(route.In)
			if err != nil {
				r.Server.Fail(r, err)
				return
			}
			p.Body = string(b)
		}
		v.Places = append(v.Places, p)
	}
	slices.SortStableFunc(v.Places, func(a, b apiPlace) int { return strings.Compare(a.Path, b.Path) })
	r.Server.Page(r, v, http.StatusOK)
}
