package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"time"

	"github.com/entregent/entregent/internal/job"
	"github.com/entregent/entregent/internal/live"
	"github.com/entregent/entregent/internal/measuring"
	"github.com/entregent/entregent/internal/report/page"
	"github.com/entregent/entregent/internal/store"
)

// What the pages of the measures share: the section of the last report, how
// fresh it is, the live figures above it, and the button that measures again.
var measuredRoutes = []Route{
	{Method: http.MethodPost, Path: "/measure", Name: "measure", Allow: Working, Scope: Write, Handle: measureAgain, Out: Done{}, Page: true},
	{Method: http.MethodGet, Path: "/static/report.css", Name: "report-style", Allow: Anyone, Raw: reportStyle},
}

// measuredView is one section of the last report.
type measuredView struct {
	Made   time.Time       `json:"made,omitzero"` // zero: nothing was measured yet
	Behind int64           `json:"behind"`        // changes since
	Report json.RawMessage `json:"report"`        // as doc/report.schema.json describes it; null when there is none
	Live   live.Figures    `json:"live"`
	Read   float64         `json:"read"` // how much of the conversation the live figures have read, 0..1
	Part   template.HTML   `json:"-"`
}

// Ready says whether the live figures know everything.
func (v measuredView) Ready() bool { return v.Read >= 1 }

// ReadPercent is how much they know.
func (v measuredView) ReadPercent() int { return int(100 * v.Read) }

// liveDays is the stretch of time of the live figures.
const liveDays = 90

// measured reads a section of the last report.
func (r *Request) measured(section string) (measuredView, error) {
	s, ctx := r.Server, r.Context()
	v := measuredView{Report: json.RawMessage("null"), Live: s.Live.Figures()}
	v.Read, _ = s.Live.Ready()
	kept, err := measuring.LatestReport(ctx, s.Store, MeasureJob)
	if errors.Is(err, store.ErrNotFound) {
		return v, nil
	}
	if err != nil {
		return v, err
	}
	newest, err := s.Store.LastChange(ctx)
	if err != nil {
		return v, err
	}
	v.Made, v.Behind = kept.Made, max(0, newest-kept.Change-1) // the report itself is a change
	var whole map[string]json.RawMessage
	if err := json.Unmarshal(kept.Parts["json"], &whole); err != nil {
		return v, fmt.Errorf("reading the last report: %w", err)
	}
	if part := whole[section]; part != nil {
		v.Report = part
	}
	v.Part = template.HTML(kept.Parts[section+"."+r.Lang.Tag()+".html"]) // made by page.Part, which escapes
	return v, nil
}

// measureAgain asks for a new report; one that waits already is the same.
func measureAgain(r *Request) (View, error) {
	id, err := job.Enqueue(r.Context(), r.Server.Store, job.Job{Kind: MeasureJob, Key: MeasureKey})
	if err != nil {
		return nil, fmt.Errorf("asking to measure again: %w", err)
	}
	return jobAt(id), nil
}

// reportStyle is the style of the sections.
func reportStyle(_ *Request, w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/css; charset=utf-8")
	w.Header().Set("Cache-Control", "public, max-age=3600")
	w.Write(page.Style()) //nolint:errcheck // whoever asked is gone
}
