package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// none marks something that is read over: a space of another script, a hyphen inside a word.
const none Kind = 255

// scanner recognises the token that begins at a place.
type scanner struct {
	text  string
	first int // nothing before first is looked at
	at    int // the next @, or before it
}

// next gives the token at i, where no ASCII space stands. Its Kind is none for what is not worth a token.
func (s *scanner) next(i int) Token {
	text, c := s.text, s.text[i]
	switch {
	case c >= utf8.RuneSelf:
		return s.wide(i)
	case isDigit(c):
		if end := s.face(i); end > 0 {
			return s.token(Emoticon, i, end)
		}
		if end := s.email(i); end > 0 {
			return s.token(Email, i, end)
		}
		return s.token(Number, i, s.number(i))
	case isLetter(c):
		return s.word(i)
	case c == '@' && s.bare(i):
		if end := s.mention(i); end > 0 {
			return s.token(Mention, i, end)
		}
	case c == '#' && s.bare(i):
		if end := s.hashtag(i); end > 0 {
			return s.token(Hashtag, i, end)
		}
	case c == '&':
		if end := strings.IndexByte(text[i:min(len(text), i+8)], ';'); end > 1 && isLetter(text[i+1]) {
			return s.token(Punct, i, i+end+1)
		}
	case c == ':' || c == ';' || c == '=' || c == '<' || c == '^' || c == '-':
		if end := s.shortcode(i); end > 0 {
			return s.token(Emoji, i, end)
		}
		if end := s.face(i); end > 0 {
			return s.token(Emoticon, i, end)
		}
	case c == '.' || c == '!' || c == '?':
		return s.stop(i)
	case c == '\'':
		return s.ending(i)
	case c == '_' || c == '*':
		return Token{Kind: none, End: i + 1}
	}
	if c == '-' && !s.bare(i) && i+1 < len(text) && (isLetter(text[i+1]) || text[i+1] >= utf8.RuneSelf) {
		return Token{Kind: none, End: i + 1} // the hyphen of pourriez-vous
	}
	return s.token(Punct, i, i+1)
}

func (s *scanner) token(k Kind, i, end int) Token {
	return Token{Start: i, End: end, Hash: Hash(s.text[i:end]), Kind: k}
}

// bare tells whether no letter or digit stands just before i.
func (s *scanner) bare(i int) bool {
	return i == s.first || !isLetter(s.text[i-1]) && !isDigit(s.text[i-1]) && s.text[i-1] < utf8.RuneSelf ||
		strings.HasSuffix(s.text[s.first:i], "\u00a0") || strings.HasSuffix(s.text[s.first:i], "’")
}

// wide reads what begins with a byte above ASCII: a letter, an emoji, a sign, a space.
func (s *scanner) wide(i int) Token {
	r, size := utf8.DecodeRuneInString(s.text[i:])
	switch {
	case r == utf8.RuneError && size == 1:
		return Token{Kind: none, End: i + 1}
	case isEmoji(r):
		return s.token(Emoji, i, s.emoji(i))
	case unicode.IsLetter(r):
		return s.word(i)
	case r == '…':
		return s.stop(i)
	case unicode.IsDigit(r):
		return s.token(Number, i, i+size)
	case r == '’':
		return s.ending(i)
	case unicode.IsSpace(r), unicode.IsMark(r), unicode.Is(unicode.Cf, r), r == '‘':
		return Token{Kind: none, End: i + size}
	}
	return s.token(Punct, i, i+size)
}

// stop reads a run of . ! ? and …
func (s *scanner) stop(i int) Token {
	end, dots := i, 0
	var ask, shout, more bool
	for end < len(s.text) {
		switch c := s.text[end]; {
		case c == '?':
			ask = true
		case c == '!':
			shout = true
		case c == '.':
			dots++
		case strings.HasPrefix(s.text[end:], "…"):
			more = true
			end += len("…") - 1
		default:
			goto done
		}
		end++
	}
done:
	t := Token{Start: i, End: end, Kind: Punct, Hash: hashDot}
	switch {
	case ask:
		t.Hash = HashAsk
	case shout:
		t.Hash = HashShout
	case more || dots > 1:
		t.Hash = hashMore
	}
	return t
}

