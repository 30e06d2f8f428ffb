package ridefile

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/entregent/entregent/gift/geo"
	"github.com/entregent/entregent/gift/ride"
)

// Match is a match between an ask and a ride of two files, as it is written.
type Match struct {
	Ask      string    `json:"ask"`
	Rank     int       `json:"rank"` // from 1
	Ride     string    `json:"ride"`
	Detour   float64   `json:"detour_km"`
	Share    float64   `json:"detour_share"`
	Length   float64   `json:"length_km"`
	Shared   float64   `json:"shared_km"`
	WalkTo   float64   `json:"walk_to_km"`
	WalkFrom float64   `json:"walk_from_km"`
	Depart   time.Time `json:"depart"`
	Up       time.Time `json:"up"`
	Down     time.Time `json:"down"`
	In       int       `json:"leg_in"`  // from 1
	Out      int       `json:"leg_out"` // from 1
	Free     int       `json:"free"`
	Sentence string    `json:"sentence"`
}

// NewMatch is a match ready to be written, lengths to the metre.
func NewMatch(ask string, rank int, name string, m ride.Match, l ride.Language) Match {
	return Match{ask, rank, name, metre(m.Detour), math.Round(m.Share()*1e4) / 1e4, metre(m.Length), metre(m.Shared), metre(m.WalkTo), metre(m.WalkFrom),
		m.Depart, m.Up, m.Down, m.In + 1, m.Out + 1, m.Free, m.Sentence(l)}
}

func metre(km float64) float64 { return math.Round(km*1000) / 1000 }

// Writer writes matches in a form.
type Writer interface {
	Match(Match) error
	Nothing(ask string) error // an ask that nothing matches
	Flush() error
}

// Form is how matches are written.
type Form string

// The forms.
const (
	Text  Form = "text"
	CSV   Form = "csv"
	JSONL Form = "jsonl"
)

// NewWriter writes matches to out; nothing is what is said in text of an ask without a match.
func NewWriter(out io.Writer, f Form, nothing string) Writer {
	switch f {
	case CSV:
		return &table{csv.NewWriter(out), false}
	case JSONL:
		e := json.NewEncoder(out)
		e.SetEscapeHTML(false)
		return lines{e}
	}
	return &text{out, nothing}
}

type lines struct{ *json.Encoder }

func (w lines) Match(m Match) error  { return w.Encode(m) }
func (w lines) Nothing(string) error { return nil }
func (w lines) Flush() error         { return nil }

type table struct {
	*csv.Writer
	begun bool
}

func (w *table) header() error {
	if w.begun {
		return nil
	}
	w.begun = true
	return w.Write([]string{"ask", "rank", "ride", "detour_km", "detour_share", "length_km", "shared_km", "walk_to_km", "walk_from_km", "depart", "up", "down",
		"leg_in", "leg_out", "free", "sentence"})
}

func (w *table) Match(m Match) error {
	if err := w.header(); err != nil {
		return err
	}
	return w.Write([]string{m.Ask, strconv.Itoa(m.Rank), m.Ride, number(m.Detour), number(m.Share), number(m.Length), number(m.Shared), number(m.WalkTo),
		number(m.WalkFrom), m.Depart.Format(time.RFC3339), m.Up.Format(time.RFC3339), m.Down.Format(time.RFC3339),
		strconv.Itoa(m.In), strconv.Itoa(m.Out), strconv.Itoa(m.Free), m.Sentence})
}

func (w *table) Nothing(string) error { return nil }

func (w *table) Flush() error {
	if err := w.header(); err != nil {
		return err
	}
	w.Writer.Flush()
	return w.Error()
}

type text struct {
	out     io.Writer
	nothing string
}

func (w *text) Match(m Match) error {
	if m.Rank == 1 {
		if _, err := fmt.Fprintln(w.out, m.Ask); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(w.out, "  %d. %s. %s\n", m.Rank, m.Ride, m.Sentence)
	return err
}

func (w *text) Nothing(ask string) error {
	_, err := fmt.Fprintf(w.out, "%s\n  %s\n", ask, w.nothing)
	return err
}

func (w *text) Flush() error { return nil }

func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// WriteRides writes rides as CSV that Reader reads.
func WriteRides(out io.Writer, rides []ride.Ride) error {
	w := csv.NewWriter(out)
	if err := w.Write([]string{"id", "from_lat", "from_lon", "to_lat", "to_lon", "via", "depart", "zone", "weekly", "seats"}); err != nil {
		return err
	}
	for _, r := range rides {
		if err := w.Write(row(r)); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

func row(r ride.Ride) []string {
	first, last := r.Path[0], r.Path[len(r.Path)-1]
	var via, days []string
	for _, p := range r.Path[1 : len(r.Path)-1] {
		via = append(via, pair(p))
	}
	for d := time.Sunday; d <= time.Saturday; d++ {
		if r.Weekly.Has(d) {
			days = append(days, strings.ToUpper(d.String()[:2]))
		}
	}
	return []string{strconv.FormatUint(uint64(r.ID), 10), number(first.Lat), number(first.Lon), number(last.Lat), number(last.Lon), strings.Join(via, ";"),
		r.Depart.Format(time.RFC3339), r.Depart.Location().String(), strings.Join(days, ";"), strconv.Itoa(r.Seats)}
}

func pair(p geo.Point) string { return number(p.Lat) + "," + number(p.Lon) }

// WriteAsks writes asks as CSV that Reader reads; their IDs are their numbers from 1.
func WriteAsks(out io.Writer, asks []ride.Ask) error {
	w := csv.NewWriter(out)
	if err := w.Write([]string{"id", "from_lat", "from_lon", "to_lat", "to_lon", "leave_from", "leave_to", "seats"}); err != nil {
		return err
	}
	for i, a := range asks {
		if err := w.Write([]string{strconv.Itoa(i + 1), number(a.From.Lat), number(a.From.Lon), number(a.To.Lat), number(a.To.Lon),
			a.Leave.From.Format(time.RFC3339), a.Leave.To.Format(time.RFC3339), strconv.Itoa(a.Seats)}); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}
