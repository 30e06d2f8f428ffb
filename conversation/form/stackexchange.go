package form

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/document"
)

// stackexchange reads questions with answers and comments as the interface of
// Stack Exchange gives them (api.stackexchange.com/docs: question, answer).
var stackexchange = sheet{name: "stackexchange", shapes: []shape{
	{marks: []string{"items[].question_id|items[].answer_id", "items[].creation_date", "items[].body|items[].body_markdown|items[].title"}, records: []string{"items[]"}, open: stackItems},
	{marks: []string{"question_id", "creation_date", "title", "owner.display_name|owner.user_id"}, open: stackItems},
}}

func stackItems(p *page) func(document.Value) {
	return func(v document.Value) {
		question := v.Text("question_id")
		thread := conversation.ThreadID(key("q", question))
		if v.Has("answer_id") {
			stackSaid(p, v, conversation.MessageID(key("a", v.Text("answer_id"))), thread, conversation.MessageID(thread), "")
			return
		}
		stackSaid(p, v, conversation.MessageID(thread), thread, "", v.Text("title"))
		for a := range v.List("answers") {
			stackSaid(p, a, conversation.MessageID(key("a", a.Text("answer_id"))), thread, conversation.MessageID(thread), "")
		}
	}
}

// stackSaid gives a post and its comments.
func stackSaid(p *page, v document.Value, id conversation.MessageID, thread conversation.ThreadID, answers conversation.MessageID, title string) {
	text := conversation.PlainText(v.Text("body"))
	if text == "" {
		text = v.Text("body_markdown")
	}
	m := conversation.Message{ID: id, Thread: thread, ReplyTo: answers, Author: conversation.PersonID(stackWho(v.At("owner"))), Text: titled(conversation.PlainText(title), text)}
	p.joined(&m)
	p.add(m, v.Text("creation_date"), map[string]any{"name": v.Text("owner", "display_name"), "accepted": v.True("is_accepted")})
	for c := range v.List("comments") {
		m := conversation.Message{ID: conversation.MessageID(key("c", c.Text("comment_id"))), Thread: thread, ReplyTo: id, Author: conversation.PersonID(stackWho(c.At("owner"))), Text: conversation.PlainText(c.Text("body"))}
		if m.Text == "" {
			m.Text = c.Text("body_markdown")
		}
		p.joined(&m)
		p.add(m, c.Text("creation_date"), map[string]any{"name": c.Text("owner", "display_name")})
	}
}

func stackWho(owner document.Value) string {
	if id := owner.Text("user_id"); id != "" {
		return "user-" + id
	}
	return owner.Text("display_name")
}

// stackdump reads Posts.xml and Comments.xml of the dumps ("Database schema
// documentation for the public data dump": one row a line; PostTypeId 1 is a
// question, 2 an answer).
func stackdump() conversation.Format {
	return conversation.Format{Name: "stackexchange-xml",
		Recognise: func(_ string, head []byte) bool {
			head = head[:min(len(head), 4096)]
			return (bytes.Contains(head, []byte("<posts>")) || bytes.Contains(head, []byte("<comments>"))) && bytes.Contains(head, []byte("<row "))
		},
		Read: readStackdump,
	}
}

// stackRow is a row of Posts.xml or Comments.xml.
type stackRow struct {
	ID       string `xml:"Id,attr"`
	Type     string `xml:"PostTypeId,attr"`
	Parent   string `xml:"ParentId,attr"`
	Accepted string `xml:"AcceptedAnswerId,attr"`
	Created  string `xml:"CreationDate,attr"`
	Body     string `xml:"Body,attr"`
	Title    string `xml:"Title,attr"`
	Owner    string `xml:"OwnerUserId,attr"`
	Name     string `xml:"OwnerDisplayName,attr"`
	Post     string `xml:"PostId,attr"`
	Text     string `xml:"Text,attr"`
	User     string `xml:"UserId,attr"`
	UserName string `xml:"UserDisplayName,attr"`
}

func readStackdump(in *bufio.Reader, out *conversation.Importer) error {
	lines := textLines{in: in, limit: min(out.Limit(), mostText)}
	accepted := map[string]bool{}
	for {
		line, ok := lines.next()
		if !ok {
			break
		}
		line = bytes.TrimSpace(line)
		switch {
		case lines.long:
			out.Tell(conversation.LongLine, lines.number, "", fmt.Sprintf("a row of more than %d bytes: it was left out", lines.limit))
		case bytes.HasPrefix(line, []byte("<row ")):
			var row stackRow
			if err := xml.Unmarshal(line, &row); err != nil {
				out.Tell(conversation.BadRecord, lines.number, "", err.Error()+": the row was left out")
				break
			}
			row.give(out, lines.number, accepted)
		}
		if err := out.Stop(); err != nil {
			return err
		}
	}
	if lines.err != io.EOF {
		return out.Ended(lines.err, lines.number)
	}
	return out.Stop()
}

func (r *stackRow) give(out *conversation.Importer, line int, accepted map[string]bool) {
	m := conversation.Message{Author: conversation.PersonID(key("user", r.Owner+r.User)), Text: conversation.PlainText(r.Body)}
	more := map[string]any{"name": r.Name + r.UserName}
	switch {
	case r.Post != "":
		m.ID, m.ReplyTo, m.Text = conversation.MessageID("c/"+r.ID), conversation.MessageID(r.Post), r.Text
	case r.Type == "1":
		m.ID, m.Thread, m.Text = conversation.MessageID(r.ID), conversation.ThreadID(r.ID), titled(r.Title, m.Text)
		if r.Accepted != "" {
			accepted[r.Accepted] = true
		}
	case r.Type == "2":
		m.ID, m.Thread, m.ReplyTo = conversation.MessageID(r.ID), conversation.ThreadID(r.Parent), conversation.MessageID(r.Parent)
		more["accepted"] = accepted[r.ID]
		delete(accepted, r.ID)
	default: // wikis of tags, nominations
		out.LeftOut("event", line)
		return
	}
	if m.Author == "" {
		m.Author = conversation.PersonID(r.Name + r.UserName)
	}
	if m.ReplyTo != "" {
		out.Facts().Join("id")
	}
	m.Attributes = attributes(more)
	out.Add(m, r.Created, line)
}
