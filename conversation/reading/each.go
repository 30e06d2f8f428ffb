package reading

import (
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/entregent/entregent/conversation"
)

// stretch is some messages in a row that are read together.
type stretch struct {
	numbers  []int // of the messages
	messages []conversation.Message
	rows     []Row
	done     chan struct{}
}

// perStretch is how many messages are read together.
const perStretch = 512

// All reads some messages on all cores, and gives a row for each.
func All(messages []conversation.Message, o Options) []Row {
	rows := make([]Row, len(messages))
	cores := min(runtime.GOMAXPROCS(0), 1+len(messages)/8)
	var wg sync.WaitGroup
	for core := range cores {
		wg.Go(func() {
			r := o.Reader()
			for k := core; k < len(messages); k += cores {
				m := messages[k]
				m.Text = strings.ToValidUTF8(m.Text, "\uFFFD")
				r.Read(&m, &rows[k])
			}
		})
	}
	wg.Wait()
	return rows
}

// Each reads the messages of a log on all cores and gives their rows to take, in
// the log's order, one at a time. A row is good until take returns; what its
// slices and strings hold stays good.
func Each(log *conversation.Log, o Options, take func(message int, row *Row)) {
	Some(log, o, func(int) bool { return true }, take)
}

// Some is Each of the messages that are wanted.
func Some(log *conversation.Log, o Options, want func(message int) bool, take func(message int, row *Row)) {
	log.Threads() // resolved before several read at once
	cores := runtime.GOMAXPROCS(0)
	work, order := make(chan *stretch, cores), make(chan *stretch, 2*cores)
	free := make(chan *stretch, 4*cores)
	var wg sync.WaitGroup
	for range cores {
		wg.Go(func() {
			r := o.Reader()
			for s := range work {
				for k := range s.messages {
					r.Read(&s.messages[k], &s.rows[k])
				}
				close(s.done)
			}
		})
	}
	go func() {
		for next := 0; next < log.Len(); {
			s := &stretch{}
			select {
			case s = <-free:
			default:
			}
			next = s.fill(log, next, want)
			order <- s
			work <- s
		}
		close(work)
		close(order)
	}()
	for s := range order {
		<-s.done
		for k := range s.rows {
			take(s.numbers[k], &s.rows[k])
		}
		select {
		case free <- s:
		default:
		}
	}
	wg.Wait()
}

// fill fetches the messages of a stretch from one on, and gives the next.
func (s *stretch) fill(log *conversation.Log, next int, want func(int) bool) int {
	s.done, s.numbers, s.messages = make(chan struct{}), s.numbers[:0], s.messages[:0]
	for ; next < log.Len() && len(s.numbers) < perStretch; next++ {
		if want(next) {
			s.numbers, s.messages = append(s.numbers, next), append(s.messages, input(log, next))
		}
	}
	s.rows = slices.Grow(s.rows[:0], len(s.numbers))[:len(s.numbers)]
	return next
}

// input is as much of a message as a row depends on.
func input(log *conversation.Log, i int) conversation.Message {
	e := log.At(i)
	m := conversation.Message{Author: log.Person(e.Author), Side: e.Side, Lang: log.Language(e.Lang), Text: log.Text(i),
		Bot: e.Bot, Private: e.Private, Attributes: log.Attributes(i)}
	if e.Deleted != 0 {
		m.Deleted = time.UnixMicro(e.Deleted)
	}
	return m
}
