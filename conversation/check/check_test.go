package check_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/check"
	"github.com/entregent/entregent/conversation/table"
)

// talk makes questions of people of their own, each answered by one of two at the
// desk; change may spoil a message, n counts from 0 and answer says which it is.
func talk(questions int, change func(m *conversation.Message, n int, answer bool)) *conversation.Log {
	log := conversation.NewLog(nil)
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	for n := range questions {
		for _, answer := range []bool{false, true} {
			id := conversation.MessageID(fmt.Sprint("q", n))
			m := conversation.Message{ID: id, Author: conversation.PersonID(fmt.Sprint("p", n)), Side: conversation.Community, Time: at.Add(time.Duration(n) * time.Hour),
				Text: fmt.Sprintf("Where do I find number %d of the brochure about the museum?", n)}
			if answer {
				m = conversation.Message{ID: "a" + id, ReplyTo: id, Author: conversation.PersonID(fmt.Sprint("desk", n%2)), Side: conversation.Organisation, Time: m.Time.Add(time.Minute),
					Text: fmt.Sprintf("It lies at the entrance, in rack %d.", n)}
			}
			m.Origin = conversation.Origin{File: "talk.jsonl", Line: 2*n + 1}
			if change != nil {
				change(&m, n, answer)
			}
			log.Append(m)
		}
	}
	return log
}

// found is the doubt of that code, or fails the test.
func found(t *testing.T, r check.Reading, code check.Code) check.Doubt {
	t.Helper()
	i := slices.IndexFunc(r.Doubts, func(d check.Doubt) bool { return d.Code == code })
	if i < 0 {
		t.Fatalf("no doubt %s, but %+v", code, r.Doubts)
	}
	return r.Doubts[i]
}

// TestRight: a plain conversation raises no doubt and is told as it is.
func TestRight(t *testing.T) {
	r := check.Read(talk(30, nil), check.Span{})
	if len(r.Doubts) > 0 || r.Blocks() {
		t.Errorf("doubted: %+v", r.Doubts)
	}
	us, them := r.Sides[check.Us], r.Sides[check.Them]
	if us.Messages != 30 || us.People != 2 || them.Messages != 30 || them.People != 30 || r.Threads != 30 || r.Replies != 30 {
		t.Errorf("told as %+v", r)
	}
}

// TestMachinesAreNobody: they are counted, on neither side.
func TestMachinesAreNobody(t *testing.T) {
	r := check.Read(talk(30, func(m *conversation.Message, n int, answer bool) { m.Bot = answer && n < 7 }), check.Span{})
	if r.Machines != 7 || r.Sides[check.Us].Messages != 23 {
		t.Errorf("%d machines, %d messages of the organisation", r.Machines, r.Sides[check.Us].Messages)
	}
}

// TestDoubts: every condition raises its doubt, with rows; a little less doesn't.
func TestDoubts(t *testing.T) {
	const line = "This message was sent by the form on our website, thank you."
	for _, c := range []struct {
		code   check.Code
		wrong  func(m *conversation.Message, n int, answer bool)
		right  func(m *conversation.Message, n int, answer bool)
		blocks bool
		count  int
	}{
		{check.AllOurs, func(m *conversation.Message, _ int, _ bool) { m.Side = conversation.Organisation },
			func(m *conversation.Message, n int, _ bool) {
				if n%4 > 0 { // 25 of 32 people
					m.Side = conversation.Organisation
				}
			}, true, 32},
		{check.NobodyOurs, func(m *conversation.Message, _ int, _ bool) { m.Side = conversation.Unknown },
			func(m *conversation.Message, n int, answer bool) {
				if m.Side = conversation.Community; answer && n < 29 {
					m.Side = conversation.Unknown
				}
			}, true, 60},
		{check.Loose, func(m *conversation.Message, _ int, _ bool) { m.ReplyTo = "" },
			func(m *conversation.Message, n int, _ bool) {
				if n > 0 {
					m.ReplyTo = ""
				}
			}, true, 30},
		{check.Elsewhere, func(m *conversation.Message, n int, answer bool) {
			if answer && n < 20 {
				m.ReplyTo = "gone-" + m.ReplyTo
			}
		}, func(m *conversation.Message, n int, answer bool) {
			if answer && n < 15 {
				m.ReplyTo = "gone-" + m.ReplyTo
			}
		}, true, 20},
		{check.DateApart, func(m *conversation.Message, n int, answer bool) {
			if n == 3 && !answer {
				m.Time = time.Unix(0, 0)
			}
		}, func(m *conversation.Message, n int, answer bool) {
			if n == 3 && !answer {
				m.Time = m.Time.AddDate(-9, 0, 0)
			}
		}, true, 1},
		{check.QuoteKept, func(m *conversation.Message, n int, answer bool) {
			if answer && n < 15 {
				m.Text += fmt.Sprintf("\n\nWhere do I find number %d of the brochure about the museum?", n)
			}
		}, func(m *conversation.Message, n int, answer bool) {
			if answer && n < 14 {
				m.Text += fmt.Sprintf("\n\nWhere do I find number %d of the brochure about the museum?", n)
			}
		}, true, 15},
		{check.PatternKept, func(m *conversation.Message, n int, answer bool) {
			if !answer && n < 15 {
				m.Text += "\n" + line
			}
		}, func(m *conversation.Message, _ int, answer bool) {
			if answer { // whoever answers may sign alike
				m.Text += "\n" + line
			}
		}, true, 15},
	} {
		t.Run(string(c.code), func(t *testing.T) {
			r := check.Read(talk(30, c.wrong), check.Span{})
			d := found(t, r, c.code)
			if d.Blocks != c.blocks || d.Count != c.count || len(d.Rows) == 0 || !strings.HasPrefix(d.Rows[0], "talk.jsonl:") || d.Option == "" {
				t.Errorf("told as %+v", d)
			}
			if r := check.Read(talk(30, c.right), check.Span{}); len(r.Doubts) > 0 {
				t.Errorf("doubted though it may be right: %+v", r.Doubts)
			}
		})
	}
}

