package presence

import (
	"math"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/prose"
	"github.com/entregent/entregent/conversation/speech"
)

const (
	anHour = int64(time.Hour / time.Microsecond) // in the log's µs
	aDay   = 24 * anHour
)

// talk is the conversation that is read: a [conversation.Log], or a
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

// whole is a log that is read once.
type whole struct{ *conversation.Log }

func (w whole) Rank(i int) int64            { return int64(i) }
func (w whole) InThread(thread int) []int32 { return w.Threads()[thread] }

// reading is what the instrument knows of each message after having read all
// texts once: what it does, and in which language. What it knows of accounts and
// of the whole are counts, so that a message can be taken out and put in again.
type reading struct {
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
	spoken []string         // the names given, folded, as they may stand in a text
	named  map[string]int   // what stands for the organisation after an @, folded, and how often
	people []account
	voice  map[int32]string // who signed, where an account is shared
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
)

// newReading is ready to read a conversation.
func newReading(log talk, opt Options) *reading {
	r := &reading{log: log, opt: opt, zone: opt.Location, par: opt.Parameters.or(Published()), until: math.MaxInt64,
		langs: []string{""}, coded: map[string]uint8{"": 0}, named: map[string]int{}, voice: map[int32]string{}}
	r.language("fr")
	r.language("en")
	for _, name := range opt.Names {
		r.call(name, 1)
		if name = string(prose.Fold(nil, strings.TrimSpace(name))); len(name) > 2 {
			r.spoken = append(r.spoken, name)
		}
	}
	r.copies = copies{r: r}
	return r
}

// read goes through all texts once, in parallel by stretches: what is found in
// one message depends on that message alone.
func read(log *conversation.Log, opt Options) *reading {
	r := newReading(whole{log}, opt)
	r.threads = log.Threads() // resolve before several read at once
	for l := range log.Languages() {
		r.language(base(log.Language(l)))
	}
	r.until = r.census()
	r.grow()
	for i := range r.acts {
		r.count(int32(i), 1)
	}
	r.precise()
	r.texts(0)
	for _, thread := range r.threads {
		r.open(thread, 1)
	}
	r.flat = r.choice.flat()
	r.copies.all()
	for i := range r.acts {
		r.paste(int32(i), 1)
	}
	r.crowds()
	r.machines()
	return r
}

// grow makes room for what is known of new messages and people.
func (r *reading) grow() {
	n := r.log.Len()
	r.acts = slices.Grow(r.acts, n-len(r.acts))[:n]
	r.flags = slices.Grow(r.flags, n-len(r.flags))[:n]
	r.lang = slices.Grow(r.lang, n-len(r.lang))[:n]
	for p := len(r.people); p < r.log.People(); p++ {
		r.people = append(r.people, account{first: never, nobody: speech.Nobody(string(r.log.Person(p)))})
	}
}

// census is the time up to which the log is believed complete.
func (r *reading) census() int64 {
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
func (r *reading) at(i int32) conversation.Entry {
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
func (r *reading) count(i int32, by int) {
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
func (r *reading) fewHours() bool { return r.days*2 > len(r.acts) }

// precise tells whether times are days. A day is the source's own, wherever it
// is read, and what is soonest.
func (r *reading) precise() {
	r.daily = r.fewHours()
	if r.daily {
		r.opt.Location, r.par.T1 = nil, max(r.par.T1, 24)
	}
}

// language numbers a language.
func (r *reading) language(name string) uint8 {
	n, ok := r.coded[name]
	if !ok && len(r.langs) < 255 {
		n = uint8(len(r.langs))
		r.coded[name] = n
		r.langs = append(r.langs, name)
	}
	return n
}

// texts reads every message once, from one on.
func (r *reading) texts(first int) {
	n := len(r.acts)
	const stretch = 4096
	type piece struct {
		from, to int
		texts    []string
		more     []conversation.Attributes
	}
	pieces := make(chan piece, 2)
	var voices sync.Mutex
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for p := range pieces {
				for i := p.from; i < p.to; i++ {
					who := r.message(int32(i), p.texts[i-p.from], p.more[i-p.from])
					if who != "" {
						voices.Lock()
						r.sign(int32(i), who)
						voices.Unlock()
					}
				}
			}
		})
	}
	for from := first; from < n; from += stretch {
		p := piece{from: from, to: min(n, from+stretch)}
		for i := p.from; i < p.to; i++ {
			p.texts = append(p.texts, r.log.Text(i))
			p.more = append(p.more, r.log.Attributes(i))
		}
		pieces <- p
		r.opt.progress("reading", float64(p.to-first)/float64(n-first))
	}
	close(pieces)
	wg.Wait()
}

