package sentence

import (
	"slices"
	"strconv"

	"github.com/entregent/entregent/gift/board"
	"github.com/entregent/entregent/gift/board/phrase"
)

// counted is a copy of the reading in which numbers of seats and people are
// items of their own, and numbers of anything else are out of the way.
func (r *reading) counted() *phrase.Reading {
	c := r.Part(0, len(r.Items))
	for _, rule := range book["count"] {
		if rule.Label == "things" || rule.Label == "thingsafter" {
			continue
		}
		for start := 0; ; {
			i, j := c.Find(rule.Pattern, start)
			if j == 0 {
				break
			}
			start = i + 1
			c.Replace(i, j, "<"+rule.Label+">", numberIn(c.Items[i:j], rule.Label))
		}
	}
	return c
}

// numberIn is the number that some items say: the largest of a range, 2 for a
// couple, 1 without digits.
func numberIn(items []phrase.Item, label string) int {
	n := 0
	for _, t := range items {
		if k, err := strconv.Atoi(t.Text); err == nil {
			n = max(n, k)
		}
	}
	switch {
	case label == "couple":
		return 2
	case n == 0:
		return 1
	}
	return n
}

// number fills the count that goes with the kind.
func (r *reading) number(f *Form, counted *phrase.Reading) {
	var labels []string
	switch f.Kind {
	case board.Ride:
		labels = []string{"<seats>", "<range>", "<people>", "<couple>"}
	case board.Bed, board.Table:
		labels = []string{"<range>", "<people>", "<couple>", "<seats>"}
	case board.Thing, board.Loan:
		f.Number = r.pieces(f, counted)
		return
	default:
		return
	}
	for _, label := range labels {
		var said []int
		for _, t := range counted.Items {
			if t.Text == label {
				said = append(said, t.Value.(int))
			}
		}
		if len(said) == 0 {
			continue
		}
		f.Number = slices.Max(said)
		if said = slices.DeleteFunc(said, func(n int) bool { return n == 1 }); label == "<range>" || len(slices.Compact(said)) > 1 {
			f.mark(Number, "several")
		}
		return
	}
}

// pieces is the number of things: it stands right before a noun, or after x.
func (r *reading) pieces(f *Form, counted *phrase.Reading) int {
	for _, t := range counted.Items { // two places for the concert
		if t.Text == "<seats>" && f.Kind == board.Thing {
			return t.Value.(int)
		}
	}
	for _, rule := range book["count"] {
		if rule.Label != "things" && rule.Label != "thingsafter" {
			continue
		}
		for start := 0; ; {
			i, j := counted.Find(rule.Pattern, start)
			if j == 0 {
				break
			}
			start = i + 1
			if n, ok := r.piece(counted, i, j); ok {
				return n
			}
			if j+1 < len(counted.Items) && (counted.Items[j-1].Text == "ou" || counted.Items[j-1].Text == "or") && isNumber(counted.Items[j].Text) { // two or three
				f.mark(Number, "several")
			}
		}
	}
	return 0
}

// piece says whether items i to j count things.
func (r *reading) piece(c *phrase.Reading, i, j int) (int, bool) {
	at := i
	for at < j && !isNumber(c.Items[at].Text) {
		at++
	}
	if at == j {
		return 0, false
	}
	n, _ := strconv.Atoi(c.Items[at].Text)
	if at > 0 && c.Items[at-1].Text == "environ" && (at+1 == len(c.Items) || c.Items[at+1].Text == "," || c.Items[at+1].Text == ".") { // boxes, some twenty
		return n, n > 1
	}
	if at > 0 {
		before := c.Items[at-1].Text
		if sets["address"][before] || before == "le" || before == "la" || before == "au" || before == "du" || before == "-" && c.Items[at].Glued || before == "t" || before == "f" {
			return 0, false
		}
	}
	if at+1 == len(c.Items) && !(at > 0 && c.Items[at-1].Text == "x") {
		return 0, false
	}
	if at+1 < len(c.Items) && (at == 0 || c.Items[at-1].Text != "x") {
		next := c.Items[at+1]
		countedNoun := next.Text == "chaises" || next.Text == "chairs" || next.Text == "mugs" || next.Text == "parts" || next.Text == "livres" || next.Text == "bags" || next.Text == "sacs" || next.Text == "boxes" || next.Text == "cartons" || next.Text == "bocaux" || next.Text == "cageots" || next.Text == "of" || next.Text == "roues"
		if !letter(next.Text) || sets["unit"][next.Text] && !countedNoun || sets["street"][next.Text] || next.Text == "er" || next.Text == "e" || next.Text == "-" || next.Text == "." || next.Text == "/" {
			return 0, false
		}
	}
	return n, n > 0 && n < 10000
}
