package phrase

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/entregent/entregent/conversation/prose"
)

// Item is a piece of the text that is being read: at first one word, number or
// sign; later a whole date or place. Text is what patterns see: the folded word,
// or a name in angle brackets such as <date>.
type Item struct {
	Text     string
	From, To int  // byte offsets in the original text
	Glued    bool // nothing stands between it and the item before
	Capital  bool // begins with an upper-case letter
	Value    any  // what was recognised
}

// Reading is a text in the course of being read.
type Reading struct {
	Original string
	Items    []Item
}

// Read cuts a text into items. Letters and digits are apart (8h30 is 8, h, 30),
// apostrophes separate and vanish, every other sign is an item of its own.
func Read(text string) *Reading {
	r := &Reading{Original: text}
	for i := 0; i < len(text); {
		c, size := utf8.DecodeRuneInString(text[i:])
		class := runeClass(c)
		end := i + size
		for class < sign && end < len(text) {
			next, n := utf8.DecodeRuneInString(text[end:])
			if runeClass(next) != class {
				break
			}
			end += n
		}
		if class != blank {
			r.add(text, i, end, c)
		}
		i = end
	}
	return r
}

const (
	blank = iota
	letters
	digits
	sign
)

func runeClass(c rune) int {
	switch {
	case unicode.IsSpace(c) || c == '\'' || c == '’' || c == '‘' || c == 'ʼ' || c == 0xFE0F || c == 0x200D:
		return blank
	case unicode.IsLetter(c) || unicode.Is(unicode.Mn, c):
		return letters
	case unicode.IsDigit(c):
		return digits
	}
	return sign
}

// signs gives the folded form of signs that are written in several ways.
var signs = map[rune]string{'–': "-", '—': "-", '‑': "-", '−': "-", '→': ">", '⇒': ">", '➡': ">", '➔': ">", '»': `"`, '«': `"`, '“': `"`, '”': `"`, '…': "."}

func (r *Reading) add(text string, from, to int, first rune) {
	t := Item{From: from, To: to, Glued: from > 0 && r.ends(from), Capital: unicode.IsUpper(first)}
	t.Text = string(prose.Fold(nil, text[from:to]))
	if s, ok := signs[first]; ok {
		t.Text = s
	}
	if t.Text == ">" && t.Glued && len(r.Items) > 0 && r.Items[len(r.Items)-1].Text == "-" { // ->
		r.Items[len(r.Items)-1].Text = ">"
		r.Items[len(r.Items)-1].To = to
		return
	}
	if t.Text == "" || t.Text == "<" {
		t.Text = "."
	}
	r.Items = append(r.Items, t)
}

// ends says whether the last item ends at from: nothing stands between.
func (r *Reading) ends(from int) bool {
	return len(r.Items) > 0 && r.Items[len(r.Items)-1].To == from
}

// line is what patterns are matched against: the items' texts, each with a space
// on both sides, and the offset of each.
func (r *Reading) line() (string, []int) {
	var b strings.Builder
	at := make([]int, 0, len(r.Items)+1)
	b.WriteByte(' ')
	for _, t := range r.Items {
		at = append(at, b.Len())
		b.WriteString(t.Text)
		b.WriteByte(' ')
	}
	return b.String(), append(at, b.Len())
}

// Replace puts one item in the place of items i to j.
func (r *Reading) Replace(i, j int, text string, value any) {
	first := r.Items[i]
	t := Item{Text: text, From: first.From, To: r.Items[j-1].To, Glued: first.Glued, Capital: first.Capital, Value: value}
	r.Items = append(r.Items[:i], append([]Item{t}, r.Items[j:]...)...)
}

// Words are the original words of items i to j.
func (r *Reading) Words(i, j int) string {
	if i >= j {
		return ""
	}
	return r.Original[r.Items[i].From:r.Items[j-1].To]
}

// part is the reading of items i to j alone.
func (r *Reading) Part(i, j int) *Reading {
	return &Reading{Original: r.Original, Items: append([]Item(nil), r.Items[i:j]...)}
}

// Folded is the plain form of a name: lower case, no accents, no hyphens, one
// space between words.
func Folded(name string) string {
	var w []string
	for _, t := range Read(name).Items {
		if t.Text != "-" && t.Text != "." {
			w = append(w, t.Text)
		}
	}
	return strings.Join(w, " ")
}
