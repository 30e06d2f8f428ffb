package form

import (
	"strings"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/document"
)

// google reads what Google Takeout gives of Google Chat (messages.json of a space),
// and the reviews of Business Profile with the owner's answers
// (developers.google.com/my-business, "Review").
var google = sheet{name: "google", shapes: []shape{
	{marks: []string{"messages[].creator.name|messages[].creator.email", "messages[].created_date", "messages[].message_id|messages[].topic_id|messages[].text"}, records: []string{"messages[]"}, open: googleChat},
	{marks: []string{"reviews[].starRating", "reviews[].createTime"}, records: []string{"reviews[]"}, open: googleReviews},
	{marks: []string{"starRating", "createTime", "reviewer|reviewId"}, open: googleReviews},
}}

func googleChat(p *page) func(document.Value) {
	space := p.file
	if dirs := folders(p.Name()); p.file == "messages" && len(dirs) > 0 && dirs[0] != "" {
		space = dirs[0]
	}
	return func(v document.Value) {
		if strings.HasPrefix(space, "DM ") && p.Beside() != nil {
			p.LeftOut("private", p.Line)
			return
		}
		m := conversation.Message{ID: conversation.MessageID(v.Text("message_id")), Author: conversation.PersonID(v.First("creator.email", "creator.name")), Channel: space, Text: v.Text("text"),
			Thread: conversation.ThreadID(key(space, v.Text("topic_id")))}
		if m.ID == "" {
			m.ID = conversation.MessageID(key(space, v.Text("created_date"), string(m.Author)))
		}
		m.Bot = p.machine(strings.EqualFold(v.Text("creator", "user_type"), "bot"))
		if m.Text == "" && v.Text("message_state") == "DELETED" {
			p.LeftOut("deleted", p.Line)
			return
		}
		when := v.Text("created_date")
		if at, ok := googleTime(when); ok {
			m.Time, when = at, ""
		}
		p.add(m, when, map[string]any{"name": v.Text("creator", "name")})
	}
}

// googleTime reads "Monday, March 2, 2026 at 9:00:00 AM UTC", with spaces that may
// be narrow; the day comes first in British exports.
func googleTime(s string) (time.Time, bool) {
	s = strings.Join(strings.Fields(strings.NewReplacer("\u202f", " ", "\u00a0", " ").Replace(s)), " ")
	for _, layout := range []string{"Monday, January 2, 2006 at 3:04:05 PM MST", "Monday, 2 January 2006 at 15:04:05 MST", "Monday 2 January 2006 at 15:04:05 MST"} {
		if t, err := time.Parse(layout, s); err == nil && strings.HasSuffix(s, " UTC") {
			return t.UTC(), true
		}
	}
	return time.Time{}, false
}

func googleReviews(p *page) func(document.Value) {
	return func(v document.Value) {
		id := v.First("reviewId", "name")
		if id == "" {
			id = key(v.Text("createTime"), v.Text("reviewer", "displayName"))
		}
		m := conversation.Message{ID: conversation.MessageID(id), Thread: conversation.ThreadID(id), Author: conversation.PersonID(v.Text("reviewer", "displayName")), Side: conversation.Community, Channel: "google", Text: v.Text("comment")}
		p.add(m, v.Text("createTime"), map[string]any{"stars": v.Text("starRating")})
		if answer := v.At("reviewReply"); answer.Text("comment") != "" {
			m = conversation.Message{ID: m.ID + "/reply", Thread: m.Thread, ReplyTo: m.ID, Side: conversation.Organisation, Channel: "google", Text: answer.Text("comment")}
			p.joined(&m)
			p.add(m, answer.Text("updateTime"), nil)
		}
	}
}
