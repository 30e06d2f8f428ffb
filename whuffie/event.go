package whuffie

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"time"
)

// Kind says what an Event is.
type Kind uint8

// The kinds of a log. From and To are written as people say them: "Ana thanks Bob" is From Ana, To Bob.
const (
	_        Kind = iota
	Thanks        // From, who received, thanks To, who gave
	Gift          // From gave to To; To hasn't acknowledged it
	Harm          // From reports To, for a reason
	Withdraw      // the thanks or the report with this ID is taken back
	Forget        // From is erased, with everything she gave, received and said
	Day           // time passes: the clock goes to the end of Time's day
)

var kindNames = [...]string{Thanks: "thanks", Gift: "gift", Harm: "harm", Withdraw: "withdraw", Forget: "forget", Day: "day"}

// String is the kind's name in files: thanks, gift, harm, withdraw, forget or day.
func (k Kind) String() string {
	if int(k) < len(kindNames) && kindNames[k] != "" {
		return kindNames[k]
	}
	return fmt.Sprintf("kind %d", uint8(k))
}

// Event is one line of a log. A log is read in its order; the order of the times may differ a little (mail arrives late).
type Event struct {
	Kind     Kind
	ID       string    // the gift or message it rests on; counts once; may be empty, and then can't be withdrawn
	From, To string    // people or organisations, by any name that stays the same
	Time     time.Time // when it was said; seconds count, from 1970 to 2106
	Strength float64   // in (0, 1]; 0 means 1
	Paid     bool      // paid for: recorded, and worth nothing
	Reason   string    // of a Harm: must be there; what it says isn't kept
}

// Errors of an event that can't be taken; the world stays as it was.
var (
	ErrAfterClock = errors.New("later than the clock (pass the day with Tick first)")
	ErrNoReason   = errors.New("a report of harm needs a reason")
	ErrUnknown    = errors.New("unknown")
)

// check says what is wrong with an event, whatever the world it comes to.
func (e Event) check() error {
	if e.Kind == 0 || int(e.Kind) >= len(kindNames) {
		return fmt.Errorf("an event of no known kind (%s)", e.Kind)
	}
	if e.Kind == Thanks || e.Kind == Gift || e.Kind == Harm || e.Kind == Day {
		if e.Time.IsZero() {
			return fmt.Errorf("%s: the time is missing", e.Kind)
		}
		if _, err := seconds(e.Time); err != nil {
			return fmt.Errorf("%s: %w", e.Kind, err)
		}
	}
	if e.Kind == Harm && strings.TrimSpace(e.Reason) == "" {
		return ErrNoReason
	}
	if !(e.Strength >= 0 && e.Strength <= 1) {
		return fmt.Errorf("%s: strength %v isn't between 0 and 1", e.Kind, e.Strength)
	}
	return e.checkWords()
}

func (e Event) checkWords() error {
	var needs []string
	switch e.Kind {
	case Thanks, Gift, Harm:
		needs = []string{e.From, e.To}
	case Withdraw:
		needs = []string{e.ID}
	case Forget:
		needs = []string{e.From}
	}
	for _, s := range needs {
		if s == "" {
			return fmt.Errorf("%s: a name or ID is missing", e.Kind)
		}
	}
	for _, s := range [...]string{e.ID, e.From, e.To} {
		if err := checkWord(s); err != nil {
			return fmt.Errorf("%s: %w", e.Kind, err)
		}
	}
	return nil
}

// maxWord is the longest name or ID, in bytes.
const maxWord = 1024

func checkWord(s string) error {
	if len(s) > maxWord {
		return fmt.Errorf("a name or ID of %d bytes is longer than %d", len(s), maxWord)
	}
	if strings.IndexByte(s, 0) >= 0 {
		return fmt.Errorf("a zero byte in the name or ID %q", s)
	}
	return nil
}

// strength is e's s: 1 when none was said, 0 for what was paid or said about oneself.
func (e Event) strength() float32 {
	switch {
	case e.Paid || e.From == e.To:
		return 0
	case e.Strength == 0:
		return 1
	}
	return float32(e.Strength)
}

func seconds(t time.Time) (uint32, error) {
	s := t.Unix()
	if s < 0 || s > math.MaxUint32 {
		return 0, fmt.Errorf("the time %s isn't between 1970 and 2106", t.Format(time.RFC3339))
	}
	return uint32(s), nil
}

const day = 24 * 60 * 60

// endOfDay is the last second of a time's day (UTC): the clock stands only there.
func endOfDay(t uint32) uint32 {
	return uint32(min(uint64(t)/day*day+day-1, math.MaxUint32))
}
