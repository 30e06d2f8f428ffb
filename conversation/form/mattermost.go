package form

import (
	"strconv"
	"strings"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/document"
)

// mattermost reads bulk exports (docs.mattermost.com, "Bulk export tool": one
// object a line, each with its type), and posts as the interface gives them.
var mattermost = sheet{name: "mattermost", shapes: []shape{
	{marks: []string{"type", "post.create_at|channel.team|team.name", "version|post.message|channel.name"}, open: mattermostBulk},
	{marks: []string{"posts.*.create_at", "posts.*.message", "posts.*.root_id"}, records: []string{"posts.*"}, open: mattermostPosts},
	{marks: []string{"create_at", "message", "root_id", "channel_id"}, open: mattermostPosts},
}}

func mattermostBulk(p *page) func(document.Value) {
	private := map[string]bool{} // channels, by team and name
	return func(v document.Value) {
		switch v.Text("type") {
		case "channel":
			if v.Text("channel", "type") == "P" {
				private[key(v.Text("channel", "team"), v.Text("channel", "name"))] = true
			}
		case "direct_post":
			p.LeftOut("private", p.Line)
		case "post":
			post := v.At("post")
			if private[key(post.Text("team"), post.Text("channel"))] {
				p.LeftOut("private", p.Line)
				return
			}
			mattermostThread(p, post)
		}
	}
}

// mattermostThread gives a post of a bulk export with its answers. They have no
// ids: they are named after place, time and author.
func mattermostThread(p *page, v document.Value) {
	if kind := v.Text("type"); strings.HasPrefix(kind, "system_") {
		p.LeftOut("event", p.Line)
		return
	}
	at := key(v.Text("team"), v.Text("channel"))
	name := func(one document.Value) string { return key(at, one.Text("create_at"), one.Text("user")) }
	thread := name(v)
	give := func(one document.Value, id, answers string) {
		m := conversation.Message{ID: conversation.MessageID(id), Thread: conversation.ThreadID(thread), ReplyTo: conversation.MessageID(answers), Author: conversation.PersonID(one.Text("user")),
			Channel: v.Text("channel"), Text: one.Text("message")}
		m.Bot = p.machine(one.True("props", "from_webhook") || one.True("props", "from_bot"))
		p.joined(&m)
		p.add(m, one.Text("create_at"), map[string]any{"edited": one.Has("edit_at") && one.Text("edit_at") != "0"})
	}
	give(v, thread, "")
	n := 0
	for r := range v.List("replies") {
		n++
		give(r, name(r)+"/"+strconv.Itoa(n), thread)
	}
}

func mattermostPosts(p *page) func(document.Value) {
	return func(v document.Value) {
		if v.Text("type") != "" && v.Text("type") != "slack_attachment" && v.Text("type") != "me" {
			p.LeftOut("event", p.Line)
			return
		}
		root := v.First("root_id")
		m := conversation.Message{ID: conversation.MessageID(v.Text("id")), Thread: conversation.ThreadID(root), ReplyTo: conversation.MessageID(root), Author: conversation.PersonID(v.First("user_id", "user")),
			Channel: v.Text("channel_id"), Text: v.Text("message")}
		if root == "" {
			m.Thread = conversation.ThreadID(m.ID)
		}
		if at := v.Text("delete_at"); at != "" && at != "0" {
			m.Deleted = seconds(millis(at))
		}
		m.Bot = p.machine(v.True("props", "from_webhook") || v.True("props", "from_bot"))
		p.joined(&m)
		p.add(m, v.Text("create_at"), map[string]any{"name": v.First("props.override_username"), "edited": v.Text("edit_at") != "0" && v.Has("edit_at")})
	}
}
