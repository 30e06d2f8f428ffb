package whuffie

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"
)

// Edges is what a file of thanks says, and what in it couldn't be understood.
type Edges struct {
	Events   []Event
	Lines    int          // that say something
	Bad      int          // lines left out
	Examples []*LineError // the first few of them
	NoReason int          // reports of harm that give no reason, and are taken with their line as reason
}

// LineError is one line that couldn't be understood.
type LineError struct {
	File string
	Line int
	Err  error
}

func (e *LineError) Error() string { return fmt.Sprintf("%s:%d: %v", e.File, e.Line, e.Err) }

// Unwrap is the cause.
func (e *LineError) Unwrap() error { return e.Err }

const (
	maxLine     = 1 << 20
	maxExamples = 5
)

// Read reads a file of thanks; the name is used in errors. The first line tells which of four forms it has:
//
//   - JSON, a record a line: {"id", "time", "kind", "from", "to"} and, if there are, "strength" (or "value"), "reason",
//     "paid". Kinds are thanks or praise (from who received to who gave), gift (from giver to receiver), harm (from
//     reporter to reported), withdraw (an id) and forget (a from).
//   - Values between tabs: receiver, giver, unix time, value, and ack (a thanks of that strength, at most 1), give (a gift),
//     or neg (a report by the receiver).
//   - Ratings between commas: source, target, weight, unix time; a positive weight is a thanks and a negative
//     one a report, of full strength: the weights of different people aren't on one scale.
//   - A table that names its columns, in any order, between commas, semicolons or tabs: from, to and kind, as in JSON, or giver
//     and receiver, who thanks where no kind is said; time; and, if there are, id, strength (or value) and reason.
//
// What else a record says, such as a text or a channel, is not read.
//
// A line that can't be understood is left out and counted; only a reader that fails is an error.
func Read(name string, r io.Reader) (*Edges, error) {
	in := bufio.NewReaderSize(r, 1<<16)
	e := &Edges{}
	var parse func(line []byte) (Event, error)
	for n := 1; ; n++ {
		line, err := readLine(in)
		if err == io.EOF {
			return e, nil
		}
		if err != nil && err != errLongLine {
			return e, fmt.Errorf("reading %s: %w", name, err)
		}
		line = bytes.Trim(bytes.TrimPrefix(line, []byte("\ufeff")), " \r\n")
		if parse == nil && err == nil && !isHead(line) {
			if c, mark, ok := columnsOf(string(line)); ok {
				return e, e.table(name, in, c, mark, n)
			}
		}
		if err == nil && (len(bytes.TrimSpace(line)) == 0 || parse == nil && isHead(line)) {
			continue
		}
		if parse == nil && err == nil {
			parse = formOf(line)
		}
		var event Event
		if err == nil {
			event, err = parse(line)
		}
		e.take(event, err, name, n)
	}
}

func (e *Edges) take(event Event, err error, name string, n int) {
	e.Lines++
	noReason := event.Kind == Harm && strings.TrimSpace(event.Reason) == ""
	if noReason {
		event.Reason = fmt.Sprintf("%s:%d", name, n)
	}
	if err == nil {
		err = event.check()
	}
	if err != nil {
		e.Bad++
		if len(e.Examples) < maxExamples {
			e.Examples = append(e.Examples, &LineError{name, n, err})
		}
		return
	}
	if noReason {
		e.NoReason++
	}
	e.Events = append(e.Events, event)
}

var errLongLine = fmt.Errorf("the line is longer than %d bytes", maxLine)

// readLine reads a line; one that is too long is passed over.
func readLine(in *bufio.Reader) ([]byte, error) {
	var line []byte
	for {
		part, err := in.ReadSlice('\n')
		if len(line) <= maxLine {
			line = append(line, part...)
		}
		switch {
		case err == bufio.ErrBufferFull:
			continue
		case err == io.EOF && len(line) > 0, err == nil:
			if len(line) > maxLine {
				return nil, errLongLine
			}
			return line, nil
		}
		return nil, err
	}
}

// isHead says whether a line only names the columns of the forms that have an
// order: source, target, weight, time; receiver, giver, time, value, kind.
func isHead(line []byte) bool {
	all := strings.ToLower(string(line))
	if strings.HasPrefix(all, "source,") {
		return true
	}
	first, rest, _ := strings.Cut(all, "\t")
	return first == "source" || first == "receiver" && strings.HasPrefix(rest, "giver\ttime\tvalue")
}

