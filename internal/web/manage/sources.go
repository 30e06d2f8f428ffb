package manage

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"mime/multipart"
	"net/http"
	"path"
	"strings"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/job"
	"github.com/entregent/entregent/internal/lang"
	unpacking "github.com/entregent/entregent/internal/open"
	"github.com/entregent/entregent/internal/report"
	"github.com/entregent/entregent/internal/settings"
	"github.com/entregent/entregent/internal/source"
	"github.com/entregent/entregent/internal/source/file"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/web"
)

// The ways by which messages come in: the list, a file looked at before anything
// of it is kept, its import, and taking a source out again.
var sourcesRoutes = []web.Route{
	{Method: http.MethodGet, Path: "/sources", Name: "sources", Allow: account.Managing, Scope: account.Manage, Handle: showSources, Out: sourcesView{}, Page: true},
	{Method: http.MethodPost, Path: "/sources/preview", Name: "sources-upload", Allow: account.Managing, Scope: account.Manage, Handle: upload, Out: web.Done{}, Page: true, Limit: mostUpload},
	{Method: http.MethodGet, Path: "/sources/preview", Name: "sources-preview", Allow: account.Managing, Scope: account.Manage, Handle: showPreview, Out: previewView{}, Page: true,
		Query: []web.Parameter{{Name: "blob", About: "the upload's id", Type: "string"}, {Name: "source", About: "the source's name", Type: "string"}, {Name: "title", About: "what the source is called", Type: "string"},
			{Name: "us", About: "who the organisation is", Type: "string"}, {Name: "decides", About: "the list of us decides, whatever the file says", Type: "boolean"},
			{Name: "dates", About: "dmy or mdy: what 03/04/2011 means", Type: "string"}, {Name: "zone", About: "zone of times that don't say theirs", Type: "string"}}},
	{Method: http.MethodPost, Path: "/sources/import", Name: "sources-import", Allow: account.Managing, Scope: account.Manage, Handle: importFile, In: importForm{}, Out: web.Done{}, Page: true},
	{Method: http.MethodGet, Path: "/sources/remove", Name: "sources-remove-ask", Allow: account.Managing, Scope: account.Manage, Handle: askRemoval, Out: removalView{}, Page: true,
		Query: []web.Parameter{{Name: "name", About: "the source's name", Type: "string"}}},
	{Method: http.MethodPost, Path: "/sources/remove", Name: "sources-remove", Allow: account.Managing, Scope: account.Manage, Handle: removeSource, In: removalForm{}, Out: web.Done{}, Page: true},
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

func showSources(r *web.Request) (web.View, error) {
	v := sourcesView{Sources: []sourceLine{}, Jobs: []jobView{}}
	list, err := source.List(r.Context(), r.Server.Store)
	if err != nil {
		return nil, err
	}
	for _, s := range list {
		v.Sources = append(v.Sources, sourceLine{s, r.Lang.Name("source-kind", string(s.Kind))})
	}
	jobs, err := job.Jobs(r.Context(), r.Server.Store, 50)
	if err != nil {
		return nil, err
	}
	for _, j := range jobs {
		if j.Kind == file.ImportJob && len(v.Jobs) < 5 {
			v.Jobs = append(v.Jobs, newJobView(j))
		}
	}
	return v, nil
}

// upload keeps a file that was dropped, until it is imported or two days have
// passed, and goes to the page that shows what it holds.
func upload(r *web.Request) (web.View, error) {
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, lang.Invalid("file", "sources.no-file")
	}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return nil, lang.Invalid("file", "sources.no-file")
		}
		if err != nil {
			return nil, uploadError(err)
		}
		if part.FormName() == "file" && part.FileName() != "" {
			return keepUpload(r, part)
		}
	}
}

