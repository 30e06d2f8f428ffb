package whuffie

import (
	"errors"
	"fmt"
	"hash/maphash"
	"math"
)

// words gives each distinct text a small number, in the order of arrival: the names of people, the IDs of thanks. The
// text of an erased word is gone and its number is never given again.
type words struct {
	text  []byte   // all words, end to end
	ends  []uint32 // where word n ends in text
	slots []uint32 // open addressing: n+1, or 0 for free
	used  int      // slots taken, erased words among them
	seed  maphash.Seed
}

// none is the number of no word, and of nobody.
const none = math.MaxUint32

var errFull = errors.New("more text than one world holds (4 GB)")

// get is the text of word n; "" if it was erased.
func (w *words) get(n uint32) string {
	return string(w.bytes(n))
}

func (w *words) bytes(n uint32) []byte {
	start := uint32(0)
	if n > 0 {
		start = w.ends[n-1]
	}
	b := w.text[start:w.ends[n]]
	if len(b) > 0 && b[0] == 0 {
		return nil
	}
	return b
}

// find is the number of a word, or none.
func (w *words) find(s string) uint32 {
	if len(w.slots) == 0 || s == "" {
		return none
	}
	for i := w.slot(s); ; i++ {
		n := w.slots[i&(len(w.slots)-1)]
		if n == 0 {
			return none
		}
		if string(w.bytes(n-1)) == s {
			return n - 1
		}
	}
}

// add is the number of a word, which is new or not. Words aren't empty and hold no zero byte (see checkWord).
func (w *words) add(s string) (uint32, error) {
	if n := w.find(s); n != none {
		return n, nil
	}
	n := len(w.ends)
	if n >= none-1 || len(w.text)+len(s) > math.MaxUint32 {
		return none, errFull
	}
	w.text = append(w.text, s...)
	w.ends = append(w.ends, uint32(len(w.text)))
	if 4*(w.used+1) > 3*len(w.slots) {
		w.grow()
	} else {
		w.put(s, uint32(n))
	}
	return uint32(n), nil
}

// restore adds a word that was saved; "" stands for an erased one.
func (w *words) restore(s string) error {
	if err := checkWord(s); err != nil {
		return err
	}
	if s == "" {
		w.ends = append(w.ends, uint32(len(w.text)))
		return nil
	}
	n := len(w.ends)
	got, err := w.add(s)
	if err == nil && int(got) != n {
		err = fmt.Errorf("damaged: %q is there twice", s)
	}
	return err
}

// erase overwrites the text of word n with zeros.
func (w *words) erase(n uint32) {
	clear(w.bytes(n))
}

func (w *words) slot(s string) int {
	return int(maphash.String(w.seed, s) & uint64(len(w.slots)-1))
}

func (w *words) put(s string, n uint32) {
	i := w.slot(s)
	for w.slots[i&(len(w.slots)-1)] != 0 {
		i++
	}
	w.slots[i&(len(w.slots)-1)] = n + 1
	w.used++
}

// grow doubles the table and drops the erased words from it.
func (w *words) grow() {
	if w.slots == nil {
		w.seed = maphash.MakeSeed() // decides where a word lies in the table, and nothing that can be seen
	}
	size := 16
	for 2*size < 3*len(w.ends) {
		size *= 2
	}
	w.slots, w.used = make([]uint32, size), 0
	for n := range w.ends {
		if s := w.get(uint32(n)); s != "" {
			w.put(s, uint32(n))
		}
	}
}
