package gift

import (
	"iter"
	"slices"
	"strings"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/prose"
	"github.com/entregent/entregent/conversation/reading"
	"github.com/entregent/entregent/conversation/speech"
)

// names is what people call each other in a conversation, learned from it: the
// account's own name, the name she signs with, and the name others use right
// after she spoke ("Thanks Robert"). One name may be several people's; who of
// them is meant is for the thread to say.
type names struct {
	account map[uint64][]int // hashed names: people
	called  map[uint64][]int // the same, as it was learned

	used    map[use]times
	bearers map[uint64][]int32 // by name: who signs or is called so
	borne   map[int32][]uint64 // by person: how others may call her
	near    []int32            // by person: names that were used next to what she said

	uses  map[use]times   // what changed, as it was before; nil: nobody asks
	moved map[int32]int32 // the same, of near
}

func newNames() *names {
	return &names{account: map[uint64][]int{}, called: map[uint64][]int{}, used: map[use]times{}, bearers: map[uint64][]int32{}, borne: map[int32][]uint64{}}
}

// A name is somebody's when she signed with it so often, or when others used it
// so often next to what she said, it is so large a part of the names used there
// and nearly as large as for whoever it is used most, and she herself doesn't use
// it for others.
const (
	signedTwice  = 2
	calledThrice = 3
	calledShare  = .25
	calledMost   = .8
	calledSays   = 4
)

// use is a name and whom it may mean.
type use struct {
	name   uint64
	person int32
}

// times says how often: she signed so, others used it next to what she said, and
// she used it; and how often she signed so when not speaking for the organisation.
type times struct{ signed, called, says, apart int32 }

// count counts the names used in a thread, and who wrote there, or takes them out
// again with -1.
func (f *finder) count(thread []int32, by int32) {
	n := f.names
	var sides [2][]int32
	for k, i := range thread {
		e, say := f.log.At(int(i)), f.says(int(i))
		if e.Author < 0 {
			continue
		}
		a := &f.people[e.Author]
		a.wrote += by
		apart := e.Side != conversation.Organisation
		if !apart {
			a.ours += by
		} else if a.said += by; k == 0 {
			a.opened += by
		}
		if say.Signature != 0 {
			t := times{signed: by}
			if apart {
				t.apart = by
			}
			if was, is := n.add(use{say.Signature, int32(e.Author)}, t); was.apart == 0 && is.apart > 0 || was.apart > 0 && is.apart == 0 {
				a.signs += by
			}
		}
		if len(say.Calls) == 0 {
			continue
		}
		if sides[0] == nil {
			sides = f.neighbours(thread)
		}
		for _, c := range say.Calls {
			n.add(use{c.Name, int32(e.Author)}, times{says: by})
			if !c.Hailed || c.Loose {
				continue
			}
			for _, side := range sides {
				if p := side[k]; p >= 0 {
					n.add(use{c.Name, p}, times{called: by})
					n.beside(p, by)
				}
			}
		}
	}
}

// beside adds to how often names are used next to what somebody said.
func (n *names) beside(p, by int32) {
	if _, known := n.moved[p]; n.moved != nil && !known {
		n.moved[p] = n.near[p]
	}
	n.near[p] += by
}

// add adds to how often a name was used.
func (n *names) add(u use, t times) (was, is times) {
	was = n.used[u]
	if _, known := n.uses[u]; n.uses != nil && !known {
		n.uses[u] = was
	}
	is = times{was.signed + t.signed, was.called + t.called, was.says + t.says, was.apart + t.apart}
	if is == (times{}) {
		delete(n.used, u)
	} else {
		n.used[u] = is
	}
	switch before, after := was.signed+was.called, is.signed+is.called; {
	case before == 0 && after > 0:
		n.bearers[u.name] = append(n.bearers[u.name], u.person)
		n.borne[u.person] = append(n.borne[u.person], u.name)
	case before > 0 && after == 0:
		n.bearers[u.name] = without(n.bearers[u.name], u.person)
		n.borne[u.person] = without(n.borne[u.person], u.name)
	}
	return was, is
}

