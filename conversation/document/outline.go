package document

import (
	"bytes"
	"strings"
)

// Outline is what stands where at the beginning of a document: found from its
// first bytes, which may end anywhere.
type Outline struct {
	Lines bool // one document a line
	first map[string]string
	order []string
}

// Limits of an outline: past them it knows enough.
const (
	mostPaths   = 2000
	outlineDeep = 12
)

// Of makes the outline of what begins with head; nil when that is no JSON.
func Of(head []byte) *Outline {
	head = head[prefix(head):]
	text := bytes.TrimLeft(head, " \t\r\n\x1e\uFEFF")
	if len(text) == 0 || text[0] != '{' && text[0] != '[' {
		return nil
	}
	o := &Outline{first: map[string]string{}, Lines: linewise(text)}
	r := over(text, 1, len(text))
	for {
		if _, ok := r.peek(); !ok || o.value(r, "", 0) != nil {
			return o
		}
		r.take(',')
	}
}

// linewise says whether the first line is a document and the next begins another.
func linewise(text []byte) bool {
	line, rest, more := bytes.Cut(text, newline)
	if !more || text[0] != '{' {
		return false
	}
	r := over(line, 1, len(line))
	if _, err := r.value(true); err != nil {
		return false
	}
	if _, left := r.peek(); left {
		return false
	}
	rest = bytes.TrimLeft(rest, " \t\r\n\x1e")
	return len(rest) > 0 && rest[0] == '{'
}

// prefix is the length of the assignment that archives of X open with
// ("window.YTD.tweets.part0 = ").
func prefix(head []byte) int {
	if !bytes.HasPrefix(head, []byte("window.")) {
		return 0
	}
	return bytes.IndexByte(head[:min(len(head), 200)], '=') + 1
}

// value notes what stands at a path.
func (o *Outline) value(r *reader, path string, depth int) error {
	c, ok := r.peek()
	switch {
	case !ok:
		return errCut
	case depth > outlineDeep || len(o.first) > mostPaths:
		_, err := r.value(false)
		return err
	case c == '{':
		o.note(path, "")
		return r.object(func(key string) error { return o.value(r, Join(path, key), depth+1) })
	case c == '[':
		if path != "" {
			o.note(path, "")
			path += "[]"
		}
		return r.array(func() error { return o.value(r, path, depth+1) })
	}
	at := r.at
	b, err := r.value(true)
	if err == errCut && c == '"' && r.at > at {
		o.note(path, "") // a long text that the head ends in
	}
	if err != nil {
		return err
	}
	if string(b) != "null" {
		o.note(path, strings.Trim(string(b[:min(len(b), 80)]), `"`))
	}
	return nil
}

func (o *Outline) note(path, value string) {
	if _, there := o.first[path]; !there {
		o.first[path] = value
		o.order = append(o.order, path)
	}
}

// Join is the path of a key below another.
func Join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// Has says whether something that isn't null stands at one of several paths,
// which are divided by |. The elements of an array stand at its path and []; those
// of an array that is the whole document at "", like documents on lines. * is any
// key.
func (o *Outline) Has(paths string) bool {
	for path := range strings.SplitSeq(paths, "|") {
		if _, ok := o.first[path]; ok {
			return true
		}
		if strings.Contains(path, "*") && o.like(path) {
			return true
		}
	}
	return false
}

func (o *Outline) like(pattern string) bool {
	for _, path := range o.order {
		if matches(pattern, path) {
			return true
		}
	}
	return false
}

// Below says whether anything stands below a path.
func (o *Outline) Below(path string) bool {
	for _, p := range o.order {
		if strings.HasPrefix(p, path+".") || strings.HasPrefix(p, path+"[]") {
			return true
		}
	}
	return false
}

// First is the first scalar met at a path, "" when none was.
func (o *Outline) First(path string) string { return o.first[path] }

// Paths gives all paths met, in order.
func (o *Outline) Paths() []string { return o.order }

// matches says whether a path is as a pattern has it.
func matches(pattern, path string) bool {
	if !strings.Contains(pattern, "*") {
		return pattern == path
	}
	return sameParts(pattern, path, false)
}

// leads says whether a path stands above what a pattern names.
func leads(path, pattern string) bool {
	return path == "" || sameParts(pattern, path, true)
}

func sameParts(pattern, path string, start bool) bool {
	for {
		p, pattern2, more := strings.Cut(pattern, ".")
		q, path2, deeper := strings.Cut(path, ".")
		last := start && !deeper
		switch {
		case p == q, strings.HasPrefix(p, "*") && strings.HasSuffix(p, "[]") == strings.HasSuffix(q, "[]"):
		case last && strings.TrimSuffix(p, "[]") == q: // the array whose elements are meant
			return true
		default:
			return false
		}
		switch {
		case last:
			return true
		case more != deeper:
			return false
		case !more:
			return true
		}
		pattern, path = pattern2, path2
	}
}
