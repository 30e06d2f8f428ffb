package form

import (
	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/document"
)

// chatwoot reads messages as Chatwoot's interface gives them
// (chatwoot.com/developers/api: message_type 0 incoming, 1 outgoing, 2 activity,
// 3 template).
var chatwoot = sheet{name: "chatwoot", shapes: []shape{
	{marks: []string{"payload[].message_type", "payload[].content", "payload[].created_at"}, records: []string{"payload[]"}, open: chatwootMessages},
	{marks: []string{"data.payload[].messages[].message_type"}, records: []string{"data.payload[].messages[]"}, open: chatwootMessages},
	{marks: []string{"messages[].message_type", "messages[].content", "messages[].conversation_id"}, records: []string{"messages[]"}, open: chatwootMessages},
	{marks: []string{"message_type", "content", "conversation_id", "created_at"}, open: chatwootMessages},
}}

func chatwootMessages(p *page) func(document.Value) {
	return func(v document.Value) {
		if v.True("private") {
			p.note()
			return
		}
		talk := v.Text("conversation_id")
		if talk == "" {
			talk = p.file
		}
		m := conversation.Message{ID: conversation.MessageID(v.Text("id")), Thread: conversation.ThreadID(talk), Text: v.Text("content"),
			Author: conversation.PersonID(v.First("sender.email", "sender.identifier", "sender.phone_number"))}
		if m.Author == "" {
			m.Author = conversation.PersonID(key(v.Text("sender", "type"), v.First("sender.id", "sender_id")))
		}
		switch v.Text("message_type") {
		case "0", "incoming":
			m.Side = conversation.Community
		case "1", "outgoing":
			m.Side = conversation.Organisation
			m.Bot = v.First("sender.type", "sender_type") == "agent_bot" || v.First("sender.type", "sender_type") == "AgentBot"
		case "3", "template":
			m.Side, m.Bot = conversation.Organisation, true
		default:
			p.LeftOut("event", p.Line)
			return
		}
		if v.True("content_attributes", "deleted") {
			m.Deleted, m.Text = seconds(v.Text("created_at")), ""
		}
		m.Bot = p.machine(m.Bot)
		p.add(m, v.Text("created_at"), map[string]any{"name": v.First("sender.name", "sender.available_name")})
	}
}
