package speech

import (
	"strconv"
	"strings"
	"time"

	"github.com/entregent/entregent/conversation/prose"
)

// NextUpdate tells whether a message promises news, and when at the latest. Days and hours are counted from at, the time
// of the message, in its location. A day without an hour ends at its midnight; the name of today's weekday means the next
// week's; an hour that is past means tomorrow's. due is zero when no time is promised.
func NextUpdate(text, lang string, at time.Time) (due time.Time, ok bool) {
	var m prose.Message
	m.Read(text)
	r := reader{m: &m, cues: lexiconOf(&m, lang)}
	for i, s := range m.Sentences {
		r.find(prose.Sentence{From: s.From, To: min(s.To, s.From+longPiece)})
		if !r.heard(Promise) {
			continue
		}
		ok = true
		w := when{at: at, text: text, tokens: m.Tokens[s.From:s.To]}
		if due = w.read(); due.IsZero() && i+1 < len(m.Sentences) {
			next := m.Sentences[i+1]
			w.tokens = m.Tokens[next.From:next.To]
			due = w.read()
		}
		if !due.IsZero() {
			return due, true
		}
	}
	return due, ok
}

// heard tells whether a cue of an act is among the hits.
func (r *reader) heard(act Acts) bool {
	for _, h := range r.hits {
		if h.acts.Any(act) {
			return true
		}
	}
	return false
}

// when reads the time that a sentence names.
type when struct {
	at     time.Time
	text   string
	tokens []prose.Token
	day    time.Time // midnight at which the day named begins; zero if none is
	clock  time.Duration
	timed  bool // clock is known
}

var weekdays = names(map[string]int{
	"sunday": 0, "monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6, "sun": 0, "mon": 1, "tue": 2, "wed": 3, "thu": 4, "thurs": 4, "fri": 5,
	"dimanche": 0, "lundi": 1, "mardi": 2, "mercredi": 3, "jeudi": 4, "vendredi": 5, "samedi": 6,
})

var months = names(map[string]int{
	"january": 1, "february": 2, "march": 3, "april": 4, "june": 6, "july": 7, "august": 8, "september": 9, "october": 10, "november": 11, "december": 12,
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
	"janvier": 1, "février": 2, "mars": 3, "avril": 4, "mai": 5, "may": 5, "juin": 6, "juillet": 7, "août": 8, "septembre": 9, "octobre": 10, "novembre": 11, "décembre": 12,
})

// days are the words that name a day counted from today; -1 is this evening.
var days = names(map[string]int{"today": 0, "tomorrow": 1, "demain": 1, "aujourd'hui": 0, "tonight": -1, "soir": -1, "evening": -1})

// units are the units of "in 3 hours", in minutes.
var units = names(map[string]int{
	"minute": 1, "minutes": 1, "mins": 1, "min": 1, "hour": 60, "hours": 60, "hrs": 60, "hr": 60, "h": 60, "heure": 60, "heures": 60,
	"day": 1440, "days": 1440, "jour": 1440, "jours": 1440, "week": 10080, "weeks": 10080, "semaine": 10080, "semaines": 10080,
})

// counts are the numbers written as words.
var counts = names(map[string]int{
	"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10, "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "sept": 7, "dix": 10,
})

// spans are the words that come before a stretch of time.
var spans = wordSet("in within dans sous under next prochaines prochains prochain")

func names(values map[string]int) map[uint64]int {
	set := make(map[uint64]int, len(values))
	for name, v := range values {
		set[prose.Hash(name)] = v
	}
	return set
}

// read gives the time named, zero if there is none.
func (w *when) read() time.Time {
	for i := range w.tokens {
		if t := w.stretch(i); !t.IsZero() {
			return t
		}
		w.word(i)
		if w.tokens[i].Kind == prose.Number {
			w.number(i)
		}
	}
	switch {
	case w.day.IsZero() && !w.timed:
		return time.Time{}
	case !w.timed:
		return w.day.AddDate(0, 0, 1)
	case w.day.IsZero():
		due := w.on(0).Add(w.clock)
		if !due.After(w.at) {
			due = w.on(1).Add(w.clock)
		}
		return due
	}
	return w.day.Add(w.clock)
}

// on gives the midnight at which the day begins that is n days after at's.
func (w *when) on(n int) time.Time {
	y, m, d := w.at.Date()
	return time.Date(y, m, d+n, 0, 0, 0, 0, w.at.Location())
}

