package presence

import (
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

// reading is what the instrument knows of each message after having read all
// texts once: what it does, and in which language.
type reading struct {
	log   *conversation.Log
	opt   Options
	par   Parameters
	until int64 // census, µs

	entries []conversation.Entry
	acts    []speech.Acts
	flags   []flag
	lang    []uint8 // into languages
	langs   []string

	spoken  []string         // the names given, folded, as they may stand in a text
	staff   []bool           // by person: has spoken for the organisation
	brands  []bool           // by person: an account that several people use
	crowd   []bool           // by person: an account that many of the community use
	persons map[string]int   // names that stand for the organisation, folded
	voice   map[int32]string // who signed, where an account is shared
	flat    bool             // replies don't say whom they answer
	daily   bool             // times are days
	days    int              // messages that know only their day
	noName  int              // community messages without author
	crowds  int              // messages of accounts that many people use
}

// flag marks a message for reasons other than its acts.
type flag uint8

const (
	mentions   flag = 1 << iota // names the organisation
	copied                      // a template: at least three threads got it
	machine                     // a bot's, declared or found out
	spam                        // the source marks it as spam
	affiliated                  // the source says its author belongs to the organisation
)

// read goes through all texts once, in parallel by stretches: what is found in
// one message depends on that message alone.
func read(log *conversation.Log, opt Options) *reading {
	n := log.Len()
	r := &reading{log: log, opt: opt, par: opt.Parameters.or(Published()),
		entries: make([]conversation.Entry, n), acts: make([]speech.Acts, n), flags: make([]flag, n), lang: make([]uint8, n),
		staff: make([]bool, log.People()), brands: make([]bool, log.People()), voice: map[int32]string{}}
	log.Threads() // resolve before several read at once
	for i := range n {
		r.entries[i] = log.At(i)
	}
	r.census()
	r.names()
	r.texts()
	r.findCrowds()
	r.flat = r.flatness()
	r.templates()
	r.machines()
	return r
}

// census fixes the time up to which the log is believed complete.
func (r *reading) census() {
	if !r.opt.Until.IsZero() {
		r.until = r.opt.Until.UnixMicro()
	} else {
		for i := range r.entries {
			if t := r.entries[i].Time; i == 0 || t > r.until {
				r.until = t
			}
		}
	}
	for i := range r.entries {
		e := &r.entries[i]
		if e.Precision == conversation.Day {
			r.days++
		}
		if e.Deleted > r.until {
			e.Deleted = 0 // it stood at the census
		} else if gone(e) {
			e.Deleted = max(e.Deleted, e.Time)
		}
		if e.Author >= 0 && nobody(string(r.log.Person(e.Author))) {
			e.Author = -1
			r.crowds++
		}
		if e.Side == conversation.Organisation && e.Author >= 0 {
			r.staff[e.Author] = true
		}
		if e.Side == conversation.Community && e.Author < 0 {
			r.noName++
		}
	}
	r.daily = r.days*2 > len(r.entries)
	if r.daily { // a day is the source's own, wherever it is read, and what is soonest
		r.opt.Location, r.par.T1 = nil, max(r.par.T1, 24)
	}
}

// nobody says whether an account's name says that it has no owner.
func nobody(account string) bool {
	switch string(prose.Fold(nil, account)) {
	case "guest", "anonymous", "anonyme", "invite", "visiteur", "visitor", "unknown", "inconnu", "ghost", "[deleted]", "deleted":
		return true
	}
	return false
}

// An account is taken to be shared by many people when it opened so many
// threads, hardly ever came back to one, and was signed with so many names.
const (
	crowdThreads = 50
	crowdOpens   = .9
	crowdNames   = 5
)

// findCrowds finds the community's shared accounts. Their messages count as
// different people's where people's habits matter for an interval; as one
// account's for the cap, since a single person could pretend.
func (r *reading) findCrowds() {
	r.crowd = make([]bool, r.log.People())
	said, opened := make([]int, len(r.crowd)), make([]int, len(r.crowd))
	threads := r.log.Threads()
	opens := func(e *conversation.Entry) bool { return threads[e.Thread][0] == int32(e.Index) }
	for i := range r.entries {
		if e := &r.entries[i]; e.Author >= 0 && e.Side == conversation.Community {
			said[e.Author]++
			if opens(e) {
				opened[e.Author]++
			}
		}
	}
	names := map[int]map[string]bool{}
	for i := range r.entries {
		e := &r.entries[i]
		if e.Author < 0 || opened[e.Author] < crowdThreads || float64(opened[e.Author]) < crowdOpens*float64(said[e.Author]) || r.crowd[e.Author] || !r.acts[i].Has(speech.Signed) {
			continue
		}
		if name, ok := speech.Signature(r.log.Text(i)); ok {
			if names[e.Author] == nil {
				names[e.Author] = map[string]bool{}
			}
			names[e.Author][name] = true
			if len(names[e.Author]) >= crowdNames {
				r.crowd[e.Author] = true
				r.crowds += said[e.Author]
			}
		}
	}
}

// names gathers how the organisation may be addressed: the names given, and
// the accounts that speak for it.
func (r *reading) names() {
	r.persons = map[string]int{}
	add := func(name string) {
		name = string(prose.Fold(nil, strings.TrimPrefix(strings.TrimSpace(name), "@")))
		if len(name) > 1 {
			r.persons[name]++
		}
	}
	for _, name := range r.opt.Names {
		add(name)
		if name = string(prose.Fold(nil, strings.TrimSpace(name))); len(name) > 2 {
			r.spoken = append(r.spoken, name)
		}
	}
	for p, yes := range r.staff {
		if yes {
			add(string(r.log.Person(p)))
		}
	}
}

// texts reads every message once.
func (r *reading) texts() {
	n := len(r.entries)
	if n == 0 {
		return
	}
	index := map[string]uint8{"": 0}
	r.langs = []string{""}
	for l := range r.log.Languages() {
		name := base(r.log.Language(l))
		if _, ok := index[name]; !ok && len(r.langs) < 255 {
			index[name] = uint8(len(r.langs))
			r.langs = append(r.langs, name)
		}
	}
	for _, name := range []string{"fr", "en"} {
		if _, ok := index[name]; !ok && len(r.langs) < 255 {
			index[name] = uint8(len(r.langs))
			r.langs = append(r.langs, name)
		}
	}
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
					who := r.message(i, p.texts[i-p.from], p.more[i-p.from], index)
					if who != "" {
						voices.Lock()
						if who != brand {
							r.voice[int32(i)] = who
						}
						if a := r.entries[i].Author; a >= 0 {
							r.brands[a] = true
						}
						voices.Unlock()
					}
				}
			}
		})
	}
	for from := 0; from < n; from += stretch {
		p := piece{from: from, to: min(n, from+stretch)}
		for i := p.from; i < p.to; i++ {
			p.texts = append(p.texts, r.log.Text(i))
			p.more = append(p.more, r.log.Attributes(i))
		}
		pieces <- p
		r.opt.progress("reading", float64(p.to)/float64(n))
	}
	close(pieces)
	wg.Wait()
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
func (r *reading) message(i int, text string, more conversation.Attributes, index map[string]uint8) (agent string) {
	lang := base(r.log.Language(r.entries[i].Lang))
	if lang == "" || lang == "und" {
		lang = prose.Language(text)
	}
	r.lang[i] = index[lang]
	if lang != "fr" && lang != "en" {
		lang = ""
	}
	r.acts[i] = speech.Read(text, lang)
	var f flag
	if r.entries[i].Bot {
		f |= machine
	}
	if r.entries[i].Side == conversation.Community && r.mentioned(text) {
		f |= mentions
	}
	if more != "" {
		if truth(more, "spam") {
			f |= spam
		}
		if truth(more, "affiliated") || truth(more, "staff") {
			f |= affiliated
		}
		if r.entries[i].Side == conversation.Organisation {
			if agent = more.Text("agent"); agent == "" && r.log.Person(r.entries[i].Author) == conversation.PersonID(more.Text("org")) {
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

// mentioned looks for an @name of the organisation, or one of the names given
// standing in the text as a word.
func (r *reading) mentioned(text string) bool {
	for rest := text; ; {
		at := strings.IndexByte(rest, '@')
		if at < 0 {
			break
		}
		rest = rest[at+1:]
		end := strings.IndexFunc(rest, func(c rune) bool { return !inName(c) })
		if end < 0 {
			end = len(rest)
		}
		name := strings.TrimRight(rest[:end], ".-")
		if len(name) > 1 && r.persons[string(prose.Fold(nil, name))] > 0 {
			return true
		}
	}
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

// flatness says whether nearly all replies point at their thread's opener: then
// the source (a flat forum) doesn't say whom a message answers.
func (r *reading) flatness() bool {
	choice, opener := 0, 0
	for _, thread := range r.log.Threads() {
		for k, i := range thread {
			if to := r.entries[i].Reply; k >= 2 && to >= 0 {
				choice++
				if to == int(thread[0]) {
					opener++
				}
			}
		}
	}
	return choice >= 20 && float64(opener) > .9*float64(choice)
}

// substantive says whether message i can answer somebody: a person's, with
// something in it besides courtesy, and no advertisement.
func (r *reading) substantive(i int32) bool {
	return r.flags[i]&(machine|copied) == 0 && !r.acts[i].Hollow() && !r.acts[i].Any(speech.Automatic|speech.Campaign) && !r.entries[i].Private && !gone(&r.entries[i])
}
