package speech

import (
	"strings"
	"unicode/utf8"

	"github.com/entregent/entregent/conversation/prose"
)

// Signature gives the name or the initials with which a person signed a message: Marie in "… — Marie", AB in "… ^AB",
// Marie Durand in "Cordialement, Marie Durand". ok is false when nobody did.
func Signature(text string) (name string, ok bool) {
	var m prose.Message
	m.Read(text)
	name = SignedBy(&m)
	return name, name != ""
}

// SignedBy is Signature for a message that has been read already; "" when nobody signed it. The name is a piece of the
// message's text.
func SignedBy(m *prose.Message) string {
	_, name := signature(m)
	return name
}

// closings are the words after which a name may stand on the same line.
var closings = wordSet("regards cordialement amicalement sincerely amities bises cdlt cdt best wishes bientot vous faithfully cheers hordiennement")

// signature gives the token at which a signature begins, and the name. Without a signature it gives the number of tokens.
func signature(m *prose.Message) (int, string) {
	end := len(m.Tokens)
	for end > 0 && trails(m.Tokens[end-1]) {
		end--
	}
	from := end
	for from > 0 && end-from < 3 && named(m, from-1) {
		if m.Tokens[from-1].Breaks > 0 || from < end && marked(m, from) {
			from--
			break
		}
		from--
	}
	for ; from < end; from++ {
		if from > 0 && signs(m, from, end) {
			return begin(m, from), m.Text[m.Tokens[from].Start:m.Tokens[end-1].End]
		}
	}
	return len(m.Tokens), ""
}

// trails tells whether a token may come after a signature: a link, a picture, the 2/2 of a cut message.
func trails(t prose.Token) bool {
	return t.Kind == prose.URL || t.Kind == prose.Emoji || t.Kind == prose.Emoticon || t.Kind == prose.Hashtag || t.Kind == prose.Number && t.End-t.Start == 3
}

// named tells whether token i may be part of a name: a capitalised word, or initials.
func named(m *prose.Message, i int) bool {
	t := m.Tokens[i]
	return t.Kind == prose.Word && t.End-t.Start <= 20 && (t.Capital || marked(m, i) && t.End-t.Start <= 3)
}

// signs tells whether the name at tokens from to end is a signature.
func signs(m *prose.Message, from, end int) bool {
	if marked(m, from) {
		return true
	}
	t, before := m.Tokens[from], m.Tokens[from-1]
	if english().alone(t.Hash) || french().alone(t.Hash) {
		return false
	}
	if before.Kind == prose.Punct && from > 1 {
		if before.Text(m.Text) != "," && t.Breaks == 0 {
			return false
		}
		before = m.Tokens[from-2]
	}
	return t.Breaks > 0 && end == len(m.Tokens) || closings[before.Hash]
}

// marked tells whether one of ^ - — / * ~ stands just before token i, and a space or a full stop before that.
func marked(m *prose.Message, i int) bool {
	before := strings.TrimRight(m.Text[:m.Tokens[i].Start], " \u00a0")
	spaced := len(before) < m.Tokens[i].Start
	for _, mark := range []string{"^", "-", "—", "–", "/", "*", "~"} {
		if rest, ok := strings.CutSuffix(before, mark); ok {
			if spaced && (mark == "/" || mark == "*") {
				return false
			}
			rest = strings.TrimRight(rest, mark)
			return rest == "" || strings.ContainsAny(rest[len(rest)-1:], " \n.!?)\"") || rest[len(rest)-1] >= utf8.RuneSelf
		}
	}
	return false
}

// begin gives the first token of a signature whose name begins at token from: its mark goes with it.
func begin(m *prose.Message, from int) int {
	if t := m.Tokens[from-1]; t.Kind == prose.Punct && strings.ContainsAny(t.Text(m.Text), "^-—–/~") {
		return from - 1
	}
	return from
}
