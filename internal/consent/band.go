package consent

import (
	"context"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/live"
	"github.com/entregent/entregent/internal/store"
)

// Band is the band of somebody's standing by thanks; "" for who hasn't agreed to have
// one.
func Band(ctx context.Context, s *store.Store, l *live.Live, id conversation.PersonID) (string, error) {
	day, err := StandingSince(ctx, s, id)
	if err != nil || day == "" {
		return "", err
	}
	return l.Whuffie(id).Band, nil
}
