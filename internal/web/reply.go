package web

import (
	"net/http"
	"slices"
	"strings"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/prose"
	"github.com/entregent/entregent/internal/inbox"
	"github.com/entregent/entregent/internal/store"
	rules "github.com/entregent/entregent/presence"
)

// Answering: what is written here goes out by the way the question came.
var replyRoutes = []Route{
	{Method: http.MethodPost, Path: "/thread/reply", Name: "thread-reply", Allow: Working, Scope: Write, Handle: reply, In: replyIn{}, Out: Done{}, Page: true},
	{Method: http.MethodPost, Path: "/thread/canned", Name: "thread-canned", Allow: Working, Handle: insertCanned, In: replyIn{}, Out: threadView{}, Page: true},
	{Method: http.MethodPost, Path: "/thread/look", Name: "thread-look", Allow: Working, Handle: look, In: lookIn{}, Out: lookView{}, Page: false},
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

func (in replyIn) draft() draft {
	return draft{To: in.To, Text: in.Text, Canned: in.Canned, Key: in.Key, Seen: in.Seen}
}

// reply keeps an answer and has it sent. When somebody else of the organisation
// answered meanwhile, it comes back with what was written, to be sent again or not.
func reply(r *Request) (View, error) {
	var in replyIn
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	messages, err := r.answered(in)
	if err != nil {
		return r.again(in, err)
	}
	to := slices.IndexFunc(messages, func(m store.Message) bool { return m.ID == in.To })
	canned, err := r.began(in)
	if err != nil {
		return nil, err
	}
	answer := inbox.Reply{Thread: in.Thread, To: in.To, By: r.User.ID, Author: r.author(), Text: in.Text, Canned: canned, Key: in.Key}
	if to >= 0 {
		answer.Department = messages[to].Department
	}
	m, err := inbox.SendReply(r.Context(), r.Server.Store, answer)
	if err != nil {
		return nil, err
	}
	if err := r.moved(in.Thread); err != nil {
		return nil, err
	}
	way, err := r.way(m.Source)
	return Done{Location: threadAt(in.Thread) + "&message=" + escape(string(m.ID)), Notice: "reply.done." + way, Result: m.ID}, err
}

// answered checks an answer against its thread, which it gives.
func (r *Request) answered(in replyIn) ([]store.Message, error) {
	messages, err := r.Server.Store.Thread(r.Context(), in.Thread)
	switch {
	case err != nil:
		return nil, err
	case len(messages) == 0:
		return nil, store.ErrNotFound
	case strings.TrimSpace(in.Text) == "":
		return nil, &Bad{"text", "reply.empty", nil}
	case in.To != "" && !slices.ContainsFunc(messages, func(m store.Message) bool { return m.ID == in.To }):
		return nil, &Bad{"to", "reply.elsewhere", nil}
	}
	for _, m := range messages {
		if in.Seen > 0 && m.Seq > in.Seen && m.Side == conversation.Organisation {
			return nil, &Bad{"text", "reply.meanwhile", nil}
		}
	}
	return messages, nil
}

// again shows the thread with what was written and what is wrong with it.
func (r *Request) again(in replyIn, wrong error) (View, error) {
	if _, bad := wrong.(*Bad); !bad {
		return nil, wrong
	}
	v, err := r.thread(in.Thread, in.draft())
	if err != nil {
		return nil, err
	}
	return v, wrong
}

// began gives the canned reply that an answer is: the one it began as, unless so
// much was changed that the measures wouldn't call it a copy.
func (r *Request) began(in replyIn) (int64, error) {
	if in.Canned == 0 {
		return 0, nil
	}
	all, err := inbox.CannedReplies(r.Context(), r.Server.Store)
	for _, c := range all {
		if c.ID == in.Canned && alike(in.Text, c.Text) {
			return c.ID, err
		}
	}
	return 0, err
}

// alike says whether a text is hardly another, as the measure of voice sees it.
func alike(a, b string) bool {
	one, other := prose.Shingles(nil, a), prose.Shingles(nil, b)
	return prose.Jaccard(one, other) >= rules.Published().TemplateJaccard
}

// author is the account that is seen to speak when the user answers.
func (r *Request) author() string {
	for _, name := range []string{r.User.Person, r.User.Mail} {
		if name != "" {
			return name
		}
	}
	return r.User.Name
}

// insertCanned puts a canned reply under what is written and shows the form again.
func insertCanned(r *Request) (View, error) {
	var in replyIn
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	all, err := inbox.CannedReplies(r.Context(), r.Server.Store)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(all, func(c inbox.CannedReply) bool { return c.ID == in.Insert })
	if at < 0 {
		return r.again(in, &Bad{"insert", "reply.no-canned", nil})
	}
	in.Text = strings.TrimSpace(strings.TrimRight(in.Text, " \r\n") + "\n\n" + all[at].Text)
	in.Canned = in.Insert
	if err := inbox.MarkViewing(r.Context(), r.Server.Store, in.Thread, r.User.ID, true); err != nil {
		return nil, err
	}
	return r.thread(in.Thread, in.draft())
}

// lookIn says that somebody has a thread open, and whether she is writing.
type lookIn struct {
	Thread conversation.ThreadID `json:"thread"`
	Typing bool                  `json:"typing"`
}

// lookView tells who else has.
type lookView struct {
	Lookers []looker `json:"lookers"`
	Says    string   `json:"says"` // the same in the user's language; empty when nobody has
}

func (lookView) Template() string { return "look" }

// look says that the user is here and tells who else is.
func look(r *Request) (View, error) {
	var in lookIn
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	if err := inbox.MarkViewing(r.Context(), r.Server.Store, in.Thread, r.User.ID, in.Typing); err != nil {
		return nil, err
	}
	_, users, err := r.team()
	if err != nil {
		return nil, err
	}
	list, err := r.lookers(in.Thread, users)
	return lookView{list, r.says(list)}, err
}

// says tells who else looks or writes, in words.
func (r *Request) says(list []looker) string {
	var looking, typing []string
	for _, l := range list {
		if l.Typing {
			typing = append(typing, l.Name)
		} else {
			looking = append(looking, l.Name)
		}
	}
	var said []string
	if len(typing) > 0 {
		said = append(said, r.Lang.Say("thread.typing", r.Lang.List(typing)))
	}
	if len(looking) > 0 {
		said = append(said, r.Lang.Say("thread.looking", r.Lang.List(looking)))
	}
	return strings.Join(said, " ")
}

// Says tells who else looks at the thread; for its template.
func (v threadView) Says(r *Request) string { return r.says(v.Lookers) }
