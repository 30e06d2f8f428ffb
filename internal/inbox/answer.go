package inbox

import (
	"context"
	"slices"
	"strings"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/prose"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/live"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/presence"
)

// Draft is an answer as somebody writes it.
type Draft struct {
	Thread conversation.ThreadID
	To     conversation.MessageID // what it answers; empty: the thread
	Text   string
	Canned int64  // the canned reply that it began as
	Key    string // the same key twice makes one answer
	Seen   int64  // the newest message that its writer saw, by seq; 0: don't look
}

// Answer keeps an answer of a user's and has it sent. A *lang.InputError says what is
// wrong with it, also when somebody else of the organisation answered meanwhile.
func Answer(ctx context.Context, s *store.Store, d Draft, by int64, author string) (store.Message, error) {
	messages, err := d.check(ctx, s)
	if err != nil {
		return store.Message{}, err
	}
	canned, err := d.beganAs(ctx, s)
	if err != nil {
		return store.Message{}, err
	}
	answer := Reply{Thread: d.Thread, To: d.To, By: by, Author: author, Text: d.Text, Canned: canned, Key: d.Key}
	if to := slices.IndexFunc(messages, func(m store.Message) bool { return m.ID == d.To }); to >= 0 {
		answer.Department = messages[to].Department
	}
	return SendReply(ctx, s, answer)
}

// check checks an answer against its thread, whose messages it gives.
func (d Draft) check(ctx context.Context, s *store.Store) ([]store.Message, error) {
	messages, err := s.Thread(ctx, d.Thread)
	switch {
	case err != nil:
		return nil, err
	case len(messages) == 0:
		return nil, store.ErrNotFound
	case strings.TrimSpace(d.Text) == "":
		return nil, lang.Invalid("text", "reply.empty")
	case d.To != "" && !slices.ContainsFunc(messages, func(m store.Message) bool { return m.ID == d.To }):
		return nil, lang.Invalid("to", "reply.elsewhere")
	}
	for _, m := range messages {
		if d.Seen > 0 && m.Seq > d.Seen && m.Side == conversation.Organisation {
			return nil, lang.Invalid("text", "reply.meanwhile")
		}
	}
	return messages, nil
}

// beganAs gives the canned reply that an answer is: the one it began as, unless so
// much was changed that the measures wouldn't call it a copy.
func (d Draft) beganAs(ctx context.Context, s *store.Store) (int64, error) {
	if d.Canned == 0 {
		return 0, nil
	}
	c, err := cannedIn(ctx, s, d.Canned)
	if err != nil || c.ID == 0 || !alike(d.Text, c.Text) {
		return 0, err
	}
	return c.ID, nil
}

// alike says whether a text is hardly another, as the measure of voice sees it.
func alike(a, b string) bool {
	one, other := prose.Shingles(nil, a), prose.Shingles(nil, b)
	return prose.Jaccard(one, other) >= presence.Published().TemplateJaccard
}

// Insert puts a canned reply under what is written.
func (d Draft) Insert(ctx context.Context, s *store.Store, canned int64) (Draft, error) {
	c, err := cannedIn(ctx, s, canned)
	if err != nil {
		return d, err
	}
	if c.ID == 0 {
		return d, lang.Invalid("insert", "reply.no-canned")
	}
	d.Text = strings.TrimSpace(strings.TrimRight(d.Text, " \r\n") + "\n\n" + c.Text)
	d.Canned = canned
	return d, nil
}

// cannedIn finds a canned reply; the zero one when it isn't there.
func cannedIn(ctx context.Context, s *store.Store, id int64) (CannedReply, error) {
	all, err := CannedReplies(ctx, s)
	for _, c := range all {
		if c.ID == id {
			return c, err
		}
	}
	return CannedReply{}, err
}

// CannedReplyByID finds a canned reply; 0 is none, and no error.
func CannedReplyByID(ctx context.Context, s *store.Store, id int64) (CannedReply, error) {
	if id == 0 {
		return CannedReply{}, nil
	}
	c, err := cannedIn(ctx, s, id)
	if err == nil && c.ID == 0 {
		err = store.ErrNotFound
	}
	return c, err
}

// Check says what is wrong with a canned reply.
func (c CannedReply) Check() error {
	if strings.TrimSpace(c.Title) == "" || strings.TrimSpace(c.Text) == "" {
		return lang.Invalid("title", "canned.empty")
	}
	return nil
}

// Viewer is somebody who has a thread open.
type Viewer struct {
	User   int64  `json:"user"`
	Name   string `json:"name"`
	Typing bool   `json:"typing"`
}

// OtherViewers are the users but one who have a thread open, with their names.
func OtherViewers(ctx context.Context, s *store.Store, id conversation.ThreadID, me int64, names map[int64]string) ([]Viewer, error) {
	found, err := Viewers(ctx, s, id)
	list := []Viewer{}
	for user, typing := range found {
		if user != me {
			list = append(list, Viewer{user, names[user], typing})
		}
	}
	slices.SortFunc(list, func(a, b Viewer) int { return int(a.User - b.User) })
	return list, err
}

// WaitingIn finds which messages of a thread wait, and of which other threads it is
// made.
func WaitingIn(l *live.Live, thread conversation.ThreadID, messages []store.Message) (waiting []live.Appeal, parts []conversation.ThreadID) {
	waiting, parts = []live.Appeal{}, []conversation.ThreadID{}
	for _, m := range messages {
		if m.Thread != thread && !slices.Contains(parts, m.Thread) {
			parts = append(parts, m.Thread)
		}
	}
	for _, part := range append([]conversation.ThreadID{thread}, parts...) {
		found, _ := l.Appeals(live.Which{Thread: part, Waiting: true, Needing: true})
		for _, a := range found {
			if !slices.ContainsFunc(waiting, func(b live.Appeal) bool { return a.Message == b.Message }) {
				waiting = append(waiting, a)
			}
		}
	}
	slices.SortStableFunc(waiting, func(a, b live.Appeal) int { return a.Arrived.Compare(b.Arrived) })
	return waiting, parts
}
