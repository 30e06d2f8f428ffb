package manage

import (
	"encoding/json"
	"strconv"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/erasure"
	"github.com/entregent/entregent/internal/job"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/measuring"
	"github.com/entregent/entregent/internal/settings"
	"github.com/entregent/entregent/internal/source"
	"github.com/entregent/entregent/internal/source/file"
	"github.com/entregent/entregent/internal/web"
)

// importForm is what the preview's form sends on.
type importForm struct {
	Blob    string            `json:"blob"`
	Source  string            `json:"source"`
	Title   string            `json:"title"`
	Us      string            `json:"us"`
	Decides bool              `json:"decides"`
	Dates   string            `json:"dates"`
	Zone    string            `json:"zone"`
	Columns map[string]string `json:"columns"`
}

// importFile makes a job of an upload.
func importFile(r *web.Request) (web.View, error) {
	var in importForm
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	if r.Form != nil {
		in.Columns = columnsOf(r.Form)
	}
	s := r.Server.Store
	blob, name, _, err := s.Blob(r.Context(), in.Blob)
	if err != nil {
		return nil, err
	}
	_ = blob.Close()
	if j, err := job.ByKey(r.Context(), s, file.ImportJob, in.Blob); err != nil || j.ID != 0 { // a second click
		return web.JobAt(j.ID), err
	}
	f := file.File{Source: or(in.Source, file.Propose(name)), Title: or(in.Title, name), Name: name, Us: in.Us, Decides: in.Decides,
		Columns: in.Columns, Dates: conversation.DateOrder(in.Dates), TimeZone: in.Zone}
	id, err := enqueueImport(r, in.Blob, f)
	if err != nil {
		return nil, err
	}
	return web.JobAt(id), nil
}

// enqueueImport makes a job of an upload, and remembers who the organisation is if
// nobody said so before.
func enqueueImport(r *web.Request, blob string, f file.File) (id int64, err error) {
	ctx, s := r.Context(), r.Server.Store
	if err := f.Check(); err != nil {
		return 0, err
	}
	if err := file.CheckTarget(ctx, s, f.Source); err != nil {
		return 0, err
	}
	if err := settings.RememberRoster(ctx, s, f.Us); err != nil {
		return 0, err
	}
	task, err := json.Marshal(file.ImportTask{Blob: blob, File: f, By: r.User.ID})
	if err != nil {
		return 0, err
	}
	if id, err = job.Enqueue(ctx, s, job.Job{Kind: file.ImportJob, Key: blob, Payload: task}); err != nil {
		return 0, err
	}
	return id, account.Audit(ctx, s, account.Act{By: r.User.ID, Action: "source-import", Subject: f.Source, Detail: f.Name})
}

// removalView asks before a source goes.
type removalView struct {
	Source source.Source `json:"source"`
}

func (removalView) Template() string { return "source-remove" }

type removalForm struct {
	Name string `json:"name"`
	Sure string `json:"sure"` // the name again
}

func askRemoval(r *web.Request) (web.View, error) {
	s, err := source.CurrentByName(r.Context(), r.Server.Store, r.URL.Query().Get("name"))
	return removalView{s}, err
}

// removeSource takes a source and all its messages out. It can't be undone: a
// file can be imported again.
func removeSource(r *web.Request) (web.View, error) {
	var in removalForm
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	s, err := source.CurrentByName(r.Context(), r.Server.Store, in.Name)
	if err != nil {
		return nil, err
	}
	if in.Sure != in.Name {
		return nil, lang.Invalid("sure", "sources.sure", in.Name)
	}
	n, err := erasure.RemoveSource(r.Context(), r.Server.Store, s.Name)
	if err != nil {
		return nil, err
	}
	if err := account.Audit(r.Context(), r.Server.Store, account.Act{By: r.User.ID, Action: "source-remove", Subject: s.Name, Detail: strconv.Itoa(n)}); err != nil {
		return nil, err
	}
	_, err = measuring.Enqueue(r.Context(), r.Server.Store)
	return web.Done{Location: "/sources", Notice: "sources.removed", Args: []any{s.Title, n}, Result: map[string]int{"messages": n}}, err
}
