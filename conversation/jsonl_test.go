package conversation

import (
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// lost counts the problems that lose their record.
func lost(log *Log) (n int) {
	for _, tally := range log.ReadProblems().All() {
		if tally.Kind.Lost() {
			n += tally.Count
		}
	}
	return n
}

func TestJSONLReadsEveryField(t *testing.T) {
	log := readText(t, "all.jsonl", `{"id":17,"thread":4.0,"reply_to":"16","author":"é\u00e9\ud83d\ude00","side":"Organization","department":"press",`+
		`"channel":"forum","time":"2010-02-09T12:30:00+01:00","lang":"fr","text":"a\n\"b\"\/\\\t","time_precision":"day","seq":3,"bot":true,`+
		`"private":1,"deleted":"2010-02-10","deleted_by":"organisation","likes":[1,{"n":2}],"so\u006cved":false,"giver":null}`, ReadOptions{})
	if log.Len() != 1 || told(log) != "day-only@1" {
		t.Fatalf("%d messages, told %q", log.Len(), told(log))
	}
	m := log.Message(0)
	if m.ID != "17" || m.Thread != "4.0" || m.ReplyTo != "16" || m.Author != "éé😀" || m.Side != Organisation || m.Department != "press" ||
		m.Channel != "forum" || m.Lang != "fr" || m.Text != "a\n\"b\"/\\\t" || m.Precision != Day || m.Sequence != 3 || !m.Bot || !m.Private ||
		m.DeletedBy != Organisation {
		t.Errorf("read as %+v", m)
	}
	if m.Time.Format("2006-01-02T15:04") != "2010-02-09T00:00" || m.Deleted.Format("2006-01-02") != "2010-02-10" {
		t.Errorf("said at %v, deleted at %v", m.Time, m.Deleted)
	}
	if want := `{"likes":[1,{"n":2}],"solved":false}`; string(m.Attributes) != want {
		t.Errorf("attributes are %s, want %s", m.Attributes, want)
	}
	if v, ok := m.Attributes.Value("likes"); !ok || len(v.([]any)) != 2 {
		t.Errorf("likes are %v", v)
	}
}

func TestJSONLTellsWhatIsWrong(t *testing.T) {
	const good = `{"id":"a","author":"x","side":"community","time":"2010-02-09T12:00:00Z","text":"hello"}`
	with := func(id, more string) string {
		return `{"id":"` + id + `","side":"community","time":"2010-02-09T12:00:00Z","text":"hello"` + more + `}`
	}
	for _, c := range []struct{ name, line, told string }{
		{"nothing", "", ""},
		{"spaces", " \t\r", ""},
		{"a carriage return at the end", with("b", "") + "\r", ""},
		{"not JSON", "hello", "bad-record@2"},
		{"an array", "[1]", "bad-record@2"},
		{"null", "null", "bad-record@2"},
		{"two objects", with("b", "") + with("c", ""), "bad-record@2"},
		{"a comma too many", with("b", ","), "bad-record@2"},
		{"a bare word", with("b", `,"x":nul`), "bad-record@2"},
		{"a bare number", with("b", `,"x":01`), "bad-record@2"},
		{"a line feed in a string", with("b", `,"x":"`+"\t"+`"`), "bad-record@2"},
		{"zeros", "\x00\x00\x00", "bad-record@2"},
		{"zero inside", with("b", ",\x00"), "bad-record@2"},
		{"nested deeply", with("b", `,"x":`+strings.Repeat("[", 100_000)+strings.Repeat("]", 100_000)), "bad-record@2"},
		{"nested enough", with("b", `,"x":`+strings.Repeat("[", 9_999)+strings.Repeat("]", 9_999)), ""},
		{"opened for ever", strings.Repeat(`{"a":`, 100_000), "bad-record@2"},
		{"an id twice", with("a", ""), "duplicate-id@2"},
		{"a key twice", with("b", `,"id":"c"`), "bad-value@2"},
		{"an attribute twice", with("b", `,"x":1,"x":2`), "bad-value@2"},
		{"no time", `{"id":"b","side":"community","text":"hello"}`, "missing-time@2"},
		{"null for time", `{"id":"b","side":"community","text":"hello","time":null}`, "missing-time@2"},
		{"a bad time", `{"id":"b","side":"community","text":"hello","time":"soon"}`, "bad-time@2"},
		{"an odd side", `{"id":"b","side":"both","text":"hello","time":"2010-02-09T12:00:00Z"}`, "bad-value@2 unknown-side@2"},
		{"no side", `{"id":"b","text":"hello","time":"2010-02-09T12:00:00Z"}`, "unknown-side@2"},
		{"no id", `{"side":"community","text":"hello","time":"2010-02-09T12:00:00Z"}`, "missing-id@2"},
		{"a list for author", with("b", `,"author":["x"]`), "bad-value@2"},
		{"true for text", `{"id":"b","side":"community","text":true,"time":"2010-02-09T12:00:00Z"}`, "bad-value@2 empty-text@2"},
		{"a word for seq", with("b", `,"seq":"first"`), "bad-value@2"},
		{"a word for bot", with("b", `,"bot":"perhaps"`), "bad-value@2"},
		{"a word for deleted", with("b", `,"deleted":"perhaps"`), "bad-value@2"},
		{"an odd precision", with("b", `,"time_precision":"week"`), "bad-value@2"},
		{"no text", `{"id":"b","side":"community","text":" \n","time":"2010-02-09T12:00:00Z"}`, "empty-text@2"},
		{"broken bytes", `{"id":"b","side":"community","text":"caf` + "\xe9" + `","time":"2010-02-09T12:00:00Z"}`, "invalid-utf8@2"},
		{"half a surrogate", with("b", `,"x":"\ud83d"`), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			log := readText(t, "some.jsonl", good+"\n"+c.line+"\n"+strings.Replace(good, `"a"`, `"z"`, 1)+"\n", ReadOptions{})
			if got := told(log); !sameWords(got, c.told) {
				t.Errorf("told %q, want %q", got, c.told)
			}
			if _, ok := log.Find("z"); !ok {
				t.Error("the line behind was not read")
			}
			records := 3
			if strings.TrimSpace(c.line) == "" {
				records = 2
			}
			if log.Len()+lost(log) != records {
				t.Errorf("%d messages and %d lost of %d records", log.Len(), lost(log), records)
			}
		})
	}
}

