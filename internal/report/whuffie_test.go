package report

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/entregent/entregent"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/whuffie"
)

// thanked is standing in a community of n people who all thank ana, and some
// each other.
func thanked(t *testing.T, n int, names bool) *entregent.Whuffie {
	t.Helper()
	at := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	var log []whuffie.Event
	for i := range n {
		who := fmt.Sprintf("<b>%d", i)
		log = append(log, whuffie.Event{Kind: whuffie.Thanks, ID: who + "a", From: who, To: "ana", Time: at.Add(time.Duration(i) * time.Minute)})
		if i > 0 {
			log = append(log, whuffie.Event{Kind: whuffie.Thanks, ID: who + "b", From: who, To: fmt.Sprintf("<b>%d", i/2), Time: at.Add(time.Duration(i) * time.Minute)})
		}
	}
	x, err := entregent.MeasureWhuffie(nil, log, entregent.WhuffieOptions{Names: names, Walks: 1 << 12})
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func TestWhuffiePage(t *testing.T) {
	for _, n := range []int{0, 3, 3000} {
		for _, l := range lang.Languages() {
			x := thanked(t, n, true)
			v := newSpeaker(entregent.Report{}, l).whuffieView(x)
			var b bytes.Buffer
			if err := pages.ExecuteTemplate(&b, "whuffie", v); err != nil {
				t.Fatal(err)
			}
			page := b.String()
			balanced(t, page)
			if strings.Contains(page, "⟨") || strings.Contains(page, "<b>") {
				t.Errorf("%d people, %s: a word is lacking, or a name isn't escaped: %s", n, l, page)
			}
			if len(page) > 20_000 {
				t.Errorf("%d people: the section has %d bytes", n, len(page))
			}
			if has := strings.Contains(page, "<svg"); has != (n > 0) {
				t.Errorf("%d people: a picture: %v", n, has)
			}
		}
	}
	if newSpeaker(entregent.Report{}, lang.English).whuffieView(nil) != nil {
		t.Error("a section about nothing")
	}
}

// TestWhuffieNames: who isn't to be named isn't, nowhere.
func TestWhuffieNames(t *testing.T) {
	for _, names := range []bool{true, false} {
		x := thanked(t, 40, names)
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
		for _, err := range []error{WhuffieText(&b, x, "t", lang.English, 80, false), WhuffieWhy(&b, x, why, lang.English, 80, false),
			WhuffieView(&b, x, "<b>7", seen, lang.English, 80, false), WhuffieAttack(&b, x, audit, lang.English, 80, false)} {
			if err != nil {
				t.Fatal(err)
			}
		}
		for line := range strings.Lines(b.String()) {
			if columns(line) > 81 {
				t.Errorf("a line of %d columns: %s", columns(line), line)
			}
		}
		if shown := strings.Contains(b.String(), "ana"); shown != names {
			t.Errorf("names %v: ana is shown: %v\n%s", names, shown, b.String())
		}
	}
}

// TestFewPeople: where nobody is listed, no band tells of fewer than five people,
// and no thanks of theirs are drawn; where people are named, all is told.
func TestFewPeople(t *testing.T) {
	for _, n := range []int{1, 4, 40, 3000} {
		told := map[bool]int{}
		for _, names := range []bool{true, false} {
			x := thanked(t, n, names)
			s := standing{lang.English, nil, x, names}
			bands, flows := s.coarse()
			held := map[whuffie.Band]int{}
			for _, b := range bands {
				told[names] += b.People
				held[b.Band] = b.People
				if said := s.heads(b); !names && b.People < 5 && said != "fewer than 5" {
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
			if page := newSpeaker(entregent.Report{}, lang.English).whuffieView(x); !names && len(page.People) > 0 {
				t.Errorf("%d people: the page lists %v", n, page.People)
			}
		}
		if told[true] != told[false] {
			t.Errorf("%d people: %d are told of by name, %d without", n, told[true], told[false])
		}
	}
}
