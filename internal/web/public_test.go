package web

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/job"
	"github.com/entregent/entregent/internal/live"
	"github.com/entregent/entregent/internal/measuring"
	"github.com/entregent/entregent/internal/settings"
	"github.com/entregent/entregent/internal/store"
)

// crowd is a year of appeals in channels of very different sizes: some of a few
// people, some of one loud person, some that come and go.
func crowd(random *rand.Rand, from time.Time) (list []live.Appeal) {
	for c := range 2 + random.IntN(6) {
		people := 1 + random.IntN(40)>>random.IntN(4)
		loud := random.IntN(4) == 0
		begins, lasts := random.IntN(30), 5+random.IntN(47)
		for range people * (1 + random.IntN(6)) {
			who := random.IntN(people)
			if loud && random.IntN(10) > 0 {
				who = 0
			}
			a := live.Appeal{Channel: fmt.Sprint("c", c), Asker: conversation.PersonID(fmt.Sprint("p", c, "-", who)),
				Arrived: from.Add(time.Duration(begins*7*24+random.IntN(lasts*7*24)) * time.Hour)}
			if random.IntN(3) > 0 {
				a.Answered = a.Arrived.Add(time.Duration(random.IntN(400)) * time.Hour)
			}
			list = append(list, a)
		}
	}
	return list
}

// Somebody who keeps every week's page for a year, subtracts channels from sums
// and pages from pages, finds no number about fewer than eleven people, nor one
// that is nearly all one person's, shown or left over.
func TestAYearOfPagesTellsOfNobody(t *testing.T) {
	shown := 0
	for seed := range uint64(300) {
		random := rand.New(rand.NewPCG(seed, 1))
		start := time.Date(2025, 1, 6, 0, 0, 0, 0, time.UTC)
		appeals := crowd(random, start)
		for week := range 52 {
			until := start.AddDate(0, 0, 7*(week+1))
			from := until.AddDate(0, 0, -7*publicWeeks)
			cells, withheld := publish(appeals, from, until)
			behind := map[string]map[conversation.PersonID]int{"": {}}
			for _, a := range appeals {
				if !a.Arrived.Before(from) && a.Arrived.Before(until) {
					if behind[a.Channel] == nil {
						behind[a.Channel] = map[conversation.PersonID]int{}
					}
					behind[a.Channel][a.Asker]++
					behind[""][a.Asker]++
				}
			}
			rest, hidden := map[conversation.PersonID]int{}, 0
			seen := map[string]bool{"": true}
			for _, c := range cells {
				shown++
				seen[c.Channel] = true
				crowded(t, seed, week, c.Channel, behind[c.Channel])
				if c.Appeals%publicStep != 0 || c.Day.N != c.Appeals || c.Week.N != c.Appeals || c.Day.Center > c.Week.Center+1e-9 {
					t.Fatalf("%d, week %d: %+v", seed, week, c)
				}
				if k := c.Week.Center * float64(c.Appeals) / publicStep; k-float64(int(k+.5)) > 1e-9 || float64(int(k+.5))-k > 1e-9 {
					t.Fatalf("%d, week %d: a share of %v comes of no count in fives", seed, week, c.Week.Center)
				}
			}
			for channel, people := range behind {
				if !seen[channel] {
					hidden++
					for who, n := range people {
						rest[who] += n
					}
				}
			}
			if len(cells) > 1 && hidden > 0 {
				if withheld != hidden || hidden == 1 {
					t.Fatalf("%d, week %d: %d withheld, %d said", seed, week, hidden, withheld)
				}
				crowded(t, seed, week, "what is left over", rest)
			}
		}
	}
	if shown < 5_000 {
		t.Errorf("only %d numbers were ever shown: this proves little", shown)
	}
}

func crowded(t *testing.T, seed uint64, week int, what string, people map[conversation.PersonID]int) {
	t.Helper()
	all, most := 0, 0
	for _, n := range people {
		all, most = all+n, max(most, n)
	}
	if len(people) < publicLeast || float64(most) > publicMost*float64(all) {
		t.Fatalf("%d, week %d: %q is about %d people, %d of %d appeals are one's", seed, week, what, len(people), most, all)
	}
}

