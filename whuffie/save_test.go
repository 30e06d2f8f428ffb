package whuffie

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

// small makes a world of which everything is in use.
func small(t testing.TB, seed uint64) *World {
	s := newStory(seed, 9)
	o := s.options(64)
	o.HarmWeight = -1
	w, err := Build(o, slices.Values(append(s.log(80), Event{Kind: Forget, From: "p1"})))
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestSaveForgets(t *testing.T) {
	w, err := New(Options{Known: []string{"Ana", "Bob"}, Walks: 64})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Tick(epoch); err != nil {
		t.Fatal(err)
	}
	err = w.Append(
		Event{Kind: Thanks, ID: "the-ride-to-Brest", From: "Ana", To: "Zoe Secret", Time: epoch},
		Event{Kind: Thanks, ID: "the-lamp", From: "Zoe Secret", To: "Bob", Time: epoch},
		Event{Kind: Harm, ID: "the-quarrel", From: "Bob", To: "Zoe Secret", Time: epoch, Reason: "never came"},
		Event{Kind: Forget, From: "Zoe Secret"},
	)
	if err != nil {
		t.Fatal(err)
	}
	state := string(saved(t, w))
	for _, trace := range []string{"Zoe", "ride-to-Brest", "the-lamp", "the-quarrel", "never came"} {
		if strings.Contains(state, trace) {
			t.Errorf("%q is still in the saved state", trace)
		}
	}
	for _, text := range [][]byte{w.names.text, w.ids.text} {
		if bytes.Contains(text, []byte("Zoe")) || bytes.Contains(text, []byte("the-")) {
			t.Errorf("memory still holds %q", text)
		}
	}
}

func TestLoadStopsAtTheEnd(t *testing.T) {
	state := saved(t, small(t, 1))
	r := bytes.NewReader(append(slices.Clone(state), "what follows"...))
	w, err := Load(iotest.OneByteReader(r))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(saved(t, w), state) {
		t.Error("what was loaded is saved otherwise")
	}
	if rest, _ := io.ReadAll(r); string(rest) != "what follows" {
		t.Errorf("Load left %q", rest)
	}
}

func TestLoadDamaged(t *testing.T) {
	state := saved(t, small(t, 2))
	for n := range len(state) {
		if _, err := Load(bytes.NewReader(state[:n])); !errors.Is(err, errTruncated) {
			t.Fatalf("cut after %d of %d bytes: %v", n, len(state), err)
		}
	}
	for n := range len(state) {
		damaged := slices.Clone(state)
		damaged[n] ^= 1 << (n % 8)
		if _, err := Load(bytes.NewReader(damaged)); err == nil {
			t.Fatalf("a bit of byte %d of %d changed, and nobody noticed", n, len(state))
		}
	}
	if _, err := Load(strings.NewReader("{\"kind\":\"thanks\"}     ")); err == nil || !strings.Contains(err.Error(), "begins with") {
		t.Errorf("another file: %v", err)
	}
	if _, err := Load(iotest.ErrReader(io.ErrClosedPipe)); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("a reader that fails: %v", err)
	}
}

// Frames can't be exchanged, doubled or left out.
func TestFrames(t *testing.T) {
	var b bytes.Buffer
	f := &frameWriter{w: &b}
	for range 3 * maxFrame / 8 {
		f.float(1.5)
	}
	if err := f.close(); err != nil {
		t.Fatal(err)
	}
	const frame = maxFrame + 8
	all := b.Bytes()
	one, two, rest := all[:frame], all[frame:2*frame], all[2*frame:]
	for _, parts := range [][][]byte{{two, one, rest}, {one, rest}, {one, one, two, rest}, {one, two, rest[:frame], rest}} {
		r := &frameReader{r: bytes.NewReader(slices.Concat(parts...))}
		for range 3 * maxFrame / 8 {
			r.float()
		}
		if err := r.close(); err == nil {
			t.Error("frames out of order, and nobody noticed")
		}
	}
	r := &frameReader{r: bytes.NewReader(all)}
	for range 3 * maxFrame / 8 {
		if v := r.float(); v != 1.5 {
			t.Fatalf("read %v", v)
		}
	}
	if err := r.close(); err != nil {
		t.Error(err)
	}
}

func TestSaveFails(t *testing.T) {
	w := small(t, 3)
	n := len(saved(t, w))
	for _, room := range []int{0, 5, len(magic) + 3, len(magic) + 20, n - 3} {
		if err := w.Save(&full{room}); !errors.Is(err, io.ErrShortWrite) {
			t.Errorf("a disk with room for %d of %d bytes: %v", room, n, err)
		}
	}
}

// full is a disk with a little room left.
type full struct{ room int }

func (f *full) Write(b []byte) (int, error) {
	if len(b) > f.room {
		return 0, io.ErrShortWrite
	}
	f.room -= len(b)
	return len(b), nil
}

// Whatever the content of the frames, though their checksums be right, Load gives a world that can be used, or an error.
func FuzzLoad(f *testing.F) {
	for seed := range uint64(4) {
		f.Add(content(f, saved(f, small(f, seed))))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		var b bytes.Buffer
		b.WriteString(magic)
		fw := &frameWriter{w: &b}
		fw.bytes(content)
		if err := fw.close(); err != nil {
			t.Fatal(err)
		}
		w, err := load(&b)
		if err != nil || w.opt.Walks > 1<<12 {
			return
		}
		w.walkAll()
		for who := range w.All() {
			if _, err := w.Explain(who); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Append(Event{Kind: Thanks, From: "someone", To: "else", Time: w.Clock()}); err != nil {
			t.Fatal(err)
		}
		if again, err := Load(bytes.NewReader(saved(t, w))); err != nil {
			t.Fatalf("what was loaded can be saved but not loaded again: %v", err)
		} else if err := same(w, again); err != nil {
			t.Fatal(err)
		}
	})
}

// content takes a state out of its frames.
func content(t testing.TB, state []byte) (all []byte) {
	r := &frameReader{r: bytes.NewReader(state[len(magic):])}
	for {
		if r.fill(); r.err != nil {
			t.Fatal(r.err)
		}
		if len(r.buf) == 0 {
			return all
		}
		all = append(all, r.buf...)
	}
}
