package page

import (
	"cmp"
	"fmt"
	"html"
	"html/template"
	"slices"
	"strings"

	"github.com/entregent/entregent/internal/report"
)

// drawing is an inline SVG in the making. Its charts have no fixed width: places
// across are shares of it (0..1, written as percents), places down are pixels,
// and text keeps its size, so that one drawing can be read on a telephone and on
// paper. Looks are classes of report.css; nothing is told by colour alone.
type drawing struct {
	strings.Builder
	id     string
	height float64
}

// draw begins a picture with the title and the description that stand for it
// where it can't be seen.
func draw(id, class string, height float64, title, desc string) *drawing {
	d := &drawing{id: id, height: height}
	fmt.Fprintf(d, `<svg class="%s" role="img" aria-labelledby="%s-title %s-desc" width="100%%" height="%g"><title id="%s-title">%s</title><desc id="%s-desc">%s</desc>`,
		class, id, id, height, id, html.EscapeString(title), id, html.EscapeString(desc))
	return d
}

// done ends the picture.
func (d *drawing) done() template.HTML {
	d.WriteString("</svg>")
	return template.HTML(d.String()) // every text in it was escaped
}

func (d *drawing) line(class string, x1, y1, x2, y2 float64) {
	fmt.Fprintf(d, `<line class="%s" x1="%.2f%%" y1="%.1f" x2="%.2f%%" y2="%.1f"/>`, class, 100*x1, y1, 100*x2, y2)
}

func (d *drawing) dot(class string, x, y, r float64) {
	fmt.Fprintf(d, `<circle class="%s" cx="%.2f%%" cy="%.1f" r="%g"/>`, class, 100*x, y, r)
}

func (d *drawing) box(class string, x1, y1, x2, y2 float64) {
	fmt.Fprintf(d, `<rect class="%s" x="%.2f%%" y="%.1f" width="%.2f%%" height="%.1f"/>`, class, 100*x1, y1, 100*max(0, x2-x1), max(0, y2-y1))
}

// Label writes at x, moved aside by dx pixels; anchor is start, middle or end.
func (d *drawing) label(class, anchor string, x, dx, y float64, text string) {
	fmt.Fprintf(d, `<text class="%s" text-anchor="%s" x="%.2f%%" dx="%g" y="%.1f">%s</text>`, class, anchor, 100*x, dx, y, html.EscapeString(text))
}

// ticks names places along a line at y.
func (d *drawing) ticks(all []report.Tick, y float64) {
	for _, t := range all {
		class := "tick"
		if t.Minor {
			class = "tick wide"
		}
		d.line("rule", t.At, y, t.At, y+5)
		d.label(class, edge(t.At), t.At, 0, y+20, t.Label)
	}
}

// edge anchors the label of a tick so that it doesn't leave the picture.
func edge(x float64) string {
	if x > .98 {
		return "end"
	}
	return "middle" // the first one may hang into the gutter
}

// point is a place of a path: x in 0..1, y in pixels.
type point struct{ x, y float64 }

// paths draws lines or areas in a frame that is stretched to the width; their
// strokes are not.
func (d *drawing) paths(draw func(path func(class string, points []point, closed bool))) {
	fmt.Fprintf(d, `<svg width="100%%" height="%g" viewBox="0 0 1000 %g" preserveAspectRatio="none" aria-hidden="true">`, d.height, d.height)
	draw(func(class string, points []point, closed bool) {
		if len(points) == 0 {
			return
		}
		fmt.Fprintf(d, `<path class="%s" vector-effect="non-scaling-stroke" d="`, class)
		for i, p := range points {
			fmt.Fprintf(d, "%c%.1f %.1f", "ML"[min(i, 1)], 1000*p.x, p.y)
		}
		if closed {
			d.WriteString("Z")
		}
		d.WriteString(`"/>`)
	})
	d.WriteString("</svg>")
}

// steps turns points into a staircase: each height holds until the next point.
func steps(points []point) (stairs []point) {
	for i, p := range points {
		if i > 0 {
			stairs = append(stairs, point{p.x, points[i-1].y})
		}
		stairs = append(stairs, p)
	}
	return stairs
}

// band is the area between two staircases of the same places.
func band(low, high []point) []point {
	area := steps(low)
	back := steps(high)
	for i := len(back) - 1; i >= 0; i-- {
		area = append(area, back[i])
	}
	return area
}

// apart moves labels of the given heights so that none covers another, keeping
// their order and the last above the bottom.
func apart(ys, heights []float64, bottom float64) []float64 {
	moved := slices.Clone(ys)
	order := make([]int, len(ys))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(ys[a], ys[b]) })
	for k := 1; k < len(order); k++ {
		above := order[k-1]
		moved[order[k]] = max(moved[order[k]], moved[above]+heights[above])
	}
	limit := bottom
	for k := len(order) - 1; k >= 0; k-- {
		i := order[k]
		moved[i] = min(moved[i], limit-heights[i])
		limit = moved[i]
	}
	return moved
}
