package gift

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/reading"
)

// square is a place where people help each other, thank each other by many names,
// and change their minds.
type square struct {
	rng      *rand.Rand
	messages []conversation.Message
	accounts []conversation.PersonID // who wrote each, before merges
	merged   map[conversation.PersonID]conversation.PersonID
}

var squareTexts = []string{
	"Does anybody know how to open the cover?", "Où trouver la notice ?", "You have to press the two buttons and wait for a moment, then it opens.",
	"Il faut appuyer sur les deux boutons et attendre un moment.", "Thanks %s, that helped a lot!", "Merci %s, ça marche !", "Thank you %s",
	"Thanks %s and %s for the links.", "Thanks everybody!", "Hello %s, try the other one, it is the one with the red wire.", "@%s did you try that?",
	"Thanks to %s for the tip, I found it.", "Merci à toi %s", "I think %s said so.", "Turn it off and on again.\n\n%s", "It is broken, what now?\n\n%s", "",
}

var squareNames = []string{"Robert", "Bob", "Ana", "Zoé", "Marie", "Paul", "Glyn", "Kim", "Ida", "Tom"}

func (s *square) name() string { return squareNames[s.rng.IntN(len(squareNames))] }

func (s *square) text() string {
	t := squareTexts[s.rng.IntN(len(squareTexts))]
	names := []any{s.name(), s.name()}
	return fmt.Sprintf(t, names[:strings.Count(t, "%s")]...)
}

func (s *square) attributes() conversation.Attributes {
	id, who := fmt.Sprint("f/", s.rng.IntN(len(s.messages)+5)), []string{"robert", "ana.b", "kim", "stranger", "zoe"}[s.rng.IntN(5)]
	all := []string{`"accepted":true`, `"solved_by":"` + id + `"`, `"solved_by":"` + who + `"`, `"liked_by":["` + who + `","kim"]`,
		`"received":true,"giver":"` + who + `"`, `"price":"3 €"`, `"accepted":true,"accepted_by":"` + who + `"`, `"votes":3`}
	return conversation.Attributes("{" + all[s.rng.IntN(len(all))] + "}")
}

func (s *square) who(account conversation.PersonID) conversation.PersonID {
	if into, ok := s.merged[account]; ok {
		return into
	}
	return account
}

// happen lets one thing happen and tells which messages changed.
func (s *square) happen() (changed []int) {
	n := len(s.messages)
	k := s.rng.IntN(100)
	if n < 10 {
		k = 0
	}
	i := s.rng.IntN(max(n, 1))
	switch {
	case k < 75:
		account := []string{"robert", "bob7", "Ana", "ana.b", "zoe", "Marie Durand", "paul@x.org", "glyn", "kim", "Guest", "", "kiosk", fmt.Sprint("new", n)}[s.rng.IntN(13)]
		m := conversation.Message{ID: conversation.MessageID(fmt.Sprint("f/", n)), Thread: conversation.ThreadID(fmt.Sprint("t", n)), Side: conversation.Community,
			Time: time.Date(2024, 1, 1, 0, s.rng.IntN(100_000), 0, 0, time.UTC), Text: s.text(), Author: s.who(conversation.PersonID(account))}
		if s.rng.IntN(4) == 0 {
			m.Side = conversation.Organisation
		}
		if n > 0 && s.rng.IntN(10) < 8 && account != "kiosk" {
			p := &s.messages[i]
			m.Thread, m.Time = p.Thread, p.Time.Add(time.Duration(s.rng.IntN(3000)-100)*time.Minute)
			if s.rng.IntN(2) == 0 {
				m.ReplyTo = p.ID
			}
		}
		if s.rng.IntN(8) == 0 {
			m.Attributes = s.attributes()
		}
		m.Bot, m.Private = s.rng.IntN(50) == 0, s.rng.IntN(50) == 0
		s.messages, s.accounts = append(s.messages, m), append(s.accounts, conversation.PersonID(account))
		return []int{n}
	case k < 83:
		m := &s.messages[i]
		m.Text, m.Attributes = s.text(), ""
		if s.rng.IntN(3) == 0 {
			m.Attributes = s.attributes()
		}
		m.Time = m.Time.Add(time.Duration(s.rng.IntN(600)-300) * time.Minute)
		return []int{i}
	case k < 87:
		m := &s.messages[i]
		m.Text, m.Attributes, m.Deleted = "", "", m.Time.Add(time.Hour)
		return []int{i}
	case k < 90:
		s.messages[i].Thread = s.messages[s.rng.IntN(n)].Thread
		return []int{i}
	case k < 95:
		if a, b := s.accounts[i], s.accounts[s.rng.IntN(n)]; a != "" && b != "" {
			s.merged[a] = b
			return s.renamed(a)
		}
	case k < 98:
		for _, a := range slices.Sorted(maps.Keys(s.merged)) {
			if s.rng.IntN(3) == 0 {
				delete(s.merged, a)
				return s.renamed(a)
			}
		}
	default:
		for j, a := range s.accounts {
			if a == s.accounts[i] {
				s.messages[j].Side = conversation.Side(1 + k%2)
				changed = append(changed, j)
			}
		}
	}
	return changed
}

func (s *square) renamed(account conversation.PersonID) (changed []int) {
	for i, a := range s.accounts {
		if a == account {
			s.messages[i].Author = s.who(a)
			changed = append(changed, i)
		}
	}
	return changed
}

// TestLiveFindsWhatFindFinds: after any history of arrivals, edits, deletions,
// merges, merges undone, and changes of side and thread, the same thanks are found
// as in a log that is read at once.
func TestLiveFindsWhatFindFinds(t *testing.T) {
	steps := 1000
	if os.Getenv("ENTREGENT_LONG") != "" {
		steps = 10_000
	}
	s := &square{rng: rand.New(rand.NewPCG(3, 5)), merged: map[conversation.PersonID]conversation.PersonID{}}
	board := conversation.NewLiveIndex()
	l, most := NewLive(board), 0
	for step := range steps {
		var batch []conversation.Message
		changed := s.happen()
		for _, i := range changed {
			batch = append(batch, s.messages[i])
		}
		l.Before(batch...)
		for _, i := range changed {
			board.Put(s.messages[i], int64(i))
		}
		l.After(batch, reading.All(batch, reading.Options{}))
		if step%(1+step/50) != 0 {
			continue
		}
		log := conversation.NewLog(nil)
		for _, m := range s.messages {
			log.Append(m)
		}
		want, got := Find(log), l.Thanks()
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("step %d: thanks differ (-batch +live):\n%s", step, diff)
		}
		most = max(most, len(want))
	}
	if most < 100 {
		t.Errorf("only %d thanks were found: the test says little", most)
	}
}
