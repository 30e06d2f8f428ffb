package report

import (
	"errors"
	"fmt"
	"io"
	"math"
	"time"

	"github.com/entregent/entregent"
	"github.com/entregent/entregent/conversation/check"
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// JSON writes a report as doc/report.schema.json describes it: lists are never
// null, and what is not known (a number, a time) is null. The same report gives
// the same bytes.
func JSON(w io.Writer, r entregent.Report) error { return document(w, r) }

// QuestionJSON writes what is told instead of a report, in the same form: the
// measures are null.
func QuestionJSON(w io.Writer, q entregent.Question) error { return document(w, q) }

// ReadingJSON writes a reading with some of its messages.
func ReadingJSON(w io.Writer, r check.Reading, messages int, sample []Sampled) error {
	return document(w, struct {
		Reading  check.Reading `json:"reading"`
		Messages int           `json:"messages"`
		Sample   []Sampled     `json:"sample"`
	}{r, messages, sample})
}

// document writes a value as JSON for programs.
func document(w io.Writer, r any) error {
	known := json.WithMarshalers(json.JoinMarshalers(
		json.MarshalToFunc(func(e *jsontext.Encoder, x float64) error {
			if math.IsNaN(x) || math.IsInf(x, 0) {
				return e.WriteToken(jsontext.Null)
			}
			return e.WriteToken(jsontext.Float(x))
		}),
		json.MarshalToFunc(func(e *jsontext.Encoder, t time.Time) error {
			if t.IsZero() {
				return e.WriteToken(jsontext.Null)
			}
			return e.WriteToken(jsontext.String(t.Format(time.RFC3339Nano)))
		})))
	err := json.MarshalWrite(w, r, known, json.Deterministic(true), jsontext.WithIndent("  "), jsontext.AllowInvalidUTF8(true))
	if err == nil {
		_, err = io.WriteString(w, "\n")
	}
	if err != nil {
		return fmt.Errorf("writing the report as JSON: %w", err)
	}
	return nil
}

// Read reads a report that JSON wrote, or a part of one: what isn't there is
// empty. Numbers and times that were not known are not known again; nothing can be
// asked of standing by thanks but what is written.
func Read(text []byte) (r entregent.Report, err error) {
	unknown := json.WithUnmarshalers(json.UnmarshalFromFunc(func(d *jsontext.Decoder, x *float64) error {
		if d.PeekKind() != 'n' {
			return errors.ErrUnsupported
		}
		*x = math.NaN()
		return d.SkipValue()
	}))
	if err := json.Unmarshal(text, &r, unknown, jsontext.AllowInvalidUTF8(true)); err != nil {
		return entregent.Report{}, fmt.Errorf("reading a report: %w", err)
	}
	return r, nil
}
