package storetest

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/store"
)

var messageLaws = map[string]func(*testing.T, *store.Store){
	"what comes twice is kept once": func(t *testing.T, s *store.Store) {
		a, b := Said("1", "ana", "hello", 0), To("1", Said("2", "bo", "hi", 1))
		Keep(t, s, "forum", "added, added, same", a, b, a)
		Keep(t, s, "forum", "same, same", a, b)
		a.ID = "forum/1" // qualified already
		Keep(t, s, "forum", "same", a)
		if c := Counts(t, s); c.Messages != 2 || c.Threads != 1 || c.People != 2 || !c.First.Equal(Day) || !c.Last.Equal(Day.Add(time.Hour)) {
			t.Errorf("counted %+v", c)
		}
	},
	"two sources may give the same id": func(t *testing.T, s *store.Store) {
		Keep(t, s, "forum", "added", Said("1", "ana", "hello", 0))
		Keep(t, s, "mail", "added", Said("1", "ana", "good morning", 0))
		if got := Found(t, s, store.Range{}); got != "forum/1 mail/1" {
			t.Error(got)
		}
	},
	"a message is read back as it came": func(t *testing.T, s *store.Store) {
		m := conversation.Message{
			ID: "a/b 1", Thread: "t1", ReplyTo: "0", Author: "ana@example.org", Side: conversation.Organisation,
			Department: "support", Channel: "mail", Time: time.Date(1969, 7, 20, 20, 17, 40, 123456000, time.UTC),
			Sequence: -3, Lang: "fr-CA", Text: "l'été — “vrai” 🙂\r\n\tfin", Bot: true, Private: true, DeletedBy: conversation.Community,
			Attributes: `{"likes":2,"nul":"\u0000"}`, Origin: conversation.Origin{File: "boîte.mbox", Line: 12},
		}
		Keep(t, s, "mail", "added", m)
		got := Message(t, s, "mail/a/b 1")
		m.ID, m.Thread, m.ReplyTo = "mail/a/b 1", "mail/t1", "mail/0"
		Equal(t, got.Message, m)
		if got.Source != "mail" || got.Account != "ana@example.org" || got.Version != 1 || got.Seq != 1 {
			t.Errorf("%+v", got)
		}
		m.Precision, m.ID, m.Time = conversation.Day, "2", time.Date(2026, 3, 1, 1, 0, 0, 0, time.FixedZone("", 7200))
		Keep(t, s, "mail", "added", m)
		if got := Message(t, s, "mail/2"); got.Precision != conversation.Day || !got.Time.Equal(time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)) {
			t.Errorf("a day is the day its source writes: %v", got.Time)
		}
	},
	"an edit counts once": func(t *testing.T, s *store.Store) {
		m := Said("1", "ana", "helo", 0)
		Keep(t, s, "forum", "added", m)
		m.Text = "hello"
		Keep(t, s, "forum", "edited, same", m, m)
		m.Side, m.Department = conversation.Organisation, "support"
		Keep(t, s, "forum", "edited", m)
		m.Attributes = `{"likes":1}`
		Keep(t, s, "forum", "edited", m)
		m.Time = m.Time.Add(-time.Hour)
		Keep(t, s, "forum", "edited", m)
		if got := Message(t, s, "forum/1"); got.Text != "hello" || got.Version != 5 || got.Seq != 1 || got.Department != "support" {
			t.Errorf("%+v", got)
		}
		if c := Counts(t, s); c.Messages != 1 || !c.First.Equal(m.Time) || !c.Last.Equal(m.Time) {
			t.Errorf("counted %+v", c)
		}
	},
	"a deletion erases the text, and it doesn't come back": func(t *testing.T, s *store.Store) {
		m := Said("1", "ana", "my secret", 0)
		m.Attributes = `{"subject":"secret"}`
		Keep(t, s, "forum", "added", m)
		gone := m
		gone.Deleted, gone.DeletedBy = Day.Add(time.Hour), conversation.Community
		Keep(t, s, "forum", "deleted, same", gone, gone)
		Keep(t, s, "forum", "refused deleted", m)
		got := Message(t, s, "forum/1")
		if got.Text != "" || got.Attributes != "" || !got.Deleted.Equal(gone.Deleted) || got.DeletedBy != conversation.Community {
			t.Errorf("%+v", got)
		}
		if Found(t, s, store.Range{Text: "secret"}) != "" {
			t.Error("its words are still found")
		}
		gone.ID = "2"
		Keep(t, s, "forum", "added", gone)
		if got := Message(t, s, "forum/2"); got.Text != "" || Counts(t, s).Messages != 2 {
			t.Errorf("a message that comes deleted has no text: %+v", got)
		}
	},
	"words are found without case and accents, by their beginning, all of them": func(t *testing.T, s *store.Store) {
		Keep(t, s, "forum", "", Said("1", "ana", "L'été, le VÉLO est-il réparé?", 0), Said("2", "bo", "un vélo", 1), Said("3", "cy", "it's x86-64", 2))
		for asked, want := range map[string]string{
			"velo": "forum/1 forum/2", "VÉL": "forum/1 forum/2", "vélo répar": "forum/1", "x86": "forum/3", "x8": "", "elo": "", "un VE": "", "?!": "",
			`"'velo:* | & !`: "forum/1 forum/2", "ete": "forum/1", "64 86": "",
		} {
			if got := Found(t, s, store.Range{Text: asked}); got != want {
				t.Errorf("%q finds %q, not %q", asked, got, want)
			}
		}
		edit := Said("2", "bo", "une moto", 1)
		Keep(t, s, "forum", "edited", edit)
		if got := Found(t, s, store.Range{Text: "velo"}) + ", " + Found(t, s, store.Range{Text: "moto"}); got != "forum/1, forum/2" {
			t.Error(got)
		}
	},
	"a range narrows": func(t *testing.T, s *store.Store) {
		Keep(t, s, "forum", "", In("a", Said("1", "ana", "x", 0)), In("b", Said("2", "bo", "x", 1)), In("a", Said("3", "ana", "y", 2)))
		Keep(t, s, "mail", "", Said("1", "ana", "z", 3))
		for want, r := range map[string]store.Range{
			"forum/1 forum/3":         {Thread: "forum/a"},
			"forum/2":                 {Author: "bo"},
			"forum/1 forum/3 ":        {Account: "ana"},
			"mail/1":                  {Account: "ana (mail)"},
			"mail/1 ":                 {Source: "mail"},
			"forum/2 forum/3":         {Since: Day.Add(time.Hour), Until: Day.Add(3 * time.Hour)},
			"forum/3 mail/1":          {After: 2},
			"forum/1 forum/2":         {Limit: 2},
			"mail/1 forum/3":          {Limit: 2, Newest: true},
			"forum/2 forum/1":         {After: 3, Newest: true, Text: "x"},
			"forum/2 ":                {After: 1, Limit: 1, Text: "X"},
			"":                        {Sending: store.Queued},
			"forum/1 forum/2 forum/3": {Source: "forum", Text: ""},
		} {
			if got := Found(t, s, r); got != strings.TrimSpace(want) {
				t.Errorf("%+v gives %q, not %q", r, got, want)
			}
		}
		for want, r := range map[string]store.Range{"forum/1 forum/2 forum/3 mail/1": {}, "mail/1": {Source: "mail"}, "forum/3 mail/1": {After: 2}, "forum/1 forum/3": {Account: "ana"},
			"forum/1 forum/2": {Limit: 2}, "mail/1 forum/3 forum/2 forum/1": {Newest: true}, "forum/2": {Since: Day.Add(time.Hour), Until: Day.Add(2 * time.Hour)}} {
			var all []store.Message
			if err := s.Each(t.Context(), r, func(m store.Message) error { all = append(all, m); return nil }); IDs(all) != want || err != nil {
				t.Errorf("%+v gives %q, not %q: %v", r, IDs(all), want, err)
			}
		}
		if got := IDs(OK(s.MessagesByID(t.Context(), []conversation.MessageID{"forum/3", "nowhere", "forum/1", "forum/3"}))(t)); len(got) != len("forum/1 forum/3") {
			t.Error(got)
		}
		stop := errors.New("stop")
		if err := s.Each(t.Context(), store.Range{}, func(store.Message) error { return stop }); err != stop {
			t.Error(err)
		}
	},
	"a long range comes whole and in order": func(t *testing.T, s *store.Store) {
		var list []conversation.Message
		for i := range 12_001 {
			list = append(list, Said(fmt.Sprint(i), "ana", "x", i))
		}
		Keep(t, s, "forum", "", list...)
		var seq int64
		err := s.Each(t.Context(), store.Range{}, func(m store.Message) error {
			if seq++; m.Seq != seq || string(m.ID) != fmt.Sprintf("forum/%d", seq-1) {
				return fmt.Errorf("%s comes as number %d", m.ID, seq)
			}
			return nil
		})
		if err != nil || seq != 12_001 {
			t.Error(seq, err)
		}
	},
	"a late parent, or one that moves, takes its followers along": func(t *testing.T, s *store.Store) {
		Keep(t, s, "mail", "", To("1", Said("2", "bo", "re", 1)), To("2", Said("3", "cy", "re re", 2)), To("1", Said("4", "di", "re", 3)))
		if got := Found(t, s, store.Range{Thread: "mail/1"}); got != "mail/2 mail/3 mail/4" {
			t.Error("those that wait for one are together: " + got)
		}
		_, last := Told(t, s, 0)
		Keep(t, s, "mail", "added", In("list", Said("1", "ana", "hello", 0)))
		if got := Found(t, s, store.Range{Thread: "mail/list"}); got != "mail/2 mail/3 mail/4 mail/1" {
			t.Error(got)
		}
		if what, _ := Told(t, s, last); what != "message mail/1, message mail/2, message mail/3, message mail/4" {
			t.Error(what)
		}
		if c := Counts(t, s); c.Threads != 1 {
			t.Errorf("%d threads", c.Threads)
		}
		Keep(t, s, "mail", "edited", In("other", Said("2", "bo", "re", 1)))
		if got := Found(t, s, store.Range{Thread: "mail/other"}); got != "mail/2 mail/3" {
			t.Error(got)
		}
		if c := Counts(t, s); c.Threads != 2 || Message(t, s, "mail/3").Version != 1 {
			t.Errorf("%d threads", c.Threads)
		}
	},
	"threads are those of conversation.Log, in whatever order messages come": func(t *testing.T, s *store.Store) {
		for round := range uint64(20) {
			source := fmt.Sprintf("s%d", round)
			list := tangle(rand.New(rand.NewPCG(round, 3)), source)
			log := conversation.NewLog(nil)
			for _, m := range list {
				log.Append(m)
			}
			for len(list) > 0 {
				n := min(len(list), 1+int(round)%7)
				Keep(t, s, source, "", list[:n]...)
				list = list[n:]
			}
			for i := range log.Len() {
				if want, got := log.Message(i).Thread, Message(t, s, string(log.ID(i))).Thread; want != got {
					t.Fatalf("round %d: %s is in %s, not in %s", round, log.ID(i), got, want)
				}
			}
		}
		all := conversation.NewLog(nil)
		OK(s.Log(t.Context(), all))(t)
		if c := Counts(t, s); c.Messages != all.Len() || c.Threads != len(all.Threads()) {
			t.Errorf("counted %+v; there are %d in %d", c, all.Len(), len(all.Threads()))
		}
	},
	"broken names find nothing": func(t *testing.T, s *store.Store) {
		Keep(t, s, "forum", "added", Said("1", "ana", "x", 0))
		ctx := t.Context()
		for _, bad := range []string{"a\x00b", "\xff", strings.Repeat("x", 9999), "'; DROP TABLE messages; --"} {
			for what, err := range map[string]error{
				"message": Second(s.Message(ctx, conversation.MessageID(bad))), "thread": Second(s.Thread(ctx, conversation.ThreadID(bad))),
			} {
				if !errors.Is(err, store.ErrNotFound) {
					t.Errorf("%s %.9q: %v", what, bad, err)
				}
			}
			for _, r := range []store.Range{{Thread: conversation.ThreadID(bad)}, {Author: conversation.PersonID(bad)}, {Account: bad}, {Source: bad}, {Text: bad}, {Sending: store.Sending(bad)}} {
				if got := Found(t, s, r); got != "" {
					t.Errorf("%+v finds %s", r, got)
				}
			}
			No(t, Second(s.MessagesByID(ctx, []conversation.MessageID{conversation.MessageID(bad)})))
			No(t, Second(s.Refused(ctx, bad)))
		}
		if Counts(t, s).Messages != 1 {
			t.Error("something went")
		}
	},
	"bad input is refused and told, or made good; the rest is kept": badInput,
}

