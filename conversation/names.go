package conversation

import (
	"hash/maphash"
	"slices"
	"strings"
)

// names numbers strings in the order they are met; "" is -1. It is a map and a
// list in one that holds each name once: a million of them take 27 to 37 bytes
// each beside their letters.
type names struct {
	list  []string
	slots []slot // as many as a power of two, a quarter of them free
	seed  maphash.Seed
	room  *strings.Builder // where the next names go, many to a piece of memory
}

// slot holds a name's number and a part of its hash; the zero slot is free.
type slot struct {
	hash   uint32
	number int32 // and one
}

// find gives a name's number, or where it would go.
func (t *names) find(s string) (n int32, hash uint32, at int, ok bool) {
	if len(t.slots) == 0 {
		return -1, 0, 0, false
	}
	hash = uint32(maphash.String(t.seed, s))
	mask := len(t.slots) - 1
	for at = int(hash) & mask; t.slots[at].number != 0; at = (at + 1) & mask {
		if k := t.slots[at]; k.hash == hash && t.list[k.number-1] == s {
			return k.number - 1, hash, at, true
		}
	}
	return -1, hash, at, false
}

// lookup gives the number of a name that was met.
func (t *names) lookup(s string) (n int32, ok bool) {
	n, _, _, ok = t.find(s)
	return n, ok
}

// number gives the number of a name, a new one when it wasn't met.
func (t *names) number(s string) int32 {
	if s == "" {
		return -1
	}
	n, hash, at, ok := t.find(s)
	if ok {
		return n
	}
	if 4*len(t.list) >= 3*len(t.slots) {
		t.grow()
		_, hash, at, _ = t.find(s)
	}
	n = int32(len(t.list))
	t.slots[at] = slot{hash, n + 1}
	t.list = append(t.list, t.settle(s))
	return n
}

func (t *names) grow() {
	old := t.slots
	if old == nil {
		t.seed = maphash.MakeSeed() // where a name lies, not its number, depends on it
	}
	t.slots = make([]slot, max(16, 2*len(old)))
	mask := len(t.slots) - 1
	for _, k := range old {
		if k.number == 0 {
			continue
		}
		at := int(k.hash) & mask
		for t.slots[at].number != 0 {
			at = (at + 1) & mask
		}
		t.slots[at] = k
	}
}

// settle copies a name to where it stays.
func (t *names) settle(s string) string {
	const most = 1 << 16
	if len(s) > most/8 {
		return strings.Clone(s)
	}
	if t.room == nil || t.room.Cap()-t.room.Len() < len(s) {
		t.room = new(strings.Builder)
		t.room.Grow(max(len(s), min(most, 64*len(t.list))))
	}
	from := t.room.Len()
	t.room.WriteString(s)
	return t.room.String()[from:]
}

func (t *names) name(n int32) string {
	if n < 0 {
		return ""
	}
	return t.list[n]
}

// clone gives names that can grow apart.
func (t *names) clone() names {
	return names{list: slices.Clone(t.list), slots: slices.Clone(t.slots), seed: t.seed}
}
