package gap

import (
	"math"
	"slices"
	"time"

	"github.com/entregent/entregent/measure"
)

// begin gives the first moment of the period that t is in.
func (e Every) begin(t time.Time) time.Time {
	year, month := t.Year(), t.Month()
	switch e {
	case Year:
		month = time.January
	case Quarter:
		month -= (month - 1) % 3
	}
	return time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)
}

func (e Every) next(t time.Time) time.Time {
	return t.AddDate(0, map[Every]int{Month: 1, Quarter: 3, Year: 12}[e], 0)
}

// periods measures each period of the log on its own.
func (m *meter) periods() []Period {
	out := []Period{}
	r := m.scores
	if m.options.Every == "" || len(r.messages) == 0 {
		return out
	}
	first, last := r.messages[0].time, r.messages[0].time
	for i := range r.messages {
		first, last = min(first, r.messages[i].time), max(last, r.messages[i].time)
	}
	var before *comparison
	for from := m.options.Every.begin(time.UnixMicro(first).UTC()); from.UnixMicro() <= last; from = m.options.Every.next(from) {
		to := m.options.Every.next(from)
		s := m.sides(r.pick(func(x *message) bool { return x.time >= from.UnixMicro() && x.time < to.UnixMicro() }))
		c := m.compare(s)
		p := Period{From: from, To: to, Sides: m.shown(s), Axes: c.axes(), Values: c.byID(), Change: map[string]measure.Estimate{}}
		if before != nil && before.enough && c.enough {
			for axis, now := range p.Axes {
				p.Change[axis] = change(out[len(out)-1].Axes[axis], now)
			}
		}
		out, before = append(out, p), c
	}
	return out
}

// change is the difference of two estimates, as if nobody had spoken in both
// periods: those who did make the true interval narrower.
func change(before, now measure.Estimate) measure.Estimate {
	half := math.Hypot((before.Hi-before.Lo)/2, (now.Hi-now.Lo)/2)
	center := now.Center - before.Center
	return measure.Estimate{Center: center, Lo: center - half, Hi: center + half, Confidence: .95, N: now.N + before.N, Unit: now.Unit}
}

// byID gives the gaps by the values' ids.
func (c *comparison) byID() map[string]measure.Estimate {
	out := map[string]measure.Estimate{}
	for v, value := range c.meter.scores.model.Yardstick.Values {
		out[value.ID] = c.estimate(c.one(v))
	}
	return out
}

// groups measures each department, channel or language on its own.
func (m *meter) groups() []Group {
	out := []Group{}
	for _, by := range m.options.By {
		lists := map[string][]int{}
		for i := range m.scores.messages {
			if name := m.group(by, &m.scores.messages[i]); name != "" {
				lists[name] = append(lists[name], i)
			}
		}
		var names []string
		for name := range lists {
			names = append(names, name)
		}
		slices.Sort(names)
		for _, name := range names {
			s := m.sides(lists[name])
			c := m.compare(s)
			out = append(out, Group{By: by, Name: name, Sides: m.shown(s), Axes: c.axes(), Values: c.byID(), Distance: m.distance(s)})
		}
	}
	return out
}

func (m *meter) group(by By, x *message) string {
	switch by {
	case Department:
		return m.scores.log.Department(m.scores.log.At(int(x.index)).Department)
	case Channel:
		return m.scores.log.Channel(m.scores.log.At(int(x.index)).Channel)
	case Language:
		if x.french {
			return "fr"
		}
		return "en"
	}
	return ""
}
