package web

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/entregent/entregent/internal/inbox"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/store"
)

// Canned replies: answers kept ready. One sent hardly changed is a template for
// the measure of voice, and the page says so.
var cannedRoutes = []Route{
	{Method: http.MethodGet, Path: "/canned", Name: "canned", Allow: Working, Scope: Read, Handle: canned, Out: cannedView{}, Page: true, Query: []Parameter{
		{"id", "the one to change", "integer"},
	}},
	{Method: http.MethodPost, Path: "/canned/save", Name: "canned-save", Allow: Working, Scope: Write, Handle: saveCanned, In: inbox.CannedReply{}, Out: Done{}, Page: true},
	{Method: http.MethodPost, Path: "/canned/delete", Name: "canned-delete", Allow: Working, Scope: Write, Handle: deleteCanned, In: numbered{}, Out: Done{}, Page: true},
}

// cannedView is the list, and the one in the form.
type cannedView struct {
	Canned []inbox.CannedReply `json:"canned"`
	Edit   inbox.CannedReply   `json:"-"`
}

func (cannedView) Template() string { return "canned" }

// Tongues are the languages that a canned reply can be in.
func (cannedView) Tongues() []lang.Language { return lang.Languages() }

// numbered is the input of what is done to one of a list.
type numbered struct {
	ID int64 `json:"id"`
}

func canned(r *Request) (View, error) {
	return r.canned(inbox.CannedReply{ID: int64(r.Number("id", 0))})
}

// canned reads the list; the form holds edit, filled from the list when it only
// has a number.
func (r *Request) canned(edit inbox.CannedReply) (View, error) {
	list, err := inbox.CannedReplies(r.Context(), r.Server.Store)
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
	var in inbox.CannedReply
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
	id, err := inbox.SaveCannedReply(r.Context(), r.Server.Store, in)
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
	if err := inbox.DeleteCannedReply(r.Context(), r.Server.Store, in.ID); err != nil {
		return nil, err
	}
	before.ID = 0
	return Done{Location: "/canned", Notice: "canned.deleted", Args: []any{before.Title}, Undo: &Undo{"/canned/save", asFields(before)}}, nil
}

// cannedBy finds a canned reply; 0 is none, and no error.
func (r *Request) cannedBy(id int64) (inbox.CannedReply, error) {
	if id == 0 {
		return inbox.CannedReply{}, nil
	}
	list, err := inbox.CannedReplies(r.Context(), r.Server.Store)
	if err != nil {
		return inbox.CannedReply{}, err
	}
	for _, c := range list {
		if c.ID == id {
			return c, nil
		}
	}
	return inbox.CannedReply{}, store.ErrNotFound
}

func asFields(c inbox.CannedReply) map[string]string {
	return map[string]string{"id": strconv.FormatInt(c.ID, 10), "title": c.Title, "lang": c.Lang, "text": c.Text}
}
