package form

import (
	"net/url"
	"regexp"
	"strings"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/document"
)

// github reads issues, pull requests and discussions: as the REST interface gives
// them (docs.github.com, "Issues", "Issue comments", "Timeline events"), as
// `gh issue list --json` and GraphQL do, with comments or a timeline inside or
// alone, and the archives of an account (issues_000001.json).
var github = sheet{name: "github", shapes: []shape{
	{marks: []string{"issue.number", "issue.user.login|issue.author.login", "events|comments|timeline"}, open: githubPairs},
	{marks: []string{"number", "title", "user.login|author.login|user.resource_path", "created_at|createdAt"}, without: []string{"iid"}, open: githubIssues},
	{marks: []string{"items[].number", "items[].user.login"}, records: []string{"items[]"}, open: githubIssues},
	{marks: []string{"data.*.*.nodes[].author.login", "data.*.*.nodes[].createdAt"}, records: []string{"data.*.*.nodes[]"}, open: githubIssues},
	{marks: []string{"issue_url|pull_request_url|html_url", "user.login", "body", "created_at|submitted_at"}, open: githubComments},
	{marks: []string{"event", "actor.login|user.login", "created_at", "url|commit_id"}, open: githubTimeline},
	{marks: []string{"type", "url", "user", "body", "created_at", "reactions|labels|formatter"}, without: []string{"user.login", "user.id"}, open: githubArchive},
}}

// githubReader remembers who was said to belong to the project: lists of issues
// don't say it of those who open them.
type githubReader struct {
	*page
	members map[string]bool
}

func newGithub(p *page) *githubReader { return &githubReader{p, map[string]bool{}} }

func githubIssues(p *page) func(document.Value) { return newGithub(p).issue }

func githubPairs(p *page) func(document.Value) {
	g := newGithub(p)
	return func(v document.Value) {
		issue := v.At("issue")
		g.know(v)
		name := g.name(issue)
		g.said(issue, name, "", titled(issue.Text("title"), uncommented(issue.Text("body"))))
		g.inside(v, name)
		for e := range v.List("events") {
			g.event(e, name)
		}
	}
}

func githubComments(p *page) func(document.Value) {
	g := newGithub(p)
	return func(v document.Value) {
		name := githubSlug(v.First("issue_url", "pull_request_url", "html_url"))
		g.said(v, conversation.MessageID(g.comment(name, v)), conversation.ThreadID(name), v.Text("body"))
	}
}

func githubTimeline(p *page) func(document.Value) {
	g := newGithub(p)
	return func(v document.Value) {
		g.event(v, conversation.MessageID(githubSlug(v.First("issue_url", "issue.html_url", "html_url", "url"))))
	}
}

func githubArchive(p *page) func(document.Value) {
	return func(v document.Value) {
		at := v.First("issue", "pull_request", "url")
		name := githubSlug(at)
		m := conversation.Message{ID: conversation.MessageID(githubSlug(v.Text("url"))), Thread: conversation.ThreadID(name), Author: conversation.PersonID(lastPart(v.Text("user"))),
			Channel: githubRepo(name), Text: titled(v.Text("title"), uncommented(v.Text("body")))}
		if at != v.Text("url") {
			m.ID = conversation.MessageID(v.Text("url"))
		}
		m.Bot = p.machine(botNamed(string(m.Author)))
		p.add(m, v.Text("created_at"), nil)
	}
}

// issue gives an issue, and what stands inside it.
func (g *githubReader) issue(v document.Value) {
	g.know(v)
	name := g.name(v)
	g.said(v, name, "", titled(v.Text("title"), uncommented(v.Text("body"))))
	g.inside(v, name)
}

// inside gives the comments, reviews and events that stand in an issue.
func (g *githubReader) inside(v document.Value, issue conversation.MessageID) {
	for _, list := range [][]string{{"comments"}, {"comments", "nodes"}, {"reviews"}, {"timeline"}, {"timelineItems", "nodes"}} {
		for c := range v.List(list...) {
			if c.Has("event") {
				g.event(c, issue)
				continue
			}
			id := g.comment(string(issue), c)
			g.said(c, conversation.MessageID(id), conversation.ThreadID(issue), c.Text("body"))
			for r := range c.List("replies", "nodes") { // of discussions
				g.said(r, conversation.MessageID(g.comment(string(issue), r)), conversation.ThreadID(issue), r.Text("body"))
			}
		}
	}
}

