package file

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/source"
	"github.com/entregent/entregent/internal/store"
)

// Batch is how many messages are kept at a time.
const Batch = 1000

// Kept is what became of a file.
type Kept struct {
	Fates
	Lost     int       `json:"lost"` // records that can't be read as messages
	Problems []Problem `json:"problems"`
	Why      []string  `json:"why"` // the first reasons of messages refused
}

// whyKept is how many reasons are told.
const whyKept = 5

// readPart is the share of an import's progress that reading the file takes.
const readPart = .3

// Unreadable is the cause when a file can't be read.
type Unreadable struct{ Cause error }

// Permanent says that trying again won't mend it.
func (u *Unreadable) Permanent() bool { return true }

func (u *Unreadable) Error() string { return u.Cause.Error() }
func (u *Unreadable) Unwrap() error { return u.Cause }

// Import reads a file and appends its messages to the store, telling how much of
// it is done (0..1). Whoever begins it again ends the same.
func Import(ctx context.Context, s *store.Store, r io.Reader, f File, keep conversation.TextStore, progress func(done float64)) (*Kept, error) {
	o, err := f.options()
	if err != nil {
		return nil, err
	}
	if err := store.CheckSource(f.Source); err != nil {
		return nil, err
	}
	log := conversation.NewLog(keep)
	if err := read(log, r, f.Name, o, &bound{ctx: ctx}); err != nil {
		if ctx.Err() != nil {
			return nil, err
		}
		return nil, &Unreadable{err}
	}
	progress(readPart)
	kept := &Kept{Problems: problems(log, false), Why: []string{}}
	for _, p := range kept.Problems {
		if p.Lost {
			kept.Lost += p.Count
		}
	}
	if err := f.keep(ctx, s); err != nil {
		return nil, err
	}
	batch := make([]conversation.Message, 0, Batch)
	for i := range log.Len() {
		batch = append(batch, message(log, i))
		if len(batch) < Batch && i < log.Len()-1 {
			continue
		}
		if err := kept.append(ctx, s, f.Source, batch); err != nil {
			return nil, err
		}
		batch = batch[:0]
		progress(readPart + (1-readPart)*float64(i+1)/float64(log.Len()))
	}
	return kept, log.Err()
}

// keep keeps the source of a file that can be read.
func (f *File) keep(ctx context.Context, s *store.Store) error {
	config, err := json.Marshal(f)
	if err != nil {
		return err
	}
	made := time.Now()
	list, err := source.List(ctx, s)
	if err != nil {
		return err
	}
	for _, before := range list {
		if before.Name == f.Source && before.Removed.IsZero() {
			made = before.Made
		}
	}
	return source.Save(ctx, s, source.Source{Name: f.Source, Kind: source.File, Title: f.Title, Config: string(config), Made: made})
}

// message is a message as the store takes it. Where it answers one that isn't in
// the file, the log names its thread after that one: the store knows better, when
// the file is a later part of what it holds.
func message(log *conversation.Log, i int) conversation.Message {
	m := log.Message(i)
	if string(m.Thread) == string(m.ReplyTo) {
		m.Thread = ""
	}
	return m
}

// append keeps a batch and counts the fates.
func (k *Kept) append(ctx context.Context, s *store.Store, name string, batch []conversation.Message) error {
	outcomes, err := s.Append(ctx, name, batch)
	if err != nil {
		return fmt.Errorf("keeping messages of %s: %w", name, err)
	}
	for _, o := range outcomes {
		switch o.Fate {
		case store.Added:
			k.Added++
		case store.Edited:
			k.Edited++
		case store.Deleted:
			k.Deleted++
		case store.Same:
			k.Same++
		case store.Refused:
			if k.Refused++; len(k.Why) < whyKept {
				k.Why = append(k.Why, string(o.ID)+": "+o.Why)
			}
		}
	}
	return nil
}
