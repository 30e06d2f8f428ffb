package web

import (
	"net/http"
	"testing"
	"time"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/notice"
)

func TestTheFirstMinutes(t *testing.T) {
	h := newHouse(t, demo)
	to, err := h.FirstLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	v := h.stranger()
	v.Lang = "fr"
	v.submit(v.get(linkIn(t, to)), "/link")
	page := v.get("/welcome").has("Comment s’appelle votre organisation ?")
	page = v.submit(page, "/welcome", "organisation", "Les Vélos", "roster", "velos.example\n@velos; atelier", "timezone", "Europe/Paris",
		"name", "Inès", "mail", "ines@velos.example", "promise_hours", "12")
	page.has("Par où commencer", "Cette maison sait")
	s, err := ReadSettings(t.Context(), h.Store)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := s.Roster.Find("claire@velos.example", ""); !ok || s.Organisation != "Les Vélos" || s.Location.String() != "Europe/Paris" || s.Promise != 12*time.Hour ||
		s.Hours.String() != "mon tue wed thu fri 09:00-18:00" {
		t.Errorf("settings: %+v", s)
	}
	if u, err := account.UserByMail(t.Context(), h.Store, "ines@velos.example"); err != nil || u.Name != "Inès" || u.Role != account.Admin {
		t.Errorf("who set it up: %+v, %v", u, err)
	}

	v.tryPost("/demo").wants(http.StatusSeeOther)
	if n, err := h.Store.Counts(t.Context()); err != nil || n.Messages != 3 {
		t.Fatalf("the demonstration has %d messages, %v", n.Messages, err)
	}
	if _, err := notice.AddNotice(t.Context(), h.Store, notice.Notice{Kind: "crisis", Text: "notice.surge", Args: []string{"1", "2"}, Link: "/presence", Level: "warn"}); err != nil {
		t.Fatal(err)
	}
	page = v.get("/start").has("Une démonstration : personne n’y existe.")
	v.submit(page, "/demo/remove").has("La démonstration est partie, et 3 messages avec elle.").lacks("personne n’y existe")
	if left, err := notice.Notices(t.Context(), h.Store, true, 10); err != nil || len(left) != 0 {
		t.Errorf("its notices are left: %v, %v", left, err)
	}
	if n, err := h.Store.Counts(t.Context()); err != nil || n.Messages != 0 || n.People != 0 {
		t.Fatalf("of the demonstration are left %+v, %v", n, err)
	}
}

func TestSettingsThatAreWrong(t *testing.T) {
	h := newHouse(t)
	v := h.as(account.Manager)
	good := []string{"organisation", "Acme", "roster", "acme.example", "promise_hours", "36", "days", "sat", "from", "10:00", "until", "12:00", "public", "on"}
	v.post("/settings", good...).has("The settings are kept.")
	for _, wrong := range [][2]string{
		{"roster", "acme.example; a; b"}, {"timezone", "Europe/Atlantis"}, {"timezone", "../../etc/passwd"}, {"promise_hours", "0"}, {"promise_hours", "soon"},
		{"until", "09:00"}, {"retention_months", "-1"}, {"organisation", "A\nB"},
	} {
		fields := append([]string{}, good...)
		for i := 0; i < len(fields); i += 2 {
			if fields[i] == wrong[0] {
				fields = append(fields[:i], fields[i+2:]...)
				break
			}
		}
		a := v.tryPost("/settings", append(fields, wrong[0], wrong[1])...).wants(http.StatusBadRequest)
		a.has("That can't be taken as it is.")
		a.one("div", "role", "alert")
		a.form("/settings") // what was written is still there
	}
	v.tryPost("/settings", "roster", "acme.example\n\nmarie; a\nmarie; b\nbo").wants(http.StatusBadRequest).has("marie; b. One entry a line")
	v.tryPost("/settings", "roster", "# nobody yet").wants(http.StatusBadRequest).has("Nobody is named there.")
	s, err := ReadSettings(t.Context(), h.Store)
	if err != nil || s.Promise != 36*time.Hour || !s.Public || s.Hours.String() != "sat 10:00-12:00" {
		t.Errorf("settings: %+v, %v", s, err)
	}
	// What isn't sent stays; a name is needed; what is unticked is off.
	v.tryPost("/settings").wants(http.StatusSeeOther)
	v.postJSON("/api/settings", map[string]any{"retention_months": "6"}).wants(http.StatusOK)
	v.postJSON("/api/settings", map[string]any{"organisation": " "}).wants(http.StatusBadRequest)
	if now, err := ReadSettings(t.Context(), h.Store); err != nil || now.Organisation != "Acme" || now.Retention != 6 || !now.Public || now.Hours != s.Hours {
		t.Errorf("settings: %+v, %v", now, err)
	}
	v.submit(v.get("/settings"), "/settings", "public", "", "days", "")
	if now, err := ReadSettings(t.Context(), h.Store); err != nil || now.Public || now.Hours != (Hours{}) || now.Roster == nil {
		t.Errorf("unticked: %+v, %v", now, err)
	}
	var got settingsForm
	v.json("/api/settings", &got)
	if got.Promise != "36" || got.Organisation != "Acme" {
		t.Errorf("as JSON: %+v", got)
	}
}
