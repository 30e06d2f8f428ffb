package file

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/source"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/store/storetest"
)

func TestNamesOfSources(t *testing.T) {
	for name, want := range map[string]string{
		"Forum 2024.jsonl.zst": "forum-2024", "C:\\mails\\Réclamations.mbox.gz": "r-clamations", "../../etc/passwd": "passwd", ".csv": "file", "été.csv": "t",
		"日本.jsonl": "file", strings.Repeat("long", 30) + ".csv": strings.Repeat("long", 10),
	} {
		if got := Propose(name); got != want || store.CheckSource(got) != nil {
			t.Errorf("%q becomes %q, not %q", name, got, want)
		}
	}
	for _, bad := range []string{"", "A", "a/b", "a b", strings.Repeat("a", 41), "é"} {
		if store.CheckSource(bad) == nil {
			t.Errorf("%q is a name", bad)
		}
	}
}

func TestRosterOfAText(t *testing.T) {
	r, err := Roster(" acme.org; support ,\r\n\n# the team\nMarie Durand")
	if err != nil {
		t.Fatal(err)
	}
	for _, who := range []conversation.PersonID{"bo@acme.org", "Marie Durand"} {
		if _, ok := r.Find(who, ""); !ok {
			t.Errorf("%s is not of it", who)
		}
	}
	if r, err := Roster(" ,\n"); r != nil || err != nil {
		t.Error("nobody is somebody", r, err)
	}
	if _, err := Roster("a; b; c"); err == nil {
		t.Error("two departments are one")
	}
}

// talk is a file of n messages.
func talk(n int, change func(i int, text string) string) string {
	var b strings.Builder
	for i := range n {
		text := fmt.Sprintf("Message %d", i)
		if change != nil {
			text = change(i, text)
		}
		fmt.Fprintf(&b, `{"id":"%d","thread":"t%d","author":"p%d","side":"community","channel":"forum","time":"2026-03-01T10:%02d:%02d.5Z","text":%q,"likes":%d}`+"\n", i, i/7, i%30, i/60%60, i%60, text, i%3)
	}
	return b.String()
}

var forum = File{Source: "forum", Title: "Forum", Name: "forum.jsonl", TimeZone: "UTC"}

