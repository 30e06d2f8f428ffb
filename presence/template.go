package presence

import (
	"slices"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/prose"
	"github.com/entregent/entregent/conversation/speech"
)

// A text that went, nearly word for word, to this many threads is a template.
const templateThreads = 3

const (
	bands      = 16 // of the sketches: two texts alike at .8 meet in one band at least with probability 1-(1-.8^8)^16 = .95
	bandLength = 8
)

// templates marks the organisation's copies: messages of which [Options]'
// likeness (Jaccard of three-word shingles, names and numbers blanked) is found
// in templateThreads threads or more. Candidates come from locality-sensitive
// hashing of MinHash sketches (Broder 1997; Leskovec, Rajaraman & Ullman ch. 3)
// and are then compared exactly.
func (r *reading) templates() {
	var own []int32
	var keys [][bands]uint64
	var set []uint64
	for i := range r.entries {
		e := &r.entries[i]
		if e.Side != conversation.Organisation || e.Time > r.until || r.acts[i].Has(speech.Empty) {
			continue
		}
		set = prose.Shingles(set[:0], r.log.Text(i))
		if len(set) == 0 {
			continue
		}
		own = append(own, int32(i))
		keys = append(keys, bandKeys(prose.Sketched(set)))
	}
	clusters := r.clusters(own, keys)
	threads := map[int32]map[int]bool{}
	for k, i := range own {
		root := clusters.root(int32(k))
		if threads[root] == nil {
			threads[root] = map[int]bool{}
		}
		threads[root][r.entries[i].Thread] = true
	}
	for k, i := range own {
		if len(threads[clusters.root(int32(k))]) >= templateThreads {
			r.flags[i] |= copied
		}
	}
}

func bandKeys(s prose.Sketch) (keys [bands]uint64) {
	for b := range keys {
		h := uint64(b) + 0x9e3779b97f4a7c15
		for _, x := range s[b*bandLength : (b+1)*bandLength] {
			h = (h ^ x) * 0xff51afd7ed558ccd
			h ^= h >> 32
		}
		keys[b] = h
	}
	return keys
}

// clusters joins messages that share a band and are alike enough.
func (r *reading) clusters(own []int32, keys [][bands]uint64) forest {
	f := newForest(len(own))
	order := make([]int32, len(own))
	var first, other []uint64
	for b := range bands {
		for k := range order {
			order[k] = int32(k)
		}
		slices.SortFunc(order, func(x, y int32) int {
			switch p, q := keys[x][b], keys[y][b]; {
			case p < q:
				return -1
			case p > q:
				return 1
			}
			return int(x - y)
		})
		for from := 0; from < len(order); {
			to := from + 1
			for to < len(order) && keys[order[to]][b] == keys[order[from]][b] {
				to++
			}
			if to-from > 1 {
				first = prose.Shingles(first[:0], r.log.Text(int(own[order[from]])))
				for _, k := range order[from+1 : to] {
					if f.root(k) == f.root(order[from]) {
						continue
					}
					other = prose.Shingles(other[:0], r.log.Text(int(own[k])))
					if prose.Jaccard(first, other) >= r.par.TemplateJaccard {
						f.join(k, order[from])
					}
				}
			}
			from = to
		}
	}
	return f
}

// forest is a union-find.
type forest []int32

func newForest(n int) forest {
	f := make(forest, n)
	for i := range f {
		f[i] = int32(i)
	}
	return f
}

func (f forest) root(i int32) int32 {
	for f[i] != i {
		f[i] = f[f[i]]
		i = f[i]
	}
	return i
}

func (f forest) join(a, b int32) {
	a, b = f.root(a), f.root(b)
	f[max(a, b)] = min(a, b)
}

// machines finds the organisation's undeclared bots: accounts of which nine
// messages in ten, of twenty or more, are copies or say they are automatic.
func (r *reading) machines() {
	said := make([]int, len(r.staff))
	copies := make([]int, len(r.staff))
	for i := range r.entries {
		e := &r.entries[i]
		if e.Author < 0 || e.Side != conversation.Organisation {
			continue
		}
		said[e.Author]++
		if r.flags[i]&(copied|machine) != 0 || r.acts[i].Has(speech.Automatic) {
			copies[e.Author]++
		}
	}
	for i := range r.entries {
		e := &r.entries[i]
		if e.Author >= 0 && e.Side == conversation.Organisation && said[e.Author] >= 20 && copies[e.Author]*10 >= said[e.Author]*9 {
			r.flags[i] |= machine
		}
	}
}
