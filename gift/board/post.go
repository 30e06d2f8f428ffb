package board

import (
	"errors"
	"fmt"
	"time"

	"github.com/entregent/entregent/gift/board/money"
	"github.com/entregent/entregent/gift/geo"
)

// Act says whether somebody gives or asks.
type Act string

// The acts.
const (
	Offer Act = "offer"
	Ask   Act = "ask"
)

// Kind says what is offered or asked.
type Kind string

// The kinds. A Thing is kept, a Loan comes back; food to fetch is a Thing, food
// eaten together a Table.
const (
	Ride  Kind = "ride"
	Bed   Kind = "bed"
	Thing Kind = "thing"
	Skill Kind = "skill"
	Loan  Kind = "loan"
	Table Kind = "table"
	Other Kind = "other"
)

// PersonID, PostID and PromiseID are the caller's names for them.
type (
	PersonID  string
	PostID    string
	PromiseID string
)

// Stop is a place of a post: its public meeting point, which is all that
// matching, lists and feeds ever see. The true address is kept elsewhere.
type Stop struct {
	Name string // as it is shown
	Code string // of a commune, when known
	At   geo.Point
}

// Post is what somebody offers or asks.
type Post struct {
	ID       PostID
	Author   PersonID
	Act      Act
	Kind     Kind
	Text     string
	Lang     string
	Stops    []Stop // of a ride, from start to end; else one place, or none
	Start    time.Time
	End      time.Time // zero when it isn't known
	Dates    bool      // Start and End are civil days, midnight to midnight of Zone
	Zone     *time.Location
	Repeat   string // RFC 5545, "" for once
	Capacity int    // seats, guests or pieces; at least 1
	Audience Audience
	Draw     time.Time // when it is decided by lot; zero is first come
	Posted   time.Time
	Expires  time.Time
	Imported bool // from another service: no expiry, no public list
	State    PostState
	Version  int // raised by every edit, for .ics
}

// PostState says where a post is in its life.
type PostState string

// The states of a post.
const (
	Open      PostState = "open"
	Withdrawn PostState = "withdrawn" // expired, or taken back while nothing was promised
	Removed   PostState = "removed"   // by its author or the moderators, after promises
)

// How long a post lives, when its author is asked, and how long it can be
// published again under the same address.
const (
	Life      = 30 // days
	AskedOn   = 27 // days after publication
	Republish = 90 // days after expiry
)

// Priced is the error of a post or message that speaks of money.
type Priced struct {
	Words   []string // the mentions
	Verdict money.Verdict
}

// Error names the words.
func (e *Priced) Error() string {
	return fmt.Sprintf("a gift has no price: %q (%v)", e.Words, e.Verdict)
}

// FreeOfMoney gives a [Priced] error when a text speaks of money. sure keeps back
// what is only to be asked about, after the author said that it is no price.
func FreeOfMoney(text string, sure bool) error {
	var e *Priced
	for _, m := range money.Find(text) {
		if sure && m.Verdict == money.Ask {
			continue
		}
		if e == nil {
			e = &Priced{}
		}
		e.Words = append(e.Words, text[m.Start:m.End])
		e.Verdict = max(e.Verdict, m.Verdict)
	}
	if e == nil {
		return nil
	}
	return e
}

// Price is what an imported journey says that it costs.
type Price string

// The prices of the French interoperability standard.
const (
	NoPrice Price = "" // {} or nothing
	Free    Price = "FREE"
	Paying  Price = "PAYING"
	Unknown Price = "UNKNOWN"
)

// Imports says whether a journey of that price may be imported.
func (p Price) Imports() error {
	if p == NoPrice || p == Free {
		return nil
	}
	return &Priced{Words: []string{"price.type=" + string(p)}, Verdict: money.Refuse}
}

