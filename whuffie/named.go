package whuffie

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// columns are where a table of thanks that names its columns says what. What it
// says besides (a text, a channel) is not read.
type columns struct {
	id, from, to, kind, time, strength, reason int  // -1: nowhere
	given                                      bool // from is who gave, and to who received: without a kind, to thanks from
}

// columnsOf reads the names of columns: from and to with a kind, or giver and
// receiver; and a time. mark stands between them.
func columnsOf(line string) (c columns, mark rune, ok bool) {
	for _, mark := range ",;\t" {
		c = columns{-1, -1, -1, -1, -1, -1, -1, false}
		giver, receiver := -1, -1
		for i, name := range strings.Split(line, string(mark)) {
			switch strings.ToLower(strings.Trim(name, " \"\r")) {
			case "id":
				c.id = i
			case "from":
				c.from = i
			case "to":
				c.to = i
			case "giver":
				giver = i
			case "receiver":
				receiver = i
			case "kind":
				c.kind = i
			case "time", "date", "created_at", "timestamp":
				c.time = i
			case "strength", "value":
				c.strength = i
			case "reason":
				c.reason = i
			}
		}
		if c.from >= 0 && c.to >= 0 && c.kind >= 0 && c.time >= 0 {
			return c, mark, true
		}
		if giver >= 0 && receiver >= 0 && c.time >= 0 {
			c.from, c.to, c.given = giver, receiver, true
			return c, mark, true
		}
	}
	return c, 0, false
}

// IsTable says whether a line names the columns of a table of thanks, as [Read]
// takes it.
func IsTable(line string) bool {
	_, _, ok := columnsOf(line)
	return ok
}

// table reads the rows behind the names of columns, which stand on a line.
func (e *Edges) table(name string, in io.Reader, c columns, mark rune, line int) error {
	rows := csv.NewReader(in)
	rows.Comma, rows.FieldsPerRecord, rows.LazyQuotes, rows.ReuseRecord = mark, -1, true, true
	for {
		row, err := rows.Read()
		if err == io.EOF {
			return nil
		}
		var fault *csv.ParseError
		if errors.As(err, &fault) {
			e.take(Event{}, fault.Err, name, line+fault.StartLine)
			continue
		}
		if err != nil {
			return fmt.Errorf("reading %s: %w", name, err)
		}
		at, _ := rows.FieldPos(0)
		event, err := c.event(row)
		e.take(event, err, name, line+at)
	}
}

// event reads a row.
func (c columns) event(row []string) (e Event, err error) {
	cell := func(i int) string {
		if i < 0 || i >= len(row) {
			return ""
		}
		return strings.TrimSpace(row[i])
	}
	e = Event{ID: cell(c.id), From: cell(c.from), To: cell(c.to), Reason: cell(c.reason)}
	kind := strings.ToLower(cell(c.kind))
	switch kind {
	case "", "ack":
		if kind == "" && !c.given {
			return e, errors.New("the kind is missing")
		}
		e.Kind = Thanks
	case "give":
		e.Kind = Gift
	case "neg":
		e.Kind = Harm
	default:
		if e.Kind, err = kindNamed(kind); err != nil {
			return e, err
		}
	}
	if c.given && (e.Kind == Thanks || e.Kind == Harm) {
		e.From, e.To = e.To, e.From // whoever received says it
	}
	var at moment
	if s := cell(c.time); s != "" {
		written := strconv.Quote(s)
		if strings.Trim(s, "0123456789.") == "" {
			written = s
		}
		if err := at.UnmarshalJSON([]byte(written)); err != nil {
			return e, err
		}
		e.Time = at.Time
	}
	if s := cell(c.strength); s != "" {
		v, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
		if err != nil {
			return e, fmt.Errorf("the strength %q is no number", s)
		}
		return e, e.weigh(v)
	}
	return e, nil
}

// kindNamed finds a kind by its name in files.
func kindNamed(name string) (Kind, error) {
	switch name {
	case "praise":
		return Thanks, nil
	case "thanks", "gift", "harm", "withdraw", "forget":
		for k, n := range kindNames {
			if n == name {
				return Kind(k), nil
			}
		}
	}
	return 0, fmt.Errorf("unknown kind %q", name)
}
