package internal_test

import (
	"context"
	"database/sql"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/entregent/entregent/internal/store/storetest"
)

// statement is a statement of SQL and where it stands.
type statement struct{ at, text string }

var (
	isStatement = regexp.MustCompile(`^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\s`)
	parameter   = regexp.MustCompile(`\$(\d+)`)
)

// constants evaluates expressions of constant strings.
type constants map[string]ast.Expr // by package.name

func (c constants) value(pkg string, e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		s, err := strconv.Unquote(e.Value)
		return s, err == nil && e.Kind == token.STRING
	case *ast.BinaryExpr:
		a, ok := c.value(pkg, e.X)
		b, also := c.value(pkg, e.Y)
		return a + b, ok && also && e.Op == token.ADD
	case *ast.Ident:
		if to, ok := c[pkg+"."+e.Name]; ok {
			return c.value(pkg, to)
		}
	case *ast.SelectorExpr:
		if x, ok := e.X.(*ast.Ident); ok {
			if to, ok := c["internal/"+x.Name+"."+e.Sel.Name]; ok {
				return c.value("internal/"+x.Name, to)
			}
		}
	}
	return "", false
}

// statements collects the statements that stand whole in the code as an argument of
// a call, and counts those that are put together when it runs.
func statements(t *testing.T) (list []statement, made int) {
	t.Helper()
	set := token.NewFileSet()
	trees := map[string]*ast.File{}
	known := constants{}
	err := fs.WalkDir(os.DirFS(".."), "internal", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path.Join("..", file))
		if err != nil {
			return err
		}
		if trees[file], err = parser.ParseFile(set, file, text, parser.SkipObjectResolution); err != nil {
			return err
		}
		ast.Inspect(trees[file], func(n ast.Node) bool { // a constant of a function is a package's here
			if v, ok := n.(*ast.ValueSpec); ok {
				for i, name := range v.Names {
					if i < len(v.Values) {
						known[path.Dir(file)+"."+name.Name] = v.Values[i]
					}
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for file, tree := range trees {
		ast.Inspect(tree, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			for _, arg := range call.Args {
				text, whole := known.value(path.Dir(file), arg)
				switch {
				case whole && isStatement.MatchString(text):
					if strings.HasSuffix(text, " IN ") { // EachIn ends it
						text += "($1)"
					}
					list = append(list, statement{set.Position(arg.Pos()).String(), text})
				case !whole && startsStatement(arg):
					made++
				}
			}
			return true
		})
	}
	slices.SortFunc(list, func(a, b statement) int { return strings.Compare(a.at, b.at) })
	return list, made
}

// startsStatement says whether an expression begins with the text of a statement.
func startsStatement(e ast.Expr) bool {
	for {
		b, ok := e.(*ast.BinaryExpr)
		if !ok {
			break
		}
		e = b.X
	}
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return false
	}
	s, _ := strconv.Unquote(lit.Value)
	return isStatement.MatchString(s)
}

// oneEngine are the words of statements that only one engine has.
var oneEngine = map[string]*regexp.Regexp{
	"sqlite":   regexp.MustCompile(`INTO words \(`),
	"postgres": regexp.MustCompile(`pg_|tsvector`),
}

// Every statement that stands whole in the code is one that both engines take, or
// the one whose words it uses; those put together when it runs are run by the laws
// of their packages.
func TestStatements(t *testing.T) {
	list, made := statements(t)
	t.Logf("%d statements, and %d put together", len(list), made)
	if len(list) < 150 {
		t.Errorf("only %d statements were found", len(list))
	}
	engines := map[string]func(context.Context, string) error{"sqlite": explained(t), "postgres": prepared(t)}
	for _, s := range list {
		for engine, takes := range engines {
			if otherEngine(engine).MatchString(s.text) {
				continue
			}
			if err := takes(t.Context(), s.text); err != nil {
				t.Errorf("%s: %s: %v\n%s", s.at, engine, err, s.text)
			}
		}
	}
}

// otherEngine gives the words of the engine that this one isn't.
func otherEngine(engine string) *regexp.Regexp {
	if engine == "sqlite" {
		return oneEngine["postgres"]
	}
	return oneEngine["sqlite"]
}

// explained has SQLite compile a statement: it is prepared only when it is run.
func explained(t *testing.T) func(context.Context, string) error {
	_, folder := storetest.SQLite(t)
	db, err := sql.Open("sqlite", filepath.Join(folder, "entregent.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return func(ctx context.Context, text string) error {
		n := 0
		for _, m := range parameter.FindAllStringSubmatch(text, -1) {
			i, _ := strconv.Atoi(m[1])
			n = max(n, i)
		}
		rows, err := db.QueryContext(ctx, "EXPLAIN "+text, make([]any, n)...)
		if err != nil {
			return err
		}
		defer rows.Close()
		return rows.Err()
	}
}

// prepared has PostgreSQL prepare a statement.
func prepared(t *testing.T) func(context.Context, string) error {
	_, address := storetest.Postgres(t)
	db, err := sql.Open("pgx", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return func(ctx context.Context, text string) error {
		s, err := db.PrepareContext(ctx, text)
		if err != nil {
			return err
		}
		return s.Close()
	}
}
