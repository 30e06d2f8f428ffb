// Package page writes reports as pages: whole ones, and sections for pages that have a
// frame of their own.
package page

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"

	"github.com/entregent/entregent"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/report"
)

//go:embed templates/*.html
var templates embed.FS

//go:embed report.css
var css []byte

// pages are parsed once; a template that doesn't parse is a bug.
var pages = template.Must(template.ParseFS(templates, "templates/*.html"))

// Write writes a report as one page that needs nothing else: no network, no
// script, no font of its own; its charts are drawn in it. A browser is told so
// (Content-Security-Policy), and refuses whatever is not the page's own style.
func Write(w io.Writer, r entregent.Report, l lang.Language) error {
	var page bytes.Buffer // so that nothing half made is written
	if err := pages.ExecuteTemplate(&page, "report.html", newView(r, l)); err != nil {
		return fmt.Errorf("making the page: %w", err)
	}
	if _, err := page.WriteTo(w); err != nil {
		return fmt.Errorf("writing the page: %w", err)
	}
	return nil
}

// view is everything the page shows, said already; the templates only place it.
// Its sections are made in the order of reading, which numbers the doubts.
type view struct {
	*report.Speaker
	Style  template.CSS
	Policy string
	Lede   []string

	Six      sixView
	Index    indexView
	Wait     waitView
	Time     timeView
	Crises   []crisisView
	Groups   []facetView
	Waiting  waitingView
	Contrast contrastView
	Gap      *gapView     // nil when it was left out
	Whuffie  *whuffieView // nil when it was left out
	Read     readView
	Method   methodView
}

func newView(r entregent.Report, l lang.Language) *view {
	v := &view{Speaker: report.NewSpeaker(r, l), Style: template.CSS(css), Policy: policy()}
	v.Lede = v.lede()
	v.Six = v.six()
	v.Index = v.index()
	v.Wait = v.wait()
	v.Time = v.time()
	for i := range v.Presence.Crises {
		v.Crises = append(v.Crises, v.crisis(i))
	}
	for _, f := range v.Facets() {
		v.Groups = append(v.Groups, v.facet(f))
	}
	v.Waiting = v.waiting()
	v.Contrast = v.contrastView()
	v.Gap = v.gap()
	v.Whuffie = viewWhuffie(v.Speaker, r.Whuffie)
	v.Read = v.read()
	v.Method = v.method()
	return v
}

// policy allows the page its own style and nothing else.
func policy() string {
	sum := sha256.Sum256(css)
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'"
}

// Called is the report's title.
func (v *view) Called() string { return v.Heading() }

// number is a figure as the page shows it, with its marks to doubts.
type number struct {
	report.Figure
	Mark []mark
}

// mark points to a doubt.
type mark struct {
	N     int
	Label string
}

// numbered is a figure with its marks.
func numbered(s *report.Speaker, f report.Figure) number {
	n := number{Figure: f}
	for _, k := range f.Marks {
		n.Mark = append(n.Mark, mark{k, s.Say("doubt.mark", k)})
	}
	return n
}
