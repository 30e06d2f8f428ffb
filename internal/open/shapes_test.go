package open

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// fact is one of twelve questions to the organisation: who asks what, and after
// how many hours which answer comes; 0: none.
type fact struct {
	who, asks string
	after     time.Duration
	answer    string
}

var facts = []fact{
	{"ana", "Could you tell me how I change the address of my order?", 1 * time.Hour, "Open the order and press Edit beside the address."},
	{"ben", "My invoice shows two subscriptions, can you remove one?", 2 * time.Hour, "I cancelled the second and sent the money back."},
	{"chloe", "The export button does nothing, what should I do?", 5 * time.Hour, "Allow pop-ups for our site, then it opens."},
	{"dev", "Is there a way to invite more than ten members?", 20 * time.Hour, "Yes, paste the addresses under Members."},
	{"eva", "I never received the confirmation, could you send it again?", 30 * time.Hour, "Our server was down on Friday; I repaired it and your confirmation arrived at noon."},
	{"farid", "Why was my comment of last week hidden?", 50 * time.Hour, "It held a telephone number, which I took out."},
	{"gita", "How can I get a refund for the workshop?", 100 * time.Hour, "It left our bank on Tuesday."},
	{"hugo", "Can somebody correct the bus stop on your map?", 0, ""},
	{"iris", "Does the pass cover the pool on Sundays?", 0, ""},
	{"jon", "The download stops at 90 percent, any idea?", 0, ""},
}

func (f fact) asked(i int) time.Time {
	return time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC).AddDate(0, 0, i)
}

// each gives every question with its answer, if there is one.
func each(do func(i int, f fact, at, answered time.Time)) {
	for i, f := range facts {
		answered := time.Time{}
		if f.after > 0 {
			answered = f.asked(i).Add(f.after)
		}
		do(i, f, f.asked(i), answered)
	}
}

type object = map[string]any

// shapes write the same facts as files of chats, forums and trackers do.
var shapes = map[string]func() map[string]any{
	"reddit/lines":   func() map[string]any { return object{"dump.ndjson": lined(redditThings(false))} },
	"reddit/array":   func() map[string]any { return object{"dump.json": redditThings(true)} },
	"reddit/listing": func() map[string]any { return object{"new.json": listing(redditThings(false))} },
	"discord/export": func() map[string]any {
		return object{"a.json": object{"guild": object{"id": "1"}, "channel": object{"id": "7", "type": "GuildTextChat", "name": "help"}, "messages": discordMessages("export")}}
	},
	"discord/interface": func() map[string]any { return object{"a.json": discordMessages("interface")} },
	"discord/mentions": func() map[string]any {
		return object{"a.json": object{"guild": object{"id": "1"}, "channel": object{"id": "7", "type": "GuildTextChat", "name": "help"}, "messages": discordMessages("mentions")}}
	},
	"slack/file":     func() map[string]any { return object{"help.json": slackMessages(true)} },
	"slack/history":  func() map[string]any { return object{"help.json": object{"ok": true, "messages": slackMessages(true)}} },
	"slack/export":   func() map[string]any { return slackDays(true) },
	"slack/zip":      func() map[string]any { return object{"export.zip": slackDays(true)} },
	"slack/mentions": func() map[string]any { return object{"help.json": slackMessages(false)} },
	"github/gh":      func() map[string]any { return object{"issues.json": githubIssues("comments")} },
	"github/lines":   func() map[string]any { return object{"issues.jsonl": lined(githubIssues("comments"))} },
	"github/rest": func() map[string]any {
		return object{"issues.json": githubRest(true), "comments.json": githubRest(false)}
	},
	"github/graphql": func() map[string]any {
		return object{"issues.json": object{"data": object{"repository": object{"issues": object{"nodes": githubIssues("nodes")}}}}}
	},
	"github/timelines":    func() map[string]any { return githubPairs() },
	"whatsapp/android-fr": func() map[string]any { return whatsappChats("02/01/2006 à 15:04 - ") },
	"whatsapp/android-us": func() map[string]any { return whatsappChats("1/2/06, 3:04 PM - ") },
	"whatsapp/ios":        func() map[string]any { return whatsappChats("[02.01.06, 15:04:05] ") },
	"whatsapp/copied":     func() map[string]any { return whatsappChats("[15:04, 02/01/2006] ") },
	"telegram/account":    func() map[string]any { return object{"result.json": telegramAccount()} },
	"zendesk/export":      func() map[string]any { return object{"tickets.json": lined(zendeskTickets())} },
	"json/unknown":        func() map[string]any { return object{"dump.json": object{"dump": object{"topics": topics()}}} },
}

