package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/consent"
	"github.com/entregent/entregent/internal/erasure"
	"github.com/entregent/entregent/internal/job"
	"github.com/entregent/entregent/internal/store"
)

// Objections wait a little before they erase anything: whoever objects need not
// sign in, so nobody can know that she objects in her own name. The people of the
// house are told, and can do it at once, or refuse one that was made in somebody
// else's name.
var objectionsRoutes = []Route{
	{Method: http.MethodGet, Path: "/objections", Name: "objections", Allow: Managing, Scope: Manage, Handle: objections, Out: objectionsView{}, Page: true},
	{Method: http.MethodPost, Path: "/objections/decide", Name: "objections-decide", Allow: Managing, Scope: Manage, Handle: decideObjection, In: objectionDecided{}, Out: Done{}, Page: true},
}

// ObjectJob is the job that erases who objected; its payload is an Objection.
const ObjectJob = consent.ObjectionJob

// ObjectionDelay is how long an objection waits for somebody to look at it.
const ObjectionDelay = 72 * time.Hour

// Objection is somebody who doesn't want to be read.
type Objection struct {
	Account string `json:"account"`
	Refused bool   `json:"refused,omitempty"` // it was not hers: nothing is done
}

// noteObjection keeps an objection until it is due: once, however often it is made.
func (s *Server) noteObjection(ctx context.Context, o Objection, at time.Time) error {
	payload, err := json.Marshal(o)
	if err != nil {
		return err
	}
	sum := sha256.Sum256([]byte(strings.ToLower(o.Account)))
	_, err = job.Enqueue(ctx, s.Store, job.Job{Kind: ObjectJob, Key: hex.EncodeToString(sum[:8]), Payload: payload, Run: at})
	return err
}

// DoObjection is the work of an ObjectJob: it erases who objected, and remembers
// her refusal.
func (s *Server) DoObjection(ctx context.Context, payload []byte) error {
	var o Objection
	if err := json.Unmarshal(payload, &o); err != nil {
		return err
	}
	if o.Refused || o.Account == "" {
		return nil
	}
	if err := erasure.ObjectionTo(ctx, s.Store, o.Account); err != nil {
		return err
	}
	if err := account.Audit(ctx, s.Store, account.Act{Action: "objection"}); err != nil { // without a name: it is gone
		return err
	}
	_, err := job.Enqueue(ctx, s.Store, job.Job{Kind: MeasureJob, Key: MeasureKey})
	return err
}

// objectionsView lists the objections that wait.
type objectionsView struct {
	when
	Waiting []objectionWaiting `json:"waiting"`
}

type objectionWaiting struct {
	ID      int64     `json:"id"`
	Account string    `json:"account"`
	Due     time.Time `json:"due"`
}

func (objectionsView) Template() string { return "objections" }

func objections(r *Request) (View, error) {
	settings, err := r.settings()
	if err != nil {
		return nil, err
	}
	v := objectionsView{when: r.when(settings), Waiting: []objectionWaiting{}}
	jobs, err := job.WaitingJobs(r.Context(), r.Server.Store, ObjectJob)
	if err != nil {
		return nil, err
	}
	for _, j := range jobs {
		var o Objection
		if err := json.Unmarshal(j.Payload, &o); err != nil {
			return nil, err
		}
		if !o.Refused {
			v.Waiting = append(v.Waiting, objectionWaiting{j.ID, o.Account, j.Run})
		}
	}
	return v, nil
}

// objectionDecided is what a person of the house decides of an objection.
type objectionDecided struct {
	ID   int64 `json:"id"`
	Hers bool  `json:"hers"`
}

// decideObjection does it now, or refuses it.
func decideObjection(r *Request) (View, error) {
	var in objectionDecided
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	j, err := job.JobByID(r.Context(), r.Server.Store, in.ID)
	if err != nil {
		return nil, err
	}
	if j.Kind != ObjectJob || !j.Done.IsZero() {
		return nil, store.ErrNotFound
	}
	var o Objection
	if err := json.Unmarshal(j.Payload, &o); err != nil {
		return nil, err
	}
	o.Refused = !in.Hers
	if err := r.Server.noteObjection(r.Context(), o, r.Now()); err != nil {
		return nil, err
	}
	act, said := "objection-done", "objections.done"
	if o.Refused {
		act, said = "objection-refused", "objections.refused"
	}
	if err := account.Audit(r.Context(), r.Server.Store, account.Act{By: r.User.ID, Action: act}); err != nil { // without a name
		return nil, err
	}
	return Done{Location: "/objections", Notice: said}, nil
}
