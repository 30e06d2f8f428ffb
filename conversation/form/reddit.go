package form

import (
	"html"
	"strings"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/document"
)

// reddit reads posts and comments as Reddit's interface and the dumps made of it
// write them (reddit.com/dev/api, "type prefixes": t1_ a comment, t3_ a post):
// one a line, in arrays, or in listings with the answers nested inside.
var reddit = sheet{name: "reddit", shapes: []shape{
	{marks: []string{"created_utc|created", "author", "body|selftext", "subreddit|link_id|parent_id|permalink|subreddit_id"}, open: redditThings},
	{marks: []string{"data.children[].data.author", "data.children[].data.body|data.children[].data.selftext"},
		records: []string{"data.children[].data"}, open: redditThings},
}}

func redditThings(p *page) func(document.Value) {
	r := &redditReader{page: p}
	return func(v document.Value) { r.thing(v, 0) }
}

type redditReader struct {
	*page
	over, post conversation.MessageID // what the comments being read stand in
}

// thing gives a post or a comment, and the answers nested in it.
func (r *redditReader) thing(v document.Value, depth int) {
	if v.Has("body") || v.Has("selftext") || v.Has("title") {
		r.message(v)
	} else if v.Has("children") { // "more": answers that were not loaded
		r.LeftOut("not loaded", r.Line)
	}
	if depth > document.MostDepth {
		return
	}
	for child := range v.List("replies", "data", "children") {
		r.thing(child.At("data"), depth+1)
	}
	for _, list := range []string{"comments", "replies"} { // as programs nest them
		for child := range v.List(list) {
			r.under(v, child, depth+1)
		}
	}
}

// under gives a comment that stands in what it answers, which it may not name.
func (r *redditReader) under(over, v document.Value, depth int) {
	before := r.over
	r.over = redditID(over, !over.Has("body"))
	if r.post == "" || !over.Has("body") {
		r.post = r.over
	}
	r.thing(v, depth)
	r.over = before
	if !over.Has("body") {
		r.post = ""
	}
}

func (r *redditReader) message(v document.Value) {
	post := !v.Has("body")
	m := conversation.Message{ID: redditID(v, post), Author: conversation.PersonID(v.Text("author")), Channel: v.Text("subreddit"),
		Thread:  conversation.ThreadID(redditFull("t3_", v.Text("link_id"))),
		ReplyTo: conversation.MessageID(redditFull("t1_", v.Text("parent_id")))}
	switch {
	case post:
		m.Thread, m.ReplyTo = conversation.ThreadID(m.ID), ""
	case m.ReplyTo == "":
		m.ReplyTo = r.over
	}
	if m.Thread == "" {
		m.Thread = conversation.ThreadID(r.post)
	}
	text := v.First("body", "selftext")
	if m.Author == "[deleted]" {
		m.Author = ""
	}
	when := v.First("created_utc", "created")
	if gone := text == "[deleted]" || text == "[removed]"; gone {
		m.Deleted = seconds(when) // nobody says when: it never stood
		if text == "[deleted]" {
			m.DeletedBy = conversation.Community
		}
		text = ""
	}
	m.Text = titled(html.UnescapeString(v.Text("title")), html.UnescapeString(text))
	m.Bot = r.machine(m.Author == "AutoModerator" || botNamed(string(m.Author)))
	r.joined(&m)
	r.add(m, when, map[string]any{"edited": v.Has("edited") && !v.False("edited"), "moderator": v.Text("distinguished") != "", "flair": v.First("author_flair_text")})
}

// redditID is the full name of a thing.
func redditID(v document.Value, post bool) conversation.MessageID {
	if name := v.Text("name"); strings.HasPrefix(name, "t1_") || strings.HasPrefix(name, "t3_") {
		return conversation.MessageID(name)
	}
	if post {
		return conversation.MessageID(redditFull("t3_", v.Text("id")))
	}
	return conversation.MessageID(redditFull("t1_", v.Text("id")))
}

// redditFull puts a prefix before an id that has none; "" stays.
func redditFull(prefix, id string) string {
	if id == "" || strings.HasPrefix(id, "t1_") || strings.HasPrefix(id, "t3_") {
		return id
	}
	return prefix + id
}

// botNamed says whether an account is called as programs are.
func botNamed(name string) bool {
	switch name := strings.ToLower(name); {
	case strings.HasSuffix(name, "[bot]"), strings.HasSuffix(name, "-bot"), strings.HasSuffix(name, "_bot"), strings.HasPrefix(name, "app/"):
		return true
	default:
		switch name {
		case "github-actions", "dependabot", "renovate", "codecov", "greenkeeper", "netlify", "vercel", "stale", "allcontributors",
			"mergify", "sonarcloud", "coderabbitai", "bors", "k8s-ci-robot", "drahtbot", "ghost-bot", "discobot", "automoderator", "copilot":
			return true
		}
	}
	return false
}
