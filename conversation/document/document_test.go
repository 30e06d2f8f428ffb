package document

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math/rand"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/entregent/entregent/conversation"
)

// records reads a text by a plan and gives the records as encoding/json has them,
// with line and heads, and the log for what was told. chop cuts what is read into
// pieces.
func records(t testing.TB, text string, chop func(io.Reader) io.Reader, plan Plan, head string, limit int) (all []any, where []string, log *conversation.Log, err error) {
	t.Helper()
	log = conversation.NewLog(nil)
	format := conversation.Format{Name: "x", Recognise: func(string, []byte) bool { return true }}
	format.Read = readWith(plan, chop, func(w *Walk) func(Value) {
		return func(v Value) {
			var one any
			if err := json.Unmarshal([]byte(v.v.String()), &one); err != nil {
				t.Fatalf("%s: %v", v.v, err)
			}
			all = append(all, one)
			where = append(where, fmt.Sprintf("%s:%d %s", w.Path, w.Line, w.Head(head)))
		}
	})
	err = conversation.Read(log, strings.NewReader(text), "a.json", conversation.ReadOptions{Formats: []conversation.Format{format}, Limit: limit})
	return all, where, log, err
}

func TestRecordsStandWhereThePlanSays(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		plan Plan
		want string
		told string
	}{
		"a document":           {`{"a":1}`, Plan{Records: []string{""}}, ":1 ", ""},
		"an array":             {"[{\"a\":1},\n{\"a\":2}]", Plan{Records: []string{""}}, ":1 |:2 ", ""},
		"pages of arrays":      {"[[{}],[{},{}]]", Plan{Records: []string{""}}, ":1 |:1 |:1 ", ""},
		"documents in a row":   {"{}\n{}{}", Plan{Records: []string{""}}, ":1 |:2 |:2 ", ""},
		"lines":                {"{}\n\n{bad\n{}\n", Plan{Records: []string{""}, Lines: true}, ":1 |:4 ", "1 bad-record"},
		"inside":               {`{"n":{"name":"x"},"m":[{},{}],"z":[{}]}`, Plan{Records: []string{"m[]"}, Heads: []string{"n.name"}}, "m[]:1 x|m[]:1 x", ""},
		"a head that changes":  {`{"c":[{"name":"x","m":[{}]},{"m":[{}]},{"name":"y","m":[{}]}]}`, Plan{Records: []string{"c[].m[]"}, Heads: []string{"c[].name"}}, "c[].m[]:1 x|c[].m[]:1 |c[].m[]:1 y", ""},
		"any key":              {`{"p":{"a":{},"b":{}},"q":{"a":{}}}`, Plan{Records: []string{"p.*"}}, "p.a:1 |p.b:1 ", ""},
		"two places":           {`{"x":[{}],"y":{"z":{}}}`, Plan{Records: []string{"x[]", "y.z"}}, "x[]:1 |y.z:1 ", ""},
		"an assignment":        {"window.YTD.x.part0 = [{}]", Plan{Records: []string{""}}, ":1 ", ""},
		"cut":                  {"[{},\n{\"a\":", Plan{Records: []string{""}}, ":1 ", "1 truncated"},
		"a comma too many":     {"[{},{},]", Plan{Records: []string{""}}, ":1 |:1 ", ""},
		"broken between":       {"[{} {}]", Plan{Records: []string{""}}, ":1 ", "1 bad-record"},
		"a broken record":      {"[{\"a\":tru},{}]", Plan{Records: []string{""}}, ":1 ", "1 bad-record"},
		"records are objects":  {`[1,"x",null,{}]`, Plan{Records: []string{""}}, ":1 ", ""},
		"deep in a record":     {`[{"a":` + strings.Repeat("[", 600) + strings.Repeat("]", 600) + `},{}]`, Plan{Records: []string{""}}, ":1 ", "1 bad-record"},
		"too long":             {`[{"a":"` + strings.Repeat("x", 5000) + `"},{}]`, Plan{Records: []string{""}}, ":1 ", "1 long-line"},
		"an escape at the end": {`[{"a":"\\"},{"b":"\""},{"c":"\\\\\""}]`, Plan{Records: []string{""}}, ":1 |:1 |:1 ", ""},
	} {
		for how, chop := range map[string]func(io.Reader) io.Reader{"whole": whole, "byte by byte": iotest.OneByteReader} {
			_, where, log, err := records(t, c.text, chop, c.plan, slices.Concat(c.plan.Heads, []string{""})[0], 4096)
			if err != nil {
				t.Errorf("%s, %s: %v", name, how, err)
			}
			if got := strings.Join(where, "|"); got != c.want {
				t.Errorf("%s, %s: records at %q, want %q", name, how, got, c.want)
			}
			var told []string
			for _, p := range log.Problems().All() {
				told = append(told, fmt.Sprint(p.Count, " ", p.Kind))
			}
			if got := strings.Join(told, ", "); got != c.told {
				t.Errorf("%s, %s: told %q, want %q", name, how, got, c.told)
			}
		}
	}
}

func whole(in io.Reader) io.Reader { return in }

// readWith reads by a plan.
func readWith(plan Plan, chop func(io.Reader) io.Reader, open func(*Walk) func(Value)) func(*bufio.Reader, *conversation.Importer) error {
	return func(in *bufio.Reader, out *conversation.Importer) error { return Read(chop(in), out, plan, open) }
}

func TestWhatProgramsWriteAgainstTheRules(t *testing.T) {
	v, err := Parse([]byte(`{"a":NaN,"b":"x"}`))
	if err != nil || v.Text("b") != "x" {
		t.Errorf("%v, %q", err, v.Text("b"))
	}
}

