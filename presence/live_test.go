package presence

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/measure/stat"
)

// village is a conversation in which everything happens: it keeps the messages as
// they stand, in order of rank.
type village struct {
	rng      *rand.Rand
	start    time.Time
	messages []conversation.Message
	merged   map[conversation.PersonID]conversation.PersonID // accounts that are somebody else's now
	accounts []conversation.PersonID                         // by message: who wrote it, before merges
	days     float64                                         // share of messages that know only their day
	flat     bool                                            // most replies are to the thread's opener
}

func newVillage(seed uint64, days float64) *village {
	return &village{rng: stat.Stream(seed, 0), start: monday, merged: map[conversation.PersonID]conversation.PersonID{}, days: days}
}

var villageTexts = []string{
	"How do I reset the meter after a power cut?", "Où puis-je trouver la notice du capteur ?", "Thanks, that works now!",
	"Merci beaucoup, c'est réglé.", "I found the answer myself, it was the fuse.", "Please ignore my question.", "Nice weather today.",
	"@helen can you look at this please?", "Does @helen or @marc know why it fails?", "My order never came and nobody answers, this is unacceptable.",
	"Have you looked at what Acme says about the sensor?", "You have to hold the button for ten seconds, then it restarts.",
	"Il faut appuyer dix secondes sur le bouton, puis attendre.", "Ticket received, we will come back to you.", "I have the same problem since Monday.",
	"Bonjour, votre demande a bien été transmise au service concerné.", "",
}

// Answers that are pasted, nearly word for word, and one that is only alike.
var villagePasted = []string{
	"Thank you for writing to us %s. Please unplug the device for thirty seconds, plug it in again and hold the red button until the light is green.",
	"Bonjour %s, pour toute question sur votre facture veuillez consulter la page de votre compte puis choisir le mois qui vous intéresse.",
	"Dear %s, to change the battery open the cover with a coin, take the old one out and put the new one in with its plus side up, then close it.",
}

func (w *village) pick(list []string) string { return list[w.rng.IntN(len(list))] }

func (w *village) text(side conversation.Side, author string) string {
	switch {
	case side == conversation.Organisation && w.rng.IntN(3) == 0:
		return fmt.Sprintf(w.pick(villagePasted), w.pick([]string{"Ana", "Bob", "Zoé"})) + w.pick([]string{"", "", " Good luck with all of it and tell us how it went, we are curious."})
	case strings.HasPrefix(author, "kiosk"):
		return w.pick(villageTexts[:2]) + "\n\n" + w.pick([]string{"Ana", "Bob", "Zoé", "Marc", "Lea", "Tom", "Ida"})
	}
	return w.pick(villageTexts) + w.pick([]string{"", "", " It is a model " + fmt.Sprint(w.rng.IntN(9)) + "."})
}

// happen lets one thing happen and gives the messages that changed, by number.
func (w *village) happen() (changed []int) {
	n := len(w.messages)
	switch k := w.rng.IntN(100); {
	case n < 20 || k < 70:
		return w.arrive()
	case k < 80:
		i := w.rng.IntN(n)
		m := &w.messages[i]
		if m.Deleted.IsZero() {
			m.Text = w.text(m.Side, string(m.Author))
			if w.rng.IntN(5) == 0 {
				m.Time = m.Time.Add(time.Duration(w.rng.IntN(48)-24) * time.Hour)
			}
		}
		return []int{i}
	case k < 86:
		i := w.rng.IntN(n)
		m := &w.messages[i]
		m.Text, m.Deleted = "", m.Time.Add(time.Duration(w.rng.IntN(900))*time.Hour)
		m.DeletedBy = conversation.Side(w.rng.IntN(3))
		return []int{i}
	case k < 90: // a merge
		from, into := w.accounts[w.rng.IntN(n)], w.accounts[w.rng.IntN(n)]
		if from == "" || into == "" {
			return nil
		}
		w.merged[from] = into
		return w.renamed(from)
	case k < 94: // a merge undone
		for _, from := range slices.Sorted(maps.Keys(w.merged)) {
			if w.rng.IntN(3) == 0 {
				delete(w.merged, from)
				return w.renamed(from)
			}
		}
		return nil
	case k < 97: // an account speaks for the other side, mostly its own
		account := w.accounts[w.rng.IntN(n)]
		side := conversation.Community
		if k == 94 != slices.Contains([]string{"helen", "marc", "robot", "support", "desk"}, string(account)) {
			side = conversation.Organisation
		}
		for i, a := range w.accounts {
			if a == account {
				w.messages[i].Side = side
				changed = append(changed, i)
			}
		}
		return changed
	}
	i := w.rng.IntN(n) // another thread
	w.messages[i].Thread = w.messages[w.rng.IntN(n)].Thread
	return []int{i}
}

