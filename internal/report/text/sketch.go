package text

import (
	"math"
	"strings"

	"github.com/entregent/entregent/internal/report"
	"github.com/entregent/entregent/presence"
)

// Pictures made of characters, for a terminal.

var (
	eighths = []rune(" ▏▎▍▌▋▊▉█") // from the left
	risers  = []rune(" ▁▂▃▄▅▆▇█") // from the ground
)

// bar draws a value in 0..1 over so many columns; dots where there is nothing.
func bar(x float64, width int) string {
	if math.IsNaN(x) {
		return strings.Repeat("·", width)
	}
	steps := int(math.Round(report.Unit(x) * float64(8*width)))
	full := strings.Repeat("█", steps/8)
	if steps%8 > 0 {
		full += string(eighths[steps%8])
	}
	return full + strings.Repeat("·", width-report.Columns(full))
}

// strip draws an estimate's interval and its middle on a scale of 0..1.
func strip(f report.Figure, width int) string {
	line := []rune(strings.Repeat("·", width))
	at := func(x float64) int { return int(math.Round(report.Unit(x) * float64(width-1))) }
	if f.Known && f.Interval != "" {
		for k := at(f.Lo); k <= at(f.Hi); k++ {
			line[k] = '─'
		}
	}
	if f.Known {
		line[at(f.Center)] = '●'
	}
	return string(line)
}

// sparkline draws values in 0..1 one column each, at most width of them: where
// there are more, neighbours are averaged. What is not known is a dot.
func sparkline(values []float64, width int) string {
	var b strings.Builder
	n := min(len(values), width)
	for k := range n {
		sum, known := 0.0, 0
		for _, x := range values[k*len(values)/n : (k+1)*len(values)/n] {
			if !math.IsNaN(x) {
				sum += x
				known++
			}
		}
		if known == 0 {
			b.WriteRune('·')
		} else {
			b.WriteRune(risers[1+int(math.Round(7*report.Unit(sum/float64(known))))])
		}
	}
	return b.String()
}

// skyline draws the curve of waiting: what the organisation answered is solid,
// what others answered stands on it, and what an average over the answered
// claims floats above. It gives a row per line, the top first.
func skyline(curve []presence.Point, width, height int) []string {
	rows := make([][]rune, height)
	for i := range rows {
		rows[i] = []rune(strings.Repeat(" ", width))
	}
	scale := report.TimeScale(curve)
	next := 0
	var at presence.Point
	for x := range width {
		for next < len(curve) && scale.At(curve[next].Hours) <= (float64(x)+.5)/float64(width) {
			at = curve[next]
			next++
		}
		if next == 0 {
			continue
		}
		column(rows, x, at)
	}
	lines := make([]string, height)
	for i, row := range rows {
		lines[i] = strings.TrimRight(string(row), " ")
	}
	return lines
}

func column(rows [][]rune, x int, at presence.Point) {
	height := len(rows)
	put := func(level int, r rune) {
		if level < height {
			rows[height-1-level][x] = r
		}
	}
	steps := 0
	if at.Organisation.Known() {
		steps = int(math.Round(report.Unit(at.Organisation.Center) * float64(8*height)))
	}
	for level := range steps / 8 {
		put(level, '█')
	}
	if steps%8 > 0 {
		put(steps/8, risers[steps%8])
	}
	first := (steps + 7) / 8
	if at.Anyone.Known() {
		for level := first; level < int(math.Round(report.Unit(at.Anyone.Center)*float64(height))); level++ {
			put(level, '░')
		}
	}
	if !math.IsNaN(at.NaiveShare) && at.NaiveShare > 0 {
		level := min(height-1, int(report.Unit(at.NaiveShare)*float64(height)))
		if level >= first {
			put(level, '•')
		}
	}
}
