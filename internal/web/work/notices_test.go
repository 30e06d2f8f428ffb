package work_test

import (
	"testing"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/notice"
	"github.com/entregent/entregent/internal/web/webtest"
)

// A notice is read alone or with all others, and is then no longer counted.
func TestReadingNotices(t *testing.T) {
	h := webtest.New(t)
	kim := h.As(account.Teammate)
	var ids []int64
	for _, link := range []string{"/inbox", "/people", "/sources"} {
		id, err := notice.AddNotice(t.Context(), h.Store, notice.Notice{Kind: "source", Text: "demo.loaded", Link: link, Level: "info", Time: h.Now()})
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	unread := func() int {
		var v struct{ Notices int }
		kim.JSON("/api/inbox", &v)
		return v.Notices
	}
	kim.PostJSON("/api/notices/read", map[string]int64{"id": ids[1]}).Wants(200)
	if n := unread(); n != 2 {
		t.Errorf("one of three read, %d are unread", n)
	}
	kim.PostJSON("/api/notices/read", map[string]int64{}).Wants(200)
	if n := unread(); n != 0 {
		t.Errorf("all read, %d are unread", n)
	}
}
