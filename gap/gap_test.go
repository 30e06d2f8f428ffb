package gap

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/ethos"
)

var start = time.Date(2016, 3, 1, 9, 0, 0, 0, time.UTC)

// Sentences that each side of the small conversation says in turn.
var (
	corporate = []string{
		"Our margins grew again this quarter and shareholders will see a higher dividend.",
		"The procedure must be approved by the legal team before any release.",
		"We streamlined the process to cut costs and gain market share on every competitor.",
	}
	human = []string{
		"Happy to help, I can lend you my spare board and share the drawings with everyone.",
		"So sorry to hear that, take care, we are thinking of you and your family.",
		"I trust these friends, they kept their promise and are always there.",
	}
)

// small makes a conversation in which each of n persons a side says two things.
func small(n int, organisation, community []string) *conversation.Log {
	log := conversation.NewLog(nil)
	at := start
	for i := range n {
		for _, side := range []conversation.Side{conversation.Organisation, conversation.Community} {
			list := community
			if side == conversation.Organisation {
				list = organisation
			}
			for k := range 2 {
				at = at.Add(26 * time.Hour)
				log.Append(conversation.Message{ID: conversation.MessageID(fmt.Sprintf("%s-%d-%d", side, i, k)), Thread: conversation.ThreadID(fmt.Sprint("t", i)),
					Author: conversation.PersonID(fmt.Sprintf("person-%s-%d", side, i)), Side: side, Time: at, Channel: []string{"mail", "forum"}[i%2],
					Department: "sales", Lang: "en", Text: fmt.Sprintf("%s Number %d.", list[(i+k)%len(list)], i)})
			}
		}
	}
	return log
}

func TestSidesThatSpeakOfDifferentThingsStandApart(t *testing.T) {
	r := Measure(small(60, corporate, human), Options{})
	if r.Sides.Organisation.Persons != 60 || r.Sides.Community.Messages != 120 {
		t.Fatalf("sides are %+v", r.Sides)
	}
	e := r.Axes[ethos.ResultsRelations]
	if !(e.Lo > 0) {
		t.Errorf("results - relations is %v, want above 0", e)
	}
	gaps := map[string]Value{}
	for _, v := range r.Values {
		gaps[v.ID] = v
	}
	for id, sign := range map[string]float64{"profit": 1, "competitivite": 1, "generosite": -1, "compassion": -1} {
		if v := gaps[id]; v.Gap.Center*sign <= 0 {
			t.Errorf("%s: gap %v, want it on the other side", id, v.Gap)
		}
	}
	if r.Distance.P == nil || *r.Distance.P > .01 || *r.Distance.Excess <= 0 {
		t.Errorf("distance %+v, want more than chance", r.Distance)
	}
	if len(r.Drivers) == 0 {
		t.Error("no words drive the gap")
	}
	for _, d := range r.Drivers {
		if d.Organisation < FewestInside && d.Community < FewestInside {
			t.Errorf("%s is shown, which %d and %d persons use", d.Word, d.Organisation, d.Community)
		}
	}
}

func TestTheSameWordsOnBothSidesDeclareNothing(t *testing.T) {
	all := append(append([]string(nil), corporate...), human...)
	r := Measure(small(60, all, all), Options{})
	for _, v := range r.Values {
		if v.Differs {
			t.Errorf("%s differs: %v", v.ID, v.Gap)
		}
	}
}

func TestTooFewPeopleGiveNoNumber(t *testing.T) {
	r := Measure(small(29, corporate, human), Options{By: []By{Channel}, Every: Month})
	b, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range r.Values {
		if v.Gap.Known() || v.Organisation != nil || len(v.Quotes) > 0 {
			t.Errorf("%s: a number from 29 persons: %+v", v.ID, v)
		}
	}
	if len(r.Sides.Organisation.Profile) > 0 || len(r.Drivers) > 0 {
		t.Error("a profile or words of 29 persons")
	}
	if !strings.Contains(string(b), "messages 58 (100 are needed), persons 29 (30 are needed)") {
		t.Error("doesn't say how much is missing")
	}
}

// Nobody's name may come out, whatever is asked for.
func TestNobodyIsNamed(t *testing.T) {
	log := small(60, corporate, human)
	for _, o := range []Options{{}, {By: []By{Channel, Department, Language}, Every: Year}, {Public: true}} {
		b, err := json.Marshal(Measure(log, o))
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(b), "person-") {
			t.Error("a person is named")
		}
	}
}

