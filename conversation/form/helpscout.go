package form

import (
	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/document"
)

// helpscout reads conversations and threads as Help Scout's interface gives them
// (developer.helpscout.com/mailbox-api: threads are of type customer, message,
// note, lineitem, chat, phone …).
var helpscout = sheet{name: "helpscout", shapes: []shape{
	{marks: []string{"_embedded.conversations[]._embedded.threads[].type", "_embedded.conversations[].subject"}, records: []string{"_embedded.conversations[]"}, open: helpscoutTalks},
	{marks: []string{"_embedded.threads[].type", "_embedded.threads[].createdAt"}, open: helpscoutTalks},
}}

func helpscoutTalks(p *page) func(document.Value) {
	return func(v document.Value) {
		talk := v.First("number", "id")
		if talk == "" {
			talk = p.file
		}
		opens := helpscoutOpening(v)
		for t := range v.List("_embedded", "threads") {
			m := conversation.Message{ID: conversation.MessageID(key(talk, t.Text("id"))), Thread: conversation.ThreadID(talk), Channel: v.Text("type"), Text: conversation.PlainText(t.Text("body"))}
			switch kind := t.Text("type"); {
			case kind == "note":
				p.note()
				continue
			case t.Text("state") == "draft" || t.Text("status") == "draft":
				p.LeftOut("draft", p.Line)
				continue
			case kind == "lineitem" || m.Text == "":
				p.LeftOut("event", p.Line)
				continue
			case kind == "customer", kind == "message" && t.Text("createdBy", "type") == "customer", t.Text("createdBy", "type") == "customer":
				m.Side = conversation.Community
			default:
				m.Side = conversation.Organisation
			}
			if t.Text("id") == opens {
				m.Text = titled(v.Text("subject"), m.Text)
			}
			m.Author = conversation.PersonID(t.First("createdBy.email", "createdBy.id", "customer.email"))
			p.add(m, t.Text("createdAt"), map[string]any{"name": helpscoutName(t.At("createdBy"))})
		}
	}
}

// helpscoutOpening is the id of the first thread: they stand newest first.
func helpscoutOpening(v document.Value) (id string) {
	earliest := ""
	for t := range v.List("_embedded", "threads") {
		at := t.Text("createdAt") // all in UTC
		if kind := t.Text("type"); kind != "lineitem" && kind != "note" && (earliest == "" || at < earliest) {
			earliest, id = at, t.Text("id")
		}
	}
	return id
}

func helpscoutName(v document.Value) string {
	first, last := v.First("first", "firstName"), v.First("last", "lastName")
	if first == "" || last == "" {
		return first + last
	}
	return first + " " + last
}
