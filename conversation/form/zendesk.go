package form

import (
	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/document"
)

// zendesk reads tickets and comments as Zendesk's interface and its exports give
// them (developer.zendesk.com: Tickets, Ticket Comments, "Exporting data": one
// ticket a line).
var zendesk = sheet{name: "zendesk", shapes: []shape{
	{marks: []string{"comments[].author_id", "comments[].public", "comments[].body|comments[].plain_body|comments[].html_body"}, open: zendeskTickets},
	{marks: []string{"tickets[].requester_id", "tickets[].description", "tickets[].created_at"}, records: []string{"tickets[]"}, open: zendeskTickets},
	{marks: []string{"ticket.requester_id", "ticket.description"}, records: []string{"ticket"}, open: zendeskTickets},
	{marks: []string{"requester_id", "description", "subject", "created_at", "submitter_id|assignee_id"}, without: []string{"responder_id"}, open: zendeskTickets},
}}

// zendeskReader knows people by number; those of former records stay known.
type zendeskReader struct {
	*page
	people map[string]zendeskPerson
}

type zendeskPerson struct{ name, role string }

func zendeskTickets(p *page) func(document.Value) {
	r := &zendeskReader{p, map[string]zendeskPerson{}}
	return r.ticket
}

// ticket gives a ticket's comments; where there are none, what opened it.
func (r *zendeskReader) ticket(v document.Value) {
	for u := range v.List("users") {
		r.meet(u, u.Text("role"))
	}
	r.meet(v.At("requester"), "end-user")
	r.meet(v.At("assignee"), "agent")
	id := v.First("id", "ticket_id")
	if id == "" {
		id = r.file
	}
	requester := v.First("requester_id", "requester.id")
	n := 0
	for c := range v.List("comments") {
		if c.False("public") {
			r.note()
			continue
		}
		m := conversation.Message{ID: conversation.MessageID(key("ticket", id, c.Text("id"))), Thread: conversation.ThreadID(key("ticket", id)), Text: zendeskText(c), Channel: c.First("via.channel")}
		if n++; n == 1 {
			m.Text = titled(v.Text("subject"), m.Text)
		}
		r.give(m, c.Text("author_id"), requester, c.Text("created_at"), v)
	}
	if n == 0 && v.Text("description") != "" {
		name := key("ticket", id)
		m := conversation.Message{ID: conversation.MessageID(name), Thread: conversation.ThreadID(name), Text: titled(v.Text("subject"), v.Text("description")), Channel: v.First("via.channel")}
		r.give(m, requester, requester, v.Text("created_at"), v)
	}
}

func (r *zendeskReader) meet(v document.Value, role string) {
	if id := v.Text("id"); id != "" && r.people[id].role == "" {
		if said := v.Text("role"); said != "" {
			role = said
		}
		r.people[id] = zendeskPerson{v.First("name", "email"), role}
	}
}

// give says who speaks: by role, or whether it is who asked.
func (r *zendeskReader) give(m conversation.Message, author, requester, when string, ticket document.Value) {
	who := r.people[author]
	switch {
	case who.role == "agent" || who.role == "admin":
		m.Side, m.Department = conversation.Organisation, ticket.First("group.name")
	case who.role == "end-user", author == requester && author != "":
		m.Side = conversation.Community
	}
	m.Author = conversation.PersonID(author)
	m.Bot = r.machine(author == "-1") // "System"
	r.add(m, when, map[string]any{"name": who.name})
}

func zendeskText(v document.Value) string {
	if s := v.First("plain_body", "body"); s != "" {
		return s
	}
	return conversation.PlainText(v.Text("html_body"))
}
