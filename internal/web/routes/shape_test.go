package routes_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/entregent/entregent/internal/web"
)

const (
	handlerLines = 30 // of a handler, from func to its brace
	typeMethods  = 40 // of a type, those of what it embeds counted
)

// parsed is a package of pages, or the one that they stand on.
type parsed struct {
	dir   string
	fset  *token.FileSet
	files []*ast.File
	funcs map[string]*ast.FuncDecl // functions, without methods
}

// packages parses internal/web and the packages below it, without tests.
func packages(t *testing.T) (list []parsed) {
	t.Helper()
	by := map[string]*parsed{}
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.Contains(path, "webtest") {
			return err
		}
		dir := filepath.Dir(path)
		if by[dir] == nil {
			by[dir] = &parsed{dir: dir, fset: token.NewFileSet(), funcs: map[string]*ast.FuncDecl{}}
		}
		s := by[dir]
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(s.fset, path, text, parser.SkipObjectResolution)
		s.files = append(s.files, file)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range by {
		for _, file := range s.files {
			for _, d := range file.Decls {
				if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil {
					s.funcs[f.Name.Name] = f
				}
			}
		}
		list = append(list, *s)
	}
	if len(list) < 5 {
		t.Fatalf("only %d packages of pages", len(list))
	}
	return list
}

// handlers are the functions that the routes of a package name.
func (s parsed) handlers() map[string]*ast.FuncDecl {
	found := map[string]*ast.FuncDecl{}
	for _, file := range s.files {
		ast.Inspect(file, func(n ast.Node) bool {
			pair, ok := n.(*ast.KeyValueExpr)
			if !ok {
				return true
			}
			if key, ok := pair.Key.(*ast.Ident); ok && (key.Name == "Handle" || key.Name == "Raw") {
				ast.Inspect(pair.Value, func(n ast.Node) bool {
					if id, ok := n.(*ast.Ident); ok && s.funcs[id.Name] != nil {
						found[id.Name] = s.funcs[id.Name]
					}
					return true
				})
			}
			return true
		})
	}
	return found
}

// A handler reads a form, calls a feature's package and gives a view: it fits on a
// screen, and holds no lock.
func TestHandlersAreShort(t *testing.T) {
	all, longest, which := 0, 0, ""
	for _, s := range packages(t) {
		for name, f := range s.handlers() {
			all++
			lines := s.fset.Position(f.End()).Line - s.fset.Position(f.Pos()).Line + 1
			if lines > longest {
				longest, which = lines, name
			}
			if lines > handlerLines {
				t.Errorf("%s: the handler %s has %d lines, more than %d", s.fset.Position(f.Pos()), name, lines, handlerLines)
			}
			ast.Inspect(f, func(n ast.Node) bool {
				if sel, ok := n.(*ast.SelectorExpr); ok && strings.HasSuffix(sel.Sel.Name, "Lock") {
					t.Errorf("%s: the handler %s holds a lock", s.fset.Position(sel.Pos()), name)
				}
				return true
			})
		}
	}
	if all < 80 {
		t.Errorf("only %d handlers were looked at", all)
	}
	t.Logf("%d handlers; the longest is %s, %d lines", all, which, longest)
}

var sql = regexp.MustCompile(`(?is)\b(select\s.+\sfrom|insert\s+into|update\s+\w+\s+set|delete\s+from)\b`)

// No page holds SQL, a transaction or a lock: rows, rules and caches are the features'.
func TestPagesHoldNoRows(t *testing.T) {
	for _, s := range packages(t) {
		pages := s.dir != ".."
		for _, file := range s.files {
			for _, spec := range file.Imports {
				name, _ := strconv.Unquote(spec.Path.Value)
				if name == "database/sql" || pages && strings.HasPrefix(name, "sync") {
					t.Errorf("%s imports %s", s.fset.Position(spec.Pos()), name)
				}
			}
			ast.Inspect(file, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.BasicLit:
					if text, err := strconv.Unquote(n.Value); err == nil && n.Kind == token.STRING && sql.MatchString(text) {
						t.Errorf("%s holds SQL: %.60s", s.fset.Position(n.Pos()), text)
					}
				case *ast.CallExpr:
					sel, ok := n.Fun.(*ast.SelectorExpr)
					if ok && ofStore(sel.X) && (sel.Sel.Name == "Change" || sel.Sel.Name == "Read") {
						t.Errorf("%s goes to the database by itself", s.fset.Position(n.Pos()))
					}
				}
				return true
			})
		}
	}
}

// ofStore says whether an expression is the store, by its name.
func ofStore(x ast.Expr) bool {
	switch x := x.(type) {
	case *ast.Ident:
		return x.Name == "s" || x.Name == "store" || x.Name == "Store"
	case *ast.SelectorExpr:
		return x.Sel.Name == "Store"
	}
	return false
}

// No type gathers more than forty methods, those of what it embeds counted.
func TestTypesAreSmall(t *testing.T) {
	own, hidden := map[string]int{}, map[string]int{}
	for _, s := range packages(t) {
		for _, file := range s.files {
			for _, d := range file.Decls {
				f, ok := d.(*ast.FuncDecl)
				if !ok || f.Recv == nil {
					continue
				}
				of := f.Recv.List[0].Type
				if star, ok := of.(*ast.StarExpr); ok {
					of = star.X
				}
				name := s.dir + " " + of.(*ast.Ident).Name
				own[name]++
				if !f.Name.IsExported() {
					hidden[name]++
				}
			}
		}
	}
	for name, n := range own {
		if n > typeMethods {
			t.Errorf("%s has %d methods", name, n)
		}
	}
	for _, one := range []reflect.Type{reflect.TypeFor[*web.Request](), reflect.TypeFor[*web.Server]()} {
		n := one.NumMethod() + hidden[".. "+one.Elem().Name()]
		if n > typeMethods {
			t.Errorf("%s has %d methods, those of what it embeds counted", one, n)
		}
		t.Logf("%s: %d methods", one, n)
	}
	// The layout's templates get a request and two methods more.
	if n := reflect.TypeFor[*web.Request]().NumMethod() + hidden[".. Request"] + own[".. sheet"]; n > typeMethods {
		t.Errorf("what templates get has %d methods", n)
	}
}
