package table

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/entregent/entregent/conversation"
)

func TestNoRowOfATableIsDropped(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		w.Comma = rapid.SampledFrom([]rune(",;\t|")).Draw(t, "comma")
		w.UseCRLF = rapid.Bool().Draw(t, "crlf")
		n := rapid.IntRange(0, 20).Draw(t, "rows")
		rows := [][]string{{"id", "time", "text", "more"}}
		texts := map[string]string{}
		for i := range n {
			id := fmt.Sprint(rapid.IntRange(1, 2*n).Draw(t, "id"))
			when := rapid.SampledFrom([]string{"2010-02-09T12:00:00Z", "2010-02-09", "soon", "", "03/04/2010", "25/04/2010"}).Draw(t, "time")
			text := strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{"a", "é", `"`, ",", ";", "\n", " ", "\t"})).Draw(t, "text"), "")
			rows = append(rows, []string{id, when, text, fmt.Sprint(i)})
			if when != "soon" && when != "" && texts[id] == "" {
				texts[id] = text + "."
			}
		}
		if err := w.WriteAll(rows); err != nil {
			t.Fatal(err)
		}
		log := conversation.NewLog(nil)
		if err := conversation.Read(log, &b, "x.csv", conversation.ReadOptions{Formats: Formats()}); err != nil {
			t.Fatal(err)
		}
		if log.Len()+lost(log) != n {
			t.Fatalf("%d messages and %d lost of %d rows: %q", log.Len(), lost(log), n, told(log))
		}
		for i := range log.Len() {
			if want := texts[string(log.ID(i))]; log.Text(i)+"." != want {
				t.Fatalf("message %s says %q, want %q", log.ID(i), log.Text(i), want)
			}
		}
	})
}

func FuzzCSV(f *testing.F) {
	f.Add(testdata(f, "recall_fr.csv"))
	f.Add(testdata(f, "recall_en.csv"))
	f.Add("id\tdate\ttext\n1\t03/04/2010\t\"a\n\n2\t5/6/07 3h\t\"b\"c\n\"\"\"\n")
	f.Add("sep=;\ntime;text\n1265713200;caf\xe9\n")
	f.Add("id,reply_to,author,role,public,date,text,reply,replied at\n1,,a,agent,no,46083.375,hello you,hello,1:30\n2,#1,b,user,yes,2 Mar 2026 9:00 IST,<p>x</p>,y,03/04/2026\n")
	f.Add("Issue key^Created^Summary^Comment^Comment\nA-1^2/Mar/26 9:00 AM^x^2/Mar/26 9:00 AM;a;b^;;\n")
	f.Add("note\n\nurl|topic_title|post_number|raw|cooked|created_at (UTC)\nhttps://f.example/t/q/1/1|q|1|a|<p>a|1772442000\n")
	f.Fuzz(func(t *testing.T, text string) { fuzzed(t, "x.csv", text) })
}

func fuzzed(t *testing.T, name, text string) *conversation.Log {
	options := conversation.ReadOptions{Limit: 1 << 16, Formats: Formats()}
	log, again := conversation.NewLog(nil), conversation.NewLog(nil)
	err := conversation.Read(log, strings.NewReader(text), name, options)
	met := told(log)
	if second := conversation.Read(again, strings.NewReader(text), name, options); fmt.Sprint(err) != fmt.Sprint(second) || told(again) != met || again.Len() != log.Len() {
		t.Fatalf("read twice: %d messages, told %q; then %d, %q", log.Len(), met, again.Len(), told(again))
	}
	if err != nil {
		return nil
	}
	options.Strict = true
	var problem *conversation.Problem
	if err := conversation.Read(conversation.NewLog(nil), strings.NewReader(text), name, options); errors.As(err, &problem) != (met != "") {
		t.Fatalf("told %q, but strict reading says %v", met, err)
	}
	n := 0
	for _, thread := range log.Threads() {
		n += len(thread)
	}
	if n != log.Len() {
		t.Fatalf("%d of %d messages are in a thread", n, log.Len())
	}
	for i := range log.Len() {
		if m := log.Message(i); log.Err() != nil {
			t.Fatalf("message %s: %v", m.ID, log.Err())
		} else if _, err := m.Attributes.All(); err != nil {
			t.Fatalf("message %s: attributes %s: %v", m.ID, m.Attributes, err)
		}
	}
	return log
}
