package stat_test

import (
	"fmt"

	"github.com/entregent/entregent/measure/stat"
)

// Seven messages: four answered, three still waiting. The average of the four would
// say that people wait 14 hours; the curve also counts those who still do.
func ExampleKaplanMeier() {
	waits := []stat.Observation{
		{Time: 1, Cause: 1}, {Time: 3, Cause: 1}, {Time: 12, Cause: 1}, {Time: 40, Cause: 1},
		{Time: 30}, {Time: 200}, {Time: 300},
	}
	c := stat.KaplanMeier(waits)
	still, _ := c.At(24)
	lo, hi := c.Interval(24, .95, stat.Rothman)
	fmt.Printf("answered within a day: %.0f %%, between %.0f and %.0f\n", 100*(1-still), 100*(1-hi), 100*(1-lo))
	fmt.Printf("half are answered after %.0f h\n", c.Quantile(.5))
	// Output:
	// answered within a day: 43 %, between 16 and 75
	// half are answered after 40 h
}

// The same waits as one number: 1 if everyone is answered within the hour, 0 if
// nobody is within a week.
func ExampleAttentionScore() {
	waits := []stat.Observation{{Time: .5, Cause: 1}, {Time: 5, Cause: 1}, {Time: 300}}
	a, se := stat.AttentionScore(waits, 1, 168)
	fmt.Printf("%.2f ± %.2f\n", a, se)
	// Output: 0.56 ± 0.24
}

// A hundred answers by ten people, three of whom never sign: as little is known
// of the share of signed answers as from a few people, not as from a hundred.
func ExampleClusteredProportion() {
	var signed []float64
	var person []int
	for i := range 100 {
		person = append(person, i%10)
		signed = append(signed, 1)
		if i%10 < 3 {
			signed[i] = 0
		}
	}
	p, lo, hi, n := stat.ClusteredProportion(signed, person, .95)
	fmt.Printf("%.2f (%.2f to %.2f), worth %.1f answers\n", p, lo, hi, n)
	// Output: 0.70 (0.34 to 0.91), worth 6.8 answers
}
