package ride

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Language is what a sentence is said in.
type Language string

// The languages there are; any other is taken for English.
const (
	English Language = "en"
	French  Language = "fr"
)

// Sentence explains a match to both sides: the detour in kilometres and as a part of the driver's way, what is walked,
// and the asker's hours, which are estimates.
func (m Match) Sentence(l Language) string {
	if l == French {
		return fmt.Sprintf("Départ %s, %s, arrivée vers %s%s : %s sur un trajet de %s, dont %s ensemble.", moment(l, m.Up, m.Down), l.walk(m.WalkTo), clock(l, m.Down),
			l.thenWalk(m.WalkFrom), l.detour(m), l.km(m.Length), l.km(m.Shared))
	}
	return fmt.Sprintf("Picked up %s, %s, set down at about %s%s: %s on a way of %s, of which %s together.", moment(l, m.Up, m.Down), l.walk(m.WalkTo), clock(l, m.Down),
		l.thenWalk(m.WalkFrom), l.detour(m), l.km(m.Length), l.km(m.Shared))
}

// Sentence says why a ride doesn't match. names are those of the points of its way, if they are known.
func (no Refusal) Sentence(l Language, names ...string) string {
	fr := l == French
	switch no.Why {
	case TooFar:
		if fr {
			return fmt.Sprintf("Le détour serait de %s ; le trajet en permet %s.", l.km(no.Detour), l.km(no.Allowed))
		}
		return fmt.Sprintf("The detour would be %s; the ride allows %s.", l.km(no.Detour), l.km(no.Allowed))
	case Backward:
		if fr {
			return "Le trajet va dans l’autre sens."
		}
		return "The ride goes the other way."
	case Full:
		return no.full(l, names)
	case NotThen:
		return no.then(l)
	}
	return ""
}

func (no Refusal) full(l Language, names []string) string {
	if l == French {
		where := fmt.Sprintf("sur l’étape %d", no.Leg+1)
		if no.Leg+1 < len(names) {
			where = fmt.Sprintf("entre %s et %s", names[no.Leg], names[no.Leg+1])
		}
		return fmt.Sprintf("Il reste %s %s ; il en faut %d.", places(no.Free), where, no.Wanted)
	}
	where := fmt.Sprintf("on leg %d", no.Leg+1)
	if no.Leg+1 < len(names) {
		where = fmt.Sprintf("between %s and %s", names[no.Leg], names[no.Leg+1])
	}
	return fmt.Sprintf("%s %s; %d wanted.", seats(no.Free), where, no.Wanted)
}

func places(n int) string {
	if n < 2 {
		return fmt.Sprintf("%d place", n)
	}
	return fmt.Sprintf("%d places", n)
}

func seats(n int) string {
	switch n {
	case 0:
		return "No seat is free"
	case 1:
		return "1 seat is free"
	}
	return fmt.Sprintf("%d seats are free", n)
}

func (no Refusal) then(l Language) string {
	switch {
	case no.Depart.IsZero() && l == French:
		return "Le trajet n’a pas lieu ces jours-là."
	case no.Depart.IsZero():
		return "The ride doesn’t take place on those days."
	case l == French:
		return fmt.Sprintf("Le trajet passe %s et arrive vers %s, hors des heures demandées.", moment(l, no.Up, no.Down), clock(l, no.Down))
	}
	return fmt.Sprintf("The ride comes by %s and is there at about %s, outside the hours asked for.", moment(l, no.Up, no.Down), clock(l, no.Down))
}

// km is a length to a tenth of a kilometre.
func (l Language) km(v float64) string { return l.tenths(v) + "\u00a0km" }

func (l Language) tenths(v float64) string {
	s := strconv.FormatFloat(v, 'f', 1, 64)
	if l == French {
		return strings.Replace(s, ".", ",", 1)
	}
	return s
}

// unseen is what a length of 0.0 km rounds to.
const unseen = .05

func (l Language) detour(m Match) string {
	switch {
	case m.Detour < unseen && l == French:
		return "sans détour"
	case m.Detour < unseen:
		return "no detour"
	case l == French:
		return fmt.Sprintf("un détour de %s (%s\u00a0%%)", l.km(m.Detour), l.tenths(100*m.Share()))
	}
	return fmt.Sprintf("a detour of %s (%s\u00a0%%)", l.km(m.Detour), l.tenths(100*m.Share()))
}

func (l Language) walk(km float64) string {
	switch {
	case km < unseen && l == French:
		return "sans marche"
	case km < unseen:
		return "without a walk"
	case l == French:
		return "après " + l.km(km) + " à pied"
	}
	return "after a walk of " + l.km(km)
}

func (l Language) thenWalk(km float64) string {
	switch {
	case km < unseen:
		return ""
	case l == French:
		return ", puis " + l.km(km) + " à pied"
	}
	return ", then a walk of " + l.km(km)
}

var (
	jours = [...]string{"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"}
	mois  = [...]string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"}
)

// date is a day in words.
func date(l Language, t time.Time, month bool) string {
	if l != French {
		if month {
			return t.Format("Monday 2 January")
		}
		return t.Format("Monday 2")
	}
	number := strconv.Itoa(t.Day())
	if number == "1" {
		number = "1er"
	}
	s := jours[t.Weekday()] + " " + number
	if month {
		s += " " + mois[t.Month()-1]
	}
	return s
}

// dawn is the hour at which a night ends.
const dawn = 5

// moment is when somebody is picked up, with the day; what goes over midnight or ends before dawn is a night.
func moment(l Language, from, to time.Time) string {
	evening := from
	if from.Hour() < dawn {
		evening = from.AddDate(0, 0, -1)
	}
	if y, m, d := to.Date(); from.Hour() < dawn || time.Date(y, m, d, 0, 0, 0, 0, to.Location()).After(from) {
		morning := evening.AddDate(0, 0, 1)
		a, b := date(l, evening, evening.Month() != morning.Month()), date(l, morning, true)
		if l == French {
			return fmt.Sprintf("dans la nuit du %s au %s vers %s", a, b, clock(l, from))
		}
		return fmt.Sprintf("in the night of %s to %s at about %s", a, b, clock(l, from))
	}
	if l == French {
		return fmt.Sprintf("le %s vers %s", date(l, from, true), clock(l, from))
	}
	return fmt.Sprintf("on %s at about %s", date(l, from, true), clock(l, from))
}

// clock is a time of day to the minute.
func clock(l Language, t time.Time) string {
	t = t.Round(time.Minute)
	if l != French {
		return t.Format("15:04")
	}
	if t.Minute() == 0 {
		return fmt.Sprintf("%d\u00a0h", t.Hour())
	}
	return fmt.Sprintf("%d\u00a0h\u00a0%02d", t.Hour(), t.Minute())
}
