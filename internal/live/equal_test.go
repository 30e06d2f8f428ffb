package live_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"github.com/entregent/entregent"
	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/board"
	"github.com/entregent/entregent/internal/live"
	"github.com/entregent/entregent/internal/people"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/presence"
)

const walks = 1 << 12

// house is a store in which everything happens.
type house struct {
	t      testing.TB
	rng    *rand.Rand
	store  *store.Store
	n      int
	sent   []conversation.Message
	merges []int64
	thanks []string
}

func (h *house) check(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

var (
	authors = []string{"ana", "bob", "zoe", "li", "kim", "Marie Durand", "paul", "ida", "tom", "guest"}
	staff   = []string{"helen", "marc", "robot"}
	asks    = []string{"How do I reset the meter?", "Où est la notice du capteur ?", "My order never came, what now?", "@helen do you know?"}
	thanks  = []string{"Thanks Helen, that helped!", "Merci beaucoup, ça marche !", "Thank you all!", "Thanks @bob for the tip.", "I found it myself, thanks."}
	helps   = []string{"You have to hold the button for ten seconds and wait for the light.", "Il faut appuyer dix secondes sur le bouton rouge, puis attendre.",
		"Have a look behind the cover, there is a fuse that breaks easily."}
)

func (h *house) pick(list []string) string { return list[h.rng.IntN(len(list))] }

// message makes one, of a new thread or an old one.
func (h *house) message() conversation.Message {
	m := conversation.Message{ID: conversation.MessageID(fmt.Sprint(h.n)), Thread: conversation.ThreadID(fmt.Sprint("t", h.n)), Author: conversation.PersonID(h.pick(authors)),
		Side: conversation.Community, Time: monday.Add(time.Duration(h.rng.IntN(80*24*60)) * time.Minute), Channel: "forum",
		Text: h.pick([]string{h.pick(asks), h.pick(thanks), h.pick(helps)}) + " " + h.pick([]string{"", "", fmt.Sprint("It is model ", h.n)})}
	if h.rng.IntN(3) == 0 {
		m.Side, m.Author, m.Text = conversation.Organisation, conversation.PersonID(h.pick(staff)), h.pick(helps)
	}
	if len(h.sent) > 0 && h.rng.IntN(4) > 0 {
		p := h.sent[h.rng.IntN(len(h.sent))]
		m.Thread, m.ReplyTo, m.Time = p.Thread, p.ID, p.Time.Add(time.Duration(h.rng.IntN(3000))*time.Minute)
	}
	if h.rng.IntN(20) == 0 {
		m.Thread, m.ReplyTo = "", conversation.MessageID(fmt.Sprint(h.n+h.rng.IntN(5)+1)) // not here yet
	}
	h.n++
	return m
}

// happen lets one thing happen.
func (h *house) happen() {
	ctx := h.t.Context()
	k := h.rng.IntN(100)
	if len(h.sent) < 20 {
		k = 0
	}
	switch {
	case k < 60:
		var batch []conversation.Message
		for range 1 + h.rng.IntN(6) {
			m := h.message()
			batch, h.sent = append(batch, m), append(h.sent, m)
		}
		add(h.t, h.store, batch...)
	case k < 72: // an edit, or a deletion
		i := h.rng.IntN(len(h.sent))
		m := &h.sent[i]
		if !m.Deleted.IsZero() {
			return
		}
		if m.Text = h.pick(asks); k > 68 {
			m.Deleted, m.DeletedBy = m.Time.Add(time.Hour), m.Side
		}
		add(h.t, h.store, *m)
	case k < 80:
		a, b := h.person(), h.person()
		if a == b || a == "" || b == "" {
			return
		}
		m, err := people.MergePeople(ctx, h.store, a, b, "test")
		h.check(err)
		h.merges = append(h.merges, m.ID)
	case k < 86 && len(h.merges) > 0:
		i := h.rng.IntN(len(h.merges))
		h.check(people.UndoMerge(ctx, h.store, h.merges[i], "test"))
		h.merges = append(h.merges[:i], h.merges[i+1:]...)
	case k < 89:
		h.check(people.SetSide(ctx, h.store, h.account(), conversation.Side(1+h.rng.IntN(2)), ""))
	case k < 96:
		a, b := h.person(), h.person()
		if a == b || a == "" || b == "" {
			return
		}
		th, err := board.Thank(ctx, h.store, board.Thanks{From: a, To: b, Time: monday.Add(time.Duration(h.rng.IntN(80*24)) * time.Hour)})
		h.check(err)
		h.thanks = append(h.thanks, th.ID)
	case len(h.thanks) > 0:
		h.check(board.Unthank(ctx, h.store, h.pick(h.thanks)))
	}
}

// person is somebody who wrote.
func (h *house) person() conversation.PersonID {
	m, err := h.store.Message(h.t.Context(), "forum/"+h.sent[h.rng.IntN(len(h.sent))].ID)
	h.check(err)
	return m.Author
}

func (h *house) account() string {
	m, err := h.store.Message(h.t.Context(), "forum/"+h.sent[h.rng.IntN(len(h.sent))].ID)
	h.check(err)
	return m.Account
}

// TestLiveEqualsBatch: after any history of a store, of arrivals, edits,
// deletions, merges, merges undone, changes of side, thanks recorded and taken
// back, what is followed equals bit for bit what is measured at once.
func TestLiveEqualsBatch(t *testing.T) {
	steps := 120
	if os.Getenv("ENTREGENT_LONG") != "" {
		steps = 10_000
	}
	h := &house{t: t, rng: rand.New(rand.NewPCG(1, 9)), store: open(t)}
	now := monday.AddDate(0, 0, 60)
	l := live.Open(h.store, live.Options{Now: func() time.Time { return now }, Names: []string{"Acme"},
		Whuffie: entregent.WhuffieOptions{Walks: walks, Seed: 1}})
	compared, scored := 0, 0
	for step := range steps {
		h.happen()
		if step%(1+step/20) != 0 {
			continue
		}
		now = now.Add(time.Duration(h.rng.IntN(30)) * time.Hour)
		h.check(l.CatchUp(t.Context()))
		h.check(l.Stand(t.Context()))
		log := conversation.NewLog(nil)
		_, err := h.store.Log(t.Context(), log)
		h.check(err)
		compared++
		h.presence(step, l, log, now)
		scored += h.whuffie(step, l, log, now)
		if t.Failed() {
			return
		}
	}
	if compared < 20 || scored < 20 {
		t.Errorf("%d times compared, %d scores above nothing: the test says little", compared, scored)
	}
}

func (h *house) presence(step int, l *live.Live, log *conversation.Log, now time.Time) {
	want := presence.Measure(log, presence.Options{Until: now, Names: []string{"Acme"}, Parameters: presence.Parameters{Draws: 1, FalseAlarmDays: .1}})
	got := l.Figures()
	same := func(what string, a, b any) {
		x, err := json.Marshal(a)
		h.check(err)
		y, err := json.Marshal(b)
		h.check(err)
		if string(x) != string(y) {
			h.t.Errorf("step %d: %s is %s, in batch %s", step, what, x, y)
		}
	}
	for _, a := range want.AnsweredNeeding {
		if a.Rule == presence.ByOrganisation && a.Within == "24h" {
			same("answered within 24 h", got.Answered, a.Estimate)
		}
		if a.Rule == presence.ByOrganisation && a.Within == "7d" {
			same("answered within 7 d", got.Week, a.Estimate)
		}
	}
	same("attention", []any{got.Attention.Center, got.Attention.Lo, got.Attention.Hi},
		[]any{want.Components.Attention.Center, want.Components.Attention.Lo, want.Components.Attention.Hi})
	same("waiting", []any{got.Waiting, got.Appeals, got.Messages}, []any{want.Waiting.Count, want.Counts.NeedAnswer, log.Len()})
	list, _ := l.Appeals(live.Which{Waiting: true, Needing: true, Limit: 100})
	var a, b [][]any
	for _, x := range list {
		a = append(a, []any{x.Message, x.Thread, x.Asker, x.Channel, x.Lang, x.Arrived, x.Merged + 1})
	}
	for _, x := range want.Waiting.List {
		b = append(b, []any{x.Message, x.Thread, x.Author, x.Channel, x.Lang, x.Time, x.Messages})
	}
	same("the waiting list", a, b)
}

func (h *house) whuffie(step int, l *live.Live, log *conversation.Log, now time.Time) (scored int) {
	given, err := board.ThanksGiven(h.t.Context(), h.store, time.Time{})
	h.check(err)
	w, err := entregent.MeasureWhuffie(log, live.Recorded(given), entregent.WhuffieOptions{Until: now, Walks: walks, Seed: 1})
	h.check(err)
	for n := range log.People() {
		p := log.Person(n)
		if got, want := l.Whuffie(p).Score, w.World().Score(string(p)); got != want {
			h.t.Errorf("step %d: the standing of %s is %+v, in batch %+v", step, p, got, want)
		} else if got.Known > 0 {
			scored++
		}
	}
	return scored
}