// TestCuttingAgreesWithEncodingJSON cuts random documents in random pieces: what
// is read is what the standard library reads.
func TestCuttingAgreesWithEncodingJSON(t *testing.T) {
	rng := rand.New(rand.NewSource(7))
	for range 400 {
		var want []any
		for range rng.Intn(6) {
			want = append(want, map[string]any{"v": anyValue(rng, 4), "w": anyValue(rng, 2)})
		}
		b, err := json.MarshalIndent(map[string]any{"skip": anyValue(rng, 3), "m": want}, "", strings.Repeat(" ", rng.Intn(3)))
		if err != nil {
			t.Fatal(err)
		}
		got, _, log, err := records(t, string(b), func(in io.Reader) io.Reader { return &pieces{in, rng} }, Plan{Records: []string{"m[]"}}, "", 0)
		if err != nil || len(log.Problems().All()) > 0 {
			t.Fatalf("%s: %v", b, err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("%s is read as %v", b, got)
		}
	}
}

type pieces struct {
	in  io.Reader
	rng *rand.Rand
}

func (p *pieces) Read(b []byte) (int, error) { return p.in.Read(b[:min(len(b), 1+p.rng.Intn(9))]) }

func anyValue(rng *rand.Rand, depth int) any {
	words := []string{"", "a", `"`, `\`, `\"`, "{", "]", "é\u2028", "line\nfeed", "😀", "\x00\x1f"}
	switch n := rng.Intn(7); {
	case n == 0:
		return nil
	case n == 1:
		return rng.Intn(2) == 0
	case n == 2:
		return rng.NormFloat64()
	case n < 5 || depth == 0:
		return words[rng.Intn(len(words))] + words[rng.Intn(len(words))]
	case n == 5:
		list := []any{}
		for range rng.Intn(4) {
			list = append(list, anyValue(rng, depth-1))
		}
		return list
	}
	all := map[string]any{}
	for range rng.Intn(4) {
		all[words[rng.Intn(len(words))]] = anyValue(rng, depth-1)
	}
	return all
}

func TestOutline(t *testing.T) {
	o := Of([]byte(`{"a":{"b":[{"c":1,"d":null},{"e":"x"}]},"f":[[2]],"g":"cut he`))
	for path, is := range map[string]bool{"a": true, "a.b": true, "a.b[].c": true, "a.b[].d": false, "a.b[].e": true, "f": true, "f[]": true, "g": true, "x|f": true, "a.*[].c": true, "*.b[].e": true, "b": false, "a.b[]": true} {
		if o.Has(path) != is {
			t.Errorf("%s: %v; there are %v", path, !is, o.Paths())
		}
	}
	if o.First("a.b[].c") != "1" || o.First("a.b[].e") != "x" || o.Lines {
		t.Error(o)
	}
	for text, lines := range map[string]bool{"{}\n{}": true, "{}\n": false, "{}": false, "[{}\n,{}]": false, "{\n}": false, "{}\n\n{\"a\":1}\n": true, "{}\nx": false} {
		if o := Of([]byte(text)); o == nil || o.Lines != lines {
			t.Errorf("%q: %v", text, o)
		}
	}
	for _, text := range []string{"", "a,b", "<x>", "\x89PNG", "1", `"x"`} {
		if Of([]byte(text)) != nil {
			t.Errorf("%q has an outline", text)
		}
	}
}

func TestValues(t *testing.T) {
	v, err := Parse([]byte(`{"s":"x","n":12.50,"t":true,"f":false,"z":null,"l":[1,2],"o":{"p":"q"},"one":1,"zero":"0"}`))
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for one := range v.List("l") {
		list = append(list, one.Text())
	}
	var keys []string
	for key := range v.Members() {
		keys = append(keys, key)
	}
	for what, ok := range map[string]bool{
		"text": v.Text("s") == "x", "number as written": v.Text("n") == "12.50", "truth": v.Text("t") == "true", "null": v.Text("z") == "" && !v.Has("z"), "object": v.Text("o") == "" && v.Has("o"),
		"missing": v.Text("no", "where") == "" && !v.At("no").Has("where"), "path": v.Text("o", "p") == "q", "first": v.First("z", "no", "o.p", "s") == "q", "list": strings.Join(list, " ") == "1 2" && v.At("l").Len() == 2,
		"true": v.True("t") && v.True("one") && !v.True("f") && !v.True("no"), "false": v.False("f") && v.False("zero") && !v.False("no") && !v.False("t"), "keys": strings.Join(keys, " ") == "s n t f z l o one zero",
		"kinds": v.At("s").IsText() && v.At("n").IsNumber() && v.At("l").IsList() && v.IsObject() && !v.At("no").IsObject() && v.At("s").Len() == 0,
	} {
		if !ok {
			t.Error(what)
		}
	}
}

// FuzzOf: whatever the bytes, an outline is made or not.
func FuzzOf(f *testing.F) {
	f.Add([]byte(`{"a":[{"b":"c"}]}`))
	f.Add([]byte("{}\n{\"a\":\"\\"))
	f.Fuzz(func(t *testing.T, text []byte) {
		if o := Of(text); o != nil {
			_ = o.Has("*.*|a[].b")
		}
		_, _, _, err := records(t, string(text), whole, Plan{Records: []string{"a[]", "b.*"}, Heads: []string{"c"}}, "c", 0)
		if err != nil {
			t.Fatal(err)
		}
	})
}
