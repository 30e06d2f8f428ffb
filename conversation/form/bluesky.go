package form

import (
	"strings"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/document"
)

// bluesky reads posts as the AT Protocol gives them (lexicons
// com.atproto.repo.listRecords, app.bsky.feed.getPostThread, getAuthorFeed,
// getPosts, searchPosts and app.bsky.feed.post).
var bluesky = sheet{name: "bluesky", shapes: []shape{
	{marks: []string{"records[].uri", "records[].value.text", "records[].value.createdAt"}, records: []string{"records[]"}, open: blueskyPosts},
	{marks: []string{"uri", "cid", "value.text", "value.createdAt"}, open: blueskyPosts},
	{marks: []string{"thread.post.uri", "thread.post.record.text"}, open: blueskyThreads},
	{marks: []string{"feed[].post.uri", "feed[].post.record.text"}, records: []string{"feed[]"}, open: blueskyThreads},
	{marks: []string{"posts[].uri", "posts[].record.text", "posts[].author.did"}, records: []string{"posts[]"}, open: blueskyPosts},
	{marks: []string{"uri", "author.did", "record.text"}, open: blueskyPosts},
}}

type blueskyReader struct {
	*page
	seen map[string]bool
}

func blueskyPosts(p *page) func(document.Value) {
	r := &blueskyReader{p, map[string]bool{}}
	return r.post
}

func blueskyThreads(p *page) func(document.Value) {
	r := &blueskyReader{p, map[string]bool{}}
	return func(v document.Value) {
		if v.Has("thread") {
			v = v.At("thread")
		}
		r.thread(v, 0)
	}
}

// thread gives a post with what stands over and under it.
func (r *blueskyReader) thread(v document.Value, depth int) {
	if depth > document.MostDepth {
		return
	}
	if v.Has("reason") { // a repost in a feed
		r.LeftOut("event", r.Line)
		return
	}
	if v.Has("parent", "post") {
		r.thread(v.At("parent"), depth+1)
	}
	if v.Has("post") {
		r.post(v.At("post"))
	} else if v.True("notFound") || v.True("blocked") {
		r.LeftOut("not loaded", r.Line)
	}
	for _, above := range []string{"root", "parent"} { // of a feed's answers
		if post := v.At("reply", above); post.Has("record") {
			r.post(post)
		}
	}
	for under := range v.List("replies") {
		r.thread(under, depth+1)
	}
}

// post gives a post once.
func (r *blueskyReader) post(v document.Value) {
	uri := v.Text("uri")
	if r.seen[uri] {
		return
	}
	if len(r.seen) < mostSpeakers {
		r.seen[uri] = true
	}
	record := v.At("record")
	if !record.IsObject() {
		record = v.At("value")
	}
	if kind := record.Text("$type"); kind != "" && kind != "app.bsky.feed.post" {
		r.LeftOut("event", r.Line)
		return
	}
	m := conversation.Message{ID: conversation.MessageID(uri), Thread: conversation.ThreadID(record.Text("reply", "root", "uri")), ReplyTo: conversation.MessageID(record.Text("reply", "parent", "uri")),
		Author: conversation.PersonID(v.First("author.handle", "author.did")), Channel: "bluesky", Text: record.Text("text")}
	if m.Author == "" {
		m.Author = conversation.PersonID(didOf(uri))
	}
	for lang := range record.List("langs") {
		m.Lang = lang.Text()
		break
	}
	if m.Thread == "" {
		m.Thread = conversation.ThreadID(uri)
	}
	r.joined(&m)
	r.add(m, record.Text("createdAt"), map[string]any{"name": v.Text("author", "displayName")})
}

// didOf is the account in the address of a post.
func didOf(uri string) string {
	who, _, _ := strings.Cut(strings.TrimPrefix(uri, "at://"), "/")
	return who
}
