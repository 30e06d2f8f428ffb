package store

import (
	"cmp"
	"slices"
)

// A message is in the thread its source names, else in that of what it replies
// to, else in one named after itself; those whose parent isn't here wait together
// in one named after the parent. These are the rules of conversation.Log, kept up
// to date: a parent that comes late, or is moved, takes its followers along.

// place finds the threads of what is fresh or has moved.
func (b *batch) place() error {
	if err := b.followers(); err != nil {
		return err
	}
	far, err := b.parents()
	if err != nil {
		return err
	}
	settled := map[*messageRow]bool{}
	for _, k := range b.fresh {
		b.settle(k, far, settled)
	}
	for _, k := range b.movers {
		b.settle(k, far, settled)
		if k.seq != 0 && k.thread != b.moved[k] {
			b.follow(k)
		}
	}
	return b.meetThreads()
}

// move remembers that a row's thread may change, and what it was.
func (b *batch) move(k *messageRow) {
	if _, marked := b.moved[k]; !marked {
		b.moved[k] = k.thread
		b.movers = append(b.movers, k)
	}
}

// follow has a row that only changed its thread written again.
func (b *batch) follow(k *messageRow) {
	k.version-- // going along is no edit of its own
	b.touch(k)
}

// followers reads the messages that may go along: those that follow from a
// message that moved, and those that waited for one that is here now.
func (b *batch) followers() error {
	var from []any
	for _, k := range b.fresh {
		if k.named && k.thread != k.id || !k.named && k.reply != "" {
			from = append(from, k.id)
		}
	}
	seen := map[string]bool{}
	for _, k := range b.movers {
		before := b.moved[k]
		if !seen[before] {
			seen[before] = true
			from = append(from, before)
		}
	}
	err := b.EachIn(`SELECT `+messageColumns+` FROM messages WHERE NOT named AND thread IN `, from, func(scan Scanner) error {
		k := new(messageRow)
		if err := scan.Scan(k.scanTargets()...); err != nil {
			return err
		}
		if known := b.rows[k.id]; known != nil {
			k = known
		}
		b.rows[k.id] = k
		b.move(k)
		return nil
	})
	slices.SortStableFunc(b.movers, func(a, b *messageRow) int { return cmp.Compare(a.seq, b.seq) })
	return err
}

// parents reads the threads of messages replied to that aren't in the batch.
func (b *batch) parents() (far map[string]string, err error) {
	far = map[string]string{}
	var ids []any
	ask := func(k *messageRow) {
		if !k.named && k.reply != "" && b.rows[k.reply] == nil {
			if _, asked := far[k.reply]; !asked {
				far[k.reply] = k.reply // a thread of those that wait for it
				ids = append(ids, k.reply)
			}
		}
	}
	for _, k := range b.fresh {
		ask(k)
	}
	for _, k := range b.movers {
		ask(k)
	}
	return far, b.EachIn(`SELECT id, thread FROM messages WHERE id IN `, ids, func(scan Scanner) error {
		var id, thread string
		err := scan.Scan(&id, &thread)
		far[id] = thread
		return err
	})
}

// settle finds the thread of a row, its parents' first. A ring of replies is
// opened where it was entered.
func (b *batch) settle(k *messageRow, far map[string]string, settled map[*messageRow]bool) string {
	_, moved := b.moved[k]
	if settled[k] || k.named || k.seq != 0 && !moved {
		return k.thread
	}
	settled[k] = true
	switch {
	case k.reply == "":
		k.thread = k.id
	case b.rows[k.reply] != nil:
		k.thread = k.reply // for one that leads back here
		k.thread = b.settle(b.rows[k.reply], far, settled)
	default:
		k.thread = far[k.reply]
	}
	return k.thread
}

// meetThreads remembers which of the threads touched were there before.
func (b *batch) meetThreads() error {
	b.threads = map[string]bool{}
	for _, k := range b.fresh {
		b.threads[k.thread] = false
	}
	for k, before := range b.moved {
		b.threads[k.thread], b.threads[before] = false, false
	}
	return b.standing(func(thread string) { b.threads[thread] = true })
}

// standing tells the touched threads that hold a message.
func (b *batch) standing(tell func(thread string)) error {
	all := make([]any, 0, len(b.threads))
	for thread := range b.threads {
		all = append(all, thread)
	}
	return b.chunks(all, b.standingAsked, func(scan Scanner) error {
		var thread string
		err := scan.Scan(&thread)
		tell(thread)
		return err
	})
}

// standingAsked is the question which of n threads hold a message.
func (b *batch) standingAsked(n int) string {
	return `SELECT column1 FROM (VALUES ` + b.placeholders(n, 1) + `) AS v WHERE EXISTS (SELECT 1 FROM messages WHERE thread = column1)`
}

// countThreads brings the number of threads up to date.
func (b *batch) countThreads() error {
	more := int64(0)
	for _, before := range b.threads {
		if !before {
			more++
		}
	}
	if len(b.moved) > 0 { // some threads may be empty now
		more = 0
		for _, before := range b.threads {
			if before {
				more--
			}
		}
		if err := b.standing(func(string) { more++ }); err != nil {
			return err
		}
	}
	_, err := b.Next("threads", more)
	return err
}
