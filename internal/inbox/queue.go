package inbox

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/live"
)

// Waiting is a message that waits for an answer, and the state of its thread. There
// may be a hundred thousand: lists share what they point to.
type Waiting struct {
	*live.Appeal
	state *State // nil: nobody did anything with the thread
}

// State is the state of its thread, or of the one that was merged into.
func (w Waiting) State() State {
	if w.state == nil {
		return State{Thread: w.Thread}
	}
	return *w.state
}

// The queues in which a message that waits can stand.
const (
	QueueWaiting = "waiting"
	QueueSnoozed = "snoozed"
	QueueAside   = "aside" // set aside by hand
)

// QueueNames are the queues, as pages list them.
func QueueNames() []string { return []string{QueueWaiting, QueueSnoozed, QueueAside} }

// queue says in which of the queues it stands.
func (w Waiting) queue(now time.Time) string {
	switch d := w.state; {
	case d == nil:
		return QueueWaiting
	case !d.Closed.IsZero() && !w.Arrived.After(d.Closed):
		return QueueAside
	case now.Before(d.Snoozed):
		return QueueSnoozed
	}
	return QueueWaiting
}

// in says whether it waits in a thread, or in one merged into it.
func (w Waiting) in(thread conversation.ThreadID) bool {
	return w.Thread == thread || w.state != nil && w.state.Thread == thread
}

// Queue is one of the queues, in the order in which to answer, and what there is in
// it to choose from. Nobody may change it.
type Queue struct {
	List   []Waiting
	Facets map[string][]Facet // by channel, department, language
}

// Facet is a value that a queue can be narrowed to, and how many messages have it.
type Facet struct {
	Name  string `json:"name"`
	Count int    `json:"count"`
}

func newQueue(list []Waiting) Queue { return Queue{list, facets(list)} }

// facets counts what there is to choose from.
func facets(list []Waiting) map[string][]Facet {
	channels, departments, languages := map[string]int{}, map[string]int{}, map[string]int{}
	for _, w := range list {
		channels[w.Channel]++
		departments[w.Department]++
		languages[w.Lang]++
	}
	return map[string][]Facet{"channel": facetsOf(channels), "department": facetsOf(departments), "language": facetsOf(languages)}
}

// facetsOf lists what was counted, by name.
func facetsOf(counts map[string]int) []Facet {
	list := []Facet{}
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		if name != "" {
			list = append(list, Facet{name, counts[name]})
		}
	}
	return list
}

// split puts who waits into the queues.
func split(list []Waiting, now time.Time) map[string]Queue {
	queues := map[string]Queue{}
	for _, name := range QueueNames() {
		var here []Waiting
		for _, w := range list {
			if w.queue(now) == name {
				here = append(here, w)
			}
		}
		queues[name] = newQueue(here)
	}
	return queues
}

// withThread gives the queues after something was done to one thread: what waits in
// it now takes the place of what did. Those given stay as they are.
func withThread(before map[string]Queue, thread conversation.ThreadID, fresh []Waiting, now time.Time) map[string]Queue {
	after := map[string]Queue{}
	for name, queue := range before {
		list := slices.DeleteFunc(slices.Clone(queue.List), func(w Waiting) bool { return w.in(thread) })
		for _, w := range fresh {
			if w.queue(now) == name {
				at, _ := slices.BinarySearchFunc(list, w, func(a, b Waiting) int {
					return cmp.Or(a.Arrived.Compare(b.Arrived), cmp.Compare(a.Message, b.Message))
				})
				list = slices.Insert(list, at, w)
			}
		}
		after[name] = newQueue(list)
	}
	return after
}

// mergedState follows a thread into those it was merged into, and gives the state of
// the last; nil when nobody did anything with it.
func mergedState(states map[conversation.ThreadID]State, id conversation.ThreadID) *State {
	d, ok := states[id]
	if !ok {
		return nil
	}
	for range maxMerges {
		if d.Into == "" {
			break
		}
		into := d.Into
		if d, ok = states[into]; !ok {
			d = State{Thread: into}
		}
	}
	return &d
}

// Filter narrows a queue; what is empty narrows nothing.
type Filter struct {
	Channel, Department, Language string
	Who                           string                          // mine, nobody, or a user's number
	Due                           string                          // passed: the promised wait is over; kept: it isn't
	Found                         map[conversation.MessageID]bool // only these; nil: any
}

// Choose keeps what a filter chooses, as a user sees it.
func (q Queue) Choose(f Filter, me int64, now time.Time, promise time.Duration) []Waiting {
	var chosen []Waiting
	for _, w := range q.List {
		if f.takes(w, me, w.Arrived.Add(promise).Before(now)) && (f.Found == nil || f.Found[w.Message]) {
			chosen = append(chosen, w)
		}
	}
	return chosen
}

// takes says whether a message that waits is chosen, its words left aside.
func (f Filter) takes(w Waiting, me int64, late bool) bool {
	return (f.Channel == "" || f.Channel == w.Channel) &&
		(f.Department == "" || f.Department == w.Department) &&
		(f.Language == "" || f.Language == w.Lang) &&
		(f.Who == "" || f.takesAssignee(w.State().Assignee, me)) &&
		(f.Due == "" || f.Due == "passed" && late || f.Due == "kept" && !late)
}

// takesAssignee says whether Who means the user who takes care.
func (f Filter) takesAssignee(assignee, me int64) bool {
	n, _ := strconv.ParseInt(f.Who, 10, 64)
	return f.Who == "mine" && assignee == me || f.Who == "nobody" && assignee == 0 || n != 0 && assignee == n
}
