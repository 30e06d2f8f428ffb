package form

import (
	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/document"
)

// participation reads what Decidim and Consul give of proposals, debates and
// comments through GraphQL (docs.decidim.org, "GraphQL API"; docs.consuldemocracy.org,
// "API"): whatever the query, objects with a time and a body are contributions, an
// official answer stands in the proposal, comments stand in what they answer.
var participation = sheet{name: "participation", shapes: []shape{
	{marks: []string{"data.*.edges[].node.public_created_at|data.*.public_created_at|data.*.edges[].node.public_author.username"}, open: participationPages},
	{marks: []string{"data.*[].components[].proposals.nodes[].body|data.*.components[].proposals.nodes[].body|data.*.proposals.nodes[].body|data.*.proposals.edges[].node.body|data.component.proposals.nodes[].id"}, open: participationPages},
	{marks: []string{"public_created_at", "title|body", "id"}, open: participationPages},
}}

func participationPages(p *page) func(document.Value) {
	r := participationReader{p}
	return func(v document.Value) { r.visit(v, "", "", "", 0) }
}

type participationReader struct{ *page }

// visit gives the contributions at and below a value. kind is the key under which
// it stands.
func (r participationReader) visit(v document.Value, kind string, thread conversation.ThreadID, over conversation.MessageID, depth int) {
	switch {
	case depth > 64:
		return
	case v.IsList():
		for one := range v.List() {
			r.visit(one, kind, thread, over, depth+1)
		}
		return
	case !v.IsObject():
		return
	}
	text := titled(translated(v.At("title")), conversation.PlainText(participationText(v)))
	if when := v.First("createdAt", "publishedAt", "public_created_at", "created_at"); when != "" && text != "" {
		id := conversation.MessageID(key(kind, v.Text("id")))
		if thread == "" {
			thread = conversation.ThreadID(id)
		}
		m := conversation.Message{ID: id, Thread: thread, ReplyTo: over, Author: conversation.PersonID(v.First("author.nickname", "public_author.username", "author.name")), Channel: kind, Text: text}
		r.joined(&m)
		r.add(m, when, map[string]any{"name": v.Text("author", "name"), "url": v.Text("url")})
		r.official(v, m)
		over = id
	}
	for key, below := range v.Members() {
		switch key {
		case "title", "body", "answer", "author", "public_author", "coordinates":
			continue
		case "nodes", "edges", "node", "data":
			r.visit(below, kind, thread, over, depth+1)
		default:
			r.visit(below, key, thread, over, depth+1)
		}
	}
}

// official gives the answer that the institution wrote into a proposal.
func (r participationReader) official(v document.Value, to conversation.Message) {
	text, when := conversation.PlainText(translated(v.At("answer"))), v.First("answeredAt", "answered_at")
	switch {
	case text == "":
		return
	case when == "":
		r.LeftOut("answer without a time", r.Line)
		return
	}
	m := conversation.Message{ID: to.ID + "/answer", Thread: to.Thread, ReplyTo: to.ID, Side: conversation.Organisation, Channel: to.Channel, Text: text}
	r.joined(&m)
	r.add(m, when, nil)
}

func participationText(v document.Value) string {
	for _, field := range []string{"body", "description", "summary"} {
		if s := translated(v.At(field)); s != "" {
			return s
		}
	}
	return ""
}

// translated is a text, or the first of its translations.
func translated(v document.Value) string {
	if !v.IsObject() {
		return v.Text()
	}
	if s := v.Text("translation"); s != "" {
		return s
	}
	for t := range v.List("translations") {
		if s := t.Text("text"); s != "" {
			return s
		}
	}
	for _, t := range v.Members() { // {"fr": "…"}
		if s := t.Text(); s != "" {
			return s
		}
	}
	return ""
}
