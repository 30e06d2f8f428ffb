package prose

import "unicode"

// Message is a text that has been read. The zero value is ready; reading another text uses the same memory again, so a
// Message costs nothing once it is warm, and what was taken from it is gone after the next Read.
type Message struct {
	Text      string
	Parts     []Part     // the whole text: own words, quotes, code …
	Tokens    []Token    // the author's own words only
	Sentences []Sentence // Tokens, cut
}

// Sentence is a stretch of a message's tokens: Tokens[From:To]. It is never empty.
type Sentence struct {
	From, To int
}

// Read reads a text: its parts, the tokens of the author's own words, their sentences.
func (m *Message) Read(text string) {
	m.Text = text
	m.Parts = Parts(m.Parts[:0], text)
	m.Tokens = m.Tokens[:0]
	for _, p := range m.Parts {
		if p.Kind != Own {
			continue
		}
		n := len(m.Tokens)
		m.Tokens = appendTokens(m.Tokens, text, p.Start, p.End)
		if n > 0 && n < len(m.Tokens) && m.Tokens[n].Breaks == 0 && p.Start > 0 && text[p.Start-1] == '\n' {
			m.Tokens[n].Breaks = 1
		}
	}
	m.Sentences = Sentences(m.Sentences[:0], text, m.Tokens)
}

// Sentences appends to dst the sentences of a text's tokens. A sentence ends at . ! ? … (not at the point of an
// abbreviation or an initial), at a blank line, and at a line break unless the line was long and the next word goes on in
// lower case, as in mail folded at 72 columns. Closing quotes, brackets, emoji and emoticons stay with the sentence they end.
func Sentences(dst []Sentence, text string, tokens []Token) []Sentence {
	from := 0
	for i := 1; i < len(tokens); i++ {
		if cuts(text, tokens, from, i) {
			dst = append(dst, Sentence{from, i})
			from = i
		}
	}
	if from < len(tokens) {
		dst = append(dst, Sentence{from, len(tokens)})
	}
	return dst
}

// cuts tells whether a sentence begins at token i; the one before began at from.
func cuts(text string, tokens []Token, from, i int) bool {
	t := tokens[i]
	switch {
	case t.Breaks > 1:
		return true
	case t.Breaks == 1:
		if t.Kind != Word || t.Capital || !folds(tokens, i) {
			return true
		}
	case t.Kind == Emoji || t.Kind == Emoticon || t.closes(text) || t.stops():
		return false
	}
	for last := i - 1; last >= from; last-- {
		if tokens[last].stops() {
			return last > from && !abbreviated(text, tokens, last, i) && text[tokens[last].End:t.Start] != "" || last == from
		}
		if k := tokens[last].Kind; k != Emoji && k != Emoticon && !tokens[last].closes(text) {
			return false
		}
	}
	return false
}

// fold72 is the shortest line that can have been folded by a mail program.
const fold72 = 56

// folds tells whether the line before token i is so long that a mail program may have cut it.
func folds(tokens []Token, i int) bool {
	first := i - 1
	for first > 0 && tokens[first].Breaks == 0 {
		first--
	}
	return tokens[i-1].End-tokens[first].Start >= fold72
}

// stops tells whether t is . ! ? or …
func (t Token) stops() bool {
	return t.Kind == Punct && (t.Hash == HashAsk || t.Hash == HashShout || t.Hash == hashDot || t.Hash == hashMore)
}

// closes tells whether t is a closing quote or bracket.
func (t Token) closes(text string) bool {
	if t.Kind != Punct {
		return false
	}
	switch text[t.Start:t.End] {
	case ")", "]", "\"", "»", "”":
		return true
	}
	return false
}

// abbreviations end in a point that ends no sentence when something follows.
var abbreviations = hashes("mr", "mrs", "ms", "dr", "st", "mme", "mlle", "mm", "vs", "fig", "art", "cf", "env", "tel", "approx", "ex", "no", "ie", "eg")

func hashes(words ...string) map[uint64]bool {
	set := make(map[uint64]bool, len(words))
	for _, w := range words {
		set[Hash(w)] = true
	}
	return set
}

// abbreviated tells whether the stop at last is the point of an abbreviation or an initial.
func abbreviated(text string, tokens []Token, last, i int) bool {
	if tokens[last].Hash != hashDot || tokens[i].Breaks > 0 {
		return false
	}
	w := tokens[last-1]
	if w.Kind != Word || w.End != tokens[last].Start {
		return false
	}
	if w.End-w.Start == 1 { // J. Martin, e.g., p.m.
		joined := tokens[i].Start == tokens[last].End || last > 1 && tokens[last-2].stops() && tokens[last-2].End == w.Start
		return joined || w.Capital && text[w.Start] != 'I'
	}
	if !abbreviations[w.Hash] {
		return false
	}
	for _, r := range tokens[i].Text(text) {
		return unicode.IsLetter(r) || unicode.IsDigit(r)
	}
	return false
}
