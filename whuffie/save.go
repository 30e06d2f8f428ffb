package whuffie

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"time"
)

// Save writes the world: the log in the form in which it counts, the circles and the clock. Erased names and IDs aren't
// in it. The same history gives the same bytes, whether it was appended event by event or built at once.
func (w *World) Save(to io.Writer) error {
	if _, err := io.WriteString(to, magic); err != nil {
		return fmt.Errorf("saving whuffie: %w", err)
	}
	f := &frameWriter{w: to, buf: make([]byte, 0, 2*maxFrame)}
	w.saveOptions(f)
	w.saveWords(f)
	by := w.stick.base - w.stick.rebased(w.clock)
	for p := range w.people {
		q := &w.people[p]
		saveRow(f, &q.thanks, by)
		if q.harm >= 0 {
			saveRow(f, &w.harm[q.harm], by)
		} else {
			saveRow(f, &row{}, by)
		}
	}
	for _, circle := range w.circles {
		f.uint(uint64(len(circle)))
		for _, p := range circle {
			f.uint(uint64(p))
		}
	}
	if err := f.close(); err != nil {
		return fmt.Errorf("saving whuffie: %w", err)
	}
	return nil
}

func (w *World) saveOptions(f *frameWriter) {
	o := w.opt
	f.uint(uint64(o.Walks))
	f.uint(uint64(o.halfLife()))
	for _, v := range []float64{o.Follow, o.Reserve, o.HarmReserve, o.HarmWeight} {
		f.float(v)
	}
	f.uint(o.Seed)
	f.uint(uint64(w.clock))
}

// saveWords writes names with their flags, and IDs with who said them.
func (w *World) saveWords(f *frameWriter) {
	f.uint(uint64(len(w.people)))
	for p := range w.people {
		f.word(w.names.bytes(uint32(p)))
		flags := byte(0)
		if w.people[p].organisation {
			flags = 1
		}
		f.bytes([]byte{flags})
	}
	f.uint(uint64(len(w.owners)))
	for n, owner := range w.owners {
		f.word(w.ids.bytes(uint32(n)))
		f.uint(uint64(owner))
	}
}

const markSize = 24

// saveRow writes a row in units of the clock's base; what is 2^900 times smaller than that is nothing.
func saveRow(f *frameWriter, r *row, by int) {
	canonical := func(v float64) uint64 {
		if v = scale(v, by); v < 0x1p-900 {
			v = 0
		}
		return math.Float64bits(v)
	}
	f.uint(uint64(len(r.marks)))
	if len(r.marks) == 0 {
		return
	}
	b := make([]byte, 0, markSize)
	for _, m := range r.marks {
		b = binary.LittleEndian.AppendUint64(b[:0], canonical(m.end))
		b = binary.LittleEndian.AppendUint32(b, m.to)
		b = binary.LittleEndian.AppendUint32(b, m.time)
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(m.weight))
		b = binary.LittleEndian.AppendUint32(b, m.id)
		f.bytes(b)
	}
	f.bytes(binary.LittleEndian.AppendUint64(nil, canonical(r.mass)))
}

// Load reads a saved world and walks anew: it goes on exactly where the saved one stood. It reads up to the end of the
// state and not beyond. A state that is cut short, damaged or of another version is an error.
func Load(from io.Reader) (*World, error) {
	w, err := load(from)
	if err != nil {
		return nil, fmt.Errorf("reading whuffie state: %w", err)
	}
	w.walkAll()
	return w, nil
}

func load(from io.Reader) (*World, error) {
	head := make([]byte, len(magic))
	if _, err := io.ReadFull(from, head); err != nil {
		return nil, truncated(err)
	}
	if string(head) != magic {
		return nil, fmt.Errorf("it begins with %q, not with %q", head, magic)
	}
	f := &frameReader{r: from}
	w, err := loadOptions(f)
	if err != nil {
		return nil, err
	}
	w.loadWords(f)
	l := loader{w: w, f: f}
	for p := 0; p < len(w.people) && f.err == nil; p++ {
		q := &w.people[p]
		q.thanks = l.row(uint32(p), w.reserves.thanks)
		if harm := l.row(uint32(p), w.reserves.harm); len(harm.marks) > 0 {
			w.reporter(uint32(p), harm)
		}
	}
	for c := range w.circles {
		n := f.uint(uint64(len(w.people)), "the size of a circle")
		for range n {
			w.circles[c] = append(w.circles[c], l.person(uint32(f.uint(none, "a person"))))
		}
	}
	return w, f.close()
}