// tangle makes forty messages that reply to earlier ones, to some that never
// come, and come in no order; a few name their thread.
func tangle(r *rand.Rand, source string) []conversation.Message {
	var list []conversation.Message
	for i := range 40 {
		m := Said(fmt.Sprintf("%s/%d", source, i), fmt.Sprintf("p%d", r.IntN(9)), "x", i)
		if i > 0 && r.IntN(4) > 0 {
			m = To(fmt.Sprintf("%s/%d", source, r.IntN(i)), m)
		} else if r.IntN(3) == 0 {
			m = To(fmt.Sprintf("%s/lost%d", source, r.IntN(3)), m)
		}
		if r.IntN(6) == 0 {
			m = In(fmt.Sprintf("%s/t%d", source, r.IntN(4)), m)
		}
		list = append(list, m)
	}
	r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}

func badInput(t *testing.T, s *store.Store) {
	bad := func(change func(*conversation.Message)) conversation.Message {
		m := Said("bad", "ana", "x", 0)
		change(&m)
		return m
	}
	Keep(t, s, "forum", "refused no-id, refused bad-id, refused bad-id, refused bad-id, refused bad-id, refused bad-id, refused no-time, refused bad-time, refused too-long, added, added, added",
		bad(func(m *conversation.Message) { m.ID = "" }),
		bad(func(m *conversation.Message) { m.ID = "a\x00b" }),
		bad(func(m *conversation.Message) { m.ID = "a\xffb" }),
		bad(func(m *conversation.Message) { m.ID = conversation.MessageID(strings.Repeat("é", 600)) }),
		bad(func(m *conversation.Message) { m.Author = "a\x00" }),
		bad(func(m *conversation.Message) { m.Thread = "a\nb" }),
		bad(func(m *conversation.Message) { m.Time = time.Time{} }),
		bad(func(m *conversation.Message) { m.Time = time.Date(12345, 1, 1, 0, 0, 0, 0, time.UTC) }),
		bad(func(m *conversation.Message) { m.Text = strings.Repeat("x", store.LongestText+1) }),
		bad(func(m *conversation.Message) {
			m.ID, m.Text, m.Channel, m.Attributes = "nul", "a\x00b\xffc", "\x00", "{\"a\":\"\x00\"}"
		}),
		bad(func(m *conversation.Message) { m.ID, m.Text = "long", strings.Repeat("été 😀 ", 1<<20) }),
		bad(func(m *conversation.Message) {
			m.ID, m.Text, m.Author = conversation.MessageID(strings.Repeat("x", store.LongestID-6)), "", ""
		}))
	if got := Message(t, s, "forum/nul"); got.Text != "a\uFFFDb\uFFFDc" || got.Channel != "\uFFFD" || got.Attributes != "{\"a\":\"\uFFFD\"}" {
		t.Errorf("%q", got.Text)
	}
	if got := Message(t, s, "forum/long"); len(got.Text) != len("été 😀 ")<<20 {
		t.Errorf("of a long text %d bytes are left", len(got.Text))
	}
	for _, source := range []string{"", "a/b", "a b", "a'b", "\x00"} {
		if _, err := s.Append(t.Context(), source, []conversation.Message{Said("1", "ana", "x", 0)}); err == nil {
			t.Errorf("the source %q is taken", source)
		}
	}
}
