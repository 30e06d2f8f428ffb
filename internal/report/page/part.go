package page

import (
	"bytes"
	"fmt"

	"github.com/entregent/entregent"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/report"
)

// Sections are the parts of a report that can be had alone.
func Sections() []string { return []string{"presence", "gap", "whuffie"} }

// Part writes one section of a report for a page that has a frame of its own:
// headings from h2 down, no style, no script, and at its end the doubts that its
// numbers point to. It is empty when the report has no such section. The page
// puts it into an element of class report and links [Style].
func Part(r entregent.Report, l lang.Language, section string) ([]byte, error) {
	v := &view{Speaker: report.NewSpeaker(r, l)}
	switch section {
	case "presence":
		v.present()
	case "gap":
		v.Gap = v.gap()
	case "whuffie":
		if v.Whuffie = viewWhuffie(v.Speaker, r.Whuffie); v.Whuffie != nil {
			v.Whuffie.Open = "" // it tells of the command line
		}
	default:
		return nil, fmt.Errorf("making a part of a page: there is no section %q", section)
	}
	if section == "gap" && v.Gap == nil || section == "whuffie" && v.Whuffie == nil {
		return nil, nil
	}
	v.Method.Doubts = v.marks()
	var page bytes.Buffer
	if err := pages.ExecuteTemplate(&page, "part-"+section, v); err != nil {
		return nil, fmt.Errorf("making a part of a page: %w", err)
	}
	return page.Bytes(), nil
}

// present says what there is of presence, in the order of reading.
func (v *view) present() {
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
	v.Contrast = v.contrastView()
	for _, d := range v.General {
		v.Method.General = append(v.Method.General, report.Capital(d))
	}
}

// marks are the doubts that numbers point to.
func (v *view) marks() (said []string) {
	for _, d := range v.Numbered() {
		said = append(said, report.Capital(d))
	}
	return said
}

// Style is the sections' style sheet: all its rules hold inside .report alone,
// so that the page around keeps its own.
func Style() []byte {
	return []byte(".report {\n" + string(css) + "\n}\n")
}