func loadOptions(f *frameReader) (*World, error) {
	o := Options{
		Walks:    int(f.uint(maxWalks, "the number of walks")),
		HalfLife: time.Duration(f.uint(math.MaxInt64/uint64(time.Second), "the half-life")) * time.Second,
	}
	for _, v := range []*float64{&o.Follow, &o.Reserve, &o.HarmReserve, &o.HarmWeight} {
		*v = f.float()
	}
	o.Seed = f.uint(math.MaxUint64, "the seed")
	clock := uint32(f.uint(math.MaxUint32, "the clock"))
	if f.err != nil {
		return nil, f.err
	}
	w, err := empty(o)
	if err != nil {
		return nil, err
	}
	if clock != endOfDay(clock) {
		return nil, errors.New("damaged: its clock stands within a day")
	}
	w.clock = clock
	w.stick.base = w.stick.rebased(clock)
	w.setClock(clock)
	return w, nil
}

// loadWords reads names and IDs; an empty one was erased.
func (w *World) loadWords(f *frameReader) {
	n := f.uint(none-1, "the number of people")
	for i := uint64(0); i < n && f.err == nil; i++ {
		name := f.word()
		f.fail(w.names.restore(name))
		flags, _ := f.ReadByte()
		w.people = append(w.people, person{key: w.hash(name), harm: -1, organisation: flags == 1, gone: name == ""})
	}
	n = f.uint(none-1, "the number of IDs")
	for i := uint64(0); i < n && f.err == nil; i++ {
		f.fail(w.ids.restore(f.word()))
		owner := uint32(f.uint(none, "who said something"))
		if owner != none && int(owner) >= len(w.people) {
			f.fail(errors.New("damaged: somebody unknown said something"))
		}
		w.owners = append(w.owners, owner)
	}
}

// loader reads rows into few large pieces of memory.
type loader struct {
	w     *World
	f     *frameReader
	marks []mark
	arena []mark
}

// row reads the row of person p.
func (l *loader) row(p uint32, reserve float64) row {
	n := l.f.uint(math.MaxUint32, "the length of a row")
	if n == 0 {
		return row{}
	}
	l.marks = l.marks[:0]
	var b [markSize]byte
	for i := uint64(0); i < n && l.f.err == nil; i++ {
		l.f.bytes(b[:])
		l.marks = append(l.marks, mark{
			end:    math.Float64frombits(binary.LittleEndian.Uint64(b[:])),
			to:     l.person(binary.LittleEndian.Uint32(b[8:])),
			time:   binary.LittleEndian.Uint32(b[12:]),
			weight: math.Float32frombits(binary.LittleEndian.Uint32(b[16:])),
			id:     binary.LittleEndian.Uint32(b[20:]),
		})
	}
	r := row{marks: l.keep(), mass: l.f.float()}
	if l.f.err == nil {
		l.f.fail(l.check(p, &r, reserve))
	}
	return r
}

// keep moves the marks read to where they stay.
func (l *loader) keep() []mark {
	n := len(l.marks)
	if cap(l.arena)-len(l.arena) < n {
		l.arena = make([]mark, 0, max(1<<14, n))
	}
	at := len(l.arena)
	l.arena = append(l.arena, l.marks...)
	return slices.Clip(l.arena[at:])
}

// check refuses what no world can hold, though its checksum be right.
func (l *loader) check(p uint32, r *row, reserve float64) error {
	before := 0.0
	for _, m := range r.marks {
		w := abs(m.weight)
		switch {
		case !(m.end >= before && m.end <= reserve+r.mass):
			return errors.New("damaged: a row isn't in order")
		case !(w > 0 && w <= 1) || m.time > l.w.clock || m.to == p:
			return errors.New("damaged: a thanks has no meaning")
		case m.id != none && (int(m.id) >= len(l.w.owners) || l.w.owners[m.id] != p):
			return errors.New("damaged: an ID belongs to somebody else")
		}
		before = m.end
	}
	if !(r.mass >= 0 && r.mass <= 0x1p60) {
		return errors.New("damaged: a row has no mass")
	}
	return nil
}

// person checks the number of a person; one who was erased is none.
func (l *loader) person(p uint32) uint32 {
	if p == none || int(p) < len(l.w.people) && !l.w.people[p].gone {
		return p
	}
	l.f.fail(errors.New("damaged: a person is missing"))
	return none
}
