package gap

import (
	"runtime"
	"slices"
	"sync"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/ethos"
)

// reading is what a scorer made of a log: the messages that count, each with
// the probability of every value. It is never given out.
type reading struct {
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

// fewestWords: what is shorter says "ok" and "thanks, bye".
const fewestWords = 3

// read scores every message of both sides that a person of them wrote for others
// to read: no machine's, no private or deleted one, none of fewer than three
// words of its own.
func read(log *conversation.Log, options Options) *reading {
	r := &reading{log: log, model: options.model()}
	r.width = len(r.model.Yardstick.Values)
	log.Threads() // resolved once, before reading from several at a time
	var list []int32
	for i := range log.Len() {
		e := log.At(i)
		if e.Side == conversation.Unknown || e.Bot || e.Private || e.Deleted != 0 ||
			!options.Since.IsZero() && e.Time < options.Since.UnixMicro() || !options.Until.IsZero() && e.Time >= options.Until.UnixMicro() {
			continue
		}
		list = append(list, int32(i))
	}
	r.messages, r.p = make([]message, len(list)), make([]float32, len(list)*r.width)
	spread(len(list), func(scorer *ethos.Scorer, i int) {
		e := log.At(int(list[i]))
		lang := scorer.Read(log.Text(e.Index), short(log.Language(e.Lang)))
		if scorer.Words() < fewestWords {
			return // its side stays unknown
		}
		r.messages[i] = message{index: list[i], thread: int32(e.Thread), person: int32(e.Author), side: e.Side, french: lang == "fr", time: e.Time}
		if e.Author < 0 { // a person of its own
			r.messages[i].person = -1 - list[i]
		}
		for v, x := range scorer.Probabilities(nil) {
			r.p[i*r.width+v] = float32(x)
		}
	}, r.model)
	kept := 0
	for i, m := range r.messages {
		if m.side == conversation.Unknown {
			continue
		}
		if m.person < 0 {
			r.nameless++
		}
		r.messages[kept] = m
		copy(r.p[kept*r.width:], r.p[i*r.width:(i+1)*r.width])
		kept++
	}
	r.messages, r.p = r.messages[:kept], r.p[:kept*r.width]
	return r
}

// short cuts "fr-CA" to "fr".
func short(lang string) string { return lang[:min(2, len(lang))] }

// spread does jobs 0 to n-1 on all cores, each core with its own scorer. Jobs
// write only what is their own.
func spread(n int, job func(s *ethos.Scorer, i int), model *ethos.Model) {
	cores := min(runtime.GOMAXPROCS(0), n/64+1)
	var wait sync.WaitGroup
	for core := range cores {
		wait.Go(func() {
			s := model.Scorer()
			for i := core * n / cores; i < (core+1)*n/cores; i++ {
				job(s, i)
			}
		})
	}
	wait.Wait()
}

// all gives the numbers of all messages.
func (r *reading) all() []int {
	list := make([]int, len(r.messages))
	for i := range list {
		list[i] = i
	}
	return list
}

// pick gives the numbers of the messages for which keep is true.
func (r *reading) pick(keep func(m *message) bool) []int {
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
func (r *reading) gather(which conversation.Side, list []int) side {
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