// HashAsk and HashShout are the hashes of a run of punctuation with a question mark in it, and of one with an
// exclamation mark and no question mark.
var (
	HashAsk   = Hash("?")
	HashShout = Hash("!")
	hashDot   = Hash(".")
	hashMore  = Hash("…")
)

// number reads 12, 3.14, 10:30, 2017-05-01, 10h30, 5pm.
func (s *scanner) number(i int) int {
	text, end := s.text, i
	for end < len(text) {
		c := text[end]
		joined := end+1 < len(text) && isDigit(text[end+1]) && (c == '.' || c == ',' || c == ':' || c == '/' || c == '-')
		if !isDigit(c) && !isLetter(c) && !joined {
			break
		}
		end++
	}
	return end
}

// mention reads @name and @name@server.tld.
func (s *scanner) mention(i int) int {
	end := s.name(i + 1)
	if end == i+1 {
		return 0
	}
	if end < len(s.text) && s.text[end] == '@' {
		if server := s.name(end + 1); strings.IndexByte(s.text[end:server], '.') > 0 {
			end = server
		}
	}
	return end
}

// longestName bounds the search for the end of a name, so that a text made of a.a.a.a is read in linear time.
const longestName = 80

// name reads letters, digits, _ . and - and gives back the dots and hyphens at the end.
func (s *scanner) name(i int) int {
	end := i
	for end < min(len(s.text), i+longestName) && (isLetter(s.text[end]) || isDigit(s.text[end]) || strings.IndexByte("_.-", s.text[end]) >= 0) {
		end++
	}
	for end > i && (s.text[end-1] == '.' || s.text[end-1] == '-') {
		end--
	}
	return end
}

// hashtag reads # and a word with at least one letter in it.
func (s *scanner) hashtag(i int) int {
	end, letters := i+1, 0
	for end < len(s.text) {
		r, size := utf8.DecodeRuneInString(s.text[end:])
		if unicode.IsLetter(r) {
			letters++
		} else if r != '_' && !unicode.IsDigit(r) {
			break
		}
		end += size
	}
	if letters == 0 {
		return 0
	}
	return end
}

// email reads name@server.tld.
func (s *scanner) email(i int) int {
	if s.at < i {
		if n := strings.IndexByte(s.text[i:], '@'); n >= 0 {
			s.at = i + n
		} else {
			s.at = len(s.text)
		}
	}
	if s.at > i+longestName || s.at == len(s.text) {
		return 0
	}
	text, at := s.text, i
	for at < min(len(text), i+longestName) && (isLetter(text[at]) || isDigit(text[at]) || strings.IndexByte("._+-", text[at]) >= 0) {
		at++
	}
	if at == i || at+1 >= len(text) || text[at] != '@' {
		return 0
	}
	end := s.name(at + 1)
	if dot := strings.LastIndexByte(text[at:end], '.'); dot < 2 || end-at-dot < 3 {
		return 0
	}
	return end
}

// address reads a URL that begins at i, where a word begins.
func (s *scanner) address(i, word int) int {
	text := s.text
	switch {
	case strings.HasPrefix(text[word:], "://"), strings.EqualFold(text[i:word], "www") && strings.HasPrefix(text[word:], "."):
	case strings.EqualFold(text[i:word], "mailto") && strings.HasPrefix(text[word:], ":"):
	case word+1 < len(text) && text[word] == '.' && isLetter(text[word+1]) && s.domain(i):
	default:
		return 0
	}
	end := word
	for end < len(text) && text[end] > ' ' && strings.IndexByte("<>\"`|", text[end]) < 0 && !strings.HasPrefix(text[end:], "\u00a0") &&
		!strings.HasPrefix(text[end:], "»") && !strings.HasPrefix(text[end:], "”") {
		end++
	}
	return word + len(trimAddress(text[word:end]))
}

// trimAddress takes off the end of an address what belongs to the sentence around it: punctuation, and a closing bracket
// that was not opened inside.
func trimAddress(s string) string {
	round := strings.Count(s, ")") - strings.Count(s, "(")
	square := strings.Count(s, "]") - strings.Count(s, "[")
	for s != "" {
		switch c := s[len(s)-1]; {
		case c == ')' && round > 0:
			round--
		case c == ']' && square > 0:
			square--
		case strings.IndexByte(".,;:!?'*_", c) >= 0:
		case strings.HasSuffix(s, "…"):
			s = s[:len(s)-len("…")+1]
		default:
			return s
		}
		s = s[:len(s)-1]
	}
	return s
}

