package web

import (
	"encoding/json"
	"net/http"
	"time"

	"github.com/entregent/entregent/internal/job"
	"github.com/entregent/entregent/internal/source/file"
)

// How far a piece of work is that was asked for.
var jobRoutes = []Route{
	{Method: http.MethodGet, Path: "/job", Name: "job", Allow: Working, Scope: Read, Handle: showJob, Out: jobView{}, Page: true,
		Query: []Parameter{{"id", "the job's number", "integer"}}},
}

// MeasureJob is the kind of the job that measures everything anew, and of the
// report it keeps. MeasureKey is its key: the regular one's, so that one alone
// measures at a time.
const (
	MeasureJob = "measure"
	MeasureKey = "every"
)

// jobView is a job as it stands.
type jobView struct {
	ID       int64       `json:"id"`
	Kind     string      `json:"kind"`
	State    string      `json:"state"` // waiting, running, again, done, stopped
	Progress float64     `json:"progress"`
	Source   string      `json:"source,omitempty"`
	Title    string      `json:"title,omitempty"`
	Kept     *file.Kept  `json:"kept,omitempty"` // of an import that is done
	Error    string      `json:"error,omitempty"`
	Done     time.Time   `json:"done,omitzero"`
	Faults   []faultView `json:"-"`
}

func (jobView) Template() string { return "job" }

// Ended says whether nothing more will come of it.
func (v jobView) Ended() bool { return v.State == "done" || v.State == "stopped" }

// Percent is how much of it is done, in 0..100.
func (v jobView) Percent() int { return int(100 * v.Progress) }

func newJobView(j job.Job) jobView {
	v := jobView{ID: j.ID, Kind: j.Kind, State: stateOf(j), Progress: j.Progress, Error: j.Error, Done: j.Done}
	if j.Kind != ImportJob {
		return v
	}
	var task ImportTask
	if json.Unmarshal(j.Payload, &task) == nil {
		v.Source, v.Title = task.File.Source, task.File.Title
	}
	if kept := new(file.Kept); v.State == "done" && json.Unmarshal([]byte(j.Detail), kept) == nil {
		v.Kept = kept
	}
	return v
}

// stateOf says in a word how a job stands.
func stateOf(j job.Job) string {
	switch {
	case j.GivenUp:
		return "stopped"
	case !j.Done.IsZero():
		return "done"
	case !j.Lease.IsZero():
		return "running"
	case j.Error != "":
		return "again"
	}
	return "waiting"
}

// job shows it, and has the browser ask again while it isn't ended: also where
// there is no script.
func showJob(r *Request) (View, error) {
	j, err := job.JobByID(r.Context(), r.Server.Store, int64(r.Number("id", 0)))
	if err != nil {
		return nil, err
	}
	v := newJobView(j)
	if !v.Ended() && r.form == asPage {
		r.out.Header().Set("Refresh", "2")
	}
	if v.Kept != nil {
		for _, p := range v.Kept.Problems {
			v.Faults = append(v.Faults, faultView{p, r.Lang.Problem(p.Kind)})
		}
	}
	return v, nil
}
