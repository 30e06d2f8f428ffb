package internal_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/entregent/entregent"

// plan lists the layers of the program, from the lowest up. A package imports
// only from layers below its own: packages of one layer don’t import each other. A folder
// inside another (internal/source/mail) stands on its layer and may import
// it, since an implementation knows its role. doc/design.md tells
// the plan in sentences; when the plan is wrong, change both and the code in one
// commit.
var plan = [][]string{
	{"conversation/quote", "measure", "gift/geo"},
	{"conversation"},
	{"conversation/check", "conversation/document", "conversation/mail", "conversation/prose", "conversation/table", "measure/stat", "gift/place"},
	{"conversation/form", "conversation/speech", "gift/ride", "gift/board/phrase"},
	{"gift/board/blur", "gift/board/money", "gift/board/series"},
	{"ethos"},
	{"conversation/reading"},
	{"gift", "gift/board", "presence"},
	{"gap", "whuffie", "gift/board/sentence", "gift/board/tally", "gift/board/words"},
	{"."},
	{"internal/lang", "internal/cache"},
	{"internal/store", "internal/report", "internal/reach"},
	{"internal/settings"},
	{"internal/account", "internal/notice", "internal/people"},
	{"internal/job", "internal/board"},
	{"internal/live", "internal/measuring", "internal/hook"},
	{"internal/consent", "internal/public"},
	{"internal/inbox"},
	{"internal/source"},
	{"internal/erasure"},
	{"internal"}, // every other package of the server
	{"internal/web"},
	{"internal/web/routes"},
	{"internal/web/webtest"},
	{"internal/app"},
	{"cmd", ".ci"},
}

// TestLayers notices an import that points up, a package without a layer, and a
// public package (one outside internal and cmd) that reads a file, a socket, a
// clock or a random source of its own. Tests may look wherever they like.
func TestLayers(t *testing.T) {
	err := fs.WalkDir(os.DirFS(".."), ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return err
		}
		tree, err := parser.ParseFile(token.NewFileSet(), path.Join("..", file), nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		own := path.Dir(file)
		pure := !strings.HasPrefix(own, "internal") && !strings.HasPrefix(own, "cmd") && !strings.HasPrefix(own, ".ci")
		for _, spec := range tree.Imports {
			name, _ := strconv.Unquote(spec.Path.Value)
			if pure && slices.Contains(impure, name) {
				t.Errorf("%s imports %s: a public package takes such things as values", file, name)
			}
			if name != module && !strings.HasPrefix(name, module+"/") {
				continue
			}
			to := path.Clean("./" + strings.TrimPrefix(strings.TrimPrefix(name, module), "/"))
			if layer(to) >= layer(own) && !strings.HasPrefix(own, to+"/") || to == "internal/story" && !strings.HasPrefix(own, "cmd/") && own != "internal/story/weave" {
				t.Errorf("%s imports %s: this import points up", file, to)
			}
		}
		if layer(own) < 0 {
			t.Errorf("%s has no layer in the plan", own)
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok && pure && s.Sel.Name == "Now" {
				if x, ok := s.X.(*ast.Ident); ok && x.Name == "time" {
					t.Errorf("%s reads the clock: a public package takes the time as a value", file)
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

var impure = []string{"os", "net", "net/http", "log", "log/slog", "database/sql", "crypto/rand", "math/rand"}

// layer gives the layer of a package, or -1: the longest name in the plan that
// holds it.
func layer(of string) int {
	at, longest := -1, 0
	for i, names := range plan {
		for _, name := range names {
			if (of == name || strings.HasPrefix(of, name+"/")) && len(name) > longest {
				at, longest = i, len(name)
			}
		}
	}
	return at
}
