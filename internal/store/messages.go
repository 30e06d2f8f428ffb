package store

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/entregent/entregent/conversation"
)

// readMessages reads whole messages with whoever wrote them.
var readMessages = `SELECT m.` + strings.ReplaceAll(strings.Join(strings.Fields(messageColumns), " "), ", ", ", m.") +
	`, a.id, a.person, a.side, a.department FROM messages m JOIN accounts a ON a.n = m.account `

func scanMessage(rows Scanner) (Message, error) {
	var k messageRow
	var v authorship
	if err := rows.Scan(append(k.scanTargets(), &v.account, &v.person, &v.side, &v.department)...); err != nil {
		return Message{}, err
	}
	return k.message(v), nil
}

// Message tells how a message stands; ErrNotFound when it isn't here.
func (s *Store) Message(ctx context.Context, id conversation.MessageID) (Message, error) {
	list, err := All(s.Read(ctx), scanMessage, readMessages+`WHERE m.id = $1`, Clean(string(id)))
	if err == nil && len(list) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return Message{}, Wrap(err, "reading the message %s", id)
	}
	return list[0], nil
}

// MessagesByID reads messages in no order of their own. Those that aren't here are
// left out.
func (s *Store) MessagesByID(ctx context.Context, ids []conversation.MessageID) ([]Message, error) {
	list := make([]Message, 0, len(ids))
	for some := range slices.Chunk(ids, ChunkSize) {
		these, err := All(s.Read(ctx), scanMessage, readMessages+`WHERE m.id IN `+enginePlaceholders(1, len(some), s.pg), Args(some)...)
		if err != nil {
			return nil, Wrap(err, "reading messages")
		}
		list = append(list, these...)
	}
	return list, nil
}

// Messages reads a range.
func (s *Store) Messages(ctx context.Context, r Range) ([]Message, error) {
	written, err := s.accounts(ctx, r)
	if err != nil {
		return nil, Wrap(err, "reading accounts")
	}
	where, args := r.where(s.pg, 0, written)
	if where == "" {
		return nil, nil
	}
	list, err := All(s.Read(ctx), scanMessage, readMessages+where, args...)
	return list, Wrap(err, "reading messages")
}

// accounts gives the numbers of the accounts that a range is of, between commas,
// so that messages are read by their index; "" when it is of any.
func (s *Store) accounts(ctx context.Context, r Range) (string, error) {
	var list []string
	var err error
	switch {
	case r.Author == "" && r.Account == "":
		return "", nil
	case r.Account == "":
		list, err = All(s.Read(ctx), ScanText, `SELECT CAST(n AS TEXT) FROM accounts WHERE n > 0 AND person = $1 ORDER BY n`, Clean(string(r.Author)))
	default:
		list, err = All(s.Read(ctx), ScanText, `SELECT CAST(n AS TEXT) FROM accounts WHERE n > 0 AND id = $1 AND ($2 = '' OR person = $2)`, Clean(r.Account), Clean(string(r.Author)))
	}
	return cmp.Or(strings.Join(list, ", "), "-1"), err // -1 is nobody's
}

// where writes a range as a condition and an order: up to a Seq if that isn't 0,
// of accounts if some are named. It is "" when nothing can be in it.
func (r Range) where(pg bool, upto int64, accounts string) (string, []any) {
	conditions, args, order := []string{"m.seq > $1"}, []any{r.After}, " ORDER BY m.seq"
	add := func(condition string, value any) {
		args = append(args, value)
		conditions = append(conditions, strings.ReplaceAll(condition, "%s", "$"+strconv.Itoa(len(args))))
	}
	for _, c := range []struct{ condition, value string }{
		{"m.thread = %s", string(r.Thread)},
		{"m.source = %s", r.Source}, {"m.sending <> '' AND m.sending = %s", string(r.Sending)},
	} {
		if c.value != "" {
			add(c.condition, Clean(c.value))
		}
	}
	if !r.Since.IsZero() {
		add("m.time >= %s", r.Since.UnixMicro())
	}
	if !r.Until.IsZero() {
		add("m.time < %s", r.Until.UnixMicro())
	}
	if accounts != "" {
		conditions = append(conditions, "m.account IN ("+accounts+")")
	}
	if upto > 0 {
		add("m.seq <= %s", upto)
	}
	join := ""
	if r.Text != "" {
		value, ok := finding(pg, r.Text)
		if !ok {
			return "", nil
		}
		if pg {
			add(`m.seq IN (SELECT seq FROM words WHERE said @@ CAST(%s AS tsquery))`, value)
		} else { // led by the words, which come in order: none is read beyond the limit
			join, order = "JOIN words ON words.rowid = m.seq ", " ORDER BY words.rowid"
			conditions[0] = "words.rowid > $1"
			add(`words MATCH %s`, value)
		}
	}
	if r.Newest {
		order += " DESC"
		if conditions[0] = strings.Replace(conditions[0], ">", "<", 1); r.After == 0 {
			args[0] = int64(math.MaxInt64)
		}
	}
	args = append(args, cmp.Or(r.Limit, BatchSize))
	return join + `WHERE ` + strings.Join(conditions, " AND ") + order + ` LIMIT $` + strconv.Itoa(len(args)), args
}

