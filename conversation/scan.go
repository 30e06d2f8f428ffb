package conversation

import (
	"encoding/json"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// The grammar of JSON (RFC 8259), as functions from where something starts to
// where it ends.

// space skips what may stand between things.
func space(s string, i int) int {
	for i < len(s) && (s[i] == ' ' || s[i] == '\t' || s[i] == '\n' || s[i] == '\r') {
		i++
	}
	return i
}

// wordEnd finds the end of the string that starts at s[i]; plain is true when
// it holds no escape.
func wordEnd(s string, i int) (end int, plain, ok bool) {
	if i == len(s) || s[i] != '"' {
		return i, false, false
	}
	plain = true
	for i++; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"':
			return i + 1, plain, true
		case c < ' ':
			return i, plain, false
		case c == '\\':
			plain = false
			if i++; i == len(s) {
				return i, plain, false
			}
			switch s[i] {
			case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
			case 'u':
				if !isHex4(s, i+1) {
					return i, plain, false
				}
				i += 4
			default:
				return i, plain, false
			}
		}
	}
	return i, plain, false
}

// word reads the string that starts at s[i].
func (o *object) word(s string, i int) (value string, end int, ok bool) {
	end, plain, ok := wordEnd(s, i)
	if !ok {
		return "", end, false
	}
	if plain {
		return s[i+1 : end-1], end, true
	}
	o.scratch = unescape(o.scratch[:0], s[i+1:end-1])
	return string(o.scratch), end, true
}

// unescape appends what a well-formed string says. Half of a surrogate pair
// becomes U+FFFD, as in encoding/json.
func unescape(to []byte, s string) []byte {
	from := 0
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' {
			continue
		}
		to = append(to, s[from:i]...)
		i++
		switch c := s[i]; c {
		case 'b':
			to = append(to, '\b')
		case 'f':
			to = append(to, '\f')
		case 'n':
			to = append(to, '\n')
		case 'r':
			to = append(to, '\r')
		case 't':
			to = append(to, '\t')
		case 'u':
			r := hex4(s, i+1)
			i += 4
			if utf16.IsSurrogate(r) {
				pair := rune(utf8.RuneError)
				if i+6 < len(s) && s[i+1] == '\\' && s[i+2] == 'u' {
					pair = utf16.DecodeRune(r, hex4(s, i+3))
				}
				if r = pair; pair != utf8.RuneError {
					i += 6
				}
			}
			to = utf8.AppendRune(to, r)
		default:
			to = append(to, c)
		}
		from = i + 1
	}
	return append(to, s[from:]...)
}

func isHex4(s string, i int) bool {
	if i+4 > len(s) {
		return false
	}
	for _, c := range []byte(s[i : i+4]) {
		if (c < '0' || '9' < c) && (c|0x20 < 'a' || 'f' < c|0x20) {
			return false
		}
	}
	return true
}

func hex4(s string, i int) rune {
	n, _ := strconv.ParseUint(s[i:i+4], 16, 16) // isHex4 was asked before
	return rune(n)
}

// scalarEnd finds the end of a number, true, false or null.
func scalarEnd(s string, i int) (end int, ok bool) {
	for _, word := range [...]string{"null", "true", "false"} {
		if len(s)-i >= len(word) && s[i:i+len(word)] == word {
			return i + len(word), true
		}
	}
	if i < len(s) && s[i] == '-' {
		i++
	}
	if i < len(s) && s[i] == '0' {
		i++
	} else if i, ok = digits(s, i); !ok {
		return i, false
	}
	if i < len(s) && s[i] == '.' {
		if i, ok = digits(s, i+1); !ok {
			return i, false
		}
	}
	if i < len(s) && (s[i] == 'e' || s[i] == 'E') {
		if i++; i < len(s) && (s[i] == '+' || s[i] == '-') {
			i++
		}
		return digits(s, i)
	}
	return i, true
}

// digits skips at least one digit.
func digits(s string, i int) (end int, ok bool) {
	start := i
	for i < len(s) && '0' <= s[i] && s[i] <= '9' {
		i++
	}
	return i, i > start
}

// deepest is how far encoding/json follows brackets into an object.
const deepest = 9999

// nestedEnd finds the end of an array or object and leaves its grammar to the
// standard library.
func nestedEnd(s string, i int) (end int, ok bool) {
	start, depth := i, 0
	for i < len(s) {
		switch s[i] {
		case '"':
			if i, _, ok = wordEnd(s, i); !ok {
				return i, false
			}
			continue
		case '{', '[':
			if depth++; depth > deepest {
				return i, false
			}
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1, json.Valid([]byte(s[start : i+1]))
			}
		}
		i++
	}
	return i, false
}
