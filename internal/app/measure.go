package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/entregent/entregent"
	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/gap"
	"github.com/entregent/entregent/internal/board"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/live"
	"github.com/entregent/entregent/internal/measuring"
	"github.com/entregent/entregent/internal/open"
	"github.com/entregent/entregent/internal/report"
	"github.com/entregent/entregent/internal/report/page"
	"github.com/entregent/entregent/internal/settings"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/presence"
)

// walks of a report's standing by thanks: a quarter of the published number, for
// a quarter of the memory.
const walks = 1 << 18

// Measure measures all that a store holds, as of now, and keeps the report: as
// JSON and, section by section, as parts of pages. The community's words and names
// aren't in it: whoever reads the measures sees nobody, and erasing somebody leaves
// nothing of hers there. Once a week what it
// found is also kept for the public page.
func Measure(ctx context.Context, s *store.Store, now time.Time, progress func(done float64)) error {
	set, err := settings.Read(ctx, s)
	if err != nil {
		return err
	}
	texts, err := open.Keep()
	if err != nil {
		return err
	}
	defer texts.Close()
	log := conversation.NewLog(texts)
	change, err := s.Log(ctx, log)
	if err != nil {
		return fmt.Errorf("measuring: %w", err)
	}
	progress(.2)
	r, err := whole(ctx, s, log, set, now, progress)
	if err != nil {
		return err
	}
	if err := errors.Join(log.Err(), ctx.Err()); err != nil {
		return fmt.Errorf("measuring: %w", err)
	}
	parts, err := partsOf(r)
	if err != nil {
		return err
	}
	if _, err := measuring.SaveReport(ctx, s, measuring.Report{Kind: measuring.Job, Made: now, Change: change, Parts: parts}); err != nil {
		return err
	}
	return errors.Join(weekly(ctx, s, r, now, change), r.WhuffieErr)
}

// whole takes all the measures.
func whole(ctx context.Context, s *store.Store, log *conversation.Log, set settings.Settings, now time.Time, progress func(float64)) (entregent.Report, error) {
	var until time.Time
	if _, last := log.Span(); now.Sub(last) < live.Quiet {
		until = now
	}
	given, err := board.ThanksGiven(ctx, s, time.Time{})
	if err != nil {
		return entregent.Report{}, err
	}
	r := entregent.Measure(log, entregent.Options{
		Presence: presence.Options{Until: until, Names: set.Names, Location: set.Location, Seed: 1, Every: presence.Week,
			Progress: func(_ string, done float64) { progress(.2 + .6*done) }},
		Gap:     gap.Options{Quotes: gap.QuoteOwn, Seed: 1},
		Events:  live.Recorded(given),
		Whuffie: entregent.WhuffieOptions{Until: until, Walks: walks, Seed: 1},
	})
	r.Title = set.Organisation
	r.Presence.Waiting.List = r.Presence.Waiting.List[:0] // who waits is told at the inbox, to those who work there
	for i := range r.Presence.Crises {
		r.Presence.Crises[i].Words = []string{}
	}
	progress(.95)
	return r, nil
}

// partsOf writes a report in all its forms.
func partsOf(r entregent.Report) (map[string][]byte, error) {
	var text bytes.Buffer
	if err := report.JSON(&text, r); err != nil {
		return nil, err
	}
	parts := map[string][]byte{"json": text.Bytes()}
	for _, l := range lang.Languages() {
		for _, section := range page.Sections() {
			part, err := page.Part(r, l, section)
			if err != nil {
				return nil, err
			}
			parts[section+"."+l.Tag()+".html"] = part
		}
	}
	return parts, nil
}

// weekly keeps what the public page is made of, once a week.
func weekly(ctx context.Context, s *store.Store, r entregent.Report, now time.Time, change int64) error {
	before, err := measuring.LatestReport(ctx, s, measuring.PublicReport)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	if r.Gap == nil || err == nil && now.Sub(before.Made) < 7*24*time.Hour {
		return nil
	}
	var part bytes.Buffer
	if err := report.JSON(&part, entregent.Report{Gap: r.Gap}); err != nil {
		return err
	}
	_, err = measuring.SaveReport(ctx, s, measuring.Report{Kind: measuring.PublicReport, Made: now, Change: change, Parts: map[string][]byte{"json": part.Bytes()}})
	return err
}
