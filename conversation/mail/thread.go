package mail

import (
	"cmp"
	"encoding/base64"
	"hash/maphash"
	"slices"
	"strings"
	"time"

	"github.com/entregent/entregent/conversation"
)

// When mails belong together that no ids tie, and when ids don't tie any more.
const (
	sameSubject = 30 * 24 * time.Hour // a subject again, later, is another matter
	newMatter   = 90 * 24 * time.Hour // an answer so late under another subject opens a thread
	lookBack    = 300                 // mails of one subject that are looked at
)

// How a mail was tied to what it answers, as conversation.Facts counts it.
const (
	ByID         = "id"         // In-Reply-To
	ByReferences = "references" // the last of References that is known
	ByIndex      = "thread-index"
	BySubject    = "subject"
)

// Hints are what a mail says of where it belongs.
type Hints struct {
	ID         string
	InReplyTo  []string
	References []string
	Index      []byte // Thread-Index, decoded: 22 bytes of the thread, five more an answer
	Subject    string
	List       string
	Author     string // address, as Mail.Author found it
	To         []string
	Time       time.Time
}

// Hints are what a mail says of where it belongs, but for Author and Time.
func (m *Mail) Hints() Hints {
	h := Hints{ID: m.ID, InReplyTo: m.InReplyTo, References: m.References, Subject: m.Subject, List: m.list.ID}
	if index := m.Header.Get("Thread-Index"); index != "" {
		index = strings.Map(func(r rune) rune {
			if r == ' ' || r == '\t' {
				return -1
			}
			return r
		}, index)
		if b, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(index, "=")); err == nil && len(b) >= indexRoot && (len(b)-indexRoot)%indexStep == 0 {
			h.Index = b
		}
	}
	for _, list := range [...][]Person{m.To, m.Cc} {
		for _, p := range list {
			h.To = append(h.To, p.Address)
		}
	}
	return h
}

// A Thread-Index has 22 bytes for the thread and five for each answer (MS-OXOMSG,
// 2.2.1.3).
const (
	indexRoot = 22
	indexStep = 5
)

// parent is the id that a mail says it answers; empty: none.
func (m *Mail) parent() string {
	switch {
	case len(m.InReplyTo) > 0:
		return m.InReplyTo[0]
	case len(m.References) > 0:
		return m.References[len(m.References)-1]
	}
	return ""
}

// Threader ties mails to each other. First by all the ids they name: a thread is
// the connected set of them. Then by Thread-Index. Then by subject, among people
// who share the exchange already, within 30 days; never across strangers. The
// zero value is ready.
type Threader struct {
	Ours func(address string) bool // nil: nobody said who the organisation is

	mails []hinted
	refs  []uint64          // of all mails: hashes of ids
	folk  []someone         // of all mails: addressees
	first map[uint64]string // the first id that a mail refers to, by its hash
	seed  maphash.Seed
}

// hinted is what is kept of a mail: hashes, so that a million of them fit.
type hinted struct {
	time         int64 // µs
	own          uint64
	base         uint64 // of the subject; 0: none
	list         uint64
	index, up    uint64 // of Thread-Index, and of that without its last answer
	root         uint64 // of its thread
	author       someone
	refs, folk   int32 // where they begin
	nRefs, nFolk int16
	direct       int16 // how many of the refs, the last ones, are In-Reply-To
	again        bool  // the subject says that it answers
	first        uint64
}

// someone is an address, as hashes of it and of its domain.
type someone struct {
	address, domain uint64 // domain 0: one where anybody may have an address
	ours            bool
}

// mostNames bounds what one mail may name: References of a thousand ids exist.
const mostNames = 2000

// Add takes a mail and gives its number: 0, 1, 2 …
func (t *Threader) Add(h Hints) int {
	if t.first == nil {
		t.first, t.seed = map[uint64]string{}, maphash.MakeSeed()
	}
	m := hinted{time: h.Time.UnixMicro(), own: t.hash(h.ID), list: t.hash(h.List), author: t.someone(h.Author), refs: int32(len(t.refs)), folk: int32(len(t.folk))}
	names := h.References[max(0, len(h.References)-mostNames):]
	for i, list := range [...][]string{names, h.InReplyTo[:min(len(h.InReplyTo), 20)]} {
		for _, id := range list {
			t.refs = append(t.refs, t.hash(id))
			m.nRefs++
			m.direct += int16(i)
		}
	}
	if m.nRefs > 0 {
		m.first = t.refs[m.refs]
		if _, known := t.first[m.first]; !known {
			t.first[m.first] = strings.Clone(slices.Concat(names, h.InReplyTo)[0])
		}
	}
	for _, to := range h.To[:min(len(h.To), mostNames)] {
		t.folk = append(t.folk, t.someone(to))
		m.nFolk++
	}
	base, again := Subject(h.Subject)
	m.base, m.again = t.hash(base), again || m.nRefs > 0
	if n := len(h.Index); n >= indexRoot {
		m.root, m.index = t.hash(string(h.Index[:indexRoot])), t.hash(string(h.Index))
		if n > indexRoot {
			m.up, m.again = t.hash(string(h.Index[:n-indexStep])), true
		}
	}
	t.mails = append(t.mails, m)
	return len(t.mails) - 1
}

