// Package reading reads a message once, and says all that the measures want to
// know of its text.
//
// [Read] makes a [Row]: a pure function of a message, of [Options] and of the
// rules' [Version]. It knows no clock, no other message and no state: a row made
// twice, in any order, on any machine, is the same. What a row holds is what
// presence, gift and gap work on; none of them reads texts for themselves, except
// the few that they quote or compare word for word.
//
// [Each] reads a whole log on all cores and gives the rows in the log's order.
package reading

import (
	"slices"
	"strings"
	"unicode"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/prose"
	"github.com/entregent/entregent/conversation/speech"
	"github.com/entregent/entregent/ethos"
)

// Version is that of the rules by which rows are made; it changes when a row can
// come out differently.
const Version = "reading/1"

// Options are what a row depends on besides the message. The zero value reads
// without knowing how the organisation is called, and scores no values.
type Options struct {
	Names []string     // how the organisation is addressed
	Own   []string     // its domains
	Model *ethos.Model // that scores values; nil: none are scored
	Only  Parts        // of a row; 0: all of it
}

// Parts are parts of a row, a set of flags: some may be left out where nobody
// wants them.
type Parts uint8

// The parts. A row without one has the zero values there.
const (
	Speech    Parts = 1 << iota // all but the others
	Gratitude                   // Thanks and Giving
	Values                      // Values and French
)

func (o Options) wants(p Parts) bool { return o.Only == 0 || o.Only&p != 0 }

// Read reads a message. It gives no error: any text can be read, and bytes that
// are no UTF-8 are read as U+FFFD.
func Read(m conversation.Message, o Options) Row {
	var row Row
	m.Text = strings.ToValidUTF8(m.Text, "\uFFFD")
	o.Reader().Read(&m, &row)
	return row
}

// Reader reads messages one after the other, using its memory again: one
// goroutine, one Reader.
type Reader struct {
	o      Options
	names  []string      // folded
	own    []string      // in lower case
	scorer *ethos.Scorer // nil before the first message whose values count

	m        prose.Message
	asked    bool // language is known
	tongue   string
	thanks   thanksReader
	domains  []string
	shingles []uint64
	floats   []float32 // where values of rows stay, many to a piece of memory
}

// Reader makes a reader.
func (o Options) Reader() *Reader {
	r := &Reader{o: o}
	for _, name := range o.Names {
		if name = string(prose.Fold(nil, strings.TrimSpace(name))); len(name) > 2 {
			r.names = append(r.names, name)
		}
	}
	for _, own := range o.Own {
		r.own = append(r.own, strings.ToLower(own))
	}
	return r
}

// Read reads a message, whose text must be UTF-8 (see [strings.ToValidUTF8]), into
// a row. What the row holds stays good.
func (r *Reader) Read(m *conversation.Message, row *Row) {
	r.m.Read(m.Text)
	r.asked = false
	*row = Row{}
	cues := ""
	if r.o.wants(Speech) {
		cues = r.speech(m, row)
	}
	if r.o.wants(Gratitude) {
		row.Giving = givingOf(m.Attributes)
		acts, theirs := row.Acts, r.thanksCues(m.Lang)
		if theirs != cues {
			acts = speech.Of(&r.m, theirs)
		}
		row.Thanks = r.thanks.read(&r.m, acts)
	}
	if r.o.wants(Values) {
		r.values(m, row)
	}
}

// speech reads what a message does, and gives the cues that it was read with.
func (r *Reader) speech(m *conversation.Message, row *Row) (cues string) {
	row.Lang = base(m.Lang)
	if row.Lang == "" || row.Lang == "und" {
		row.Lang = prose.Language(m.Text)
	}
	cues = r.cues(row.Lang)
	row.Acts = speech.Of(&r.m, cues)
	if row.Acts.Has(speech.Signed) {
		row.Signature = strings.Clone(speech.SignedBy(&r.m))
	}
	r.attributes(m, row)
	switch m.Side {
	case conversation.Community:
		row.Named = r.named(m.Text)
		row.Handles = handles(m.Text)
	case conversation.Organisation:
		row.OwnLink = r.advertises(row.Acts)
		if !row.Acts.Has(speech.Empty) {
			r.copies(row)
		}
	}
	return cues
}

// undecided is the language of texts that are read with the cues of both.
const undecided = "und"

// cues is by which language's cues a text is read that is said to be in one:
// fr, en or undecided.
func (r *Reader) cues(lang string) string {
	if lang != "fr" && lang != "en" {
		lang = r.language()
	}
	if lang == "" {
		return undecided
	}
	return lang
}

