package file

import (
	"cmp"
	"context"
	"fmt"
	"hash/maphash"
	"io"
	"slices"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/check"
	"github.com/entregent/entregent/conversation/form"
	"github.com/entregent/entregent/internal/store"
)

// Shown is how many messages a Sight shows.
const Shown = 20

// speakersShown is how many of those who speak most a Sight names.
const speakersShown = 30

// Sight is what a file looks like before anything of it is kept.
type Sight struct {
	Whole    bool      `json:"whole"`    // it was read to its end; else the first part stands for it
	Messages int       `json:"messages"` // that would be kept
	Lost     int       `json:"lost"`     // records that can't be read as messages
	Threads  int       `json:"threads"`
	People   int       `json:"people"`
	First    time.Time `json:"first"`
	Last     time.Time `json:"last"`

	Organisation int `json:"organisation"` // messages by side
	Community    int `json:"community"`
	Unknown      int `json:"unknown"`
	Private      int `json:"private"` // that the public can't see at their source
	Deleted      int `json:"deleted"` // already taken back: their text isn't kept

	Reading  check.Reading   `json:"reading"` // what was taken for what, and whether it can be right
	Fates    Fates           `json:"fates"`
	Problems []Problem       `json:"problems"`
	Speakers []Speaker       `json:"speakers"` // those who speak most, the organisation's first
	Sample   []SampleMessage `json:"sample"`
}

// Fates count what would become, or became, of the messages of a file.
type Fates struct {
	Added   int `json:"added"`
	Edited  int `json:"edited"`
	Deleted int `json:"deleted"`
	Same    int `json:"same"`
	Refused int `json:"refused"` // by those who don't want to be read, or that can't be kept
}

// Problem is a kind of fault of a file and where it was met first.
type Problem struct {
	Kind     conversation.Kind `json:"kind"`
	Count    int               `json:"count"`
	Lost     bool              `json:"lost"` // the record is left out
	Examples []string          `json:"examples"`
}

// Speaker is somebody who writes in a file.
type Speaker struct {
	Name     string `json:"name"`
	Side     string `json:"side"`
	Messages int    `json:"messages"`
}

// SampleMessage is a message as it was read.
type SampleMessage struct {
	ID         string    `json:"id"`
	Time       time.Time `json:"time"`
	Author     string    `json:"author"`
	Side       string    `json:"side"`
	Department string    `json:"department"`
	Channel    string    `json:"channel"`
	Lang       string    `json:"lang"`
	Reply      bool      `json:"reply"` // it answers another message
	Text       string    `json:"text"`
}

// Limit bounds what is read of a file that is looked at.
type Limit struct {
	Bytes int64     // of it, unpacked
	Until time.Time // the clock's end; zero: none
	Now   func() time.Time
}

// Look reads a file and tells what [Import] would keep of it. It changes
// nothing. An error means that it is no conversation, or can't be read on, or
// that f can't be followed.
func Look(ctx context.Context, s *store.Store, r io.Reader, f File, keep conversation.Keep, limit Limit) (*Sight, error) {
	o, err := f.options()
	if err != nil {
		return nil, err
	}
	log := conversation.NewLog(keep)
	b := &bound{ctx: ctx, left: limit.Bytes, limit: limit}
	if err := read(log, r, f.Name, o, b); err != nil {
		return nil, err
	}
	sight := &Sight{Whole: !b.cut, Messages: log.Len()}
	sight.tell(log, b.cut)
	if sight.Reading = check.Read(log, check.Span{}); b.cut { // what is answered may stand behind
		sight.Reading.Doubts = slices.DeleteFunc(sight.Reading.Doubts, func(d check.Doubt) bool { return d.Code == check.Elsewhere })
	}
	if err := sight.compare(ctx, s, f.Source, log); err != nil {
		return nil, err
	}
	return sight, log.Err()
}

// archived is a file that may be an archive of files.
type archived interface {
	Archive() (*form.Archive, error)
}

// read reads a file, or all files of an archive, within a bound.
func read(log *conversation.Log, r io.Reader, name string, o conversation.ReadOptions, b *bound) error {
	if kept, ok := r.(archived); ok {
		a, err := kept.Archive()
		if err != nil {
			return fmt.Errorf("reading %s: %w", name, err)
		}
		if a != nil {
			a.Wrap = func(in io.Reader) io.Reader { return &bounded{in, b} }
			return a.Read(log, name, o)
		}
	}
	return conversation.Read(log, &bounded{r, b}, name, o)
}

// bound ends a reading early, at the end of a line.
type bound struct {
	ctx   context.Context
	left  int64
	limit Limit
	cut   bool
}

// bounded reads within a bound.
type bounded struct {
	in io.Reader
	*bound
}

