package prose

import (
	"bytes"
	_ "embed"
)

// Language says in which language a text is written: "fr", "en", or "" when it can't say: too short, another language, no
// words at all. Addresses, @mentions and #hashtags don't count.
//
// It is a naive Bayes classifier over hashed runs of two, three and four bytes (Cavnar & Trenkle 1994 use ranks of the
// same features; Lui & Baldwin 2012 the same model). French and English are each weighed against a third class,
// "another language". The table is 64 KB; testdata/README.md tells what it was built from, how to build it again, and
// how often it is right.
func Language(text string) string {
	var w weight
	w.add(text)
	return w.language()
}

// Language says in which language the author's own words are written, as the function of the same name.
func (m *Message) Language() string {
	var w weight
	for _, p := range m.Parts {
		if p.Kind == Own {
			w.add(m.Text[p.Start:p.End])
		}
	}
	return w.language()
}

// language draws the conclusion.
func (w *weight) language() string {
	switch best := max(w.fr, w.en); {
	case w.letters < 2 || best < enough || w.foreign*4 > w.letters:
		return ""
	case w.fr-w.en >= apart:
		return "fr"
	case w.en-w.fr >= apart:
		return "en"
	}
	return ""
}

// What it takes to say, in sixteenths of a natural logarithm.
const (
	enough = 24 // of the best against another language
	apart  = 40 // of the best against the other one
)

// The table holds, for every bucket, the weights for French and for English, in sixteenths of a natural logarithm of the
// probability under this language over that under another.
const (
	bucketBits = 15
	buckets    = 1 << bucketBits
)

//go:embed language.bin
var languageFile []byte

// languageTable is what follows the first line of the file.
var languageTable = func() (table [buckets][2]int8) {
	_, data, _ := bytes.Cut(languageFile, []byte{'\n'})
	for i := range min(len(data)/2, buckets) {
		table[i] = [2]int8{int8(data[2*i]), int8(data[2*i+1])}
	}
	return table
}()

// weight is what a text weighs for each language.
type weight struct {
	fr, en           int
	letters, foreign int // foreign letters are of another script
	read             int // bytes looked at
}

// longest is how many bytes of letters are looked at: more would not change the answer.
const longest = 4096

// add weighs a text, or goes on with another piece of it.
func (w *weight) add(text string) {
	var buffer [512]byte
	window := uint32(' ')
	for text != "" && w.read < longest {
		var run []byte
		run, text = w.letter(buffer[:0], text)
		for _, c := range run {
			window = window<<8 | uint32(c)
			two, three, four := grams(window)
			a, b, c := languageTable[two], languageTable[three], languageTable[four]
			w.fr += int(a[0]) + int(b[0]) + int(c[0])
			w.en += int(a[1]) + int(b[1]) + int(c[1])
		}
		w.read += len(run)
	}
}

// grams gives the buckets of the last two, three and four bytes of a window.
func grams(window uint32) (two, three, four uint32) {
	return (window & 0xffff) * 0x9E3779B1 >> (32 - bucketBits),
		(window&0xffffff ^ 0x5000000) * 0x85EBCA6B >> (32 - bucketBits),
		window * 0xC2B2AE35 >> (32 - bucketBits)
}

// letter fills dst with the letters of a text and gives what is left of the text when dst is full. Words come in lower
// case with one space after each; what is no letter and no apostrophe is a space.
func (w *weight) letter(dst []byte, text string) (run []byte, rest string) {
	space := true
	for i := 0; i < len(text); {
		if len(dst)+3 > cap(dst) {
			return dst, text[i:]
		}
		if space && text[i] > ' ' && (i == 0 || text[i-1] <= ' ') {
			if end, skip := address(text, i); skip {
				i = end
				continue
			}
		}
		c, size := fold(text, i)
		i += size
		switch c {
		case pass:
			continue
		case alien:
			w.foreign++
			w.letters++
			c = ' '
		case ' ':
		default:
			w.letters++
		}
		if c != ' ' || !space {
			dst = append(dst, c)
		}
		space = c == ' '
		if size == 2 {
			dst = append(dst, text[i-1]|0x20)
		}
	}
	if !space {
		dst = append(dst, ' ')
	}
	return dst, ""
}

// What fold gives for what is no letter of ours: a letter of a script that neither language uses, and nothing at all.
const (
	pass  = 0
	alien = 1
)

// fold gives the lower-case letter at i, or the first of its two bytes, or ' ', alien or pass; and its size in the text.
func fold(text string, i int) (c byte, size int) {
	c = lower[text[i]]
	switch {
	case c < 0x80:
		if c >= 'a' && c <= 'z' || c == '\'' {
			return c, 1
		}
		return ' ', 1
	case c >= 0xC3 && c <= 0xC5 && i+1 < len(text):
		return c, 2
	case c == 0xE2 && i+2 < len(text) && text[i+1] == 0x80 && text[i+2] == 0x99:
		return '\'', 3
	case c < 0xC0, c == 0xCC, c == 0xCD: // the rest of a rune, a combining accent
		return pass, 1
	case c == 0xC2, c == 0xE2, c >= 0xEF: // signs and pictures
		return ' ', 1
	}
	return alien, 1
}

// address tells whether the piece without spaces at i is an address, a mention or a hashtag, and where it ends.
func address(text string, i int) (end int, skip bool) {
	skip = text[i] == '#'
	for end = i; end < len(text) && text[end] > ' '; end++ {
		if c := text[end]; c == '@' || c == '/' && end+1 < len(text) && text[end+1] == '/' {
			skip = true
		}
	}
	return end, skip
}
