package text

import (
	"bytes"
	"flag"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/entregent/entregent"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/report"
	"github.com/entregent/entregent/internal/report/reporttest"
	"github.com/entregent/entregent/measure"
	"github.com/entregent/entregent/presence"
	"github.com/entregent/entregent/whuffie"
)

var update = flag.Bool("update", false, "write testdata anew")

func told(t *testing.T, r entregent.Report, l lang.Language, width int, colour bool) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, r, l, width, colour); err != nil {
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
			got := told(t, reporttest.Reports[name](), l, 80, false)
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
				t.Errorf("%s differs: go test ./internal/report/text -update, then git diff", file)
			}
		}
	}
}

// TestLinesFit: no line is wider than the terminal, whatever the data, also when
// every word is 40 % longer.
func TestLinesFit(t *testing.T) {
	for name, make := range reporttest.Reports {
		for _, l := range []lang.Language{lang.English, lang.French, lang.Stretched} {
			for _, width := range []int{80, 64, 120} {
				for i, line := range strings.Split(told(t, make(), l, width, false), "\n") {
					if report.Columns(line) > width {
						t.Errorf("%s in %s: line %d is %d columns wide, not %d:\n%s", name, l, i+1, report.Columns(line), width, line)
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
	got := flat(told(t, reporttest.Full(), lang.Stretched, 80, false))
	for _, key := range []string{"six.scale", "curve.legend", "groups.says", "index.formula", "method.ours"} {
		if want := flat(lang.Stretched.Say(key)); !strings.Contains(got, want) {
			t.Errorf("%s was cut: %s", key, want)
		}
	}
	if strings.Contains(got, "…") && !strings.Contains(flat(told(t, reporttest.Full(), lang.English, 80, false)), "…") {
		t.Error("longer words made something be cut")
	}
}

// TestTextIsSafe: nobody can write to the reader's terminal by what they post.
func TestTextIsSafe(t *testing.T) {
	got := told(t, reporttest.Hostile(), lang.English, 80, false)
	for _, bad := range []string{"\x1b", "\u202e", "\r", "\u0007"} {
		if strings.Contains(got, bad) {
			t.Errorf("the text holds %q", bad)
		}
	}
	if coloured := told(t, reporttest.Hostile(), lang.English, 80, true); strings.Contains(coloured, "\x1b[31m") {
		t.Error("a message coloured the terminal")
	}
}

// TestColourAddsNothing: without its escapes the coloured text is the plain one.
func TestColourAddsNothing(t *testing.T) {
	coloured := told(t, reporttest.Full(), lang.French, 80, true)
	if !strings.Contains(coloured, "\x1b[1m") {
		t.Error("nothing is coloured")
	}
	bare := regexp.MustCompile(`\x1b\[\d+m`).ReplaceAllString(coloured, "")
	if bare != told(t, reporttest.Full(), lang.French, 80, false) {
		t.Error("colour changed the text")
	}
}

// TestHoursAreNotInvented says the days alone of a log that knows no hours.
func TestHoursAreNotInvented(t *testing.T) {
	at := time.Date(2013, 3, 19, 0, 0, 0, 0, time.UTC)
	r := entregent.Report{Presence: presence.Report{Watch: presence.Watch{Doubts: []measure.Doubt{measure.Doubted("watch-by-day")}}}}
	for l, want := range map[lang.Language]string{lang.English: "from 19 Mar 2013 to", lang.French: "du 19 mars 2013 au"} {
		said := strings.ReplaceAll(report.NewSpeaker(r, l).Alarm(presence.Alarm{From: at, Until: at, Peak: at, Observed: 8, Expected: 1.4}), "\u00a0", " ")
		if !strings.Contains(said, want) || strings.Contains(said, "00") || strings.Contains(said, "attendus") {
			t.Errorf("%q, want %q", said, want)
		}
	}
}

// TestUnknownIsSaid: what the data can't say is never NaN, 0 or nothing, and
// every word is in the catalogue.
func TestUnknownIsSaid(t *testing.T) {
	for name, make := range reporttest.Reports {
		for _, l := range lang.Languages() {
			got := told(t, make(), l, 80, false)
			if bad := regexp.MustCompile(`NaN|Inf\b|%!|⟨|<nil>`).FindString(got); bad != "" {
				t.Errorf("%s in %s says %q", name, l, bad)
			}
		}
	}
	got := told(t, reporttest.Silent(), lang.English, 80, false)
	for _, want := range []string{"Not enough conversation yet", "12 appeals from 9 people: below 30", "Human voice is not measured: the organisation answered nothing"} {
		if !strings.Contains(got, want) {
			t.Errorf("it doesn't say %q", want)
		}
	}
}

// TestFrenchTypography: our own French has no plain space before a high sign.
func TestFrenchTypography(t *testing.T) {
	for _, name := range []string{"full", "silent", "empty"} {
		r := reporttest.Reports[name]()
		r.Presence.Waiting.List, r.Presence.Crises, r.Log.Problems = nil, nil, nil // other people's words
		if bad := regexp.MustCompile(`.{0,20}\pL[ \x{a0}]([;:!?»]|%( |$)).{0,9}`).FindString(told(t, r, lang.French, 80, false)); bad != "" {
			t.Errorf("%s: %q", name, bad)
		}
	}
}

func TestMarks(t *testing.T) {
	if got := marks([]int{1, 20, 3}); got != "¹,²⁰,³" {
		t.Error(got)
	}
}

// TestGapIsTold: both sides, the gap with its sign and interval, ~ where nothing
// differs, and what is missing where there is too little.
func TestGapIsTold(t *testing.T) {
	fine := regexp.MustCompile(`[ \x{a0}]+`)
	for l, want := range map[lang.Language][]string{
		lang.English: {"Profitability 0.42 ████│─●─·┊····│█··· 0.11 +0.305 +0.215 to +0.395", "Freedom 0.10 ···█│···─○─···│█··· 0.10 −0.005 −0.095 to +0.085 ~",
			"Words of the organisation: margin (21:9)", "The two profiles stand 0.209 apart (Jensen-Shannon distance); people dealt out", "(p 0.003)", "forum 45 / 312 +0.210",
			"Loyalty: In deeds, as far as a conversation can tell: appeals answered within two days 62% (55–69%)."},
		lang.French: {"Rentabilité 0,42 ████│─●─·┊····│█··· 0,11 +0,305 +0,215 à +0,395", "Mots de la communauté\u202f: fidèle (<5:64)", "français 45 / 312", "mail non montré / 312 ?", "Autour du cercle des valeurs, ils sont à 0,082"},
	} {
		got := fine.ReplaceAllString(told(t, reporttest.Full(), l, 80, false), " ")
		for _, w := range want {
			if !strings.Contains(strings.Join(strings.Fields(got), " "), strings.Join(strings.Fields(w), " ")) {
				t.Errorf("%s doesn't say %q", l, w)
			}
		}
	}
	for _, way := range []string{told(t, reporttest.Silent(), lang.English, 80, false)} {
		if !strings.Contains(strings.Join(strings.Fields(way), " "), "ot enough evidence on the side of the organisation: messages 38 (100 are needed), persons 6 (30 are needed)") {
			t.Error("it doesn't say how much is missing")
		}
	}
}

// TestGapCanBeLeftOut: then nothing of it stands anywhere.
func TestGapCanBeLeftOut(t *testing.T) {
	r := reporttest.Full()
	r.Gap = nil
	if strings.Contains(told(t, r, lang.English, 80, false), "VALUES GAP") {
		t.Error("the text speaks of the gap")
	}
}

// TestWhuffieNames: who isn't to be named isn't, nowhere.
func TestWhuffieNames(t *testing.T) {
	for _, names := range []bool{true, false} {
		x := reporttest.Thanked(t, 40, names)
		var b bytes.Buffer
		why, err := x.World().Explain("ana")
		if err != nil {
			t.Fatal(err)
		}
		seen, err := x.As("<b>7")
		if err != nil {
			t.Fatal(err)
		}
		audit, err := x.World().Attack(whuffie.Slander, 10)
		if err != nil {
			t.Fatal(err)
		}
		for _, err := range []error{Whuffie(&b, x, "t", lang.English, 80, false), Why(&b, x, why, lang.English, 80, false),
			View(&b, x, "<b>7", seen, lang.English, 80, false), Attack(&b, x, audit, lang.English, 80, false)} {
			if err != nil {
				t.Fatal(err)
			}
		}
		for line := range strings.Lines(b.String()) {
			if report.Columns(line) > 81 {
				t.Errorf("a line of %d columns: %s", report.Columns(line), line)
			}
		}
		if shown := strings.Contains(b.String(), "ana"); shown != names {
			t.Errorf("names %v: ana is shown: %v\n%s", names, shown, b.String())
		}
	}
}

func TestWriteFails(t *testing.T) {
	if err := Write(reporttest.FullDisk{}, reporttest.Full(), "en", 80, false); err == nil {
		t.Error("Text said nothing")
	}
}

func BenchmarkText(b *testing.B) {
	r := reporttest.Full()
	for b.Loop() {
		_ = Write(io.Discard, r, lang.French, 80, true)
	}
}
