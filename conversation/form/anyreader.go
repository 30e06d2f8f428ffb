package form

import (
	"strconv"
	"strings"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/document"
)

// anyReader reads the messages of a document by the names of its keys.
type anyReader struct {
	*page
	names   map[string]named
	unnamed int // messages without an id
}

// member is a key that was taken for a field.
type member struct {
	key   string
	rank  int
	value document.Value
}

// visit gives the messages at and below a value. in is the thread that they
// belong to, over the message that they stand in.
func (r *anyReader) visit(v document.Value, path string, in conversation.ThreadID, over conversation.MessageID, depth int) {
	if depth > 64 {
		return
	}
	if v.IsList() {
		for one := range v.List() {
			r.visit(one, path+"[]", in, over, depth+1)
		}
		return
	}
	if !v.IsObject() {
		return
	}
	fields := r.fields(v)
	id := conversation.MessageID(text(fields["id"].value))
	if m, when, ok := r.message(fields); ok {
		if m.ID == "" {
			r.unnamed++
			m.ID = conversation.MessageID(r.file + "/" + strconv.Itoa(r.unnamed))
		}
		if m.Thread == "" {
			m.Thread = in
		}
		if m.ReplyTo == "" && m.ReplyTo != m.ID {
			m.ReplyTo = over
		}
		r.joined(&m)
		r.add(m, when, map[string]any{"name": r.called(fields)})
		over = m.ID
		if m.Thread != "" {
			in = m.Thread
		} else {
			in = conversation.ThreadID(m.ID)
		}
	} else if id != "" && in == "" {
		in = conversation.ThreadID(id)
	}
	for key, below := range v.Members() {
		if below.IsList() || below.IsObject() && !r.taken(fields, key) {
			r.visit(below, document.Join(path, key), in, over, depth+1)
		}
	}
}

// fields finds the best key for each field of an object.
func (r *anyReader) fields(v document.Value) map[string]member {
	best := map[string]member{}
	for key, value := range v.Members() {
		n, ok := r.names[squeezed(key)]
		if !ok || !fits(n.field, value) {
			continue
		}
		if before, there := best[n.field]; !there || n.rank < before.rank {
			best[n.field] = member{key, n.rank, value}
		}
	}
	return best
}

func (r *anyReader) taken(fields map[string]member, key string) bool {
	for _, m := range fields {
		if m.key == key {
			return true
		}
	}
	return false
}

// fits says whether a value can be what its key says.
func fits(field string, v document.Value) bool {
	switch field {
	case "time":
		return v.IsNumber() || v.IsText() && strings.ContainsAny(v.Text(), "0123456789") || v.Has("$date")
	case "text":
		return v.IsText() && v.Text() != "" || v.IsObject() && text(v) != ""
	case "author", "id", "thread", "reply_to", "channel":
		return v.IsText() || v.IsNumber() || v.IsObject()
	}
	return true
}

// text is a text, or what an object holds of one, or names its thing by.
func text(v document.Value) string {
	if !v.IsObject() {
		return v.Text()
	}
	return v.First(textInside...)
}

// message reads the message that an object is; not ok when it is none.
func (r *anyReader) message(f map[string]member) (m conversation.Message, when string, ok bool) {
	when = f["time"].value.Text()
	if d := f["time"].value.At("$date"); d.IsText() || d.IsNumber() { // MongoDB's extended JSON
		when = d.Text()
	} else if n := d.Text("$numberLong"); n != "" {
		when = n
	}
	words := text(f["text"].value)
	if when == "" || words == "" {
		return m, "", false
	}
	if looksLikeHTML(words) {
		words = conversation.PlainText(words)
	}
	m = conversation.Message{ID: conversation.MessageID(ref(f["id"].value)), Thread: conversation.ThreadID(ref(f["thread"].value)), ReplyTo: conversation.MessageID(ref(f["reply_to"].value)),
		Author: conversation.PersonID(who(f["author"].value)), Department: label(f["department"].value), Channel: label(f["channel"].value), Lang: f["lang"].value.Text(),
		Text: words, Private: f["private"].value.True() || f["public"].value.False(), Bot: r.machine(f["bot"].value.True())}
	m.Side, _ = sideOf(f["side"].value.Text())
	if m.Side == conversation.Unknown {
		var machine bool
		m.Side, machine = sideOf(f["author"].value.First("type", "role", "kind", "user_type"))
		m.Bot = m.Bot || r.machine(machine)
	}
	if m.ReplyTo == "" {
		m.Text = titled(f["subject"].value.Text(), m.Text)
	}
	if d := f["deleted"].value; d.True() || d.IsText() && d.Text() != "" && !d.False() || d.IsNumber() && d.Text() != "0" && !d.True() {
		m.Deleted = seconds(when)
	}
	for field, key := range f {
		if field != "public" {
			r.Facts().Column(field, key.key)
		}
	}
	return m, when, true
}

// ref is the name of a thing that is referred to by it or by an object.
func ref(v document.Value) string {
	if v.IsObject() {
		return v.First("id", "$oid", "uuid", "_id")
	}
	return v.Text()
}

// who is an account.
func who(v document.Value) string {
	if v.IsObject() {
		return v.First("username", "login", "handle", "acct", "screen_name", "email", "name", "display_name", "displayName", "id")
	}
	return v.Text()
}

func label(v document.Value) string {
	if v.IsObject() {
		return v.First("name", "title", "slug", "id")
	}
	return v.Text()
}

// called is what an author is called beside the account.
func (r *anyReader) called(f map[string]member) string {
	return f["author"].value.First("name", "display_name", "displayName", "full_name")
}

// sideOf reads who speaks in the words of help desks.
func sideOf(word string) (side conversation.Side, machine bool) {
	switch squeezed(word) {
	case "organisation", "organization", "agent", "staff", "support", "admin", "administrator", "operator", "employee", "team", "teammate", "moderator",
		"outgoing", "outbound", "advisor", "conseiller", "equipe", "officer":
		return conversation.Organisation, false
	case "community", "customer", "client", "enduser", "requester", "visitor", "contact", "lead", "guest", "member", "incoming", "inbound", "citizen", "buyer", "usager", "subscriber", "consumer":
		return conversation.Community, false
	case "bot", "system", "automation", "workflow":
		return conversation.Unknown, true
	}
	return conversation.Unknown, false
}

// looksLikeHTML says whether a text is a page's.
func looksLikeHTML(s string) bool {
	s = s[:min(len(s), 2000)]
	for _, mark := range []string{"</p>", "<br", "</div>", "</a>", "</span>", "</li>"} {
		if strings.Contains(s, mark) {
			return true
		}
	}
	return false
}