// What Look says would become of a file is what becomes of it, whatever is kept
// already; an import that broke off and begins again ends as one that didn't.
func TestLookForetellsImport(t *testing.T) {
	const n = 3500
	s, _ := storetest.SQLite(t)
	foretold := func(text string) Fates {
		t.Helper()
		sight, err := Look(t.Context(), s, strings.NewReader(text), forum, nil, Limit{})
		if err != nil {
			t.Fatal(err)
		}
		return sight.Fates
	}
	done := func(text string) Fates {
		t.Helper()
		var last float64
		kept, err := Import(t.Context(), s, strings.NewReader(text), forum, nil, func(p float64) {
			if p < last || p > 1 {
				t.Errorf("progress goes from %v to %v", last, p)
			}
			last = p
		})
		if err != nil || last != 1 {
			t.Fatal(err, last)
		}
		return kept.Fates
	}
	first := talk(n, nil)
	if want := (Fates{Added: n}); foretold(first) != want {
		t.Errorf("of a new file: %+v", foretold(first))
	}
	ctx, stop := context.WithCancel(t.Context())
	_, err := Import(ctx, s, strings.NewReader(first), forum, nil, func(p float64) {
		if p > .5 {
			stop()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatal("it wasn't broken off:", err)
	}
	half, err := s.Counts(t.Context())
	if err != nil || half.Messages == 0 || half.Messages == n {
		t.Fatal(half, err)
	}
	if want := (Fates{Added: n - half.Messages, Same: half.Messages}); foretold(first) != want || done(first) != want {
		t.Errorf("begun again: want %+v", want)
	}
	edited := talk(n+10, func(i int, text string) string {
		if i%100 == 0 {
			return text + ", edited"
		}
		return text
	})
	want := Fates{Added: 10, Edited: n / 100, Same: n - n/100}
	if said := foretold(edited); said != want {
		t.Errorf("of an edited file %+v is foretold, not %+v", said, want)
	}
	if got := done(edited); got != want {
		t.Errorf("of an edited file %+v became, not %+v", got, want)
	}
}

// A file that comes in parts gives the same threads as one that comes whole.
func TestPartsOfAConversation(t *testing.T) {
	lines := []string{`{"id":"1","author":"a","side":"community","time":"2026-03-01T10:00:00Z","text":"How?"}`,
		`{"id":"2","author":"b","side":"organisation","reply_to":"1","time":"2026-03-01T11:00:00Z","text":"So."}`,
		`{"id":"3","author":"a","side":"community","reply_to":"2","time":"2026-03-01T12:00:00Z","text":"Thanks!"}`}
	threads := func(parts ...string) (list []string) {
		s, _ := storetest.SQLite(t)
		for _, p := range parts {
			if _, err := Import(t.Context(), s, strings.NewReader(p), forum, nil, func(float64) {}); err != nil {
				t.Fatal(err)
			}
		}
		all, err := s.Messages(t.Context(), store.Range{})
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range all {
			list = append(list, fmt.Sprint(m.ID, " in ", m.Thread))
		}
		return list
	}
	whole := threads(strings.Join(lines, "\n"))
	if diff := cmp.Diff(whole, threads(lines...)); diff != "" {
		t.Errorf("in parts (+) and whole (-):\n%s", diff)
	}
}

// A long file is looked at in part, and says so; one that goes on for ever ends by
// the clock.
func TestLookIsBounded(t *testing.T) {
	s, _ := storetest.SQLite(t)
	sight, err := Look(t.Context(), s, strings.NewReader(talk(5000, nil)), forum, nil, Limit{Bytes: 100_000})
	if err != nil || sight.Whole || sight.Messages < 100 || sight.Messages > 4000 || len(sight.Sample) != Shown {
		t.Errorf("%+v, %v", sight, err)
	}
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	clock := func() time.Time { now = now.Add(time.Second); return now }
	sight, err = Look(t.Context(), s, endless{}, forum, nil, Limit{Until: now.Add(20 * time.Second), Now: clock})
	if err != nil || sight.Whole {
		t.Errorf("%+v, %v", sight, err)
	}
}

// endless is a file that never ends.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	n := 0
	for line := `{"time":"2026-03-01T10:00:00Z","author":"a","text":"again"}` + "\n"; n+len(line) < len(p); {
		n += copy(p[n:], line)
	}
	return n, nil
}

// A file that can't be read is told as such for good, and keeps nothing.
func TestUnreadable(t *testing.T) {
	s, _ := storetest.SQLite(t)
	for _, in := range []io.Reader{strings.NewReader("\x89PNG\r\n"), io.MultiReader(strings.NewReader(talk(10, nil)), torn{})} {
		_, err := Import(t.Context(), s, in, forum, nil, func(float64) {})
		var final interface{ Permanent() bool }
		if !errors.As(err, &final) || !final.Permanent() {
			t.Errorf("%v can be tried again", err)
		}
	}
	if n, err := s.Counts(t.Context()); err != nil || n.Messages != 0 {
		t.Error(n, err)
	}
	if list, err := source.List(t.Context(), s); err != nil || len(list) != 0 {
		t.Error("a file that can't be read leaves a source:", list, err)
	}
	f := forum
	f.Source = "Forum!"
	if _, err := Import(t.Context(), s, strings.NewReader(""), f, nil, func(float64) {}); !errors.Is(err, store.ErrSourceName) {
		t.Error(err)
	}
}

// A record longer than any message is left out and told, at once.
func TestLongRecord(t *testing.T) {
	s, _ := storetest.SQLite(t)
	text := `{"id":"0","time":"2026-03-01T10:00:00Z","text":"` + strings.Repeat("a", longest) + `"}` + "\n" + talk(3, func(i int, text string) string { return text })
	kept, err := Import(t.Context(), s, strings.NewReader(text), forum, nil, func(float64) {})
	if err != nil || kept.Added != 3 || kept.Lost != 1 || kept.Problems[0].Kind != conversation.LongLine {
		t.Errorf("%+v, %v", kept, err)
	}
}

type torn struct{}

func (torn) Read([]byte) (int, error) { return 0, errors.New("the disk is torn") }
