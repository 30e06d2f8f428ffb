package webtest

import (
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/web"
	"github.com/entregent/entregent/internal/web/routes"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// contract is the document that programs are given, to which every answer of
// every test of pages is held: Visitor.Do gives them here.
var contract = sync.OnceValues(func() (*Document, error) {
	b, err := json.Marshal(web.OpenAPI(routes.All()))
	if err != nil {
		return nil, err
	}
	d, err := jsonschema.UnmarshalJSON(strings.NewReader(string(b)))
	if err != nil {
		return nil, err
	}
	p := &Document{Document: d.(map[string]any), Compiler: jsonschema.NewCompiler(), done: map[string]bool{}, compiled: map[string]*jsonschema.Schema{}}
	p.Compiler.AssertFormat()
	return p, p.Compiler.AddResource("document.json", d)
})

// Document is the OpenAPI document and which of its operations went well.
type Document struct {
	sync.Mutex
	Document map[string]any
	Compiler *jsonschema.Compiler
	compiled map[string]*jsonschema.Schema
	done     map[string]bool
}

// keeps says whether an answer of an operation is as the document says.
func (p *Document) keeps(method, path string, a Answer) error {
	p.Lock()
	defer p.Unlock()
	operations, known := p.Document["paths"].(map[string]any)[path].(map[string]any)
	if !known || operations[strings.ToLower(method)] == nil {
		return nil
	}
	kind := "application/json"
	status := "200"
	if a.StatusCode != http.StatusOK {
		status, kind = "default", "application/problem+json"
	} else if strings.HasSuffix(path, ".csv") {
		return nil // no JSON: the table has tests of its own
	}
	at := strings.NewReplacer("~", "~0", "/", "~1").Replace
	pointer := fmt.Sprintf("document.json#/paths/%s/%s/responses/%s/content/%s/schema", at(path), strings.ToLower(method), status, at(kind))
	if status == "default" {
		pointer = "document.json#/components/schemas/Problem"
	}
	s := p.compiled[pointer]
	if s == nil {
		var err error
		if s, err = p.Compiler.Compile(pointer); err != nil {
			return err
		}
		p.compiled[pointer] = s
	}
	if got := a.Header.Get("Content-Type"); !strings.HasPrefix(got, kind) {
		return fmt.Errorf("it is %s, not %s", got, kind)
	}
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(a.Body))
	if err != nil {
		return err
	}
	return s.Validate(v)
}

// holds checks an answer of the API, and notes which operations went well, as
// pages or as JSON.
func (v *Visitor) holds(r *http.Request, a Answer) {
	v.Site.T.Helper()
	p, err := Contract()
	if err != nil {
		v.Site.T.Fatal(err)
	}
	path := r.URL.Path
	if a.StatusCode < 400 {
		p.Lock()
		p.done[r.Method+" /api"+strings.TrimPrefix(path, "/api")] = true
		p.Unlock()
	}
	if !strings.HasPrefix(path, "/api/") {
		return
	}
	if err := p.keeps(r.Method, path, a); err != nil {
		v.Site.T.Errorf("%s %s isn't what the document says: %v\n%.2000s", r.Method, path, err, a.Body)
	}
}

// Contract gives the document that programs are given.
func Contract() (*Document, error) { return contract() }

// Main runs the tests of a package of pages; it fails when some operation of the
// package's own routes was neither asked for nor gone well in any of them.
func Main(m *testing.M, own []web.Route) {
	code := m.Run()
	if whole := flag.Lookup("test.run").Value.String() == "" && flag.Lookup("test.list").Value.String() == ""; code == 0 && whole {
		if left := untried(own); len(left) > 0 {
			fmt.Println("operations that no test of this package has done:", strings.Join(left, ", "))
			code = 1
		}
	}
	os.Exit(code)
}

// untried are the operations of some routes that no test did.
func untried(own []web.Route) (left []string) {
	p, err := Contract()
	if err != nil {
		return []string{err.Error()}
	}
	for path, operations := range web.OpenAPI(own)["paths"].(map[string]map[string]any) {
		for method := range operations {
			if name := strings.ToUpper(method) + " " + path; !p.done[name] {
				left = append(left, name)
			}
		}
	}
	slices.Sort(left)
	return left
}

// EveryPage asks for the JSON, and the CSV, of every page of some routes, as an admin
// of a site that holds something of all kinds.
func EveryPage(t *testing.T, own []web.Route) {
	t.Helper()
	h := New(t)
	h.Seed()
	admin := h.As(account.Admin)
	for _, route := range own {
		if route.Method != http.MethodGet || route.Raw != nil {
			continue
		}
		if a := admin.Try("/api" + h.Example(route)); a.StatusCode != http.StatusOK {
			t.Errorf("%s: %s\n%s", a.Path, a.Status, a.Body)
		}
		if web.IsTable(route) {
			to, query, _ := strings.Cut(h.Example(route), "?")
			admin.Get("/api" + to + ".csv?" + query)
		}
	}
}