func formOf(line []byte) func([]byte) (Event, error) {
	switch {
	case line[0] == '{':
		return parseJSON
	case bytes.IndexByte(line, '\t') < 0 && bytes.IndexByte(line, ',') >= 0:
		return parseRating
	}
	return parseTabs
}

// record is a line of JSON.
type record struct {
	ID, From, To    text
	Kind            string
	Time            moment
	Strength, Value *float64
	Reason          string
	Paid            bool
}

func parseJSON(line []byte) (Event, error) {
	var r record
	if err := json.Unmarshal(line, &r); err != nil {
		return Event{}, fmt.Errorf("not a record: %w", err)
	}
	e := Event{ID: string(r.ID), From: string(r.From), To: string(r.To), Time: r.Time.Time, Reason: r.Reason, Paid: r.Paid}
	var err error
	if e.Kind, err = kindNamed(r.Kind); err != nil {
		return e, err
	}
	for _, s := range []*float64{r.Strength, r.Value} {
		if s != nil {
			return e, e.weigh(*s)
		}
	}
	return e, nil
}

// weigh sets the strength that a file says; 0 says that it is worth nothing.
func (e *Event) weigh(s float64) error {
	if !(s >= 0 && s <= 1) {
		return fmt.Errorf("the strength %v isn't between 0 and 1", s)
	}
	e.Strength = s
	e.Paid = e.Paid || s == 0
	return nil
}

func parseTabs(line []byte) (Event, error) {
	f := strings.Split(string(line), "\t")
	if len(f) < 5 {
		return Event{}, fmt.Errorf("%d values between tabs, not 5", len(f))
	}
	value, err := strconv.ParseFloat(f[3], 64)
	if err != nil {
		return Event{}, fmt.Errorf("the value %q is no number", f[3])
	}
	at, err := parseUnix(f[2])
	if err != nil {
		return Event{}, err
	}
	e := Event{From: f[0], To: f[1], Time: at}
	switch f[4] {
	case "ack":
		e.Kind = Thanks
	case "give":
		e.Kind, e.From, e.To = Gift, f[1], f[0]
	case "neg":
		e.Kind = Harm
	default:
		return e, fmt.Errorf("unknown kind %q", f[4])
	}
	return e, e.weigh(min(1, math.Abs(value)))
}

func parseRating(line []byte) (Event, error) {
	f := strings.Split(string(line), ",")
	if len(f) < 4 {
		return Event{}, fmt.Errorf("%d values between commas, not 4", len(f))
	}
	weight, err := strconv.ParseFloat(f[2], 64)
	if err != nil {
		return Event{}, fmt.Errorf("the weight %q is no number", f[2])
	}
	at, err := parseUnix(f[3])
	if err != nil {
		return Event{}, err
	}
	e := Event{Kind: Thanks, From: f[0], To: f[1], Time: at}
	if weight < 0 {
		e.Kind = Harm
	}
	return e, e.weigh(min(1, math.Ceil(math.Abs(weight))))
}

// parseUnix reads seconds since 1970, with or without a fraction.
func parseUnix(s string) (time.Time, error) {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || !(v >= 0 && v <= math.MaxUint32) {
		return time.Time{}, fmt.Errorf("the time %q isn't in seconds since 1970", s)
	}
	return time.Unix(int64(v), 0).UTC(), nil
}

// text is a name or an ID, written as a text or as a whole number.
type text string

// UnmarshalJSON reads either.
func (t *text) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		return json.Unmarshal(b, (*string)(t))
	}
	if _, err := strconv.ParseInt(string(b), 10, 64); err != nil && string(b) != "null" {
		return errors.New("a name is neither a text nor a whole number")
	}
	if string(b) != "null" {
		*t = text(b)
	}
	return nil
}

// moment is a time, written as RFC 3339, as a day, or in seconds since 1970.
type moment struct{ time.Time }

// UnmarshalJSON reads any of them.
func (m *moment) UnmarshalJSON(b []byte) (err error) {
	if len(b) == 0 || b[0] != '"' {
		m.Time, err = parseUnix(string(b))
		return err
	}
	var s string
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02 15:04:05", time.DateOnly} {
		if m.Time, err = time.Parse(layout, s); err == nil {
			return nil
		}
	}
	return fmt.Errorf("the time %q is neither RFC 3339 nor a day", s)
}