func (w *village) renamed(account conversation.PersonID) (changed []int) {
	for i, a := range w.accounts {
		if a == account {
			w.messages[i].Author = w.who(account)
			changed = append(changed, i)
		}
	}
	return changed
}

func (w *village) who(account conversation.PersonID) conversation.PersonID {
	if into, ok := w.merged[account]; ok {
		return into
	}
	return account
}

// arrive adds a message: to a new thread, to an old one, or in reply to one that
// may not be here yet.
func (w *village) arrive() (changed []int) {
	n := len(w.messages)
	m := conversation.Message{ID: conversation.MessageID(fmt.Sprint("f/", n)), Thread: conversation.ThreadID(fmt.Sprint("f/t", n)),
		Side: conversation.Community, Time: w.start.Add(time.Duration(w.rng.IntN(120*24*60)) * time.Minute), Channel: w.pick([]string{"forum", "mail"}),
		Lang: w.pick([]string{"", "fr", "en", "de"})}
	account := w.pick([]string{"ana", "bob", "zoe", "li", "kim", "Guest", "", "kiosk", "kiosk", "feed", "@marc"}) + w.pick([]string{"", "", "2"})
	if account == "2" {
		account = ""
	}
	switch k := w.rng.IntN(10); {
	case k < 3 && n > 0:
		m.Side, account = conversation.Organisation, w.pick([]string{"helen", "marc", "robot", "support", "desk"})
		m.Department = w.pick([]string{"", "care", "shop"})
	case k == 3:
		m.Side = conversation.Unknown
	}
	if to := w.rng.IntN(n + 3); !strings.HasPrefix(account, "kiosk") && n > 0 && w.rng.IntN(10) < 7 {
		if m.ReplyTo = conversation.MessageID(fmt.Sprint("f/", to)); to < n {
			p := &w.messages[to]
			m.Thread = p.Thread
			if w.flat && w.rng.IntN(25) > 0 {
				m.ReplyTo = conversation.MessageID("f/" + strings.TrimPrefix(string(p.Thread), "f/t"))
			}
			if w.flat || w.rng.IntN(4) > 0 || strings.HasPrefix(string(p.Author), "kiosk") {
				m.Time = p.Time.Add(time.Duration(w.rng.IntN(6000)) * time.Minute)
			}
			if w.rng.IntN(20) == 0 { // a ring
				p.ReplyTo, changed = m.ID, append(changed, to)
			}
		}
		if !w.flat && w.rng.IntN(2) == 0 {
			m.ReplyTo = ""
		}
	}
	if w.rng.Float64() < w.days {
		m.Precision = conversation.Day
	}
	m.Bot, m.Private = w.rng.IntN(40) == 0, w.rng.IntN(40) == 0
	if w.rng.IntN(30) == 0 {
		m.Attributes = conversation.Attributes(w.pick([]string{`{"agent":"Ida"}`, `{"spam":true}`, `{"affiliated":true}`}))
	}
	m.Text, m.Author = w.text(m.Side, account), w.who(conversation.PersonID(account))
	w.messages, w.accounts = append(w.messages, m), append(w.accounts, conversation.PersonID(account))
	return append(changed, n)
}

