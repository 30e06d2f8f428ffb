package board

import (
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"strings"
	"time"
)

// Free gives how many places are free on each leg of a ride (one leg for
// everything else) at one occurrence; "" for a post of one time.
func (c *Chain) Free(occurrence string) []int {
	free := make([]int, max(1, len(c.Post.Stops)-1))
	if c.Post.Kind != Ride {
		free = free[:1]
	}
	for i := range free {
		free[i] = c.Post.Capacity
	}
	for i := range c.Promises {
		p := &c.Promises[i]
		if !p.Holds() || occurrence != "" && !meet(p.Occurrences, []string{occurrence}) {
			continue
		}
		for leg := p.From; leg < min(p.To, len(free)); leg++ {
			free[leg] -= p.Count
		}
	}
	return free
}

// room says whether the places of a promise are free on all its legs at all its
// occurrences; else a [Full] names the first leg that isn't.
func (c *Chain) room(p *Promise) error {
	occurrences := p.Occurrences
	if len(occurrences) == 0 {
		occurrences = []string{""}
	}
	for _, o := range occurrences {
		free := c.Free(o)
		for leg := p.From; leg < min(p.To, len(free)); leg++ {
			if free[leg] < p.Count {
				return &Full{Leg: leg, Free: max(0, free[leg]), Want: p.Count}
			}
		}
	}
	return nil
}

// DrawLots decides a draw at its hour: those who entered are put in an order
// that the seed alone decides, whatever the order they came in, and get places
// as long as theirs are free. seed must be chosen before anybody entered, or by
// a source that nobody controls.
func (c *Chain) DrawLots(seed uint64, now time.Time) ([]Notice, error) {
	if c.Post.Draw.IsZero() {
		return nil, &Illegal{Accept, string(c.Post.State), "it isn't decided by lot"}
	}
	if now.Before(c.Post.Draw) {
		return nil, &Passed{What: Accept, At: c.Post.Draw, Early: true}
	}
	var entered []*Promise
	for i := range c.Promises {
		if c.Promises[i].State == Waiting {
			entered = append(entered, &c.Promises[i])
		}
	}
	slices.SortFunc(entered, func(a, b *Promise) int { return strings.Compare(lot(seed, a.Person), lot(seed, b.Person)) })
	var all []Notice
	for _, p := range entered {
		if c.room(p) != nil {
			continue
		}
		told, err := c.Do(p.ID, Accept, c.Post.Author, now)
		if err != nil {
			return all, err
		}
		all = append(all, told...)
	}
	return all, nil
}

// lot is a person's number in a draw, as bytes that can be compared.
func lot(seed uint64, person PersonID) string {
	h := sha256.Sum256(append(binary.BigEndian.AppendUint64(nil, seed), person...))
	return string(h[:])
}

// Next gives the request that has waited longest and fits in what is free; nil
// when there is none. The owner decides; this only says whose turn it is.
func (c *Chain) Next() *Promise {
	for i := range c.Promises {
		if p := &c.Promises[i]; p.State == Waiting && c.room(p) == nil {
			return p
		}
	}
	return nil
}

// Edit changes a post. What was promised isn't broken silently: fewer places
// than are promised and other stops are refused; another time asks everyone
// anew; words alone ask nobody.
func (c *Chain) Edit(next Post, by PersonID, now time.Time) ([]Notice, error) {
	old := &c.Post
	if by != old.Author {
		return nil, &Illegal{Change, string(old.State), "only the author may"}
	}
	next.ID, next.Author, next.State, next.Posted, next.Expires = old.ID, old.Author, old.State, old.Posted, old.Expires
	if err := next.Check(now); err != nil {
		return nil, err
	}
	if taken := c.taken(); taken > next.Capacity {
		return nil, &Promised{"seats", taken}
	} else if taken > 0 && !sameStops(old.Stops, next.Stops) {
		return nil, &Promised{"stops", taken}
	}
	moved := !old.Start.Equal(next.Start) || !old.End.Equal(next.End)
	shift := next.Start.Sub(old.Start)
	next.Version = old.Version + 1
	c.Post = next
	if !moved {
		return nil, nil
	}
	var all []Notice
	for i := range c.Promises {
		p := &c.Promises[i]
		if !p.Alive() {
			continue
		}
		p.Start, p.End = p.Start.Add(shift), p.End.Add(shift)
		if !p.Holds() {
			continue
		}
		told, err := c.Do(p.ID, Change, by, now)
		if err != nil {
			return all, err
		}
		all = append(all, told...)
	}
	return all, nil
}

// taken is the most places promised on any leg at any occurrence.
func (c *Chain) taken() int {
	occurrences := []string{""}
	for i := range c.Promises {
		if c.Promises[i].Holds() {
			occurrences = append(occurrences, c.Promises[i].Occurrences...)
		}
	}
	if len(occurrences) > 1 {
		occurrences = occurrences[1:]
	}
	most := 0
	for _, o := range occurrences {
		most = max(most, c.Post.Capacity-slices.Min(c.Free(o)))
	}
	return most
}

func sameStops(a, b []Stop) bool {
	return slices.EqualFunc(a, b, func(s, t Stop) bool { return s.Code == t.Code && (s.Code != "" || s.Name == t.Name) })
}

// End takes a post back: its promises are cancelled by the author, and stay for
// the others to see; requests are declined.
func (c *Chain) End(by PersonID, now time.Time) ([]Notice, error) {
	if by != c.Post.Author || c.Post.State != Open {
		return nil, &Illegal{Cancel, string(c.Post.State), "only the author may, while it is open"}
	}
	c.Post.State = Withdrawn
	var all []Notice
	for i := range c.Promises {
		p := &c.Promises[i]
		move := Decline
		if p.Holds() {
			move = Cancel
		}
		if !p.Alive() {
			continue
		}
		told, err := c.Do(p.ID, move, by, now)
		if err != nil {
			continue // it has begun already, and goes on
		}
		c.Post.State = Removed
		all = append(all, told...)
	}
	return all, nil
}

// Expire withdraws a post whose time on the board is over; one under which
// something is promised stays. It says whether it was withdrawn.
func (c *Chain) Expire(now time.Time) bool {
	if c.Post.State != Open || c.Post.Imported || now.Before(c.Post.Expires) || c.taken() > 0 {
		return false
	}
	c.Post.State = Withdrawn
	return true
}
