package form

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/entregent/entregent/conversation"
)

// whatsapp reads the text file of WhatsApp's "Export chat", of Android
// (26/03/2026 à 22:39 - Name: text) and of iOS ([26/03/2026, 22:39:10] Name:
// text), in the order of day and month that the telephone has.
func whatsapp() conversation.Format {
	return conversation.Format{Name: "whatsapp",
		Recognise: func(_ string, head []byte) bool { return newWhatsappDates(head) != nil },
		Read:      readWhatsapp,
	}
}

// whatsappStart opens a message: date, hour, and what divides them from the rest.
// Numbers of the date stand between / . or -; a few languages write am and pm in
// their own letters.
var whatsappStart = regexp.MustCompile(`^[\x{200e}\x{200f}\x{202a}\x{feff}]*(\[?)(\d{1,4})[/.\-](\d{1,2})[/.\-](\d{2,4})\.?(?:,|\s+(?:à|um|at|kl\.|klo|alle|às|a las))?[\s,]+(\d{1,2})[:.hH](\d{2})(?:[:.](\d{2}))?(?:\s*([AaPp])\.?\s?[Mm]\.?)?(?:\s*Uhr)?(\]|\s+[-–])[ \x{200e}\x{200f}]`)

// whatsappCopied opens a message that was copied from the screen: the hour stands
// first.
var whatsappCopied = regexp.MustCompile(`^(\[)(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s*([AaPp])\.?\s?[Mm]\.?)?,\s(\d{1,4})[/.\-](\d{1,2})[/.\-](\d{2,4})\.?(\])[ \x{200e}\x{200f}]`)

type whatsappHead struct {
	date   [3]string
	hour   int
	minute int
	second int
	end    int // of the start in the line
}

// cutStart takes the start of a line apart; nil when it opens no message.
func cutStart(line []byte) *whatsappHead {
	parts := [...]int{2, 3, 4, 5, 6, 7, 8}
	m := whatsappStart.FindSubmatchIndex(line)
	if m == nil {
		parts = [...]int{6, 7, 8, 2, 3, 4, 5}
		m = whatsappCopied.FindSubmatchIndex(line)
	}
	if m == nil || (m[3] > m[2]) != (line[m[18]] == ']') {
		return nil
	}
	part := func(i int) string {
		if i = parts[i]; m[2*i] < 0 {
			return ""
		}
		return string(line[m[2*i]:m[2*i+1]])
	}
	n := func(i int) int { v, _ := strconv.Atoi(part(i)); return v }
	h := &whatsappHead{date: [3]string{part(0), part(1), part(2)}, hour: n(3), minute: n(4), second: n(5), end: m[1]}
	switch strings.ToLower(part(6)) {
	case "p":
		h.hour = h.hour%12 + 12
	case "a":
		h.hour %= 12
	}
	if h.hour > 23 || h.minute > 59 || h.second > 59 {
		return nil
	}
	return h
}

// whatsappDates is the order of day, month and year in a file.
type whatsappDates struct {
	day, month, year int // places among the three
	sure             bool
}

var whatsappOrders = []whatsappDates{{day: 0, month: 1, year: 2}, {day: 1, month: 0, year: 2}, {day: 2, month: 1, year: 0}}

// newWhatsappDates finds the order from the beginning of a file: the one in which
// every date is one, which goes back in time least often and reaches least far.
// nil when the file is no chat.
func newWhatsappDates(head []byte) *whatsappDates {
	var starts []*whatsappHead
	for n, line := range bytes.Split(head, []byte("\n")) {
		if h := cutStart(line); h != nil {
			starts = append(starts, h)
		} else if n == 0 && len(bytes.TrimSpace(line)) > 0 {
			return nil // the first line is a message's
		}
	}
	if len(starts) == 0 {
		return nil
	}
	var best *whatsappDates
	var least disorder
	for i := range whatsappOrders {
		order := whatsappOrders[i]
		if d, ok := order.disorder(starts); ok && (best == nil || d.less(least)) {
			order.sure = best == nil || d.back < least.back
			best, least = &order, d
		} else if ok && d.back == least.back {
			best.sure = false
		}
	}
	if best != nil && !best.sure && whatsappDayFirst.Match(head) {
		*best, best.sure = whatsappOrders[0], true
	}
	return best
}

