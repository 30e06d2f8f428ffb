package gift

import (
	"iter"
	"slices"
	"strings"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/prose"
)

// names is what people call each other in a conversation, learned from it: the
// account's own name, the name she signs with, and the name others use right
// after she spoke ("Thanks Robert"). One name may be several people's; who of
// them is meant is for the thread to say.
type names struct {
	account map[uint64][]int // hashed names: people
	called  map[uint64][]int
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
	person int
}

// learn gathers the names of a conversation.
func learn(f *finder) *names {
	n := &names{account: map[uint64][]int{}, called: map[uint64][]int{}}
	for p := range f.log.People() {
		if !f.crowd[p] {
			n.accountOf(p, string(f.log.Person(p)))
		}
	}
	signed, called, says, near := map[use]int{}, map[use]int{}, map[use]int{}, make([]int, f.log.People())
	for _, thread := range f.threads {
		for k, i := range thread {
			author, say := f.log.At(int(i)).Author, f.said[i]
			if author < 0 {
				continue
			}
			if say.signature != 0 {
				signed[use{say.signature, author}]++
			}
			before, after := f.neighbours(thread, k, author)
			for _, c := range say.calls {
				says[use{c.name, author}]++
				if !c.hailed || c.loose {
					continue
				}
				for _, p := range [...]int{before, after} {
					if p >= 0 {
						called[use{c.name, p}]++
						near[p]++
					}
				}
			}
		}
	}
	for u, times := range signed {
		if times >= signedTwice && !f.crowd[u.person] {
			n.add(n.called, u.name, u.person)
		}
	}
	rate := func(u use) float64 { return float64(called[u]) / float64(near[u.person]+2) }
	most := map[uint64]float64{} // by name
	for u := range called {
		most[u.name] = max(most[u.name], rate(u))
	}
	for u, times := range called {
		if times >= calledThrice && rate(u) >= calledShare && rate(u) >= calledMost*most[u.name] && calledSays*says[u] < times && !f.crowd[u.person] {
			n.add(n.called, u.name, u.person)
		}
	}
	return n
}

// neighbours are who spoke last before the k-th message of a thread, and first
// after it, besides its author; -1 when nobody did.
func (f *finder) neighbours(thread []int32, k, author int) (before, after int) {
	other := func(messages iter.Seq2[int, int32]) int {
		for _, i := range messages {
			if a := f.log.At(int(i)).Author; a >= 0 && a != author {
				return a
			}
		}
		return -1
	}
	return other(slices.Backward(thread[:k])), other(slices.All(thread[k+1:]))
}

// accountOf notes an account's name, and its first word: Marie in Marie Durand
// and in marie.durand@mairie.fr.
func (n *names) accountOf(p int, name string) {
	name = strings.TrimPrefix(name, "@")
	n.add(n.account, prose.Hash(name), p)
	if at := strings.IndexByte(name, '@'); at > 0 {
		name = name[:at]
	}
	if first, _, cut := strings.Cut(strings.Map(separate, name), " "); cut && len(first) > 2 {
		n.add(n.account, prose.Hash(first), p)
	}
}

func separate(r rune) rune {
	if strings.ContainsRune("._-+,", r) {
		return ' '
	}
	return r
}

func (n *names) add(to map[uint64][]int, name uint64, person int) {
	if !slices.Contains(to[name], person) {
		to[name] = append(to[name], person)
	}
}

// mean tells whether a call may mean a person.
func (n *names) mean(c call, person int) bool {
	return slices.Contains(n.account[c.name], person) || slices.Contains(n.called[c.name], person)
}

// only is the one person a name can mean; -1 when it is nobody's, or several's.
func (n *names) only(c call) int {
	all := slices.Concat(n.account[c.name], n.called[c.name])
	slices.Sort(all)
	if all = slices.Compact(all); len(all) == 1 {
		return all[0]
	}
	return -1
}

// shared says whether an account stands for whoever has none.
func shared(p conversation.PersonID) bool {
	switch string(prose.Fold(nil, string(p))) {
	case "guest", "anonymous", "anonyme", "invite", "visiteur", "visitor", "unknown", "inconnu", "ghost", "[deleted]", "deleted":
		return true
	}
	return false
}

// An account is taken to be shared by many people when it opened so many
// threads, hardly ever came back to one, and was signed with so many names; as
// package presence takes it.
const (
	crowdThreads = 50
	crowdOpens   = .9
	crowdNames   = 5
)

// findCrowds finds the community's shared accounts: who thanks with one, or is
// thanked, is nobody in particular.
func (f *finder) findCrowds() {
	said, opened, signed := make([]int, len(f.crowd)), make([]int, len(f.crowd)), map[use]bool{}
	names := make([]int, len(f.crowd))
	for _, thread := range f.threads {
		for k, i := range thread {
			e := f.log.At(int(i))
			if e.Author < 0 || e.Side == conversation.Organisation {
				continue
			}
			said[e.Author]++
			if k == 0 {
				opened[e.Author]++
			}
			if u := (use{f.said[i].signature, e.Author}); u.name != 0 && !signed[u] {
				signed[u] = true
				names[e.Author]++
			}
		}
	}
	for p := range f.crowd {
		if opened[p] >= crowdThreads && float64(opened[p]) >= crowdOpens*float64(said[p]) && names[p] >= crowdNames {
			f.crowd[p] = true
		}
	}
}
