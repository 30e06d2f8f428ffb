package table

import (
	"strings"
)

// derive finds out what follows from the columns together.
func (t *layout) derive(rows []record) {
	if i := t.at(fieldTime); i >= 0 {
		_, t.zone, _ = bare(columnName(t.names[i]))
	}
	if i := t.at(fieldDelay); i >= 0 {
		t.unit = unitOf(columnName(t.names[i]))
	}
	t.noted = !t.secret()
	t.strip = t.prefixed(rows)
	for _, f := range [...]field{fieldURL, fieldReplyNumber} {
		if i := t.at(f); i >= 0 {
			t.kept[i] = true
		}
	}
	t.counted = t.has(fieldReplyNumber) && t.has(fieldThread) && t.has(fieldSequence)
	if i := t.at(fieldID); i >= 0 && t.counted {
		t.kept[i] = true
	}
	if i := t.at(fieldAuthor); i >= 0 {
		t.asker = holds(columnName(t.names[i]), askers)
	}
	t.reserve()
	t.threads(rows)
	t.titles(rows)
	answered, _ := t.answered()
	t.single = len(rows) >= 5 && !answered && !t.has(fieldSide) && !t.has(fieldInbound) && !t.has(fieldOutbound) && !t.has(fieldReplyTo) && !t.has(fieldComment) &&
		(t.thread == threadNone || t.thread == threadColumn && t.seen[t.at(fieldThread)].unique())
	if !answered && t.has(fieldAnswer) { // an answer that nobody knows the time of
		i := t.at(fieldAnswer)
		t.fields[i] = other
	}
	t.brings, t.bare = t.answered()
	t.packed = t.has(fieldComment)
	t.linked = t.has(fieldURL) && t.seen[t.at(fieldURL)].unique()
}

// askers are parts of a name that say that whoever asks is named.
var askers = set(`requester customer client contact demandeur consumer kunde cliente klant reporter submitter rapporteur`)

// reserve renames columns that are called as what a message's attributes have a
// meaning for.
func (t *layout) reserve() {
	for i, name := range t.names {
		switch name {
		case "name", "subject", "wordless":
			if t.fields[i] == other || t.kept[i] {
				t.names[i] = name + " (column)"
			}
		}
	}
}

// secret is true where every row is private: then the whole conversation is, and
// its messages are no notes.
func (t *layout) secret() bool {
	for _, f := range [...]field{fieldPrivate, fieldPublic} {
		i := t.at(f)
		if i < 0 || t.seen[i].filled == 0 {
			continue
		}
		for word := range t.seen[i].words {
			if is, _ := truth(word); is != (f == fieldPrivate) {
				return false
			}
		}
		return true
	}
	return false
}

// prefixed says whether replies write a sign before an id that the id hasn't.
func (t *layout) prefixed(rows []record) bool {
	id := t.at(fieldID)
	if id < 0 {
		return false
	}
	for word := range t.seen[id].words {
		if bareID(word) != word {
			return false
		}
	}
	for _, f := range [...]field{fieldReplyTo, fieldThread} {
		if i := t.at(f); i >= 0 {
			for word := range t.seen[i].words {
				if bareID(word) != word {
					return true
				}
			}
		}
	}
	return false
}

// threads finds out what a thread is called by, where no column says it: the
// address, or the subject, when several rows share it.
func (t *layout) threads(rows []record) {
	answered, _ := t.answered()
	switch {
	case t.has(fieldThread):
		t.thread = threadColumn
	case t.has(fieldReplyTo) || answered || len(rows) < 2:
	case t.has(fieldURL) && t.shared(rows, func(r record) string {
		return threadOfURL(cellOf(r, t.at(fieldURL)), cellOf(r, t.at(fieldSequence)))
	}, 90):
		t.thread = threadURL
	case t.has(fieldSubject) && t.shared(rows, func(r record) string { return baseSubject(cellOf(r, t.at(fieldSubject))) }, t.alike()):
		t.thread = threadSubject
	}
}

