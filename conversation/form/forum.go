package form

import (
	"regexp"
	"strings"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/document"
)

// forum reads the tables of posts of phpBB and SMF, as phpMyAdmin exports them in
// JSON (tables inside one array) or as rows alone, and the topics that NodeBB's
// interface gives.
var forum = sheet{name: "forum", shapes: []shape{
	{marks: []string{"data[].post_id", "data[].post_text", "data[].post_time"}, records: []string{"data[]"}, open: phpbbRows},
	{marks: []string{"data[].id_msg", "data[].body"}, records: []string{"data[]"}, open: smfRows},
	{marks: []string{"post_id", "topic_id", "post_time", "post_text"}, open: phpbbRows},
	{marks: []string{"id_msg", "id_topic", "poster_time|posterTime", "body"}, open: smfRows},
	{marks: []string{"posts[].pid", "posts[].content", "posts[].timestamp|posts[].timestampISO"}, records: []string{"posts[]"}, heads: []string{"title", "cid", "category.name"}, open: nodebbPosts},
	{marks: []string{"pid", "tid", "content", "timestamp"}, open: nodebbPosts},
}}

// phpbbRows reads phpbb_posts, with phpbb_users where it stands before.
func phpbbRows(p *page) func(document.Value) {
	names := map[string]string{}
	return func(v document.Value) {
		if !v.Has("post_id") {
			if id := v.Text("user_id"); id != "" && len(names) < mostSpeakers {
				names[id] = v.Text("username")
			}
			return
		}
		author := v.First("post_username")
		if name := names[v.Text("poster_id")]; name != "" {
			author = name
		}
		m := conversation.Message{ID: conversation.MessageID(v.Text("post_id")), Thread: conversation.ThreadID(v.Text("topic_id")), Author: conversation.PersonID(author), Channel: v.First("forum_name", "forum_id"),
			Text: unboarded(v.Text("post_text"), v.Text("bbcode_uid"))}
		if author == "" {
			m.Author = conversation.PersonID(v.Text("poster_id"))
		}
		if title := v.Text("post_subject"); !strings.HasPrefix(title, "Re:") {
			m.Text = titled(unboarded(title, ""), m.Text)
		}
		if v.Text("post_visibility") == "2" { // 0 waits for approval, 1 is shown, 2 deleted
			m.Deleted = seconds(v.First("post_delete_time", "post_time"))
		}
		p.add(m, v.Text("post_time"), map[string]any{"user": v.Text("poster_id")})
	}
}

func smfRows(p *page) func(document.Value) {
	return func(v document.Value) {
		if !v.Has("id_msg") {
			return
		}
		m := conversation.Message{ID: conversation.MessageID(v.Text("id_msg")), Thread: conversation.ThreadID(v.Text("id_topic")), Author: conversation.PersonID(v.First("poster_name", "posterName", "id_member")),
			Channel: v.First("board_name", "id_board"), Text: unboarded(v.Text("body"), "")}
		if title := v.Text("subject"); !strings.HasPrefix(title, "Re:") {
			m.Text = titled(unboarded(title, ""), m.Text)
		}
		p.add(m, v.First("poster_time", "posterTime"), nil)
	}
}

func nodebbPosts(p *page) func(document.Value) {
	return func(v document.Value) {
		m := conversation.Message{ID: conversation.MessageID(v.Text("pid")), Thread: conversation.ThreadID(v.Text("tid")), ReplyTo: conversation.MessageID(v.Text("toPid")),
			Author: conversation.PersonID(v.First("user.username", "username", "uid")), Channel: p.Head("category.name"), Text: conversation.PlainText(v.Text("content"))}
		if v.Text("index") == "0" || v.True("isMainPost") {
			m.Text = titled(p.Head("title"), m.Text)
		}
		if v.True("deleted") {
			m.Deleted = seconds(millis(v.Text("timestamp")))
		}
		p.joined(&m)
		p.add(m, v.First("timestampISO", "timestamp"), map[string]any{"name": v.First("user.displayname")})
	}
}

var (
	boardQuote = regexp.MustCompile(`(?is)\[quote[^\]]*\](.*?)\[/quote[^\]]*\]`)
	boardMark  = regexp.MustCompile(`(?i)\[/?(?:b|i|u|s|url|img|color|size|list|\*|code|email|quote|font|center|left|right|attachment|youtube)(?:[=:][^\]]*)?\]`)
)

// unboarded gives a text of a board as people read it: marks in brackets gone,
// quotations behind >, what is kept as HTML undone. uid is what phpBB 3.0 to 3.1
// puts into its marks.
func unboarded(text, uid string) string {
	if uid != "" {
		text = strings.ReplaceAll(text, ":"+uid, "")
	}
	if strings.Contains(text, "<") || strings.Contains(text, "&") {
		text = conversation.PlainText(text)
	}
	for range 8 { // quotations inside quotations, the innermost first
		next := boardQuote.ReplaceAllStringFunc(text, func(q string) string {
			inside := boardQuote.FindStringSubmatch(q)[1]
			return "\n> " + strings.ReplaceAll(strings.TrimSpace(inside), "\n", "\n> ") + "\n"
		})
		if next == text {
			break
		}
		text = next
	}
	return strings.TrimSpace(boardMark.ReplaceAllString(text, ""))
}
