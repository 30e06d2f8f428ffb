package gap

import (
	"slices"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/reading"
	"github.com/entregent/entregent/ethos"
)

// scores are what a scorer made of a log: the messages that count, each with
// the probability of every value. It is never given out.
type scores struct {
	log      *conversation.Log
	model    *ethos.Model
	width    int
	messages []message
	p        []float32 // of message i: p[i*width:(i+1)*width]
	nameless int
}

// message is a message that counts. There may be millions: it holds no more than
// is looked at again and again.
type message struct {
	index, thread int32 // in the log
	person        int32 // below 0: nobody's name
	side          conversation.Side
	french        bool
	time          int64
}

func newScores(log *conversation.Log, model *ethos.Model) *scores {
	return &scores{log: log, model: model, width: len(model.Yardstick.Values)}
}

// score scores a log by itself.
func score(log *conversation.Log, options Options) *scores {
	b := NewBatch(log, options)
	reading.Some(log, options.Reading(), func(i int) bool { return b.counts(log.At(i)) }, b.Take)
	return b.scores
}

// counts tells whether a message can count: within the time that is measured, of a
// side, no machine's, for others to read, and still there.
func (b *Batch) counts(e conversation.Entry) bool {
	o := &b.options
	return e.Side != conversation.Unknown && !e.Bot && !e.Private && e.Deleted == 0 &&
		(o.Since.IsZero() || e.Time >= o.Since.UnixMicro()) && (o.Until.IsZero() || e.Time < o.Until.UnixMicro())
}

// Take takes what was read of a message.
func (b *Batch) Take(i int, row *reading.Row) {
	if row.Values == nil {
		return
	}
	r, e := b.scores, b.scores.log.At(i)
	if !b.counts(e) {
		return
	}
	m := message{index: int32(i), thread: int32(e.Thread), person: int32(e.Author), side: e.Side, french: row.French, time: e.Time}
	if e.Author < 0 { // a person of its own
		m.person = -1 - m.index
		r.nameless++
	}
	r.messages, r.p = append(r.messages, m), append(r.p, row.Values...)
}

// all gives the numbers of all messages.
func (r *scores) all() []int {
	list := make([]int, len(r.messages))
	for i := range list {
		list[i] = i
	}
	return list
}

// pick gives the numbers of the messages for which keep is true.
func (r *scores) pick(keep func(m *message) bool) []int {
	var list []int
	for i := range r.messages {
		if keep(&r.messages[i]) {
			list = append(list, i)
		}
	}
	return list
}

// side is who spoke on one side: persons and, for each, their messages and the
// mean of their probabilities.
type side struct {
	side     conversation.Side
	messages int
	persons  []person
	french   float64 // share of the messages
	topics   float64 // Σ (weight of a topic)²
	texts    float64 // Σ (weight of a text)²
}

type person struct {
	id       int
	messages []int // numbers in the reading
	mean     []float64
}

// gather makes a side of some messages.
func (r *scores) gather(which conversation.Side, list []int) side {
	s := side{side: which}
	place := map[int]int{}
	for _, i := range list {
		m := &r.messages[i]
		if m.side != which {
			continue
		}
		n, ok := place[int(m.person)]
		if !ok {
			n = len(s.persons)
			place[int(m.person)] = n
			s.persons = append(s.persons, person{id: int(m.person), mean: make([]float64, r.width)})
		}
		s.persons[n].messages = append(s.persons[n].messages, i)
		s.messages++
		if m.french {
			s.french++
		}
	}
	if s.messages == 0 {
		return s
	}
	s.french /= float64(s.messages)
	weight := map[int]float64{}
	var order []int
	for n := range s.persons {
		p := &s.persons[n]
		each := 1 / float64(len(s.persons)*len(p.messages))
		for _, i := range p.messages {
			for v := range p.mean {
				p.mean[v] += float64(r.p[i*r.width+v]) / float64(len(p.messages))
			}
			topic := int(r.messages[i].thread)
			if _, ok := weight[topic]; !ok {
				order = append(order, topic)
			}
			weight[topic] += each
			s.texts += each * each
		}
	}
	slices.Sort(order) // the same sum every time
	for _, t := range order {
		s.topics += weight[t] * weight[t]
	}
	return s
}

// profile is the mean over persons, each counted times[i] times (nil: once).
func (s *side) profile(width int, times []float64) []float64 {
	mean, total := make([]float64, width), 0.0
	for i := range s.persons {
		w := 1.0
		if times != nil {
			w = times[i]
		}
		if w == 0 {
			continue
		}
		total += w
		for v, x := range s.persons[i].mean {
			mean[v] += w * x
		}
	}
	for v := range mean {
		mean[v] /= max(total, 1)
	}
	return mean
}

func (s *side) enough() bool { return len(s.persons) >= FewestPersons && s.messages >= FewestMessages }
