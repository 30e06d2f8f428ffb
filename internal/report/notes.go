package report

import (
	"slices"

	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/measure"
)

// notes numbers doubts in the order in which a reader meets them, one number a
// kind: where the same doubt comes again with other figures, the note says so
// instead of being said for every group and period. Doubts that hold for the
// whole report have no number: they stand once, at the end, and would otherwise
// mark every figure.
type notes struct {
	in      lang.Language
	General []string
	Marked  []note
	number  map[string]int // by code; 0 for a general one
}

type note struct {
	sentence string
	varies   bool // it came again with other figures
}

func newNotes(l lang.Language, general []measure.Doubt) notes {
	n := notes{in: l, number: map[string]int{}}
	for _, d := range general {
		if _, have := n.number[d.Code]; !have {
			n.General = append(n.General, Plain(l.Doubt(d)))
			n.number[d.Code] = 0
		}
	}
	return n
}

// Mark gives the numbers of doubts, and numbers those that are new.
func (n *notes) Mark(doubts []measure.Doubt) (marks []int) {
	for _, d := range doubts {
		sentence := Plain(n.in.Doubt(d))
		k, have := n.number[d.Code]
		if !have {
			n.Marked = append(n.Marked, note{sentence: sentence})
			k = len(n.Marked)
			n.number[d.Code] = k
		}
		if k > 0 {
			n.Marked[k-1].varies = n.Marked[k-1].varies || n.Marked[k-1].sentence != sentence
			if !slices.Contains(marks, k) { // of both sides
				marks = append(marks, k)
			}
		}
	}
	return marks
}

// Numbered says the numbered doubts.
func (n *notes) Numbered() (said []string) {
	for _, one := range n.Marked {
		if one.varies {
			one.sentence = n.in.Say("doubts.vary", one.sentence)
		}
		said = append(said, one.sentence)
	}
	return said
}
