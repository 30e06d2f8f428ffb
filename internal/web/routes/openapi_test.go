package routes_test

import (
	"os"
	"slices"
	"testing"

	"github.com/entregent/entregent/internal/web/webtest"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

func TestTheDocumentIsOpenAPI(t *testing.T) {
	p, err := webtest.Contract()
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
	if err := s.Validate(p.Document); err != nil {
		t.Errorf("the document is no OpenAPI 3.1: %v", err)
	}
	seen := map[string]bool{}
	for path, operations := range p.Document["paths"].(map[string]any) {
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
		if _, err := p.Compiler.Compile("document.json#/components/schemas/" + name); err != nil {
			t.Error(err)
		}
	}
}

func TestTheDocumentIsServed(t *testing.T) {
	h := webtest.New(t)
	v := h.Stranger()
	var d map[string]any
	v.JSON("/api/openapi.json", &d)
	if d["servers"].([]any)[0].(map[string]any)["url"] != "https://house.example" {
		t.Errorf("servers: %v", d["servers"])
	}
	v.Get("/api").Has("Every page is there for programs too", "POST /api/messages")
}
