package store

import (
	"context"
	"slices"

	"github.com/entregent/entregent/conversation"
)

// BatchSize is how many messages go into one transaction.
const BatchSize = 1000

// Append keeps messages of a source, in order and in one transaction for each
// thousand. Bare ids are qualified with the source. A message of a known id with
// another text, side, department, channel, time or attributes is an edit; one with
// Deleted set is a deletion: its text is erased, the fact that it was stays. Once it
// returns, what has a fate other than Refused is on disk; the outcomes tell of those
// that are even when an error ended it before the rest.
func (s *Store) Append(ctx context.Context, source string, messages []conversation.Message) ([]Outcome, error) {
	if err := CheckSource(source); err != nil {
		return nil, err
	}
	outcomes := make([]Outcome, 0, len(messages))
	for batch := range slices.Chunk(messages, BatchSize) {
		var these []Outcome
		err := s.Change(ctx, func(t *Tx) (err error) {
			these, err = t.Append(source, batch)
			return err
		})
		if err != nil {
			return outcomes, Wrap(err, "keeping messages of %s", source)
		}
		outcomes = append(outcomes, these...)
	}
	return outcomes, nil
}

// batch is what one transaction of Append works on: the rows by id, those that
// were kept and those that come.
type batch struct {
	*Tx
	source   string
	rows     map[string]*messageRow
	aliases  map[string]string // ids at their source of messages written here
	people   *accountBatch
	fresh    []*messageRow
	edited   []*messageRow
	worded   map[*messageRow]bool   // whose words changed
	moved    map[*messageRow]string // whose thread may have changed, and what it was
	movers   []*messageRow          // the same, in order
	threads  map[string]bool        // that were touched: was there one before?
	outcomes []Outcome
}

// Append keeps up to a thousand messages of a source in a transaction; see
// [Store.Append].
func (t *Tx) Append(source string, messages []conversation.Message) ([]Outcome, error) {
	if _, err := t.Next("seq", 0); err != nil { // one after the other, in every process
		return nil, err
	}
	b := &batch{Tx: t, source: source, outcomes: make([]Outcome, len(messages)), worded: map[*messageRow]bool{}, moved: map[*messageRow]string{}}
	coming, err := b.admit(messages)
	if err != nil {
		return nil, err
	}
	if err := b.recall(coming); err != nil {
		return nil, err
	}
	for i, k := range coming {
		if k != nil {
			b.outcomes[i].Fate, b.outcomes[i].Why = b.receive(k)
		}
	}
	if err := b.place(); err != nil {
		return nil, err
	}
	return b.outcomes, b.write()
}

// admit makes rows of the messages that may be kept, and knows who wrote them.
func (b *batch) admit(messages []conversation.Message) ([]*messageRow, error) {
	coming := make([]*messageRow, len(messages))
	authors := map[string]string{} // → the name shown
	for i := range messages {
		m := &messages[i]
		k, why := admit(b.source, m)
		b.outcomes[i] = Outcome{ID: conversation.MessageID(Clean(qualify(b.source, string(m.ID)))), Fate: Refused, Why: why}
		if why == "" {
			coming[i] = k
			if name := shown(m); name != "" || authors[string(m.Author)] == "" {
				authors[string(m.Author)] = name
			}
		}
	}
	var err error
	if b.people, err = b.Tx.accountBatch(b.source, authors); err != nil {
		return nil, err
	}
	for i, k := range coming {
		if k == nil {
			continue
		}
		if b.people.objecting[string(messages[i].Author)] {
			b.outcomes[i].Why, coming[i] = WhyObjected, nil
			continue
		}
		k.account = b.people.byAuthor[string(messages[i].Author)].n
	}
	return coming, nil
}

// recall reads the rows that have the ids of those coming.
func (b *batch) recall(coming []*messageRow) error {
	ids := make([]any, 0, len(coming))
	for _, k := range coming {
		if k != nil {
			ids = append(ids, k.id)
		}
	}
	b.rows, b.aliases = make(map[string]*messageRow, len(ids)), map[string]string{}
	err := b.EachIn(`SELECT id, message FROM aliases WHERE id IN `, ids, func(scan Scanner) error {
		var id, message string
		err := scan.Scan(&id, &message)
		b.aliases[id] = message
		ids = append(ids, message)
		return err
	})
	if err != nil {
		return err
	}
	return b.EachIn(`SELECT `+messageColumns+` FROM messages WHERE id IN `, ids, func(scan Scanner) error {
		k := new(messageRow)
		err := scan.Scan(k.scanTargets()...)
		b.rows[k.id] = k
		return err
	})
}

