package notice_test

import (
	"errors"
	"testing"

	"github.com/entregent/entregent/internal/notice"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/store/storetest"
)

// What is promised of notices holds on every engine.
func TestLaws(t *testing.T) {
	storetest.Laws(t, []storetest.Law{
		{Words: "of a kind and link one notice is unread at a time", Hold: oneNotice},
	})
}

func oneNotice(t *testing.T, s *store.Store) {
	n := notice.Notice{Kind: "job", Text: "notice.job", Args: []string{"import", "no space left"}, Link: "/jobs?id=3"}
	id := storetest.OK(notice.AddNotice(t.Context(), s, n))(t)
	n.Args[1] = "still none"
	storetest.Same(t, "its id", storetest.OK(notice.AddNotice(t.Context(), s, n))(t), id)
	unread := storetest.OK(notice.Notices(t.Context(), s, true, 0))(t)
	if len(unread) != 1 || unread[0].Args[1] != "still none" || unread[0].Level != "info" {
		t.Errorf("unread: %+v", unread)
	}
	storetest.No(t, notice.ReadNotice(t.Context(), s, id))
	if other := storetest.OK(notice.AddNotice(t.Context(), s, n))(t); other == id {
		t.Error("once it was read, a new one is needed")
	}
	if all := storetest.OK(notice.Notices(t.Context(), s, false, 0))(t); len(all) != 2 || !all[0].Read.IsZero() || all[1].Read.IsZero() {
		t.Errorf("all: %+v", all)
	}
	if err := notice.ReadNotice(t.Context(), s, 99999); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("one that isn't there: %v", err)
	}
}