// alike is how many different subjects in a hundred rows may be threads: titles
// of reviews are alike too.
func (t *layout) alike() int {
	if t.has(fieldSide) || t.has(fieldInbound) || t.has(fieldOutbound) || t.has(fieldSequence) {
		return 95
	}
	return 70
}

// shared says whether what rows are called by is that of several: no more than so
// many different ones in a hundred rows.
func (t *layout) shared(rows []record, key func(r record) string, hundredths int) bool {
	different, filled := map[string]bool{}, 0
	for _, r := range rows {
		if k := key(r); k != "" {
			different[k] = true
			filled++
		}
	}
	return filled*2 > len(rows) && len(different)*100 <= filled*hundredths
}

// titles finds out where a subject opens the text.
func (t *layout) titles(rows []record) {
	if !t.has(fieldSubject) || t.thread == threadNone || len(rows) < 2 {
		return
	}
	if i := t.at(fieldThread); t.thread == threadColumn && t.seen[i].unique() {
		return
	}
	t.title = titleFirst
	if !t.has(fieldSequence) && t.descending(rows) {
		t.title = titleNever
	}
}

// descending is true for a table whose newest row stands first, as far as its
// dates can be compared as they are written.
func (t *layout) descending(rows []record) bool {
	at := t.at(fieldTime)
	first, last := cellOf(rows[0], at), cellOf(rows[len(rows)-1], at)
	return len(first) >= 10 && len(first) == len(last) && (first[4] == '-' || isNumber(first)) && first > last
}

func cellOf(r record, i int) string {
	if i < 0 || i >= len(r.cells) {
		return ""
	}
	return strings.TrimSpace(r.cells[i])
}

// threadOfURL is the address of a message without what names the message in it:
// the fragment, a page, and the message's number at its end.
func threadOfURL(url, number string) string {
	url, fragment, _ := strings.Cut(url, "#")
	if i := strings.Index(url, "?page="); i >= 0 {
		url = url[:i]
	}
	url = strings.TrimSuffix(url, "/")
	if number != "" && fragment == "" {
		if cut, ok := strings.CutSuffix(url, "/"+number); ok {
			return cut
		}
	}
	// Discourse: /t/slug/topic/post
	if i := strings.Index(url, "/t/"); i >= 0 && number == "" {
		parts := strings.Split(url[i+3:], "/")
		if n := len(parts); n >= 3 && isNumber(parts[n-1]) && isNumber(parts[n-2]) {
			return strings.TrimSuffix(url, "/"+parts[n-1])
		}
	}
	return url
}

// baseSubject is a subject without the marks of answers before it.
func baseSubject(s string) string {
	for {
		s = strings.TrimSpace(s)
		mark, rest, ok := strings.Cut(s, ":")
		mark = strings.ToLower(strings.TrimSpace(mark))
		if i := strings.IndexByte(mark, '['); i > 0 {
			mark = mark[:i] // Re[2]:
		}
		if !ok || !replyMarks[mark] {
			return s
		}
		s = rest
	}
}

var replyMarks = set(`re aw sv vs tr fw fwd wg rif r antw ref rv enc res`)

// unread lists the columns that sound as if they held answers or words, and
// weren't taken.
func (t *layout) unread() (list []string) {
	answered, _ := t.answered()
	for i, f := range t.fields {
		p, name := &t.seen[i], columnName(t.names[i])
		if f != other || p.filled == 0 {
			continue
		}
		sounds := answering(name) && !(answered && p.most(p.times+p.lengths+p.numbers, 60))
		ends := !answered && t.single && p.most(p.times, 60) && holds(name, ended)
		if sounds || ends || p.most(p.long, 30) && p.mean() >= 25 && !p.few() {
			list = append(list, t.names[i])
		}
	}
	return list
}

// ended are parts of names of times at which a ticket was done with.
var ended = set(`resolved closed solved resolu resolue ferme cloture gelost geschlossen resuelto cerrado risolto chiuso opgelost gesloten resolvido fechado resolution`)