// hash is 0 for nothing alone.
func (t *Threader) hash(s string) uint64 {
	if s == "" {
		return 0
	}
	return max(1, maphash.String(t.seed, s))
}

func (t *Threader) someone(address string) someone {
	host := domain(address)
	if isFree(host) {
		host = ""
	}
	return someone{t.hash(address), t.hash(host), t.Ours != nil && t.Ours(address)}
}

// Tied says where a mail belongs, by numbers of [Threader.Add].
type Tied struct {
	Mail   int
	Parent int    // that it answers; -1: none that is here
	Opener int    // the first of its thread
	Before string // the id of the thread's first mail, where that isn't here
	By     string // what tied it to its parent; empty: nothing
	Old    int    // the mail that it names but whose thread it leaves; -1
}

// Ties ties all mails, in order of time.
func (t *Threader) Ties(yield func(Tied)) {
	g := newTying(t)
	g.parents()
	g.late()
	g.byIDs()
	g.byIndex()
	g.bySubject()
	opener := make([]int32, len(g.set))
	for i := range opener {
		opener[i] = -1
	}
	for _, i := range g.order {
		root := g.find(i)
		if opener[root] < 0 {
			opener[root] = i
		}
		m := Tied{Mail: int(i), Parent: int(g.parent[i]), Opener: int(opener[root]), By: g.by[i], Old: int(g.old[i])}
		if o := &t.mails[m.Opener]; g.parent[m.Opener] < 0 && g.old[m.Opener] < 0 && o.nRefs > 0 && g.at[o.first] == 0 {
			m.Before = t.first[o.first]
		}
		yield(m)
	}
}

// tying is one run of [Threader.Ties].
type tying struct {
	*Threader
	order  []int32          // mails by time
	at     map[uint64]int32 // by id: one more than a mail's number; below 0: an id that is not here
	parent []int32
	by     []string
	old    []int32 // what a mail would answer, that opens a thread of its own; -1
	under  []int32 // the nearest mail above, or itself, that opened a thread so; -1
	set    []int32 // a forest of sets: mails, then ids that are not here
}

func newTying(t *Threader) *tying {
	n := len(t.mails)
	g := &tying{Threader: t, order: make([]int32, n), at: make(map[uint64]int32, n), parent: make([]int32, n), by: make([]string, n),
		old: make([]int32, n), under: make([]int32, n), set: make([]int32, n)}
	for i := range g.order {
		g.order[i], g.set[i], g.parent[i], g.old[i], g.under[i] = int32(i), int32(i), -1, -1, unknown
		if own := t.mails[i].own; own != 0 && g.at[own] == 0 {
			g.at[own] = int32(i) + 1
		}
	}
	slices.SortFunc(g.order, func(a, b int32) int { return cmp.Or(cmp.Compare(t.mails[a].time, t.mails[b].time), cmp.Compare(a, b)) })
	return g
}

const unknown = -2

func (t *Threader) refsOf(i int32) []uint64 {
	m := &t.mails[i]
	return t.refs[m.refs : m.refs+int32(m.nRefs)]
}

// parents finds what each mail answers: the first of In-Reply-To that is here, else
// the last of References that is.
func (g *tying) parents() {
	for i := range g.mails {
		refs := g.refsOf(int32(i))
		direct := len(refs) - int(g.mails[i].direct)
		for _, r := range refs[direct:] {
			if p := g.at[r] - 1; p >= 0 && p != int32(i) {
				g.parent[i], g.by[i] = p, ByID
				break
			}
		}
		for k := direct - 1; k >= 0 && g.parent[i] < 0; k-- {
			if p := g.at[refs[k]] - 1; p >= 0 && p != int32(i) {
				g.parent[i], g.by[i] = p, ByReferences
			}
		}
	}
}

// late opens a thread for each mail that answers an old one under another subject,
// and says of all mails below which such thread they are in.
func (g *tying) late() {
	for i := range g.mails {
		p := g.parent[i]
		if p < 0 {
			continue
		}
		m, q := &g.mails[i], &g.mails[p]
		if m.time-q.time > newMatter.Microseconds() && m.base != 0 && q.base != 0 && m.base != q.base {
			g.old[i], g.parent[i], g.by[i] = p, -1, ""
		}
	}
	var path []int32
	for i := range g.mails {
		at, found := int32(i), int32(-1)
		for path = path[:0]; ; at = g.parent[at] {
			if at < 0 {
				break
			}
			if g.under[at] != unknown {
				found = g.under[at]
				break
			}
			g.under[at] = -1 // ends rings
			path = append(path, at)
			if g.old[at] >= 0 {
				found = at
				break
			}
		}
		for _, p := range path {
			g.under[p] = found
		}
	}
}

