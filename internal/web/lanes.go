package web

import (
	"cmp"
	"slices"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/inbox"
	"github.com/entregent/entregent/internal/live"
)

// open is a message that waits, and what people here do with its thread. There
// may be a hundred thousand: lists share what they point to.
type open struct {
	*live.Appeal
	desk *inbox.State // nil: nothing
}

// Desk is what people here do with its thread.
func (o open) Desk() inbox.State {
	if o.desk == nil {
		return inbox.State{Thread: o.Thread}
	}
	return *o.desk
}

// place says in which of the three lists a message that waits stands.
func (o open) place(now time.Time) string {
	switch d := o.desk; {
	case d == nil:
		return "waiting"
	case !d.Closed.IsZero() && !o.Arrived.After(d.Closed):
		return "aside"
	case now.Before(d.Snoozed):
		return "snoozed"
	}
	return "waiting"
}

// laneNames are the lists in which a message that waits can stand.
var laneNames = []string{"waiting", "snoozed", "aside"}

// lane is one of the three lists, in the order in which to answer, and what there
// is in it to choose from.
type lane struct {
	list   []open
	facets map[string][]tag // channel, department, language
}

// of says whether it waits in a thread, or in one merged into it.
func (o open) of(thread conversation.ThreadID) bool {
	return o.Thread == thread || o.desk != nil && o.desk.Thread == thread
}

// lanes deals who waits into the three lists.
func lanes(list []open, now time.Time) map[string]lane {
	dealt := map[string]lane{}
	for _, place := range laneNames {
		var here []open
		for _, o := range list {
			if o.place(now) == place {
				here = append(here, o)
			}
		}
		dealt[place] = laneOf(here)
	}
	return dealt
}

func laneOf(list []open) lane { return lane{list, facets(list)} }

// facets counts what there is to choose from.
func facets(list []open) map[string][]tag {
	channels, departments, languages := map[string]int{}, map[string]int{}, map[string]int{}
	for _, o := range list {
		channels[o.Channel]++
		departments[o.Department]++
		languages[o.Lang]++
	}
	return map[string][]tag{"channel": tagsOf(channels), "department": tagsOf(departments), "language": tagsOf(languages)}
}

// patched are the lists after something was done to one thread: what waits in it
// now takes the place of what did. Those given stay as they are.
func patched(before map[string]lane, thread conversation.ThreadID, fresh []open, now time.Time) map[string]lane {
	after := map[string]lane{}
	for name, lane := range before {
		list := slices.DeleteFunc(slices.Clone(lane.list), func(o open) bool { return o.of(thread) })
		for _, o := range fresh {
			if o.place(now) == name {
				at, _ := slices.BinarySearchFunc(list, o, func(a, b open) int {
					return cmp.Or(a.Arrived.Compare(b.Arrived), cmp.Compare(a.Message, b.Message))
				})
				list = slices.Insert(list, at, o)
			}
		}
		after[name] = laneOf(list)
	}
	return after
}
