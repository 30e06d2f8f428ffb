package form

import (
	"html"
	"path"
	"strings"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/document"
)

// x reads tweets.js of an account's archive, and posts as the interface gives them
// (developer.x.com: "Tweet object" of 1.1, and 2 with its includes).
var x = sheet{name: "x", shapes: []shape{
	{marks: []string{"tweet.full_text|tweet.text", "tweet.id_str|tweet.id", "tweet.created_at"}, records: []string{"tweet"}, open: xTweets},
	{marks: []string{"id_str", "full_text|text", "created_at", "user.screen_name|in_reply_to_status_id_str"}, open: xTweets},
	{marks: []string{"statuses[].id_str", "statuses[].user.screen_name"}, records: []string{"statuses[]"}, open: xTweets},
	{marks: []string{"data[].author_id", "data[].text", "data[].created_at", "data[].conversation_id|data[].edit_history_tweet_ids"}, open: xPages},
}}

func xTweets(p *page) func(document.Value) {
	owner := xOwner(p)
	return func(v document.Value) {
		text := v.First("full_text", "text")
		if strings.HasPrefix(text, "RT @") || v.Has("retweeted_status") {
			p.LeftOut("event", p.Line)
			return
		}
		m := conversation.Message{ID: conversation.MessageID(v.First("id_str", "id")), ReplyTo: conversation.MessageID(v.First("in_reply_to_status_id_str", "in_reply_to_status_id")),
			Author: conversation.PersonID(v.Text("user", "screen_name")), Channel: "x", Lang: xLang(v.Text("lang")), Text: html.UnescapeString(text)}
		if m.Author == "" {
			m.Author = conversation.PersonID(owner)
		}
		p.joined(&m)
		p.add(m, v.Text("created_at"), map[string]any{"name": v.Text("user", "name")})
	}
}

// xOwner is the account whose archive it is: account.js stands beside tweets.js.
func xOwner(p *page) string {
	b := p.Beside()
	if b == nil {
		return ""
	}
	f, err := b.Files.Open(path.Join(path.Dir(b.Path), "account.js"))
	if err != nil {
		return ""
	}
	defer func() { _ = f.Close() }()
	text, err := readUpTo(f, 1<<20)
	if err != nil {
		return ""
	}
	_, list, _ := strings.Cut(string(text), "=")
	v, err := document.Parse([]byte(list))
	if err != nil {
		return ""
	}
	for one := range v.List() {
		return one.Text("account", "username")
	}
	return ""
}

// xLang is a language; und and the words for pictures and links are none.
func xLang(code string) string {
	switch code {
	case "und", "qme", "qht", "qam", "qct", "qst", "zxx", "art":
		return ""
	}
	return code
}

// xPages reads pages of posts, whose authors are named at the end.
func xPages(p *page) func(document.Value) {
	return func(v document.Value) {
		names := map[string]document.Value{}
		for u := range v.List("includes", "users") {
			names[u.Text("id")] = u
		}
		for _, list := range [][]string{{"data"}, {"includes", "tweets"}} {
			for t := range v.List(list...) {
				xPost(p, t, names)
			}
		}
	}
}

func xPost(p *page, v document.Value, names map[string]document.Value) {
	m := conversation.Message{ID: conversation.MessageID(v.Text("id")), Thread: conversation.ThreadID(v.Text("conversation_id")), Channel: "x", Lang: xLang(v.Text("lang")), Text: html.UnescapeString(v.Text("text"))}
	for r := range v.List("referenced_tweets") {
		switch r.Text("type") {
		case "replied_to":
			m.ReplyTo = conversation.MessageID(r.Text("id"))
		case "retweeted":
			p.LeftOut("event", p.Line)
			return
		}
	}
	author := names[v.Text("author_id")]
	m.Author = conversation.PersonID(author.Text("username"))
	if m.Author == "" {
		m.Author = conversation.PersonID(v.Text("author_id"))
	}
	p.joined(&m)
	p.add(m, v.Text("created_at"), map[string]any{"name": author.Text("name")})
}
