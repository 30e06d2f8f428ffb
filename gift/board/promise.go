package board

import (
	"slices"
	"time"
)

// State is where a promise stands.
type State string

// The states of a promise. The last four are ends.
const (
	Asked     State = "asked"
	Waiting   State = "waiting" // on the waiting list, or in a draw
	Agreed    State = "agreed"  // both accepted
	Changed   State = "changed" // the post changed: to be confirmed anew
	Declined  State = "declined"
	TakenBack State = "taken back" // by the one who asked, before any answer
	Cancelled State = "cancelled"
	Lapsed    State = "lapsed" // a change that wasn't confirmed in time
)

// Move is what somebody does.
type Move string

// The moves.
const (
	Request  Move = "request"
	Accept   Move = "accept"
	Decline  Move = "decline"
	TakeBack Move = "take back"
	Cancel   Move = "cancel"
	Change   Move = "change"
	Confirm  Move = "confirm"
	Lapse    Move = "lapse"
	Remove   Move = "remove" // by the moderators
	Block    Move = "block"
	Erase    Move = "erase"
	Answer   Move = "say whether it happened"
	Thank    Move = "thank"
	Correct  Move = "correct the kind"
	Reply    Move = "reply"
	Extend   Move = "extend"
	GiveBack Move = "give back"
)

// Role is who moves, seen from a promise.
type Role string

// The roles.
const (
	Owner     Role = "owner"     // the post's author
	Asker     Role = "asker"     // the other party
	Moderator Role = "moderator" // removes
	Clock     Role = "clock"     // time itself
)

// Transition is one line of the table of moves.
type Transition struct {
	From   State
	Move   Move
	By     Role
	To     State
	Tell   []Role
	Counts bool // against the one who moves, as un-promised
}

// Transitions is the table of moves between request and deed. What isn't in it
// is illegal.
var Transitions = []Transition{
	{Asked, Accept, Owner, Agreed, []Role{Asker}, false},
	{Asked, Decline, Owner, Declined, []Role{Asker}, false},
	{Asked, TakeBack, Asker, TakenBack, []Role{Owner}, false},
	{Waiting, Accept, Owner, Agreed, []Role{Asker}, false},
	{Waiting, Decline, Owner, Declined, []Role{Asker}, false},
	{Waiting, TakeBack, Asker, TakenBack, nil, false},
	{Agreed, Cancel, Owner, Cancelled, []Role{Asker}, true},
	{Agreed, Cancel, Asker, Cancelled, []Role{Owner}, true},
	{Agreed, Change, Owner, Changed, []Role{Asker}, false},
	{Changed, Change, Owner, Changed, []Role{Asker}, false},
	{Changed, Confirm, Asker, Agreed, []Role{Owner}, false},
	{Changed, Cancel, Asker, Cancelled, []Role{Owner}, false},
	{Changed, Cancel, Owner, Cancelled, []Role{Asker}, true},
	{Changed, Lapse, Clock, Lapsed, []Role{Owner, Asker}, false},
	{Asked, Lapse, Clock, Lapsed, []Role{Asker}, false},
	{Waiting, Lapse, Clock, Lapsed, nil, false},
}

// closing are the moves that end any promise that is still alive, without
// counting against anybody.
var closing = map[Move][]Role{
	Remove: {Owner, Asker},
	Block:  nil, // the blocked one notices nothing
	Erase:  {Owner, Asker},
}

// Promise is one person's part in a post: a request that may become an
// agreement, for some of its places.
type Promise struct {
	ID          PromiseID
	Person      PersonID       // the one who asked
	Zone        *time.Location // theirs; nil is the post's
	Count       int            // seats, guests, pieces
	From, To    int            // of a ride: stops, so legs From to To-1; 0, 0 is the whole
	Occurrences []string       // of a series, by local time; none for a post of one time
	Start, End  time.Time
	State       State
	At          time.Time // of the last move
	By          PersonID  // who made it
	Agreed      time.Time // when both had accepted; zero if never
	Counted     PersonID  // whom the ending counts against, if any
	Late        bool      // it was cancelled less than 24 hours ahead
	Answers     [2]Deed   // of owner and asker
	Facts       [2]Facts
	Thanks      [2]Thanks // by owner and asker
	Loan        *Borrowed
}

