package presence

import (
	"math"
	"slices"
	"strings"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/reading"
	"github.com/entregent/entregent/conversation/speech"
)

const (
	anHour = int64(time.Hour / time.Microsecond) // in the log's µs
	aDay   = 24 * anHour
)

// talk is the conversation that is measured: a [conversation.Log], or a
// [conversation.Board] that goes on changing.
type talk interface {
	Len() int
	At(i int) conversation.Entry
	Rank(i int) int64            // the place of message i among all
	InThread(thread int) []int32 // in order
	ID(i int) conversation.MessageID
	Text(i int) string
	Attributes(i int) conversation.Attributes
	Person(n int) conversation.PersonID
	Thread(n int) conversation.ThreadID
	Department(n int) string
	Channel(n int) string
	Language(n int) string
	People() int
}

// whole is a log that is measured once.
type whole struct{ *conversation.Log }

func (w whole) Rank(i int) int64            { return int64(i) }
func (w whole) InThread(thread int) []int32 { return w.Threads()[thread] }

// facts are what the instrument knows of each message from its row: what it does,
// and in which language. What it knows of accounts and of the whole are counts, so
// that a message can be taken out and put in again.
type facts struct {
	log     talk
	threads [][]int32 // in the log's order
	opt     Options
	zone    *time.Location // in which times are told
	par     Parameters
	until   int64 // census, µs

	acts  []speech.Acts
	flags []flag
	lang  []uint8 // into langs

	langs  []string
	coded  map[string]uint8 // the numbers of langs
	named  map[string]int   // what stands for the organisation after an @, folded, and how often
	people []account
	voice  map[int32]string // by message: who signed it as the source says, where an account is shared
	signed map[int32]string // by message: who signed it in the text
	copies copies

	begin int64 // first message; unless begun, not known
	begun bool

	flat   bool // replies don't say whom they answer
	daily  bool // times are days
	choice replies
	totals
}

// totals count messages.
type totals struct {
	days     int // that know only their day
	noName   int // of the community, without author
	nobodies int // of accounts whose name says that they have no owner
	sideless int // of neither side
	ours     int // of the organisation
}

// flag marks a message for reasons other than its acts.
type flag uint8

const (
	mentions   flag = 1 << iota // names the organisation
	copied                      // a template: at least three threads got it
	machine                     // a bot's, declared or found out
	spam                        // the source marks it as spam
	affiliated                  // the source says its author belongs to the organisation
	worded                      // one of the names given stands in the text
	linked                      // holds one of the organisation's own links
	wordless                    // see [conversation.Attributes.Wordless]
)

// newFacts is ready to know a conversation.
func newFacts(log talk, opt Options) *facts {
	r := &facts{log: log, opt: opt, zone: opt.Location, par: opt.Parameters.or(Published()), until: math.MaxInt64,
		langs: []string{""}, coded: map[string]uint8{"": 0}, named: map[string]int{}, voice: map[int32]string{}, signed: map[int32]string{}}
	r.language("fr")
	r.language("en")
	for _, name := range opt.Names {
		r.call(name, 1)
	}
	r.copies = copies{r: r}
	return r
}

// grow makes room for what is known of new messages and people.
func (r *facts) grow() {
	n := r.log.Len()
	r.acts = slices.Grow(r.acts, n-len(r.acts))[:n]
	r.flags = slices.Grow(r.flags, n-len(r.flags))[:n]
	r.lang = slices.Grow(r.lang, n-len(r.lang))[:n]
	for p := len(r.people); p < r.log.People(); p++ {
		r.people = append(r.people, account{first: never, nobody: speech.Nobody(string(r.log.Person(p)))})
	}
}

// census is the time up to which the log is believed complete.
func (r *facts) census() int64 {
	if !r.opt.Until.IsZero() {
		return r.opt.Until.UnixMicro()
	}
	last := int64(0)
	for i := range r.log.Len() {
		if t := r.log.At(i).Time; i == 0 || t > last {
			last = t
		}
	}
	return last
}

