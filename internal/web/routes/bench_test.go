package routes_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/live"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/web"
	"github.com/entregent/entregent/internal/web/routes"
)

// BenchmarkVisit is what a page costs that shows next to nothing: the session, who
// asks, the layout.
func BenchmarkVisit(b *testing.B) {
	kept, err := store.Open(b.Context(), store.Options{Database: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	s, err := web.New(web.Config{Store: kept, Live: live.Open(kept, live.Options{})}, routes.Pages())
	if err != nil {
		b.Fatal(err)
	}
	u, err := account.SaveUser(b.Context(), kept, account.User{Name: "Ada", Role: account.Reader})
	if err != nil {
		b.Fatal(err)
	}
	name, token, err := s.SessionCookie(b.Context(), u)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		r := httptest.NewRequest("GET", "/account", nil)
		r.AddCookie(&http.Cookie{Name: name, Value: token})
		out := httptest.NewRecorder()
		if s.ServeHTTP(out, r); out.Code != http.StatusOK {
			b.Fatal(out.Code)
		}
	}
	b.StopTimer()
	if err := kept.Close(); err != nil {
		b.Fatal(err)
	}
}
