package app

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/gap"
	"github.com/entregent/entregent/gift"
	"github.com/entregent/entregent/internal/board"
	"github.com/entregent/entregent/internal/export"
	"github.com/entregent/entregent/internal/live"
	"github.com/entregent/entregent/internal/open"
	"github.com/entregent/entregent/internal/settings"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/presence"
)

// Export writes one table of what a house knows. Options.Until is also the census;
// the time of the last message if it is zero, so that the same house gives the
// same bytes. pseudonymous makes names that say nothing, by the house's own key.
func Export(ctx context.Context, s *store.Store, w io.Writer, table export.Table, o export.Options, pseudonymous bool) (err error) {
	if table == export.Dictionary {
		return export.Write(w, table, export.Data{}, o)
	}
	if pseudonymous {
		if o.Key, err = export.Key(ctx, s); err != nil {
			return err
		}
	}
	n, err := s.Counts(ctx)
	if err != nil {
		return err
	}
	data := export.Data{Until: o.Until}
	if data.Until.IsZero() {
		data.Until = n.Last
	}
	set, err := settings.Read(ctx, s)
	if err != nil {
		return err
	}
	if err := fetch(ctx, s, &data, table, set); err != nil {
		return fmt.Errorf("exporting %s: %w", table, err)
	}
	return export.Write(w, table, data, o)
}

// fetch reads what a table is made of.
func fetch(ctx context.Context, s *store.Store, data *export.Data, table export.Table, set settings.Settings) error {
	switch table {
	case export.Messages, export.Threads, export.Answers:
		data.Messages = export.FromStore(ctx, s, store.Range{})
		if table == export.Messages {
			return nil
		}
		l := live.Open(s, live.Options{Now: func() time.Time { return data.Until }, Names: set.Names, Location: set.Location})
		if err := l.CatchUp(ctx); err != nil {
			return err
		}
		data.Appeals, _ = l.Appeals(live.Which{})
		return nil
	}
	texts, err := open.Keep()
	if err != nil {
		return err
	}
	defer texts.Close()
	log := conversation.NewLog(texts)
	if _, err := s.Log(ctx, log); err != nil {
		return err
	}
	switch table {
	case export.Gifts:
		given, err := board.ThanksGiven(ctx, s, time.Time{})
		if err != nil {
			return err
		}
		data.Thanks = append(gift.Find(log), export.Recorded(given)...)
		slices.SortStableFunc(data.Thanks, func(a, b gift.Thanks) int { return a.Time.Compare(b.Time) })
	case export.Values:
		r := gap.Measure(log, gap.Options{Until: data.Until, Quotes: gap.QuoteNone, Seed: 1})
		data.Gap = &r
	case export.Presence:
		r := presence.Measure(log, presence.Options{Until: data.Until, Names: set.Names, Location: set.Location, Seed: 1, Every: presence.Week})
		data.Presence = &r
	}
	return log.Err()
}
