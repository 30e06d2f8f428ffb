package form

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/entregent/entregent/conversation"
)

var update = flag.Bool("update", false, "write what samples are read as, to be looked at before it is kept")

// sample is a small file of a format in testdata, named form-shape.ext, beside it
// form-shape.ext.want, what it is to be read as.
type sample struct {
	form conversation.Form
	path string
	text []byte
}

func samples(t testing.TB) (all []sample) {
	t.Helper()
	paths, err := filepath.Glob("testdata/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		if strings.HasSuffix(path, ".want") {
			continue
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		name, _, _ := strings.Cut(strings.TrimPrefix(filepath.Base(path), "stackexchange-xml-"), "-")
		if strings.HasPrefix(filepath.Base(path), "stackexchange-xml-") {
			name = "stackexchange-xml"
		}
		all = append(all, sample{conversation.Form(name), path, text})
	}
	return all
}

// readAs reads a text as a file of that name.
func readAs(name string, text []byte, o conversation.ReadOptions) (*conversation.Log, error) {
	log := conversation.NewLog(nil)
	if o.Formats == nil {
		o.Formats = All()
	}
	err := conversation.Read(log, bytes.NewReader(text), filepath.Base(name), o)
	return log, err
}

// told writes what was read, a line a message.
func told(log *conversation.Log, err error) string {
	var b strings.Builder
	if err != nil {
		fmt.Fprintf(&b, "error: %v\n", err)
	}
	for i := range log.Len() {
		m := log.Message(i)
		fmt.Fprintf(&b, "%s | thread %s | to %s | %s (%s) | %s | %s | %s", m.ID, m.Thread, m.ReplyTo, m.Author, m.Attributes.Text("name"), m.Side, m.Channel, m.Time.Format("2006-01-02T15:04:05Z07:00"))
		for _, f := range []struct {
			is   bool
			word string
		}{{m.Bot, "bot"}, {m.Private, "private"}, {!m.Deleted.IsZero(), "deleted by " + m.DeletedBy.String()}} {
			if f.is {
				fmt.Fprintf(&b, " | %s", f.word)
			}
		}
		if m.Department != "" {
			fmt.Fprintf(&b, " | of %s", m.Department)
		}
		fmt.Fprintf(&b, " | %q\n", m.Text)
	}
	for _, l := range log.Facts().LeftOut() {
		fmt.Fprintf(&b, "left out: %d %s\n", l.Count, l.Why)
	}
	for _, p := range log.Problems().All() {
		if p.Kind != conversation.UnknownSide {
			fmt.Fprintf(&b, "problem: %d %s\n", p.Count, p.Kind)
		}
	}
	return b.String()
}