// byIDs makes one set of all mails that name each other, or the same third.
func (g *tying) byIDs() {
	for i := range g.mails {
		i := int32(i)
		if g.old[i] >= 0 {
			continue
		}
		for _, r := range g.refsOf(i) {
			e := g.at[r]
			switch {
			case e > 0 && g.under[e-1] == g.under[i]:
				g.join(i, e-1)
			case e <= 0 && g.under[i] < 0:
				if e == 0 {
					g.set = append(g.set, int32(len(g.set)))
					e = -int32(len(g.set))
					g.at[r] = e
				}
				g.join(i, -e-1)
			}
		}
	}
	for r, e := range g.at { // from here on, 0 is an id that is not here
		if e < 0 {
			delete(g.at, r)
		}
	}
}

func (g *tying) find(i int32) int32 {
	for g.set[i] != i {
		g.set[i] = g.set[g.set[i]]
		i = g.set[i]
	}
	return i
}

func (g *tying) join(a, b int32) { g.set[g.find(a)] = g.find(b) }

// byIndex ties what no id ties and Outlook's Thread-Index does.
func (g *tying) byIndex() {
	last := map[uint64][]int32{} // by thread, in order of time
	exact := map[uint64]int32{}
	for _, i := range g.order {
		m := &g.mails[i]
		if m.root == 0 {
			continue
		}
		before := last[m.root]
		if len(before) > 0 && g.parent[i] < 0 && g.old[i] < 0 && !g.otherMatter(i, before[len(before)-1]) {
			p, ok := exact[m.up]
			if !ok || m.up == 0 {
				p = g.answered(i, before)
			}
			g.tie(i, p, ByIndex)
		}
		exact[m.index] = i
		last[m.root] = append(before[max(0, len(before)-lookBack):], i)
	}
}

func (g *tying) otherMatter(i, before int32) bool {
	m, b := &g.mails[i], &g.mails[before]
	return m.time-b.time > newMatter.Microseconds() && m.base != b.base
}

// answered is the last of some mails that somebody else wrote, else the last.
func (g *tying) answered(i int32, before []int32) int32 {
	for k := len(before) - 1; k >= 0; k-- {
		if g.mails[before[k]].author.address != g.mails[i].author.address {
			return before[k]
		}
	}
	return before[len(before)-1]
}

// tie makes i answer p, unless p is below it already.
func (g *tying) tie(i, p int32, by string) {
	if g.find(i) == g.find(p) {
		for up, n := p, 0; up >= 0 && n <= len(g.mails); up, n = g.parent[up], n+1 {
			if up == i {
				return
			}
		}
	}
	g.parent[i], g.by[i] = p, by
	g.join(i, p)
}

// bySubject ties answers that nothing else ties to the mails of the same subject
// that went before among the same people.
func (g *tying) bySubject() {
	recent := map[uint64][]int32{} // by subject, in order of time
	for _, i := range g.order {
		m := &g.mails[i]
		if m.base == 0 {
			continue
		}
		before := recent[m.base]
		if m.again && g.parent[i] < 0 && g.old[i] < 0 {
			if p := g.shared(i, before); p >= 0 {
				g.tie(i, p, BySubject)
			}
		}
		recent[m.base] = append(before[max(0, len(before)-lookBack):], i)
	}
}

// shared finds the mail that i answers among those of its subject, the last first:
// one of an exchange that its people share; -1: there is none.
func (g *tying) shared(i int32, before []int32) int32 {
	set, own := int32(-1), int32(-1)
	for k := len(before) - 1; k >= 0; k-- {
		x := before[k]
		if g.mails[i].time-g.mails[x].time > sameSubject.Microseconds() {
			break
		}
		if set >= 0 && g.find(x) != set || g.find(x) == g.find(i) {
			continue
		}
		if !g.share(i, x) {
			continue
		}
		if g.mails[x].author.address != g.mails[i].author.address {
			return x
		}
		if set < 0 {
			set, own = g.find(x), x
		}
	}
	return own
}

// joiner is a Threader for the files of a log.
type joiner struct {
	threader Threader
	numbers  []int32 // in the log
}

func (j *joiner) add(number int, h Hints) {
	j.threader.Add(h)
	j.numbers = append(j.numbers, int32(number))
}

// Join gives every mail its tie.
func (j *joiner) Join(log *conversation.Log, tie func(conversation.Tie)) {
	j.threader.Ties(func(t Tied) {
		to := conversation.Tie{Message: int(j.numbers[t.Mail]), Reply: -1, By: t.By, Weak: t.By == ByIndex || t.By == BySubject, Thread: conversation.ThreadID(t.Before)}
		if t.Parent >= 0 {
			to.Reply = int(j.numbers[t.Parent])
		}
		if t.Old >= 0 {
			to.Continues = log.ID(int(j.numbers[t.Old]))
		}
		if to.Thread == "" {
			to.Thread = conversation.ThreadID(log.ID(int(j.numbers[t.Opener])))
		}
		tie(to)
	})
}
