package presence

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/speech"
	"github.com/entregent/entregent/measure/stat"
)

// world is a conversation made by chance from known shares, so that the truth
// of every number is known: it is what a log of very many weeks shows.
type world struct {
	weeks      int
	perWeek    float64   // threads a member opens, on average
	people     int       // askers there are; some write more than others
	answered   float64   // share that is answered in the end
	median     float64   // hours, of the answers
	unsteady   float64   // sd of the weeks' log-odds of being answered
	channels   []float64 // log-odds added by channel
	staff      []float64 // shares of the answers by person
	templates  float64   // share of answers that are copies
	broadcasts float64   // threads the organisation opens, a week
	adverts    float64   // share of its other messages that advertise
}

var monday = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)

// words that no two texts share in a row, so that nothing looks like a copy.
func words(rng *rand.Rand, n int) string {
	s := make([]byte, 0, n*7)
	for range n {
		for range 5 {
			s = append(s, byte('a'+rng.IntN(26)))
		}
		s = append(s, ' ')
	}
	return string(s)
}

// log makes a conversation of the world; its census is a month after the last
// week.
func (w world) log(rng *rand.Rand) *conversation.Log { return logOf(w.messages(rng)) }

func logOf(messages []conversation.Message) *conversation.Log {
	l := conversation.NewLog(nil)
	for _, m := range messages {
		l.Append(m)
	}
	return l
}

func (w world) messages(rng *rand.Rand) (all []conversation.Message) {
	n := 0
	add := func(thread, reply, who string, side conversation.Side, channel int, hours float64, text string) string {
		n++
		id := fmt.Sprint("m", n)
		all = append(all, conversation.Message{ID: conversation.MessageID(id), Thread: conversation.ThreadID(thread), ReplyTo: conversation.MessageID(reply),
			Author: conversation.PersonID(who), Side: side, Channel: fmt.Sprint("channel ", channel), Lang: "en",
			Time: monday.Add(time.Duration(hours * float64(time.Hour))), Text: text})
		return id
	}
	thread := 0
	for week := range w.weeks {
		shift := w.unsteady * rng.NormFloat64()
		for range poisson(rng, w.perWeek) {
			thread++
			t := fmt.Sprint("t", thread)
			at := 168 * (float64(week) + rng.Float64())
			asker := fmt.Sprint("asker ", int(float64(w.people)*math.Pow(rng.Float64(), 2)))
			channel := rng.IntN(max(1, len(w.channels)))
			first := add(t, "", asker, conversation.Community, channel, at, "How can I repair the "+words(rng, 8)+"?")
			odds := math.Log(w.answered/(1-w.answered)) + shift
			if len(w.channels) > 0 {
				odds += w.channels[channel]
			}
			if rng.Float64() >= 1/(1+math.Exp(-odds)) {
				continue
			}
			text := "You should open the " + words(rng, 12)
			switch u := rng.Float64(); {
			case u < w.templates:
				text = "Please restart the device, then install the newest version of the program and try once more"
			case u < w.templates+w.adverts:
				text = "Take part in our contest, win a prize: https://shop.example.org/?utm_campaign=spring " + words(rng, 12)
			}
			add(t, first, w.someone(rng), conversation.Organisation, channel, at+math.Exp(math.Log(w.median)+1.4*rng.NormFloat64()), text)
		}
		for range poisson(rng, w.broadcasts) {
			thread++
			add(fmt.Sprint("t", thread), "", w.someone(rng), conversation.Organisation, 0, 168*(float64(week)+rng.Float64()), "News of "+words(rng, 12))
		}
	}
	return all
}

func (w world) someone(rng *rand.Rand) string {
	u := rng.Float64()
	for k, share := range w.staff {
		if u -= share; u < 0 {
			return fmt.Sprint("staff ", k)
		}
	}
	return "staff 0"
}

func poisson(rng *rand.Rand, mean float64) int {
	if mean > 100 { // e^-mean would vanish
		return poisson(rng, mean/2) + poisson(rng, mean/2)
	}
	n, p := 0, math.Exp(-mean)
	for u := rng.Float64(); u > p; u *= rng.Float64() {
		n++
	}
	return n
}

func (w world) options(draws int) Options {
	return Options{Window: -1, Seed: 1, Until: monday.AddDate(0, 0, 7*w.weeks+30), Own: []string{"shop.example.org"}, Parameters: Parameters{Draws: draws, MaxWidth: 1000}}
}

// indexOf takes the index and the components with their intervals.
func (w world) indexOf(l *conversation.Log, draws int) (*model, values) {
	r := read(l, w.options(draws))
	g := r.gather(r.collect(), r.window())
	m := g.model(nil)
	return m, g.evaluate(m)
}