// without is a list without one of its members; its order doesn't matter.
func without[T comparable](list []T, one T) []T {
	if at := slices.Index(list, one); at >= 0 {
		list[at] = list[len(list)-1]
		list = list[:len(list)-1]
	}
	return list
}

// learn says anew whom a name means, and whether that changed.
func (n *names) learn(name uint64, people []account) (changed bool) {
	rate := func(p int32, t times) float64 { return float64(t.called) / float64(n.near[p]+2) }
	most := 0.0
	for _, p := range n.bearers[name] {
		most = max(most, rate(p, n.used[use{name, p}]))
	}
	var means []int
	for _, p := range n.bearers[name] {
		t := n.used[use{name, p}]
		often := t.called >= calledThrice && rate(p, t) >= calledShare && rate(p, t) >= calledMost*most && calledSays*t.says < t.called
		if (t.signed >= signedTwice || often) && !people[p].crowd {
			means = append(means, int(p))
		}
	}
	slices.Sort(means)
	if slices.Equal(means, n.called[name]) {
		return false
	}
	if len(means) == 0 {
		delete(n.called, name)
	} else {
		n.called[name] = means
	}
	return true
}

// neighbours are, for each message of a thread, who spoke last before it and
// first after it, besides its author; -1 when nobody did.
func (f *finder) neighbours(thread []int32) (sides [2][]int32) {
	near := func(out []int32, messages iter.Seq2[int, int32]) {
		last, other := int32(-1), int32(-1)
		for k, i := range messages {
			a := int32(f.log.At(int(i)).Author)
			if out[k] = last; a == last {
				out[k] = other
			}
			if a >= 0 && a != last {
				last, other = a, last
			}
		}
	}
	for side := range sides {
		sides[side] = make([]int32, len(thread))
	}
	near(sides[0], slices.All(thread))
	near(sides[1], slices.Backward(thread))
	return sides
}

// accountOf notes an account's name, and its first word, or takes them back. It
// gives the names.
func (n *names) accountOf(p int, account string, is bool) []uint64 {
	names := accountNames(nil, account)
	for _, name := range names {
		if bear := slices.Contains(n.account[name], p); is && !bear {
			n.account[name] = append(n.account[name], p)
		} else if bear && !is {
			n.account[name] = without(n.account[name], p)
		}
	}
	return names
}

// accountNames appends the names that an account itself tells: the whole, and its
// first word: Marie in Marie Durand and in marie.durand@mairie.fr.
func accountNames(names []uint64, account string) []uint64 {
	account = strings.TrimPrefix(account, "@")
	names = append(names, prose.Hash(account))
	if at := strings.IndexByte(account, '@'); at > 0 {
		account = account[:at]
	}
	if first, _, cut := strings.Cut(strings.Map(separate, account), " "); cut && len(first) > 2 {
		names = append(names, prose.Hash(first))
	}
	return names
}

// means appends the names that may mean a person of an account.
func (n *names) means(p int, account string, names []uint64) []uint64 {
	names = slices.DeleteFunc(accountNames(names, account), func(name uint64) bool { return !slices.Contains(n.account[name], p) })
	for _, name := range n.borne[int32(p)] {
		if slices.Contains(n.called[name], p) {
			names = append(names, name)
		}
	}
	return names
}

func separate(r rune) rune {
	if strings.ContainsRune("._-+,", r) {
		return ' '
	}
	return r
}

// only is the one person a name can mean; -1 when it is nobody's, or several's.
func (n *names) only(c reading.Call) int {
	all := slices.Concat(n.account[c.Name], n.called[c.Name])
	slices.Sort(all)
	if all = slices.Compact(all); len(all) == 1 {
		return all[0]
	}
	return -1
}

// many tells whether many people use an account, so that who thanks with it, or is
// thanked, is nobody in particular.
func (a *account) many() bool {
	return a.nobody || speech.OpensAsMany(int(a.opened), int(a.said)) && a.signs >= speech.CrowdNames
}
