// Package export gives what the house knows to people who go on with other tools:
// statisticians, auditors, whoever keeps a spreadsheet.
//
// There are six tables. messages is what was said. threads has a row for each
// conversation, answers one for each message that was addressed to the
// organisation, both with how long it took and whether it is still going on
// (censored), as survival analysis asks. gifts are the thanks that were found or
// recorded. values and presence are the numbers of the reports, each with its
// bounds and the version of its method. Write writes a table as Parquet, CSV or
// JSON lines; the columns, their order and their names are those of the row types
// in this package, [Version] names them, and the table dictionary explains each.
//
// The same data and options give the same bytes. No table says which values a
// person holds: values are of groups alone.
//
// With a key, people, messages and threads get names that say nothing but stay the
// same (HMAC-SHA256), and texts are left out. That is pseudonymous, not anonymous:
// times, channels and who answered whom can still tell somebody who was there.
package export

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/gap"
	"github.com/entregent/entregent/gift"
	"github.com/entregent/entregent/internal/board"
	"github.com/entregent/entregent/internal/settings"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/presence"
)

// Version names the tables' columns; it changes when they do.
const Version = "export/1"

// Table is one of the tables.
type Table string

// The tables.
const (
	Messages   Table = "messages"
	Threads    Table = "threads"
	Answers    Table = "answers"
	Gifts      Table = "gifts"
	Values     Table = "values"
	Presence   Table = "presence"
	Dictionary Table = "dictionary" // what the columns of the others mean
)

// Tables are all, in the order in which they are told.
var Tables = []Table{Messages, Threads, Answers, Gifts, Values, Presence, Dictionary}

// Form is how a table is written.
type Form string

// The forms.
const (
	Parquet Form = "parquet" // zstd
	CSV     Form = "csv"     // RFC 4180, UTF-8, a header
	JSONL   Form = "jsonl"   // an object a line
)

// Forms are all of them.
var Forms = []Form{Parquet, CSV, JSONL}

// Data is what is exported. A table needs only some of it; what is nil is empty.
type Data struct {
	Messages iter.Seq2[conversation.Message, error] // for messages, threads
	Appeals  []presence.Appeal                      // for threads, answers
	Thanks   []gift.Thanks                          // for gifts
	Gap      *gap.Report                            // for values
	Presence *presence.Report                       // for presence
	Until    time.Time                              // the census: who has no answer by then goes on waiting
}

// Options say which rows, and how.
type Options struct {
	Form Form
	// Since and Until narrow messages, threads, answers and gifts to those that
	// began from Since on and before Until. Zero: no bound.
	Since, Until time.Time
	// Key makes the export pseudonymous; [Key] gives a house's own.
	Key []byte
	// Excel writes CSV as French spreadsheets take it: semicolons between cells,
	// commas in numbers, a byte order mark in front.
	Excel bool
}

// Write writes a table.
func Write(w io.Writer, table Table, data Data, o Options) error {
	var err error
	switch table {
	case Messages:
		err = write(w, table, messageRows(data, o), o)
	case Threads:
		err = write(w, table, threadRows(data, o), o)
	case Answers:
		err = write(w, table, each(answerRows(data, o)), o)
	case Gifts:
		err = write(w, table, each(giftRows(data, o)), o)
	case Values:
		err = write(w, table, each(valueRows(data)), o)
	case Presence:
		err = write(w, table, each(presenceRows(data)), o)
	case Dictionary:
		err = write(w, table, each(dictionary()), o)
	default:
		return fmt.Errorf("there is no table %q: there are %s", table, list(Tables))
	}
	if err != nil {
		return fmt.Errorf("exporting %s: %w", table, err)
	}
	return nil
}

func list[T ~string](names []T) string {
	var texts []string
	for _, n := range names {
		texts = append(texts, string(n))
	}
	return strings.Join(texts, ", ")
}

// each makes of rows what write takes.
func each[T any](rows []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, row := range rows {
			if !yield(row, nil) {
				return
			}
		}
	}
}

// FromLog gives a log's messages in order.
func FromLog(log *conversation.Log) iter.Seq2[conversation.Message, error] {
	return func(yield func(conversation.Message, error) bool) {
		for i := range log.Len() {
			if !yield(log.Message(i), log.Err()) {
				return
			}
		}
	}
}

// FromStore gives a store's messages in order of their arrival.
func FromStore(ctx context.Context, s *store.Store, r store.Range) iter.Seq2[conversation.Message, error] {
	return func(yield func(conversation.Message, error) bool) {
		enough := fmt.Errorf("enough")
		err := s.Each(ctx, r, func(m store.Message) error {
			if !yield(m.Message, nil) {
				return enough
			}
			return nil
		})
		if err != nil && err != enough {
			yield(conversation.Message{}, err)
		}
	}
}

// Recorded makes of thanks on record what the table of gifts takes; those taken
// back are left out.
func Recorded(thanks []board.Thanks) (list []gift.Thanks) {
	for _, t := range thanks {
		if t.Gone.IsZero() {
			list = append(list, gift.Thanks{Kind: gift.Record, From: t.From, To: t.To, Time: t.Time, Strength: gift.Record.Strength(),
				Message: conversation.MessageID(t.ID), For: t.Message})
		}
	}
	return list
}

// keySetting holds the key of a house's pseudonyms, in hexadecimal.
const keySetting = "export_key"

// Key gives the key of a house's pseudonyms, and makes it the first time. Whoever
// has it can tell who is who; without it, the names of two houses don't match.
func Key(ctx context.Context, s *store.Store) ([]byte, error) {
	text, err := settings.Get(ctx, s, keySetting)
	if err != nil {
		return nil, err
	}
	if text == "" {
		key := make([]byte, 32)
		rand.Read(key)
		return key, settings.Set(ctx, s, map[string]string{keySetting: hex.EncodeToString(key)})
	}
	key, err := hex.DecodeString(text)
	if err != nil {
		return nil, fmt.Errorf("reading the key of pseudonyms: %w", err)
	}
	return key, nil
}

// name is an id, or, with a key, 128 bits of HMAC-SHA256(key, kind + NUL + id) in
// hexadecimal. Nothing stays nothing.
func (o *Options) name(kind, id string) string {
	if len(o.Key) == 0 || id == "" {
		return id
	}
	mac := hmac.New(sha256.New, o.Key)
	mac.Write([]byte(kind + "\x00" + id))
	return hex.EncodeToString(mac.Sum(nil)[:16])
}

func (o *Options) person(id conversation.PersonID) string   { return o.name("person", string(id)) }
func (o *Options) message(id conversation.MessageID) string { return o.name("message", string(id)) }
func (o *Options) thread(id conversation.ThreadID) string   { return o.name("thread", string(id)) }

// in tells whether a time is one of those asked for.
func (o *Options) in(t time.Time) bool {
	return (o.Since.IsZero() || !t.Before(o.Since)) && (o.Until.IsZero() || t.Before(o.Until))
}

func sorted[T any](rows []T, compare func(a, b T) int) []T {
	rows = slices.Clone(rows)
	slices.SortStableFunc(rows, compare)
	return rows
}
