package table

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
)

// crowd writes a table of n messages: threads of a few, a tenth by the
// organisation, texts of about 300 bytes with quotes and accents.
func crowd(n int) string {
	random := rand.New(rand.NewPCG(1, 2))
	said := strings.Fields("the brake pedal est restée collée on the highway yesterday and personne ne répond depuis lundi matin why could you please tell us when merci d'avance pour votre réponse \"urgent\" we are worried")
	var t strings.Builder
	w := csv.NewWriter(&t)
	_ = w.Write([]string{"id", "thread", "reply_to", "author", "side", "channel", "time", "text", "likes"})
	for i := range n {
		thread, reply, side := i-i%7, "", "community"
		if i != thread {
			reply = fmt.Sprintf("post-%d", thread+random.IntN(i-thread))
		}
		if i%10 == 3 {
			side = "organisation"
		}
		text := ""
		for len(text) < 290 {
			text += said[random.IntN(len(said))] + " "
		}
		_ = w.Write([]string{fmt.Sprintf("post-%d", i), fmt.Sprintf("topic-%d", thread), reply, fmt.Sprintf("person%d", random.IntN(1+n/20)), side, "forum",
			time.Date(2010, 1, 1, 0, 0, i*30, 0, time.UTC).Format(time.RFC3339), text, fmt.Sprintf(`{"likes":%d}`, i%5)})
	}
	w.Flush()
	return t.String()
}

// BenchmarkReadCSV reads ten thousand messages from a table.
func BenchmarkReadCSV(b *testing.B) {
	const n = 10_000
	text := crowd(n)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		log := conversation.NewLog(nowhere{})
		if err := conversation.Read(log, strings.NewReader(text), "crowd.csv", conversation.ReadOptions{Formats: Formats()}); err != nil || log.Len() != n {
			b.Fatalf("read %d messages: %v", log.Len(), err)
		}
	}
}

// nowhere is a keep that forgets, to time reading alone.
type nowhere struct{}

func (nowhere) Write(p []byte) (int, error)           { return len(p), nil }
func (nowhere) ReadAt(p []byte, _ int64) (int, error) { return len(p), nil }
