package reporttest

import (
	"fmt"
	"io"
	"testing"
	"time"

	"github.com/entregent/entregent"
	"github.com/entregent/entregent/whuffie"
)

// Thanked is standing in a community of n people who all thank ana, and some
// each other.
func Thanked(t testing.TB, n int, names bool) *entregent.Whuffie {
	t.Helper()
	at := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	var log []whuffie.Event
	for i := range n {
		who := fmt.Sprintf("<b>%d", i)
		log = append(log, whuffie.Event{Kind: whuffie.Thanks, ID: who + "a", From: who, To: "ana", Time: at.Add(time.Duration(i) * time.Minute)})
		if i > 0 {
			log = append(log, whuffie.Event{Kind: whuffie.Thanks, ID: who + "b", From: who, To: fmt.Sprintf("<b>%d", i/2), Time: at.Add(time.Duration(i) * time.Minute)})
		}
	}
	x, err := entregent.MeasureWhuffie(nil, log, entregent.WhuffieOptions{Names: names, Walks: 1 << 12})
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// FullDisk is a writer that can't write.
type FullDisk struct{}

// Write gives io.ErrShortWrite.
func (FullDisk) Write([]byte) (int, error) { return 0, io.ErrShortWrite }
