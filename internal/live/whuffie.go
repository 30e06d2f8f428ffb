package live

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/entregent/entregent"
	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/gift"
	"github.com/entregent/entregent/internal/board"
	"github.com/entregent/entregent/whuffie"
)

// Standing is somebody's whuffie, with whom she helped.
type Standing struct {
	Person conversation.PersonID `json:"person"`
	Score  whuffie.Score         `json:"score"`
	Band   string                `json:"band"`
	Thanks int                   `json:"thanks"` // said to her within the time asked about
	Latest time.Time             `json:"latest"`
}

// standing is the state of thanks, as it was last told. Nothing in it changes any
// more.
type standing struct {
	world    *whuffie.World // nil before the first reading
	received map[string][]time.Time
	change   int64
	at       time.Time
	took     time.Duration
}

// Recorded are the thanks that were put on record in the house and not taken
// back, as whuffie takes them.
func Recorded(list []board.Thanks) (events []whuffie.Event) {
	for _, t := range list {
		if t.Gone.IsZero() {
			events = append(events, whuffie.Event{Kind: whuffie.Thanks, ID: string(gift.Record) + " " + t.ID, From: string(t.From), To: string(t.To),
				Time: t.Time, Strength: gift.Record.Strength()})
		}
	}
	return events
}

// Stand brings standing up to date with the figures. Follow does it when nothing
// else is to be done; who wants to know at once, after a thanks, calls it too.
func (l *Live) Stand(ctx context.Context) error {
	l.turn.Lock()
	defer l.turn.Unlock()
	l.mu.Lock()
	now := l.now()
	if !l.ready || l.standing != nil && l.standing.change == l.change && l.standing.at.YearDay() == now.YearDay() && l.standing.at.Year() == now.Year() {
		l.mu.Unlock()
		return nil
	}
	s := &standing{change: l.change, at: now, received: map[string][]time.Time{}}
	if v := l.gifts.Version(); l.acts == nil || v != l.version {
		l.acts, l.version = entregent.ActsOf(l.gifts.Thanks()), v
	}
	acts, talk := l.acts, heard(l.board, now)
	l.mu.Unlock()
	given, err := board.ThanksGiven(ctx, l.store, time.Time{})
	if err == nil {
		err = s.measure(talk, slices.Concat(acts, Recorded(given)), l.opt.Whuffie)
	}
	if err != nil {
		return fmt.Errorf("telling standing: %w", err)
	}
	s.took = l.opt.Now().Sub(now)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.standing = s
	return nil
}

// measure takes the standing of everybody.
func (s *standing) measure(talk *talk, events []whuffie.Event, o entregent.WhuffieOptions) error {
	o.Until = s.at
	o.Organisations = slices.Concat(o.Organisations, entregent.Staff(talk))
	events = slices.DeleteFunc(events, func(e whuffie.Event) bool { return e.Time.After(s.at) })
	for _, e := range events {
		if !e.Paid && e.From != e.To {
			s.received[e.To] = append(s.received[e.To], e.Time)
		}
	}
	circle, _ := entregent.Regulars(talk, events, o)
	options := whuffie.Options{Known: circle, Seen: o.Seen, Organisations: o.Organisations, HalfLife: o.HalfLife, Walks: o.Walks, Seed: o.Seed}
	if len(circle) > 0 { // as Measure does, without what a report tells besides
		slices.SortStableFunc(events, func(a, b whuffie.Event) int { return a.Time.Compare(b.Time) })
		if w, err := whuffie.Build(options, slices.Values(events)); err == nil {
			s.world = w
			return w.Tick(s.at)
		}
	}
	r, err := whuffie.Measure(events, options, s.at)
	if err != nil {
		return err
	}
	s.world = r.World
	return nil
}

// told is the standing that was last told.
func (l *Live) told() *standing {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.standing == nil {
		return &standing{}
	}
	return l.standing
}

func (s *standing) of(p conversation.PersonID, since time.Time) Standing {
	one := Standing{Person: p, Band: string(whuffie.BandTooFew)}
	if s.world != nil {
		one.Score = s.world.Score(string(p))
		one.Band = string(one.Score.Band())
	}
	for _, at := range s.received[string(p)] {
		if !at.Before(since) {
			one.Thanks++
		}
		if at.After(one.Latest) {
			one.Latest = at
		}
	}
	return one
}

// Whuffie is somebody's standing, as Stand left it; Thanks are all that were ever
// said to her.
func (l *Live) Whuffie(p conversation.PersonID) Standing { return l.told().of(p, time.Time{}) }

// Why tells how somebody came by her standing. [whuffie.ErrUnknown]: nobody ever
// thanked her, nor did she thank anybody.
func (l *Live) Why(p conversation.PersonID) (whuffie.Why, error) {
	s := l.told()
	if s.world == nil {
		return whuffie.Why{}, fmt.Errorf("explaining the standing of %s: %w", p, whuffie.ErrUnknown)
	}
	return s.world.Explain(string(p))
}

// Givers are those who were thanked since, to be thanked in turn: by name, not by
// rank.
func (l *Live) Givers(since time.Time) []Standing {
	s := l.told()
	givers := []Standing{}
	for name := range s.received {
		if one := s.of(conversation.PersonID(name), since); one.Thanks > 0 {
			givers = append(givers, one)
		}
	}
	slices.SortFunc(givers, func(a, b Standing) int { return strings.Compare(string(a.Person), string(b.Person)) })
	return givers
}

// talk is as much of a conversation as standing needs: of everybody, a message of
// each side and as many weeks as make a regular.
type talk struct {
	said  []conversation.Entry
	names []conversation.PersonID
}

func (t *talk) Len() int                           { return len(t.said) }
func (t *talk) At(i int) conversation.Entry        { return t.said[i] }
func (t *talk) Person(n int) conversation.PersonID { return t.names[n] }

// heard takes it from the board, up to a time.
func heard(b *conversation.LiveIndex, until time.Time) *talk {
	t := &talk{names: make([]conversation.PersonID, b.People())}
	for p := range t.names {
		t.names[p] = b.Person(p)
	}
	type known struct {
		weeks [entregent.RegularWeeks]int64
		n     int
		staff bool
	}
	people := make([]known, b.People())
	last := until.UnixMicro()
	for i := range b.Len() {
		e := b.At(i)
		if e.Author < 0 {
			continue
		}
		k := &people[e.Author]
		if e.Side == conversation.Organisation {
			if !k.staff {
				k.staff = true
				t.said = append(t.said, e)
			}
			continue
		}
		if week := time.UnixMicro(e.Time).Unix() / (7 * 24 * 3600); !e.Bot && e.Time <= last && k.n < len(k.weeks) && !slices.Contains(k.weeks[:k.n], week) {
			k.weeks[k.n] = week
			k.n++
			t.said = append(t.said, e)
		}
	}
	return t
}
