package form

import (
	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/document"
)

// discord reads what DiscordChatExporter writes (its wiki, "JSON output"), and
// messages as Discord's own interface gives them (Discord developer documentation,
// "Message object").
var discord = sheet{name: "discord", shapes: []shape{
	{
		marks:   []string{"channel.name|channel.id|channel.type", "messages[].content", "messages[].author.id", "messages[].timestamp"},
		records: []string{"messages[]"},
		heads:   []string{"channel.id", "channel.name", "channel.type", "guild.name"},
		open:    discordExport,
	},
	{
		marks: []string{"content", "author.id", "timestamp", "channel_id"},
		open:  discordMessages,
	},
}}

func discordExport(p *page) func(document.Value) {
	talk := newTalk(p)
	return func(v document.Value) {
		if kind := p.Head("channel.type"); kind == "DirectTextChat" || kind == "DirectGroupTextChat" {
			if p.Beside() != nil {
				p.LeftOut("private", p.Line)
				return
			}
		}
		switch v.Text("type") {
		case "Default", "Reply", "20", "ApplicationCommand", "ChatInputCommand", "":
		default: // joins, pins, calls
			p.LeftOut("event", p.Line)
			return
		}
		m := conversation.Message{ID: conversation.MessageID(v.Text("id")), ReplyTo: conversation.MessageID(v.Text("reference", "messageId")),
			Author: discordName(v.At("author")), Channel: p.Head("channel.name"), Text: v.Text("content"), Bot: v.True("author", "isBot")}
		switch p.Head("channel.type") {
		case "GuildPublicThread", "GuildPrivateThread", "GuildNewsThread":
			m.Thread = conversation.ThreadID(p.Head("channel.id"))
		}
		talk.add(m, v.Text("timestamp"), mentioned(v.List("mentions"), discordName), map[string]any{
			"name": v.First("author.nickname"), "edited": v.Has("timestampEdited"), "files": v.At("attachments").Len()})
	}
}

// discordName is the account of a person: names were told apart by four figures
// until 2023.
func discordName(v document.Value) conversation.PersonID {
	name := v.First("name", "username", "id")
	if d := v.Text("discriminator"); d != "" && d != "0" && d != "0000" {
		name += "#" + d
	}
	return conversation.PersonID(name)
}

func discordMessages(p *page) func(document.Value) {
	talk := newTalk(p)
	return func(v document.Value) {
		switch v.Text("type") { // "Message Types": 0 default, 19 reply, 20 and 23 commands
		case "0", "19", "20", "23", "":
		default:
			p.LeftOut("event", p.Line)
			return
		}
		m := conversation.Message{ID: conversation.MessageID(v.Text("id")), ReplyTo: conversation.MessageID(v.Text("message_reference", "message_id")),
			Author: discordName(v.At("author")), Channel: v.Text("channel_id"), Text: v.Text("content"),
			Bot: v.True("author", "bot") || v.Has("webhook_id")}
		talk.add(m, v.Text("timestamp"), mentioned(v.List("mentions"), discordName), map[string]any{
			"name": v.First("author.global_name"), "edited": v.Has("edited_timestamp")})
	}
}
