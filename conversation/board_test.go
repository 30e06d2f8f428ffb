package conversation

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestBoardIsALog: whatever is put on a board, and put again with another time,
// thread or reply, it says what a log says to which the messages were appended as
// they stand in the end.
func TestBoardIsALog(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	b := NewLiveIndex()
	var all []Message
	id := func(n int) MessageID { return MessageID(fmt.Sprint("m", n)) }
	for step := range 3000 {
		i := rng.IntN(len(all) + 1)
		if rng.IntN(2) == 0 {
			i = len(all)
		}
		m := Message{ID: id(i), Thread: ThreadID(fmt.Sprint("t", rng.IntN(1+i/4))), Author: PersonID(fmt.Sprint("p", rng.IntN(9))), Side: Side(rng.IntN(3)),
			Time: time.UnixMicro(int64(rng.IntN(40)) * 1e6).UTC(), Sequence: int64(rng.IntN(2)), Precision: Precision(rng.IntN(10) / 9), Text: "a text"}
		if rng.IntN(3) > 0 {
			m.ReplyTo = id(rng.IntN(i + 3)) // itself, behind it, or not here yet
		}
		if rng.IntN(9) == 0 {
			m.Deleted = m.Time.Add(time.Hour)
		}
		if i == len(all) {
			all = append(all, m)
		}
		all[i] = m
		_, touched := b.Put(m, int64(i))
		if len(touched) == 0 {
			t.Fatalf("step %d: nothing was touched", step)
		}
		if step%(1+step/40) == 0 {
			same(t, step, b, all)
		}
	}
}

func same(t *testing.T, step int, b *LiveIndex, all []Message) {
	t.Helper()
	log := NewLog(nil)
	for _, m := range all {
		log.Append(m)
	}
	type line struct {
		ID, Reply MessageID
		Thread    ThreadID
		Author    PersonID
		Entry     Entry
	}
	tell := func(threads [][]int32, at func(int) Entry, id func(int) MessageID, thread func(int) ThreadID, person func(int) PersonID) (lines []line) {
		for _, members := range threads {
			for _, i := range members {
				e := at(int(i))
				l := line{ID: id(int(i)), Thread: thread(e.Thread), Author: person(e.Author), Entry: e}
				if e.Reply >= 0 {
					l.Reply = id(e.Reply)
				}
				l.Entry.Index, l.Entry.Thread, l.Entry.Author, l.Entry.Reply = 0, 0, 0, 0 // numbers may differ
				lines = append(lines, l)
			}
		}
		return lines
	}
	var threads [][]int32
	for _, m := range log.Threads() {
		if len(m) > 0 {
			threads = append(threads, m)
		}
	}
	want := tell(threads, log.At, log.ID, log.Thread, log.Person)
	got := tell(b.Threads(), b.At, b.ID, b.Thread, b.Person)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("step %d: -log +board\n%s", step, diff)
	}
}
