package prose

import (
	"unicode"
	"unicode/utf8"
)

// The hash of a word is FNV-1a, 64 bits, of its folded form.
const (
	hashStart = 14695981039346656037
	hashPrime = 1099511628211
)

// folded holds the plain form of the letters U+00C0 to U+017F; "" keeps the letter.
var folded = func() (table [0x180 - 0xC0]string) {
	for plain, letters := range map[string]string{
		"a": "ÀÁÂÃÄÅàáâãäåĀāĂăĄą", "c": "ÇçĆćĈĉĊċČč", "d": "ÐðĎďĐđ", "e": "ÈÉÊËèéêëĒēĔĕĖėĘęĚě",
		"g": "ĜĝĞğĠġĢģ", "h": "ĤĥĦħ", "i": "ÌÍÎÏìíîïĨĩĪīĬĭĮįİı", "j": "Ĵĵ", "k": "Ķķ", "l": "ĹĺĻļĽľĿŀŁł",
		"n": "ÑñŃńŅņŇň", "o": "ÒÓÔÕÖØòóôõöøŌōŎŏŐő", "r": "ŔŕŖŗŘř", "s": "ŚśŜŝŞşŠšſ", "t": "ŢţŤťŦŧ",
		"u": "ÙÚÛÜùúûüŨũŪūŬŭŮůŰűŲų", "w": "Ŵŵ", "y": "ÝýÿŶŷŸ", "z": "ŹźŻżŽž",
		"ae": "Ææ", "oe": "Œœ", "ss": "ß", "th": "Þþ", "ij": "Ĳĳ",
	} {
		for _, r := range letters {
			table[r-0xC0] = plain
		}
	}
	return table
}()

// lower maps ASCII bytes to lower case and leaves the others.
var lower = func() (table [256]byte) {
	for i := range table {
		table[i] = byte(i)
		if 'A' <= i && i <= 'Z' {
			table[i] += 'a' - 'A'
		}
	}
	return table
}()

// Fold appends to dst the plain form of s: lower case, without accents, œ as oe, the curly apostrophe as the
// straight one, a letter written three times or more (merciiii, soooo; four for e) once, and the apostrophe of don't left out, so
// that "don't", "don’t" and "dont" are one word.
func Fold(dst []byte, s string) []byte {
	from := len(dst)
	run, last := 0, rune(-1)
	for i := 0; i < len(s); {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
			r = unicode.ToLower(r)
		} else {
			r = rune(lower[r])
		}
		i += size
		if r == last && unicode.IsLetter(r) {
			run++
		} else {
			run, last = 1, r
		}
		stretched := 3
		if r == 'e' { // créée, typed without accents
			stretched = 4
		}
		if run == stretched {
			dst = dst[:len(dst)-(stretched-2)*len(plain(r))]
		}
		if run < stretched {
			dst = appendPlain(dst, r)
		}
	}
	if n := len(dst); n-from > 3 && dst[n-1] == 't' && dst[n-2] == '\'' && dst[n-3] == 'n' {
		dst[n-2] = 't'
		dst = dst[:n-1]
	}
	return dst
}

// plain gives the folded form of a lower-case letter.
func plain(r rune) string {
	switch {
	case 0xC0 <= r && r < 0x180 && folded[r-0xC0] != "":
		return folded[r-0xC0]
	case 0x300 <= r && r < 0x370: // combining accents
		return ""
	case r == '’' || r == 'ʼ' || r == '‘':
		return "'"
	}
	return string(r)
}

func appendPlain(dst []byte, r rune) []byte {
	if r < 0xC0 {
		return utf8.AppendRune(dst, r)
	}
	return append(dst, plain(r)...)
}

// Hash gives the hash of the folded form of s. Two words that differ only in case, accents or apostrophes have the
// same hash.
func Hash(s string) uint64 {
	h, ok := asciiHash(s)
	if ok {
		return h
	}
	var buffer [64]byte
	return sum(Fold(buffer[:0], s))
}

// asciiHash hashes s when folding it is only lower-casing: no accent, no apostrophe, no tripled letter.
func asciiHash(s string) (uint64, bool) {
	h := uint64(hashStart)
	var last, before byte
	for i := 0; i < len(s); i++ {
		c := lower[s[i]]
		if c >= utf8.RuneSelf || c == '\'' && i > 0 || c == last && c == before {
			return 0, false
		}
		h = (h ^ uint64(c)) * hashPrime
		before, last = last, c
	}
	return h, true
}

func sum(b []byte) uint64 {
	h := uint64(hashStart)
	for _, c := range b {
		h = (h ^ uint64(c)) * hashPrime
	}
	return h
}
