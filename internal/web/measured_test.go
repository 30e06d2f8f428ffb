package web

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/job"
	"github.com/entregent/entregent/internal/measuring"
)

// report keeps a report as the measuring job would.
func (h *house) report(json string, parts map[string]string) {
	h.t.Helper()
	change, err := h.Store.LastChange(h.t.Context())
	if err != nil {
		h.t.Fatal(err)
	}
	r := measuring.Report{Kind: MeasureJob, Made: h.Now(), Change: change, Parts: map[string][]byte{"json": []byte(json)}}
	for name, part := range parts {
		r.Parts[name] = []byte(part)
	}
	if _, err := measuring.SaveReport(h.t.Context(), h.Store, r); err != nil {
		h.t.Fatal(err)
	}
}

// The pages of the measures say what is missing before there is something, show
// the report's section in the reader's language and how old it is, and open the
// messages behind each number.
func TestMeasuresPages(t *testing.T) {
	h := newHouse(t)
	reader := h.as(account.Reader)
	reader.get("/presence").has("Nothing was measured yet", "Not enough yet")
	reader.get("/gap").has("Not enough yet", "0 of 100", "0 of 30")
	reader.get("/whuffie").has("There is no thanks").lacks("Givers to thank")

	h.hears("forum", message("1", "ada", "How do I reset it?"), message("2", "bob", "Why is it red?", ago(80*time.Hour)))
	h.report(`{"presence":{"version":"presence/1"},"gap":{"sides":{"organisation":{"persons":8,"messages":605},"community":{"persons":40,"messages":900}}},"whuffie":null}`,
		map[string]string{"presence.en.html": "<h2>The six</h2>", "presence.fr.html": "<h2>Les six</h2>", "gap.en.html": "<h2>numbers</h2>"})
	page := reader.get("/presence")
	page.has("The six", "Nothing has changed since", "still waiting").lacks("Measure again")
	if len(page.all(nil, "form", "action", "/measure")) > 0 {
		t.Error("a reader can measure")
	}
	for _, a := range page.all(nil, "a") {
		if strings.HasPrefix(attr(a, "href"), "/messages") {
			t.Error("a reader is led to messages that she may not see")
		}
	}
	boss := h.as(account.Manager)
	behind := 0
	for _, a := range boss.get("/presence").all(nil, "a") {
		if strings.HasPrefix(attr(a, "href"), "/messages?") {
			boss.get(attr(a, "href"))
			behind++
		}
	}
	if behind < 7 {
		t.Errorf("%d numbers open what is behind them", behind)
	}
	fr := h.as(account.Reader)
	fr.Lang = "fr"
	fr.get("/presence").has("Les six")
	reader.get("/gap").has("605, enough", "8 of 30").lacks("numbers")

	h.hears("forum", message("3", "cy", "And mine?"))
	ada := h.as(account.Teammate)
	page = ada.get("/presence").has("since.")
	ada.submit(page, "/measure").has("Measuring again")
	ada.postJSON("/api/measure", map[string]string{}).wants(200)
	jobs, err := job.Jobs(t.Context(), h.Store, 10)
	if err != nil || len(jobs) != 1 {
		t.Errorf("asked twice, %d jobs wait, %v", len(jobs), err)
	}
	var v struct {
		Behind int64 `json:"behind"`
		Report struct{ Version string }
		Live   struct{ Waiting int }
	}
	ada.json("/api/presence", &v)
	if v.Report.Version != "presence/1" || v.Live.Waiting != 3 || v.Behind < 1 {
		t.Errorf("programs are told %+v", v)
	}
	if table := ada.get("/api/presence.csv").Body; !strings.HasPrefix(table, "figure,center,lo,hi,confidence,n,until\r\n") || !strings.Contains(table, "\r\nwaiting,3,") {
		t.Errorf("the table: %s", table)
	}
	ada.get("/api/gap")
	ada.get("/static/report.css").has(".report {")
}

// Givers are told by name and not by rank, with what people said, only to those
// who work there, and never with a score.
func TestGiversToThank(t *testing.T) {
	h := newHouse(t)
	var said []conversation.Message
	for i, giver := range []string{"zoe", "bea", "zoe", "zoe", "marie@acme.example"} {
		q, a := fmt.Sprint("q", i), fmt.Sprint("a", i)
		answer := message(a, giver, "Open the lid, press the blue button for three seconds, then close it again.", in(q, q), ago(50*time.Hour))
		if giver == "marie@acme.example" {
			ours(&answer)
		}
		asker := fmt.Sprint("asker", i)
		said = append(said, message(q, asker, "How do I start it?", ago(60*time.Hour)), answer,
			message(fmt.Sprint("t", i), asker, "Thank you so much, that solved it!", in(q, a), ago(40*time.Hour)))
	}
	h.hears("forum", said...)
	if err := h.Live.Stand(t.Context()); err != nil {
		t.Fatal(err)
	}
	page := h.as(account.Teammate).get("/whuffie")
	page.has("Givers to thank", "thanked 3 times", "that solved it", "Thank bea")
	var names []string
	for _, h3 := range page.all(nil, "h3") {
		names = append(names, text(h3))
	}
	if got := strings.Join(names, ", "); got != "bea, zoe, marie@acme.example organisation" && got != "bea, zoe, marie@acme.example Organisation" {
		t.Errorf("givers in this order: %s", got)
	}
	page.lacks("100,000")
	h.as(account.Reader).get("/whuffie").lacks("bea", "zoe")
	h.as(account.Teammate).get("/api/whuffie").has(`"name":"bea"`).lacks("points", `"known"`)
}
