package measures_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/job"
	"github.com/entregent/entregent/internal/measuring"
	"github.com/entregent/entregent/internal/web/webtest"
)

// report keeps a report as the measuring job would.
func report(h *webtest.Site, json string, parts map[string]string) {
	h.T.Helper()
	change, err := h.Store.LastChange(h.T.Context())
	if err != nil {
		h.T.Fatal(err)
	}
	r := measuring.Report{Kind: measuring.Job, Made: h.Now(), Change: change, Parts: map[string][]byte{"json": []byte(json)}}
	for name, part := range parts {
		r.Parts[name] = []byte(part)
	}
	if _, err := measuring.SaveReport(h.T.Context(), h.Store, r); err != nil {
		h.T.Fatal(err)
	}
}

// The pages of the measures say what is missing before there is something, show
// the report's section in the reader's language and how old it is, and open the
// messages behind each number.
func TestMeasuresPages(t *testing.T) {
	h := webtest.New(t)
	reader := h.As(account.Reader)
	reader.Get("/presence").Has("Nothing was measured yet", "Not enough yet")
	reader.Get("/gap").Has("Not enough yet", "0 of 100", "0 of 30")
	reader.Get("/whuffie").Has("There is no thanks").Lacks("Givers to thank")

	h.Hears("forum", webtest.Message("1", "ada", "How do I reset it?"), webtest.Message("2", "bob", "Why is it red?", webtest.Ago(80*time.Hour)))
	report(h, `{"presence":{"version":"presence/1"},"gap":{"sides":{"organisation":{"persons":8,"messages":605},"community":{"persons":40,"messages":900}}},"whuffie":null}`,
		map[string]string{"presence.en.html": "<h2>The six</h2>", "presence.fr.html": "<h2>Les six</h2>", "gap.en.html": "<h2>numbers</h2>"})
	page := reader.Get("/presence")
	page.Has("The six", "Nothing has changed since", "still waiting").Lacks("Measure again")
	if len(page.All(nil, "form", "action", "/measure")) > 0 {
		t.Error("a reader can measure")
	}
	for _, a := range page.All(nil, "a") {
		if strings.HasPrefix(webtest.Attr(a, "href"), "/messages") {
			t.Error("a reader is led to messages that she may not see")
		}
	}
	boss := h.As(account.Manager)
	behind := 0
	for _, a := range boss.Get("/presence").All(nil, "a") {
		if strings.HasPrefix(webtest.Attr(a, "href"), "/messages?") {
			boss.Get(webtest.Attr(a, "href"))
			behind++
		}
	}
	if behind < 7 {
		t.Errorf("%d numbers open what is behind them", behind)
	}
	fr := h.As(account.Reader)
	fr.Lang = "fr"
	fr.Get("/presence").Has("Les six")
	reader.Get("/gap").Has("605, enough", "8 of 30").Lacks("numbers")

	h.Hears("forum", webtest.Message("3", "cy", "And mine?"))
	ada := h.As(account.Teammate)
	page = ada.Get("/presence").Has("since.")
	ada.Submit(page, "/measure").Has("Measuring again")
	ada.PostJSON("/api/measure", map[string]string{}).Wants(200)
	jobs, err := job.Jobs(t.Context(), h.Store, 10)
	if err != nil || len(jobs) != 1 {
		t.Errorf("asked twice, %d jobs wait, %v", len(jobs), err)
	}
	var v struct {
		Behind int64 `json:"behind"`
		Report struct{ Version string }
		Live   struct{ Waiting int }
	}
	ada.JSON("/api/presence", &v)
	if v.Report.Version != "presence/1" || v.Live.Waiting != 3 || v.Behind < 1 {
		t.Errorf("programs are told %+v", v)
	}
	if table := ada.Get("/api/presence.csv").Body; !strings.HasPrefix(table, "figure,center,lo,hi,confidence,n,until\r\n") || !strings.Contains(table, "\r\nwaiting,3,") {
		t.Errorf("the table: %s", table)
	}
	ada.Get("/api/gap")
	ada.Get("/static/report.css").Has(".report {")
}

// Givers are told by name and not by rank, with what people said, only to those
// who work there, and never with a score.
func TestGiversToThank(t *testing.T) {
	h := webtest.New(t)
	var said []conversation.Message
	for i, giver := range []string{"zoe", "bea", "zoe", "zoe", "marie@acme.example"} {
		q, a := fmt.Sprint("q", i), fmt.Sprint("a", i)
		answer := webtest.Message(a, giver, "Open the lid, press the blue button for three seconds, then close it again.", webtest.In(q, q), webtest.Ago(50*time.Hour))
		if giver == "marie@acme.example" {
			webtest.Ours(&answer)
		}
		asker := fmt.Sprint("asker", i)
		said = append(said, webtest.Message(q, asker, "How do I start it?", webtest.Ago(60*time.Hour)), answer,
			webtest.Message(fmt.Sprint("t", i), asker, "Thank you so much, that solved it!", webtest.In(q, a), webtest.Ago(40*time.Hour)))
	}
	h.Hears("forum", said...)
	if err := h.Live.Stand(t.Context()); err != nil {
		t.Fatal(err)
	}
	page := h.As(account.Teammate).Get("/whuffie")
	page.Has("Givers to thank", "thanked 3 times", "that solved it", "Thank bea")
	var names []string
	for _, h3 := range page.All(nil, "h3") {
		names = append(names, webtest.Text(h3))
	}
	if got := strings.Join(names, ", "); got != "bea, zoe, marie@acme.example organisation" && got != "bea, zoe, marie@acme.example Organisation" {
		t.Errorf("givers in this order: %s", got)
	}
	page.Lacks("100,000")
	h.As(account.Reader).Get("/whuffie").Lacks("bea", "zoe")
	h.As(account.Teammate).Get("/api/whuffie").Has(`"name":"bea"`).Lacks("points", `"known"`)
}
