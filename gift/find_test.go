package gift

import (
	"slices"
	"strings"
	"testing"

	"github.com/entregent/entregent/conversation"
)

// spoken reads a conversation written as JSONL, its quotes as '.
func spoken(tb testing.TB, lines string) *conversation.Log {
	tb.Helper()
	log := conversation.NewLog(nil)
	if err := conversation.Read(log, strings.NewReader(strings.ReplaceAll(lines, "'", `"`)), "talk.jsonl", conversation.ReadOptions{}); err != nil {
		tb.Fatal(err)
	}
	return log
}

// told are thanks as "kind: from -> to", and what is out of the ordinary.
func told(all []Thanks) (out []string) {
	for _, t := range all {
		line := string(t.Kind) + ": " + string(t.From) + " -> " + string(t.To)
		if t.Paid {
			line += " paid"
		}
		if t.Organisation {
			line += " organisation"
		}
		out = append(out, line)
	}
	return out
}

const asked = `{'id':'1','thread':'t','author':'ana','side':'community','time':'2026-03-01T09:00:00Z','text':'How do I bleed the radiator?'}
`

func TestMarks(t *testing.T) {
	answer := func(more string) string {
		return asked + `{'id':'2','thread':'t','author':'bob','side':'community','time':'2026-03-01T10:00:00Z','text':'Open the small valve with a square key until water comes.'` + more + "}\n"
	}
	for _, test := range []struct {
		name, log string
		want      []string
	}{
		{"nothing said", answer(``), nil},
		{"an accepted answer", answer(`,'accepted':true`), []string{"solution: ana -> bob"}},
		{"Discourse's accepted answer", answer(`,'accepted_answer':true`), []string{"solution: ana -> bob"}},
		{"accepted by somebody who asked nothing", answer(`,'accepted':true,'accepted_by':'zoe'`), nil},
		{"solved by a message", strings.Replace(answer(``), `?'}`, `?','solved_by':'2'}`, 1), []string{"solution: ana -> bob"}},
		{"solved by a message of the same source", strings.NewReplacer(`'id':'1'`, `'id':'forum/1'`, `'id':'2'`, `'id':'forum/2'`).Replace(
			strings.Replace(answer(``), `?'}`, `?','solved_by':'2'}`, 1)), []string{"solution: ana -> bob"}},
		{"solved by a person", strings.Replace(answer(``), `?'}`, `?','solved':true,'solved_by':'bob'}`, 1), []string{"solution: ana -> bob"}},
		{"solved by herself", strings.Replace(answer(``), `?'}`, `?','solved_by':'1'}`, 1), nil},
		{"likes of nobody known", answer(`,'likes':4`), nil},
		{"liked by who asked", answer(`,'liked_by':['ana']`), []string{"reaction: ana -> bob"}},
		{"liked by who asked nothing", answer(`,'liked_by':['cid']`), nil},
		{"liked by herself", answer(`,'liked_by':['bob']`), nil},
		{"GitHub's reactions", answer(`,'reactions':[{'content':'heart','user':{'login':'ana'}}]`), []string{"reaction: ana -> bob"}},
		{"a reaction that doesn't thank", answer(`,'reactions':[{'content':'confused','user':{'login':'ana'}}]`), nil},
		{"reactions by emoji", answer(`,'reactions':{':+1:':['ana'],':-1:':['ana']}`), []string{"reaction: ana -> bob"}},
		{"a solution that is liked too", answer(`,'accepted':true,'liked_by':['ana']`), []string{"solution: ana -> bob"}},
		{"a solution that was paid for", answer(`,'accepted':true,'paid':true`), []string{"solution: ana -> bob paid"}},
		{"a solution with a price", answer(`,'accepted':true,'price':'20 €'`), []string{"solution: ana -> bob paid"}},
		{"a solution that is free", answer(`,'accepted':true,'price':'free'`), []string{"solution: ana -> bob"}},
		{"a gift", strings.Replace(asked, `?'}`, `?','received':true,'giver':'eve'}`, 1), []string{"record: ana -> eve"}},
		{"a gift that didn't come", strings.Replace(asked, `?'}`, `?','received':false,'giver':'eve'}`, 1), nil},
		{"a gift to oneself", strings.Replace(asked, `?'}`, `?','received':true,'giver':'ana'}`, 1), nil},
		{"a gift of nobody known", strings.Replace(asked, `?'}`, `?','received':true,'giver':'anonymous'}`, 1), nil},
		{"an answer of the organisation", strings.Replace(answer(`,'accepted':true`), `'bob','side':'community'`, `'bob','side':'organisation'`, 1), []string{"solution: ana -> bob organisation"}},
		{"a question of the organisation", strings.Replace(answer(`,'accepted':true`), `'ana','side':'community'`, `'ana','side':'organisation'`, 1), nil},
	} {
		found := Find(spoken(t, test.log))
		if got := told(found); !slices.Equal(got, test.want) {
			t.Errorf("%s: found %v, want %v", test.name, got, test.want)
		}
		for _, x := range found {
			if want := x.Kind.Strength(); x.Paid && x.Strength != 0 || !x.Paid && x.Strength != want {
				t.Errorf("%s: strength %v of %v", test.name, x.Strength, x)
			}
		}
	}
}

