package work

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/inbox"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/web"
)

// Answering: what is written here goes out by the way the question came.
var replyRoutes = []web.Route{
	{Method: http.MethodPost, Path: "/thread/reply", Name: "thread-reply", Allow: account.Working, Scope: account.Write, Handle: reply, In: replyIn{}, Out: web.Done{}, Page: true},
	{Method: http.MethodPost, Path: "/thread/canned", Name: "thread-canned", Allow: account.Working, Handle: insertCanned, In: replyIn{}, Out: threadView{}, Page: true},
	{Method: http.MethodPost, Path: "/thread/look", Name: "thread-look", Allow: account.Working, Handle: markViewing, In: viewingIn{}, Out: viewersView{}, Page: false},
}

// replyIn is an answer as its form sends it.
type replyIn struct {
	Thread conversation.ThreadID  `json:"thread"`
	To     conversation.MessageID `json:"to"` // what it answers; empty: the thread
	Text   string                 `json:"text"`
	Canned int64                  `json:"canned,omitempty"` // the canned reply that it began as
	Insert int64                  `json:"insert,omitempty"` // a canned reply to put into the text
	Key    string                 `json:"key,omitempty"`    // the same key twice makes one answer
	Seen   int64                  `json:"seen,omitempty"`   // the newest message its writer saw, by seq; 0: don't look
}

func (in replyIn) draft() inbox.Draft {
	return inbox.Draft{Thread: in.Thread, To: in.To, Text: in.Text, Canned: in.Canned, Key: in.Key, Seen: in.Seen}
}

// reply keeps an answer and has it sent. When somebody else of the organisation
// answered meanwhile, it comes back with what was written, to be sent again or not.
func reply(r *web.Request) (web.View, error) {
	var in replyIn
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	m, err := inbox.Answer(r.Context(), r.Server.Store, in.draft(), r.User.ID, r.User.Author())
	if err != nil {
		return writeAgain(r, in.draft(), err)
	}
	if err := r.Moved(in.Thread); err != nil {
		return nil, err
	}
	way, err := sendingWay(r, m.Source)
	return web.Done{Location: web.ThreadAt(in.Thread) + "&message=" + url.QueryEscape(string(m.ID)), Notice: "reply.done." + way, Result: m.ID}, err
}

// writeAgain shows the thread with what was written and what is wrong with it.
func writeAgain(r *web.Request, d inbox.Draft, wrong error) (web.View, error) {
	var bad *lang.InputError
	if !errors.As(wrong, &bad) {
		return nil, wrong
	}
	v, err := readThread(r, d)
	if err != nil {
		return nil, err
	}
	return v, wrong
}

// insertCanned puts a canned reply under what is written and shows the form again.
func insertCanned(r *web.Request) (web.View, error) {
	var in replyIn
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	d, err := in.draft().Insert(r.Context(), r.Server.Store, in.Insert)
	if err != nil {
		return writeAgain(r, d, err)
	}
	if err := inbox.MarkViewing(r.Context(), r.Server.Store, in.Thread, r.User.ID, true); err != nil {
		return nil, err
	}
	v, err := readThread(r, d)
	if err != nil {
		return nil, err
	}
	return v, nil
}

// viewingIn says that somebody has a thread open, and whether they are writing.
type viewingIn struct {
	Thread conversation.ThreadID `json:"thread"`
	Typing bool                  `json:"typing"`
}

// viewersView tells who else has.
type viewersView struct {
	Viewers []inbox.Viewer `json:"lookers"`
	Says    string         `json:"says"` // the same in the user's language; empty when nobody has
}

func (viewersView) Template() string { return "look" }

// markViewing says that the user has a thread open and tells who else has.
func markViewing(r *web.Request) (web.View, error) {
	var in viewingIn
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	if err := inbox.MarkViewing(r.Context(), r.Server.Store, in.Thread, r.User.ID, in.Typing); err != nil {
		return nil, err
	}
	_, users, err := account.Team(r.Context(), r.Server.Store)
	if err != nil {
		return nil, err
	}
	list, err := inbox.OtherViewers(r.Context(), r.Server.Store, in.Thread, r.User.ID, users)
	return viewersView{list, viewersSaid(r.Lang, list)}, err
}

// viewersSaid tells who else reads or writes, in words.
func viewersSaid(l lang.Language, list []inbox.Viewer) string {
	var reading, typing []string
	for _, v := range list {
		if v.Typing {
			typing = append(typing, v.Name)
		} else {
			reading = append(reading, v.Name)
		}
	}
	var said []string
	if len(typing) > 0 {
		said = append(said, l.Say("thread.typing", l.List(typing)))
	}
	if len(reading) > 0 {
		said = append(said, l.Say("thread.looking", l.List(reading)))
	}
	return strings.Join(said, " ")
}

// Says tells who else has the thread open; for its template.
func (v threadView) Says(r *web.Request) string { return viewersSaid(r.Lang, v.Viewers) }
