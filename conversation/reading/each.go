package reading

import (
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/entregent/entregent/conversation"
)

// stretch is some messages in a row that are read together.
type stretch struct {
	first    int
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
func Each(log *conversation.Log, o Options, take func(i int, row *Row)) {
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
		for from := 0; from < log.Len(); from += perStretch {
			s := &stretch{}
			select {
			case s = <-free:
			default:
			}
			s.fill(log, from)
			order <- s
			work <- s
		}
		close(work)
		close(order)
	}()
	for s := range order {
		<-s.done
		for k := range s.rows {
			take(s.first+k, &s.rows[k])
		}
		select {
		case free <- s:
		default:
		}
	}
	wg.Wait()
}

// fill fetches the messages of a stretch.
func (s *stretch) fill(log *conversation.Log, from int) {
	n := min(perStretch, log.Len()-from)
	if s.messages == nil {
		s.messages, s.rows = make([]conversation.Message, perStretch), make([]Row, perStretch)
	}
	s.first, s.messages, s.rows, s.done = from, s.messages[:n], s.rows[:n], make(chan struct{})
	for k := range s.messages {
		s.messages[k] = input(log, from+k)
	}
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
