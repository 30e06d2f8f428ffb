package manage

import (
	"encoding/json"
	"net/http"
	"time"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/job"
	"github.com/entregent/entregent/internal/source/file"
	"github.com/entregent/entregent/internal/web"
)

// How far a piece of work is that was asked for.
var jobRoutes = []web.Route{
	{Method: http.MethodGet, Path: "/job", Name: "job", Allow: account.Working, Scope: account.Read, Handle: showJob, Out: jobView{}, Page: true,
		Query: []web.Parameter{{Name: "id", About: "the job's number", Type: "integer"}}},
}

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
	v := jobView{ID: j.ID, Kind: j.Kind, State: j.State(), Progress: j.Progress, Error: j.Error, Done: j.Done}
	if j.Kind != file.ImportJob {
		return v
	}
	var task file.ImportTask
	if json.Unmarshal(j.Payload, &task) == nil {
		v.Source, v.Title = task.File.Source, task.File.Title
	}
	if kept := new(file.Kept); v.State == "done" && json.Unmarshal([]byte(j.Detail), kept) == nil {
		v.Kept = kept
	}
	return v
}

// showJob shows a job, and has the browser ask again while it isn't ended: also where
// there is no script.
func showJob(r *web.Request) (web.View, error) {
	j, err := job.JobByID(r.Context(), r.Server.Store, int64(r.Number("id", 0)))
	if err != nil {
		return nil, err
	}
	v := newJobView(j)
	if !v.Ended() && r.Format == web.AsPage {
		r.Out.Header().Set("Refresh", "2")
	}
	if v.Kept != nil {
		for _, p := range v.Kept.Problems {
			v.Faults = append(v.Faults, faultView{p, r.Lang.Problem(p.Kind)})
		}
	}
	return v, nil
}
