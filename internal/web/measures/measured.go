package measures

import (
	"encoding/json"
	"html/template"
	"net/http"
	"time"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/live"
	"github.com/entregent/entregent/internal/measuring"
	"github.com/entregent/entregent/internal/report/page"
	"github.com/entregent/entregent/internal/web"
)

// What the pages of the measures share: the section of the last report, how
// fresh it is, the live figures above it, and the button that measures again.
var measuredRoutes = []web.Route{
	{Method: http.MethodPost, Path: "/measure", Name: "measure", Allow: account.Working, Scope: account.Write, Handle: measureAgain, Out: web.Done{}, Page: true},
	{Method: http.MethodGet, Path: "/static/report.css", Name: "report-style", Allow: account.Anyone, Raw: reportStyle},
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

// readSection reads a section of the last report, and the live figures.
func readSection(r *web.Request, name string) (measuredView, error) {
	v := measuredView{Live: r.Server.Live.Figures()}
	v.Read, _ = r.Server.Live.Ready()
	part, err := measuring.SectionOf(r.Context(), r.Server.Store, name, r.Lang.Tag())
	v.Made, v.Behind, v.Report, v.Part = part.Made, part.Behind, part.JSON, template.HTML(part.HTML)
	return v, err
}

// measureAgain asks for a new report; one that waits already is the same.
func measureAgain(r *web.Request) (web.View, error) {
	id, err := measuring.Enqueue(r.Context(), r.Server.Store)
	if err != nil {
		return nil, err
	}
	return web.JobAt(id), nil
}

// reportStyle is the style of the sections.
func reportStyle(_ *web.Request, w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/css; charset=utf-8")
	w.Header().Set("Cache-Control", "public, max-age=3600")
	w.Write(page.Style()) //nolint:errcheck // whoever asked is gone
}
