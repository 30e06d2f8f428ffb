package form

import (
	"bufio"
	"bytes"
	"fmt"
	"strings"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/document"
)

// anything reads JSON that no other format knows: whatever objects in it hold a
// time and a text, by the names that their keys have, are messages.
func anything() conversation.Format {
	return conversation.Format{Name: "json", Recognise: isAnything, Read: readAnything}
}

// isAnything leaves the project's own lines, and lines that hold nothing to be
// recognised, to the reader of lines, which tells what is wrong with each.
func isAnything(name string, head []byte) bool {
	o := document.Of(head)
	name = strings.ToLower(name)
	switch {
	case o == nil:
		return false
	case isArray(head):
		return true
	case o.Lines, strings.Contains(name, ".jsonl"), strings.Contains(name, ".ndjson"):
		return !ownLine(o) && len(messagePaths(o, nil)) > 0
	}
	return !(ownLine(o) && !bytes.ContainsRune(bytes.TrimSpace(head), '\n'))
}

func isArray(head []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(head, "\uFEFF \t\r\n"), []byte("["))
}

// ownLine says whether lines are as this project writes them.
func ownLine(o *document.Outline) bool {
	return o.Has("time") && o.Has("text") || o.Has("time|text") && len(messagePaths(o, nil)) == 0
}

func readAnything(in *bufio.Reader, out *conversation.Importer) error {
	head, _ := in.Peek(1 << 16)
	o := document.Of(head)
	if o == nil {
		return fmt.Errorf("%w: this is no JSON", conversation.ErrForm)
	}
	several := o.Lines || isArray(head)
	paths := messagePaths(o, out.Columns())
	if len(paths) == 1 && paths[0] == "" && !several && out.Beside() != nil {
		paths = nil // one object among other files is a setting, not a message
	}
	if len(paths) == 0 {
		return noMessages(o)
	}
	plan := document.Plan{Records: recordPaths(paths, several), Lines: o.Lines}
	names := namesWith(out.Columns())
	return document.Read(in, out, plan, func(w *document.Walk) func(document.Value) {
		r := &anyReader{page: &page{Walk: w, file: fileName(out.Name())}, names: names}
		return func(v document.Value) { r.visit(v, r.Path, "", "", 0) }
	})
}

// noMessages says what was looked for and what was found.
func noMessages(o *document.Outline) error {
	keys := o.Paths()
	shown := make([]string, 0, 12)
	for _, k := range keys {
		if k != "" && len(shown) < cap(shown) {
			shown = append(shown, k)
		}
	}
	return fmt.Errorf("%w: no object in this JSON has both a time (a key such as time, date, created_at, timestamp) and a text (text, body, content, message); its keys are %s: "+
		"name yours with --column time=KEY,text=KEY", conversation.ErrForm, strings.Join(shown, ", "))
}

// messagePaths are the paths of objects that hold a time and a text.
func messagePaths(o *document.Outline, columns map[string]string) (paths []string) {
	names := namesWith(columns)
	type has struct{ when, words bool }
	found := map[string]*has{}
	var order []string
	for _, path := range o.Paths() {
		at, key := "", path
		if i := strings.LastIndexByte(path, '.'); i >= 0 {
			at, key = path[:i], path[i+1:]
		}
		f, ok := names[squeezed(key)]
		if !ok || f.field != "time" && f.field != "text" {
			continue
		}
		if found[at] == nil {
			found[at] = &has{}
			order = append(order, at)
		}
		switch first := o.First(path); {
		case f.field == "time" && (strings.ContainsAny(first, "0123456789") || o.Has(path+".$date")):
			found[at].when = true
		case f.field == "text" && (first != "" || holdsText(o, path) || !o.Below(path)):
			found[at].words = true
		}
	}
	for _, at := range order {
		if found[at].when && found[at].words {
			paths = append(paths, at)
		}
	}
	return paths
}

// holdsText says whether the object at a path is a text with its form.
func holdsText(o *document.Outline, path string) bool {
	for _, key := range textInside {
		if o.First(path+"."+key) != "" {
			return true
		}
	}
	return false
}