// Alive says whether something may still come of the promise.
func (p *Promise) Alive() bool {
	return p.State == Asked || p.State == Waiting || p.State == Agreed || p.State == Changed
}

// Holds says whether the promise takes places.
func (p *Promise) Holds() bool { return p.State == Agreed || p.State == Changed }

// Notice is something that must be told to somebody.
type Notice struct {
	To      PersonID
	About   PromiseID
	Move    Move
	By      PersonID // who did it; "" when it isn't told
	Silent  bool     // by the clock or the moderators: no name
	Reopens bool     // places became free: tell saved asks once
}

// Chain is a post with everything that hangs on it.
type Chain struct {
	Post     Post
	Promises []Promise
	Blocks   []PersonID // whom the author blocked
}

// Find gives a promise of the chain; nil when there is none of that name.
func (c *Chain) Find(id PromiseID) *Promise {
	for i := range c.Promises {
		if c.Promises[i].ID == id {
			return &c.Promises[i]
		}
	}
	return nil
}

// Wish is what somebody asks of a post.
type Wish struct {
	ID          PromiseID
	Person      PersonID
	Count       int
	From, To    int
	Occurrences []string
	Start, End  time.Time      // of that part: their hour, not the driver's
	Zone        *time.Location // theirs; nil is the post's
}

// Request asks for places. While none are free the request waits. A person has
// one living promise per post and occurrence.
func (c *Chain) Request(w Wish, now time.Time) ([]Notice, error) {
	p := &c.Post
	last := max(1, len(p.Stops)-1)
	if w.To == 0 {
		w.From, w.To = 0, last
	}
	if w.Start.IsZero() {
		w.Start, w.End = p.Start, p.End
	}
	if w.End.IsZero() {
		w.End = w.Start
	}
	switch {
	case w.Person == p.Author:
		return nil, &Yourself{w.Person}
	case p.State != Open:
		return nil, &Illegal{Request, string(p.State), "the post isn't open"}
	case w.Count < 1 || w.From < 0 || w.To > last || w.From >= w.To || p.Kind != Ride && w.From != 0:
		return nil, &Illegal{Request, string(p.State), "no such places"}
	case !w.Start.IsZero() && now.After(c.endOfStart(w.Start)):
		return nil, &Passed{What: Request, At: w.Start}
	case w.Count > p.Capacity:
		return nil, &Full{Leg: w.From, Free: p.Capacity, Want: w.Count}
	case c.has(w):
		return nil, &Illegal{Request, string(p.State), "they have asked already"}
	}
	made := Promise{ID: w.ID, Person: w.Person, Zone: w.Zone, Count: w.Count, From: w.From, To: w.To, Occurrences: w.Occurrences,
		Start: w.Start, End: w.End, State: Asked, At: now, By: w.Person}
	if !p.Draw.IsZero() || c.room(&made) != nil {
		made.State = Waiting
	}
	c.Promises = append(c.Promises, made)
	if !p.Draw.IsZero() { // nobody sees who entered
		return nil, nil
	}
	return []Notice{{To: p.Author, About: w.ID, Move: Request, By: w.Person}}, nil
}

func (c *Chain) has(w Wish) bool {
	return slices.ContainsFunc(c.Promises, func(q Promise) bool {
		return q.Person == w.Person && q.Alive() && meet(q.Occurrences, w.Occurrences)
	})
}

// meet says whether two sets of occurrences share one; none is the only one.
func meet(a, b []string) bool {
	if len(a) == 0 || len(b) == 0 {
		return true
	}
	return slices.ContainsFunc(a, func(o string) bool { return slices.Contains(b, o) })
}

