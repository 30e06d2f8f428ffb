package web

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"time"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/settings"
	"github.com/entregent/entregent/measure"
)

//go:embed templates/*.html
var templates embed.FS

// pages are the templates in one language: its words are functions of theirs.
type pages struct{ *template.Template }

// parse reads the templates for a language.
func parse(l lang.Language) (*pages, error) {
	t, err := template.New("").Funcs(functions(l)).ParseFS(templates, "templates/*.html")
	if err != nil {
		return nil, fmt.Errorf("reading templates: %w", err)
	}
	return &pages{t}, nil
}

// functions are what a template may call.
func functions(l lang.Language) template.FuncMap {
	return template.FuncMap{
		"t":         l.Say,
		"name":      l.Name,
		"integer":   l.Integer,
		"percent":   func(x float64) string { return l.Percent(x, 0) },
		"duration":  func(d time.Duration) string { return l.Duration(d.Hours()) },
		"date":      l.Date,
		"moment":    l.Moment,
		"iso":       func(t time.Time) string { return t.UTC().Format(time.RFC3339) },
		"tongue":    l.Tongue,
		"quote":     l.Quote,
		"doubt":     l.Doubt,
		"share":     func(e measure.Estimate) string { return share(l, e) },
		"list":      l.List,
		"join":      Link,
		"languages": lang.Languages,
		"on":        settings.Ticked,
		"dict":      dict,
		"fields":    func(pairs ...string) map[string]string { return fields(pairs) },
	}
}

// share says an estimated share with its interval and how many it rests on; or
// that there are too few.
func share(l lang.Language, e measure.Estimate) string {
	if !e.Known() {
		return lang.Unknown
	}
	return l.Say("web.share", l.Percent(e.Center, 0), l.Percent(e.Lo, 0), l.Percent(e.Hi, 0), e.N)
}

// dict gives a template several values: {{template "x" (dict "User" . "Roles" $.Roles)}}.
func dict(pairs ...any) (map[string]any, error) {
	m := map[string]any{}
	for i := 0; i+1 < len(pairs); i += 2 {
		name, ok := pairs[i].(string)
		if !ok {
			return nil, fmt.Errorf("dict: %v is no name", pairs[i])
		}
		m[name] = pairs[i+1]
	}
	return m, nil
}

func fields(pairs []string) map[string]string {
	m := map[string]string{}
	for i := 0; i+1 < len(pairs); i += 2 {
		m[pairs[i]] = pairs[i+1]
	}
	return m
}

// sheet is what the layout and a page's template get.
type sheet struct {
	*Request
	View      View
	Title     string
	Body      template.HTML
	Nav       []navItem
	Flash     *flash
	Fictional bool
	Other     []lang.Language // in which it can be read too
}

// navItem is an entry of the navigation.
type navItem struct {
	Path, Key string
	Here      bool
}

// navigation is where people go most, and who goes there.
var navigation = []struct {
	path, key string
	allow     account.Roles
}{
	{"/inbox", "nav.inbox", account.Working},
	{"/presence", "nav.presence", account.Watching},
	{"/gap", "nav.gap", account.Watching},
	{"/whuffie", "nav.whuffie", account.Watching},
	{"/people", "nav.people", account.Working},
	{"/sources", "nav.sources", account.Managing},
	{"/settings", "nav.settings", account.Managing},
}

// Can says whether the person who asks may go where only some may; for templates.
func (p sheet) Can(who string) bool {
	roles := map[string]account.Roles{"work": account.Working, "manage": account.Managing, "admin": account.AdminOnly, "watch": account.Watching}[who]
	return roles.Has(p.User.Role)
}

// titled is a View that says its own title; else the catalogue does, under
// "title." and the template's name.
type titled interface{ Title(l lang.Language) string }

// Page writes a view as a page.
func (s *Server) Page(r *Request, v View, status int) {
	p := sheet{Request: r, View: v, Title: r.Lang.Say("title." + v.Template()), Fictional: s.fictional(r)}
	if t, ok := v.(titled); ok {
		p.Title = t.Title(r.Lang)
	}
	for _, x := range navigation {
		if x.allow.Has(r.User.Role) {
			p.Nav = append(p.Nav, navItem{x.path, x.key, r.URL.Path == x.path})
		}
	}
	for _, l := range lang.Languages() {
		if l != r.Lang {
			p.Other = append(p.Other, l)
		}
	}
	p.Flash = s.flashed(r)
	templates := s.pages[r.Lang]
	var body, whole bytes.Buffer
	err := templates.ExecuteTemplate(&body, v.Template(), p)
	if err == nil {
		p.Body = template.HTML(body.String())
		err = templates.ExecuteTemplate(&whole, "layout", p)
	}
	if err != nil {
		s.Log.Error("making a page", "template", v.Template(), "cause", err)
		http.Error(r.Out, r.Lang.Say("error.ours"), http.StatusInternalServerError)
		return
	}
	h := r.Out.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "private, no-store")
	r.Out.WriteHeader(status)
	whole.WriteTo(r.Out) //nolint:errcheck // nobody is there to be told
}

// flashed is the notice to be shown once; a page fetched by house.js leaves it
// to the one that a person sees.
func (s *Server) flashed(r *Request) *flash {
	if r.Header.Get("X-Part") != "" {
		return nil
	}
	var f flash
	if json.Unmarshal([]byte(s.sessions.PopString(r.Context(), "flash")), &f) != nil {
		return nil
	}
	return &f
}

// Same gives the address of this page in another language.
func (p sheet) Same(l lang.Language) string {
	q := p.URL.Query()
	q.Set("lang", l.Tag())
	return p.URL.Path + "?" + q.Encode()
}

// fictional says whether what is shown is a demonstration.
func (s *Server) fictional(r *Request) bool {
	if s.Fictional {
		return true
	}
	on, err := settings.Get(r.Context(), s.Store, settings.KeyDemo)
	return err == nil && on != ""
}
