package web

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
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// contract is the document that programs are given, to which every answer of
// every test of this package is held: visitor.do gives them here. In the end,
// each operation must have been asked for and gone well.
var contract = sync.OnceValues(func() (*promise, error) {
	b, err := json.Marshal(openAPI(Routes()))
	if err != nil {
		return nil, err
	}
	d, err := jsonschema.UnmarshalJSON(strings.NewReader(string(b)))
	if err != nil {
		return nil, err
	}
	p := &promise{document: d.(map[string]any), compiler: jsonschema.NewCompiler(), done: map[string]bool{}, compiled: map[string]*jsonschema.Schema{}}
	p.compiler.AssertFormat()
	return p, p.compiler.AddResource("document.json", d)
})

// promise is the document and which of its operations went well.
type promise struct {
	sync.Mutex
	document map[string]any
	compiler *jsonschema.Compiler
	compiled map[string]*jsonschema.Schema
	done     map[string]bool
}

// keeps says whether an answer of an operation is as the document says.
func (p *promise) keeps(method, path string, a answer) error {
	p.Lock()
	defer p.Unlock()
	operations, known := p.document["paths"].(map[string]any)[path].(map[string]any)
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
		if s, err = p.compiler.Compile(pointer); err != nil {
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
func (v *visitor) holds(r *http.Request, a answer) {
	v.h.t.Helper()
	p, err := contract()
	if err != nil {
		v.h.t.Fatal(err)
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
		v.h.t.Errorf("%s %s isn't what the document says: %v\n%.2000s", r.Method, path, err, a.Body)
	}
}

func TestMain(m *testing.M) {
	code := m.Run()
	if whole := flag.Lookup("test.run").Value.String() == "" && flag.Lookup("test.list").Value.String() == ""; code == 0 && whole {
		if left := untried(); len(left) > 0 {
			fmt.Println("operations that no test of this package has done:", strings.Join(left, ", "))
			code = 1
		}
	}
	os.Exit(code)
}

// untried are the operations that no test did.
func untried() (left []string) {
	p, err := contract()
	if err != nil {
		return []string{err.Error()}
	}
	for path, operations := range p.document["paths"].(map[string]any) {
		for method := range operations.(map[string]any) {
			if name := strings.ToUpper(method) + " " + path; !p.done[name] {
				left = append(left, name)
			}
		}
	}
	slices.Sort(left)
	return left
}

func TestTheDocumentIsOpenAPI(t *testing.T) {
	p, err := contract()
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Open("testdata/openapi-3.1.json")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	meta, err := jsonschema.UnmarshalJSON(f)
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("meta.json", meta); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("meta.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Validate(p.document); err != nil {
		t.Errorf("the document is no OpenAPI 3.1: %v", err)
	}
	seen := map[string]bool{}
	for path, operations := range p.document["paths"].(map[string]any) {
		for method, o := range operations.(map[string]any) {
			id := o.(map[string]any)["operationId"].(string)
			if seen[id] {
				t.Errorf("two operations are called %s", id)
			}
			seen[id] = true
			if method == "post" && o.(map[string]any)["security"] == nil && !slices.Contains([]string{"/api/signin", "/api/link", "/api/signout", "/api/object"}, path) {
				t.Errorf("anyone may do %s", path)
			}
		}
	}
	for _, name := range []string{"Problem", "AccountUser"} {
		if _, err := p.compiler.Compile("document.json#/components/schemas/" + name); err != nil {
			t.Error(err)
		}
	}
}

func TestTheDocumentIsServed(t *testing.T) {
	h := newHouse(t)
	v := h.stranger()
	var d map[string]any
	v.json("/api/openapi.json", &d)
	if d["servers"].([]any)[0].(map[string]any)["url"] != "https://house.example" {
		t.Errorf("servers: %v", d["servers"])
	}
	v.get("/api").has("Every page is there for programs too", "POST /api/messages")
}

// Every page's JSON is there at once, and is what the document says.
func TestEveryPageIsThereForPrograms(t *testing.T) {
	h := newHouse(t)
	h.seed()
	admin := h.as(account.Admin)
	for _, route := range Routes() {
		if route.Method != http.MethodGet || route.Raw != nil {
			continue
		}
		if a := admin.try("/api" + h.example(route)); a.StatusCode != http.StatusOK {
			t.Errorf("%s: %s\n%s", a.Path, a.Status, a.Body)
		}
		if tabled(route) {
			to, query, _ := strings.Cut(h.example(route), "?")
			admin.get("/api" + to + ".csv?" + query)
		}
	}
}
