// Package file reads the files that an organisation brings into messages of the
// store, and writes the answers to them into files.
//
// What comes is looked at before it is kept. [Look] reads a file as it would be
// read and keeps nothing: what form it has, who speaks on which side, twenty
// messages, what can't be read and in which line, and, beside what the store
// holds already, how much is new. [Import] then reads it again and appends it, a
// thousand messages at a time; begun twice, it ends the same, since the store
// keeps each message once.
//
// [Sender] writes answers to DATA/outgoing/SOURCE.jsonl, in the form that
// [conversation.Read] reads. Whoever brought the file carries the answers back, and
// may take the file away. With several processes, DATA/outgoing should be one folder
// that all of them see.
package file

import (
	"fmt"
	"path"
	"strings"
	"time"
	"unicode"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/form"
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
	o.Columns, o.Dates, o.Limit, o.Formats = f.Columns, f.Dates, longest, form.All()
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

// Propose makes a name for the source of a file: Forum 2024.jsonl.zst is
// forum-2024.
func Propose(file string) string {
	file = path.Base(strings.ReplaceAll(file, `\`, "/"))
	for {
		ext := strings.ToLower(path.Ext(file))
		switch ext {
		case ".zst", ".gz", ".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".xlsx", ".mbox", ".mbx", ".eml", ".emlx", ".txt", ".zip", ".xml", ".js":
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
