package file

import (
	"context"
	"errors"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/source"
	"github.com/entregent/entregent/internal/store"
)

// ImportJob is the kind of job that imports a file, and ImportTask its payload. Its
// Detail, once it is done, is a Kept.
const ImportJob = "import"

// ImportTask is what an ImportJob is told.
type ImportTask struct {
	Blob string `json:"blob"`
	File File   `json:"file"`
	By   int64  `json:"by"`
}

// Check says what is wrong with how a file is to be read, by field.
func (f *File) Check() error {
	switch f.Dates {
	case "", conversation.DayFirst, conversation.MonthFirst:
	default:
		return lang.Invalid("dates", "error.value", string(f.Dates))
	}
	if err := store.CheckSource(f.Source); err != nil {
		return lang.Invalid("source", "sources.name", f.Source)
	}
	if _, err := Roster(f.Us); err != nil {
		return lang.Invalid("us", "sources.us", err.Error())
	}
	if _, err := time.LoadLocation(f.TimeZone); err != nil {
		return lang.Invalid("zone", "error.value", f.TimeZone)
	}
	return nil
}

// CheckTarget says whether files may come in by a source: by a new one, or by one
// that files made.
func CheckTarget(ctx context.Context, s *store.Store, name string) error {
	before, err := source.CurrentByName(ctx, s, name)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err == nil && before.Kind != source.File {
		return lang.Invalid("source", "sources.other-kind", name)
	}
	return err
}