// TestWords asks two helpers' thread who is thanked by what the asker says last.
func TestWords(t *testing.T) {
	for _, test := range []struct {
		text string
		want []string
	}{
		{"Thanks Bob, it works!", []string{"bob"}},
		{"Thank you so much Cid.", []string{"cid"}},
		{"Thanks to bob and cid, all warm now.", []string{"bob", "cid"}},
		{"Hi Bob, thanks for the tip about the key.", []string{"bob"}},
		{"@bob thanks!", []string{"bob"}},
		{"It works. Thanks for the link Bob.", []string{"bob"}},
		{"Bob and Cid, you saved my winter. Thanks!", []string{"bob", "cid"}},
		{"Thanks both!", []string{"bob", "cid"}},
		{"Thank you all, it is warm again.", []string{"bob", "cid"}},
		{"That did it, thanks!", []string{"cid"}},
		{"Merci Bob, ça marche !", []string{"bob"}},
		{"Merci à tous pour vos conseils, ça chauffe.", []string{"bob", "cid"}},
		{"Je tenais à vous remercier pour votre aide, Bob.", []string{"bob"}},
		{"Thanks for nothing.", nil},
		{"Thanks for reading.", nil},
		{"No thanks.", nil},
		{"Merci de ne pas répondre à côté.", nil},
		{"Merci d'avance pour vos réponses.", nil},
		{"Merci de m'avoir lue.", nil},
		{"Non merci.", nil},
		{"Which key is it? Thanks in advance.", nil},
		{"Still cold.", nil},
	} {
		log := spoken(t, asked+`{'id':'2','thread':'t','author':'bob','side':'community','time':'2026-03-01T10:00:00Z','text':'Open the small valve with a square key until water comes.'}
{'id':'3','thread':'t','author':'cid','side':'community','time':'2026-03-01T11:00:00Z','text':'And top up the boiler afterwards, one bar is enough in a house like yours.'}
{'id':'4','thread':'t','author':'ana','side':'community','time':'2026-03-02T09:00:00Z','text':'`+strings.ReplaceAll(test.text, "'", "’")+`'}
`)
		var got []string
		for _, x := range Find(log) {
			got = append(got, string(x.To))
		}
		slices.Sort(got)
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: thanks go to %v, want %v", test.text, got, test.want)
		}
	}
}

func TestOnce(t *testing.T) {
	thanks := func(id, day string) string {
		return `{'id':'` + id + `','thread':'t','author':'ana','side':'community','time':'2026-03-` + day + `T09:00:00Z','text':'Thanks Bob, that helped!'}` + "\n"
	}
	answer := `{'id':'2','thread':'t','author':'bob','side':'community','time':'2026-03-01T10:00:00Z','text':'Open the small valve with a square key until water comes.'}` + "\n"
	for days, want := range map[string]int{"02 03": 1, "02 08": 1, "02 20": 2, "02 08 14": 1} {
		log := asked + answer
		for i, day := range strings.Fields(days) {
			log += thanks(string(rune('a'+i)), day)
		}
		if got := Find(spoken(t, log)); len(got) != want {
			t.Errorf("thanked on the days %s: %d thanks, want %d", days, len(got), want)
		}
	}
}

// TestOrder: the order in which messages were read changes nothing.
func TestOrder(t *testing.T) {
	lines := strings.SplitAfter(strings.TrimSpace(`{'id':'1','thread':'t','author':'ana','time':'2026-03-01T09:00:00Z','text':'How do I bleed the radiator?'}
{'id':'2','thread':'t','author':'bob','time':'2026-03-01T10:00:00Z','text':'Open the small valve with a square key.'}
{'id':'3','thread':'t','author':'ana','time':'2026-03-01T11:00:00Z','text':'Thanks Bob, all warm.'}
{'id':'4','thread':'u','author':'bob','time':'2026-03-01T12:00:00Z','text':'Who has a ladder?'}
{'id':'5','thread':'u','author':'cid','time':'2026-03-01T13:00:00Z','text':'I have one, six metres, take it.'}
{'id':'6','thread':'u','author':'bob','time':'2026-03-01T14:00:00Z','text':'Got it, thank you!'}`)+"\n", "\n")
	want := told(Find(spoken(t, strings.Join(lines, ""))))
	if len(want) != 2 {
		t.Fatalf("found %v", want)
	}
	slices.Reverse(lines)
	if got := told(Find(spoken(t, strings.Join(lines, "")))); !slices.Equal(got, want) {
		t.Errorf("read backwards: %v, forwards: %v", got, want)
	}
}

// TestGifts finds every recorded gift of the shared conversation that names its
// giver: 287.
func TestGifts(t *testing.T) {
	log := sharedLog(t, "data/conv/en_gift_asks_raop.jsonl")
	records := 0
	for _, x := range Find(log) {
		if x.Kind == Record {
			records++
		}
	}
	if records != 287 {
		t.Errorf("%d recorded gifts, want 287", records)
	}
}

func BenchmarkFind(b *testing.B) {
	log := sharedLog(b, "data/conv/en_forum_openenergymonitor.jsonl.zst")
	log.Threads()
	for b.Loop() {
		Find(log)
	}
	b.ReportMetric(float64(log.Len())*float64(b.N)/b.Elapsed().Seconds(), "messages/s")
}
