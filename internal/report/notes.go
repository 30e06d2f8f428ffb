package report

import (
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/measure"
)

// notes numbers doubts in the order in which a reader meets them. Those that
// hold for the whole report have no number: they stand once, at the end, and
// would otherwise mark every figure.
type notes struct {
	in      lang.Language
	general []string
	list    []string
	number  map[string]int // by sentence; 0 for a general one
}

func newNotes(l lang.Language, general []measure.Doubt) notes {
	n := notes{in: l, number: map[string]int{}}
	for _, d := range general {
		sentence := plain(l.Doubt(d))
		if _, have := n.number[sentence]; !have {
			n.general = append(n.general, sentence)
			n.number[sentence] = 0
		}
	}
	return n
}

// mark gives the numbers of doubts, and numbers those that are new.
func (n *notes) mark(doubts []measure.Doubt) (marks []int) {
	for _, d := range doubts {
		sentence := plain(n.in.Doubt(d))
		k, have := n.number[sentence]
		if !have {
			n.list = append(n.list, sentence)
			k = len(n.list)
			n.number[sentence] = k
		}
		if k > 0 {
			marks = append(marks, k)
		}
	}
	return marks
}
