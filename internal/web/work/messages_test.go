package work_test

import (
	"net/http"
	"testing"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/web/webtest"
)

// Every number opens the messages behind it.
func TestMessagesBehindANumber(t *testing.T) {
	h := webtest.Market(t)
	kim := h.As(account.Teammate)
	for query, want := range map[string]int{"?waiting=1&needing=1": 4, "?waiting=1&channel=mail": 2, "?person=ada": 1, "?waiting=1&limit=3": 3, "?waiting=1&limit=3&page=2": 1,
		"": 6, "?q=pump": 1, "?author=kim": 1, "?limit=4": 4} {
		var v struct{ Items []any }
		kim.JSON("/api/messages"+query, &v)
		if len(v.Items) != want {
			t.Errorf("%s lists %d, not %d", query, len(v.Items), want)
		}
		kim.Get("/messages" + query)
	}
	next := kim.Get("/messages?limit=4").One("a", "rel", "next")
	kim.Get(webtest.Attr(next, "href")).Has("spare part").Lacks("Does the pump")
	kim.Try("/messages?within=soon").Wants(http.StatusBadRequest)
	kim.Try("/messages?since=soon").Wants(http.StatusBadRequest)
	kim.Get("/messages?q=nothing-like-that").Has("No message matches this.")
}
