package form

import (
	"strings"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/document"
)

// telegram reads result.json of Telegram Desktop ("Export chat history", "Export
// Telegram data"; its fields are listed in the client's export_output_json.cpp):
// one chat, or all, of which those between two people are left out.
var telegram = sheet{name: "telegram", shapes: []shape{
	{marks: []string{"messages[].id", "messages[].type", "messages[].date", "messages[].from_id|messages[].actor|messages[].actor_id"}, without: []string{"channel.id"},
		records: []string{"messages[]"}, heads: []string{"name", "type", "id"}, open: telegramChat("")},
	{marks: []string{"chats.list[].messages[].id", "chats.list[].messages[].date"}, records: []string{"chats.list[].messages[]"},
		heads: []string{"chats.list[].name", "chats.list[].type", "chats.list[].id"}, open: telegramChat("chats.list[].")},
}}

// telegramChat reads the messages of chats whose own fields stand at a path.
func telegramChat(at string) func(*page) func(document.Value) {
	return func(p *page) func(document.Value) {
		talk := newTalk(p)
		return func(v document.Value) {
			kind := p.Head(at + "type")
			switch {
			case v.Text("type") != "message":
				p.LeftOut("event", p.Line)
				return
			case at != "" && kind != "public_supergroup" && kind != "public_channel" && kind != "private_supergroup" && kind != "private_channel" && kind != "private_group":
				p.LeftOut("private", p.Line) // personal_chat, saved_messages, bot_chat
				return
			}
			chat := p.Head(at + "id")
			name := func(id string) string { return key(chat, id) }
			m := conversation.Message{ID: conversation.MessageID(name(v.Text("id"))), ReplyTo: conversation.MessageID(name(v.Text("reply_to_message_id"))),
				Author: conversation.PersonID(v.First("from_id", "from")), Channel: p.Head(at + "name"), Text: telegramText(v),
				Bot: telegramBot(v)}
			when := v.First("date_unixtime", "date")
			talk.add(m, when, telegramNamed(v), map[string]any{"name": v.Text("from"), "edited": v.Has("edited") || v.Has("edited_unixtime"), "forwarded": v.Text("forwarded_from"), "media": v.First("media_type", "photo")})
		}
	}
}

// telegramText is a text: a string, or pieces of which some are marked.
func telegramText(v document.Value) string {
	if !v.At("text").IsList() {
		return v.Text("text")
	}
	var b strings.Builder
	for piece := range v.List("text") {
		if piece.IsObject() {
			b.WriteString(piece.Text("text"))
		} else {
			b.WriteString(piece.Text())
		}
	}
	return b.String()
}

// telegramNamed are the people that a text names by account.
func telegramNamed(v document.Value) (all []conversation.PersonID) {
	for e := range v.List("text_entities") {
		if id := e.Text("user_id"); id != "" {
			all = append(all, conversation.PersonID("user"+id))
		}
	}
	return all
}

// telegramBot says whether a program wrote a message: their names must end in
// "bot" (core.telegram.org/bots), and only they have buttons.
func telegramBot(v document.Value) bool {
	return v.Has("inline_bot_buttons") && !v.Has("via_bot") || strings.HasSuffix(v.Text("from"), "Bot")
}
