package form

import (
	"strings"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/document"
)

// discourse reads topics and posts as Discourse gives them (docs.discourse.org:
// /t/{id}.json, /posts.json, /posts/{id}.json): a topic a file or a line.
var discourse = sheet{name: "discourse", shapes: []shape{
	{marks: []string{"post_stream.posts[].cooked|post_stream.posts[].raw", "post_stream.posts[].created_at"}, records: []string{"post_stream.posts[]"},
		heads: []string{"title", "id", "category_id", "archetype"}, open: discourseTopic},
	{marks: []string{"latest_posts[].cooked|latest_posts[].raw", "latest_posts[].created_at"}, records: []string{"latest_posts[]"}, open: discoursePosts},
	{marks: []string{"cooked", "post_number", "topic_id", "username"}, open: discoursePosts},
}}

func discourseTopic(p *page) func(document.Value) {
	d := &discourseReader{page: p}
	p.End = d.end
	return func(v document.Value) {
		if v.Text("post_number") == "1" && d.first == nil {
			m, when, more, ok := d.message(v)
			if ok {
				d.first = func() {
					m.Text = titled(p.Head("title"), m.Text)
					d.give(m, when, more)
				}
			}
			return
		}
		d.post(v)
	}
}

func discoursePosts(p *page) func(document.Value) {
	d := &discourseReader{page: p}
	return d.post
}

// discourseReader holds the post that opens a topic back until the title, which
// stands at the end, is known.
type discourseReader struct {
	*page
	first func()
}

func (d *discourseReader) end() {
	if d.first != nil {
		d.first()
	}
	d.first = nil
}

func (d *discourseReader) post(v document.Value) {
	if m, when, more, ok := d.message(v); ok {
		if v.Text("post_number") == "1" {
			m.Text = titled(v.Text("topic_title"), m.Text)
		}
		d.give(m, when, more)
	}
}

func (d *discourseReader) give(m conversation.Message, when string, more map[string]any) {
	if d.Head("archetype") == "private_message" && d.Beside() != nil {
		d.LeftOut("private", d.Line)
		return
	}
	d.joined(&m)
	d.add(m, when, more)
}

// message reads a post. Kinds of posts: 1 regular, 2 of a moderator, 3 a small
// action, 4 a whisper among staff (Post.types in Discourse's source).
func (d *discourseReader) message(v document.Value) (m conversation.Message, when string, more map[string]any, ok bool) {
	switch v.Text("post_type") {
	case "3":
		d.LeftOut("event", d.Line)
		return
	case "4":
		d.note()
		return
	}
	topic, when := v.Text("topic_id"), v.Text("created_at")
	name := func(number string) string { return key(topic, number) }
	m = conversation.Message{ID: conversation.MessageID(name(v.Text("post_number"))), Thread: conversation.ThreadID(topic),
		ReplyTo: conversation.MessageID(name(v.Text("reply_to_post_number"))), Author: conversation.PersonID(v.Text("username")),
		Channel: discourseChannel(v), Text: conversation.PlainText(v.Text("cooked"))}
	if !v.Has("cooked") {
		m.Text = v.Text("raw")
	}
	m.Bot = d.machine(strings.HasPrefix(v.Text("user_id"), "-") || botNamed(string(m.Author)))
	if v.Has("staff") || v.Has("moderator") || v.Has("admin") {
		m.Side = d.staff(v.True("staff") || v.True("moderator") || v.True("admin"))
	}
	discourseGone(v, &m)
	return m, when, map[string]any{"name": v.Text("name"), "accepted": v.True("accepted_answer"), "title": v.Text("user_title")}, true
}

// discourseGone: what its author took back, what others took away, and what was
// hidden because others complained of it, whose text isn't theirs any more.
func discourseGone(v document.Value, m *conversation.Message) {
	at, err := time.Parse(time.RFC3339, v.First("deleted_at", "updated_at", "created_at"))
	if err != nil {
		return
	}
	switch {
	case v.True("user_deleted"):
		m.Deleted, m.DeletedBy = at, conversation.Community
	case v.Has("deleted_at"):
		m.Deleted = at
	case v.True("cooked_hidden"):
		m.Deleted, m.Text = at, ""
	}
}

func discourseChannel(v document.Value) string {
	if name := v.First("category_slug", "category_name"); name != "" {
		return name
	}
	return v.First("category_id", "_category_id")
}