// textInside are the keys under which an object holds a text, plain before marked.
var textInside = []string{"text", "plain", "value", "body", "content", "html", "rendered"}

// recordPaths are what to read as one record: the message; or, where several
// things hold messages, each such thing, which is a thread.
func recordPaths(paths []string, several bool) (records []string) {
	for _, p := range paths {
		r := p
		if several {
			r = ""
		} else if i := strings.Index(p, "[]."); i >= 0 {
			r = p[:i+2]
		}
		records = append(records, r)
	}
	return records
}

// named is what a key is taken for, and how good a name for it it is: the lower
// the better.
type named struct {
	field string
	rank  int
}

// keyNames are the names that keys have, squeezed, best first.
var keyNames = map[string][]string{
	"id":         {"id", "messageid", "msgid", "commentid", "postid", "uuid", "guid", "uid", "identifiant", "reference", "key"},
	"thread":     {"thread", "threadid", "conversationid", "topicid", "discussionid", "ticketid", "caseid", "issueid", "chatid", "conversation", "topic", "ticket", "fil"},
	"reply_to":   {"replyto", "inreplyto", "replytoid", "inreplytoid", "replytomessageid", "parentid", "parentcommentid", "parentmessageid", "parent", "reponsea"},
	"author":     {"author", "user", "username", "login", "authorname", "sender", "from", "sendername", "createdby", "postedby", "handle", "nickname", "account", "screenname", "email", "userid", "authorid", "senderid", "auteur", "expediteur", "name", "nom", "pseudo"},
	"side":       {"side", "authortype", "sendertype", "usertype", "role", "userrole", "direction", "speaker"},
	"department": {"department", "team", "service", "inbox"},
	"channel":    {"channel", "channelname", "room", "forum", "category", "subreddit", "board", "section", "platform", "canal", "channelid"},
	"time": {"time", "timestamp", "createdat", "created", "datetime", "date", "sentat", "sent", "postedat", "posted", "publishedat", "published", "createdutc", "createat", "createdtime", "creationdate",
		"datecreated", "createdon", "ts", "submittedat", "receivedat", "received", "postdate", "timestampms", "datecreation", "creele", "publiele", "horodatage", "datepublication", "updatedat"},
	"lang": {"lang", "language", "locale", "langue"},
	"text": {"text", "body", "content", "message", "comment", "bodytext", "plaintext", "textbody", "bodyplain", "rawtext", "post", "selftext", "description", "raw", "markdown", "html", "bodyhtml", "cooked", "contenthtml", "note", "question", "answer",
		"review", "msg", "texte", "contenu", "commentaire", "corps"},
	"bot":     {"bot", "isbot", "automated", "isautomated"},
	"private": {"private", "isprivate", "internal", "isinternal", "confidential"},
	"public":  {"public", "ispublic"},
	"deleted": {"deleted", "isdeleted", "deletedat", "removed"},
	"subject": {"subject", "title", "sujet", "titre", "objet", "headline"},
}

var guessed = func() map[string]named {
	all := map[string]named{}
	for field, names := range keyNames {
		for i, name := range names {
			if before, there := all[name]; !there || i < before.rank {
				all[name] = named{field, i}
			}
		}
	}
	return all
}()

// namesWith are the names with those that a person gave, which stand alone for
// their fields.
func namesWith(columns map[string]string) map[string]named {
	if len(columns) == 0 {
		return guessed
	}
	all := map[string]named{}
	for name, n := range guessed {
		if _, given := columns[n.field]; !given {
			all[name] = n
		}
	}
	for field, column := range columns {
		all[squeezed(column)] = named{field, -1}
	}
	return all
}

// squeezed is a key without case, accents and what divides its words, so that
// createdAt, created_at and Created at are one.
func squeezed(key string) string {
	key = strings.TrimSuffix(key, "[]")
	return strings.Map(func(r rune) rune {
		switch {
		case 'A' <= r && r <= 'Z':
			return r + 'a' - 'A'
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
			return r
		case strings.ContainsRune("éèêëÉ", r):
			return 'e'
		case strings.ContainsRune("àâÀ", r):
			return 'a'
		}
		return -1
	}, key)
}