// whatsappDayFirst is how languages write dates that put the day first: with words
// before the hour, or dots.
var whatsappDayFirst = regexp.MustCompile(`^\P{L}{0,3}\d{1,2}(?:\.\d{1,2}\.\d{2,4}|/\d{1,2}/\d{2,4},?\s+(?:à|um|alle|às|a las)\s)`)

// disorder is how little an order of day and month makes of the dates: how often
// they go back, and how far they reach.
type disorder struct {
	back int
	span time.Duration
}

func (d disorder) less(o disorder) bool {
	return d.back < o.back || d.back == o.back && d.span < o.span
}

// disorder reads dates in this order; not ok when one of them is none.
func (d whatsappDates) disorder(starts []*whatsappHead) (n disorder, ok bool) {
	var first, last, before time.Time
	for _, h := range starts {
		at, ok := d.time(h)
		switch {
		case !ok:
			return n, false
		case before.IsZero():
			first, last = at, at
		case at.Before(before):
			n.back++
		}
		before = at
		if at.Before(first) {
			first = at
		}
		if at.After(last) {
			last = at
		}
	}
	n.span = last.Sub(first)
	return n, true
}

// first is what stands first in a date.
func (d whatsappDates) first() string {
	return map[int]string{d.day: "day", d.month: "month", d.year: "year"}[0]
}

// time is a date in this order.
func (d whatsappDates) time(h *whatsappHead) (time.Time, bool) {
	year, _ := strconv.Atoi(h.date[d.year])
	month, _ := strconv.Atoi(h.date[d.month])
	day, _ := strconv.Atoi(h.date[d.day])
	if len(h.date[d.year]) == 2 {
		year += 2000
	}
	t := time.Date(year, time.Month(month), day, h.hour, h.minute, h.second, 0, time.UTC)
	return t, len(h.date[d.year]) != 3 && year >= 2009 && year < 2200 && int(t.Month()) == month && t.Day() == day // WhatsApp began in 2009
}

// whatsappReader reads a chat.
type whatsappReader struct {
	out    *conversation.Importer
	dates  whatsappDates
	thread string
	seen   map[string]int // messages of one author and minute
	m      conversation.Message
	when   time.Time
	line   int
	open   bool
	text   strings.Builder
	long   bool
}

func readWhatsapp(in *bufio.Reader, out *conversation.Importer) error {
	head, _ := in.Peek(1 << 16)
	dates := newWhatsappDates(head)
	if dates == nil {
		return fmt.Errorf("%w: a chat of WhatsApp opens with a date, an hour and a name", conversation.ErrForm)
	}
	switch out.Dates() {
	case conversation.DayFirst:
		*dates = whatsappOrders[0]
	case conversation.MonthFirst:
		*dates = whatsappOrders[1]
	default:
		if !dates.sure {
			out.Tell(conversation.AmbiguousTime, 1, "", "the dates were read with the "+dates.first()+" first, which puts them nearest to each other: say whether days or months come first")
		}
	}
	r := &whatsappReader{out: out, dates: *dates, thread: whatsappChat(out.Name()), seen: map[string]int{}}
	lines := textLines{in: in, limit: min(out.Limit(), mostText)}
	for {
		line, ok := lines.next()
		if !ok {
			break
		}
		r.take(line, lines.number, lines.long)
		if err := out.Stop(); err != nil {
			return err
		}
	}
	r.give()
	if lines.err != nil && lines.err != io.EOF {
		return out.Ended(lines.err, lines.number)
	}
	return out.Stop()
}

// whatsappChat is the chat's name in the name of its file: "WhatsApp Chat with
// Garden.txt", "Discussion WhatsApp avec Jardin.zip/_chat.txt".
func whatsappChat(path string) string {
	name := fileName(path)
	if dirs := folders(path); name == "_chat" && len(dirs) > 0 && dirs[0] != "" && dirs[0] != "." {
		name = fileName(dirs[0])
	}
	for _, start := range []string{"WhatsApp Chat with ", "WhatsApp Chat - ", "Discussion WhatsApp avec ", "Conversation WhatsApp avec ", "Chat WhatsApp con ", "WhatsApp-Chat mit "} {
		name = strings.TrimPrefix(name, start)
	}
	return name
}

// mostText is the longest text of a chat, in bytes.
const mostText = 1 << 20

