package board

// Audience is who may see a post.
type Audience string

// The audiences.
const (
	Public  Audience = "public"
	Members Audience = "members" // the default
	Circle  Audience = "circle"  // people the author knows to be real
	Friends Audience = "friends" // them and theirs
	Women   Audience = "women"   // women whom a moderator verified
)

// Viewer is what is known of somebody who looks; the zero value is a stranger.
type Viewer struct {
	ID       PersonID
	Member   bool
	Near     int  // 1 in the author's circle, 2 a friend of a friend, 0 neither
	Verified bool // by a moderator
	Woman    bool // as verified, not as the profile says today
	Blocked  bool // by the author, or they blocked the author
}

// Shows says whether a viewer may know that a post exists. For everybody else
// it doesn't: no count, no hint, the same answer as for an address nobody used.
func (p *Post) Shows(v Viewer) bool {
	switch {
	case v.ID != "" && v.ID == p.Author:
		return true
	case v.Blocked || p.State != Open:
		return false
	}
	switch p.Audience {
	case Public:
		return true
	case Circle:
		return v.Member && v.Near == 1
	case Friends:
		return v.Member && (v.Near == 1 || v.Near == 2)
	case Women:
		return v.Member && v.Verified && v.Woman
	}
	return v.Member
}

// Lists says whether a post stands in the public list: its author chose public,
// and it isn't imported.
func (p *Post) Lists() bool {
	return p.State == Open && p.Audience == Public && !p.Imported
}

// Mismatch says why an offer and an ask don't go together; "" when they may.
type Mismatch string

// The reasons. Words, places and hours are matched elsewhere.
const (
	Fits       Mismatch = ""
	NotAnAsk   Mismatch = "not an offer and an ask"
	Same       Mismatch = "the same person"
	OtherKind  Mismatch = "of another kind"
	Hidden     Mismatch = "one may not see the other"
	OtherTimes Mismatch = "at other times"
	TooMany    Mismatch = "too few places"
)

// Suits says whether an offer may be matched with an ask, before words, places
// and routes are looked at. asker is who asks, seen from the offer; offerer who
// offers, seen from the ask.
func Suits(offer, ask *Post, asker, offerer Viewer) Mismatch {
	switch {
	case offer.Act != Offer || ask.Act != Ask:
		return NotAnAsk
	case offer.Author == ask.Author:
		return Same
	case offer.Kind != ask.Kind && !(near(offer.Kind) && near(ask.Kind)):
		return OtherKind
	case !offer.Shows(asker) || !ask.Shows(offerer):
		return Hidden
	case ask.Capacity > offer.Capacity && offer.Kind != Thing && offer.Kind != Skill:
		return TooMany
	case offer.Repeat == "" && ask.Repeat == "" && apart(offer, ask):
		return OtherTimes
	}
	return Fits
}

// near are the kinds that may answer each other: who asks to borrow is glad of a gift.
func near(k Kind) bool { return k == Thing || k == Loan }

// apart says whether the times of two posts can't meet.
func apart(a, b *Post) bool {
	end := func(p *Post) (t, open bool) { return !p.Start.IsZero(), p.End.IsZero() }
	if known, _ := end(a); !known {
		return false
	}
	if known, _ := end(b); !known {
		return false
	}
	if a.Kind == Ride { // hours are the matcher's
		return false
	}
	return a.over(b.Start) || b.over(a.Start)
}
