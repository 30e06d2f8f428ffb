package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// elided are the words that lose their last letter before a vowel.
var elided = map[string]bool{
	"l": true, "d": true, "j": true, "m": true, "t": true, "s": true, "c": true, "n": true, "y": true, "qu": true,
	"jusqu": true, "lorsqu": true, "puisqu": true, "quoiqu": true, "quelqu": true, "presqu": true,
}

// endings are what English joins to a word by an apostrophe.
var endings = map[string]bool{"s": true, "m": true, "re": true, "ve": true, "ll": true, "d": true}

// word reads the word at i, or the address or e-mail that begins as a word.
func (s *scanner) word(i int) Token {
	text := s.text
	end := s.letters(i)
	if end < len(text) {
		if strings.IndexByte("@._+-", text[end]) >= 0 {
			if at := s.email(i); at > 0 {
				return s.token(Email, i, at)
			}
		}
		if text[end] == ':' || text[end] == '.' {
			if to := s.address(i, end); to > 0 {
				return s.token(URL, i, to)
			}
		}
	}
	if mark := apostrophe(text, end); mark > 0 {
		end = s.join(i, end, mark)
	} else if end-i == 1 && end < len(text) { // T_T, x)
		if strings.HasPrefix(text[i:], "T_T") {
			return s.token(Emoticon, i, i+3)
		}
	}
	t := s.token(Word, i, end)
	r, _ := utf8.DecodeRuneInString(text[i:])
	t.Capital = unicode.IsUpper(r)
	return t
}

// join decides where the word text[i:end], followed by an apostrophe of mark bytes, ends.
func (s *scanner) join(i, end, mark int) int {
	after := s.letters(end + mark)
	ending := endings[s.text[end+mark:after]]
	var buffer [16]byte
	switch {
	case end-i <= 6 && !ending && elided[string(Fold(buffer[:0], s.text[i:end]))]:
		return end + mark // l'
	case ending || after == end+mark:
		return end // 's follows as a word of its own
	}
	return after // don't, aujourd'hui, o'clock
}

// ending reads 's, 're, 'll at the apostrophe at i; another apostrophe is nothing.
func (s *scanner) ending(i int) Token {
	mark := apostrophe(s.text, i)
	after := s.letters(i + mark)
	if i > s.first && !s.bare(i) && endings[s.text[i+mark:after]] {
		return s.token(Word, i, after)
	}
	return Token{Kind: none, End: i + mark}
}

// letters gives the end of the letters, digits and inner underscores at i. An apostrophe that begins a word is read by
// the word itself.
func (s *scanner) letters(i int) int {
	end := i
	for end < len(s.text) {
		c := s.text[end]
		if isLetter(c) || isDigit(c) {
			end++
			continue
		}
		if c == '_' && end > i && end+1 < len(s.text) && (isLetter(s.text[end+1]) || isDigit(s.text[end+1])) && s.text[end-1] != 'T' {
			end++
			continue
		}
		if c < utf8.RuneSelf {
			break
		}
		r, size := utf8.DecodeRuneInString(s.text[end:])
		if !unicode.IsLetter(r) && !unicode.IsMark(r) || isEmoji(r) || r == 0xFE0F || r == 0x20E3 {
			break
		}
		end += size
	}
	return end
}

// apostrophe gives the length of the apostrophe at i, 0 if there is none.
func apostrophe(text string, i int) int {
	switch {
	case i >= len(text):
		return 0
	case text[i] == '\'':
		return 1
	case strings.HasPrefix(text[i:], "’"):
		return len("’")
	}
	return 0
}
