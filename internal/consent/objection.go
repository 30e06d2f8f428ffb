package consent

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/job"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/notice"
	"github.com/entregent/entregent/internal/people"
	"github.com/entregent/entregent/internal/settings"
	"github.com/entregent/entregent/internal/store"
)

// ObjectionJob is the kind of the job that erases who objected; its payload is an
// Objection. Payload and key go when it ends: they name a person.
const ObjectionJob = "object"

// ObjectionDelay is how long an objection waits before anything is erased: whoever
// objects need not sign in, so nobody can know that they object in their own name.
// Meanwhile somebody of the organisation can do it at once, or refuse it.
const ObjectionDelay = 72 * time.Hour

// ObjectionsPerHour is how many objections may come from one network address in an
// hour: it keeps somebody from objecting in everybody's name.
const ObjectionsPerHour = 5

// maxAccount is how long the name of an account may be, in bytes.
const maxAccount = 400

// Objection is somebody who doesn't want to be read.
type Objection struct {
	Account string `json:"account"`
	Refused bool   `json:"refused,omitempty"` // it was made in somebody else's name: nothing is done
}

// WaitingObjection is an objection that nothing was done about yet.
type WaitingObjection struct {
	ID      int64 // of its job
	Account string
	Due     time.Time
}

// CheckAccount gives the name of an account without spaces around it, or says that
// it can't be one.
func CheckAccount(name string) (string, error) {
	name = strings.TrimSpace(name)
	if name == "" || len(name) > maxAccount || strings.ContainsAny(name, "\r\n\x00") {
		return "", lang.Invalid("account", "object.empty")
	}
	return name, nil
}

// Object keeps that an account doesn't want to be read, until ObjectionDelay is
// over, and tells the organisation. An account that speaks for the organisation is
// refused: else anybody could erase its answers.
func Object(ctx context.Context, s *store.Store, name string, now time.Time) error {
	ours, err := SpeaksForOrganisation(ctx, s, name)
	if err != nil {
		return err
	}
	if ours {
		return lang.Invalid("account", "object.ours")
	}
	if err := enqueue(ctx, s, Objection{Account: name}, now.Add(ObjectionDelay)); err != nil {
		return err
	}
	_, err = notice.AddNotice(ctx, s, notice.Notice{Kind: "objection", Text: "notice.objection", Link: "/objections", Level: "warn"})
	return err
}

// enqueue keeps an objection until it is due: once, however often it is made.
func enqueue(ctx context.Context, s *store.Store, o Objection, at time.Time) error {
	payload, err := json.Marshal(o)
	if err != nil {
		return err
	}
	sum := sha256.Sum256([]byte(strings.ToLower(o.Account)))
	_, err = job.Enqueue(ctx, s, job.Job{Kind: ObjectionJob, Key: hex.EncodeToString(sum[:8]), Payload: payload, Run: at})
	return err
}

// ParseObjection reads a job's payload.
func ParseObjection(payload []byte) (o Objection, err error) {
	err = json.Unmarshal(payload, &o)
	return o, err
}

// WaitingObjections gives those that nobody decided about, the next due first.
func WaitingObjections(ctx context.Context, s *store.Store) ([]WaitingObjection, error) {
	jobs, err := job.WaitingJobs(ctx, s, ObjectionJob)
	if err != nil {
		return nil, err
	}
	var list []WaitingObjection
	for _, j := range jobs {
		o, err := ParseObjection(j.Payload)
		if err != nil {
			return nil, err
		}
		if !o.Refused {
			list = append(list, WaitingObjection{j.ID, o.Account, j.Run})
		}
	}
	return list, nil
}

// DecideObjection has an objection done now, or refuses it as made in somebody
// else's name; by is the user who decides. ErrNotFound when none of this number
// waits.
func DecideObjection(ctx context.Context, s *store.Store, id int64, refuse bool, by int64, now time.Time) error {
	j, err := job.JobByID(ctx, s, id)
	if err != nil {
		return err
	}
	if j.Kind != ObjectionJob || !j.Done.IsZero() {
		return store.ErrNotFound
	}
	o, err := ParseObjection(j.Payload)
	if err != nil {
		return err
	}
	o.Refused = refuse
	if err := enqueue(ctx, s, o, now); err != nil {
		return err
	}
	action := "objection-done"
	if refuse {
		action = "objection-refused"
	}
	return account.Audit(ctx, s, account.Act{By: by, Action: action}) // without a name
}

// SpeaksForOrganisation says whether an account speaks for the organisation: by
// the roster, as a user, or by what it said.
func SpeaksForOrganisation(ctx context.Context, s *store.Store, name string) (bool, error) {
	set, err := settings.Read(ctx, s)
	if err != nil {
		return false, err
	}
	if set.Roster != nil {
		if _, ours := set.Roster.Find(conversation.PersonID(name), ""); ours {
			return true, nil
		}
	}
	bare := strings.TrimPrefix(name, "@")
	users, err := account.Users(ctx, s)
	if err != nil {
		return false, err
	}
	for _, u := range users {
		for _, own := range []string{u.Person, u.Mail} {
			if own != "" && strings.EqualFold(strings.TrimPrefix(own, "@"), bare) {
				return true, nil
			}
		}
	}
	return spokeForOrganisation(ctx, s, name, bare)
}

// spokeForOrganisation says whether somebody of this name was heard on the
// organisation's side.
func spokeForOrganisation(ctx context.Context, s *store.Store, name, bare string) (bool, error) {
	found, err := people.People(ctx, s, bare, 50, 0)
	for _, p := range found {
		for _, a := range p.Accounts {
			if p.Side == conversation.Organisation && (strings.EqualFold(a.Author, bare) || strings.EqualFold(a.Author, name) || strings.EqualFold(a.ID, name)) {
				return true, err
			}
		}
	}
	return false, err
}
