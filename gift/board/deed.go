package board

import "time"

// Deed is what one side says of what happened.
type Deed struct {
	Said     bool
	Happened bool
	Absent   PersonID // who didn't come, when it didn't happen and they say so
	At       time.Time
}

// Facts are private answers that only moderators see. They feed safety, and
// never a number.
type Facts struct {
	Said     bool
	Happened bool
	OnTime   bool
	Again    bool // would do it again
	At       time.Time
}

// Outcome is how a promise ended, as both sides say.
type Outcome string

// The outcomes.
const (
	Ahead    Outcome = "ahead"    // its time hasn't passed
	Unsaid   Outcome = "unsaid"   // nobody said anything yet, or one side hasn't had its days
	Kept     Outcome = "kept"     // both say so, or one says so and the other was silent
	Missed   Outcome = "missed"   // somebody says that it didn't happen and nobody that it did
	Disputed Outcome = "disputed" // they say different things
	Never    Outcome = "never"    // it wasn't agreed, or was cancelled
)

// Silence is how long one side's yes waits for the other's word before the
// promise counts as kept.
const Silence = 72 * time.Hour

// Window is how many days after the end there is to answer and to thank.
const Window = 14

// ends is when the time of a promise has passed: for days, the midnight that
// ends the last one where the bed is.
func (c *Chain) ends(p *Promise) time.Time {
	if c.Post.Dates {
		return p.End.AddDate(0, 0, 1)
	}
	return p.End
}

// Reveal is when sealed thanks on a promise open at the latest: fourteen days
// after its end. For days it is the last midnight of the zones of both.
func (c *Chain) Reveal(p *Promise) time.Time {
	if !c.Post.Dates {
		return p.End.AddDate(0, 0, Window)
	}
	var last time.Time
	for _, zone := range []*time.Location{c.Post.Zone, p.Zone} {
		if zone == nil {
			continue
		}
		if t := time.Date(p.End.Year(), p.End.Month(), p.End.Day()+Window+1, 0, 0, 0, 0, zone); t.After(last) {
			last = t
		}
	}
	return last
}

// Outcome is how a promise stands at a moment.
func (c *Chain) Outcome(p *Promise, now time.Time) Outcome {
	switch {
	case p.State != Agreed:
		return Never
	case now.Before(c.ends(p)):
		return Ahead
	}
	yes, no := 0, 0
	var first time.Time
	for _, a := range p.Answers {
		switch {
		case a.Said && a.Happened:
			yes++
			if first.IsZero() || a.At.Before(first) {
				first = a.At
			}
		case a.Said:
			no++
		}
	}
	switch {
	case yes > 0 && no > 0:
		return Disputed
	case no > 0:
		return Missed
	case yes == 2 || yes == 1 && !now.Before(first.Add(Silence)):
		return Kept
	}
	return Unsaid
}

// Side is the index of a party: 0 the owner, 1 the asker; ok is false for
// anybody else.
func (c *Chain) Side(p *Promise, by PersonID) (int, bool) {
	switch by {
	case c.Post.Author:
		return 0, true
	case p.Person:
		return 1, true
	}
	return 0, false
}

// Other is the other party of a side.
func (c *Chain) Other(p *Promise, side int) PersonID {
	if side == 0 {
		return p.Person
	}
	return c.Post.Author
}

// Say records whether it happened, once its time has passed. A side may change
// its word until the window closes, but not after it has thanked.
func (c *Chain) Say(id PromiseID, by PersonID, d Deed, now time.Time) error {
	p := c.Find(id)
	if p == nil {
		return &Illegal{Answer, "unknown", "there is no such promise"}
	}
	side, ok := c.Side(p, by)
	switch {
	case !ok:
		return &Illegal{Answer, string(p.State), "they are no party to it"}
	case p.State != Agreed:
		return &Illegal{Answer, string(p.State), "it wasn't agreed"}
	case now.Before(c.ends(p)):
		return &Passed{What: Answer, At: c.ends(p), Early: true}
	case now.After(c.Reveal(p)):
		return &Passed{What: Answer, At: c.Reveal(p)}
	case p.Thanks[side].Given() && !d.Happened:
		return &Illegal{Answer, string(p.State), "they have thanked for it"}
	}
	d.Said, d.At = true, now
	p.Answers[side] = d
	return nil
}

// Tell records the private facts, also of a promise that the other side
// cancelled: for fourteen days.
func (c *Chain) Tell(id PromiseID, by PersonID, f Facts, now time.Time) error {
	p := c.Find(id)
	if p == nil || p.Agreed.IsZero() {
		return &Illegal{Answer, "unknown", "nothing was agreed"}
	}
	side, ok := c.Side(p, by)
	if !ok {
		return &Illegal{Answer, string(p.State), "they are no party to it"}
	}
	if until := c.ends(p).AddDate(0, 0, Window); now.After(until) {
		return &Passed{What: Answer, At: until}
	}
	f.Said, f.At = true, now
	p.Facts[side] = f
	return nil
}

// Due is what a person may be reminded of.
type Due string

// The reminders, in the order in which they come.
const (
	NothingDue Due = ""
	SayDue     Due = "say whether it happened"
	ThankDue   Due = "thank"
)

// Due says what one party may be reminded of at a moment. Whether it happened
// comes first; only who said yes, of a promise that was kept, is invited to
// thank. It doesn't depend on what the other has sealed.
func (c *Chain) Due(p *Promise, by PersonID, now time.Time) Due {
	side, ok := c.Side(p, by)
	if !ok || p.State != Agreed || now.Before(c.ends(p)) || !now.Before(c.Reveal(p)) {
		return NothingDue
	}
	switch own := p.Answers[side]; {
	case !own.Said:
		return SayDue
	case own.Happened && c.Outcome(p, now) == Kept && !p.Thanks[side].Given():
		return ThankDue
	}
	return NothingDue
}