// at is what the index knows of message i, as it stood at the census.
func (r *facts) at(i int32) conversation.Entry {
	e := r.log.At(int(i))
	if e.Deleted > r.until {
		e.Deleted = 0
	} else if gone(&e) {
		e.Deleted = max(e.Deleted, e.Time)
	}
	if e.Author >= 0 && r.people[e.Author].nobody {
		e.Author = -1
	}
	return e
}

// count counts message i in, or out again with -1.
func (r *facts) count(i int32, by int) {
	e := r.at(i)
	n := int32(by)
	if e.Precision == conversation.Day {
		r.days += by
	}
	if e.Author < 0 && r.log.At(int(i)).Author >= 0 {
		r.nobodies += by
	}
	switch e.Side {
	case conversation.Unknown:
		r.sideless += by
	case conversation.Organisation:
		r.ours += by
	case conversation.Community:
		if e.Author < 0 {
			r.noName += by
		}
	}
	if e.Author < 0 {
		return
	}
	a := &r.people[e.Author]
	if by > 0 {
		a.first = min(a.first, e.Time)
	}
	switch e.Side {
	case conversation.Community:
		a.said += n
	case conversation.Organisation:
		was := a.staff()
		if a.spoke += n; a.staff() != was {
			r.call(string(r.log.Person(e.Author)), by)
		}
	}
}

// fewHours says whether most messages know only their day.
func (r *facts) fewHours() bool { return r.days*2 > len(r.acts) }

// precise tells whether times are days. A day is the source's own, wherever it
// is read, and what is soonest.
func (r *facts) precise() {
	r.daily = r.fewHours()
	if r.daily {
		r.opt.Location, r.par.T1 = nil, max(r.par.T1, 24)
	}
}

// language numbers a language.
func (r *facts) language(name string) uint8 {
	n, ok := r.coded[name]
	if !ok && len(r.langs) < 255 {
		n = uint8(len(r.langs))
		r.coded[name] = n
		r.langs = append(r.langs, name)
	}
	return n
}

// sign notes who signed message i.
func (r *facts) sign(i int32, agent string) {
	if agent != brand {
		r.voice[i] = agent
	}
	if a := r.at(i).Author; a >= 0 {
		r.people[a].signed++
	}
}

func (o Options) progress(stage string, done float64) {
	if o.Progress != nil {
		o.Progress(stage, done)
	}
}

// base is the primary language of a BCP 47 tag: fr of fr-CA.
func base(tag string) string {
	tag, _, _ = strings.Cut(strings.ToLower(tag), "-")
	return tag
}

// brand stands for an agent who isn't named: the account is the organisation's.
const brand = "\x00"

// take notes what was read of message i, and gives who signed it, if an agent did.
func (r *facts) take(i int32, row *reading.Row) (agent string) {
	e := r.at(i)
	r.lang[i] = r.coded[row.Lang]
	r.acts[i] = row.Acts
	var f flag
	for _, x := range [...]struct {
		flag
		is bool
	}{{machine, e.Bot}, {worded | mentions, row.Named}, {spam, row.Spam}, {affiliated, row.Affiliated}, {linked, row.OwnLink}, {wordless, row.Wordless}} {
		if x.is {
			f |= x.flag
		}
	}
	if slices.ContainsFunc(row.Handles, func(name string) bool { return r.named[name] > 0 }) {
		f |= mentions
	}
	r.flags[i] = f
	if row.Signature != "" {
		r.signed[i] = row.Signature
	}
	if row.Brand {
		return brand
	}
	return row.Agent
}

// substantive says whether message i can answer somebody: a person's, with
// something in it besides courtesy, and no advertisement.
func (r *facts) substantive(i int32) bool {
	if r.flags[i]&(machine|copied) != 0 || r.acts[i].Hollow() && !r.wordless(i) || r.acts[i].Any(speech.Automatic|speech.Campaign) {
		return false
	}
	e := r.at(i)
	return !e.Private && !gone(&e)
}

// wordless says whether message i is known to have been written, though not with
// which words: it answers, and nothing else is known of it.
func (r *facts) wordless(i int32) bool { return r.flags[i]&wordless != 0 }

// opener is the message that opens a thread.
func (r *facts) opener(thread int) int32 { return r.log.InThread(thread)[0] }
