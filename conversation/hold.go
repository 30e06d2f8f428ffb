package conversation

import "time"

// holding keeps records whose dates may be read in two ways until a later one
// shows which, or there are too many.
type holding struct {
	rows  []heldRow
	bytes int
}

type heldRow struct {
	draft *draft
	at    moment
}

const mostHeld = 8 << 20 // bytes of text

// put settles a record, or keeps it while the order of day and month is open.
func (rd *reading) put(d *draft) {
	if rd.dates.order != "" || d.when == "" && len(rd.held.rows) == 0 {
		rd.settle(d)
		return
	}
	at, err := moment{time: d.Time}, error(nil)
	if d.when != "" {
		at, err = rd.dates.read(d.when)
	}
	if err != nil || (len(rd.held.rows) == 0 && !at.doubtful()) {
		d.at = at
		rd.settle(d) // which tells what is wrong
		return
	}
	kept := *d
	kept.complaint = append([]Problem(nil), d.complaint...)
	h := &rd.held
	h.rows = append(h.rows, heldRow{&kept, at})
	h.bytes += len(d.Text) + len(d.Attributes) + 700
	if rd.dates.order != "" || h.bytes > mostHeld {
		rd.release()
	}
}

// release settles what was held. When no row showed the order, the one that
// puts the dates nearest to each other is taken, and each date is told.
func (rd *reading) release() {
	h := &rd.held
	if rd.dates.order == "" && len(h.rows) > 0 {
		rd.dates.order = h.nearest()
	}
	for _, r := range h.rows {
		rd.settle(r.draft)
	}
	*h = holding{}
}

// nearest compares how long a time the dates span when read in either order.
func (h *holding) nearest() DateOrder {
	span := func(swap bool) time.Duration {
		var first, last time.Time
		for _, r := range h.rows {
			t := r.at.time
			if swap && r.at.doubtful() {
				t = r.at.swapped
			}
			if first.IsZero() || t.Before(first) {
				first = t
			}
			if t.After(last) {
				last = t
			}
		}
		return last.Sub(first)
	}
	if span(true) < span(false) {
		return MonthFirst
	}
	return DayFirst
}
