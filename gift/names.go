package gift

import (
	"strings"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/prose"
	"github.com/entregent/entregent/speech"
)

// names is what people call each other in a conversation, learned from it: the
// account's own name, the name she signs with, and the name others use right
// after she spoke ("Thanks Robert"). One name may be several people's; who of
// them is meant is for the thread to say.
type names struct {
	called map[string]map[int]bool // folded name: people
	m      prose.Message
}

// A name that people use is taken for somebody's when it was used so often
// right after she spoke, and is so large a part of the names used then.
const (
	signedTwice  = 2
	calledThrice = 3
	calledShare  = .25
)

func learn(log *conversation.Log) *names {
	n := &names{called: map[string]map[int]bool{}}
	type use struct {
		name   string
		person int
	}
	signed, called, after := map[use]int{}, map[use]int{}, map[int]int{}
	for p := range log.People() {
		n.add(string(log.Person(p)), p)
	}
	for _, thread := range log.Threads() {
		last, before := -1, -1 // who spoke last, and the last who wasn't that one
		for _, i := range thread {
			e := log.At(int(i))
			text := log.Text(int(i))
			if name, ok := speech.Signature(text); ok && e.Author >= 0 {
				signed[use{fold(name), e.Author}]++
			}
			other := last
			if other == e.Author {
				other = before
			}
			if other >= 0 {
				for _, name := range n.vocatives(text) {
					called[use{name, other}]++
					after[other]++
				}
			}
			if e.Author >= 0 && e.Author != last {
				last, before = e.Author, last
			}
		}
	}
	for u, times := range signed {
		if times >= signedTwice {
			n.add(u.name, u.person)
		}
	}
	for u, times := range called {
		if times >= calledThrice && float64(times) >= calledShare*float64(after[u.person]) {
			n.add(u.name, u.person)
		}
	}
	return n
}

func (n *names) add(name string, person int) {
	name = fold(strings.TrimPrefix(name, "@"))
	if len(name) < 2 {
		return
	}
	if n.called[name] == nil {
		n.called[name] = map[int]bool{}
	}
	n.called[name][person] = true
}

func fold(s string) string { return string(prose.Fold(nil, s)) }

// hails are the words after which a name is somebody spoken to.
var hails = hashes("hi hello hey dear thanks thank you thx cheers ta morning evening afternoon merci bonjour salut bonsoir coucou cher chere bravo")

// allOf are the words that thank everybody.
var allOf = hashes("all everyone everybody guys folks both tous toutes deux monde")

func hashes(words string) map[uint64]bool {
	set := map[uint64]bool{}
	for _, w := range strings.Fields(words) {
		set[prose.Hash(w)] = true
	}
	return set
}

// vocatives are the names with which a text speaks to somebody: after a hail,
// or at the head of a sentence before a comma or a dash.
func (n *names) vocatives(text string) (out []string) {
	n.m.Read(text)
	for i, t := range n.m.Tokens {
		if t.Kind == prose.Mention {
			out = append(out, fold(strings.TrimPrefix(t.Text(text), "@")))
			continue
		}
		if t.Kind != prose.Word || !t.Capital || t.End-t.Start < 3 || hails[t.Hash] || allOf[t.Hash] {
			continue
		}
		hailed := i > 0 && hails[n.m.Tokens[i-1].Hash]
		headed := (i == 0 || t.Breaks > 0) && i+1 < len(n.m.Tokens) && strings.ContainsAny(n.m.Tokens[i+1].Text(text), ",-–:")
		if hailed || headed {
			out = append(out, fold(t.Text(text)))
		}
	}
	return out
}

// named is who a text names.
type named struct {
	persons   map[int]bool
	everybody bool
}

// in finds the people that a text of thanks speaks to.
func (n *names) in(text string) named {
	who := named{persons: map[int]bool{}}
	for _, name := range n.vocatives(text) {
		for p := range n.called[name] {
			who.persons[p] = true
		}
	}
	for i, t := range n.m.Tokens { // read by vocatives
		if i > 0 && allOf[t.Hash] && (hails[n.m.Tokens[i-1].Hash] || n.m.Tokens[i-1].Hash == prose.Hash("to") || n.m.Tokens[i-1].Hash == prose.Hash("a")) {
			who.everybody = true
		}
	}
	return who
}
