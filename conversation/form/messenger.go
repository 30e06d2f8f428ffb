package form

import (
	"cmp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/document"
)

// messenger reads the conversations in what Messenger and Instagram give of an
// account in JSON (message_1.json in a folder a conversation): texts whose bytes
// of UTF-8 are each written as a character, which is undone. Conversations kept on
// the devices alone come in another shape, which has no such fault.
var messenger = sheet{name: "messenger", shapes: []shape{
	{marks: []string{"participants[].name", "messages[].sender_name", "messages[].timestamp_ms"}, records: []string{"messages[]"},
		heads: []string{"title", "thread_path"}, open: messengerInbox},
	{marks: []string{"participants", "messages[].senderName", "messages[].timestamp"}, records: []string{"messages[]"},
		heads: []string{"threadName"}, open: messengerDevice},
}}

type messengerReader struct {
	*page
	thread  string
	channel string
	count   map[string]int
}

// newMessenger names a conversation after its folder.
func newMessenger(p *page) *messengerReader {
	r := &messengerReader{page: p, thread: p.file, channel: "messenger", count: map[string]int{}}
	dirs := folders(p.Name())
	if strings.HasPrefix(p.file, "message_") && len(dirs) > 0 && dirs[0] != "" && dirs[0] != "." {
		r.thread = dirs[0]
	}
	if strings.Contains(strings.ToLower(p.Name()), "instagram") {
		r.channel = "instagram"
	}
	return r
}

func messengerInbox(p *page) func(document.Value) {
	r := newMessenger(p)
	return func(v document.Value) {
		text := unspoilt(v.Text("content"))
		if kind := v.Text("type"); kind != "" && kind != "Generic" && kind != "Share" || messengerEvent(text, v) {
			p.LeftOut("event", p.Line)
			return
		}
		who := unspoilt(v.Text("sender_name"))
		when := v.Text("timestamp_ms")
		m := conversation.Message{Author: conversation.PersonID(who), Text: text}
		if v.True("is_unsent") {
			m.Text, m.Deleted, m.DeletedBy = "", seconds(millis(when)), conversation.Unknown
		}
		r.give(m, when, v.Has("photos") || v.Has("videos") || v.Has("audio_files") || v.Has("files") || v.Has("sticker"))
	}
}

func messengerDevice(p *page) func(document.Value) {
	r := newMessenger(p)
	return func(v document.Value) {
		if kind := v.Text("type"); kind == "placeholder" {
			p.LeftOut("event", p.Line)
			return
		}
		when := v.Text("timestamp")
		m := conversation.Message{Author: conversation.PersonID(v.Text("senderName")), Text: v.Text("text")}
		if v.True("isUnsent") {
			m.Text, m.Deleted = "", seconds(millis(when))
		}
		r.give(m, when, v.At("media").Len() > 0)
	}
}

// give names a message, which has no id of its own.
func (r *messengerReader) give(m conversation.Message, when string, media bool) {
	m.Thread, m.Channel = conversation.ThreadID(r.thread), r.channel
	name := key(r.thread, when)
	if r.count[name]++; r.count[name] > 1 {
		name += "/" + strconv.Itoa(r.count[name])
	}
	if len(r.count) > 100_000 {
		clear(r.count)
	}
	m.ID = conversation.MessageID(name)
	r.add(m, when, map[string]any{"media": media})
}

// messengerEvent says whether a text is the system's, which stands where words
// would.
func messengerEvent(text string, v document.Value) bool {
	if v.Has("photos") || v.Has("share") {
		return false
	}
	for _, end := range []string{" to your message", "à votre message", " sent an attachment.", " a envoyé une pièce jointe."} {
		if strings.HasSuffix(strings.TrimSpace(text), end) {
			return true
		}
	}
	return text == "Liked a message" || text == "A aimé un message"
}

// millis are milliseconds since 1970 as seconds.
func millis(ms string) string { return ms[:max(0, len(ms)-3)] }

// unspoilt gives a text back whose bytes of UTF-8 were each taken for a character
// of Latin-1; other texts stay.
func unspoilt(s string) string {
	b := make([]byte, 0, len(s))
	for _, r := range s {
		if r > 0xff {
			return s
		}
		b = append(b, byte(r))
	}
	if !utf8.Valid(b) {
		return s
	}
	return cmp.Or(string(b), s)
}
