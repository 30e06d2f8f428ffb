package work

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/inbox"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/web"
)

// Canned replies: answers kept ready. One sent hardly changed is a template for
// the measure of voice, and the page says so.
var cannedRoutes = []web.Route{
	{Method: http.MethodGet, Path: "/canned", Name: "canned", Allow: account.Working, Scope: account.Read, Handle: showCanned, Out: cannedView{}, Page: true, Query: []web.Parameter{
		{Name: "id", About: "the one to change", Type: "integer"},
	}},
	{Method: http.MethodPost, Path: "/canned/save", Name: "canned-save", Allow: account.Working, Scope: account.Write, Handle: saveCanned, In: inbox.CannedReply{}, Out: web.Done{}, Page: true},
	{Method: http.MethodPost, Path: "/canned/delete", Name: "canned-delete", Allow: account.Working, Scope: account.Write, Handle: deleteCanned, In: web.ByID{}, Out: web.Done{}, Page: true},
}

// cannedView is the list, and the one in the form.
type cannedView struct {
	Canned []inbox.CannedReply `json:"canned"`
	Edit   inbox.CannedReply   `json:"-"`
}

func (cannedView) Template() string { return "canned" }

// Tongues are the languages that a canned reply can be in.
func (cannedView) Tongues() []lang.Language { return lang.Languages() }

func showCanned(r *web.Request) (web.View, error) {
	return readCanned(r, inbox.CannedReply{ID: int64(r.Number("id", 0))})
}

// readCanned reads the list; the form holds edit, filled from the list when it only
// has a number.
func readCanned(r *web.Request, edit inbox.CannedReply) (web.View, error) {
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

func saveCanned(r *web.Request) (web.View, error) {
	var in inbox.CannedReply
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	in.Title = strings.TrimSpace(in.Title)
	if bad := in.Check(); bad != nil {
		v, err := readCanned(r, in)
		if err != nil {
			return nil, err
		}
		return v, bad
	}
	before, err := inbox.CannedReplyByID(r.Context(), r.Server.Store, in.ID)
	if err != nil {
		return nil, err
	}
	id, err := inbox.SaveCannedReply(r.Context(), r.Server.Store, in)
	if err != nil {
		return nil, err
	}
	done := web.Done{Location: "/canned", Notice: "canned.saved", Args: []any{in.Title}, Result: id}
	if in.ID == 0 {
		done.Undo = &web.Undo{Action: "/canned/delete", Fields: map[string]string{"id": strconv.FormatInt(id, 10)}}
	} else {
		done.Undo = &web.Undo{Action: "/canned/save", Fields: asFields(before)}
	}
	return done, nil
}

func deleteCanned(r *web.Request) (web.View, error) {
	var in web.ByID
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	before, err := inbox.CannedReplyByID(r.Context(), r.Server.Store, in.ID)
	if err != nil {
		return nil, err
	}
	if err := inbox.DeleteCannedReply(r.Context(), r.Server.Store, in.ID); err != nil {
		return nil, err
	}
	before.ID = 0
	return web.Done{Location: "/canned", Notice: "canned.deleted", Args: []any{before.Title}, Undo: &web.Undo{Action: "/canned/save", Fields: asFields(before)}}, nil
}

// asFields are the fields of the form that saves a canned reply as it is.
func asFields(c inbox.CannedReply) map[string]string {
	return map[string]string{"id": strconv.FormatInt(c.ID, 10), "title": c.Title, "lang": c.Lang, "text": c.Text}
}
