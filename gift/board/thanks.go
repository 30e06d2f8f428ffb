package board

import (
	"slices"
	"time"
)

// Thanks are public words from one side of a kept promise to the other. They are
// sealed until both have written or the window closes.
type Thanks struct {
	Words   string
	Kind    Kind // what they thank for
	At      time.Time
	Answer  string // the one reply of the one who is thanked
	Replied time.Time
}

// Given says whether there are thanks.
func (t Thanks) Given() bool { return !t.At.IsZero() }

// CorrectFor is how long the kind of thanks can be corrected, before they open.
const CorrectFor = 48 * time.Hour

// Season is how long one thanks counts between the same two in a series: a
// quarter.
const Season = 91 // days

// Thank seals one side's thanks.
func (c *Chain) Thank(id PromiseID, by PersonID, words string, kind Kind, now time.Time) error {
	p := c.Find(id)
	if p == nil {
		return &Illegal{Thank, "unknown", "there is no such promise"}
	}
	side, ok := c.Side(p, by)
	outcome := c.Outcome(p, now)
	switch {
	case !ok:
		return &Illegal{Thank, string(p.State), "they are no party to it"}
	case outcome != Kept:
		return &NotKept{outcome}
	case !now.Before(c.Reveal(p)):
		return &Passed{What: Thank, At: c.Reveal(p)}
	case p.Thanks[side].Given():
		return &Illegal{Thank, string(p.State), "they have thanked already"}
	case c.thankedLately(p, side, now):
		return &Illegal{Thank, string(p.State), "they have thanked for this series this quarter"}
	}
	if err := FreeOfMoney(words, true); err != nil {
		return err
	}
	p.Thanks[side] = Thanks{Words: words, Kind: kind, At: now}
	return nil
}

// thankedLately says whether the same person has thanked the other for another
// occurrence of this post within the season.
func (c *Chain) thankedLately(p *Promise, side int, now time.Time) bool {
	return slices.ContainsFunc(c.Promises, func(q Promise) bool {
		return q.ID != p.ID && q.Person == p.Person && q.Thanks[side].Given() && now.Before(q.Thanks[side].At.AddDate(0, 0, Season))
	})
}

// Opened is when one side's thanks became readable, and whether they are by now:
// at the second of two, or when the window closes. Thanks on a promise that is
// disputed stay sealed for good.
func (c *Chain) Opened(p *Promise, side int, now time.Time) (time.Time, bool) {
	own, theirs := p.Thanks[side], p.Thanks[1-side]
	if !own.Given() || c.Outcome(p, now) != Kept {
		return time.Time{}, false
	}
	at := c.Reveal(p)
	if theirs.Given() {
		at = own.At
		if theirs.At.After(at) {
			at = theirs.At
		}
	}
	return at, !now.Before(at)
}

// Correct changes the kind of sealed thanks within 48 hours.
func (c *Chain) Correct(id PromiseID, by PersonID, kind Kind, now time.Time) error {
	p := c.Find(id)
	if p == nil {
		return &Illegal{Correct, "unknown", "there is no such promise"}
	}
	side, ok := c.Side(p, by)
	if !ok || !p.Thanks[side].Given() {
		return &Illegal{Correct, string(p.State), "they haven't thanked"}
	}
	if _, open := c.Opened(p, side, now); open {
		return &Illegal{Correct, string(p.State), "it can be read by now"}
	}
	if until := p.Thanks[side].At.Add(CorrectFor); now.After(until) {
		return &Passed{What: Correct, At: until}
	}
	p.Thanks[side].Kind = kind
	return nil
}

// Reply is the right of reply: once, by the one who is thanked, to thanks that
// can be read.
func (c *Chain) Reply(id PromiseID, by PersonID, words string, now time.Time) error {
	p := c.Find(id)
	if p == nil {
		return &Illegal{Reply, "unknown", "there is no such promise"}
	}
	side, ok := c.Side(p, by)
	if !ok {
		return &Illegal{Reply, string(p.State), "they are no party to it"}
	}
	t := &p.Thanks[1-side]
	if _, open := c.Opened(p, 1-side, now); !open {
		return &Illegal{Reply, string(p.State), "there is nothing to reply to"}
	}
	if !t.Replied.IsZero() {
		return &Illegal{Reply, string(p.State), "they have replied"}
	}
	if err := FreeOfMoney(words, true); err != nil {
		return err
	}
	t.Answer, t.Replied = words, now
	return nil
}

// Forget takes out what an erased person wrote: sealed thanks vanish, so that
// the other's open alone at their time; a waiting loan stays the lender's to close.
func (c *Chain) Forget(who PersonID, now time.Time) {
	for i := range c.Promises {
		p := &c.Promises[i]
		side, ok := c.Side(p, who)
		if !ok {
			continue
		}
		p.Facts[side] = Facts{}
		if _, open := c.Opened(p, side, now); !open {
			p.Thanks[side] = Thanks{}
		}
	}
}

// Sight is what one person can know of a promise at a moment, by any page, feed,
// reminder or count.
type Sight struct {
	State   State
	Outcome Outcome // as far as this person may know
	Own     Deed
	Due     Due
	Thanks  [2]Thanks // open ones, and this person's own
	Waiting int       // others who wait; -1 when it isn't told
}

// Seen is all that a person may know of a promise; nobody else's sealed thanks
// change anything in it. ok is false when they may know nothing.
func (c *Chain) Seen(p *Promise, by PersonID, now time.Time) (Sight, bool) {
	s := Sight{Waiting: -1}
	side, party := c.Side(p, by)
	if !party {
		for i := range p.Thanks {
			if _, open := c.Opened(p, i, now); open {
				s.Thanks[i] = p.Thanks[i]
			}
		}
		return s, s.Thanks[0].Given() || s.Thanks[1].Given()
	}
	if side == 0 && !c.Post.Draw.IsZero() && now.Before(c.Post.Draw) {
		return Sight{}, false // not even the owner sees who entered
	}
	s.State, s.Own, s.Due = p.State, p.Answers[side], c.Due(p, by, now)
	s.Outcome = c.Outcome(p, now)
	for i := range p.Thanks {
		if _, open := c.Opened(p, i, now); open || i == side {
			s.Thanks[i] = p.Thanks[i]
		}
	}
	return s, true
}

// Joins says whether thanks said elsewhere, between the two parties of a kept
// promise and within its window, are for the same deed: one deed is one edge.
func (c *Chain) Joins(p *Promise, from, to PersonID, at time.Time) bool {
	a, ok := c.Side(p, from)
	b, both := c.Side(p, to)
	return ok && both && a != b && !at.Before(c.ends(p)) && at.Before(c.Reveal(p)) && c.Outcome(p, at) != Missed && c.Outcome(p, at) != Never
}
