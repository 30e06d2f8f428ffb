package source_test

import (
	"testing"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/job"
	"github.com/entregent/entregent/internal/source"
	"github.com/entregent/entregent/internal/source/api"
	"github.com/entregent/entregent/internal/source/demo"
	"github.com/entregent/entregent/internal/source/sourcetest"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/store/storetest"
)

// An answer that a program fetches stays queued; one to the demonstration is sent;
// one to a kind that takes none is given up.
func TestSendElsewhere(t *testing.T) {
	for kind, want := range map[source.Kind]store.Sending{source.API: store.Queued, source.Demo: store.Sent} {
		s, _ := storetest.SQLite(t)
		m, j := sourcetest.Ask(t, s, source.Source{Name: "x", Kind: kind}, conversation.Message{ID: "7", Author: "Ana"})
		outbox := source.Outbox{Store: s, Senders: map[source.Kind]source.Sender{source.API: api.Sender{}, source.Demo: demo.Sender{}}}
		if err := outbox.Send(t.Context(), j, sourcetest.NoProgress); err != nil || sourcetest.Sending(t, s, m.ID) != want {
			t.Errorf("%s: %v, %s", kind, err, sourcetest.Sending(t, s, m.ID))
		}
	}
	s, _ := storetest.SQLite(t)
	m, j := sourcetest.Ask(t, s, source.Source{Name: "x", Kind: "post"}, conversation.Message{ID: "7", Author: "Ana"})
	if err := (&source.Outbox{Store: s}).Send(t.Context(), j, sourcetest.NoProgress); !job.IsPermanent(err) || sourcetest.Sending(t, s, m.ID) != store.Queued {
		t.Errorf("an unknown kind: %v", err)
	}
}