// stretch reads "in 2 hours", "sous 48 h", "within a week" at token i.
func (w *when) stretch(i int) time.Time {
	if i == 0 || !spans[w.tokens[i-1].Hash] && (i < 2 || !spans[w.tokens[i-2].Hash]) {
		return time.Time{}
	}
	n, ok := counts[w.tokens[i].Hash]
	unit := 0
	if w.tokens[i].Kind == prose.Number {
		digits, rest := split(w.tokens[i].Text(w.text))
		n, ok = digits, true
		unit = units[prose.Hash(rest)]
	}
	if unit == 0 && i+1 < len(w.tokens) {
		unit = units[w.tokens[i+1].Hash]
	}
	if !ok || unit == 0 || n > 1000 {
		return time.Time{}
	}
	return w.at.Add(time.Duration(n*unit) * time.Minute)
}

// word reads the name of a day, of a month after its number, noon and the like.
func (w *when) word(i int) {
	h := w.tokens[i].Hash
	if n, ok := weekdays[h]; ok {
		w.day = w.on((n-int(w.at.Weekday())+6)%7 + 1)
	}
	if n, ok := days[h]; ok {
		w.day = w.on(max(n, 0))
	}
	if n, ok := months[h]; ok {
		if d := w.near(i); d > 0 {
			w.date(w.at.Year(), n, d)
		}
	}
	switch h {
	case noon, midi:
		w.clock, w.timed = 12*time.Hour, true
	case week, semaine:
		if i > 0 && w.tokens[i-1].Hash == next || i+1 < len(w.tokens) && w.tokens[i+1].Hash == prochaine {
			w.day = w.on((7-int(w.at.Weekday()))%7 + 7)
		}
	}
}

var (
	noon, midi      = prose.Hash("noon"), prose.Hash("midi")
	week, semaine   = prose.Hash("week"), prose.Hash("semaine")
	next, prochaine = prose.Hash("next"), prose.Hash("prochaine")
	hour, hours     = prose.Hash("h"), prose.Hash("heures")
)

// near gives the day of the month that stands beside the month at token i: 12 June, June 12th, le 1er juin.
func (w *when) near(i int) int {
	for _, k := range []int{i - 1, i + 1, i - 2} {
		if k >= 0 && k < len(w.tokens) && w.tokens[k].Kind == prose.Number {
			if d, _ := split(w.tokens[k].Text(w.text)); d >= 1 && d <= 31 {
				return d
			}
		}
	}
	return 0
}

// date names a day of the year, of the next one if it is long past.
func (w *when) date(year, month, day int) {
	d := time.Date(year, time.Month(month), day, 0, 0, 0, 0, w.at.Location())
	if d.Before(w.at.AddDate(0, -6, 0)) {
		d = d.AddDate(1, 0, 0)
	}
	w.day = d
}

// number reads a clock time (17h, 17h30, 17:00, 5pm) or a date (2024-06-12, 12/06, 12/06/2024: day first).
func (w *when) number(i int) {
	text := w.tokens[i].Text(w.text)
	if d, err := time.Parse("2006-01-02", text); err == nil {
		w.date(d.Year(), int(d.Month()), d.Day())
		return
	}
	if parts := strings.Split(text, "/"); len(parts) == 2 || len(parts) == 3 {
		d, err1 := strconv.Atoi(parts[0])
		m, err2 := strconv.Atoi(parts[1])
		if err1 == nil && err2 == nil && d >= 1 && d <= 31 && m >= 1 && m <= 12 {
			w.date(w.at.Year(), m, d)
		}
		return
	}
	h, rest := split(text)
	minutes, after := 0, ""
	if i+1 < len(w.tokens) {
		after = strings.ToLower(w.tokens[i+1].Text(w.text))
	}
	switch {
	case rest == "pm" || rest == "am" || rest == "" && (after == "pm" || after == "am"):
		h %= 12
		if rest == "pm" || after == "pm" {
			h += 12
		}
	case len(rest) > 1 && (rest[0] == 'h' || rest[0] == ':'):
		minutes, _ = split(rest[1:])
	case rest == "h":
	case rest == "" && i+1 < len(w.tokens) && (w.tokens[i+1].Hash == hour || w.tokens[i+1].Hash == hours):
	default:
		return
	}
	if h < 24 && minutes < 60 {
		w.clock, w.timed = time.Duration(h)*time.Hour+time.Duration(minutes)*time.Minute, true
	}
}

// split cuts the digits off the front of a word: 48h gives 48 and h. Absurd numbers give 9999.
func split(text string) (n int, rest string) {
	i := 0
	for i < len(text) && text[i] >= '0' && text[i] <= '9' {
		n = min(n*10+int(text[i]-'0'), 9999)
		i++
	}
	return n, strings.ToLower(text[i:])
}
