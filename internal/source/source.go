// Package source is the front door: it turns what an organisation brings into
// messages of the store.
//
// What comes is looked at before it is kept. [Look] reads a file as it would be
// read and keeps nothing: what form it has, who speaks on which side, twenty
// messages, what can't be read and in which line, and, beside what the store
// holds already, how much is new. [Import] then reads it again and appends it, a
// thousand messages at a time; begun twice, it ends the same, since the store
// keeps each message once.
//
// There is no other way in that writes messages: an answer written at the desk
// comes back through a source like everybody's.
package source

import (
	"errors"
	"fmt"
	"path"
	"strings"
	"time"
	"unicode"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/mail"
	"github.com/entregent/entregent/conversation/table"
)

// File says how a file is to be read, and under which name its messages are
// kept.
type File struct {
	Source   string                 `json:"source"` // the source's name: it qualifies ids
	Title    string                 `json:"title"`
	Name     string                 `json:"name"` // the file's own, for problems
	Us       string                 `json:"us"`   // who the organisation is; see Roster
	Decides  bool                   `json:"decides"`
	Columns  map[string]string      `json:"columns,omitempty"` // by field, where they can't be guessed
	Dates    conversation.DateOrder `json:"dates,omitempty"`
	TimeZone string                 `json:"time_zone"` // of times that don't say theirs
}

// Kind is that of the sources that files come in by, as store.Source has it.
const Kind = "file"

// longest is how long a record may be, in bytes: a server reads for many, and no
// message is that long.
const longest = 8 << 20

// options are the reader's.
func (f *File) options() (o conversation.ReadOptions, err error) {
	if o.Organisation, err = Roster(f.Us); err != nil {
		return o, err
	}
	if o.Organisation != nil {
		o.Organisation.Override = f.Decides
	}
	if o.Location, err = time.LoadLocation(f.TimeZone); err != nil {
		return o, fmt.Errorf("reading a time zone: %w", err)
	}
	o.Columns, o.Dates, o.Limit, o.Formats = f.Columns, f.Dates, longest, append(mail.Formats(), table.Formats()...)
	return o, nil
}

// Roster reads who the organisation is from a text: entries on lines or between
// commas, as [conversation.ReadRoster] takes them. It is nil when nobody is named.
func Roster(text string) (*conversation.Roster, error) {
	if strings.Trim(text, ", \t\r\n") == "" {
		return nil, nil
	}
	return conversation.ReadRoster(strings.NewReader(strings.ReplaceAll(text, ",", "\n")), "who is us")
}

// ErrName is the cause when a source can't be called so.
var ErrName = errors.New("a source is called by small letters, digits and - alone, 40 at most")

// CheckName says whether a source can be called so.
func CheckName(name string) error {
	bad := func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-') }
	if name == "" || len(name) > 40 || strings.ContainsFunc(name, bad) {
		return fmt.Errorf("%q: %w", name, ErrName)
	}
	return nil
}

// Propose makes a name for the source of a file: Forum 2024.jsonl.zst is
// forum-2024.
func Propose(file string) string {
	file = path.Base(strings.ReplaceAll(file, `\`, "/"))
	for {
		ext := strings.ToLower(path.Ext(file))
		switch ext {
		case ".zst", ".gz", ".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".xlsx", ".mbox", ".mbx", ".eml", ".emlx", ".txt":
			file = strings.TrimSuffix(file, path.Ext(file))
			continue
		}
		break
	}
	var b strings.Builder
	for _, r := range strings.ToLower(file) {
		switch {
		case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	name := b.String()
	if name = strings.Trim(name[:min(len(name), 40)], "-"); name == "" {
		return "file"
	}
	return name
}
