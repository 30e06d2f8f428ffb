package routes_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/web"
	"github.com/entregent/entregent/internal/web/routes"
	"github.com/entregent/entregent/internal/web/webtest"
	"golang.org/x/net/html"
)

// Whatever people write, no page runs it: no script but the house's own files,
// no handler, no style, no address that is a program. Every page there is, in
// both languages.
func TestNothingWrittenRuns(t *testing.T) {
	h := webtest.New(t, webtest.Demo)
	h.Seed()
	admin := h.As(account.Admin)
	for _, route := range webtest.Pages(t) {
		for _, l := range []string{"en", "fr"} {
			v := h.Sees(route, admin)
			v.Lang = l
			a := v.Get(h.Example(route))
			for _, wrong := range running(a.Doc) {
				t.Errorf("%s (%s): %s", route.Path, l, wrong)
			}
			strict(t, a)
		}
	}
}

// running tells what in a page could run, or change how it looks, besides the
// house's own files.
func running(doc *html.Node) (list []string) {
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "script":
			if src := webtest.Attr(n, "src"); !strings.HasPrefix(src, "/static/") || webtest.Raw(n) != "" {
				list = append(list, "a script: "+src+webtest.Raw(n))
			}
		case "style", "iframe", "object", "embed", "base", "meta":
			if n.Data == "meta" && webtest.Attr(n, "http-equiv") == "" || n.Data == "meta" && webtest.Attr(n, "http-equiv") == "refresh" && !strings.Contains(webtest.Attr(n, "content"), "url") {
				continue
			}
			list = append(list, "an element "+n.Data)
		case "link":
			if !strings.HasPrefix(webtest.Attr(n, "href"), "/static/") {
				list = append(list, "a link to "+webtest.Attr(n, "href"))
			}
		}
		for _, a := range n.Attr {
			address := a.Key == "href" || a.Key == "src" || a.Key == "action" || a.Key == "formaction"
			switch {
			case strings.HasPrefix(a.Key, "on"), a.Key == "style", a.Key == "srcdoc":
				list = append(list, "an attribute "+a.Key+"="+a.Val)
			case address && strings.Contains(strings.ToLower(a.Val), "script:"):
				list = append(list, "an address "+a.Val)
			case address && n.Data != "a" && !strings.HasPrefix(a.Val, "/"):
				list = append(list, "an address elsewhere: "+a.Val)
			}
		}
	}
	return list
}

// strict holds an answer to what browsers must be told.
func strict(t *testing.T, a webtest.Answer) {
	t.Helper()
	policy := a.Header.Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'"} {
		if !strings.Contains(policy, want) {
			t.Errorf("%s: the policy lacks %s: %s", a.Path, want, policy)
		}
	}
	if strings.Contains(policy, "unsafe") || strings.Contains(policy, "*") {
		t.Errorf("%s: the policy is %s", a.Path, policy)
	}
	if a.Header.Get("X-Content-Type-Options") != "nosniff" || a.Header.Get("Strict-Transport-Security") == "" {
		t.Errorf("%s: headers %v", a.Path, a.Header)
	}
	if a.Doc != nil && a.StatusCode/100 != 3 && !strings.Contains(a.Header.Get("Cache-Control"), "no-store") {
		t.Errorf("%s may be kept by caches", a.Path)
	}
}

// Wrong turns get the same headers, and a page that says so.
func TestWrongTurns(t *testing.T) {
	h := webtest.New(t)
	v := h.As(account.Teammate)
	for to, status := range map[string]int{
		"/nothing": 404, "/settings": 403, "/static/../server.go": 307, "/static/%2e%2e/server.go": 404, "/static/..%2fserver.go": 404, "/static/": 404,
		"/api/nothing": 404, "/inbox/../../etc/passwd": 307, "/thread?id=forum/404": 404, "/api/settings.csv": 404, "/sources": 403, "//evil.example/": 307,
	} {
		a := v.Try(to)
		if a.StatusCode != status {
			t.Errorf("%s: %s, not %d", to, a.Status, status)
		}
		if l := a.Header.Get("Location"); strings.HasPrefix(l, "//") || strings.Contains(l, ":") {
			t.Errorf("%s leads to %s", to, l)
		}
		strict(t, a)
		if strings.Contains(a.Body, "package web") {
			t.Errorf("%s gives a source file", to)
		}
	}
	v.Try("/settings").Has("Your role does not open this.")
}

