package rival_test

import (
	"fmt"
	"os"
	"slices"
	"testing"

	"github.com/entregent/entregent/whuffie"
	"github.com/entregent/entregent/whuffie/rival"
)

// TestAttack prints the table of attacks on the shared graphs. Fakes change their owner's whuffie by exactly nothing,
// whatever their number and shape, and all together have at most 3.15 times what reaches them. ENTREGENT_LONG=1 tries all
// graphs and up to 10,000 fakes.
func TestAttack(t *testing.T) {
	graphs, fakes := []string{"travel-se.tsv.zst"}, []int{10, 100}
	if os.Getenv("ENTREGENT_LONG") != "" {
		graphs = append(graphs, "bitcoin_alpha_timed.csv", "wiki-rfa.tsv.zst", "epinions.tsv.zst")
		fakes = append(fakes, 1000, 10000)
	}
	for _, name := range graphs {
		t.Run(name, func(t *testing.T) { attack(t, name, fakes) })
	}
}

func attack(t *testing.T, name string, fakes []int) {
	log := shared(t, name)
	circle := everybody(log)
	w, err := whuffie.Build(whuffie.Options{Known: circle}, slices.Values(log))
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range fakes {
		for _, shape := range whuffie.Shapes {
			p, err := w.Plan(shape, k, "")
			if err != nil {
				t.Fatal(err)
			}
			lines, err := rival.Table(w, log, circle, p)
			if err != nil {
				t.Fatal(err)
			}
			s := fmt.Sprintf("%-15s k=%-6d", shape, k)
			for _, l := range lines {
				s += fmt.Sprintf("  %s ×%.3f/%.2f", l.Measure, l.Own, l.Coalition)
			}
			t.Log(s)
			if lines[0].Own > 1 || shape != whuffie.Vouches && lines[0].Own != 1 || lines[0].Coalition > 3.15 {
				t.Errorf("%s by %d fakes: own ×%v, coalition ×%v", shape, k, lines[0].Own, lines[0].Coalition)
			}
		}
	}
}
