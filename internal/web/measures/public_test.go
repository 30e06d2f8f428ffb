package measures_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/measuring"
	"github.com/entregent/entregent/internal/settings"
	"github.com/entregent/entregent/internal/web/webtest"
)

// The page is closed until the house opens it; then it names and quotes nobody of
// the community.
func TestPublicPage(t *testing.T) {
	h := webtest.New(t)
	var said []conversation.Message
	for i := range 60 {
		said = append(said, webtest.Message(fmt.Sprint(i), fmt.Sprint("secretperson", i), "Why does my secretword never start?", webtest.Ago(time.Duration(8+i%20)*24*time.Hour)))
	}
	h.Hears("forum", said...)
	h.Stranger().Try("/public").Wants(404)
	h.As(account.Reader).Try("/public").Wants(404)
	h.As(account.Manager).Get("/public").Has("only you see it")
	if err := settings.Set(t.Context(), h.Store, map[string]string{settings.KeyPublic: "on", settings.KeyOrganisation: "Acme <b>"}); err != nil {
		t.Fatal(err)
	}
	report := `{"gap":{"sides":{"organisation":{"persons":31,"messages":100},"community":{"persons":48,"messages":100}},"values":[
		{"id":"results","name":{"en":"Results","fr":"Résultats"},"gap":{"center":0.21,"lo":0.1,"hi":0.3},"differs":true,
		 "quotes":[{"message":"ours/1","side":"organisation"},{"message":"forum/1","side":"community"},{"message":"ours/2","side":"organisation"}]},
		{"id":"openness","name":{"en":"Openness","fr":"Ouverture"},"gap":{"center":null,"lo":null,"hi":null},"quotes":[]}]}}`
	h.Hears("ours", webtest.Message("1", "marie@acme.org", "We measure what we ship.", webtest.Ours))
	if _, err := measuring.SaveReport(t.Context(), h.Store, measuring.Report{Kind: measuring.PublicReport, Made: h.Now(), Parts: map[string][]byte{"json": []byte(report)}}); err != nil {
		t.Fatal(err)
	}
	page := h.Stranger().Get("/public")
	page.Has("How people are heard: Acme <b>", "Results", "0.21", "the organisation", "We measure what we ship.", "80 people").Lacks("secret", "Openness", "marie")
	v := h.Stranger()
	v.Lang = "fr"
	v.Get("/public").Has("Résultats", "0,21")
	if err := settings.Set(t.Context(), h.Store, map[string]string{settings.KeyPublic: ""}); err != nil {
		t.Fatal(err)
	}
	h.Stranger().Try("/public").Wants(404)
}
