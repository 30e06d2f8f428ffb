package public

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/live"
)

// crowd is a year of appeals in channels of very different sizes: some of a few
// people, some of one loud person, some that come and go.
func crowd(random *rand.Rand, from time.Time) (list []live.Appeal) {
	for c := range 2 + random.IntN(6) {
		people := 1 + random.IntN(40)>>random.IntN(4)
		loud := random.IntN(4) == 0
		begins, lasts := random.IntN(30), 5+random.IntN(47)
		for range people * (1 + random.IntN(6)) {
			who := random.IntN(people)
			if loud && random.IntN(10) > 0 {
				who = 0
			}
			a := live.Appeal{Channel: fmt.Sprint("c", c), Asker: conversation.PersonID(fmt.Sprint("p", c, "-", who)),
				Arrived: from.Add(time.Duration(begins*7*24+random.IntN(lasts*7*24)) * time.Hour)}
			if random.IntN(3) > 0 {
				a.Answered = a.Arrived.Add(time.Duration(random.IntN(400)) * time.Hour)
			}
			list = append(list, a)
		}
	}
	return list
}

// Somebody who keeps every week's page for a year, subtracts channels from sums
// and pages from pages, finds no number about fewer than eleven people, nor one
// that is nearly all one person's, shown or left over.
func TestAYearOfPagesTellsOfNobody(t *testing.T) {
	shown := 0
	for seed := range uint64(300) {
		random := rand.New(rand.NewPCG(seed, 1))
		start := time.Date(2025, 1, 6, 0, 0, 0, 0, time.UTC)
		appeals := crowd(random, start)
		for week := range 52 {
			until := start.AddDate(0, 0, 7*(week+1))
			from := until.AddDate(0, 0, -7*Weeks)
			cells, withheld := Answers(appeals, from, until)
			behind := map[string]map[conversation.PersonID]int{"": {}}
			for _, a := range appeals {
				if !a.Arrived.Before(from) && a.Arrived.Before(until) {
					if behind[a.Channel] == nil {
						behind[a.Channel] = map[conversation.PersonID]int{}
					}
					behind[a.Channel][a.Asker]++
					behind[""][a.Asker]++
				}
			}
			rest, hidden := map[conversation.PersonID]int{}, 0
			seen := map[string]bool{"": true}
			for _, c := range cells {
				shown++
				seen[c.Channel] = true
				crowded(t, seed, week, c.Channel, behind[c.Channel])
				if c.Appeals%Step != 0 || c.Day.N != c.Appeals || c.Week.N != c.Appeals || c.Day.Center > c.Week.Center+1e-9 {
					t.Fatalf("%d, week %d: %+v", seed, week, c)
				}
				if k := c.Week.Center * float64(c.Appeals) / Step; k-float64(int(k+.5)) > 1e-9 || float64(int(k+.5))-k > 1e-9 {
					t.Fatalf("%d, week %d: a share of %v comes of no count in fives", seed, week, c.Week.Center)
				}
			}
			for channel, people := range behind {
				if !seen[channel] {
					hidden++
					for who, n := range people {
						rest[who] += n
					}
				}
			}
			if len(cells) > 1 && hidden > 0 {
				if withheld != hidden || hidden == 1 {
					t.Fatalf("%d, week %d: %d withheld, %d said", seed, week, hidden, withheld)
				}
				crowded(t, seed, week, "what is left over", rest)
			}
		}
	}
	if shown < 5_000 {
		t.Errorf("only %d numbers were ever shown: this proves little", shown)
	}
}

func crowded(t *testing.T, seed uint64, week int, what string, people map[conversation.PersonID]int) {
	t.Helper()
	all, most := 0, 0
	for _, n := range people {
		all, most = all+n, max(most, n)
	}
	if len(people) < FewestPeople || float64(most) > MostOfOne*float64(all) {
		t.Fatalf("%d, week %d: %q is about %d people, %d of %d appeals are one's", seed, week, what, len(people), most, all)
	}
}