func TestQuotesObey(t *testing.T) {
	log := small(60, corporate, human)
	for _, c := range []struct {
		o                       Options
		organisation, community bool
	}{
		{Options{}, true, true}, {Options{Quotes: QuoteOwn}, true, false}, {Options{Quotes: QuoteNone}, false, false},
		{Options{Public: true}, true, false}, {Options{Public: true, Quotes: QuoteNone}, false, false},
	} {
		seen := map[string]bool{}
		for _, v := range Measure(log, c.o).Values {
			for _, q := range v.Quotes {
				seen[q.Side] = true
				if q.Text == "" || len(q.Spans) == 0 && q.Contribution > .001 {
					t.Errorf("%s: quote %s without text or spans", v.ID, q.Message)
				}
				for _, s := range q.Spans {
					if s.Start < 0 || s.End > len(q.Text) || s.Start >= s.End {
						t.Errorf("span %+v of %q", s, q.Text)
					}
				}
			}
		}
		if seen["organisation"] != c.organisation || seen["community"] != c.community {
			t.Errorf("%+v: quotes of %v", c.o, seen)
		}
	}
}

func TestSameReportOnAnyNumberOfCores(t *testing.T) {
	log := small(60, corporate, human)
	o := Options{Seed: 3, Every: Month, By: []By{Channel}, Declared: []ethos.Text{{Text: "We care for each other and share what we have."}}}
	report := func() []byte {
		b, err := json.Marshal(Measure(log, o))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	before := runtime.GOMAXPROCS(1)
	one := report()
	runtime.GOMAXPROCS(4)
	four := report()
	runtime.GOMAXPROCS(before)
	if !reflect.DeepEqual(one, four) {
		t.Error("reports differ")
	}
}

func TestLabelsTakeThePlaceOfTheSpread(t *testing.T) {
	log := small(70, corporate, human)
	var labels []Label
	for i := range log.Len() {
		l := Label{Message: log.ID(i)}
		if log.At(i).Side == conversation.Organisation {
			l.Values = []string{"profit"}
		}
		labels = append(labels, l)
	}
	without, with := Measure(log, Options{}), Measure(log, Options{Labels: labels})
	find := func(r Report) Value {
		for _, v := range r.Values {
			if v.ID == "profit" {
				return v
			}
		}
		t.Fatal("no profit")
		return Value{}
	}
	// All messages are labelled: the gap is that of the labels, 1 - 1/11 after
	// taking the mean away, without any error of drawing labels but the scorer's.
	a, b := find(without), find(with)
	if math.Abs(b.Gap.Center-10./11) > 1e-6 {
		t.Errorf("gap %v, want %.3f", b.Gap, 10./11)
	}
	if b.Gap.Hi-b.Gap.Lo >= a.Gap.Hi-a.Gap.Lo {
		t.Errorf("labels make the interval no narrower: %v, %v without", b.Gap, a.Gap)
	}
}

func TestPeriodsAndGroups(t *testing.T) {
	r := Measure(small(120, corporate, human), Options{Every: Year, By: []By{Channel, Language}})
	if len(r.Periods) < 1 || !r.Periods[0].From.Equal(time.Date(2016, 1, 1, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("periods %+v", r.Periods)
	}
	total := 0
	for _, p := range r.Periods {
		total += p.Sides.Organisation.Messages
	}
	if total != 240 {
		t.Errorf("periods hold %d messages of the organisation, want 240", total)
	}
	var names []string
	for _, g := range r.Groups {
		names = append(names, string(g.By)+" "+g.Name)
		if !g.Axes[ethos.ResultsRelations].Known() {
			t.Errorf("%s %s: no gap from 60 persons", g.By, g.Name)
		}
	}
	if strings.Join(names, ", ") != "channel forum, channel mail, language en" {
		t.Errorf("groups %v", names)
	}
}

func TestDeclaredAgainstLived(t *testing.T) {
	care := []ethos.Text{{Text: "We care for everyone, we give and share generously, and we listen with compassion."}}
	r := Measure(small(60, corporate, human), Options{Declared: care})
	found := false
	for _, d := range r.Declared {
		if d.ID == "compassion" {
			found = d.Gap.Known() && d.Gap.Center < 0
		}
	}
	if !found {
		t.Errorf("compassion is declared and not lived: %+v", r.Declared)
	}
}

func TestBetweenOrganisations(t *testing.T) {
	a, b := small(60, corporate, human), small(60, human, corporate)
	x := Between(a, b, Options{})
	if !(x.Axes[ethos.ResultsRelations].Lo > 0) || len(x.Order) == 0 {
		t.Errorf("two organisations are told apart by nothing: %+v", x.Axes)
	}
	if y := Between(a, a, Options{}); len(y.Order) != 0 {
		t.Errorf("an organisation differs from itself on %d values", len(y.Order))
	}
}