// sign notes who signed message i.
func (r *reading) sign(i int32, agent string) {
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

// message reads message i and gives who signed it, if an agent did.
func (r *reading) message(i int32, text string, more conversation.Attributes) (agent string) {
	e := r.at(i)
	lang := base(r.log.Language(e.Lang))
	if lang == "" || lang == "und" {
		lang = prose.Language(text)
	}
	r.lang[i] = r.coded[lang]
	if lang != "fr" && lang != "en" {
		lang = ""
	}
	r.acts[i] = speech.Read(text, lang)
	var f flag
	if e.Bot {
		f |= machine
	}
	if e.Side == conversation.Community {
		if r.worded(text) {
			f |= worded | mentions
		} else if handles(text, func(name []byte) bool { return r.named[string(name)] > 0 }) {
			f |= mentions
		}
	}
	if more != "" {
		if truth(more, "spam") {
			f |= spam
		}
		if truth(more, "affiliated") || truth(more, "staff") {
			f |= affiliated
		}
		if e.Side == conversation.Organisation {
			if agent = more.Text("agent"); agent == "" && r.log.Person(e.Author) == conversation.PersonID(more.Text("org")) {
				agent = brand
			}
		}
	}
	r.flags[i] = f
	return agent
}

func truth(more conversation.Attributes, key string) bool {
	v, _ := more.Value(key)
	yes, _ := v.(bool)
	return yes
}

// handles gives what stands after each @ of a text, folded, until one is
// wanted, and tells whether one was.
func handles(text string, wanted func(name []byte) bool) bool {
	for rest := text; ; {
		at := strings.IndexByte(rest, '@')
		if at < 0 {
			return false
		}
		rest = rest[at+1:]
		end := strings.IndexFunc(rest, func(c rune) bool { return !inName(c) })
		if end < 0 {
			end = len(rest)
		}
		name := strings.TrimRight(rest[:end], ".-")
		if len(name) > 1 && wanted(prose.Fold(nil, name)) {
			return true
		}
	}
}

// worded says whether one of the names given stands in a text as a word.
func (r *reading) worded(text string) bool {
	if len(r.spoken) == 0 {
		return false
	}
	folded := string(prose.Fold(nil, text))
	return slices.ContainsFunc(r.spoken, func(name string) bool { return holdsWord(folded, name) })
}

func inName(c rune) bool {
	return c == '_' || c == '-' || c == '.' || unicode.IsLetter(c) || unicode.IsDigit(c)
}

// holdsWord says whether word stands in text with no letter or digit touching it.
func holdsWord(text, word string) bool {
	for from := 0; ; {
		at := strings.Index(text[from:], word)
		if at < 0 {
			return false
		}
		start, end := from+at, from+at+len(word)
		before, _ := utf8.DecodeLastRuneInString(text[:start])
		after, _ := utf8.DecodeRuneInString(text[end:])
		if !inWord(before) && !inWord(after) {
			return true
		}
		from = end
	}
}

func inWord(c rune) bool { return c != utf8.RuneError && (unicode.IsLetter(c) || unicode.IsDigit(c)) }

// substantive says whether message i can answer somebody: a person's, with
// something in it besides courtesy, and no advertisement.
func (r *reading) substantive(i int32) bool {
	if r.flags[i]&(machine|copied) != 0 || r.acts[i].Hollow() && !r.wordless(i) || r.acts[i].Any(speech.Automatic|speech.Campaign) {
		return false
	}
	e := r.at(i)
	return !e.Private && !gone(&e)
}

// wordless says whether message i is known to have been written, though not with
// which words: it answers, and nothing else is known of it.
func (r *reading) wordless(i int32) bool {
	return r.acts[i].Has(speech.Empty) && r.at(i).Length == 0 && r.log.Attributes(int(i)).Wordless()
}

// opener is the message that opens a thread.
func (r *reading) opener(thread int) int32 { return r.log.InThread(thread)[0] }
