package store

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/entregent/entregent/conversation"
)

// Why a message is refused.
const (
	WhyNoID     = "no-id"
	WhyBadID    = "bad-id" // of the message, its thread, its author or what it replies to: broken bytes, a control sign, or longer than LongestID
	WhyNoTime   = "no-time"
	WhyBadTime  = "bad-time" // before the year 1 or after 9999
	WhyTooLong  = "too-long" // its text, or its attributes, exceed LongestText
	WhyObjected = "objected" // who wrote it doesn't want to be read
	WhyDeleted  = "deleted"  // it was deleted at its source: what was erased doesn't come back
)

// LongestID and LongestText are what the store takes, in bytes.
const (
	LongestID   = 1000
	LongestText = 16 << 20
)

// admit makes a row of a message as its source gave it, or says why not. Broken
// bytes in texts become U+FFFD, as the readers of conversation make them; NUL too,
// which PostgreSQL can't keep.
func admit(source string, m *conversation.Message) (k *messageRow, why string) {
	if m.ID == "" {
		return nil, WhyNoID
	}
	k = &messageRow{
		id: qualify(source, string(m.ID)), source: source, reply: qualify(source, string(m.ReplyTo)),
		thread: qualify(source, string(m.Thread)), named: m.Thread != "",
		side: m.Side, department: Clean(m.Department), channel: Clean(m.Channel), sequence: m.Sequence,
		lang: Clean(m.Lang), bot: m.Bot, private: m.Private, deleted: Micro(m.Deleted), deletedBy: m.DeletedBy,
		file: Clean(m.Origin.File), line: m.Origin.Line, version: 1,
	}
	for _, id := range []string{k.id, k.reply, k.thread, string(m.Author)} {
		if !goodID(id) {
			return nil, WhyBadID
		}
	}
	if len(m.Text) > LongestText || len(m.Attributes) > LongestText {
		return nil, WhyTooLong
	}
	k.text, k.attributes = Clean(m.Text), Clean(string(m.Attributes))
	at := m.Time
	if m.Precision == conversation.Day { // the day as its source writes it
		k.day = true
		y, month, d := at.Date()
		at = time.Date(y, month, d, 0, 0, 0, 0, time.UTC)
	}
	if m.Time.IsZero() {
		return nil, WhyNoTime
	}
	if y := at.UTC().Year(); y < 1 || y > 9999 {
		return nil, WhyBadTime
	}
	k.time = at.UnixMicro()
	if k.deleted != 0 {
		k.erase(k.deleted, k.deletedBy)
	}
	return k, ""
}

// qualify puts the source before a bare id; an empty one stays empty.
func qualify(source, id string) string {
	if id == "" || strings.HasPrefix(id, source) && strings.HasPrefix(id[len(source):], "/") {
		return id
	}
	return source + "/" + id
}

func goodID(id string) bool {
	if len(id) > LongestID || !utf8.ValidString(id) {
		return false
	}
	return strings.IndexFunc(id, func(r rune) bool { return r < ' ' || r == 0x7f }) < 0
}

var sourceName = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,39}$`)

// ErrSourceName is the cause when a name can't be a source's.
var ErrSourceName = errors.New("a source is called by small letters, digits and - alone, 40 at most")

// CheckSource says whether a name can be a source's, and so qualify ids. The
// error wraps [ErrSourceName].
func CheckSource(name string) error {
	if !sourceName.MatchString(name) {
		return fmt.Errorf("the source %q: %w", name, ErrSourceName)
	}
	return nil
}
