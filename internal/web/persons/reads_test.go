package persons_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/consent"
	"github.com/entregent/entregent/internal/erasure"
	"github.com/entregent/entregent/internal/job"
	"github.com/entregent/entregent/internal/settings"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/web/webtest"
)

// Anybody reads what is read and why, in two languages and as a program, and
// says no in one step; what she wrote is then gone, and the answer tells nobody
// who was known.
func TestReadsAndObjection(t *testing.T) {
	h := webtest.New(t)
	if err := settings.Set(t.Context(), h.Store, map[string]string{settings.KeyOrganisation: "Acme", settings.KeyRoster: "acme.org", settings.KeyContact: "dpo@acme.org", settings.KeyRetention: "7"}); err != nil {
		t.Fatal(err)
	}
	h.Hears("forum", webtest.Message("1", "ada", "It doesn't work."), webtest.Message("2", "bob", "Nor here."))
	v := h.Stranger()
	page := v.Get("/reads")
	page.Has("Acme reads what is said to it", "forum", "7 months", "dpo@acme.org", "No search for people")
	fr := h.Stranger()
	fr.Lang = "fr"
	fr.Get("/reads").Has("Ce que nous lisons et pourquoi", "7 mois")
	var told struct {
		Sources   []any
		Months    int `json:"retention_months"`
		Objection string
		Never     []string
	}
	v.JSON("/reads.json", &told)
	if len(told.Sources) != 1 || told.Months != 7 || !strings.HasSuffix(told.Objection, "/api/object") || len(told.Never) == 0 {
		t.Errorf("programs are told %+v", told)
	}

	v.TryPost("/object", "account", " ").Wants(400)
	v.TryPost("/object", "account", "marie@acme.org").Wants(400).Has("speaks for the organisation")
	h.Hears("desk", webtest.Message("9", "Tim", "Like this.", webtest.Ours))
	mate := h.As(account.Teammate)
	for _, us := range []string{"@" + strings.ToUpper(mate.User.Person), "@tim"} {
		h.Stranger().TryPost("/object", "account", us).Wants(400).Has("speaks for the organisation")
	}
	known, unknown := v.Submit(page, "/object", "account", "ada").Text(), v.Submit(page, "/object", "account", "nobody").Text()
	if known != unknown {
		t.Errorf("the answer tells who is known:\n%s\n%s", known, unknown)
	}
	if all, err := h.Store.Messages(t.Context(), store.Range{}); err != nil || len(all) != 3 {
		t.Fatalf("before anybody of the house could look, %d messages are left, %v", len(all), err)
	}
	decides(h, "nobody", false)
	decides(h, "ada", true)
	left, err := h.Store.Messages(t.Context(), store.Range{})
	if err != nil || len(left) != 2 || left[0].Author != "bob" || left[1].Author != "Tim" {
		t.Fatalf("%d messages are left, %v", len(left), err)
	}
	h.As(account.Admin).Get("/reads")
	for range 5 {
		v.TryPost("/object", "account", "somebody")
	}
	v.TryPost("/object", "account", "somebody").Wants(429)
}

// decides has a manager decide of an objection, and does what is due then; no
// trace of a name stays.
func decides(h *webtest.Site, name string, hers bool) {
	h.T.Helper()
	boss := h.As(account.Manager)
	page := boss.Get("/objections")
	page.Has(name)
	boss.Get("/notices").Has("asked to be erased")
	var told struct {
		Waiting []struct {
			ID      int64
			Account string
		}
	}
	boss.JSON("/api/objections", &told)
	for _, w := range told.Waiting {
		if w.Account != name {
			continue
		}
		boss.Post("/objections/decide", "id", strconv.FormatInt(w.ID, 10), "hers", strconv.FormatBool(hers))
		jobs, err := job.Take(h.T.Context(), h.Store, []string{consent.ObjectionJob}, "test", 1, time.Minute)
		if err != nil || len(jobs) != 1 {
			h.T.Fatalf("%d objections are due, %v", len(jobs), err)
		}
		if err := erasure.DoObjection(h.T.Context(), h.Store, jobs[0].Payload); err != nil {
			h.T.Fatal(err)
		}
		if err := job.Finish(h.T.Context(), h.Store, jobs[0], nil, time.Time{}); err != nil {
			h.T.Fatal(err)
		}
		if j, err := job.JobByID(h.T.Context(), h.Store, w.ID); err != nil || strings.Contains(string(j.Payload), name) {
			h.T.Errorf("the job still names her: %s %v", j.Payload, err)
		}
		return
	}
	h.T.Errorf("no objection of %s waits: %+v", name, told)
}
