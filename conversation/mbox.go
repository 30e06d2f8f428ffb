package conversation

import (
	"bytes"
	"fmt"
	"regexp"
)

// letter is the bytes of one mail, gathered from lines.
type letter struct {
	bytes  []byte
	line   int    // where it starts
	size   int64  // of all its lines, kept or not
	opened bool   // by a postmark
	stamp  string // the postmark's date
}

func (l *letter) start(line int, opened bool, stamp string) {
	*l = letter{bytes: l.bytes[:0], line: line, opened: opened, stamp: stamp}
}

// add gathers a line. Beyond the limit only the size is kept.
func (l *letter) add(line []byte, long int64, limit int) {
	l.size += max(long, int64(len(line))) + 1
	if l.size > int64(limit) {
		l.bytes = nil
		return
	}
	l.bytes = append(append(l.bytes, line...), '\n')
}

// mbox reads a mailbox: mails one after the other, each behind a line that
// starts with "From " and ends with a date (RFC 4155 and its ancestors).
func (rd *reading) mbox(in *lines) error {
	var l letter
	blankBefore := true
	l.start(1, false, "")
	for {
		line, ok := in.next()
		if !ok {
			break
		}
		if bytes.HasPrefix(line, []byte("From ")) {
			line = bytes.Clone(line) // startsMail looks further
			if stamp, ok := startsMail(line, blankBefore, in); ok {
				if err := rd.letter(&l); err != nil {
					return err
				}
				l.start(in.number, true, stamp)
				blankBefore = false
				continue
			}
		}
		blankBefore = len(line) == 0 && in.long == 0
		l.add(unescapeFrom(line), in.long, rd.limit)
	}
	return rd.letter(&l)
}

// postmark is the line before a mail, with a date as asctime writes it.
var postmark = regexp.MustCompile(`^From .*((?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) +\d{1,2} +\d{1,2}:\d\d(?::\d\d)?(?: +[A-Z]{1,5}| +[-+]\d{4})? +\d{4}(?: +[-+]\d{4})?)\s*(?:remote from .*)?$`)

// startsMail tells a postmark, and its date, from a sentence: it holds a date and
// stands behind an empty line or before a header; without a date the header
// must be a mail's.
func startsMail(line []byte, blankBefore bool, in *lines) (stamp string, ok bool) {
	if at := postmark.FindSubmatchIndex(line); at != nil {
		return string(line[at[2]:]), blankBefore || isField(firstLine(in.peek()))
	}
	return "", blankBefore && isMailHeader(in.peek())
}

func firstLine(text []byte) []byte {
	line, _, _ := bytes.Cut(text, []byte("\n"))
	return line
}

// unescapeFrom takes back the > that a mailbox puts before a text's own "From ".
func unescapeFrom(line []byte) []byte {
	if len(line) > 0 && line[0] == '>' && bytes.HasPrefix(bytes.TrimLeft(line, ">"), []byte("From ")) {
		return line[1:]
	}
	return line
}

// isPostmark is true when a text opens as a mailbox does.
func isPostmark(text []byte) bool {
	line, rest, _ := bytes.Cut(text, []byte("\n"))
	return bytes.HasPrefix(line, []byte("From ")) && (postmark.Match(line) || isMailHeader(rest))
}

// eml reads one mail.
func (rd *reading) eml(in *lines) error {
	var l letter
	l.start(1, false, "")
	for {
		line, ok := in.next()
		if !ok {
			return rd.letter(&l)
		}
		if in.number > 1 || !isPostmark(line) {
			l.add(line, in.long, rd.limit)
		}
	}
}

// letter reads a mail from its bytes, unless there is nothing in it.
func (rd *reading) letter(l *letter) error {
	switch {
	case l.size > int64(rd.limit):
		rd.tell(LongLine, l.line, "", fmt.Sprintf("a mail of %d bytes, more than the limit of %d: it was left out", l.size, rd.limit))
	case len(bytes.TrimSpace(l.bytes)) > 0:
		rd.mail(l.bytes, l.line, l.stamp)
	case l.opened:
		rd.tell(BadRecord, l.line, "", "a mail with nothing in it: it was left out")
	}
	return rd.stop()
}