// thanksCues is the same for thanks, of a language as the source tells it. One that
// is neither French nor English is taken at its word.
func (r *Reader) thanksCues(tag string) string {
	switch lang, _, _ := strings.Cut(tag, "-"); lang {
	case "", "fr", "en":
		return r.cues(lang)
	}
	return undecided
}

// language is the language of the author's own words.
func (r *Reader) language() string {
	if !r.asked {
		r.asked, r.tongue = true, r.m.Language()
	}
	return r.tongue
}

// base is the primary language of a BCP 47 tag: fr of fr-CA.
func base(tag string) string {
	tag, _, _ = strings.Cut(strings.ToLower(tag), "-")
	return tag
}

// attributes reads what the source says besides.
func (r *Reader) attributes(m *conversation.Message, row *Row) {
	more := m.Attributes
	if more == "" {
		return
	}
	row.Wordless = m.Text == "" && more.Wordless()
	row.Spam = truth(more, "spam")
	row.Affiliated = truth(more, "affiliated") || truth(more, "staff")
	if m.Side == conversation.Organisation {
		row.Agent = more.Text("agent")
		row.Brand = row.Agent == "" && m.Author != "" && string(m.Author) == more.Text("org")
	}
}

// giving are the keys by which a source tells of thanks.
var giving = []string{"solved_by", "accepted", "solution", "solved", "marked_by", "liked_by", "favourited_by", "thanked_by", "reactions",
	"reacted_by", "received", "paid", "price"}

// givingOf are attributes if they hold such a key; else "".
func givingOf(more conversation.Attributes) conversation.Attributes {
	if more != "" && slices.ContainsFunc(giving, func(key string) bool { return strings.Contains(string(more), key) }) {
		return more
	}
	return ""
}

func truth(more conversation.Attributes, key string) bool {
	v, _ := more.Value(key)
	yes, _ := v.(bool)
	return yes
}

// advertises tells whether a message that was read holds one of the
// organisation's own links.
func (r *Reader) advertises(acts speech.Acts) bool {
	if !acts.Has(speech.Link) || len(r.own) == 0 {
		return false
	}
	r.domains = speech.DomainsOf(r.domains[:0], &r.m)
	return slices.ContainsFunc(r.domains, func(d string) bool {
		return slices.ContainsFunc(r.own, func(own string) bool { return d == own || strings.HasSuffix(d, "."+own) })
	})
}

// values scores the values of a message that a person of one of the sides wrote
// for others to read.
func (r *Reader) values(m *conversation.Message, row *Row) {
	if r.o.Model == nil || m.Side == conversation.Unknown || m.Bot || m.Private || !m.Deleted.IsZero() {
		return
	}
	if r.scorer == nil {
		r.scorer = r.o.Model.Scorer()
	}
	lang := m.Lang[:min(2, len(m.Lang))]
	if lang != "fr" && lang != "en" {
		lang = r.language()
	}
	r.scorer.Of(&r.m, lang)
	if r.scorer.Words() < FewestWords {
		return
	}
	row.French = lang == "fr"
	row.Values = r.scored()
}

// scored are the scorer's probabilities.
func (r *Reader) scored() []float32 {
	p := r.scorer.Probabilities(nil)
	if cap(r.floats)-len(r.floats) < len(p) {
		r.floats = make([]float32, 0, 1024*len(p))
	}
	from := len(r.floats)
	for _, x := range p {
		r.floats = append(r.floats, float32(x))
	}
	return r.floats[from:len(r.floats):len(r.floats)]
}

// handles gives what stands after each @ of a text, folded, each once.
func handles(text string) (names []string) {
	for rest := text; ; {
		at := strings.IndexByte(rest, '@')
		if at < 0 {
			return names
		}
		rest = rest[at+1:]
		end := strings.IndexFunc(rest, func(c rune) bool { return !inName(c) })
		if end < 0 {
			end = len(rest)
		}
		if name := strings.TrimRight(rest[:end], ".-"); len(name) > 1 {
			if folded := string(prose.Fold(nil, name)); !slices.Contains(names, folded) {
				names = append(names, folded)
			}
		}
	}
}

func inName(c rune) bool {
	return c == '_' || c == '-' || c == '.' || unicode.IsLetter(c) || unicode.IsDigit(c)
}

// named says whether one of the names given stands in a text as a word.
func (r *Reader) named(text string) bool {
	if len(r.names) == 0 {
		return false
	}
	folded := string(prose.Fold(nil, text))
	return slices.ContainsFunc(r.names, func(name string) bool { return prose.HoldsWord(folded, name) })
}
