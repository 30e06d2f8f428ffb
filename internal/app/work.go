package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/entregent/entregent/internal/consent"
	"github.com/entregent/entregent/internal/erasure"
	"github.com/entregent/entregent/internal/hook"
	"github.com/entregent/entregent/internal/inbox"
	"github.com/entregent/entregent/internal/job"
	"github.com/entregent/entregent/internal/measuring"
	"github.com/entregent/entregent/internal/open"
	"github.com/entregent/entregent/internal/settings"
	"github.com/entregent/entregent/internal/source"
	"github.com/entregent/entregent/internal/source/api"
	"github.com/entregent/entregent/internal/source/demo"
	"github.com/entregent/entregent/internal/source/file"
	"github.com/entregent/entregent/internal/source/mail"
	"github.com/entregent/entregent/internal/store"
)

// The jobs that only this room knows of.
const (
	tidyJob   = "tidy"
	forgetJob = "forget-upload"
)

// kept is how long what is done and over lies about: jobs, uploads, links.
const kept = 48 * time.Hour

// runner is who does the jobs.
func (h *House) runner(hooks *hook.Dispatcher) *job.Runner {
	outbox := &source.Outbox{Store: h.Store, Senders: map[source.Kind]source.Sender{
		source.File: file.Sender{Folder: filepath.Join(h.config.Data, "outgoing")},
		source.Mail: mail.Sender{Mailer: h.mailer},
		source.API:  api.Sender{},
		source.Demo: demo.Sender{},
	}}
	return &job.Runner{Store: h.Store, Log: h.out.Log, Lease: h.out.Lease,
		Every: map[string]time.Duration{measuring.Job: time.Hour, tidyJob: 6 * time.Hour},
		Kinds: map[string]job.Kind{
			file.ImportJob: {Do: h.importFile},
			measuring.Job:  {Do: h.measure},
			inbox.SendJob:  {Do: outbox.Send, GiveUp: outbox.GiveUp, Notice: "notice.send"},
			hook.Job:       {Do: hooks.Deliver, Notice: "notice.hook"},
			tidyJob:        {Do: h.tidy},
			consent.ObjectionJob: {Do: func(ctx context.Context, j job.Job, _ func(float64, string)) error {
				return erasure.DoObjection(ctx, h.Store, j.Payload)
			}},
			forgetJob: {Do: func(ctx context.Context, j job.Job, _ func(float64, string)) error {
				return h.Store.DeleteBlob(ctx, j.Key)
			}},
		}}
}

// tidy forgets what is over, and the texts that have been kept as long as the
// house promised.
func (h *House) tidy(ctx context.Context, _ job.Job, _ func(float64, string)) error {
	if err := erasure.Tidy(ctx, h.Store, time.Now().Add(-kept)); err != nil {
		return err
	}
	set, err := settings.Read(ctx, h.Store)
	if err != nil {
		return err
	}
	n, err := h.Store.EraseTexts(ctx, time.Now().AddDate(0, -set.Retention, 0))
	if err != nil || n == 0 {
		return err
	}
	h.out.Log.Info("texts erased, kept as long as was promised", "messages", n)
	_, err = measuring.Enqueue(ctx, h.Store)
	return err
}

// hooks tell other programs what changed.
func (h *House) hooks() *hook.Dispatcher {
	return &hook.Dispatcher{Store: h.Store, Log: h.out.Log, AllowPrivate: func(ctx context.Context) bool {
		on, err := settings.Get(ctx, h.Store, settings.KeyNear)
		return err == nil && on != ""
	}}
}

// importFile reads an upload into the store. It may be begun again at any point:
// what is kept already is the same. The upload itself goes a little later, so that
// a process that dies before the job is noted as done leaves it to the next.
func (h *House) importFile(ctx context.Context, j job.Job, tell func(float64, string)) error {
	var task file.ImportTask
	if err := json.Unmarshal(j.Payload, &task); err != nil {
		return job.Permanent(fmt.Errorf("reading what to import: %w", err))
	}
	k, err := h.read(ctx, task, func(done float64) { tell(done, "") })
	if err != nil {
		return err
	}
	told, err := json.Marshal(k)
	if err != nil {
		return err
	}
	if _, err := job.Enqueue(ctx, h.Store, job.Job{Kind: forgetJob, Key: task.Blob, Run: time.Now().Add(time.Minute)}); err != nil {
		return err
	}
	if _, err := measuring.Enqueue(ctx, h.Store); err != nil {
		return err
	}
	tell(1, string(told))
	return nil
}

// read is the import itself.
func (h *House) read(ctx context.Context, task file.ImportTask, progress func(float64)) (*file.Kept, error) {
	blob, _, _, err := h.Store.Blob(ctx, task.Blob)
	if errors.Is(err, store.ErrNotFound) {
		return nil, job.Permanent(errors.New("the upload is gone: send the file again"))
	}
	if err != nil {
		return nil, err
	}
	defer blob.Close()
	texts, err := open.Keep()
	if err != nil {
		return nil, err
	}
	defer texts.Close()
	in, err := open.Unpack(blob)
	if err != nil {
		return nil, job.Permanent(err)
	}
	return file.Import(ctx, h.Store, in, task.File, texts, progress)
}

// measure measures everything anew, unless nothing has changed.
func (h *House) measure(ctx context.Context, _ job.Job, tell func(float64, string)) error {
	before, err := measuring.LatestReport(ctx, h.Store, measuring.Job)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	newest, err := h.Store.LastChange(ctx)
	if err != nil || before.ID != 0 && newest-before.Change <= 1 { // the report itself is a change
		return err
	}
	progress := func(done float64) { tell(done, "") }
	if h.out.Measure != nil {
		return h.out.Measure(ctx, progress)
	}
	return Measure(ctx, h.Store, time.Now(), progress)
}
