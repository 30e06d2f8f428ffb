package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"mime/multipart"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/erasure"
	"github.com/entregent/entregent/internal/job"
	unpacking "github.com/entregent/entregent/internal/open"
	"github.com/entregent/entregent/internal/settings"
	"github.com/entregent/entregent/internal/source"
	"github.com/entregent/entregent/internal/source/file"
	"github.com/entregent/entregent/internal/store"
)

// The ways by which messages come in: the list, a file looked at before anything
// of it is kept, its import, and taking a source out again.
var sourcesRoutes = []Route{
	{Method: http.MethodGet, Path: "/sources", Name: "sources", Allow: Managing, Scope: Manage, Handle: sources, Out: sourcesView{}, Page: true},
	{Method: http.MethodPost, Path: "/sources/preview", Name: "sources-upload", Allow: Managing, Scope: Manage, Handle: upload, Out: Done{}, Page: true, Limit: mostUpload},
	{Method: http.MethodGet, Path: "/sources/preview", Name: "sources-preview", Allow: Managing, Scope: Manage, Handle: preview, Out: previewView{}, Page: true,
		Query: []Parameter{{"blob", "the upload's id", "string"}, {"source", "the source's name", "string"}, {"title", "what the source is called", "string"},
			{"us", "who the organisation is", "string"}, {"decides", "the list of us decides, whatever the file says", "boolean"},
			{"dates", "dmy or mdy: what 03/04/2011 means", "string"}, {"zone", "zone of times that don't say theirs", "string"}}},
	{Method: http.MethodPost, Path: "/sources/import", Name: "sources-import", Allow: Managing, Scope: Manage, Handle: importFile, In: importForm{}, Out: Done{}, Page: true},
	{Method: http.MethodGet, Path: "/sources/remove", Name: "sources-remove-ask", Allow: Managing, Scope: Manage, Handle: askRemoval, Out: removalView{}, Page: true,
		Query: []Parameter{{"name", "the source's name", "string"}}},
	{Method: http.MethodPost, Path: "/sources/remove", Name: "sources-remove", Allow: Managing, Scope: Manage, Handle: removeSource, In: removalForm{}, Out: Done{}, Page: true},
}

const (
	mostUpload  = 1 << 30          // bytes of a file, as it is sent
	lookedAt    = 64 << 20         // bytes of it, unpacked, that are looked at
	lookingTime = 15 * time.Second // at most
)

// sourcesView is the list of sources, and a form that adds one.
type sourcesView struct {
	Sources []sourceLine `json:"sources"`
	Jobs    []jobView    `json:"jobs"` // imports of late
}

type sourceLine struct {
	source.Source
	Reads string `json:"-"`
}

func (sourcesView) Template() string { return "sources" }

func (sourcesView) Header() []string { return []string{"name", "kind", "title", "made"} }

func (v sourcesView) Rows() iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		for _, s := range v.Sources {
			if !yield([]string{s.Name, string(s.Kind), s.Title, s.Made.UTC().Format(time.RFC3339)}) {
				return
			}
		}
	}
}

func sources(r *Request) (View, error) {
	v := sourcesView{Sources: []sourceLine{}, Jobs: []jobView{}}
	list, err := source.List(r.Context(), r.Server.Store)
	if err != nil {
		return nil, err
	}
	for _, s := range list {
		if s.Removed.IsZero() {
			v.Sources = append(v.Sources, sourceLine{s, r.Lang.Name("source-kind", string(s.Kind))})
		}
	}
	jobs, err := job.Jobs(r.Context(), r.Server.Store, 50)
	if err != nil {
		return nil, err
	}
	for _, j := range jobs {
		if j.Kind == ImportJob && len(v.Jobs) < 5 {
			v.Jobs = append(v.Jobs, newJobView(j))
		}
	}
	return v, nil
}

// upload keeps a file that was dropped, until it is imported or two days have
// passed, and goes to the page that shows what it holds.
func upload(r *Request) (View, error) {
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, &Bad{"file", "sources.no-file", nil}
	}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return nil, &Bad{"file", "sources.no-file", nil}
		}
		if err != nil {
			return nil, broken(err)
		}
		if part.FormName() == "file" && part.FileName() != "" {
			return keepUpload(r, part)
		}
	}
}