// receive decides what becomes of one message.
func (b *batch) receive(k *messageRow) (Fate, string) {
	if mine, here := b.aliases[k.id]; here { // a reply of ours, back through its source
		if old := b.rows[mine]; old != nil && old.deleted == 0 && k.deleted != 0 {
			return b.delete(old, k)
		}
		return Same, ""
	}
	old := b.rows[k.id]
	switch {
	case old == nil:
		k.arrived = b.now
		b.rows[k.id] = k
		b.fresh = append(b.fresh, k)
		return Added, ""
	case old.deleted != 0 && k.deleted != 0:
		return Same, ""
	case old.deleted != 0:
		return Refused, WhyDeleted
	case k.deleted != 0:
		return b.delete(old, k)
	case old.forgotten != 0: // its words don't come back
		return Same, ""
	}
	return b.edit(old, k)
}

func (b *batch) delete(old, k *messageRow) (Fate, string) {
	old.erase(k.deleted, k.deletedBy)
	b.touch(old)
	b.worded[old] = true
	return Deleted, ""
}

func (b *batch) edit(old, k *messageRow) (Fate, string) {
	elsewhere := k.named && (!old.named || k.thread != old.thread)
	if old.fields() == k.fields() && !elsewhere {
		return Same, ""
	}
	if old.seq != 0 && (old.account != k.account || old.time != k.time) {
		b.people.recount(old.account, k.account)
	}
	if old.text != k.text {
		b.worded[old] = true
	}
	if old.reply != k.reply && !old.named || elsewhere {
		b.move(old)
	}
	if k.named {
		old.thread, old.named = k.thread, true
	}
	old.setFields(k)
	b.touch(old)
	return Edited, ""
}

// touch marks a row as one that is to be written again, with its next version.
func (b *batch) touch(k *messageRow) {
	k.version++
	if k.seq != 0 && !slices.Contains(b.edited, k) {
		b.edited = append(b.edited, k)
	}
}

// write brings everything to the database and tells it.
func (b *batch) write() error {
	first, err := b.Next("seq", int64(len(b.fresh)))
	if err != nil {
		return err
	}
	rows := Bulk{Into: "messages (" + messageColumns + ")", Width: messageWidth}
	for i, k := range b.fresh {
		k.seq = first + int64(i)
		rows.Add(k.values()...)
		b.people.add(k)
		b.EmitMessage(k.seq)
	}
	if err := rows.Insert(b.Tx); err != nil {
		return err
	}
	if err := b.index(b.fresh); err != nil {
		return err
	}
	for _, k := range b.edited {
		if err := b.update(k); err != nil {
			return err
		}
		b.EmitMessage(k.seq)
	}
	if _, err := b.Next("messages", int64(len(b.fresh))); err != nil {
		return err
	}
	if err := b.countThreads(); err != nil {
		return err
	}
	return b.people.write(b.Tx)
}

// update writes a row again, and its words if they changed.
func (b *batch) update(k *messageRow) error {
	if b.worded[k] {
		if err := b.unindex(`seq = $1`, k.seq); err != nil {
			return err
		}
	}
	err := b.ExecOne(`UPDATE messages SET thread = $1, named = $2, reply_to = $3, account = $4, side = $5, department = $6, channel = $7,
		time = $8, day = $9, sequence = $10, lang = $11, text = $12, bot = $13, private = $14, deleted = $15, deleted_by = $16,
		attributes = $17, version = $18 WHERE seq = $19`,
		k.thread, k.named, k.reply, k.account, int64(k.side), k.department, k.channel, k.time, k.day, k.sequence,
		k.lang, k.text, k.bot, k.private, k.deleted, int64(k.deletedBy), k.attributes, k.version, k.seq)
	if err != nil || !b.worded[k] {
		return err
	}
	return b.index([]*messageRow{k})
}
