package whuffie_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/entregent/entregent/whuffie"
)

func at(day, hour int) time.Time { return time.Date(2026, 3, day, hour, 0, 0, 0, time.UTC) }

func TestRead(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       whuffie.Edges
	}{
		{"records", "\ufeff" + `{"id":"m1","time":"2026-03-01T08:00:00Z","kind":"thanks","from":"Ana","to":"Bob"}` + "\r\n\n" +
			`{"id":7,"time":1772434800,"kind":"praise","from":"Ana","to":12,"strength":0.5,"more":{"a":[1]}}
{"id":"m3","time":"2026-03-03","kind":"gift","from":"Bob","to":"Ana","value":0}
{"id":"m4","time":"2026-03-04T09:00:00+01:00","kind":"harm","from":"Ana","to":"Eve","reason":"lied"}
{"id":"m5","time":"2026-03-05T08:00:00","kind":"harm","from":"Bob","to":"Eve"}
{"id":"m1","kind":"withdraw","from":null}
{"kind":"forget","from":"Eve"}`,
			whuffie.Edges{Lines: 7, NoReason: 1, Events: []whuffie.Event{
				{Kind: whuffie.Thanks, ID: "m1", From: "Ana", To: "Bob", Time: at(1, 8)},
				{Kind: whuffie.Thanks, ID: "7", From: "Ana", To: "12", Time: at(2, 7), Strength: .5},
				{Kind: whuffie.Gift, ID: "m3", From: "Bob", To: "Ana", Time: at(3, 0), Paid: true},
				{Kind: whuffie.Harm, ID: "m4", From: "Ana", To: "Eve", Time: at(4, 8), Reason: "lied"},
				{Kind: whuffie.Harm, ID: "m5", From: "Bob", To: "Eve", Time: at(5, 8), Reason: "records:6"},
				{Kind: whuffie.Withdraw, ID: "m1"},
				{Kind: whuffie.Forget, From: "Eve"},
			}}},
		{"tabs", "receiver\tgiver\ttime\tvalue\tkind\nAna\tBob\t1772352000\t1\tack\nAna\tCléo\t1772352000\t0.25\tgive\nAna\tEve\t1772352000.5\t-1\tneg\n",
			whuffie.Edges{Lines: 3, NoReason: 1, Events: []whuffie.Event{
				{Kind: whuffie.Thanks, From: "Ana", To: "Bob", Time: at(1, 8), Strength: 1},
				{Kind: whuffie.Gift, From: "Cléo", To: "Ana", Time: at(1, 8), Strength: .25},
				{Kind: whuffie.Harm, From: "Ana", To: "Eve", Time: at(1, 8), Strength: 1, Reason: "tabs:4"},
			}}},
		{"ratings", "source,target,weight,timestamp\n1,2,10,1772352000\n1,3,-4,1772352000\n1,4,0,1772352000",
			whuffie.Edges{Lines: 3, NoReason: 1, Events: []whuffie.Event{
				{Kind: whuffie.Thanks, From: "1", To: "2", Time: at(1, 8), Strength: 1},
				{Kind: whuffie.Harm, From: "1", To: "3", Time: at(1, 8), Strength: 1, Reason: "ratings:3"},
				{Kind: whuffie.Thanks, From: "1", To: "4", Time: at(1, 8), Paid: true},
			}}},
		{"nothing", " \n\n", whuffie.Edges{}},
	} {
		got, err := whuffie.Read(test.name, strings.NewReader(test.text))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(&test.want, got); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
	}
}

