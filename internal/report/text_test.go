package report

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/entregent/entregent"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/measure"
	"github.com/entregent/entregent/presence"
)

var update = flag.Bool("update", false, "write testdata anew")

func told(t *testing.T, r entregent.Report, l lang.Language, width int, colour bool) string {
	t.Helper()
	var b bytes.Buffer
	if err := Text(&b, r, l, width, colour); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestGoldenText compares what a terminal shows with testdata; -update writes it
// anew, and the difference is what to review.
func TestGoldenText(t *testing.T) {
	for _, name := range []string{"full", "silent", "daily"} {
		for _, l := range lang.Languages() {
			file := filepath.Join("testdata", name+"."+string(l)+".txt")
			got := told(t, reports[name](), l, 80, false)
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("%s differs: go test ./internal/report -update, then git diff", file)
			}
		}
	}
}

// TestLinesFit: no line is wider than the terminal, whatever the data, also when
// every word is 40 % longer.
func TestLinesFit(t *testing.T) {
	for name, make := range reports {
		for _, l := range []lang.Language{lang.English, lang.French, lang.Stretched} {
			for _, width := range []int{80, 64, 120} {
				for i, line := range strings.Split(told(t, make(), l, width, false), "\n") {
					if columns(line) > width {
						t.Errorf("%s in %s: line %d is %d columns wide, not %d:\n%s", name, l, i+1, columns(line), width, line)
					}
					if line != strings.TrimRight(line, " ") {
						t.Errorf("%s in %s: line %d ends in spaces", name, l, i+1)
					}
				}
			}
		}
	}
}

// TestNothingIsCut: the stretched report still has all its words: what does not
// fit goes to the next line.
func TestNothingIsCut(t *testing.T) {
	flat := func(s string) string { return strings.Join(strings.Fields(s), "") }
	got := flat(told(t, full(), lang.Stretched, 80, false))
	for _, key := range []string{"six.scale", "curve.legend", "groups.says", "index.formula", "method.ours"} {
		if want := flat(lang.Stretched.Say(key)); !strings.Contains(got, want) {
			t.Errorf("%s was cut: %s", key, want)
		}
	}
	if strings.Contains(got, "…") && !strings.Contains(flat(told(t, full(), lang.English, 80, false)), "…") {
		t.Error("longer words made something be cut")
	}
}

// TestTextIsSafe: nobody can write to the reader's terminal by what they post.
func TestTextIsSafe(t *testing.T) {
	got := told(t, hostile(), lang.English, 80, false)
	for _, bad := range []string{"\x1b", "\u202e", "\r", "\u0007"} {
		if strings.Contains(got, bad) {
			t.Errorf("the text holds %q", bad)
		}
	}
	if coloured := told(t, hostile(), lang.English, 80, true); strings.Contains(coloured, "\x1b[31m") {
		t.Error("a message coloured the terminal")
	}
}

// TestColourAddsNothing: without its escapes the coloured text is the plain one.
func TestColourAddsNothing(t *testing.T) {
	coloured := told(t, full(), lang.French, 80, true)
	if !strings.Contains(coloured, "\x1b[1m") {
		t.Error("nothing is coloured")
	}
	bare := regexp.MustCompile(`\x1b\[\d+m`).ReplaceAllString(coloured, "")
	if bare != told(t, full(), lang.French, 80, false) {
		t.Error("colour changed the text")
	}
}

// TestHoursAreNotInvented says the days alone of a log that knows no hours.
func TestHoursAreNotInvented(t *testing.T) {
	at := time.Date(2013, 3, 19, 0, 0, 0, 0, time.UTC)
	r := entregent.Report{Presence: presence.Report{Watch: presence.Watch{Doubts: []measure.Doubt{measure.Doubted("watch-by-day")}}}}
	for l, want := range map[lang.Language]string{lang.English: "from 19 Mar 2013 to", lang.French: "du 19 mars 2013 au"} {
		said := strings.ReplaceAll(newSpeaker(r, l).alarm(presence.Alarm{From: at, Until: at, Peak: at, Observed: 8, Expected: 1.4}), "\u00a0", " ")
		if !strings.Contains(said, want) || strings.Contains(said, "00") || strings.Contains(said, "attendus") {
			t.Errorf("%q, want %q", said, want)
		}
	}
}

// TestUnknownIsSaid: what the data can't say is never NaN, 0 or nothing, and
// every word is in the catalogue.
func TestUnknownIsSaid(t *testing.T) {
	for name, make := range reports {
		for _, l := range lang.Languages() {
			got := told(t, make(), l, 80, false)
			if bad := regexp.MustCompile(`NaN|Inf\b|%!|⟨|<nil>`).FindString(got); bad != "" {
				t.Errorf("%s in %s says %q", name, l, bad)
			}
		}
	}
	got := told(t, silent(), lang.English, 80, false)
	for _, want := range []string{"Not enough conversation yet", "12 appeals from 9 people: below 30", "Human voice is not measured: the organisation answered nothing"} {
		if !strings.Contains(got, want) {
			t.Errorf("it doesn't say %q", want)
		}
	}
}

// TestFrenchTypography: our own French has no plain space before a high sign.
func TestFrenchTypography(t *testing.T) {
	for _, name := range []string{"full", "silent", "empty"} {
		r := reports[name]()
		r.Presence.Waiting.List, r.Presence.Crises, r.Log.Problems = nil, nil, nil // other people's words
		if bad := regexp.MustCompile(`.{0,20}\pL[ \x{a0}]([;:!?»]|%( |$)).{0,9}`).FindString(told(t, r, lang.French, 80, false)); bad != "" {
			t.Errorf("%s: %q", name, bad)
		}
	}
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		text  string
		width int
		want  string
	}{
		{"a b c", 3, "a b|c"}, {"abcdef", 4, "abcd|ef"}, {"a bcdef", 4, "a|bcde|f"}, {"", 4, ""}, {"12\u00a0h 3", 4, "12\u00a0h|3"}, {"字字字", 4, "字字|字"},
		{"字", 1, "字"}, {"a字字 b", 3, "a字|字|b"},
	} {
		if got := strings.Join(wrap(c.text, c.width), "|"); got != c.want {
			t.Errorf("%q in %d: %q, not %q", c.text, c.width, got, c.want)
		}
	}
}

// TestNotes: one number a kind of doubt, in the order of reading; what holds for
// the whole report has none.
func TestNotes(t *testing.T) {
	n := newNotes(lang.English, []measure.Doubt{measure.Doubted("recogniser")})
	capped, young := measure.Doubted("capped", 2, 5.0), measure.Doubted("unfinished", 1, 9, "7 d")
	for i, c := range []struct {
		doubts []measure.Doubt
		want   string
	}{{[]measure.Doubt{capped}, "¹"}, {[]measure.Doubt{young, capped}, "²,¹"}, {[]measure.Doubt{measure.Doubted("recogniser")}, ""},
		{[]measure.Doubt{measure.Doubted("unfinished", 3, 20, "7 d")}, "²"}} {
		if got := marks(n.mark(c.doubts)); got != c.want {
			t.Errorf("%d: %s, not %s", i, got, c.want)
		}
	}
	want := []string{"2 askers write so much that their weight is capped at 5%",
		"1 of 9 appeals are too young to say whether they will be answered within 7\u00a0d (elsewhere with other figures)"}
	if got := n.list(); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func TestMarks(t *testing.T) {
	if got := marks([]int{1, 20, 3}); got != "¹,²⁰,³" {
		t.Error(got)
	}
}
