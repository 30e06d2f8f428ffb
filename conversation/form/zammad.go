package form

import (
	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/document"
)

// zammad reads ticket articles as Zammad's interface gives them
// (docs.zammad.org/en/latest/api/ticket/articles.html: sender is Customer, Agent or
// System).
var zammad = sheet{name: "zammad", shapes: []shape{
	{marks: []string{"ticket_id", "sender|sender_id", "internal", "body", "created_at"}, open: zammadArticles},
	{marks: []string{"articles[].sender|articles[].sender_id", "articles[].body", "articles[].internal"}, open: zammadTickets},
	{marks: []string{"assets.TicketArticle.*.body", "assets.TicketArticle.*.internal"}, records: []string{"assets.TicketArticle.*"}, open: zammadArticles},
}}

func zammadTickets(p *page) func(document.Value) {
	return func(v document.Value) {
		title := v.Text("title")
		for a := range v.List("articles") {
			zammadSaid(p, a, title)
			title = ""
		}
	}
}

func zammadArticles(p *page) func(document.Value) {
	return func(v document.Value) { zammadSaid(p, v, "") }
}

func zammadSaid(p *page, v document.Value, title string) {
	if v.True("internal") || v.Text("type") == "note" && v.Text("sender") == "Agent" {
		p.note()
		return
	}
	ticket := key("ticket", v.Text("ticket_id"))
	m := conversation.Message{ID: conversation.MessageID(key(ticket, v.Text("id"))), Thread: conversation.ThreadID(ticket), Channel: v.Text("type"), Text: v.Text("body"),
		Author: conversation.PersonID(v.First("created_by", "from", "created_by_id", "origin_by_id"))}
	if v.Text("content_type") == "text/html" || looksLikeHTML(m.Text) {
		m.Text = conversation.PlainText(m.Text)
	}
	switch v.First("sender", "sender_id") { // 1 Agent, 2 Customer, 3 System, as a fresh installation numbers them
	case "Agent", "1":
		m.Side = conversation.Organisation
	case "Customer", "2":
		m.Side = conversation.Community
	case "System", "3":
		m.Side, m.Bot = conversation.Organisation, true
	}
	if m.Side == conversation.Community {
		m.Text = titled(title, m.Text)
	}
	m.Bot = p.machine(m.Bot)
	p.add(m, v.Text("created_at"), map[string]any{"name": v.Text("from")})
}