func TestReadBadLines(t *testing.T) {
	for line, want := range map[string]string{
		`{"kind":"thanks","from":"Ana"`:                                            "not a record",
		`{"kind":"thanks","from":"Ana","time":"2026-03-01"}`:                       "a name or ID is missing",
		`{"kind":"thanks","from":"Ana","to":"Bob"}`:                                "the time is missing",
		`{"kind":"thanks","from":"Ana","to":"Bob","time":"yesterday"}`:             "neither RFC 3339 nor a day",
		`{"kind":"thanks","from":"Ana","to":"Bob","time":-5}`:                      "isn't in seconds since 1970",
		`{"kind":"hug","from":"Ana","to":"Bob","time":5}`:                          `unknown kind "hug"`,
		`{"kind":"day","time":5}`:                                                  `unknown kind "day"`,
		`{"kind":"thanks","from":1.5,"to":"Bob","time":5}`:                         "neither a text nor a whole number",
		`{"kind":"thanks","from":"Ana","to":"Bob","time":5,"strength":2}`:          "isn't between 0 and 1",
		`{"kind":"thanks","from":"A\u0000a","to":"Bob","time":5}`:                  "zero byte",
		`{"id":"` + strings.Repeat("x", 2000) + `","kind":"withdraw"}`:             "longer than 1024",
		`{"kind":"thanks","from":"Ana","to":"` + strings.Repeat("x", 1<<20) + `"}`: "longer than 1048576",
	} {
		edges, err := whuffie.Read("log", strings.NewReader(`{"kind":"forget","from":"Eve"}`+"\n"+line+"\n"+`{"kind":"forget","from":"Bob"}`))
		if err != nil {
			t.Fatal(err)
		}
		if edges.Lines != 3 || edges.Bad != 1 || len(edges.Events) != 2 || len(edges.Examples) != 1 {
			t.Fatalf("%.80s: read %d lines, %d bad, %d events", line, edges.Lines, edges.Bad, len(edges.Events))
		}
		if got := edges.Examples[0].Error(); !strings.HasPrefix(got, "log:2: ") || !strings.Contains(got, want) {
			t.Errorf("%.80s: %q doesn't say %q", line, got, want)
		}
	}
	for line, want := range map[string]string{
		"Ana\tBob\t5\t1":             "4 values",
		"Ana\tBob\tnoon\t1\tack":     "the time",
		"Ana\tBob\t5\tmuch\tack":     "is no number",
		"Ana\tBob\t5\tNaN\tack":      "the strength",
		"Ana\tBob\t5\t1\tthink":      "unknown kind",
		"\tBob\t5\t1\tack":           "missing",
		"Ana\tBob\t9999999999\t1\tx": "the time",
	} {
		edges, err := whuffie.Read("log", strings.NewReader("A\tB\t5\t1\tack\n"+line))
		if err != nil || edges.Bad != 1 || !strings.Contains(edges.Examples[0].Error(), want) {
			t.Errorf("%q: %v, %v", line, edges.Examples, err)
		}
	}
}

func TestReadFails(t *testing.T) {
	r := io.MultiReader(strings.NewReader("A\tB\t5\t1\tack\n"), iotest.ErrReader(io.ErrClosedPipe))
	edges, err := whuffie.Read("log", r)
	if !errors.Is(err, io.ErrClosedPipe) || len(edges.Events) != 1 {
		t.Errorf("%v, with %d events", err, len(edges.Events))
	}
}

// Whatever a file says, what is read from it can be measured, and every line is either an event or told.
func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"id":"m1","time":"2026-03-01T08:00:00Z","kind":"thanks","from":"Ana","to":"Bob"}` + "\n" + `{"id":"m1","kind":"withdraw"}`))
	f.Add([]byte("Ana\tBob\t1772352000\t1\tack\nAna\tEve\t1772352000\t-1\tneg\nBob\tAna\t1772352000\t.2\tgive\n"))
	f.Add([]byte("source,target,weight,timestamp\n1,2,10,1772352000\n2,1,-4,1772352001"))
	f.Fuzz(func(t *testing.T, file []byte) {
		edges, err := whuffie.Read("log", strings.NewReader(string(file)))
		if err != nil {
			t.Fatal(err)
		}
		if edges.Lines != edges.Bad+len(edges.Events) || len(edges.Examples) != min(5, edges.Bad) {
			t.Fatalf("%d lines, %d bad, %d events", edges.Lines, edges.Bad, len(edges.Events))
		}
		r, err := whuffie.Measure(edges.Events, whuffie.Options{Walks: 16}, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		if r.Refused > 0 {
			t.Fatalf("read, and then refused: %v", r.Examples)
		}
	})
}