var worlds = map[string]world{
	"steady":   {weeks: 13, perWeek: 20, people: 200, answered: .7, median: 6, staff: []float64{.4, .3, .2, .1}, broadcasts: 2, adverts: .1, templates: .1},
	"unsteady": {weeks: 13, perWeek: 20, people: 200, answered: .6, median: 10, unsteady: 1, staff: []float64{.5, .3, .2}, broadcasts: 3, adverts: .1, templates: .2},
	"uneven":   {weeks: 13, perWeek: 40, people: 400, answered: .6, median: 8, unsteady: .5, channels: []float64{1.5, -1.5}, staff: []float64{.5, .3, .2}, broadcasts: 3},
	"absent":   {weeks: 13, perWeek: 30, people: 300, answered: .15, median: 30, unsteady: .7, staff: []float64{.8, .2}, broadcasts: 5, adverts: .2},
	"large":    {weeks: 26, perWeek: 150, people: 2000, answered: .8, median: 4, unsteady: .4, staff: []float64{.2, .2, .2, .2, .2}, broadcasts: 3, templates: .1},
}

// TestIndexCoverage: of many logs of one world, 95 % intervals of the index hold
// what a log of very many weeks of that world shows.
func TestIndexCoverage(t *testing.T) {
	logs, draws, long := 30, 200, 1500
	if os.Getenv("ENTREGENT_LONG") != "" {
		logs, draws, long = 400, 500, 6000
	}
	covered, tried := 0, 0
	for name, w := range worlds {
		big := w
		big.weeks = long
		_, truth := big.indexOf(big.log(stat.Stream(7, 0)), 1)
		var hit [components + 1]int
		var bias [components + 1]float64
		for i := range logs {
			_, v := w.indexOf(w.log(stat.Stream(7, i+1)), draws)
			for k := range components {
				lo, hi := interval(v.draws[k], .95)
				if lo <= truth.center[k]+1e-9 && truth.center[k] <= hi+1e-9 {
					hit[k]++
				}
				bias[k] += (v.center[k] - truth.center[k]) / float64(logs)
			}
			lo, hi := interval(v.sample, .95)
			if lo <= truth.index && truth.index <= hi {
				hit[components]++
			}
			bias[components] += (v.index - truth.index) / float64(logs)
		}
		covered, tried = covered+hit[components], tried+logs
		t.Logf("%-9s truth %5.1f %.3v\n  covered %v of %d, bias %.3v", name, truth.index, truth.center, hit, logs, bias)
	}
	share := float64(covered) / float64(tried)
	t.Logf("the index's 95 %% interval covers %d of %d: %.1f %%", covered, tried, 100*share)
	if slack := 3 * math.Sqrt(.95*.05/float64(tried)); share < .92-slack || share > .98+slack {
		t.Errorf("it should be 92 to 98 %%")
	}
}

// TestShareCoverage: the reported 95 % interval of a share answered within a
// week, of appeals that arrived over a quarter, holds the truth 93 to 98 times
// in a hundred.
func TestShareCoverage(t *testing.T) {
	logs := 800
	if os.Getenv("ENTREGENT_LONG") != "" {
		logs = 10_000
	}
	r := &facts{par: Published(), until: 90 * aDay, acts: make([]speech.Acts, 1), people: make([]account, 400)}
	for _, f := range []float64{.1, .5, .8, .98} {
		for _, n := range []int{10, 30, 100, 400} {
			hit, said := 0, 0
			for k := range logs {
				rng := stat.Stream(uint64(n), k)
				appeals := make([]*appeal, n)
				for i := range appeals {
					a := &appeal{asker: int32(i), arrived: rng.Int64N(r.until), org: never, left: never}
					if rng.Float64() < f {
						a.org = a.arrived + rng.Int64N(7*aDay)
					}
					appeals[i] = a
				}
				e := r.share(r.follow(appeals, (*appeal).byOrganisation), 168)
				if !e.Known() { // nobody has waited that long and still waits
					continue
				}
				said++
				if e.Lo <= f && f <= e.Hi {
					hit++
				}
			}
			share := float64(hit) / float64(said)
			t.Logf("F %.2f n %3d: %.1f %% of %d", f, n, 100*share, said)
			if slack := 3 * math.Sqrt(.95*.05/float64(said)); share < .93-slack || share > .98+slack {
				t.Errorf("F %.2f n %d: the interval covers %.1f %%, want 93 to 98", f, n, 100*share)
			}
		}
	}
}

// TestMedianCoverage: so does that of the median wait, also where the waits of an
// asker hang together.
func TestMedianCoverage(t *testing.T) {
	const logs, askers, each, median = 300, 25, 20, 10.0
	r := &facts{par: Published(), until: 90 * aDay, acts: make([]speech.Acts, 1), people: make([]account, askers)}
	hit := 0
	for k := range logs {
		rng := stat.Stream(77, k)
		g := &cohort{facts: r}
		for p := range askers {
			hers := median * math.Exp(1.2*rng.NormFloat64())
			for range each {
				a := &appeal{asker: int32(p), arrived: rng.Int64N(60 * aDay), left: never}
				a.org = a.arrived + int64(hers*math.Exp(.4*rng.NormFloat64())*float64(anHour))
				g.needing = append(g.needing, a)
			}
		}
		if e := g.median(); e.Lo <= median && median <= e.Hi {
			hit++
		}
	}
	share := float64(hit) / logs
	t.Logf("%.1f %% of %d", 100*share, logs)
	if slack := 3 * math.Sqrt(.95*.05/logs); share < .93-slack || share > .98+slack {
		t.Errorf("the interval of the median covers %.1f %%, want 93 to 98", 100*share)
	}
}
