package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/measuring"
	"github.com/entregent/entregent/internal/settings"
	"github.com/entregent/entregent/internal/source"
	"github.com/entregent/entregent/internal/source/file"
)

// Story is an invented conversation.
type Story struct {
	Messages io.Reader // in the project's JSONL
	File     string
	Name     string   // of the organisation
	Names    []string // how it is addressed
	Zone     string
}

// demoSource is the name of the source that holds the demonstration.
const demoSource = "demo"

// fill tells the story as if it had happened until now: every message is moved
// by the same number of days, so that the last was said in the last day. In a
// house of its own the story also gives the settings.
func (h *House) fill(ctx context.Context) error {
	tale, err := h.out.Story()
	if err != nil {
		return err
	}
	log := conversation.NewLog(nil)
	if err := conversation.Read(log, tale.Messages, tale.File, conversation.ReadOptions{}); err != nil {
		return err
	}
	if err := source.Save(ctx, h.Store, source.Source{Name: demoSource, Kind: source.Demo, Title: tale.Name, Config: "{}", Made: time.Now()}); err != nil {
		return err
	}
	values := map[string]string{settings.KeyDemo: "on"}
	if h.out.Demo {
		values[settings.KeyOrganisation], values[settings.KeyZone] = tale.Name, tale.Zone
		values[settings.KeyNames] = strings.Join(tale.Names, "\n")
	}
	if err := settings.Set(ctx, h.Store, values); err != nil {
		return err
	}
	_, last := log.Span()
	shift := time.Since(last).Truncate(24 * time.Hour)
	for from := 0; from < log.Len(); from += file.Batch {
		var batch []conversation.Message
		for i := from; i < min(log.Len(), from+file.Batch); i++ {
			m := log.Message(i)
			m.Time = m.Time.Add(shift)
			if !m.Deleted.IsZero() {
				m.Deleted = m.Deleted.Add(shift)
			}
			batch = append(batch, m)
		}
		if _, err := h.Store.Append(ctx, demoSource, batch); err != nil {
			return fmt.Errorf("telling the story: %w", err)
		}
	}
	_, err = measuring.Enqueue(ctx, h.Store)
	return errors.Join(log.Err(), err)
}
