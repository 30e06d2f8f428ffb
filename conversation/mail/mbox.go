package mail

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
)

// letter is the bytes of one mail, gathered from lines.
type letter struct {
	bytes  []byte
	line   int    // where it starts
	size   int64  // of all its lines, kept or not
	opened bool   // by a postmark
	stamp  string // the postmark's date
}

// add gathers a line with its ending, or a piece of one. Beyond the limit only the
// size is kept.
func (l *letter) add(piece []byte, limit int) {
	l.size += int64(len(piece))
	if l.size > int64(limit) {
		l.bytes = nil
		return
	}
	l.bytes = append(l.bytes, piece...)
}

// Mailbox cuts a mailbox into mails: one after the other, each behind a line that
// starts with "From " (RFC 4155 and its ancestors). A "From " in a text, with or
// without the > that mailboxes put before it, opens none.
type mailbox struct {
	in      *bufio.Reader
	limit   int
	number  int  // of the line read last
	patches bool // the file itself is what git-format-patch writes
	err     error
}

// next reads lines up to the postmark of the mail behind this one, whose date
// comes back; opened is false at the end.
func (b *mailbox) next(l *letter) (stamp string, opened bool) {
	blank, start := true, true
	for {
		piece, err := b.in.ReadSlice('\n')
		if start && len(piece) > 0 {
			b.number++
			switch {
			case piece[0] == 'F' && bytes.HasPrefix(piece, []byte("From ")):
				line := bytes.Clone(piece) // a look ahead may overwrite it
				if stamp, ok := b.opens(line, err == nil, blank || l.size == 0); ok {
					return stamp, true
				}
				piece = line
			case piece[0] == '>' && bytes.HasPrefix(bytes.TrimLeft(piece, ">"), []byte("From ")):
				piece = piece[1:]
			}
		}
		blank = start && (len(piece) == 1 || len(piece) == 2 && piece[0] == '\r')
		l.add(piece, b.limit)
		if err != nil && err != bufio.ErrBufferFull {
			b.err = err
			return "", false
		}
		start = err == nil
	}
}

// opens says whether a line opens a mail.
func (b *mailbox) opens(line []byte, whole, blank bool) (stamp string, ok bool) {
	if !whole && len(line) > 1000 {
		return "", false
	}
	after, _ := b.in.Peek(4096)
	from, at, dated := postmark(bytes.TrimRight(line, "\r\n"))
	if dated && isPatch(from, at) {
		if b.number == 1 {
			b.patches = true
		}
		return at, b.patches && blank && hasKnownField(after)
	}
	return opensMail(bytes.TrimRight(line, "\r\n"), after, blank)
}

// reader reads mails into a log.
type reader struct {
	importer
	limit   int
	ours    Ours // nil: nobody said
	threads *joiner
}

// mbox reads a mailbox.
func (r *reader) mbox(in *bufio.Reader) error {
	b := &mailbox{in: in, limit: r.limit}
	l := letter{line: 1}
	for {
		stamp, more := b.next(&l)
		if err := r.letter(&l); err != nil {
			return err
		}
		if !more {
			return r.ended(b.err, b.number)
		}
		l = letter{bytes: l.bytes[:0], line: b.number, opened: true, stamp: stamp}
	}
}

// eml reads one mail, perhaps behind a postmark, or behind the number of its bytes
// as Apple Mail keeps it (.emlx).
func (r *reader) eml(in *bufio.Reader) error {
	l := letter{line: 1}
	if head, _ := in.Peek(4096); bytes.HasPrefix(head, []byte("From ")) {
		first, rest, _ := bytes.Cut(head, []byte("\n"))
		if stamp, ok := opensMail(bytes.TrimRight(first, "\r"), rest, true); ok {
			l.stamp = stamp
			_, _ = in.Discard(min(len(first)+1, len(head)))
		}
	} else if size, n := applePrefix(head); n > 0 {
		_, _ = in.Discard(n)
		in = bufio.NewReader(io.LimitReader(in, size))
	}
	var err error
	for err == nil || err == bufio.ErrBufferFull {
		var piece []byte
		piece, err = in.ReadSlice('\n')
		l.add(piece, r.limit)
	}
	if err := r.letter(&l); err != nil {
		return err
	}
	return r.ended(err, 1+bytes.Count(l.bytes, []byte("\n")))
}

// applePrefix reads the line before a mail in an .emlx file: how many bytes it has.
func applePrefix(head []byte) (size int64, n int) {
	line, rest, ok := bytes.Cut(head, []byte("\n"))
	if word := bytes.TrimSpace(line); ok && len(word) > 0 && len(word) < 11 && isHeader(rest) {
		for _, c := range word {
			if c < '0' || '9' < c {
				return 0, 0
			}
			size = 10*size + int64(c-'0')
		}
		return size, len(line) + 1
	}
	return 0, 0
}

// letter reads a mail from its bytes, unless there is nothing in it.
func (r *reader) letter(l *letter) error {
	switch {
	case l.size > int64(r.limit):
		r.tell(longLine, l.line, "", fmt.Sprintf("a mail of %d bytes, more than the limit of %d: it was left out", l.size, r.limit))
	case len(bytes.TrimSpace(l.bytes)) > 0:
		r.mail(l.bytes, l.line, l.stamp)
	case l.opened:
		r.tell(badRecord, l.line, "", "a mail with nothing in it: it was left out")
	}
	return r.stop()
}
