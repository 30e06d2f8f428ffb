package ride

import (
	"math"
	"slices"
)

// top keeps the k best matches, one of each ride; all when k is 0.
type top struct {
	k    int
	list []Match    // sorted when k isn't 0
	at   map[ID]int // when k is 0
}

func (t *top) add(m Match) {
	if t.k == 0 {
		t.collect(m)
		return
	}
	if i := slices.IndexFunc(t.list, func(o Match) bool { return o.ID == m.ID }); i >= 0 {
		if !less(&m, &t.list[i]) {
			return
		}
		t.list = slices.Delete(t.list, i, i+1)
	} else if len(t.list) == t.k && !less(&m, &t.list[t.k-1]) {
		return
	}
	i, _ := slices.BinarySearchFunc(t.list, m, func(a, b Match) int { return compare(&a, &b) })
	t.list = slices.Insert(t.list, i, m)
	if len(t.list) > t.k {
		t.list = t.list[:t.k]
	}
}

func (t *top) collect(m Match) {
	if t.at == nil {
		t.at = map[ID]int{}
	}
	i, ok := t.at[m.ID]
	if !ok {
		t.at[m.ID] = len(t.list)
		t.list = append(t.list, m)
	} else if less(&m, &t.list[i]) {
		t.list[i] = m
	}
}

// worst is what a match may cost that can still come in.
func (t *top) worst() float64 {
	if t.k == 0 || len(t.list) < t.k {
		return math.Inf(1)
	}
	return t.list[t.k-1].Cost()
}

// sorted gives the matches in order. All of them may be thousands, and a match is large: what they cost is sorted, and
// each is moved once.
func (t *top) sorted() []Match {
	if t.k != 0 || len(t.list) < 2 {
		return t.list
	}
	type key struct {
		cost float64
		at   int
	}
	keys := make([]key, len(t.list))
	for i := range t.list {
		keys[i] = key{t.list[i].Cost(), i}
	}
	slices.SortFunc(keys, func(a, b key) int {
		switch {
		case a.cost < b.cost:
			return -1
		case a.cost > b.cost:
			return 1
		}
		return compare(&t.list[a.at], &t.list[b.at])
	})
	list := make([]Match, len(keys))
	for i, k := range keys {
		list[i] = t.list[k.at]
	}
	return list
}
