package form

import (
	"strings"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/document"
)

// mastodon reads outbox.json of an account's archive (an OrderedCollection of
// ActivityStreams 2.0), and statuses as Mastodon's interface gives them
// (docs.joinmastodon.org: Status, Notification, Context).
var mastodon = sheet{name: "mastodon", shapes: []shape{
	{marks: []string{"orderedItems[].type", "orderedItems[].object", "orderedItems[].published|orderedItems[].object.published"}, records: []string{"orderedItems[]"}, open: mastodonOutbox},
	{marks: []string{"ancestors|descendants", "ancestors[].account.acct|descendants[].account.acct"}, records: []string{"ancestors[]", "descendants[]"}, open: mastodonStatuses},
	{marks: []string{"status.account.acct", "status.content", "status.created_at"}, records: []string{"status"}, open: mastodonStatuses},
	{marks: []string{"statuses[].account.acct", "statuses[].content"}, records: []string{"statuses[]"}, open: mastodonStatuses},
	{marks: []string{"account.acct", "content", "created_at", "visibility|in_reply_to_id"}, open: mastodonStatuses},
}}

func mastodonOutbox(p *page) func(document.Value) {
	return func(v document.Value) {
		o := v.At("object")
		if v.Text("type") != "Create" || !o.IsObject() || o.Text("type") != "Note" && o.Text("type") != "Question" && o.Text("type") != "Article" {
			p.LeftOut("event", p.Line) // a boost of somebody else's
			return
		}
		m := conversation.Message{ID: conversation.MessageID(o.Text("id")), ReplyTo: conversation.MessageID(o.Text("inReplyTo")), Author: conversation.PersonID(handleOf(o.First("attributedTo"))),
			Thread: conversation.ThreadID(o.First("conversation", "context")), Channel: "mastodon", Text: titled(o.Text("summary"), conversation.PlainText(o.Text("content"))), Private: !mastodonPublic(o)}
		if m.Author == "" {
			m.Author = conversation.PersonID(handleOf(v.Text("actor")))
		}
		if m.Private {
			p.LeftOut("private", p.Line)
			return
		}
		if m.ReplyTo != "" {
			m.Thread = "" // the names of conversations differ from server to server
		}
		p.joined(&m)
		p.add(m, o.First("published"), map[string]any{"url": o.Text("url"), "edited": o.Has("updated")})
	}
}

// mastodonPublic says whether a note was to the public, or to the followers.
func mastodonPublic(o document.Value) bool {
	for _, list := range []string{"to", "cc"} {
		if strings.HasSuffix(o.Text(list), "#Public") {
			return true
		}
		for to := range o.List(list) {
			if at := to.Text(); strings.HasSuffix(at, "#Public") || at == "as:Public" {
				return true
			}
		}
	}
	return false
}

// handleOf is account@server for an account's address.
func handleOf(address string) string {
	_, rest, ok := strings.Cut(address, "://")
	server, path, _ := strings.Cut(rest, "/")
	if !ok || path == "" {
		return address
	}
	return strings.TrimPrefix(lastPart(path), "@") + "@" + server
}

func mastodonStatuses(p *page) func(document.Value) {
	return func(v document.Value) {
		switch {
		case v.Has("reblog"):
			p.LeftOut("event", p.Line)
			return
		case v.Text("visibility") == "direct":
			p.LeftOut("private", p.Line)
			return
		}
		m := conversation.Message{ID: conversation.MessageID(v.Text("id")), ReplyTo: conversation.MessageID(v.Text("in_reply_to_id")), Author: conversation.PersonID(v.Text("account", "acct")),
			Channel: "mastodon", Lang: v.Text("language"), Text: titled(v.Text("spoiler_text"), conversation.PlainText(v.Text("content"))), Private: v.Text("visibility") == "private"}
		m.Bot = p.machine(v.True("account", "bot"))
		p.joined(&m)
		p.add(m, v.Text("created_at"), map[string]any{"name": v.Text("account", "display_name"), "url": v.Text("url"), "edited": v.Has("edited_at")})
	}
}