func sameWords(a, b string) bool {
	count := map[string]int{}
	for _, w := range strings.Fields(a) {
		count[w]++
	}
	for _, w := range strings.Fields(b) {
		count[w]--
	}
	for _, n := range count {
		if n != 0 {
			return false
		}
	}
	return true
}

func TestDeletedWithoutATimeNeverStood(t *testing.T) {
	log := readText(t, "x.jsonl", `{"deleted":true,"id":"b","side":"community","text":"hello","time":"2010-02-09T12:00:00Z"}`, ReadOptions{})
	if e := log.At(0); e.Deleted != e.Time {
		t.Errorf("deleted at %d, said at %d", e.Deleted, e.Time)
	}
}

func TestKeysCanBeMapped(t *testing.T) {
	log := readText(t, "x.jsonl", `{"n":"b","side":"community","body":"hello","posted":1265713200,"time":"never"}`,
		ReadOptions{Columns: map[string]string{"id": "n", "text": "body", "time": "posted"}})
	if log.Len() != 1 || told(log) != "" || log.ID(0) != "b" || log.Attributes(0).Text("time") != "never" || log.Text(0) != "hello" || log.At(0).Time != 1265713200e6 {
		t.Fatalf("read as %+v, told %q", log.Message(0), told(log))
	}
	for says, columns := range map[string]map[string]string{
		`unknown field "tme"`:                            {"tme": "posted"},
		`column "posted" can't be both deleted and time`: {"time": "posted", "deleted": "posted"},
	} {
		err := Read(NewLog(nil), strings.NewReader("{}"), "x.jsonl", ReadOptions{Columns: columns})
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%v: %v, want %s", columns, err, says)
		}
	}
}

func TestFileCutShort(t *testing.T) {
	const whole = `{"id":"a","side":"community","time":"2010-02-09T12:00:00Z","text":"hello"}`
	t.Run("in the middle of a line", func(t *testing.T) {
		log := readText(t, "x.jsonl", whole+"\n"+whole[:30], ReadOptions{})
		if got := told(log); got != "bad-record@2 truncated@2" || log.Len() != 1 {
			t.Errorf("told %q of %d messages", got, log.Len())
		}
	})
	t.Run("behind a line without its ending", func(t *testing.T) {
		if log := readText(t, "x.jsonl", whole, ReadOptions{}); told(log) != "" || log.Len() != 1 {
			t.Errorf("told %q of %d messages", told(log), log.Len())
		}
	})
	t.Run("in the middle of a compressed stream", func(t *testing.T) {
		log := NewLog(nil)
		in := io.MultiReader(strings.NewReader(whole+"\n"), iotest.ErrReader(io.ErrUnexpectedEOF))
		if err := Read(log, in, "x.jsonl", ReadOptions{}); err != nil {
			t.Fatal(err)
		}
		if got := told(log); got != "truncated@1" || log.Len() != 1 {
			t.Errorf("told %q of %d messages", got, log.Len())
		}
	})
	t.Run("by a broken disk", func(t *testing.T) {
		log, broken := NewLog(nil), errors.New("broken disk")
		err := Read(log, io.MultiReader(strings.NewReader(whole+"\n"), iotest.ErrReader(broken)), "x.jsonl", ReadOptions{})
		if !errors.Is(err, broken) || log.Len() != 1 || err.Error() != "reading x.jsonl: broken disk" {
			t.Errorf("%v after %d messages", err, log.Len())
		}
	})
}