// No form of another site is taken, whatever cookie comes with it.
func TestNothingFromOtherSites(t *testing.T) {
	h := webtest.New(t)
	admin := h.As(account.Admin)
	for _, route := range routes.All() {
		if route.Method != http.MethodPost {
			continue
		}
		var paths []string
		if route.Page || route.Raw != nil {
			paths = append(paths, route.Path)
		}
		if route.Raw == nil {
			paths = append(paths, "/api"+route.Path)
		}
		for _, path := range paths {
			for name, value := range map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"} {
				r := httptest.NewRequest("POST", path, strings.NewReader("id=1"))
				r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
				r.Header.Set(name, value)
				if name == "Origin" {
					r.Header.Set("Sec-Fetch-Site", "cross-site")
				}
				if a := admin.Do(r); a.StatusCode != http.StatusForbidden {
					t.Errorf("POST %s from another site (%s): %s", path, name, a.Status)
				}
			}
		}
	}
	r := httptest.NewRequest("POST", "/account", strings.NewReader("name=Ada&lang="))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	r.Header.Set("Origin", "https://house.example") // the address that people know, behind a proxy with another
	if a := admin.Do(r); a.StatusCode != http.StatusSeeOther {
		t.Errorf("from the house's own address: %s", a.Status)
	}
}

func TestCookies(t *testing.T) {
	for at, secure := range map[string]bool{"https://house.example": true, "http://localhost:8080": false} {
		h := webtest.New(t, func(c *web.Config) { c.URL = at })
		u := h.As(account.Reader).User
		to := h.LinkFor(u, "")
		v := h.Stranger()
		page := v.Get(to[len(at):] + "&lang=fr")
		a := v.TryPost("/link", "token", webtest.Attr(page.One("input", "name", "token"), "value")).Wants(http.StatusSeeOther)
		if len(a.Cookies()) == 0 {
			t.Error("no cookie")
		}
		for _, c := range a.Cookies() {
			if !c.HttpOnly || c.Secure != secure || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" {
				t.Errorf("%s: cookie %s", at, c.Raw)
			}
		}
	}
}

func TestBodiesThatAreTooLong(t *testing.T) {
	h := webtest.New(t)
	v := h.As(account.Admin)
	long := strings.Repeat("x", 2<<20)
	v.TryPost("/account", "name", long).Wants(http.StatusRequestEntityTooLarge).Has("at most 1 MiB")
	v.PostJSON("/api/account", map[string]string{"name": long}).Wants(http.StatusRequestEntityTooLarge)
	v.TryPost("/account", "name", strings.Repeat("x", 1000)).Wants(http.StatusBadRequest)
	v.PostJSON("/api/account", map[string]any{"name": "x", "role": "admin"}).Wants(http.StatusBadRequest) // a field that the form hasn't
	v.PostJSON("/api/account", map[string]any{"name": 7}).Wants(http.StatusBadRequest)
}

// No cell of any table can be taken for a formula.
func TestTablesHoldNoFormula(t *testing.T) {
	h := webtest.New(t)
	h.Seed()
	admin := h.As(account.Admin)
	tables := 0
	for _, route := range routes.All() {
		if !web.IsTable(route) {
			continue
		}
		tables++
		to, query, _ := strings.Cut(h.Example(route), "?")
		for i, row := range webtest.Table(t, admin.Get("/api"+to+".csv?"+query)) {
			for _, cell := range row {
				if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
					t.Errorf("%s.csv, row %d: %q", to, i, cell)
				}
			}
		}
	}
	if tables < 3 {
		t.Errorf("only %d tables", tables)
	}
}

// What is asked too often from one address is refused for a while, there alone.
func TestTooOften(t *testing.T) {
	h := webtest.New(t)
	v := h.Stranger()
	for i := range 25 {
		a := v.TryPost("/link", "token", "guess")
		if want := map[bool]int{true: http.StatusGone, false: http.StatusTooManyRequests}[i < 20]; a.StatusCode != want {
			t.Fatalf("guess %d: %s", i, a.Status)
		}
	}
	for from, status := range map[string]int{"192.0.2.1:7": 429, "192.0.2.2:7": 410, "[2001:db8::1]:7": 410} {
		r := httptest.NewRequest("POST", "/link", strings.NewReader("token=guess"))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("X-Forwarded-For", "198.51.100.7") // anybody can write that
		r.RemoteAddr = from
		v.Do(r).Wants(status)
	}
}