func (r *whatsappReader) take(line []byte, number int, long bool) {
	if h := cutStart(line); h != nil {
		if at, ok := r.dates.time(h); ok {
			r.give()
			r.start(line[h.end:], at, number)
			return
		}
		r.give()
		r.out.Tell(conversation.BadTime, number, "", "the date "+strings.Join(h.date[:], "/")+" doesn't go with the others: the message was left out")
		return
	}
	if !r.open {
		return // what belongs to a system line, or to a message left out
	}
	if r.text.Len()+len(line) > mostText || long {
		r.long = true
		return
	}
	r.text.WriteByte('\n')
	r.text.Write(line)
}

// start opens a message, or passes a system line: one without a name.
func (r *whatsappReader) start(rest []byte, at time.Time, number int) {
	who, text, ok := strings.Cut(string(rest), ": ")
	if !ok {
		if name, found := strings.CutSuffix(strings.TrimSpace(string(rest)), ":"); found {
			who, text, ok = name, "", true // nothing but lines below
		}
	}
	who = strings.Trim(who, marksOfDirection)
	if !ok || whatsappSystem(who) || who == "" {
		r.out.LeftOut("event", number)
		return
	}
	if body := strings.Trim(text, marksOfDirection+" "); strings.HasPrefix(text, "\u200e") && whatsappNotice(body) {
		r.out.LeftOut("event", number)
		return
	}
	r.open, r.line, r.when = true, number, at
	r.m = conversation.Message{Author: conversation.PersonID(strings.TrimLeft(who, "~ \u00a0\u202f")), Channel: "whatsapp", Thread: conversation.ThreadID(r.thread)}
	r.text.WriteString(text)
}

// marksOfDirection stand around names and system texts.
const marksOfDirection = "\u200e\u200f\u202a\u202c\u2068\u2069\ufeff"

// whatsappSystem says whether what stands before a colon is part of a sentence: no
// one is called like that.
func whatsappSystem(who string) bool {
	return len(who) > 100 || strings.ContainsAny(who, "\"“”«»")
}

// give gives the open message to the log.
func (r *whatsappReader) give() {
	if !r.open {
		return
	}
	m, text := r.m, strings.Trim(r.text.String(), marksOfDirection)
	r.open, r.m = false, conversation.Message{}
	r.text.Reset()
	if r.long {
		r.long = false
		r.out.Tell(conversation.LongLine, r.line, "", fmt.Sprintf("a text of more than %d bytes: only its beginning was read", mostText))
	}
	more := map[string]any{}
	text, edited := withoutEdited(text)
	if edited {
		more["edited"] = true
	}
	switch plain := strings.Trim(strings.TrimSpace(text), marksOfDirection); {
	case whatsappDeleted(plain):
		m.Deleted = r.when
		m.DeletedBy = conversation.Unknown
		text = ""
	case whatsappMedia(plain):
		more["media"] = true
		text = withoutMedia(plain)
	}
	m.Text = strings.TrimSpace(text)
	minute := r.when.Format("2006-01-02 15:04:05")
	name := r.thread + "/" + minute + "/" + string(m.Author)
	if r.seen[name]++; r.seen[name] > 1 {
		name += "/" + strconv.Itoa(r.seen[name])
	}
	if len(r.seen) > 10_000 { // chats go forward: the minutes before are done
		clear(r.seen)
		r.seen[name] = 1
	}
	m.ID = conversation.MessageID(name)
	m.Attributes = attributes(more)
	r.out.Add(m, minute, r.line)
}

// textLines cuts a text into lines and passes what is too long of one.
type textLines struct {
	in     *bufio.Reader
	limit  int
	number int
	long   bool
	err    error
	buf    []byte
}

func (l *textLines) next() (line []byte, ok bool) {
	l.buf, l.long = l.buf[:0], false
	if l.err != nil {
		return nil, false
	}
	for {
		part, err := l.in.ReadSlice('\n')
		if len(l.buf)+len(part) <= l.limit {
			l.buf = append(l.buf, part...)
		} else {
			l.long = true
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil:
			l.err = err
			if len(l.buf) == 0 && !l.long {
				return nil, false
			}
		}
		l.number++
		return bytes.TrimRight(l.buf, "\r\n"), true
	}
}
