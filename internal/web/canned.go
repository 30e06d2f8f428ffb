package web

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/store"
)

// Canned replies: answers kept ready. One sent hardly changed is a template for
// the measure of voice, and the page says so.
var cannedRoutes = []Route{
	{Method: http.MethodGet, Path: "/canned", Name: "canned", Allow: Working, Scope: Read, Handle: canned, Out: cannedView{}, Page: true, Query: []Parameter{
		{"id", "the one to change", "integer"},
	}},
	{Method: http.MethodPost, Path: "/canned/save", Name: "canned-save", Allow: Working, Scope: Write, Handle: saveCanned, In: store.CannedReply{}, Out: Done{}, Page: true},
	{Method: http.MethodPost, Path: "/canned/delete", Name: "canned-delete", Allow: Working, Scope: Write, Handle: deleteCanned, In: numbered{}, Out: Done{}, Page: true},
}

// cannedView is the list, and the one in the form.
type cannedView struct {
	Canned []store.CannedReply `json:"canned"`
	Edit   store.CannedReply   `json:"-"`
}

func (cannedView) Template() string { return "canned" }

// Tongues are the languages that a canned reply can be in.
func (cannedView) Tongues() []lang.Language { return lang.Languages() }

// numbered is the input of what is done to one of a list.
type numbered struct {
	ID int64 `json:"id"`
}

func canned(r *Request) (View, error) {
	return r.canned(store.CannedReply{ID: int64(r.Number("id", 0))})
}

// canned reads the list; the form holds edit, filled from the list when it only
// has a number.
func (r *Request) canned(edit store.CannedReply) (View, error) {
	list, err := r.Server.Store.CannedReplies(r.Context())
	if err != nil {
		return nil, err
	}
	for _, c := range list {
		if c.ID == edit.ID && edit.Title == "" && edit.Text == "" {
			edit = c
		}
	}
	return cannedView{list, edit}, nil
}

func saveCanned(r *Request) (View, error) {
	var in store.CannedReply
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	in.Title = strings.TrimSpace(in.Title)
	if in.Title == "" || strings.TrimSpace(in.Text) == "" {
		v, err := r.canned(in)
		if err != nil {
			return nil, err
		}
		return v, &Bad{"title", "canned.empty", nil}
	}
	before, err := r.cannedBy(in.ID)
	if err != nil {
		return nil, err
	}
	id, err := r.Server.Store.SaveCannedReply(r.Context(), in)
	if err != nil {
		return nil, err
	}
	done := Done{Location: "/canned", Notice: "canned.saved", Args: []any{in.Title}, Result: id}
	if in.ID == 0 {
		done.Undo = &Undo{"/canned/delete", map[string]string{"id": strconv.FormatInt(id, 10)}}
	} else {
		done.Undo = &Undo{"/canned/save", asFields(before)}
	}
	return done, nil
}

func deleteCanned(r *Request) (View, error) {
	var in numbered
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	before, err := r.cannedBy(in.ID)
	if err != nil {
		return nil, err
	}
	if err := r.Server.Store.DeleteCannedReply(r.Context(), in.ID); err != nil {
		return nil, err
	}
	before.ID = 0
	return Done{Location: "/canned", Notice: "canned.deleted", Args: []any{before.Title}, Undo: &Undo{"/canned/save", asFields(before)}}, nil
}

// cannedBy finds a canned reply; 0 is none, and no error.
func (r *Request) cannedBy(id int64) (store.CannedReply, error) {
	if id == 0 {
		return store.CannedReply{}, nil
	}
	list, err := r.Server.Store.CannedReplies(r.Context())
	if err != nil {
		return store.CannedReply{}, err
	}
	for _, c := range list {
		if c.ID == id {
			return c, nil
		}
	}
	return store.CannedReply{}, store.ErrNotFound
}

func asFields(c store.CannedReply) map[string]string {
	return map[string]string{"id": strconv.FormatInt(c.ID, 10), "title": c.Title, "lang": c.Lang, "text": c.Text}
}
