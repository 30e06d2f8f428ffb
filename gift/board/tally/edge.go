package tally

import (
	"math"
	"slices"
	"strings"
	"time"

	"github.com/entregent/entregent/gift/board"
)

// Edge is one kept promise for which somebody thanked, as the measures count it.
type Edge struct {
	From, To board.PersonID // From thanks To
	At       time.Time
	Kind     board.Kind
	Weight   float64 // 1, then ½, ¼ … for the same two
}

// PairWeight is the weight of the n-th thanks from one person to another, from
// 0 on: 1, ½, ¼ …
func PairWeight(n int) float64 { return math.Ldexp(1, -n) }

// Edges gives the edges of all thanks that can be read at a moment, in the order
// in which they opened. Of a ride that breaks the register's rules there is none.
func Edges(chains []*board.Chain, now time.Time) []Edge {
	var all []Edge
	register := &Register{}
	for _, r := range kept(chains, now) {
		if r.c.Post.Kind == board.Ride && register.Add(trips(r.c, r.p)...) != nil {
			continue
		}
		for side, t := range r.p.Thanks {
			if at, open := r.c.Opened(r.p, side, now); open {
				from := r.c.Other(r.p, 1-side)
				all = append(all, Edge{From: from, To: r.c.Other(r.p, side), At: at, Kind: t.Kind})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Edge) int {
		if d := a.At.Compare(b.At); d != 0 {
			return d
		}
		return strings.Compare(string(a.From)+"\x00"+string(a.To), string(b.From)+"\x00"+string(b.To))
	})
	pairs := map[[2]board.PersonID]int{}
	for i := range all {
		pair := [2]board.PersonID{all[i].From, all[i].To}
		all[i].Weight = PairWeight(pairs[pair])
		pairs[pair]++
	}
	return all
}

// row is a promise and its chain.
type row struct {
	c *board.Chain
	p *board.Promise
}

// kept gives the kept promises in the order of their time.
func kept(chains []*board.Chain, now time.Time) []row {
	var all []row
	for _, c := range chains {
		for i := range c.Promises {
			if c.Outcome(&c.Promises[i], now) == board.Kept {
				all = append(all, row{c, &c.Promises[i]})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b row) int {
		if d := a.p.Start.Compare(b.p.Start); d != 0 {
			return d
		}
		return strings.Compare(string(a.c.Post.ID)+"\x00"+string(a.p.ID), string(b.c.Post.ID)+"\x00"+string(b.p.ID))
	})
	return all
}
