package internal_test

import (
	"cmp"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The limits of a package of internal/ and of a type.
const (
	mostLines   = 2500
	mostMethods = 40 // those of embedded types counted
)

// larger are the packages and types beyond the limits, and how large they may be:
// a number here only becomes smaller, and goes when it isn't needed.
var larger = map[string]int{
	"lines of internal/store":                      3366,
	"methods of conversation.Log":                  46,
	"methods of conversation/form.githubReader":    43,
	"methods of gift.whole":                        48,
	"methods of gift/board/sentence.reading":       66,
	"methods of internal/report.Speaker":           75,
	"methods of internal/report.Standing":          45,
	"methods of internal/report/page.view":         97,
	"methods of internal/report/text.standingText": 61,
	"methods of internal/report/text.text":         108,
	"methods of internal/store.Store":              48,
	"methods of internal/store.batch":              50,
	"methods of internal/web/webtest.Site":         41,
	"methods of presence.cohort":                   102,
	"methods of presence.episode":                  56,
	"methods of presence.facts":                    49,
	"methods of presence.whole":                    48,
	"methods of whuffie.World":                     82,
	"methods of whuffie.bulk":                      87,
}

// sizes are those of a package, without tests.
type sizes struct {
	lines             int
	largest, longest  string // file and function
	inFile, inLongest int    // lines of them
	methods           map[string]map[string]bool
	embeds            map[string][]string // types, by type: "package.Type"
}

// TestSizes measures every package; with -v it prints what it finds (make sizes).
func TestSizes(t *testing.T) {
	all := map[string]*sizes{}
	err := fs.WalkDir(os.DirFS(".."), ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path.Join("..", file))
		if err != nil {
			return err
		}
		s := all[path.Dir(file)]
		if s == nil {
			s = &sizes{methods: map[string]map[string]bool{}, embeds: map[string][]string{}}
			all[path.Dir(file)] = s
		}
		return s.add(file, text)
	})
	if err != nil {
		t.Fatal(err)
	}
	needed := map[string]bool{}
	within := func(what string, is, limit int) {
		if is > limit {
			needed[what] = true
		}
		if is > max(limit, larger[what]) {
			t.Errorf("%s has %d, more than %d", what, is, max(limit, larger[what]))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		s := all[name]
		most, of := 0, ""
		for _, typ := range slices.Sorted(maps.Keys(s.embeds)) {
			n := len(methods(all, name+"."+typ, map[string]bool{}))
			within("methods of "+name+"."+typ, n, mostMethods)
			if n > most {
				most, of = n, typ
			}
		}
		if strings.HasPrefix(name, "internal") {
			within("lines of "+name, s.lines, mostLines)
		}
		t.Logf("%-28s %5d lines; %s %d; %s %d; %s %d methods", name, s.lines, path.Base(s.largest), s.inFile, s.longest, s.inLongest, of, most)
	}
	for what := range larger {
		if !needed[what] {
			t.Errorf("%s is within the limit: take it off the list", what)
		}
	}
}

// add adds a file.
func (s *sizes) add(file string, text []byte) error {
	set := token.NewFileSet()
	tree, err := parser.ParseFile(set, file, text, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	n := strings.Count(string(text), "\n")
	if s.lines += n; n > s.inFile {
		s.inFile, s.largest = n, file
	}
	imports := map[string]string{}
	for _, i := range tree.Imports {
		to, _ := strconv.Unquote(i.Path.Value)
		name := path.Base(to)
		if i.Name != nil {
			name = i.Name.Name
		}
		imports[name] = path.Clean("./" + strings.TrimPrefix(strings.TrimPrefix(to, module), "/"))
	}
	for _, d := range tree.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if lines := set.Position(d.End()).Line - set.Position(d.Pos()).Line + 1; lines > s.inLongest {
				s.inLongest, s.longest = lines, d.Name.Name
			}
			if d.Recv != nil {
				typ := nameOf(d.Recv.List[0].Type)
				if s.methods[typ] == nil {
					s.methods[typ] = map[string]bool{}
				}
				s.methods[typ][d.Name.Name] = true
				s.embeds[typ] = append(s.embeds[typ], []string{}...)
			}
		case *ast.GenDecl:
			s.addTypes(path.Dir(file), d, imports)
		}
	}
	return nil
}

// addTypes notes what types embed.
func (s *sizes) addTypes(pkg string, d *ast.GenDecl, imports map[string]string) {
	for _, spec := range d.Specs {
		t, ok := spec.(*ast.TypeSpec)
		if !ok {
			continue
		}
		s.embeds[t.Name.Name] = append(s.embeds[t.Name.Name], []string{}...)
		fields, ok := t.Type.(*ast.StructType)
		if !ok {
			continue
		}
		for _, f := range fields.Fields.List {
			if len(f.Names) > 0 {
				continue
			}
			typ := f.Type
			if p, ok := typ.(*ast.StarExpr); ok {
				typ = p.X
			}
			from := pkg
			if sel, ok := typ.(*ast.SelectorExpr); ok {
				from = cmp.Or(imports[nameOf(sel.X)], nameOf(sel.X))
				typ = sel.Sel
			}
			s.embeds[t.Name.Name] = append(s.embeds[t.Name.Name], from+"."+nameOf(typ))
		}
	}
}

// nameOf is the name in a type's expression.
func nameOf(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.StarExpr:
		return nameOf(e.X)
	case *ast.IndexExpr:
		return nameOf(e.X)
	case *ast.IndexListExpr:
		return nameOf(e.X)
	}
	return ""
}

// methods are the names of a type's methods and of those it embeds from this
// module.
func methods(all map[string]*sizes, typ string, seen map[string]bool) map[string]bool {
	i := strings.LastIndex(typ, ".")
	s := all[typ[:i]]
	if seen[typ] || s == nil {
		return nil
	}
	seen[typ] = true
	names := maps.Clone(s.methods[typ[i+1:]])
	if names == nil {
		names = map[string]bool{}
	}
	for _, e := range s.embeds[typ[i+1:]] {
		maps.Copy(names, methods(all, e, seen))
	}
	return names
}
