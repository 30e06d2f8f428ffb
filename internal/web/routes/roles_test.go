package routes_test

import (
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/web"
	"github.com/entregent/entregent/internal/web/routes"
	"github.com/entregent/entregent/internal/web/webtest"
)

var update = flag.Bool("update", false, "write testdata/roles.txt anew")

// everybody, in the order of the table's columns.
var everybody = []account.Role{account.Nobody, account.Member, account.Reader, account.Teammate, account.Manager, account.Admin}

// table of who may go where, as it is reviewed.
func rolesTable() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Who may go where: made of the routes by go test ./internal/web/routes -run Roles -update\n%-5s%-30s%-9s", "", "", "scope")
	for _, role := range everybody {
		fmt.Fprintf(&b, "%-10s", orWord(string(role), "nobody"))
	}
	b.WriteString("\n")
	var lines []string
	for _, route := range routes.All() {
		line := fmt.Sprintf("%-5s%-30s%-9s", route.Method, route.Path, orWord(string(route.Scope), "-"))
		for _, role := range everybody {
			may := "."
			if route.Allow.Has(role) {
				may = "yes"
			}
			line += fmt.Sprintf("%-10s", may)
		}
		lines = append(lines, strings.TrimRight(line, " ")+"\n")
	}
	slices.SortFunc(lines, func(a, b string) int { return strings.Compare(a[5:35]+a[:5], b[5:35]+b[:5]) })
	return b.String() + strings.Join(lines, "")
}

func orWord(word, otherwise string) string {
	if word == "" {
		return otherwise
	}
	return word
}

// A route that comes or opens to others shows in the table, and is looked at.
func TestRolesTable(t *testing.T) {
	got := rolesTable()
	if *update {
		if err := os.WriteFile("testdata/roles.txt", []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/roles.txt")
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		a, b := strings.Split(got, "\n"), strings.Split(string(want), "\n")
		for _, line := range a {
			if !slices.Contains(b, line) {
				t.Errorf("not in testdata/roles.txt: %s", line)
			}
		}
		for _, line := range b {
			if !slices.Contains(a, line) {
				t.Errorf("only in testdata/roles.txt: %s", line)
			}
		}
		t.Error("is that meant? go test ./internal/web/routes -run RolesTable -update")
	}
}

// The table is what the server does: each role at each address, as page and as
// JSON, with a session and with a token.
func TestRolesAreKept(t *testing.T) {
	h := webtest.New(t)
	people := map[account.Role]*webtest.Visitor{}
	for _, role := range everybody {
		people[role] = h.As(role)
	}
	for _, route := range routes.All() {
		for _, role := range everybody {
			allowed := route.Allow.Has(role)
			if allowed && route.Method == http.MethodPost || allowed && route.Path == "/events" {
				continue // would do it: the pages' own tests do
			}
			for _, path := range pathsOf(route) {
				a := people[role].Do(httptest.NewRequest(route.Method, path, nil))
				if got := admitted(a); got != allowed {
					t.Errorf("%s %s: %s got %s", route.Method, path, orWord(string(role), "nobody"), a.Status)
				}
			}
		}
	}
}

// pathsOf are a route's addresses.
func pathsOf(route web.Route) (list []string) {
	if route.Page || route.Raw != nil {
		list = append(list, route.Path)
	}
	if route.Raw == nil {
		list = append(list, "/api"+route.Path)
	}
	return list
}

// admitted says whether somebody came in.
func admitted(a webtest.Answer) bool {
	signin := a.StatusCode == http.StatusSeeOther && strings.HasPrefix(a.Header.Get("Location"), "/signin?next=")
	return a.StatusCode != http.StatusUnauthorized && a.StatusCode != http.StatusForbidden && !signin
}

// A token opens what its scope says, and nothing else, whoever made it.
func TestScopesAreKept(t *testing.T) {
	h := webtest.New(t)
	u := h.As(account.Admin).User
	for _, scope := range []account.Scope{account.Read, account.Write, account.Manage} {
		p := h.Program(u, string(scope))
		for _, route := range routes.All() {
			if route.Method != http.MethodGet || route.Path == "/events" || route.Allow.Has(account.Nobody) {
				continue
			}
			for _, path := range pathsOf(route) {
				if a := p.Try(path); admitted(a) != (route.Scope == scope) {
					t.Errorf("%s with a token that may %s: %s", path, scope, a.Status)
				}
			}
		}
	}
}

// Where anyone may come, a program with a token may too.
func TestTokensCloseNothing(t *testing.T) {
	h := webtest.New(t)
	p := h.Program(h.As(account.Teammate).User, "read")
	p.Get("/api/reads")
	p.Token = "nonsense"
	p.Get("/api/reads")
}

// Every route says who may come.
func TestRoutesThatSayNothing(t *testing.T) {
	for _, route := range routes.All() {
		if route.Allow == 0 || route.Name == "" || route.Method == "" || (route.Handle == nil) == (route.Raw == nil) {
			t.Errorf("%s %s isn't declared whole", route.Method, route.Path)
		}
		if route.Handle != nil && route.Out == nil {
			t.Errorf("%s %s doesn't say what it gives", route.Method, route.Path)
		}
	}
}
