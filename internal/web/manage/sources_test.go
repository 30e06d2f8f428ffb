package manage_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/job"
	"github.com/entregent/entregent/internal/settings"
	"github.com/entregent/entregent/internal/source"
	"github.com/entregent/entregent/internal/source/file"
	"github.com/entregent/entregent/internal/web/webtest"
)

// drop sends a file as the form of the page does.
func drop(v *webtest.Visitor, name, text string) webtest.Answer {
	v.Site.T.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", name)
	if err != nil {
		v.Site.T.Fatal(err)
	}
	fmt.Fprint(part, text)
	if err := form.Close(); err != nil {
		v.Site.T.Fatal(err)
	}
	r := httptest.NewRequest("POST", "/sources/preview", &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	return v.Follow(v.Do(r))
}

const forum = `{"id":"1","author":"ada","time":"2026-03-01T10:00:00Z","text":"How do I reset it? <script>alert(1)</script>","lang":"en"}
{"id":"2","author":"bob@acme.org","reply_to":"1","time":"2026-03-01T11:00:00Z","text":"Hold the button."}
not a message
{"id":"3","author":"cy","time":"yesterday","text":"Hm"}
`

// A file is seen before anything of it is kept: what it holds, what is wrong in
// which line, who is us; then it is imported as a job.
func TestFileIsSeenBeforeItIsKept(t *testing.T) {
	h := webtest.New(t)
	ada := h.As(account.Manager)
	ada.Get("/sources").Has("There is no source yet")
	page := drop(ada, "forum.jsonl", forum).Wants(200)
	page.Has("2 messages in 1 thread by 2 people", "forum.jsonl:3", "forum.jsonl:4", "<script>alert(1)</script>", "Nobody of the organisation")
	if n := len(page.All(nil, "script")); n > 1 {
		t.Errorf("%d scripts", n)
	}
	counts, err := h.Store.Counts(t.Context())
	if err != nil || counts.Messages != 0 {
		t.Fatalf("%d messages are kept already, %v", counts.Messages, err)
	}

	page = ada.Submit(page, "/sources/preview", "us", "acme.org; support", "title", "Our forum")
	page.Has("1 by the organisation, 1 by the community").Lacks("Nobody of the organisation")
	next := ada.Submit(page, "/sources/import")
	next.Has("Import: Our forum")
	if next.Header.Get("Refresh") == "" {
		t.Error("without a script the page never moves")
	}

	jobs, err := job.Take(t.Context(), h.Store, []string{file.ImportJob}, "test", 1, 1e9)
	if err != nil || len(jobs) != 1 {
		t.Fatal(jobs, err)
	}
	ada.Submit(page, "/sources/import").Has("Import: Our forum") // clicked twice
	if all, err := job.Jobs(t.Context(), h.Store, 10); err != nil || len(all) != 1 {
		t.Errorf("clicked twice, there are %d jobs, %v", len(all), err)
	}
	var task file.ImportTask
	if err := json.Unmarshal(jobs[0].Payload, &task); err != nil {
		t.Fatal(err)
	}
	if task.File.Us != "acme.org; support" || task.File.Source != "forum" || task.By != ada.User.ID {
		t.Errorf("the job is told %+v", task)
	}
	if us, _ := settings.Get(t.Context(), h.Store, settings.KeyRoster); us != "acme.org; support" {
		t.Errorf("who is us isn't remembered: %q", us)
	}
	in, _, _, err := h.Store.Blob(t.Context(), task.Blob)
	if err != nil {
		t.Fatal(err)
	}
	told, err := file.Import(t.Context(), h.Store, in, task.File, nil, func(float64) {})
	if err != nil {
		t.Fatal(err)
	}
	jobs[0].Detail = string(mustJSON(t, told))
	if err := job.Finish(t.Context(), h.Store, jobs[0], nil, h.Now()); err != nil {
		t.Fatal(err)
	}
	done := ada.Get(next.Path + fmt.Sprintf("?id=%d", jobs[0].ID))
	done.Has("Done.", "forum.jsonl:3", "Who is waiting?")
	if done.Header.Get("Refresh") != "" {
		t.Error("the page goes on moving")
	}

	// The same file again is known already; an edited line is an edit.
	drop(ada, "forum.jsonl", forum).Has("There is a source “forum” already")
	var again struct{ Sight *file.Sight }
	page = drop(ada, "forum.jsonl", strings.Replace(forum, "Hold the button", "Hold both buttons", 1))
	_, fields := page.Form("/sources/preview")
	ada.JSON("/api/sources/preview?"+fields.Encode(), &again)
	if f := again.Sight.Fates; f.Added != 0 || f.Edited != 1 || f.Same != 1 {
		t.Errorf("beside what is kept: %+v", f)
	}

	// Removal asks first, and takes the messages along.
	page = ada.Get("/sources/remove?name=forum")
	ada.TryPost("/sources/remove", "name", "forum", "sure", "").Wants(400)
	ada.Submit(page, "/sources/remove", "sure", "forum").Has("with 2 messages", "There is no source yet")
}

func mustJSON(t *testing.T, v any) []byte {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// What is no conversation is told in words, keeps nothing, and breaks nothing.
func TestBadFiles(t *testing.T) {
	h := webtest.New(t)
	ada := h.As(account.Manager)
	for _, c := range []struct{ name, text, says string }{
		{"photo.png", "\x89PNG\r\n\x1a\n\x00\x00", "this is a PNG image"},
		{"forum.jsonl.gz", "\x1f\x8b\x08\x00broken", "decompressing gzip"},
		{"words.txt", strings.Repeat("nothing of the kind\n", 50), "not a conversation"},
		{"other.csv", "name,colour\nrose,red\n", "can't be read as a conversation"},
	} {
		page := drop(ada, c.name, c.text).Wants(200)
		page.Has(c.says)
		if len(page.All(nil, "form", "action", "/sources/import")) > 0 {
			t.Errorf("%s can be imported", c.name)
		}
	}
	drop(ada, "empty.jsonl", "").Wants(400).Has("empty.jsonl is empty")
	drop(ada, "blank.jsonl", "\n\n").Wants(200).Has("no message in it")
	ada.TryPost("/sources/preview", "file", "x").Wants(400)
	ada.Try("/sources/preview?blob=none").Wants(404)
	ada.Try("/job?id=99").Wants(404)
	ada.Try("/sources/remove?name=none").Wants(404)
	page := drop(ada, "forum.jsonl", forum)
	_, fields := page.Form("/sources/preview")
	for name, bad := range map[string]string{"us": "@", "zone": "Mars/Olympus", "source": "A Forum!"} {
		fields.Set(name, bad)
		if a := ada.Try("/sources/preview?" + fields.Encode()); a.StatusCode != 400 && !a.Shows("can't be read as a conversation") {
			t.Errorf("%s=%s: %s", name, bad, a.Status)
		}
		_, fields = page.Form("/sources/preview")
	}
	if err := source.Save(t.Context(), h.Store, source.Source{Name: "program", Kind: source.API, Title: "A program", Config: "{}", Made: h.Now()}); err != nil {
		t.Fatal(err)
	}
	_, fields = page.Form("/sources/import")
	for _, wrong := range []string{"source=program", "dates=zzz", "zone=Mars/Olympus", "us=@"} {
		name, bad, _ := strings.Cut(wrong, "=")
		sent := []string{name, bad}
		for key := range fields {
			if key != name {
				sent = append(sent, key, fields.Get(key))
			}
		}
		ada.TryPost("/sources/import", sent...).Wants(400)
	}
	if list, err := source.List(t.Context(), h.Store); err != nil || len(list) != 1 || list[0].Kind != "api" {
		t.Errorf("what can't be imported makes sources: %+v, %v", list, err)
	}
	h.As(account.Teammate).Try("/sources").Wants(403)
	drop(h.Stranger(), "forum.jsonl", forum).Wants(401)
}

// A file tells how it is read, and what can't be right in that, before it is kept;
// the next one of its source is read as a person corrected it.
func TestReadingIsToldAndKept(t *testing.T) {
	h := webtest.New(t)
	ada := h.As(account.Manager)
	page := drop(ada, "forum.jsonl", forum).Wants(200)
	page.Has("Read as jsonl: 2 messages, 1 thread, 1 reply", "Nothing says who the organisation is", "forum.jsonl:1", "Correct how it is read")
	page = ada.Submit(page, "/sources/preview", "us", "acme.org", "dates", "dmy")
	page.Has("The organisation: 1 person, 1 message").Lacks("Nothing says who the organisation is")

	config := `{"source":"forum","title":"Our forum","name":"forum.jsonl","us":"acme.org","decides":true,"columns":{"time":"time"},"dates":"dmy","time_zone":"Europe/Paris"}`
	if err := source.Save(t.Context(), h.Store, source.Source{Name: "forum", Kind: source.File, Title: "Our forum", Config: config, Made: h.Now()}); err != nil {
		t.Fatal(err)
	}
	page = drop(ada, "forum.jsonl", forum).Wants(200)
	page.Has("The organisation: 1 person, 1 message").Lacks("Nothing says who the organisation is")
	_, fields := page.Form("/sources/import")
	for key, want := range map[string]string{"us": "acme.org", "decides": "on", "dates": "dmy", "zone": "Europe/Paris", "column_time": "time"} {
		if got := fields.Get(key); got != want {
			t.Errorf("%s is %q, not %q", key, got, want)
		}
	}
	page = ada.Submit(page, "/sources/preview", "us", "other.org") // what is said now stands before what was kept
	page.Has("The organisation: 0 people, 0 messages")
}