// TestSubjects: what says Re: and stands alone, whoever speaks.
func TestSubjects(t *testing.T) {
	alone := func(subject string) *conversation.Log {
		return talk(10, func(m *conversation.Message, n int, _ bool) {
			m.Side, m.ReplyTo, m.Attributes = conversation.Community, "", conversation.Attributes(fmt.Sprintf(`{"subject":%q}`, subject))
		})
	}
	for _, s := range []string{"Re: the brochure", "RE : la brochure", "Re[2]: brochure", "AW: Prospekt"} {
		if d := found(t, check.Read(alone(s), check.Span{}), check.Loose); !d.Blocks || d.Count != 20 || d.Of != 20 {
			t.Errorf("%s: %+v", s, d)
		}
	}
	for _, s := range []string{"Reference: the brochure", "The brochure", "Real estate: a question"} {
		if r := check.Read(alone(s), check.Span{}); len(r.Doubts) > 0 {
			t.Errorf("%s: %+v", s, r.Doubts)
		}
	}
}

// TestDateOutside: a date outside the time that is measured keeps no number back,
// and is told all the same.
func TestDateOutside(t *testing.T) {
	log := talk(30, func(m *conversation.Message, n int, answer bool) {
		if n == 3 && !answer {
			m.Time = time.Date(2096, 1, 1, 0, 0, 0, 0, time.UTC)
		}
	})
	if d := found(t, check.Read(log, check.Span{}), check.DateApart); !d.Blocks || !slices.Equal(d.Words, []string{"2096-01-01"}) || d.Option != "--until" {
		t.Errorf("told as %+v", d)
	}
	r := check.Read(log, check.Span{Until: time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)})
	if d := found(t, r, check.DateApart); d.Blocks || r.Blocks() {
		t.Errorf("told as %+v", d)
	}
}

// TestNamed: once somebody said who the organisation is, that it says nothing is a
// finding and no doubt.
func TestNamed(t *testing.T) {
	who, err := conversation.NewRoster("acme.example")
	if err != nil {
		t.Fatal(err)
	}
	const lines = `{"id":"1","author":"zoe","time":"2026-03-02T09:00:00Z","text":"Anybody there?"}` + "\n"
	for _, o := range []conversation.ReadOptions{{}, {Organisation: who}} {
		log := conversation.NewLog(nil)
		if err := conversation.Read(log, strings.NewReader(lines), "a.jsonl", o); err != nil {
			t.Fatal(err)
		}
		if r := check.Read(log, check.Span{}); r.Blocks() != (o.Organisation == nil) {
			t.Errorf("named: %v, and told as %+v", o.Organisation != nil, r.Doubts)
		}
	}
}

// TestTables: one row a ticket, and columns that were not read.
func TestTables(t *testing.T) {
	read := func(header, row string) check.Reading {
		var b strings.Builder
		b.WriteString(header + "\n")
		for n := range 12 {
			fmt.Fprintf(&b, row+"\n", n, n+1, n)
		}
		log := conversation.NewLog(nil)
		who, _ := conversation.NewRoster("acme.example")
		if err := conversation.Read(log, strings.NewReader(b.String()), "tickets.csv", conversation.ReadOptions{Formats: table.Formats(), Organisation: who}); err != nil {
			t.Fatal(err)
		}
		return check.Read(log, check.Span{})
	}
	r := read("Ticket ID,Created time,Email,Description", "%d,2026-03-%02d 09:00,p%d@mail.example,My invoice shows two subscriptions. Can you remove one of them?")
	if d := found(t, r, check.OneRow); !d.Blocks || d.Count != 12 || len(d.Rows) == 0 {
		t.Errorf("told as %+v", d)
	}
	r = read("Ticket ID,Created time,Email,Description,Lösungstext", "%d,2026-03-%02d 09:00,p%d@mail.example,My invoice %[1]d shows two subscriptions. Can you remove one of them?,We took number %[1]d off and paid it back to you today.")
	if d := found(t, r, check.Unread); !d.Blocks || !slices.Equal(d.Words, []string{"Lösungstext"}) {
		t.Errorf("told as %+v", d)
	}
}

// TestThreadsStand: a reply whose question isn't here and that stands in a thread
// behind others is no lost one; and whoever goes on with their own words quotes
// nobody.
func TestThreadsStand(t *testing.T) {
	inThreads := talk(30, func(m *conversation.Message, n int, answer bool) {
		if m.Thread = conversation.ThreadID(fmt.Sprint("t", n)); answer {
			m.ReplyTo = "gone-" + m.ReplyTo
		}
	})
	own := talk(30, func(m *conversation.Message, n int, answer bool) {
		if m.Author = conversation.PersonID(fmt.Sprint("p", n)); answer {
			m.Side, m.Text = conversation.Community, fmt.Sprintf("Where do I find number %d of the brochure about the museum?", n)
		}
	})
	for i, log := range []*conversation.Log{inThreads, own} {
		for _, d := range check.Read(log, check.Span{}).Doubts {
			if d.Code == check.Elsewhere || d.Code == check.QuoteKept {
				t.Errorf("%d: doubted: %+v", i, d)
			}
		}
	}
}
