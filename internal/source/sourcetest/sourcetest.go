// Package sourcetest holds every source.Sender to its role: an answer arrives once,
// with its words, whatever is tried again, and a failure says whether trying again
// can mend it.
package sourcetest

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/job"
	"github.com/entregent/entregent/internal/source"
	"github.com/entregent/entregent/internal/store"
)

// Arrived is an answer as its place has it.
type Arrived struct {
	ID   string // by which the place knows it again
	Text string
}

// Place is the other side of a Sender.
type Place struct {
	Source source.Source
	// Arrived gives what the place was sent, in order.
	Arrived func(t *testing.T) []Arrived
	// Repeats is true where a try after a lost reply may arrive a second time, under
	// the same id.
	Repeats bool
	// Break makes the place refuse what is sent from now on, by the ways in which it
	// can.
	Break map[Refusal]func(t *testing.T)
	// Repair makes it take answers again; nil when there is no Break.
	Repair func(t *testing.T)
}

// Refusal is how a place refuses answers.
type Refusal bool

// The ways to refuse.
const (
	ForGood   Refusal = true  // trying again can't mend it
	ForAWhile Refusal = false // it can
)

// Run holds a Sender to its role at a place that open makes anew for each part.
func Run(t *testing.T, open func(t *testing.T) (source.Sender, *Place)) {
	t.Run("an answer arrives once", func(t *testing.T) {
		sender, place := open(t)
		once(t, sender, place)
	})
	t.Run("answers arrive in order", func(t *testing.T) {
		sender, place := open(t)
		var want []string
		for _, text := range []string{"Oui.", "Non :\n.\nfin", "1 < 2 & é 😀"} {
			a := NewAnswer(place.Source.Name, text, text)
			send(t, sender, place, a)
			want = append(want, text)
		}
		var got []string
		for _, a := range place.Arrived(t) {
			got = append(got, a.Text)
		}
		if !slices.Equal(got, want) {
			t.Errorf("arrived %q, want %q", got, want)
		}
	})
	for _, refusal := range []Refusal{ForGood, ForAWhile} {
		t.Run(map[Refusal]string{ForGood: "refused for good", ForAWhile: "refused for a while"}[refusal], func(t *testing.T) {
			sender, place := open(t)
			if place.Break[refusal] == nil {
				t.Skip("this place doesn't refuse so")
			}
			place.Break[refusal](t)
			_, err := sender.Send(t.Context(), place.Source, NewAnswer(place.Source.Name, "1", "Oui."))
			if err == nil || job.IsPermanent(err) != bool(refusal) {
				t.Errorf("permanent %v: %v", job.IsPermanent(err), err)
			}
			if got := place.Arrived(t); len(got) > 0 {
				t.Errorf("refused, it has %+v", got)
			}
			place.Repair(t)
			once(t, sender, place)
		})
	}
}

// once sends an answer, and again as when the reply to the first try was lost.
func once(t *testing.T, sender source.Sender, place *Place) {
	t.Helper()
	a := NewAnswer(place.Source.Name, "1", "Oui, à partir de dix heures.")
	ref := send(t, sender, place, a)
	if again := send(t, sender, place, a); again != ref {
		t.Errorf("tried again it is called %q, not %q", again, ref)
	}
	if ref == "" {
		ref = source.LocalID(a.ID, a.Source)
	}
	got := place.Arrived(t)
	if place.Repeats && len(got) == 2 && got[0] == got[1] {
		got = got[:1]
	}
	if want := []Arrived{{ref, a.Text}}; !slices.Equal(got, want) {
		t.Errorf("arrived %+v, want %+v", got, want)
	}
}

func send(t *testing.T, sender source.Sender, place *Place, a source.Answer) string {
	t.Helper()
	ref, err := sender.Send(t.Context(), place.Source, a)
	if err != nil {
		t.Fatal(err)
	}
	return ref
}

// NewAnswer makes an answer in a source to a question of ana@home.example; its id
// is made of key.
func NewAnswer(in, key, text string) source.Answer {
	sum := sha256.Sum256([]byte(key))
	at := time.Date(2026, 3, 1, 10, 0, 0, 0, time.UTC)
	asked := conversation.Message{ID: conversation.MessageID(in + "/q1@home.example"), Thread: conversation.ThreadID(in + "/q1@home.example"), Author: "ana@home.example",
		Side: conversation.Community, Time: at, Text: "Does the hall open on Sunday?"}
	m := conversation.Message{ID: conversation.MessageID(in + "/reply-" + hex.EncodeToString(sum[:12])), Thread: asked.Thread, ReplyTo: asked.ID, Author: "Léo",
		Side: conversation.Organisation, Time: at.Add(time.Hour), Text: text}
	return source.Answer{Message: store.Message{Message: m, Source: in, Account: "Léo", Sending: store.Queued},
		Asked: store.Message{Message: asked, Source: in, Account: "ana@home.example"}}
}
