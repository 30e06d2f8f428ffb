package prose

// Kind says what a token is.
type Kind uint8

// The kinds of tokens.
const (
	Word     Kind = iota // letters, with digits and underscores inside: rocket, emonTx3; l' and 's are words too
	Number               // begins with a digit: 12, 10h30, 3.14, 2017-05-01, 5pm
	Mention              // @name, @name@server
	Hashtag              // #word
	URL                  // https://…, www.…, name.com/…
	Email                // name@server.tld
	Emoji                // 🙂, with its joined parts; :shortcode:
	Emoticon             // :-) ^^ <3
	Punct                // a run of . ! ? …, or one other sign
)

var kindNames = [...]string{"word", "number", "mention", "hashtag", "url", "email", "emoji", "emoticon", "punct"}

// String gives the kind's name.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "unknown"
}

// Token is a piece of a text. The text itself isn't copied: text[Start:End] is the piece.
type Token struct {
	Start, End int    // byte offsets in the text
	Hash       uint64 // Hash of the piece; for a run of punctuation, of "?", "!", "…" or "." (the first that it holds)
	Kind       Kind
	Breaks     uint8 // line breaks just before: 0, 1, or 2 for a blank line and more
	Capital    bool  // a word that begins with an upper-case letter
}

// Text gives the token's piece of the text it was read from.
func (t Token) Text(text string) string { return text[t.Start:t.End] }

// Tokens appends to dst the tokens of text, in order; white space is left out. Elisions are split (l'économie gives l'
// and économie; aujourd'hui stays whole), and so are English endings ('s, 're, 'll, …) and the parts of a
// hyphenated word; don't stays whole. Nothing is allocated but dst.
func Tokens(dst []Token, text string) []Token {
	return appendTokens(dst, text, 0, len(text))
}

// appendTokens reads text[from:to]. Offsets count from the start of text.
func appendTokens(dst []Token, text string, from, to int) []Token {
	s := scanner{text: text[:to], first: from, at: from - 1}
	var breaks uint8
	for i := from; i < to; {
		c := text[i]
		if c == '\n' {
			breaks = min(breaks+1, 2)
		}
		if c <= ' ' {
			i++
			continue
		}
		t := s.next(i)
		if t.End <= i { // a byte that is nothing: half a rune, a space of another script
			i++
			continue
		}
		t.Breaks = breaks
		if t.Kind != none {
			dst, breaks = append(dst, t), 0
		}
		i = t.End
	}
	return dst
}
