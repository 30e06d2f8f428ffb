package presence

import (
	"fmt"
	"testing"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/measure/stat"
)

// TestWhichDepartmentsCount: only those that should be there do, and only when
// the organisation says which of them speaks.
func TestWhichDepartmentsCount(t *testing.T) {
	for _, c := range []struct {
		name              string
		addressed, speaks int      // departments in the log
		declared          []string // in the options
		want              float64  // diffusion, with one person who answers
		doubted           bool
	}{
		{"two speak", 0, 2, nil, .5, false},
		{"two of four addressed speak", 4, 2, nil, .25, false},
		{"two of four declared speak", 0, 2, []string{"d0", "d1", "d2", "d3"}, .25, false},
		{"two speak that are not declared", 0, 2, []string{"sales", "care"}, 0, false},
		{"the log says who is addressed, not who speaks", 4, 0, nil, .5, true},
	} {
		var all []conversation.Message
		for i := range 12 {
			ask := say(fmt.Sprint("q", i), fmt.Sprint("t", i), fmt.Sprint("asker ", i), 24*float64(i), question)
			answer := say(fmt.Sprint("a", i), fmt.Sprint("t", i), "maker/li", 24*float64(i)+1, "Open number "+words(stat.Stream(1, i), 9))
			if c.addressed > 0 {
				ask.Department = fmt.Sprint("d", i%c.addressed)
			}
			if c.speaks > 0 {
				answer.Department = fmt.Sprint("d", i%c.speaks)
			}
			all = append(all, ask, answer)
		}
		r := Measure(logOf(all), Options{Until: monday.AddDate(0, 0, 30), Departments: c.declared, Parameters: Parameters{Draws: 5}})
		d := r.Components.Diffusion
		if d.Center != c.want || (len(d.Doubts) > 0) != c.doubted {
			t.Errorf("%s: diffusion %v with doubts %v, want %v", c.name, d.Center, d.Doubts, c.want)
		}
	}
}