// domains are the endings by which a bare name.tld is known as an address. Another ending needs a path after it:
// people forget the space after a full stop.
var domains = map[string]bool{
	"com": true, "org": true, "net": true, "fr": true, "eu": true, "io": true, "uk": true, "gov": true, "edu": true, "info": true, "coop": true,
}

// domain tells whether a bare name at i is an address: example.com, t.co/x, but not "work.but".
func (s *scanner) domain(i int) bool {
	end := s.name(i)
	label := s.text[i:end]
	dot := strings.LastIndexByte(label, '.')
	if dot <= 0 {
		return false
	}
	path := end < len(s.text)-1 && s.text[end] == '/' && s.text[end+1] > ' '
	return domains[label[dot+1:]] || path && len(label)-dot <= 7
}

// shortcode reads :name: as forums write their emoji.
func (s *scanner) shortcode(i int) int {
	text := s.text
	if text[i] != ':' || i+3 > len(text) || !s.bare(i) {
		return 0
	}
	for end := i + 1; end < len(text) && end < i+34; end++ {
		c := text[end]
		if c == ':' && end > i+2 {
			return end + 1
		}
		if !isLetter(c) && !isDigit(c) && strings.IndexByte("_+-!?*", c) < 0 {
			break
		}
	}
	return 0
}

// face reads an emoticon: eyes, perhaps a nose, a mouth.
func (s *scanner) face(i int) int {
	text := s.text
	if !s.bare(i) && !strings.HasPrefix(text[i:], ":)") && !strings.HasPrefix(text[i:], ";)") {
		return 0
	}
	for _, whole := range [...]string{"<3", "</3", "^^", "^_^", "-_-", "8)", "8-)"} {
		if strings.HasPrefix(text[i:], whole) && (text[i] != '8' || i > s.first && text[i-1] == ' ') {
			return i + len(whole)
		}
	}
	if strings.IndexByte(":;=", text[i]) < 0 {
		return 0
	}
	end := i + 1
	if end < len(text) && strings.IndexByte("-o'", text[end]) >= 0 && end+1 < len(text) && strings.IndexByte(")(DPp/|\\]", text[end+1]) >= 0 {
		end++
	}
	if end >= len(text) || strings.IndexByte(")(DPpOo/\\|3*$@sS][}{", text[end]) < 0 {
		return 0
	}
	mouth := text[end]
	end++
	if (isLetter(mouth) || isDigit(mouth)) && end < len(text) && (isLetter(text[end]) || isDigit(text[end])) || text[i] == '=' && mouth == '=' {
		return 0
	}
	if mouth == '/' && end < len(text) && text[end] == '/' { // http://
		return 0
	}
	for end < len(text) && text[end] == mouth && !isLetter(mouth) {
		end++
	}
	return end
}

// isEmoji tells whether a rune is a picture.
func isEmoji(r rune) bool {
	return 0x1F000 <= r && r <= 0x1FAFF || 0x2600 <= r && r <= 0x27BF || 0x2B05 <= r && r <= 0x2B55 || r == 0x203C || r == 0x2049 || 0x231A <= r && r <= 0x23FF
}

// emoji reads a picture with what is joined to it: skin, sex, family, the second letter of a flag.
func (s *scanner) emoji(i int) int {
	r, size := utf8.DecodeRuneInString(s.text[i:])
	end, flag := i+size, isFlag(r)
	for end < len(s.text) {
		r, size = utf8.DecodeRuneInString(s.text[end:])
		switch {
		case r == 0xFE0F || 0x1F3FB <= r && r <= 0x1F3FF || 0xE0020 <= r && r <= 0xE007F:
		case flag && isFlag(r):
			flag = false
		case r == 0x200D:
			if next, n := utf8.DecodeRuneInString(s.text[end+size:]); isEmoji(next) {
				size += n
			}
		default:
			return end
		}
		end += size
	}
	return end
}

func isFlag(r rune) bool { return 0x1F1E6 <= r && r <= 0x1F1FF }

func isLetter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
