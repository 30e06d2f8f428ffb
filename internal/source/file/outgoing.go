package file

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/entregent/entregent/internal/job"
	"github.com/entregent/entregent/internal/source"
	"github.com/entregent/entregent/internal/store"
)

// Outgoing is a line of DATA/outgoing/SOURCE.jsonl, with ids as the source knows
// them. It reads as a message of a conversation, so that the file can be measured
// or imported: then each is known to be the one that is there.
type Outgoing struct {
	ID         string    `json:"id"`
	Thread     string    `json:"thread"`
	ReplyTo    string    `json:"reply_to,omitempty"`
	Author     string    `json:"author,omitempty"`
	Side       string    `json:"side"`
	Department string    `json:"department,omitempty"`
	Channel    string    `json:"channel,omitempty"`
	Time       time.Time `json:"time"`
	Text       string    `json:"text"`
	Private    bool      `json:"private,omitempty"`
	Canned     bool      `json:"canned,omitempty"`
}

// out is a message as its source takes it.
func out(m store.Message) Outgoing {
	canned, _ := m.Attributes.Value("canned")
	return Outgoing{ID: source.LocalID(m.ID, m.Source), Thread: source.LocalID(m.Thread, m.Source), ReplyTo: source.LocalID(m.ReplyTo, m.Source),
		Author: string(m.Author), Side: m.Side.String(), Department: m.Department, Channel: m.Channel,
		Time: m.Time, Text: m.Text, Private: m.Private, Canned: canned == true}
}

// files keeps those apart that write to the files of outgoing answers.
var files sync.Mutex

// Sender writes answers at the end of files, one for each source.
type Sender struct{ Folder string } // DATA/outgoing

var _ source.Sender = Sender{}

// Send puts an answer at the end of its source's file, unless it is there already.
// When it returns, the line is on disk.
func (s Sender) Send(_ context.Context, src source.Source, a source.Answer) (string, error) {
	line, err := json.Marshal(out(a.Message))
	if err != nil {
		return "", job.Permanent(err)
	}
	return "", s.append(src.Name, source.LocalID(a.ID, a.Source), line)
}

// append puts a line at the end of a source's file, unless one of that id is there.
func (s Sender) append(name, id string, line []byte) error {
	files.Lock()
	defer files.Unlock()
	if err := os.MkdirAll(s.Folder, 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(filepath.Join(s.Folder, name+".jsonl"), os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	there, whole, err := find(f, id)
	if err == nil && !there {
		if !whole { // the power went in the middle of a line: it stays a bad one
			line = append([]byte{'\n'}, line...)
		}
		if _, err = f.Write(append(line, '\n')); err == nil {
			err = f.Sync()
		}
	}
	return errors.Join(err, f.Close(), syncFolder(s.Folder))
}

// find tells whether a file has a line of that id, and whether its last line is
// whole.
func find(f io.Reader, id string) (there, whole bool, err error) {
	r := bufio.NewReader(f)
	for {
		text, err := r.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return there, len(text) == 0, nil
		}
		if err != nil {
			return false, false, fmt.Errorf("reading what went out: %w", err)
		}
		var line Outgoing
		there = there || json.Unmarshal(text, &line) == nil && line.ID == id
	}
}

// syncFolder has a folder's list of files on disk.
func syncFolder(name string) error {
	d, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
