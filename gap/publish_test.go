package gap

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/measure"
)

// Of cells that add up to a whole, none that is shown is small, and what
// subtraction tells of is two cells or more and enough persons, as far as there
// are any.
func TestNoSmallCellIsShownOrFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		public := rapid.Bool().Draw(t, "public")
		fewest := FewestInside
		if public {
			fewest = FewestPublic
		}
		var r Report
		n := rapid.IntRange(1, 8).Draw(t, "groups")
		for i := range n {
			side := func(name string) Side {
				persons := rapid.IntRange(0, 40).Draw(t, name)
				return Side{Persons: persons, Messages: 3 * persons, Profile: map[string]float64{"a": .123}, Dominated: persons > 0 && rapid.IntRange(0, 5).Draw(t, name+" dominated") == 0}
			}
			r.Groups = append(r.Groups, Group{By: Channel, Name: fmt.Sprint(i), Sides: Sides{side("own"), side("others")},
				Axes: map[string]measure.Estimate{"x": {Center: .1234, Lo: .1, Hi: .2, N: 7}}})
		}
		before := r.Groups
		after := Publish(r, public).Groups
		for _, pick := range []func(g Group) Side{func(g Group) Side { return g.Sides.Organisation }, func(g Group) Side { return g.Sides.Community }} {
			hidden, persons, left := 0, 0, 0
			for i, g := range after {
				was, is := pick(before[i]), pick(g)
				switch {
				case is.Withheld:
					hidden++
					persons += was.Persons
					if is.Persons+is.Messages+len(is.Profile) > 0 || g.Axes["x"].Known() || strings.Contains(fmt.Sprint(g.Axes), "n=7") {
						t.Fatalf("a withheld cell is shown: %+v", g)
					}
				case was.Persons > 0 && (was.Persons < fewest || was.Dominated):
					t.Fatalf("%+v is shown", was)
				case was.Persons > 0:
					left++
					if public && (is.Persons%5 != 0 || is.Messages%5 != 0 || is.Profile["a"] == .123) {
						t.Fatalf("%+v is too fine", is)
					}
				}
			}
			if hidden > 0 && left > 0 && (hidden < 2 || persons < fewest) {
				t.Fatalf("subtraction tells of %d cells with %d persons", hidden, persons)
			}
		}
	})
}

// newcomers makes a log that grows week by week: in week w the persons up to
// joined[w] have said their two things.
func newcomers(joined []int, texts [][]string) (logs []*conversation.Log) {
	for _, persons := range joined {
		log := conversation.NewLog(nil)
		for _, side := range []conversation.Side{conversation.Organisation, conversation.Community} {
			for i := range persons {
				for k, text := range texts[i] {
					log.Append(conversation.Message{ID: conversation.MessageID(fmt.Sprintf("%s-%d-%d", side, i, k)), Thread: conversation.ThreadID(fmt.Sprint("t", i)),
						Author: conversation.PersonID(fmt.Sprintf("%s-%d", side, i)), Side: side, Time: start.Add(time.Duration(i) * time.Hour), Lang: "en", Text: text})
				}
			}
		}
		logs = append(logs, log)
	}
	return logs
}

// Somebody keeps 52 weekly pages, knows how many persons there were, and
// subtracts: from exact numbers she would find what each newcomer said; from
// public ones she doesn't.
func TestFiftyTwoWeeklyPagesTellOfNobody(t *testing.T) {
	all := append(append([]string(nil), corporate...), human...)
	var texts [][]string
	for i := range 110 {
		texts = append(texts, []string{all[i*7%6], all[(i*7+i/6)%6]})
	}
	joined := []int{50}
	for len(joined) < 53 {
		joined = append(joined, joined[len(joined)-1]+1)
	}
	logs := newcomers(joined, texts)
	attack := func(public bool) (r float64) {
		var guessed, said []float64
		var before Report
		for w, log := range logs {
			now := Measure(log, Options{Public: public, Draws: 2})
			if w > 0 {
				one := newcomers([]int{joined[w]}, append(make([][]string, joined[w]-1), texts[joined[w]-1]))[0]
				truth := score(one, Options{}) // what the newcomer said
				n := float64(joined[w])
				for v, value := range truth.model.Yardstick.Values {
					said = append(said, float64(truth.p[v]+truth.p[truth.width+v])/2)
					guessed = append(guessed, n*now.Sides.Community.Profile[value.ID]-(n-1)*before.Sides.Community.Profile[value.ID])
				}
			}
			before = now
		}
		// Only what is new counts: each value's mean is known to everybody.
		k := len(before.Values)
		return correlation(centred(guessed, k), centred(said, k))
	}
	if r := attack(false); r < .99 {
		t.Errorf("the attack is no good: r %.2f from exact numbers", r)
	}
	if r := attack(true); math.Abs(r) > .3 {
		t.Errorf("r %.2f between what was said and what is found from public pages", r)
	} else {
		t.Logf("r %.2f from public pages", r)
	}
}

// centred takes each column's mean away.
func centred(x []float64, columns int) []float64 {
	out := make([]float64, len(x))
	mean := make([]float64, columns)
	for i, v := range x {
		mean[i%columns] += v * float64(columns) / float64(len(x))
	}
	for i, v := range x {
		out[i] = v - mean[i%columns]
	}
	return out
}

func TestAPublicReportOfAFewTellsNothing(t *testing.T) {
	b, err := json.Marshal(Measure(small(8, corporate, human), Options{Public: true, By: []By{Channel}, Every: Month}))
	if err != nil {
		t.Fatal(err)
	}
	for _, no := range []string{`"persons":8`, `"messages":16`, "messages 16", "persons 8", `"n":16`} {
		if strings.Contains(string(b), no) {
			t.Errorf("it says %s", no)
		}
	}
	if !strings.Contains(string(b), "fewer than 11 persons") {
		t.Error("it doesn't say why")
	}
}

// What was measured for those inside can be published later, from its JSON's
// numbers alone.
func TestPublishedTwiceIsPublishedOnce(t *testing.T) {
	log := small(60, corporate, human)
	o := Options{By: []By{Channel, Language}, Every: Month, Quotes: QuoteOwn}
	once := Publish(Measure(log, o), true)
	o.Public = true
	for name, other := range map[string]Report{"measured in public": Measure(log, o), "published twice": Publish(once, true)} {
		a, _ := json.Marshal(once)
		b, _ := json.Marshal(other)
		if string(a) != string(b) && name == "published twice" {
			t.Errorf("%s: another report", name)
		}
		if strings.Contains(string(b), `"side":"community","lang"`) {
			t.Errorf("%s: the community is quoted", name)
		}
	}
}
