package reading

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/prose"
	"github.com/entregent/entregent/conversation/speech"
	"github.com/entregent/entregent/ethos"
)

func model(t *testing.T) *ethos.Model {
	t.Helper()
	m, err := ethos.Builtin("fosse")
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// talk is the log of a library, with messages of other kinds after it.
func talk(t *testing.T) (*conversation.Log, []conversation.Message) {
	t.Helper()
	f, err := os.Open("../../testdata/library.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	log := conversation.NewLog(nil)
	if err := conversation.Read(log, f, "library.jsonl", conversation.ReadOptions{}); err != nil {
		t.Fatal(err)
	}
	for i, m := range others {
		m.ID, m.Time = conversation.MessageID(fmt.Sprint("other", i)), time.Date(2026, 1, 1, 0, i, 0, 0, time.UTC)
		log.Append(m)
	}
	all := make([]conversation.Message, log.Len())
	for i := range all {
		all[i] = log.Message(i)
	}
	return log, all
}

var others = []conversation.Message{
	{Side: conversation.Community, Author: "ana", Text: "> How do I open it?\n\nMerci beaucoup @Marc.Dupont et @acme, ça marche !"},
	{Side: conversation.Community, Author: "ana", Lang: "de", Text: "Thanks Robert, that helped a lot. Wie geht es dir?"},
	{Side: conversation.Community, Author: "li", Lang: "und", Text: "Does anybody at Acme know why it fails?"},
	{Side: conversation.Organisation, Author: "desk", Lang: "en-GB", Text: "Have a look at https://shop.acme.org/help and write again.\n\n— Helen", Attributes: `{"agent":"Ida"}`},
	{Side: conversation.Organisation, Author: "acme", Text: "We are sorry that your order came late.", Attributes: `{"org":"acme"}`},
	{Side: conversation.Organisation, Author: "acme", Text: "🙂", Attributes: `{"spam":true,"solved_by":"3"}`},
	{Side: conversation.Organisation, Author: "bot", Bot: true, Text: "Ticket received, we will come back to you."},
	{Side: conversation.Community, Author: "kim", Private: true, Text: "This is between us, and it is about honesty and trust."},
	{Side: conversation.Community, Author: "kim", Text: "This was taken back, and it was about honesty.", Deleted: time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)},
	{Side: conversation.Unknown, Author: "who", Text: "Nobody knows on which side I stand in all of this."},
	{Side: conversation.Community, Author: "zoe", Text: ""},
}

var full = Options{Names: []string{"Acme", "@acme"}, Own: []string{"acme.org"}}

// TestPure: a row is the same whoever makes it, when, after what, and among how
// many.
func TestPure(t *testing.T) {
	log, all := talk(t)
	o := full
	o.Model = model(t)
	want := make([]Row, len(all))
	for i, m := range all {
		want[i] = Read(m, o)
	}
	n := 0
	Each(log, o, func(i int, row *Row) {
		if i != n {
			t.Fatalf("row %d comes as the %d-th", i, n)
		}
		n++
		if diff := cmp.Diff(want[i], *row); diff != "" {
			t.Errorf("%s, read in a row with others: %s", all[i].ID, diff)
		}
	})
	if n != len(all) || n < 50 {
		t.Errorf("%d of %d messages were read", n, len(all))
	}
	backward := slices.Clone(all)
	slices.Reverse(backward)
	got := All(backward, o)
	slices.Reverse(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("read in another order: %s", diff)
	}
	odd := 0
	Some(log, o, func(i int) bool { return i%2 == 1 }, func(i int, row *Row) {
		odd++
		if diff := cmp.Diff(want[i], *row); diff != "" || i%2 == 0 {
			t.Errorf("%s, read without those beside it: %s", all[i].ID, diff)
		}
	})
	if odd != len(all)/2 {
		t.Errorf("%d messages were read of %d wanted", odd, len(all)/2)
	}
}

// TestRow: a row holds what each reader says who reads the text alone.
func TestRow(t *testing.T) {
	_, all := talk(t)
	o := full
	o.Model = model(t)
	scorer := o.Model.Scorer()
	for _, m := range all {
		row := Read(m, o)
		lang := base(m.Lang)
		if lang == "" || lang == "und" {
			lang = prose.Language(m.Text)
		}
		cues := lang
		if cues != "fr" && cues != "en" {
			cues = ""
		}
		name, _ := speech.Signature(m.Text)
		if acts := speech.Read(m.Text, cues); row.Lang != lang || row.Acts != acts || row.Signature != name {
			t.Errorf("%s: %q, %v, %q, want %q, %v, %q", m.ID, row.Lang, row.Acts, row.Signature, lang, acts, name)
		}
		var shingles []uint64
		if m.Side == conversation.Organisation && !row.Acts.Has(speech.Empty) {
			shingles = prose.Shingles(nil, m.Text)
		}
		if diff := cmp.Diff(shingles, row.Shingles); diff != "" {
			t.Errorf("%s: shingles %s", m.ID, diff)
		}
		theirs, _, _ := strings.Cut(m.Lang, "-")
		if acts := speech.Read(m.Text, theirs); row.Thanks.Asks != acts.NeedsAnswer() {
			t.Errorf("%s asks: %v, want %v", m.ID, row.Thanks.Asks, acts)
		}
		var values []float32
		french := scorer.Read(m.Text, m.Lang[:min(2, len(m.Lang))]) == "fr"
		if m.Side != conversation.Unknown && !m.Bot && !m.Private && m.Deleted.IsZero() && scorer.Words() >= FewestWords {
			for _, p := range scorer.Probabilities(nil) {
				values = append(values, float32(p))
			}
		}
		if diff := cmp.Diff(values, row.Values); diff != "" || values != nil && french != row.French {
			t.Errorf("%s: values %s", m.ID, diff)
		}
	}
}

// TestOthers says what a row holds of a few messages.
func TestOthers(t *testing.T) {
	read := func(i int) Row { return Read(others[i], full) }
	if r := read(0); !r.Named || !slices.Equal(r.Handles, []string{"marc.dupont", "acme"}) || !r.Thanks.Thanks || r.Lang != "" {
		t.Errorf("of who thanks two: %+v", r)
	}
	if r := read(1); r.Lang != "de" || r.Named || len(r.Thanks.Calls) == 0 || r.Thanks.Calls[0].Name != prose.Hash("Robert") {
		t.Errorf("of who is said to write German: %+v", r)
	}
	if r := read(2); r.Lang != "en" || !r.Named || !r.Acts.Has(speech.Question) {
		t.Errorf("of who asks Acme: %+v", r)
	}
	if r := read(3); !r.OwnLink || r.Agent != "Ida" || r.Brand || r.Signature != "Helen" || r.Named || r.Handles != nil || r.Set == 0 {
		t.Errorf("of an answer with a link: %+v", r)
	}
	if r := read(4); !r.Brand || r.Agent != "" || r.OwnLink || r.Giving != "" {
		t.Errorf("of a brand's account: %+v", r)
	}
	if r := read(5); !r.Spam || r.Shingles != nil || r.Set != 0 || r.Giving != others[5].Attributes {
		t.Errorf("of a smile: %+v", r)
	}
}

// TestOnly: a part that is asked for alone is what it is among all.
func TestOnly(t *testing.T) {
	_, all := talk(t)
	o := full
	o.Model = model(t)
	for _, m := range all {
		whole := Read(m, o)
		part := func(p Parts) Row {
			o := o
			o.Only = p
			return Read(m, o)
		}
		want := Row{Thanks: whole.Thanks, Giving: whole.Giving}
		if diff := cmp.Diff(want, part(Gratitude)); diff != "" {
			t.Errorf("%s, gratitude alone: %s", m.ID, diff)
		}
		if diff := cmp.Diff(Row{Values: whole.Values, French: whole.French}, part(Values)); diff != "" {
			t.Errorf("%s, values alone: %s", m.ID, diff)
		}
		if diff := cmp.Diff(whole, part(Speech), cmpopts.IgnoreFields(Row{}, "Thanks", "Giving", "Values", "French")); diff != "" {
			t.Errorf("%s, speech alone: %s", m.ID, diff)
		}
	}
}

// TestBroken: bytes that are no UTF-8 are read as a log keeps them.
func TestBroken(t *testing.T) {
	m := conversation.Message{ID: "1", Side: conversation.Organisation, Time: time.Unix(1, 0), Text: "Press the left \xff button, then wait."}
	log := conversation.NewLog(nil)
	log.Append(m)
	if diff := cmp.Diff(Read(m, full), Read(log.Message(0), full)); diff != "" {
		t.Error(diff)
	}
}
