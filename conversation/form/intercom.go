package form

import (
	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/document"
)

// intercom reads conversations as Intercom's interface gives them
// (developers.intercom.com: "The conversation model"; parts have a type: comment,
// note, assignment, open, close …, and the author says admin, user, lead or bot).
var intercom = sheet{name: "intercom", shapes: []shape{
	{marks: []string{"source.author.type", "source.body", "conversation_parts|created_at"}, open: intercomTalks},
	{marks: []string{"conversations[].source.author.type", "conversations[].source.body"}, records: []string{"conversations[]"}, open: intercomTalks},
}}

func intercomTalks(p *page) func(document.Value) {
	return func(v document.Value) {
		thread := v.Text("id")
		source := v.At("source")
		text := titled(conversation.PlainText(source.Text("subject")), conversation.PlainText(source.Text("body")))
		if text != "" {
			intercomSaid(p, source.At("author"), conversation.Message{ID: conversation.MessageID(key(thread, "source")), Thread: conversation.ThreadID(thread), Text: text,
				Channel: source.Text("type"), Bot: source.Text("delivered_as") == "automated"}, v.Text("created_at"))
		}
		parts := v.At("conversation_parts")
		if parts.Has("conversation_parts") {
			parts = parts.At("conversation_parts")
		}
		for part := range parts.List() {
			switch kind := part.Text("part_type"); {
			case kind == "note" || kind == "note_and_reopen":
				p.note()
				continue
			case part.Text("body") == "":
				p.LeftOut("event", p.Line)
				continue
			}
			intercomSaid(p, part.At("author"), conversation.Message{ID: conversation.MessageID(key(thread, part.Text("id"))), Thread: conversation.ThreadID(thread),
				Text: conversation.PlainText(part.Text("body")), Channel: source.Text("type")}, part.Text("created_at"))
		}
	}
}

// intercomSaid gives a message with the side that its author is on.
func intercomSaid(p *page, author document.Value, m conversation.Message, when string) {
	switch author.Text("type") {
	case "admin", "team":
		m.Side = conversation.Organisation
	case "user", "lead", "contact":
		m.Side = conversation.Community
	case "bot":
		m.Side, m.Bot = conversation.Organisation, true
	}
	m.Bot = p.machine(m.Bot)
	m.Author = conversation.PersonID(author.First("email", "id"))
	p.add(m, when, map[string]any{"name": author.Text("name")})
}
