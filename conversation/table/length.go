package table

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// length reads how long something took: 01:30:00 or 1:30 (hours first), PT1H30M
// (ISO 8601), 1h 30m, 2 days 3 hours, or a number of units (0: a bare number says
// nothing).
func length(s string, unit time.Duration) (d time.Duration, ok bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	if s == "" || len(s) > 40 {
		return 0, false
	}
	if n, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64); err == nil {
		return scaled(n, unit.Seconds(), unit != 0)
	}
	if strings.Contains(s, ":") {
		return clockLength(s)
	}
	s = strings.TrimPrefix(s, "p")
	sum, any := 0.0, false
	for s = strings.Trim(s, " t,"); s != ""; s = strings.Trim(s, " t,") {
		end := strings.IndexFunc(s, func(r rune) bool { return (r < '0' || r > '9') && r != '.' })
		if end <= 0 {
			return 0, false
		}
		n, err := strconv.ParseFloat(s[:end], 64)
		if err != nil {
			return 0, false
		}
		s = strings.TrimLeft(s[end:], " ")
		end = strings.IndexFunc(s, func(r rune) bool { return r < 'a' || r > 'z' })
		if end < 0 {
			end = len(s)
		}
		name := s[:end]
		if name != "t" && len(name) > 1 && name[len(name)-1] == 't' && units[name] == 0 {
			name, end = name[:len(name)-1], end-1 // p1dt2h
		}
		if name == "m" {
			name = "min"
		}
		seconds := units[name]
		if seconds == 0 {
			return 0, false
		}
		sum, any = sum+n*seconds, true
		s = s[end:]
	}
	return scaled(sum, 1, any)
}

// clockLength reads 100:00:00, 1:30, or 1.02:30:00 with days before.
func clockLength(s string) (time.Duration, bool) {
	sum, scale := 0.0, 3600.0
	if days, rest, ok := strings.Cut(s, "."); ok && strings.Contains(rest, ":") {
		n, err := strconv.ParseUint(days, 10, 16)
		if err != nil {
			return 0, false
		}
		sum, s = float64(n)*86400, rest
	}
	parts := strings.Split(s, ":")
	if len(parts) > 3 {
		return 0, false
	}
	for i, part := range parts {
		n, err := strconv.ParseFloat(part, 64)
		if err != nil || n < 0 || i > 0 && n >= 60 {
			return 0, false
		}
		sum, scale = sum+n*scale, scale/60
	}
	return scaled(sum, 1, true)
}

// scaled is n times so many seconds, where that is a length a table can mean.
func scaled(n, seconds float64, ok bool) (time.Duration, bool) {
	const century = 100 * 365.25 * 86400
	n *= seconds
	if !ok || math.IsNaN(n) || n < 0 || n > century {
		return 0, false
	}
	return time.Duration(math.Round(n*1e3)) * time.Millisecond, true
}
