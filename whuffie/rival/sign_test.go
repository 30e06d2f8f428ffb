package rival_test

import (
	"math"
	"os"
	"slices"
	"testing"

	"github.com/entregent/entregent/whuffie"
)

// TestQualityOfSign asks of every rating in the second half of a log, just before it, whether the standing of the rated
// person tells its sign: the share of pairs of a good and a bad rating in which the one rated well stood higher, a tie
// counting half. Standard errors leave out one twentieth of the rated people at a time. ENTREGENT_GRAPH and
// ENTREGENT_LONG are those of TestQuality.
func TestQualityOfSign(t *testing.T) {
	name, walks := "bitcoin_alpha_timed.csv", 1<<14
	if file := os.Getenv("ENTREGENT_GRAPH"); file != "" {
		name = file
	}
	if long() {
		walks = 1 << 18
	}
	log := shared(t, name)
	start := len(log) / 2
	w, err := whuffie.Build(whuffie.Options{Known: everybody(log), Walks: walks, HalfLife: 2 * season}, slices.Values(log[:start]))
	if err != nil {
		t.Fatal(err)
	}
	net := map[string]float64{}
	for _, e := range log[:start] {
		net[e.To] += sign(e)
	}
	var points, nets []rating
	for _, e := range log[start:] {
		if _, rated := net[e.To]; rated {
			points = append(points, rating{e.To, w.Score(e.To).Points, sign(e)})
			nets = append(nets, rating{e.To, net[e.To], sign(e)})
		}
		net[e.To] += sign(e)
		follow(t, w, []whuffie.Event{e})
	}
	if !slices.ContainsFunc(points, func(r rating) bool { return r.sign < 0 }) {
		t.Skipf("%s holds no bad ratings of people rated before", name)
	}
	p, pErr := jackknife(points)
	c, cErr := jackknife(nets)
	t.Logf("%s: %d ratings of people rated before: whuffie (half-life 180 days) %.3f ± %.3f, net count %.3f ± %.3f", name, len(points), p, pErr, c, cErr)
	if p < c {
		t.Error("the net count tells the sign better")
	}
}

// rating is a rating to come of somebody, and what a measure said of her.
type rating struct {
	name       string
	said, sign float64
}

func sign(e whuffie.Event) float64 {
	if e.Kind == whuffie.Harm {
		return -1
	}
	return 1
}

const parts = 20

// auc compares good and bad ratings, of all people but one part.
func auc(ratings []rating, but int) float64 {
	var good, bad []float64
	for _, r := range ratings {
		switch {
		case group(r.name, parts) == but:
		case r.sign > 0:
			good = append(good, r.said)
		default:
			bad = append(bad, r.said)
		}
	}
	slices.Sort(bad)
	sum := 0.0
	for _, x := range good {
		below, _ := slices.BinarySearch(bad, x)
		upTo, _ := slices.BinarySearch(bad, math.Nextafter(x, math.Inf(1)))
		sum += float64(below+upTo) / 2
	}
	return sum / float64(len(good)) / float64(len(bad))
}

func jackknife(ratings []rating) (value, se float64) {
	var left [parts]float64
	mean := 0.0
	for i := range left {
		left[i] = auc(ratings, i)
		mean += left[i] / parts
	}
	for _, v := range left {
		se += (v - mean) * (v - mean)
	}
	return auc(ratings, -1), math.Sqrt(se * (parts - 1) / parts)
}
