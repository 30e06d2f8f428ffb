package form

import (
	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/document"
)

// freshdesk reads tickets and conversations as Freshdesk's interface gives them
// (developers.freshdesk.com/api: Tickets, Conversations), and its account export
// (Tickets.json: helpdesk_ticket).
var freshdesk = sheet{name: "freshdesk", shapes: []shape{
	{marks: []string{"helpdesk_ticket.requester_id|helpdesk_ticket.notes", "helpdesk_ticket.description", "helpdesk_ticket.created_at"}, records: []string{"helpdesk_ticket"}, open: freshdeskTickets},
	{marks: []string{"responder_id", "requester_id", "created_at", "description_text|description|conversations"}, open: freshdeskTickets},
	{marks: []string{"incoming", "private", "user_id", "body_text|body", "created_at"}, open: freshdeskTalk},
}}

func freshdeskTickets(p *page) func(document.Value) {
	r := freshdeskReader{p}
	return r.ticket
}

func freshdeskTalk(p *page) func(document.Value) {
	r := freshdeskReader{p}
	return func(v document.Value) { r.said(v, key("ticket", v.Text("ticket_id")), "") }
}

type freshdeskReader struct{ *page }

// ticket gives what opened a ticket and what was said in it. Source 2 is the
// portal, 7 chat, 10 mail that an agent sent first.
func (r freshdeskReader) ticket(v document.Value) {
	name := key("ticket", v.First("display_id", "id"))
	text := v.First("description_text", "description")
	if looksLikeHTML(text) {
		text = conversation.PlainText(text)
	}
	m := conversation.Message{ID: conversation.MessageID(name), Thread: conversation.ThreadID(name), Author: conversation.PersonID(v.First("requester_id")), Side: conversation.Community,
		Text: titled(v.Text("subject"), text)}
	if v.Text("source") == "10" {
		m.Author, m.Side = conversation.PersonID(v.First("responder_id")), conversation.Organisation
	}
	if m.Text != "" {
		r.add(m, v.Text("created_at"), map[string]any{"name": v.First("requester.name", "requester_name")})
	}
	for _, list := range []string{"conversations", "notes"} {
		for c := range v.List(list) {
			if c.Has("helpdesk_note") {
				c = c.At("helpdesk_note")
			}
			r.said(c, name, v.First("requester_id"))
		}
	}
}

func (r freshdeskReader) said(v document.Value, ticket, requester string) {
	switch {
	case v.True("private"):
		r.note()
		return
	case v.True("deleted"):
		r.LeftOut("deleted", r.Line)
		return
	}
	text := v.Text("body_text")
	if text == "" {
		text = conversation.PlainText(v.Text("body"))
	}
	m := conversation.Message{ID: conversation.MessageID(key(ticket, v.Text("id"))), Thread: conversation.ThreadID(ticket), Author: conversation.PersonID(v.Text("user_id")), Side: conversation.Organisation, Text: text}
	if v.True("incoming") || requester != "" && v.Text("user_id") == requester {
		m.Side = conversation.Community
	}
	r.add(m, v.Text("created_at"), map[string]any{"name": v.First("user.name", "from_email")})
}
