package form

import (
	"cmp"
	"html"
	"io/fs"
	"path"
	"strings"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/document"
)

// slack reads exports of Slack ("How to read Slack data exports": a folder a
// channel, a file a day, users.json and channels.json beside them) and what
// conversations.history gives. Subtypes are listed in its documentation of the
// event "message".
var slack = sheet{name: "slack", shapes: []shape{
	{marks: []string{"ts", "type", "user|bot_id|username|subtype", "text|blocks|attachments"}, without: []string{"time"}, open: slackMessages},
	{marks: []string{"messages[].ts", "messages[].type", "messages[].text|messages[].blocks"}, records: []string{"messages[]"},
		heads: []string{"channel_id", "channel", "name"}, open: slackMessages},
}}

func slackMessages(p *page) func(document.Value) {
	talk, org := newTalk(p), slackOrg(p)
	channel := slackChannel(p)
	hidden := org.hidden(p, channel)
	var read func(document.Value)
	read = func(v document.Value) {
		if hidden {
			p.LeftOut("private", p.Line)
			return
		}
		if !slackSaid(p, v) {
			return
		}
		in := channel
		in = cmp.Or(p.Head("name"), p.Head("channel"), p.Head("channel_id"), in)
		m := conversation.Message{ID: conversation.MessageID(key(in, v.Text("ts"))), Channel: in, Text: org.text(slackText(v)),
			Author: conversation.PersonID(v.First("user", "comment.user", "username", "bot_id")),
			Bot:    v.Has("bot_id") || v.Text("subtype") == "bot_message" || v.Text("user") == "USLACKBOT" || org.bots[v.Text("user")]}
		if thread := v.Text("thread_ts"); thread != "" {
			m.Thread = conversation.ThreadID(key(in, thread))
			if thread != v.Text("ts") {
				m.ReplyTo = conversation.MessageID(m.Thread)
			}
		}
		if v.Text("subtype") == "tombstone" {
			m.Text, m.Deleted = "", seconds(v.Text("ts"))
		}
		name := v.First("user_profile.real_name", "user_profile.display_name", "user_profile.name", "bot_profile.name")
		if known := org.names[v.Text("user")]; known != "" {
			name = known
		}
		talk.add(m, v.Text("ts"), slackNamed(v.Text("text")), map[string]any{"name": name, "edited": v.Has("edited"), "files": v.At("files").Len()})
		for r := range v.List("slackdump_thread_replies") { // as the program slackdump keeps threads
			if r.Text("ts") != v.Text("ts") {
				read(r)
			}
		}
	}
	return read
}

// slackSaid says whether a record is something that somebody said.
func slackSaid(p *page, v document.Value) bool {
	if v.Text("type") == "message" {
		switch v.Text("subtype") {
		case "", "bot_message", "me_message", "file_share", "file_comment", "thread_broadcast", "tombstone":
			return true
		}
	}
	p.LeftOut("event", p.Line)
	return false
}

// slackText is what a record says: some programs write blocks or attachments
// alone.
func slackText(v document.Value) string {
	if s := v.Text("text"); s != "" {
		return s
	}
	var said []string
	for b := range v.List("blocks") {
		said = append(said, b.First("text.text"))
	}
	for a := range v.List("attachments") {
		said = append(said, a.First("text", "fallback"))
	}
	return strings.TrimSpace(strings.Join(said, "\n"))
}

// seconds reads seconds since 1970, with or without a fraction; a zero time for all else.
func seconds(ts string) time.Time {
	whole, _, _ := strings.Cut(ts, ".")
	var n int64
	for _, c := range []byte(whole) {
		if c < '0' || c > '9' || n > 1<<40 {
			return time.Time{}
		}
		n = n*10 + int64(c-'0')
	}
	return time.Unix(n, 0).UTC()
}

// slackNamed are the people that a text names.
func slackNamed(text string) (all []conversation.PersonID) {
	for rest := text; ; {
		_, after, ok := strings.Cut(rest, "<@")
		if !ok {
			return all
		}
		var who string
		who, rest, _ = strings.Cut(after, ">")
		who, _, _ = strings.Cut(who, "|")
		all = append(all, conversation.PersonID(who))
	}
}

// slackPeople is what the files beside the channels say.
type slackPeople struct {
	names   map[string]string // of people, by id
	bots    map[string]bool
	public  map[string]bool // channels, by name; nil: not known
	private map[string]bool
}

