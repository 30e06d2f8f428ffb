package form

import (
	"regexp"
	"strings"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/document"
)

// gitlab reads issues and merge requests, notes and discussions as GitLab's REST
// interface gives them (docs.gitlab.com/api: issues, notes, discussions), and
// issues.ndjson of a project's export.
var gitlab = sheet{name: "gitlab", shapes: []shape{
	{marks: []string{"noteable_type|noteable_id", "author.username|author.name", "body|note", "created_at"}, open: gitlabNotes},
	{marks: []string{"individual_note", "notes[].body"}, open: gitlabDiscussions},
	{marks: []string{"iid", "title", "author.username|author_id", "created_at"}, open: gitlabIssues},
}}

func gitlabNotes(p *page) func(document.Value) {
	g := gitlabReader{p}
	return func(v document.Value) { g.note(v, g.of(v), "", false) }
}

func gitlabDiscussions(p *page) func(document.Value) {
	g := gitlabReader{p}
	return func(v document.Value) { g.discussion(v, "", false) }
}

func gitlabIssues(p *page) func(document.Value) { return gitlabReader{p}.issue }

type gitlabReader struct{ *page }

// issue gives an issue or merge request with the notes that stand in it.
func (g gitlabReader) issue(v document.Value) {
	kind := "Issue"
	if v.Has("source_branch") {
		kind = "MergeRequest"
	}
	name := gitlabName(v.Text("project_id"), kind, v.Text("iid"))
	private := v.True("confidential")
	m := conversation.Message{ID: conversation.MessageID(name), Thread: conversation.ThreadID(name), Author: gitlabWho(v), Channel: gitlabProject(v),
		Text: titled(v.Text("title"), uncommented(v.Text("description"))), Private: private}
	m.Bot = g.machine(gitlabBot(v))
	g.add(m, v.Text("created_at"), map[string]any{"name": v.Text("author", "name"), "url": v.Text("web_url")})
	for n := range v.List("notes") {
		g.note(n, name, "", private)
	}
	for d := range v.List("discussions") {
		g.discussion(d, name, private)
	}
}

// discussion gives the notes of a thread inside an issue.
func (g gitlabReader) discussion(v document.Value, issue string, private bool) {
	first := ""
	for n := range v.List("notes") {
		at := issue
		if at == "" {
			at = g.of(n)
		}
		g.note(n, at, first, private)
		if first == "" {
			first = key(at, n.Text("id"))
		}
	}
}

// note gives a note: GitLab's own lines are events, internal ones are no answers.
func (g gitlabReader) note(v document.Value, issue, answers string, private bool) {
	switch {
	case v.True("system"):
		g.LeftOut("event", g.Line)
		return
	case v.True("internal") || v.True("confidential"):
		g.page.note()
		return
	}
	m := conversation.Message{ID: conversation.MessageID(key(issue, v.Text("id"))), Thread: conversation.ThreadID(issue), ReplyTo: conversation.MessageID(answers),
		Author: gitlabWho(v), Text: uncommented(v.First("body", "note")), Private: private, Channel: gitlabProject(v)}
	m.Bot = g.machine(gitlabBot(v))
	g.joined(&m)
	g.add(m, v.Text("created_at"), map[string]any{"name": v.Text("author", "name")})
}

// of is the issue that a note stands in.
func (g gitlabReader) of(v document.Value) string {
	return gitlabName(v.Text("project_id"), v.Text("noteable_type"), v.First("noteable_iid", "noteable_id"))
}

// gitlabName is what an issue or merge request is called.
func gitlabName(project, kind, iid string) string {
	sign := "#"
	if kind == "MergeRequest" {
		sign = "!"
	}
	return project + sign + iid
}

// gitlabWho is an account; a project's export knows its number alone, and the
// name in notes.
func gitlabWho(v document.Value) conversation.PersonID {
	if who := v.Text("author", "username"); who != "" {
		return conversation.PersonID(who)
	}
	if n := v.Text("author_id"); n != "" {
		return conversation.PersonID("user-" + n)
	}
	return conversation.PersonID(v.Text("author", "name"))
}

// gitlabTokens are the accounts of project and group access tokens.
var gitlabTokens = regexp.MustCompile(`^(project|group)_\d+_bot`)

func gitlabBot(v document.Value) bool {
	who := v.Text("author", "username")
	return v.True("author", "bot") || botNamed(who) || gitlabTokens.MatchString(who) || who == "gitlab-bot" || who == "ghost-user"
}

// gitlabProject is the project's path in the address of an issue.
func gitlabProject(v document.Value) string {
	at, _, ok := strings.Cut(v.Text("web_url"), "/-/")
	if !ok {
		return ""
	}
	_, at, _ = strings.Cut(at, "://")
	_, at, _ = strings.Cut(at, "/")
	return at
}