// Check says what keeps a post from being published; nil when nothing does.
func (p *Post) Check(now time.Time) error {
	var all []error
	if p.Act != Offer && p.Act != Ask {
		all = append(all, fmt.Errorf("act is %q: offer or ask is needed", p.Act))
	}
	switch p.Kind {
	case Ride, Bed, Thing, Skill, Loan, Table, Other:
	default:
		all = append(all, fmt.Errorf("kind is %q", p.Kind))
	}
	if p.Kind == Ride && len(p.Stops) < 2 {
		all = append(all, errors.New("a ride needs a start and an end"))
	}
	if p.Zone == nil {
		all = append(all, errors.New("no time zone"))
	}
	if p.Capacity < 1 {
		all = append(all, fmt.Errorf("capacity is %d: at least 1 is needed", p.Capacity))
	}
	if !p.End.IsZero() && p.End.Before(p.Start) {
		all = append(all, errors.New("it ends before it starts"))
	}
	if !p.Imported && p.Repeat == "" && !p.Start.IsZero() && p.over(now) {
		all = append(all, &Passed{What: "publish", At: p.Start})
	}
	if err := FreeOfMoney(p.Text, false); err != nil && !p.Imported {
		all = append(all, err)
	}
	return errors.Join(all...)
}

// over says whether everything the post speaks of is past. A day lasts to the
// midnight that ends it.
func (p *Post) over(now time.Time) bool {
	end := p.End
	if end.IsZero() {
		end = p.Start
	}
	if p.Dates {
		end = end.AddDate(0, 0, 1)
	}
	return now.After(end)
}

// Publish opens a post that passes [Post.Check], for thirty days.
func (p *Post) Publish(now time.Time) error {
	if err := p.Check(now); err != nil {
		return err
	}
	p.State, p.Posted = Open, now.In(p.Zone)
	if !p.Imported {
		p.Expires = p.Posted.AddDate(0, 0, Life)
	}
	return nil
}

// Ask is when the author is asked whether the post still holds.
func (p *Post) AskedAt() time.Time { return p.Expires.AddDate(0, 0, AskedOn-Life) }

// Confirm keeps a post for thirty days more, counted from its old end; it is
// moved by a person's click, never by a link that is only fetched. Within ninety
// days after it expired it is published again instead.
func (p *Post) Confirm(by PersonID, now time.Time) error {
	switch {
	case by != p.Author:
		return &Illegal{Move: "confirm", State: string(p.State), Why: "only the author may"}
	case p.State == Open && p.Imported:
		return nil
	case p.State == Open:
		p.Expires = p.Expires.AddDate(0, 0, Life)
	case p.State == Withdrawn && now.Before(p.Expires.AddDate(0, 0, Republish)):
		p.State, p.Expires = Open, now.In(p.Zone).AddDate(0, 0, Life)
	default:
		return &Illegal{Move: "confirm", State: string(p.State), Why: "it is gone"}
	}
	return nil
}

// SameAs says whether two posts look like one that was sent twice: same author,
// act, kind, stops in the same order, and time. The way back is another post.
func (p *Post) SameAs(q *Post) bool {
	if p.Author != q.Author || p.Act != q.Act || p.Kind != q.Kind || !p.Start.Equal(q.Start) || p.Repeat != q.Repeat || len(p.Stops) != len(q.Stops) {
		return false
	}
	for i, s := range p.Stops {
		if s.Code != q.Stops[i].Code || s.Code == "" && s.Name != q.Stops[i].Name {
			return false
		}
	}
	return len(p.Stops) > 0 || p.Text == q.Text
}

// WayBack is a draft of the ride back: the stops in the other order, its own
// time and seats.
func (p *Post) WayBack(id PostID, start time.Time) Post {
	back := *p
	back.ID, back.Start, back.End = id, start, time.Time{}
	if !p.End.IsZero() {
		back.End = start.Add(p.End.Sub(p.Start))
	}
	back.Stops = make([]Stop, len(p.Stops))
	for i, s := range p.Stops {
		back.Stops[len(p.Stops)-1-i] = s
	}
	back.State, back.Version, back.Posted, back.Expires = "", 0, time.Time{}, time.Time{}
	return back
}