// Each reads a range however long, a batch at a time, until do gives an error.
// A Limit of 0 is no limit here.
func (s *Store) Each(ctx context.Context, r Range, do func(Message) error) error {
	if everywhere := (Range{After: r.After, Source: r.Source, Since: r.Since, Until: r.Until}); r == everywhere {
		return s.parallelScan(ctx, r, do)
	}
	left := r.Limit
	for {
		r.Limit = BatchSize
		if left > 0 {
			r.Limit = min(left, BatchSize)
		}
		list, err := s.Messages(ctx, r)
		if err != nil {
			return err
		}
		for _, m := range list {
			if err := do(m); err != nil {
				return err
			}
			r.After = m.Seq
		}
		if left -= len(list); len(list) < r.Limit || left == 0 {
			return nil
		}
	}
}

// Thread reads a whole thread in order of time, with the threads merged into it.
// ErrNotFound when it has no message.
func (s *Store) Thread(ctx context.Context, id conversation.ThreadID) ([]Message, error) {
	var list []Message
	threads := []string{Clean(string(id))}
	for i := 0; i < len(threads); i++ {
		these, err := All(s.Read(ctx), scanMessage, readMessages+`WHERE m.thread = $1`, threads[i])
		if err != nil {
			return nil, Wrap(err, "reading the thread %s", id)
		}
		list = append(list, these...)
		merged, err := All(s.Read(ctx), ScanText, `SELECT thread FROM desks WHERE into_thread <> '' AND into_thread = $1`, threads[i])
		if err != nil {
			return nil, Wrap(err, "reading what was merged into the thread %s", id)
		}
		for _, m := range merged {
			if !slices.Contains(threads, m) {
				threads = append(threads, m)
			}
		}
	}
	if len(list) == 0 {
		return nil, Wrap(ErrNotFound, "reading the thread %s", id)
	}
	slices.SortFunc(list, func(a, b Message) int {
		return cmp.Or(a.Time.Compare(b.Time), cmp.Compare(a.Sequence, b.Sequence), cmp.Compare(a.Seq, b.Seq))
	})
	return list, nil
}

// Counts tell how much there is, from what is counted as messages come.
func (s *Store) Counts(ctx context.Context) (c Counts, err error) {
	err = Each(s.Read(ctx), func(rows Scanner) error {
		var name string
		var n int
		err := rows.Scan(&name, &n)
		switch name {
		case "messages":
			c.Messages = n
		case "threads":
			c.Threads = n
		}
		return err
	}, `SELECT name, n FROM counters WHERE name IN ('messages', 'threads')`)
	if err != nil {
		return c, Wrap(err, "counting")
	}
	var first, last int64
	err = s.Read(ctx).QueryRow(`SELECT COUNT(DISTINCT NULLIF(person, '')), COUNT(NULLIF(person, '')), COALESCE(MIN(first), 0), COALESCE(MAX(last), 0)
		FROM accounts WHERE messages > 0`).Scan(&c.People, &c.Accounts, &first, &last)
	if c.Messages > 0 {
		c.First, c.Last = time.UnixMicro(first).UTC(), time.UnixMicro(last).UTC()
	}
	return c, Wrap(err, "counting")
}