func TestLinesOfAHundredMegabytes(t *testing.T) {
	if testing.Short() {
		t.Skip("takes memory for a line of 100 MB")
	}
	const size = 100 << 20
	long := func() io.Reader {
		return io.MultiReader(strings.NewReader(`{"id":"a","side":"community","time":"2010-02-09T12:00:00Z","text":"`),
			io.LimitReader(endless{}, size), strings.NewReader("\"}\n"+`{"id":"b","side":"community","time":"2010-02-09T12:00:00Z","text":"short"}`))
	}
	log := NewLog(nil)
	if err := Read(log, long(), "x.jsonl", ReadOptions{}); err != nil {
		t.Fatal(err)
	}
	if log.Len() != 2 || log.At(0).Length != size || told(log) != "" {
		t.Errorf("read %d messages, told %q", log.Len(), told(log))
	}
	log = NewLog(nil)
	if err := Read(log, long(), "x.jsonl", ReadOptions{Limit: 1 << 20}); err != nil {
		t.Fatal(err)
	}
	if log.Len() != 1 || told(log) != "long-line@1" || log.Message(0).Origin.Line != 2 {
		t.Errorf("with a limit: read %d messages, told %q", log.Len(), told(log))
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'a'
	}
	return len(p), nil
}

func TestStrictStopsAtTheFirstProblem(t *testing.T) {
	const text = `{"id":"a","side":"community","time":"2010-02-09T12:00:00Z","text":"hello"}

{"id":"b","side":"community","time":"soon","text":"hello"}
{"id":"c","side":"both","time":"2010-02-09T12:00:00Z","text":"hello"}
`
	log := NewLog(nil)
	err := Read(log, strings.NewReader(text), "x.jsonl", ReadOptions{Strict: true})
	var problem *Problem
	if !errors.As(err, &problem) || problem.Kind != BadTime || problem.Origin != (Origin{"x.jsonl", 3}) || problem.ID != "b" {
		t.Fatalf("stopped at %v", err)
	}
	if !strings.HasPrefix(err.Error(), "x.jsonl:3: bad-time (message b): ") || log.Len() != 1 {
		t.Errorf("%v, after %d messages", err, log.Len())
	}
}

// FuzzObject holds the scanner to encoding/json: it accepts the same objects
// and finds the same words in them.
func FuzzObject(f *testing.F) {
	for _, s := range []string{`{}`, `{"a":1}`, ` { "a" : "b\n\u00e9\ud83d\ude00\ud83d" , "text":"x" } `, `{"a":[{"b":null}],"c":-1.5e+3,"a":true}`,
		`{"id":"x","id":"y"}`, `{"a":"` + "\xff" + `"}`, `{"a":01}`, `{"a":"\x"}`, `{"a":nulll}`, `{"":{}}`, `{"a":1}x`, `{"a" 1}`, `{"thread":0}`, `{"time":1e99}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(s, "\uFFFD")
		var all map[string]json.RawMessage
		valid := json.Unmarshal([]byte(s), &all) == nil && all != nil
		var o object
		o.reset("", 0)
		if got := o.scan(s); got != valid {
			t.Fatalf("accepted %v, encoding/json %v: %q", got, valid, s)
		}
		if !valid {
			return
		}
		attributes, err := o.Attributes.All()
		if err != nil {
			t.Fatalf("attributes %s: %v", o.Attributes, err)
		}
		for key, raw := range all {
			_, kept := attributes[key]
			if known := fieldNamed(key); kept != (string(raw) != "null") && (known == other || known >= fieldSubject) && len(o.complaint) == 0 {
				t.Fatalf("%q kept as an attribute: %v", key, kept)
			}
		}
		var text struct{ Text any }
		if json.Unmarshal([]byte(`{"Text":`+string(all["text"])+`}`), &text) == nil && len(o.complaint) == 0 {
			if want, ok := text.Text.(string); ok && want != o.Text {
				t.Fatalf("text %q, encoding/json %q", o.Text, want)
			}
		}
	})
}
