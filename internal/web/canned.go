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
	{Method: http.MethodPost, Path: "/canned/save", Name: "canned-save", Allow: Working, Scope: Write, Handle: saveCanned, In: store.Canned{}, Out: Done{}, Page: true},
	{Method: http.MethodPost, Path: "/canned/delete", Name: "canned-delete", Allow: Working, Scope: Write, Handle: deleteCanned, In: numbered{}, Out: Done{}, Page: true},
}

// cannedView is the list, and the one in the form.
type cannedView struct {
	Canned []store.Canned `json:"canned"`
	Edit   store.Canned   `json:"-"`
}

func (cannedView) Template() string { return "canned" }

// Tongues are the languages that a canned reply can be in.
func (cannedView) Tongues() []lang.Language { return lang.Languages() }

// numbered is the input of what is done to one of a list.
type numbered struct {
	ID int64 `json:"id"`
}

func canned(r *Request) (View, error) {
	return r.canned(store.Canned{ID: int64(r.Number("id", 0))})
}

// canned reads the list; the form holds edit, filled from the list when it only
// has a number.
func (r *Request) canned(edit store.Canned) (View, error) {
	list, err := r.Server.Store.Canneds(r.Context())
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
	var in store.Canned
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
	id, err := r.Server.Store.SaveCanned(r.Context(), in)
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
	if err := r.Server.Store.DeleteCanned(r.Context(), in.ID); err != nil {
		return nil, err
	}
	before.ID = 0
	return Done{Location: "/canned", Notice: "canned.deleted", Args: []any{before.Title}, Undo: &Undo{"/canned/save", asFields(before)}}, nil
}

// cannedBy finds a canned reply; 0 is none, and no error.
func (r *Request) cannedBy(id int64) (store.Canned, error) {
	if id == 0 {
		return store.Canned{}, nil
	}
	list, err := r.Server.Store.Canneds(r.Context())
	if err != nil {
		return store.Canned{}, err
	}
	for _, c := range list {
		if c.ID == id {
			return c, nil
		}
	}
	return store.Canned{}, store.ErrNotFound
}

func asFields(c store.Canned) map[string]string {
	return map[string]string{"id": strconv.FormatInt(c.ID, 10), "title": c.Title, "lang": c.Lang, "text": c.Text}
}