func keepUpload(r *Request, part *multipart.Part) (View, error) {
	name := path.Base(strings.ReplaceAll(part.FileName(), `\`, "/"))
	id, size, err := r.Server.Store.SaveBlob(r.Context(), name, part)
	if err != nil {
		return nil, broken(err)
	}
	if size == 0 {
		return nil, errors.Join(r.Server.Store.DeleteBlob(r.Context(), id), &Bad{"file", "sources.empty", []any{name}})
	}
	to, err := link("/sources/preview", "blob", id)
	return Done{Location: to, Result: map[string]any{"blob": id, "name": name, "size": size}}, err
}

// broken is an upload that ended before its end; a server's own fault stays one.
func broken(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, multipart.ErrMessageTooLarge) {
		return &Bad{"file", "sources.broken", nil}
	}
	return err
}

// previewView is what a file looks like, and how it would be read.
type previewView struct {
	Blob    string       `json:"blob"`
	Size    int64        `json:"size"`
	File    file.File    `json:"file"`
	Known   bool         `json:"known"` // a source of that name is there: what is new is added to it
	Sight   *file.Sight  `json:"sight"`
	Wrong   string       `json:"wrong,omitempty"` // why it can't be read
	Months  int          `json:"months"`          // how long texts are kept
	Columns []columnView `json:"-"`
	Faults  []faultView  `json:"-"`
}

type columnView struct{ Field, Column string }

type faultView struct {
	file.Problem
	Says string
}

func (previewView) Template() string { return "preview" }

func preview(r *Request) (View, error) {
	s, q := r.Server.Store, r.URL.Query()
	in, name, size, err := s.Blob(r.Context(), q.Get("blob"))
	if err != nil {
		return nil, err
	}
	defer in.Close()
	set, err := settings.Settings(r.Context(), s)
	if err != nil {
		return nil, err
	}
	house, err := settingsOf(set)
	if err != nil {
		return nil, err
	}
	v := previewView{Blob: q.Get("blob"), Size: size, Months: house.Retention, File: file.File{
		Source: or(q.Get("source"), file.Propose(name)), Title: or(q.Get("title"), name), Name: name,
		Us: set[KeyRoster], Decides: q.Get("decides") != "", Dates: conversation.DateOrder(q.Get("dates")),
		TimeZone: or(q.Get("zone"), house.Location.String()), Columns: columnsOf(q)}}
	if q.Has("us") {
		v.File.Us = q.Get("us")
	}
	for _, f := range conversation.Fields() {
		v.Columns = append(v.Columns, columnView{f, v.File.Columns[f]})
	}
	if err := store.CheckSource(v.File.Source); err != nil {
		return nil, &Bad{"source", "sources.name", []any{v.File.Source}}
	}
	list, err := source.List(r.Context(), s)
	if err != nil {
		return nil, err
	}
	v.Known = slices.ContainsFunc(list, func(x source.Source) bool { return x.Name == v.File.Source && x.Removed.IsZero() })
	if err := v.look(r, in); err != nil {
		return nil, err
	}
	return v, nil
}

// look reads the file; that it can't be read is a part of the answer.
func (v *previewView) look(r *Request, in io.ReadCloser) error {
	texts, err := unpacking.Keep()
	if err != nil {
		return err
	}
	defer texts.Close()
	unpacked, err := unpacking.Unpack(in)
	if err != nil {
		v.Wrong = err.Error()
		return nil
	}
	limit := file.Limit{Bytes: lookedAt, Until: r.Now().Add(lookingTime), Now: r.Server.Now}
	if v.Sight, err = file.Look(r.Context(), r.Server.Store, unpacked, v.File, texts, limit); err != nil {
		if r.Context().Err() != nil || errors.Is(err, store.ErrNotFound) {
			return err
		}
		v.Wrong = err.Error()
		return nil
	}
	for _, p := range v.Sight.Problems {
		v.Faults = append(v.Faults, faultView{p, r.Lang.Problem(p.Kind)})
	}
	return nil
}

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

// ImportJob is the kind of job that imports a file, and ImportTask what it is
// told. Its Detail, once it is done, is a file.Kept.
const ImportJob = "import"

// ImportTask is the payload of an ImportJob.
type ImportTask struct {
	Blob string    `json:"blob"`
	File file.File `json:"file"`
	By   int64     `json:"by"`
}

// importFile makes a job of an upload.
func importFile(r *Request) (View, error) {
	var in importForm
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	if r.Form != nil {
		in.Columns = columnsOf(r.Form)
	}
	ctx, s := r.Context(), r.Server.Store
	blob, name, _, err := s.Blob(ctx, in.Blob)
	if err != nil {
		return nil, err
	}
	_ = blob.Close()
	if id, begun, err := r.Server.importOf(r, in.Blob); err != nil || begun {
		return jobAt(id), err
	}
	f := file.File{Source: or(in.Source, file.Propose(name)), Title: or(in.Title, name), Name: name, Us: in.Us, Decides: in.Decides,
		Columns: in.Columns, Dates: conversation.DateOrder(in.Dates), TimeZone: in.Zone}
	if err := checkFile(f); err != nil {
		return nil, err
	}
	if err := r.Server.takesFiles(r, f.Source); err != nil {
		return nil, err
	}
	if err := r.remember(f.Us); err != nil {
		return nil, err
	}
	task, err := json.Marshal(ImportTask{in.Blob, f, r.User.ID})
	if err != nil {
		return nil, err
	}
	id, err := job.Enqueue(ctx, s, job.Job{Kind: ImportJob, Key: in.Blob, Payload: task})
	if err != nil {
		return nil, err
	}
	if err := account.Audit(ctx, s, account.Act{By: r.User.ID, Action: "source-import", Subject: f.Source, Detail: name}); err != nil {
		return nil, err
	}
	return jobAt(id), nil
}

// jobAt leads to where it shows how far a job is.
func jobAt(id int64) Done {
	return Done{Location: "/job?id=" + strconv.FormatInt(id, 10), Result: map[string]int64{"job": id}}
}

// importOf finds the import of an upload that was asked for before, by a second
// click, unless it was given up.
func (s *Server) importOf(r *Request, blob string) (id int64, begun bool, err error) {
	jobs, err := job.Jobs(r.Context(), s.Store, 200)
	for _, j := range jobs {
		if j.Kind == ImportJob && j.Key == blob && !j.GivenUp {
			return j.ID, true, err
		}
	}
	return 0, false, err
}

// remember keeps who the organisation is for the whole house, if nobody said so
// before.
func (r *Request) remember(us string) error {
	before, err := settings.Setting(r.Context(), r.Server.Store, KeyRoster)
	if err != nil || before != "" || strings.TrimSpace(us) == "" {
		return err
	}
	return settings.SetSettings(r.Context(), r.Server.Store, map[string]string{KeyRoster: us})
}

// takesFiles says whether files may come in by a source: by a new one, or by one
// that files made.
func (s *Server) takesFiles(r *Request, name string) error {
	before, err := s.source(r, name)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err == nil && before.Kind != source.File {
		return &Bad{"source", "sources.other-kind", []any{name}}
	}
	return err
}

func checkFile(f file.File) error {
	switch f.Dates {
	case "", conversation.DayFirst, conversation.MonthFirst:
	default:
		return &Bad{"dates", "error.value", []any{string(f.Dates)}}
	}
	if err := store.CheckSource(f.Source); err != nil {
		return &Bad{"source", "sources.name", []any{f.Source}}
	}
	if _, err := file.Roster(f.Us); err != nil {
		return &Bad{"us", "sources.us", []any{err.Error()}}
	}
	if _, err := time.LoadLocation(f.TimeZone); err != nil {
		return &Bad{"zone", "error.value", []any{f.TimeZone}}
	}
	return nil
}

// columnsOf reads which column holds which field, where somebody said so.
func columnsOf(q map[string][]string) map[string]string {
	columns := map[string]string{}
	for _, f := range conversation.Fields() {
		if given := q["column_"+f]; len(given) > 0 && strings.TrimSpace(given[0]) != "" {
			columns[f] = strings.TrimSpace(given[0])
		}
	}
	return columns
}

func or(first, second string) string {
	if strings.TrimSpace(first) != "" {
		return strings.TrimSpace(first)
	}
	return second
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

func askRemoval(r *Request) (View, error) {
	s, err := r.Server.source(r, r.URL.Query().Get("name"))
	return removalView{s}, err
}

// source finds a source that wasn't taken out.
func (s *Server) source(r *Request, name string) (source.Source, error) {
	list, err := source.List(r.Context(), s.Store)
	if err != nil {
		return source.Source{}, err
	}
	i := slices.IndexFunc(list, func(x source.Source) bool { return x.Name == name && x.Removed.IsZero() })
	if i < 0 {
		return source.Source{}, fmt.Errorf("the source %q: %w", name, store.ErrNotFound)
	}
	return list[i], nil
}

// removeSource takes a source and all its messages out. It can't be undone: a
// file can be imported again.
func removeSource(r *Request) (View, error) {
	var in removalForm
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	s, err := r.Server.source(r, in.Name)
	if err != nil {
		return nil, err
	}
	if in.Sure != in.Name {
		return nil, &Bad{"sure", "sources.sure", []any{in.Name}}
	}
	n, err := erasure.RemoveSource(r.Context(), r.Server.Store, s.Name)
	if err != nil {
		return nil, err
	}
	if err := account.Audit(r.Context(), r.Server.Store, account.Act{By: r.User.ID, Action: "source-remove", Subject: s.Name, Detail: strconv.Itoa(n)}); err != nil {
		return nil, err
	}
	_, err = job.Enqueue(r.Context(), r.Server.Store, job.Job{Kind: MeasureJob, Key: MeasureKey})
	return Done{Location: "/sources", Notice: "sources.removed", Args: []any{s.Title, n}, Result: map[string]int{"messages": n}}, err
}