// TestSamples reads every sample of every format, and compares all that was
// understood of it.
func TestSamples(t *testing.T) {
	for _, s := range samples(t) {
		t.Run(filepath.Base(s.path), func(t *testing.T) {
			got := told(readAs(s.path, s.text, conversation.ReadOptions{}))
			if *update {
				if err := os.WriteFile(s.path+".want", []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(s.path + ".want")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
				t.Errorf("read otherwise (-want +got):\n%s", diff)
			}
		})
	}
}

// TestEveryFormatKnowsItsOwn: each format has samples, recognises them, and no
// other but the last, which takes any JSON, does.
func TestEveryFormatKnowsItsOwn(t *testing.T) {
	seen := map[conversation.Form]int{}
	for _, s := range samples(t) {
		var by []conversation.Form
		for _, f := range All() {
			if f.Recognise(filepath.Base(s.path), s.text[:min(len(s.text), 1<<16)]) {
				by = append(by, f.Name)
			}
		}
		if len(by) == 0 || by[0] != s.form {
			t.Errorf("%s is recognised by %v", s.path, by)
		}
		if twice := exactly(s); len(twice) > 1 {
			t.Errorf("%s is known by the marks of %v", s.path, twice)
		}
		seen[s.form]++
	}
	for _, f := range append(texts(), documents()...) {
		if seen[f.Name] == 0 {
			t.Errorf("%s has no sample", f.Name)
		}
	}
}

// exactly are the formats among whose shapes a sample is, by their marks.
func exactly(s sample) (names []conversation.Form) {
	for _, sh := range sheets {
		if sh.recognise("", s.text) {
			names = append(names, sh.name)
		}
	}
	return names
}

// own are files that the package conversation reads itself.
var own = map[string]string{
	"own.jsonl":    `{"id":"1","time":"2026-03-02T09:00:00Z","text":"hello","author":"ana"}` + "\n" + `{"id":"2","time":"2026-03-02T09:00:00Z","text":"hello","body":"x"}` + "\n",
	"bad.jsonl":    `{"id":"1","text":"no time"}` + "\n" + `{"id":"2","time":"2026-03-02T09:00:00Z","text":"hello"}` + "\n",
	"one.jsonl":    `{"id":"1","time":"2026-03-02T09:00:00Z","text":"hello","author":"ana"}`,
	"table.csv":    "id,time,text\n1,2026-03-02,hello\n",
	"a.eml":        "From: a@x.example\nDate: Mon, 2 Mar 2026 09:00:00 +0000\n\nhello\n",
	"a.mbox":       "From a@x.example Mon Mar  2 09:00:00 2026\nFrom: a@x.example\nDate: Mon, 2 Mar 2026 09:00:00 +0000\n\nhello\n",
	"thanks.jsonl": `{"from":"a","to":"b"}` + "\n" + `{"from":"b","to":"c"}` + "\n",
}

func TestNoFormatTakesWhatIsReadAlready(t *testing.T) {
	for name, text := range own {
		for _, f := range append(texts(), documents()...) {
			if f.Recognise(name, []byte(text)) {
				t.Errorf("%s is taken for %s", name, f.Name)
			}
		}
	}
}

// TestCutAnywhere cuts every sample at two hundred places, at every byte with
// ENTREGENT_LONG: nothing panics, nothing is read
// that isn't in the whole, and what is lost is told.
func TestCutAnywhere(t *testing.T) {
	for _, s := range samples(t) {
		whole, err := readAs(s.path, s.text, conversation.ReadOptions{Form: s.form})
		if err != nil {
			continue
		}
		there := map[conversation.MessageID]bool{}
		for i := range whole.Len() {
			there[whole.ID(i)] = true
		}
		step := 1
		if os.Getenv("ENTREGENT_LONG") == "" {
			step = 1 + len(s.text)/200
		}
		for n := 0; n < len(s.text); n += step {
			log, err := readAs(s.path, s.text[:n], conversation.ReadOptions{Form: s.form})
			if err != nil && !errors.Is(err, conversation.ErrForm) {
				t.Fatalf("%s, %d bytes: %v", s.path, n, err)
			}
			for i := range log.Len() {
				if !there[log.ID(i)] && !slices.Contains(madeUp, s.form) {
					t.Fatalf("%s, %d bytes: message %s is not in the whole", s.path, n, log.ID(i))
				}
			}
		}
	}
}

// madeUp are formats whose ids are made of what a message says of itself, so that
// half a line has another.
var madeUp = []conversation.Form{"whatsapp"}

// TestAnythingBroken reads samples with bytes changed: nothing panics.
func TestAnythingBroken(t *testing.T) {
	rng := rand.New(rand.NewSource(1))
	rounds := 50
	if testing.Short() {
		rounds = 10
	}
	for _, s := range samples(t) {
		for range rounds {
			text := bytes.Clone(s.text)
			for range 1 + rng.Intn(8) {
				text[rng.Intn(len(text))] = byte(rng.Intn(256))
			}
			for _, form := range []conversation.Form{"", s.form} {
				if _, err := readAs(s.path, text, conversation.ReadOptions{Form: form}); err != nil && !errors.Is(err, conversation.ErrForm) {
					t.Fatalf("%s: %v", s.path, err)
				}
			}
		}
	}
}

// FuzzFormats: whatever the bytes, no format panics, loops, or fails otherwise
// than by saying that this isn't its form.
func FuzzFormats(f *testing.F) {
	for _, s := range samples(f) {
		f.Add(s.text)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		all := All()
		for _, format := range all {
			if !format.Recognise("a.json", text) {
				continue
			}
			log := conversation.NewLog(nil)
			err := conversation.Read(log, bytes.NewReader(text), "a.json", conversation.ReadOptions{Form: format.Name, Formats: all})
			if err != nil && !errors.Is(err, conversation.ErrForm) {
				t.Fatal(err)
			}
		}
	})
}