// TestShapes measures the same conversation out of every shape: reading changes
// no figure.
func TestShapes(t *testing.T) {
	for name, files := range shapes {
		t.Run(name, func(t *testing.T) {
			at := t.TempDir()
			write(t, at, files())
			log, r := measured(t, []string{at}, "-o", "sophie, Sophie Roy", "--until", "2026-04-01")
			if log.Facts().Forms["jsonl"] > 0 {
				t.Error("taken for the project's own lines")
			}
			if r.Counts.Appeals != 10 || r.Waiting.Count != 3 || answeredWithin(r, "1h") != 1 || answeredWithin(r, "24h") != 4 || answeredWithin(r, "7d") != 7 {
				t.Errorf("%d appeals, %d wait; answered within an hour %d, a day %d, 7 days %d; forms %v, %v", r.Counts.Appeals, r.Waiting.Count,
					answeredWithin(r, "1h"), answeredWithin(r, "24h"), answeredWithin(r, "7d"), log.Facts().Forms, log.Facts().LeftOut())
				for _, w := range r.Waiting.List {
					t.Log("waits", w.Message)
				}
			}
			if r.Counts.Machines > 0 && log.Facts().Machines == 0 {
				t.Error("machines weren't told")
			}
		})
	}
}

// write writes files: texts as they are, what ends in .zip as an archive, all else
// as JSON.
func write(t *testing.T, at string, files map[string]any) {
	t.Helper()
	for name, v := range files {
		path := filepath.Join(at, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		var b []byte
		switch inside, archive := v.(map[string]any); {
		case archive && strings.HasSuffix(name, ".zip"):
			var buf bytes.Buffer
			z := zip.NewWriter(&buf)
			for file, text := range inside {
				w, err := z.Create(file)
				if err != nil {
					t.Fatal(err)
				}
				if _, err := w.Write(bytesOf(t, text)); err != nil {
					t.Fatal(err)
				}
			}
			if err := z.Close(); err != nil {
				t.Fatal(err)
			}
			b = buf.Bytes()
		default:
			b = bytesOf(t, v)
		}
		if err := os.WriteFile(path, b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func bytesOf(t *testing.T, v any) []byte {
	t.Helper()
	if s, ok := v.(string); ok {
		return []byte(s)
	}
	b, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// lined writes one object a line.
func lined(all []any) string {
	var b strings.Builder
	for _, v := range all {
		line, _ := json.Marshal(v)
		b.Write(append(line, '\n'))
	}
	return b.String()
}

func redditThings(texts bool) (all []any) {
	stamp := func(t time.Time) any {
		if texts {
			return fmt.Sprint(t.Unix())
		}
		return t.Unix()
	}
	each(func(i int, f fact, at, answered time.Time) {
		all = append(all, object{"id": fmt.Sprint("p", i), "subreddit": "acme", "author": f.who, "title": "A question", "selftext": f.asks, "created_utc": stamp(at)})
		if f.after > 0 {
			all = append(all, object{"id": fmt.Sprint("c", i), "subreddit": "acme", "author": "sophie", "body": f.answer, "link_id": fmt.Sprint("t3_p", i), "parent_id": fmt.Sprint("t3_p", i), "created_utc": stamp(answered)})
		}
	})
	return all
}

func listing(things []any) any {
	var children []any
	for _, v := range things {
		children = append(children, object{"kind": "t3", "data": v})
	}
	return object{"kind": "Listing", "data": object{"children": children}}
}

func discordMessages(shape string) (all []any) {
	author := func(name string) object {
		return object{"id": name + "1", "name": name, "username": name, "nickname": name, "discriminator": "0000"}
	}
	each(func(i int, f fact, at, answered time.Time) {
		ask, answer := object{"id": fmt.Sprint(100 + 2*i), "type": "Default", "timestamp": at.Format(time.RFC3339), "content": f.asks, "author": author(f.who), "mentions": []any{}, "channel_id": "7"},
			object{"id": fmt.Sprint(101 + 2*i), "type": "Reply", "timestamp": answered.Format(time.RFC3339), "content": f.answer, "author": author("sophie"), "mentions": []any{}, "channel_id": "7"}
		switch shape {
		case "export":
			answer["reference"] = object{"messageId": ask["id"]}
		case "interface":
			ask["type"], answer["type"], answer["message_reference"] = 0, 19, object{"message_id": ask["id"]}
		case "mentions":
			answer["type"], answer["mentions"] = "Default", []any{author(f.who)}
		}
		all = append(all, ask)
		if f.after > 0 {
			all = append(all, answer)
		}
	})
	return all
}

func slackMessages(threads bool) (all []any) {
	ts := func(t time.Time) string { return fmt.Sprintf("%d.000100", t.Unix()) }
	each(func(_ int, f fact, at, answered time.Time) {
		all = append(all, object{"type": "message", "user": "U" + f.who, "text": f.asks, "ts": ts(at)})
		if f.after == 0 {
			return
		}
		answer := object{"type": "message", "user": "U2", "user_profile": object{"real_name": "Sophie Roy"}, "text": f.answer, "ts": ts(answered)}
		if threads {
			answer["thread_ts"] = ts(at)
		} else {
			answer["text"] = "<@U" + f.who + "> " + f.answer
		}
		all = append(all, answer)
	})
	return all
}

// slackDays are the files of an export, a day each.
func slackDays(threads bool) map[string]any {
	files := map[string]any{
		"users.json":             []any{object{"id": "U2", "name": "sophie", "profile": object{"real_name": "Sophie Roy", "status_text": "out", "updated": 1}}},
		"channels.json":          []any{object{"id": "C1", "name": "help", "created": 1772442000, "purpose": object{"value": "x"}}},
		"secret/2026-03-02.json": []any{object{"type": "message", "user": "Ux", "text": "Can anybody outside read this?", "ts": "1772442000.1"}},
	}
	for _, m := range slackMessages(threads) {
		ts := strings.TrimSuffix(m.(object)["ts"].(string), ".000100")
		var n int64
		fmt.Sscan(ts, &n)
		name := "help/" + time.Unix(n, 0).UTC().Format(time.DateOnly) + ".json"
		day, _ := files[name].([]any)
		files[name] = append(day, m)
	}
	return files
}

func githubIssues(comments string) (all []any) {
	each(func(i int, f fact, at, answered time.Time) {
		said := []any{object{"id": fmt.Sprint("b", i), "author": object{"login": "github-actions"}, "authorAssociation": "NONE", "body": "Labelled by a workflow.", "createdAt": at.Add(time.Minute).Format(time.RFC3339)}}
		if f.after > 0 {
			said = append(said, object{"id": fmt.Sprint("c", i), "author": object{"login": "sophie"}, "authorAssociation": "MEMBER", "body": f.answer, "createdAt": answered.Format(time.RFC3339)})
		}
		issue := object{"number": i + 1, "title": fmt.Sprint("Case ", i), "author": object{"login": f.who}, "createdAt": at.Format(time.RFC3339), "body": f.asks, "comments": said}
		if comments == "nodes" {
			issue["comments"] = object{"nodes": said}
		}
		all = append(all, issue)
	})
	return all
}

func githubRest(issues bool) (all []any) {
	each(func(i int, f fact, at, answered time.Time) {
		url := fmt.Sprint("https://api.github.com/repos/acme/app/issues/", i+1)
		if issues {
			all = append(all, object{"url": url, "number": i + 1, "title": fmt.Sprint("Case ", i), "user": object{"login": f.who, "type": "User"}, "author_association": "NONE", "created_at": at.Format(time.RFC3339), "body": f.asks, "comments": 1})
		} else if f.after > 0 {
			all = append(all, object{"url": fmt.Sprint("https://api.github.com/repos/acme/app/issues/comments/", 900+i), "issue_url": url, "id": 900 + i, "user": object{"login": "sophie", "type": "User"},
				"author_association": "COLLABORATOR", "created_at": answered.Format(time.RFC3339), "body": f.answer})
		}
	})
	return all
}

// githubPairs are issues with their timelines, a file each.
func githubPairs() map[string]any {
	files := map[string]any{}
	each(func(i int, f fact, at, answered time.Time) {
		events := []any{object{"event": "labeled", "id": i, "actor": object{"login": "sophie"}, "created_at": at.Add(time.Minute).Format(time.RFC3339)}}
		if f.after > 0 {
			events = append(events, object{"event": "commented", "id": 900 + i, "user": object{"login": "sophie"}, "author_association": "OWNER", "body": f.answer, "created_at": answered.Format(time.RFC3339)})
		}
		files[fmt.Sprintf("%d.json", i)] = object{"type": "issue", "issue": object{"url": fmt.Sprint("https://api.github.com/repos/acme/app/issues/", i+1), "number": i + 1, "title": fmt.Sprint("Case ", i), "body": f.asks,
			"user": object{"login": f.who}, "author_association": "NONE", "created_at": at.Format(time.RFC3339)}, "events": events}
	})
	return files
}

// whatsappChats are chats with one person each, since a chat is one thread.
func whatsappChats(layout string) map[string]any {
	files := map[string]any{}
	each(func(i int, f fact, at, answered time.Time) {
		chat := at.Format(layout) + f.who + ": " + f.asks + "\n"
		if f.after > 0 {
			chat += answered.Format(layout) + "Sophie Roy: " + f.answer + "\n"
		}
		// A date that can be read in one way only, by somebody of the organisation.
		chat += time.Date(2026, 3, 31, 9, 0, 0, 0, time.UTC).Format(layout) + "Sophie Roy: 👍\n"
		files["WhatsApp Chat with "+f.who+".txt"] = chat
	})
	return files
}

func telegramAccount() any {
	var messages []any
	each(func(i int, f fact, at, answered time.Time) {
		messages = append(messages, object{"id": 2 * i, "type": "message", "date": at.Format("2006-01-02T15:04:05"), "date_unixtime": fmt.Sprint(at.Unix()), "from": f.who, "from_id": "user" + f.who, "text": f.asks})
		if f.after > 0 {
			messages = append(messages, object{"id": 2*i + 1, "type": "message", "date": answered.Format("2006-01-02T15:04:05"), "date_unixtime": fmt.Sprint(answered.Unix()), "from": "Sophie Roy", "from_id": "user2", "reply_to_message_id": 2 * i, "text": f.answer})
		}
	})
	type chat struct { // in this order
		Name     string `json:"name"`
		Type     string `json:"type"`
		ID       int    `json:"id"`
		Messages []any  `json:"messages"`
	}
	private := chat{"Zoe", "personal_chat", 9, []any{object{"id": 1, "type": "message", "date": "2026-03-02T09:00:00", "from": "Zoe", "from_id": "user9", "text": "Are you there?"}}}
	return object{"chats": object{"list": []any{private, chat{"Help", "public_supergroup", 8, messages}}}}
}

func zendeskTickets() (all []any) {
	each(func(i int, f fact, at, answered time.Time) {
		comments := []any{object{"id": 10 * i, "author_id": 100 + i, "body": f.asks, "public": true, "created_at": at.Format(time.RFC3339)},
			object{"id": 10*i + 1, "author_id": 2, "body": "Ask the others first.", "public": false, "created_at": at.Add(time.Minute).Format(time.RFC3339)}}
		if f.after > 0 {
			comments = append(comments, object{"id": 10*i + 2, "author_id": 2, "body": f.answer, "public": true, "created_at": answered.Format(time.RFC3339)})
		}
		all = append(all, object{"id": i, "subject": fmt.Sprint("Case ", i), "description": f.asks, "requester_id": 100 + i, "requester": object{"id": 100 + i, "name": f.who, "role": "end-user"},
			"assignee": object{"id": 2, "name": "Sophie Roy", "role": "agent"}, "created_at": at.Format(time.RFC3339), "comments": comments})
	})
	return all
}

// topics are in nobody's format.
func topics() (all []any) {
	each(func(i int, f fact, at, answered time.Time) {
		posts := []any{object{"no": 1, "by": "x", "from": f.who, "sentOn": "-", "posted_at": at.Format("2006-01-02 15:04:05"), "contents": nil, "message": f.asks}}
		if f.after > 0 {
			posts = append(posts, object{"no": 2, "from": "sophie", "posted_at": answered.Format("2006-01-02 15:04:05"), "message": f.answer})
		}
		all = append(all, object{"id": fmt.Sprint("topic-", i), "headline": fmt.Sprint("Case ", i), "posts": posts})
	})
	return all
}
