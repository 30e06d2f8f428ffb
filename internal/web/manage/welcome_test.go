package manage_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/notice"
	"github.com/entregent/entregent/internal/settings"
	"github.com/entregent/entregent/internal/web/webtest"
)

func TestTheFirstMinutes(t *testing.T) {
	h := webtest.New(t, webtest.Demo)
	to, err := h.FirstLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	v := h.Stranger()
	v.Lang = "fr"
	v.Submit(v.Get(linkIn(t, to)), "/link")
	page := v.Get("/welcome").Has("Comment s’appelle votre organisation ?")
	page = v.Submit(page, "/welcome", "organisation", "Les Vélos", "roster", "velos.example\n@velos; atelier", "timezone", "Europe/Paris",
		"name", "Inès", "mail", "ines@velos.example", "promise_hours", "12")
	page.Has("Par où commencer", "Il est dit à qui sert")
	s, err := settings.Read(t.Context(), h.Store)
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

	v.TryPost("/demo").Wants(http.StatusSeeOther)
	if n, err := h.Store.Counts(t.Context()); err != nil || n.Messages != 3 {
		t.Fatalf("the demonstration has %d messages, %v", n.Messages, err)
	}
	if _, err := notice.AddNotice(t.Context(), h.Store, notice.Notice{Kind: "crisis", Text: "notice.surge", Args: []string{"1", "2"}, Link: "/presence", Level: "warn"}); err != nil {
		t.Fatal(err)
	}
	page = v.Get("/start").Has("Une démonstration : personne n’y existe.")
	v.Submit(page, "/demo/remove").Has("La démonstration est partie, et 3 messages avec elle.").Lacks("personne n’y existe")
	if left, err := notice.Notices(t.Context(), h.Store, true, 10); err != nil || len(left) != 0 {
		t.Errorf("its notices are left: %v, %v", left, err)
	}
	if n, err := h.Store.Counts(t.Context()); err != nil || n.Messages != 0 || n.People != 0 {
		t.Fatalf("of the demonstration are left %+v, %v", n, err)
	}
}

func TestSettingsThatAreWrong(t *testing.T) {
	h := webtest.New(t)
	v := h.As(account.Manager)
	good := []string{"organisation", "Acme", "roster", "acme.example", "promise_hours", "36", "days", "sat", "from", "10:00", "until", "12:00", "public", "on"}
	v.Post("/settings", good...).Has("The settings are kept.")
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
		a := v.TryPost("/settings", append(fields, wrong[0], wrong[1])...).Wants(http.StatusBadRequest)
		a.Has("That can't be taken as it is.")
		a.One("div", "role", "alert")
		a.Form("/settings") // what was written is still there
	}
	v.TryPost("/settings", "roster", "acme.example\n\nmarie; a\nmarie; b\nbo").Wants(http.StatusBadRequest).Has("marie; b. One entry a line")
	v.TryPost("/settings", "roster", "# nobody yet").Wants(http.StatusBadRequest).Has("Nobody is named there.")
	s, err := settings.Read(t.Context(), h.Store)
	if err != nil || s.Promise != 36*time.Hour || !s.Public || s.Hours.String() != "sat 10:00-12:00" {
		t.Errorf("settings: %+v, %v", s, err)
	}
	// What isn't sent stays; a name is needed; what is unticked is off.
	v.TryPost("/settings").Wants(http.StatusSeeOther)
	v.PostJSON("/api/settings", map[string]any{"retention_months": "6"}).Wants(http.StatusOK)
	v.PostJSON("/api/settings", map[string]any{"organisation": " "}).Wants(http.StatusBadRequest)
	if now, err := settings.Read(t.Context(), h.Store); err != nil || now.Organisation != "Acme" || now.Retention != 6 || !now.Public || now.Hours != s.Hours {
		t.Errorf("settings: %+v, %v", now, err)
	}
	v.Submit(v.Get("/settings"), "/settings", "public", "", "days", "")
	if now, err := settings.Read(t.Context(), h.Store); err != nil || now.Public || now.Hours != (settings.Hours{}) || now.Roster == nil {
		t.Errorf("unticked: %+v, %v", now, err)
	}
	var got settings.Form
	v.JSON("/api/settings", &got)
	if got.Promise != "36" || got.Organisation != "Acme" {
		t.Errorf("as JSON: %+v", got)
	}
}