// text undoes the marks of a text ("Formatting text for app surfaces"): people,
// channels, links stand in angle brackets, and three characters are escaped.
func (o *slackPeople) text(s string) string {
	if !strings.ContainsAny(s, "<&") {
		return s
	}
	var b strings.Builder
	for {
		before, after, ok := strings.Cut(s, "<")
		b.WriteString(before)
		mark, rest, closed := strings.Cut(after, ">")
		if !ok {
			break
		}
		if !closed {
			b.WriteString("<" + after)
			break
		}
		b.WriteString(o.mark(mark))
		s = rest
	}
	return html.UnescapeString(b.String())
}

func (o *slackPeople) mark(mark string) string {
	what, label, labelled := strings.Cut(mark, "|")
	switch {
	case strings.HasPrefix(what, "@"):
		if name := o.names[what[1:]]; name != "" {
			return "@" + name
		}
		if labelled {
			return "@" + strings.TrimPrefix(label, "@")
		}
		return what
	case strings.HasPrefix(what, "#") && labelled && label != "":
		return "#" + label
	case strings.HasPrefix(what, "!"):
		if labelled {
			return label
		}
		return "@" + what[1:]
	case labelled && label != "" && !strings.Contains(what, label):
		return label + " (" + what + ")"
	}
	return strings.TrimPrefix(what, "mailto:")
}

// slackChannel is the channel whose file this is: the folder's name when the file
// is named after a day.
func slackChannel(p *page) string {
	if dirs := folders(p.Name()); isDay(p.file) && len(dirs) > 0 && dirs[0] != "" && dirs[0] != "." {
		return fileName(dirs[0])
	}
	if isDay(p.file) {
		return ""
	}
	return p.file
}

func isDay(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

// hidden says whether a channel of an export is private, or one of direct
// messages: they are read only when they alone are brought.
func (o *slackPeople) hidden(p *page, channel string) bool {
	return p.Beside() != nil && isDay(p.file) && (o.private[channel] || o.public != nil && !o.public[channel])
}

// slackOrg reads the files beside the channels, once.
func slackOrg(p *page) *slackPeople {
	beside := p.Beside()
	if beside == nil {
		return &slackPeople{}
	}
	root := path.Dir(path.Dir(beside.Path))
	id := "slack:" + root
	if o, ok := beside.Found[id].(*slackPeople); ok {
		return o
	}
	o := &slackPeople{names: map[string]string{}, bots: map[string]bool{}}
	for u := range listIn(beside, path.Join(root, "users.json")) {
		o.names[u.Text("id")] = u.First("profile.real_name", "real_name", "profile.display_name", "name")
		o.bots[u.Text("id")] = u.True("is_bot")
	}
	for c := range listIn(beside, path.Join(root, "channels.json")) {
		if o.public == nil {
			o.public = map[string]bool{}
		}
		o.public[c.Text("name")] = true
	}
	for _, list := range []string{"groups.json", "dms.json", "mpims.json"} {
		for c := range listIn(beside, path.Join(root, list)) {
			if o.private == nil {
				o.private = map[string]bool{}
			}
			o.private[c.First("name", "id")] = true
		}
	}
	if beside.Found != nil {
		beside.Found[id] = o
	}
	return o
}

// listIn gives the elements of an array in a file beside; none when it isn't
// there or isn't one.
func listIn(beside *conversation.Beside, name string) func(func(document.Value) bool) {
	return func(yield func(document.Value) bool) {
		f, err := beside.Files.Open(name)
		if err != nil {
			return
		}
		defer func() { _ = f.Close() }()
		b, err := readUpTo(f, document.MostBytes)
		if err != nil {
			return
		}
		v, err := document.Parse(b)
		if err != nil {
			return
		}
		v.List()(yield)
	}
}

// readUpTo reads a file that isn't longer than most bytes.
func readUpTo(f fs.File, most int64) ([]byte, error) {
	b := make([]byte, 0, 1<<16)
	for {
		if len(b) == cap(b) {
			b = append(b, 0)[:len(b)]
		}
		n, err := f.Read(b[len(b):cap(b)])
		b = b[:len(b)+n]
		switch {
		case int64(len(b)) > most:
			return nil, fs.ErrInvalid
		case err != nil && n == 0:
			if err.Error() == "EOF" {
				return b, nil
			}
			return b, err
		}
	}
}