// Do makes a move on a promise. by is the person, or "" for the clock and the
// moderators, who are told apart by role.
func (c *Chain) Do(id PromiseID, move Move, by PersonID, now time.Time) ([]Notice, error) {
	p := c.Find(id)
	if p == nil {
		return nil, &Illegal{move, "unknown", "there is no such promise"}
	}
	if tell, ok := closing[move]; ok {
		return c.close(p, move, by, tell, now)
	}
	role, ok := c.role(p, by)
	if !ok {
		return nil, &Illegal{move, string(p.State), "they are no party to it"}
	}
	for _, t := range Transitions {
		if t.From == p.State && t.Move == move && t.By == role {
			return c.take(p, t, by, now)
		}
	}
	return nil, &Illegal{move, string(p.State), "not from here"}
}

func (c *Chain) role(p *Promise, by PersonID) (Role, bool) {
	switch by {
	case c.Post.Author:
		return Owner, true
	case p.Person:
		return Asker, true
	case "":
		return Clock, true
	}
	return "", false
}

// take makes a move of the table, when time and places allow it.
func (c *Chain) take(p *Promise, t Transition, by PersonID, now time.Time) ([]Notice, error) {
	if (t.Move == Accept || t.Move == Confirm || t.Move == Cancel) && !p.Start.IsZero() && !now.Before(c.endOfStart(p.Start)) {
		return nil, &Passed{What: t.Move, At: c.endOfStart(p.Start)}
	}
	if t.Move == Accept {
		if !c.Post.Draw.IsZero() && now.Before(c.Post.Draw) {
			return nil, &Passed{What: Accept, At: c.Post.Draw, Early: true}
		}
		if err := c.room(p); err != nil {
			return nil, err
		}
		p.Agreed = now
		if c.Post.Kind == Loan {
			p.Loan = &Borrowed{Due: p.End}
		}
	}
	if t.Move == Lapse && !c.lapses(p, now) {
		return nil, &Passed{What: Lapse, At: c.lapsesAt(p), Early: true}
	}
	held := p.Holds()
	if t.Counts {
		p.Counted = by
		p.Late = !p.Start.IsZero() && p.Start.Sub(now) < 24*time.Hour
	}
	p.State, p.At, p.By = t.To, now, by
	return c.tell(p, t.Move, by, t.Tell, held && !p.Holds()), nil
}

// endOfStart is the moment from which nothing can be agreed or cancelled any
// more: the start, or for days the midnight that ends the first one.
func (c *Chain) endOfStart(start time.Time) time.Time {
	if c.Post.Dates {
		return start.AddDate(0, 0, 1)
	}
	return start
}

func (c *Chain) tell(p *Promise, move Move, by PersonID, roles []Role, reopens bool) []Notice {
	var all []Notice
	for _, r := range roles {
		to := c.Post.Author
		if r == Asker {
			to = p.Person
		}
		all = append(all, Notice{To: to, About: p.ID, Move: move, By: by, Silent: by == "", Reopens: false})
	}
	if reopens && c.Post.State == Open {
		all = append(all, Notice{About: p.ID, Move: move, Reopens: true})
	}
	return all
}

// close ends a living promise from outside the table: moderators, a block, an
// erased account. Nothing counts against anybody.
func (c *Chain) close(p *Promise, move Move, by PersonID, roles []Role, now time.Time) ([]Notice, error) {
	if !p.Alive() {
		return nil, &Illegal{move, string(p.State), "it has ended"}
	}
	if p.Loan != nil && move == Erase && by == p.Person {
		p.Loan.Left = true
	}
	held := p.Holds()
	p.State, p.At, p.By = Cancelled, now, by
	if move == Remove {
		p.By = ""
	}
	told := c.tell(p, move, p.By, roles, held)
	return slices.DeleteFunc(told, func(n Notice) bool { return n.To == by && by != "" }), nil
}

// lapsesAt is when a change that nobody confirmed ends the promise: 24 hours
// after it, or at the start; a request ends at the start.
func (c *Chain) lapsesAt(p *Promise) time.Time {
	if p.State == Changed {
		if day := p.At.Add(24 * time.Hour); p.Start.IsZero() || day.Before(p.Start) {
			return day
		}
	}
	return p.Start
}

func (c *Chain) lapses(p *Promise, now time.Time) bool {
	at := c.lapsesAt(p)
	return !at.IsZero() && !now.Before(at)
}
