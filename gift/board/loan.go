package board

import (
	"slices"
	"time"
)

// Borrowed is what a loan has that other promises don't: it comes back.
type Borrowed struct {
	Due      time.Time
	Returned [2]time.Time // as owner and asker say
	Left     bool         // the borrower's account is gone
	Closed   bool         // by the lender
}

// LoanState says where a lent thing is.
type LoanState string

// The states of a loan.
const (
	NoLoan      LoanState = ""
	Ready       LoanState = "promised"
	Out         LoanState = "out"
	Overdue     LoanState = "overdue"
	SaidBack    LoanState = "said to be back" // one side says so
	Back        LoanState = "back"
	BorrowerOff LoanState = "borrower left"
)

// Loan is where a loan stands at a moment.
func (c *Chain) Loan(p *Promise, now time.Time) LoanState {
	l := p.Loan
	switch {
	case l == nil:
		return NoLoan
	case l.Closed || !l.Returned[0].IsZero(): // the lender has it
		return Back
	case l.Left:
		return BorrowerOff
	case !l.Returned[1].IsZero():
		return SaidBack
	case now.Before(p.Start):
		return Ready
	case !l.Due.IsZero() && now.After(l.Due):
		return Overdue
	}
	return Out
}

// Extend moves the day a loan is due; not while somebody else waits for it.
func (c *Chain) Extend(id PromiseID, by PersonID, due, now time.Time) error {
	p := c.Find(id)
	switch {
	case p == nil || p.Loan == nil || p.State != Agreed:
		return &Illegal{Extend, "no loan", "nothing is lent"}
	case by != p.Person && by != c.Post.Author:
		return &Illegal{Extend, string(p.State), "they are no party to it"}
	case c.Loan(p, now) == Back || c.Loan(p, now) == BorrowerOff:
		return &Illegal{Extend, string(c.Loan(p, now)), "it is over"}
	case !due.After(p.Loan.Due):
		return &Illegal{Extend, string(p.State), "it isn't later"}
	case by == p.Person && slices.ContainsFunc(c.Promises, func(q Promise) bool { return q.State == Waiting || q.State == Asked }):
		return &Illegal{Extend, string(p.State), "somebody else waits for it"}
	}
	p.Loan.Due, p.End = due, due
	return nil
}

// GiveBack records that one side says the thing is back; the lender's word, or a
// loan whose borrower is gone, closes it.
func (c *Chain) GiveBack(id PromiseID, by PersonID, now time.Time) error {
	p := c.Find(id)
	if p == nil || p.Loan == nil {
		return &Illegal{GiveBack, "no loan", "nothing is lent"}
	}
	side, ok := c.Side(p, by)
	if !ok || c.Loan(p, now) == Back {
		return &Illegal{GiveBack, string(c.Loan(p, now)), "not theirs to say, or said"}
	}
	p.Loan.Returned[side] = now
	if p.Loan.Left && side == 0 {
		p.Loan.Closed = true
	}
	if now.Before(p.End) { // back early: it can be thanked for
		p.End = now
	}
	return nil
}
