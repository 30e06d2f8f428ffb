package erasure

import (
	"context"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/consent"
	"github.com/entregent/entregent/internal/measuring"
	"github.com/entregent/entregent/internal/notice"
	"github.com/entregent/entregent/internal/source"
	"github.com/entregent/entregent/internal/store"
)

// DoObjection is the work of a consent.ObjectionJob: it erases who objected,
// remembers the refusal, and has everything measured anew.
func DoObjection(ctx context.Context, s *store.Store, payload []byte) error {
	o, err := consent.ParseObjection(payload)
	if err != nil || o.Refused || o.Account == "" {
		return err
	}
	if err := ObjectionTo(ctx, s, o.Account); err != nil {
		return err
	}
	if err := account.Audit(ctx, s, account.Act{Action: "objection"}); err != nil { // without a name: it is gone
		return err
	}
	_, err = measuring.Enqueue(ctx, s)
	return err
}

// DemoKind is the kind of the source that holds the demonstration.
const DemoKind = "demo"

// RemoveDemo takes the demonstration out, and gives how many messages went. Where
// nothing else was brought, all notices are read: they were of it.
func RemoveDemo(ctx context.Context, s *store.Store) (messages int, err error) {
	list, err := source.List(ctx, s)
	if err != nil {
		return 0, err
	}
	others := 0
	for _, one := range list {
		if one.Kind != DemoKind {
			others++
			continue
		}
		n, err := RemoveSource(ctx, s, one.Name)
		if err != nil {
			return 0, err
		}
		messages += n
	}
	if others > 0 {
		return messages, nil
	}
	return messages, notice.ReadAll(ctx, s)
}
