package report

import (
	"slices"

	"strings"
	"testing"

	"github.com/entregent/entregent/ethos"
	"github.com/entregent/entregent/gap"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/report/reporttest"
	"github.com/entregent/entregent/measure"
	"github.com/entregent/entregent/whuffie"
)

// TestPieces: spans that overlap, that lie outside, or that cut a letter break
// nothing; a long message is cut round what matters, at a space.
func TestPieces(t *testing.T) {
	long := strings.Repeat("avant ", 200) + "profit" + strings.Repeat(" après", 200)
	for _, c := range []struct {
		text  string
		spans []ethos.Span
		want  string
	}{
		{"a profit b", []ethos.Span{{Start: 2, End: 8, Contribution: 1}}, "a |[profit]| b"},
		{"a profit b", []ethos.Span{{Start: 2, End: 8, Contribution: 1}, {Start: 4, End: 9, Contribution: 1}, {Start: -1, End: 3, Contribution: 1}, {Start: 5, End: 99, Contribution: 1}}, "a |[profit]| b"},
		{"a profit b", []ethos.Span{{Start: 2, End: 8, Contribution: -1}}, "a profit b"},
		{"", []ethos.Span{{Start: 0, End: 1, Contribution: 1}}, ""},
	} {
		if got := joinedPieces(gap.Quote{Text: c.text, Spans: c.spans}); got != c.want {
			t.Errorf("%q: %q, not %q", c.text, got, c.want)
		}
	}
	got := joinedPieces(gap.Quote{Text: long, Spans: []ethos.Span{{Start: 1200, End: 1206, Contribution: 1}}})
	if len(got) > 500 || !strings.HasPrefix(got, "… |") || !strings.HasSuffix(got, "| …") || !strings.Contains(got, "avant |[profit]| après") {
		t.Errorf("%q", got)
	}
	if got := joinedPieces(gap.Quote{Text: "éé", Spans: []ethos.Span{{Start: 1, End: 3, Contribution: 1}}}); strings.Contains(got, "\xc3|") {
		t.Errorf("%q", got)
	}
}

func joinedPieces(q gap.Quote) string {
	var all []string
	for _, p := range Pieces(q) {
		if p.Mark {
			p.Text = "[" + p.Text + "]"
		}
		all = append(all, p.Text)
	}
	return strings.Join(all, "|")
}

// TestFewPeople: where nobody is listed, no band tells of fewer than five people,
// and no thanks of theirs are drawn; where people are named, all is told.
func TestFewPeople(t *testing.T) {
	for _, n := range []int{1, 4, 40, 3000} {
		told := map[bool]int{}
		for _, names := range []bool{true, false} {
			x := reporttest.Thanked(t, n, names)
			s := Standing{Language: lang.English, Whuffie: x, Listed: names}
			bands, flows := s.Coarse()
			held := map[whuffie.Band]int{}
			for _, b := range bands {
				told[names] += b.People
				held[b.Band] = b.People
				if said := s.Heads(b); !names && b.People < 5 && said != "fewer than 5" {
					t.Errorf("%d people: a band of %d is told as %s", n, b.People, said)
				}
			}
			thanks := 0
			for _, f := range flows {
				thanks += f.Thanks
				if !names && (held[f.From] < 5 || held[f.To] < 5) {
					t.Errorf("%d people: %d thanks from a band of %d to one of %d", n, f.Thanks, held[f.From], held[f.To])
				}
			}
			if names && thanks != 2*n-1 {
				t.Errorf("%d people: %d thanks in the flow, of %d", n, thanks, 2*n-1)
			}
		}
		if told[true] != told[false] {
			t.Errorf("%d people: %d are told of by name, %d without", n, told[true], told[false])
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
		if got := strings.Join(Wrap(c.text, c.width), "|"); got != c.want {
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
		want   []int
	}{{[]measure.Doubt{capped}, []int{1}}, {[]measure.Doubt{young, capped}, []int{2, 1}}, {[]measure.Doubt{measure.Doubted("recogniser")}, nil},
		{[]measure.Doubt{measure.Doubted("unfinished", 3, 20, "7 d")}, []int{2}}} {
		if got := n.Mark(c.doubts); !slices.Equal(got, c.want) {
			t.Errorf("%d: %v, not %v", i, got, c.want)
		}
	}
	want := []string{"2 askers write so much that their weight is capped at 5%",
		"1 of 9 appeals are too young to say whether they will be answered within 7\u00a0d (elsewhere with other figures)"}
	if got := n.Numbered(); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}
