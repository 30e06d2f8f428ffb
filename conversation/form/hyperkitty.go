package form

import (
	"strings"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/document"
)

// hyperkitty reads mails of a list as the interface of HyperKitty, the archive of
// Mailman 3, gives them (its rest serializers: message_id_hash, thread, parent,
// sender_name, content). Its .mbox.gz are mailboxes.
var hyperkitty = sheet{name: "hyperkitty", shapes: []shape{
	{marks: []string{"results[].message_id_hash", "results[].content", "results[].date"}, records: []string{"results[]"}, open: hyperkittyMails},
	{marks: []string{"message_id_hash", "content", "date"}, open: hyperkittyMails},
}}

func hyperkittyMails(p *page) func(document.Value) {
	return func(v document.Value) {
		m := conversation.Message{ID: conversation.MessageID(v.Text("message_id_hash")), Thread: conversation.ThreadID(lastPart(v.Text("thread"))), ReplyTo: conversation.MessageID(lastPart(v.Text("parent"))),
			Author: conversation.PersonID(strings.ReplaceAll(v.First("sender.address", "sender_name"), " (a) ", "@")), Channel: lastPart(v.Text("mailinglist")), Text: v.Text("content")}
		if m.ReplyTo == "" {
			m.Text = titled(v.Text("subject"), m.Text)
		}
		p.joined(&m)
		p.add(m, v.Text("date"), map[string]any{"name": v.Text("sender_name"), "subject": v.Text("subject")})
	}
}