func (b *bounded) Read(p []byte) (int, error) {
	if err := b.ctx.Err(); err != nil {
		return 0, err
	}
	late := !b.limit.Until.IsZero() && b.limit.Now().After(b.limit.Until)
	if b.cut = b.cut || b.limit.Bytes > 0 && b.left <= 0 || late; b.cut {
		return 0, io.EOF
	}
	n, err := b.in.Read(p)
	b.left -= int64(n)
	return n, err
}

// tell says what a log holds.
func (s *Sight) tell(log *conversation.Log, cut bool) {
	s.Threads, s.People = len(log.Threads()), log.People()
	s.First, s.Last = log.Span()
	speakers := make([]Speaker, log.People())
	for i := range log.Len() {
		e := log.At(i)
		switch e.Side {
		case conversation.Organisation:
			s.Organisation++
		case conversation.Community:
			s.Community++
		default:
			s.Unknown++
		}
		if e.Private {
			s.Private++
		}
		if e.Deleted != 0 {
			s.Deleted++
		}
		if e.Author >= 0 {
			sp := &speakers[e.Author]
			sp.Name, sp.Messages = string(log.Person(e.Author)), sp.Messages+1
			if sp.Side != conversation.Organisation.String() {
				sp.Side = e.Side.String()
			}
		}
	}
	s.Speakers = most(speakers)
	s.Sample = sample(log)
	s.Problems = problems(log, cut)
	for _, p := range s.Problems {
		if p.Lost {
			s.Lost += p.Count
		}
	}
}

// most are those who speak most of each side, the organisation's first.
func most(all []Speaker) []Speaker {
	own := func(s Speaker) int {
		if s.Side == conversation.Organisation.String() {
			return 0
		}
		return 1
	}
	slices.SortFunc(all, func(a, b Speaker) int {
		return cmp.Or(own(a)-own(b), cmp.Compare(b.Messages, a.Messages), cmp.Compare(a.Name, b.Name))
	})
	first := slices.IndexFunc(all, func(s Speaker) bool { return own(s) == 1 })
	if first < 0 {
		first = len(all)
	}
	half := min(first, speakersShown/2)
	return slices.Concat(all[:half], all[first:min(len(all), first+speakersShown-half)])
}

// sample takes messages from all over a log, so that its end is seen as well as
// its beginning.
func sample(log *conversation.Log) []SampleMessage {
	list := []SampleMessage{}
	order := log.ByTime()
	n := min(Shown, len(order))
	for k := range n {
		m := log.Message(int(order[k*len(order)/n]))
		if !m.Deleted.IsZero() {
			m.Text = ""
		}
		list = append(list, SampleMessage{string(m.ID), m.Time, string(m.Author), m.Side.String(), m.Department, m.Channel, m.Lang,
			m.ReplyTo != "", clip(m.Text, 600)})
	}
	return list
}

// clip shortens a text to so many characters.
func clip(text string, most int) string {
	n := 0
	for i := range text {
		if n++; n > most {
			return text[:i] + "…"
		}
	}
	return text
}

// problems lists what is wrong; what only comes of having cut a file short is
// nobody's fault.
func problems(log *conversation.Log, cut bool) []Problem {
	list := []Problem{}
	for _, t := range log.Problems().All() {
		if cut && (t.Kind == conversation.Truncated || t.Kind == conversation.UnknownReply) {
			continue
		}
		p := Problem{Kind: t.Kind, Count: t.Count, Lost: t.Kind.Lost(), Examples: []string{}}
		for i := range t.Examples {
			p.Examples = append(p.Examples, t.Examples[i].Error())
		}
		list = append(list, p)
	}
	return list
}

// compare counts what the store has of a log already.
func (s *Sight) compare(ctx context.Context, st *store.Store, name string, log *conversation.Log) error {
	seed := maphash.MakeSeed()
	have := map[string]uint64{}
	err := st.Each(ctx, store.Range{Source: name}, func(m store.Message) error {
		have[string(m.ID)] = mark(seed, m.Message)
		return nil
	})
	if err != nil {
		return err
	}
	for i := range log.Len() {
		m := log.Message(i)
		before, known := have[name+"/"+string(m.ID)]
		switch {
		case !known:
			s.Fates.Added++
		case before == mark(seed, m):
			s.Fates.Same++
		case !m.Deleted.IsZero():
			s.Fates.Deleted++
		default:
			s.Fates.Edited++
		}
	}
	return nil
}

// mark is what makes a message the same: what an edit would change.
func mark(seed maphash.Seed, m conversation.Message) uint64 {
	var h maphash.Hash
	h.SetSeed(seed)
	text := m.Text
	if !m.Deleted.IsZero() {
		text = "\x00"
	}
	for _, part := range [...]string{text, m.Side.String(), m.Department, m.Channel, m.Time.UTC().Truncate(time.Microsecond).String(), string(m.Attributes)} {
		h.WriteString(part)
		h.WriteByte(0)
	}
	return h.Sum64()
}
