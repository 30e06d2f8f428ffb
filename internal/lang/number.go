package lang

import (
	"math"
	"strconv"
	"strings"
)

// Unknown is said where the data can't say.
const Unknown = "?"

// Integer writes a whole number: 1,234 or 1 234.
func (l Language) Integer(n int) string { return l.Decimal(float64(n), 0) }

// Decimal writes a number with so many digits behind its comma; what is not
// known is Unknown, and never NaN.
func (l Language) Decimal(x float64, digits int) string {
	switch {
	case math.IsNaN(x):
		return Unknown
	case math.IsInf(x, 1):
		return "∞"
	case math.IsInf(x, -1):
		return "−∞"
	}
	c := l.catalogue()
	whole, part, _ := strings.Cut(strconv.FormatFloat(math.Abs(x), 'f', digits, 64), ".")
	var b strings.Builder
	if x < 0 && strings.Trim(whole+part, "0") != "" {
		b.WriteString("−")
	}
	for i, digit := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(c.Group)
		}
		b.WriteRune(digit)
	}
	if part != "" {
		b.WriteString(c.Decimal + part)
	}
	return b.String()
}

// Percent writes a share in 0..1: 12.3% or 12,3 %.
func (l Language) Percent(share float64, digits int) string {
	if math.IsNaN(share) {
		return Unknown
	}
	return l.Decimal(100*share, digits) + l.catalogue().Percent
}

// Duration says how long, as people do: 35 min, 24 h 30, 3 d 4 h, 41 d, 2.5
// years. A wait that was never seen to end is "not reached".
func (l Language) Duration(hours float64) string {
	switch {
	case math.IsNaN(hours):
		return Unknown
	case math.IsInf(hours, 0):
		return l.Say("duration.unbounded")
	case hours < 0:
		return "−" + l.Duration(-hours)
	}
	minutes := int(math.Round(hours * 60))
	h, m := minutes/60, minutes%60
	switch {
	case minutes < 60:
		return l.Say("duration.minutes", m)
	case h < 48 && m > 0:
		return l.Say("duration.hours-minutes", h) + l.pad(m)
	case h < 48:
		return l.Say("duration.hours", h)
	case h < 14*24 && h%24 > 0:
		return l.Say("duration.days-hours", h/24, h%24)
	case h < 2*365*24:
		return l.Say("duration.days", int(math.Round(hours/24)))
	}
	return l.Say("duration.years", math.Round(hours/24/36.525)/10)
}

// pad writes the minutes behind an hour: 24 h 05.
func (l Language) pad(minutes int) string {
	s := strconv.Itoa(minutes)
	if len(s) < 2 {
		s = "0" + s
	}
	return s
}

// Within says a time limit as it is named in reports: 48h is 48 h, 7d is 7 d or
// 7 j.
func (l Language) Within(limit string) string {
	if limit == "" {
		return Unknown
	}
	n, err := strconv.Atoi(limit[:len(limit)-1])
	switch {
	case err != nil:
		return limit
	case limit[len(limit)-1] == 'h':
		return l.Say("duration.hours", n)
	case limit[len(limit)-1] == 'd':
		return l.Say("duration.days", n)
	}
	return limit
}