// The page is closed until the house opens it; then it names and quotes nobody of
// the community.
func TestPublicPage(t *testing.T) {
	h := newHouse(t)
	var said []conversation.Message
	for i := range 60 {
		said = append(said, message(fmt.Sprint(i), fmt.Sprint("secretperson", i), "Why does my secretword never start?", ago(time.Duration(8+i%20)*24*time.Hour)))
	}
	h.hears("forum", said...)
	h.stranger().try("/public").wants(404)
	h.as(account.Reader).try("/public").wants(404)
	h.as(account.Manager).get("/public").has("only you see it")
	if err := settings.SetSettings(t.Context(), h.Store, map[string]string{KeyPublic: "on", KeyOrganisation: "Acme <b>"}); err != nil {
		t.Fatal(err)
	}
	report := `{"gap":{"sides":{"organisation":{"persons":31,"messages":100},"community":{"persons":48,"messages":100}},"values":[
		{"id":"results","name":{"en":"Results","fr":"Résultats"},"gap":{"center":0.21,"lo":0.1,"hi":0.3},"differs":true,
		 "quotes":[{"message":"ours/1","side":"organisation"},{"message":"forum/1","side":"community"},{"message":"ours/2","side":"organisation"}]},
		{"id":"openness","name":{"en":"Openness","fr":"Ouverture"},"gap":{"center":null,"lo":null,"hi":null},"quotes":[]}]}}`
	h.hears("ours", message("1", "marie@acme.org", "We measure what we ship.", ours))
	if _, err := measuring.SaveReport(t.Context(), h.Store, measuring.Report{Kind: PublicReport, Made: h.Now(), Parts: map[string][]byte{"json": []byte(report)}}); err != nil {
		t.Fatal(err)
	}
	page := h.stranger().get("/public")
	page.has("How people are heard: Acme <b>", "Results", "0.21", "the organisation", "We measure what we ship.", "80 people").lacks("secret", "Openness", "marie")
	v := h.stranger()
	v.Lang = "fr"
	v.get("/public").has("Résultats", "0,21")
	if err := settings.SetSettings(t.Context(), h.Store, map[string]string{KeyPublic: ""}); err != nil {
		t.Fatal(err)
	}
	h.stranger().try("/public").wants(404)
}

// Anybody reads what is read and why, in two languages and as a program, and
// says no in one step; what she wrote is then gone, and the answer tells nobody
// who was known.
func TestReadsAndObjection(t *testing.T) {
	h := newHouse(t)
	if err := settings.SetSettings(t.Context(), h.Store, map[string]string{KeyOrganisation: "Acme", KeyRoster: "acme.org", KeyContact: "dpo@acme.org", KeyRetention: "7"}); err != nil {
		t.Fatal(err)
	}
	h.hears("forum", message("1", "ada", "It doesn't work."), message("2", "bob", "Nor here."))
	v := h.stranger()
	page := v.get("/reads")
	page.has("Acme reads what is said to it", "forum", "7 months", "dpo@acme.org", "No search for people")
	fr := h.stranger()
	fr.Lang = "fr"
	fr.get("/reads").has("Ce que nous lisons et pourquoi", "7 mois")
	var told readsView
	v.json("/reads.json", &told)
	if len(told.Sources) != 1 || told.Months != 7 || !strings.HasSuffix(told.Objection, "/api/object") || len(told.Never) == 0 {
		t.Errorf("programs are told %+v", told)
	}

	v.tryPost("/object", "account", " ").wants(400)
	v.tryPost("/object", "account", "marie@acme.org").wants(400).has("speaks for the organisation")
	h.hears("desk", message("9", "Tim", "Like this.", ours))
	mate := h.as(account.Teammate)
	for _, us := range []string{"@" + strings.ToUpper(mate.User.Person), "@tim"} {
		h.stranger().tryPost("/object", "account", us).wants(400).has("speaks for the organisation")
	}
	known, unknown := v.submit(page, "/object", "account", "ada").text(), v.submit(page, "/object", "account", "nobody").text()
	if known != unknown {
		t.Errorf("the answer tells who is known:\n%s\n%s", known, unknown)
	}
	if all, err := h.Store.Messages(t.Context(), store.Range{}); err != nil || len(all) != 3 {
		t.Fatalf("before anybody of the house could look, %d messages are left, %v", len(all), err)
	}
	h.decides("nobody", false)
	h.decides("ada", true)
	left, err := h.Store.Messages(t.Context(), store.Range{})
	if err != nil || len(left) != 2 || left[0].Author != "bob" || left[1].Author != "Tim" {
		t.Fatalf("%d messages are left, %v", len(left), err)
	}
	h.as(account.Admin).get("/reads")
	for range objectionsAnHour {
		v.tryPost("/object", "account", "somebody")
	}
	v.tryPost("/object", "account", "somebody").wants(429)
}

// decides has a manager decide of an objection, and does what is due then; no
// trace of a name stays.
func (h *house) decides(name string, hers bool) {
	h.t.Helper()
	boss := h.as(account.Manager)
	page := boss.get("/objections")
	page.has(name)
	boss.get("/notices").has("asked to be erased")
	var told objectionsView
	boss.json("/api/objections", &told)
	for _, w := range told.Waiting {
		if w.Account != name {
			continue
		}
		boss.post("/objections/decide", "id", strconv.FormatInt(w.ID, 10), "hers", strconv.FormatBool(hers))
		jobs, err := job.Take(h.t.Context(), h.Store, []string{ObjectJob}, "test", 1, time.Minute)
		if err != nil || len(jobs) != 1 {
			h.t.Fatalf("%d objections are due, %v", len(jobs), err)
		}
		if err := h.DoObjection(h.t.Context(), jobs[0].Payload); err != nil {
			h.t.Fatal(err)
		}
		if err := job.Finish(h.t.Context(), h.Store, jobs[0], nil, time.Time{}); err != nil {
			h.t.Fatal(err)
		}
		if j, err := job.JobByID(h.t.Context(), h.Store, w.ID); err != nil || strings.Contains(string(j.Payload), name) {
			h.t.Errorf("the job still names her: %s %v", j.Payload, err)
		}
		return
	}
	h.t.Errorf("no objection of %s waits: %+v", name, told)
}