// event gives an entry of a timeline: a comment, a review, or nothing said.
func (g *githubReader) event(v document.Value, issue conversation.MessageID) {
	switch v.Text("event") {
	case "commented", "reviewed", "line-commented":
		if v.Text("body") != "" {
			g.said(v, conversation.MessageID(g.comment(string(issue), v)), conversation.ThreadID(issue), v.Text("body"))
			return
		}
	}
	g.LeftOut("event", g.Line)
}

// said gives what somebody wrote.
func (g *githubReader) said(v document.Value, id conversation.MessageID, thread conversation.ThreadID, text string) {
	who := v.First("user.login", "author.login", "actor.login")
	m := conversation.Message{ID: id, Thread: thread, Author: conversation.PersonID(who), Channel: githubRepo(string(id)), Text: uncommented(text)}
	if thread != "" {
		m.Channel = githubRepo(string(thread))
	}
	m.Bot = g.machine(v.True("author", "is_bot") || v.First("user.type", "author.__typename") == "Bot" || botNamed(who) || v.Has("performed_via_github_app", "id"))
	switch v.First("author_association", "authorAssociation") {
	case "OWNER", "MEMBER", "COLLABORATOR":
		m.Side = conversation.Organisation
	default:
		if len(g.members) > 0 {
			m.Side = g.staff(g.members[who])
		}
	}
	if thread == "" && m.ID != "" {
		m.Thread = conversation.ThreadID(m.ID)
	}
	if v.Text("body") == "" && strings.TrimSpace(m.Text) == "" {
		g.LeftOut("event", g.Line) // a review that only approves
		return
	}
	g.add(m, v.First("created_at", "createdAt", "submitted_at", "submittedAt"), map[string]any{
		"name": v.First("author.name", "user.name"), "url": v.First("html_url", "url"), "hidden": v.First("minimizedReason")})
}

// know learns who belongs to the project.
func (g *githubReader) know(v document.Value) {
	for _, one := range []document.Value{v, v.At("issue")} {
		g.belongs(one)
		for _, list := range [][]string{{"comments"}, {"comments", "nodes"}, {"reviews"}, {"timeline"}} {
			for c := range one.List(list...) {
				g.belongs(c)
			}
		}
	}
	for e := range v.List("events") {
		g.belongs(e)
	}
}

func (g *githubReader) belongs(v document.Value) {
	who := v.First("user.login", "author.login", "actor.login")
	switch v.First("author_association", "authorAssociation") {
	case "":
	case "OWNER", "MEMBER", "COLLABORATOR":
		g.members[who] = true
	default:
		g.members[who] = g.members[who] || false // the file says who belongs
	}
}

// name is what an issue is called: owner/repository#1, or #1 where nobody says
// whose it is.
func (g *githubReader) name(v document.Value) conversation.MessageID {
	if slug := githubSlug(v.First("html_url", "url", "resourcePath")); slug != "" {
		return conversation.MessageID(slug)
	}
	repo := v.First("repository.nameWithOwner", "repository.full_name")
	if repo == "" && g.Beside() != nil {
		repo = g.file
	}
	return conversation.MessageID(repo + "#" + v.Text("number"))
}

// comment is what a comment is called.
func (g *githubReader) comment(issue string, v document.Value) string {
	id := v.First("id", "node_id", "databaseId")
	if id == "" {
		return ""
	}
	return issue + "/" + id
}

var githubPath = regexp.MustCompile(`^/?(?:repos/)?([^/]+/[^/]+)/(?:issues|pull|pulls|discussions)/(\d+)`)

// githubSlug is owner/repository#1 for the address of an issue or of something in
// it; "" for others.
func githubSlug(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	m := githubPath.FindStringSubmatch(u.Path)
	if m == nil {
		return ""
	}
	return m[1] + "#" + m[2]
}

// githubRepo is where an issue stands.
func githubRepo(name string) string {
	repo, _, _ := strings.Cut(name, "#")
	return repo
}

// lastPart is what follows the last / of an address.
func lastPart(address string) string {
	address = strings.TrimSuffix(address, "/")
	return address[strings.LastIndexByte(address, '/')+1:]
}

var htmlComment = regexp.MustCompile(`(?s)<!--.*?-->`)

// uncommented takes out what templates tell the author and no reader sees.
func uncommented(text string) string {
	if !strings.Contains(text, "<!--") {
		return text
	}
	return strings.TrimSpace(htmlComment.ReplaceAllString(text, ""))
}