func (w *village) log() *conversation.Log { return logOf(w.messages) }

// put tells a Live what changed.
func (w *village) put(l *Live, changed []int) {
	batch := make([]Arrival, len(changed))
	for k, i := range changed {
		batch[k] = Arrival{Message: w.messages[i], Rank: int64(i)}
	}
	l.Put(batch...)
}

func number(id conversation.MessageID) int {
	n, err := strconv.Atoi(strings.TrimPrefix(string(id), "f/"))
	if err != nil {
		panic(err)
	}
	return n
}

// TestLiveEqualsBatch: after any history of arrivals out of order, replies that
// come before their questions, edits, deletions, merges, merges undone and
// changes of side, a conversation that was followed tells bit for bit what one
// tells that is read at once.
func TestLiveEqualsBatch(t *testing.T) {
	steps := 1000
	if os.Getenv("ENTREGENT_LONG") != "" {
		steps = 10_000
	}
	for _, c := range []struct {
		name string
		days float64
		flat bool
		opt  Options
	}{
		{"hours", .05, false, Options{Names: []string{"Acme", "@acme"}, OwnThreads: true, Departments: []string{"care", "shop"}}},
		{"days", .5, false, Options{Window: -1, OwnSpaces: []string{"forum"}, Own: []string{"acme.org"}}},
		{"flat", 0, true, Options{Window: -1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newVillage(7, c.days)
			w.flat = c.flat
			c.opt.Parameters = Parameters{Draws: 1, FalseAlarmDays: .1}
			board := conversation.NewLiveIndex()
			board.Texts = func(id conversation.MessageID) string { return w.messages[number(id)].Text }
			board.Extras = func(id conversation.MessageID) conversation.Attributes { return w.messages[number(id)].Attributes }
			l := NewLive(board, c.opt)
			textless := NewLive(conversation.NewLiveIndex(), c.opt) // as on a server: texts can't be asked for
			for step := range steps {
				changed := w.happen()
				w.put(l, changed)
				w.put(textless, changed)
				if every := 1 + step/40; step%every != 0 {
					continue
				}
				o := c.opt
				switch step % 4 {
				case 0:
					o.Until = monday.AddDate(0, 0, 60+step%90)
				case 1:
					o.Until = monday.AddDate(0, 4, 0)
				}
				compare(t, step, l.Figures(o.Until), l.Report(o.Until), Measure(w.log(), o))
				if got, want := written(t, textless.Figures(o.Until)), written(t, l.Figures(o.Until)); got != want {
					t.Fatalf("step %d: without texts figures are %s, with them %s", step, got, want)
				}
				if t.Failed() {
					return
				}
			}
		})
	}
}

func compare(t *testing.T, step int, f Figures, live, batch Report) {
	t.Helper()
	got, want := written(t, live), written(t, batch)
	if got != want {
		at := 0
		for at < min(len(got), len(want)) && got[at] == want[at] {
			at++
		}
		cut := func(s string) string { return s[max(0, at-300):min(len(s), at+200)] }
		t.Fatalf("step %d: live tells\n%s\nbatch tells\n%s", step, cut(got), cut(want))
	}
	if a, b := written(t, f.Attention), written(t, batch.Components.Attention.Estimate); a != b && f.NeedAnswer > 0 && len(batch.Components.Attention.Doubts) == len(f.Attention.Doubts) {
		t.Fatalf("step %d: attention is %s, in batch %s", step, a, b)
	}
	if a, b := written(t, f.AnsweredNeeding), written(t, batch.AnsweredNeeding[:4]); a != b {
		t.Fatalf("step %d: answered are %s, in batch %s", step, a, b)
	}
	if f.Waiting != batch.Waiting.Count || f.Appeals != batch.Counts.Appeals || f.NeedAnswer != batch.Counts.NeedAnswer {
		t.Fatalf("step %d: figures %+v differ from %+v, %+v", step, f, batch.Counts, batch.Waiting.Count)
	}
}

func written(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