func keepUpload(r *web.Request, part *multipart.Part) (web.View, error) {
	name := path.Base(strings.ReplaceAll(part.FileName(), `\`, "/"))
	id, size, err := r.Server.Store.SaveBlob(r.Context(), name, part)
	if err != nil {
		return nil, uploadError(err)
	}
	if size == 0 {
		return nil, errors.Join(r.Server.Store.DeleteBlob(r.Context(), id), lang.Invalid("file", "sources.empty", name))
	}
	to, err := web.Link("/sources/preview", "blob", id)
	return web.Done{Location: to, Result: map[string]any{"blob": id, "name": name, "size": size}}, err
}

// uploadError is of an upload that ended before its end; a server's own fault stays one.
func uploadError(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, multipart.ErrMessageTooLarge) {
		return lang.Invalid("file", "sources.broken")
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
	Told    []string     `json:"-"` // the reading, in two lines
	Doubts  []string     `json:"-"` // why it can't be right, and where
}

type columnView struct{ Field, Column string }

type faultView struct {
	file.Problem
	Says string
}

func (previewView) Template() string { return "preview" }

func showPreview(r *web.Request) (web.View, error) {
	s, q := r.Server.Store, r.URL.Query()
	in, name, size, err := s.Blob(r.Context(), q.Get("blob"))
	if err != nil {
		return nil, err
	}
	defer in.Close()
	v := previewView{Blob: q.Get("blob"), Size: size}
	if err := v.fillFile(r, name); err != nil {
		return nil, err
	}
	before, err := source.CurrentByName(r.Context(), s, v.File.Source)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return nil, err
	}
	if v.Known = err == nil; v.Known && before.Kind == source.File && !q.Has("us") { // looked at for the first time: read as the last one was
		if err := v.readAs(before); err != nil {
			return nil, err
		}
	}
	if err := v.look(r, in); err != nil {
		return nil, err
	}
	return v, nil
}

// readAs reads a file as the last one of its source was read.
func (v *previewView) readAs(s source.Source) error {
	var last file.File
	if err := json.Unmarshal([]byte(s.Config), &last); err != nil {
		return fmt.Errorf("reading how the source %s is read: %w", s.Name, err)
	}
	v.File.Us, v.File.Decides, v.File.Columns, v.File.Dates = last.Us, last.Decides, last.Columns, last.Dates
	v.File.TimeZone = or(last.TimeZone, v.File.TimeZone)
	for i, c := range v.Columns {
		v.Columns[i].Column = last.Columns[c.Field]
	}
	return nil
}

// fillFile says how a file of a name is to be read: as it was asked for, else as the
// settings say.
func (v *previewView) fillFile(r *web.Request, name string) error {
	q := r.URL.Query()
	all, err := settings.All(r.Context(), r.Server.Store)
	if err != nil {
		return err
	}
	set, err := settings.Parse(all)
	if err != nil {
		return err
	}
	v.Months = set.Retention
	v.File = file.File{Source: or(q.Get("source"), file.Propose(name)), Title: or(q.Get("title"), name), Name: name,
		Us: all[settings.KeyRoster], Decides: q.Get("decides") != "", Dates: conversation.DateOrder(q.Get("dates")),
		TimeZone: or(q.Get("zone"), set.Location.String()), Columns: columnsOf(q)}
	if q.Has("us") {
		v.File.Us = q.Get("us")
	}
	for _, f := range conversation.Fields() {
		v.Columns = append(v.Columns, columnView{f, v.File.Columns[f]})
	}
	if store.CheckSource(v.File.Source) != nil {
		return lang.Invalid("source", "sources.name", v.File.Source)
	}
	return nil
}

// look reads the file; that it can't be read is a part of the answer.
func (v *previewView) look(r *web.Request, in io.ReadCloser) error {
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
	v.Told = report.ReadingLines(&v.Sight.Reading, v.Sight.Messages, r.Lang)
	for _, d := range v.Sight.Reading.Doubts {
		v.Doubts = append(v.Doubts, report.DoubtLine(d, r.Lang))
	}
	for _, p := range v.Sight.Problems {
		v.Faults = append(v.Faults, faultView{p, r.Lang.Problem(p.Kind)})
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
