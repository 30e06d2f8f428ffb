package measuring

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/entregent/entregent/internal/job"
	"github.com/entregent/entregent/internal/store"
)

// Job is the kind of the job that measures everything anew, and of the report it
// keeps. JobKey is its key: the regular one's, so that one alone measures at a
// time.
const (
	Job    = "measure"
	JobKey = "every"
)

// PublicReport is the kind of report that the public page is made of; a new one
// is made once a week, so that pages compared day by day tell nothing of anybody.
const PublicReport = "public"

// Enqueue asks for a new report and gives the job's number; one that waits already
// is the same.
func Enqueue(ctx context.Context, s *store.Store) (id int64, err error) {
	if id, err = job.Enqueue(ctx, s, job.Job{Kind: Job, Key: JobKey}); err != nil {
		return 0, fmt.Errorf("asking to measure again: %w", err)
	}
	return id, nil
}

// Section is a part of the latest report.
type Section struct {
	Made   time.Time       // zero: nothing was measured yet
	Behind int64           // changes of the store since
	JSON   json.RawMessage // null when there is none
	HTML   string          // in the language asked for; made by report.Part, which escapes
}

// SectionOf gives a section of the latest report, by the report's JSON key and a
// language's tag. Without a report it is empty, and no error.
func SectionOf(ctx context.Context, s *store.Store, name, tag string) (Section, error) {
	empty := Section{JSON: json.RawMessage("null")}
	kept, err := LatestReport(ctx, s, Job)
	if errors.Is(err, store.ErrNotFound) {
		return empty, nil
	}
	if err != nil {
		return empty, err
	}
	newest, err := s.LastChange(ctx)
	if err != nil {
		return empty, err
	}
	var whole map[string]json.RawMessage
	if err := json.Unmarshal(kept.Parts["json"], &whole); err != nil {
		return empty, fmt.Errorf("reading the last report: %w", err)
	}
	part := Section{Made: kept.Made, Behind: max(0, newest-kept.Change-1), JSON: empty.JSON, HTML: string(kept.Parts[name+"."+tag+".html"])} // the report itself is a change
	if whole[name] != nil {
		part.JSON = whole[name]
	}
	return part, nil
}
