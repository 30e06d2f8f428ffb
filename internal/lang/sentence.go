package lang

import (
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"unicode"
)

// The spaces of typography: neither breaks a line.
const (
	narrow = "\u202f" // before ; : ! ? % and inside «  », between thousands
	fixed  = "\u00a0" // between a number and its unit
)

// fill writes a sentence: verbs take the blanks in order, brackets choose
// between singular and plural by the number said last.
func (l Language) fill(sentence string, blanks []any) string {
	var b strings.Builder
	last := math.NaN()
	for sentence != "" {
		i := strings.IndexAny(sentence, "%[")
		if i < 0 {
			break
		}
		b.WriteString(sentence[:i])
		sentence = sentence[i:]
		if sentence[0] == '[' {
			one, many, rest := choices(sentence)
			if l.tongue().one(last) {
				many = one
			}
			b.WriteString(many)
			sentence = rest
			continue
		}
		end := 1 + strings.IndexAny(sentence[1:], "dsfg%")
		verb := sentence[:end+1]
		sentence = sentence[end+1:]
		if verb == "%%" {
			b.WriteByte('%')
			continue
		}
		if len(blanks) == 0 {
			b.WriteByte('?')
			continue
		}
		said, number := l.blank(verb, blanks[0])
		b.WriteString(said)
		blanks = blanks[1:]
		if !math.IsNaN(number) {
			last = number
		}
	}
	b.WriteString(sentence)
	return b.String()
}

// choices splits "[one|many] and the rest"; a bracket without a bar is only a
// bracket.
func choices(s string) (one, many, rest string) {
	end := strings.IndexByte(s, ']')
	if end < 0 {
		return s, s, ""
	}
	one, many, ok := strings.Cut(s[1:end], "|")
	if !ok {
		return s[:end+1], s[:end+1], s[end+1:]
	}
	return one, many, s[end+1:]
}

// blank writes one blank by its verb, and gives its number if it is one.
func (l Language) blank(verb string, value any) (said string, number float64) {
	v := reflect.ValueOf(value)
	switch {
	case verb == "%s" || !v.IsValid():
		return fmt.Sprint(value), math.NaN()
	case v.CanInt():
		number = float64(v.Int())
	case v.CanUint():
		number = float64(v.Uint())
	case v.CanFloat():
		number = v.Float()
	default:
		return fmt.Sprint(value), math.NaN()
	}
	digits := 0
	if _, d, ok := strings.Cut(verb, "."); ok {
		digits, _ = strconv.Atoi(strings.TrimRight(d, "fg"))
	}
	shown := math.Pow10(digits)
	return l.Decimal(number, digits), math.Round(number*shown) / shown // 1.4 said as 1 is one
}

// typeset puts French spaces where they belong: the catalogue is written with
// plain ones, which can be seen and searched.
var typeset = strings.NewReplacer(
	" ;", narrow+";", " :", narrow+":", " !", narrow+"!", " ?", narrow+"?", " %%", narrow+"%%",
	"« ", "«"+narrow, " »", narrow+"»",
).Replace

// stretch makes every word 40 % longer by doubling letters, and leaves verbs
// and brackets alone.
func stretch(sentence string) string {
	var b strings.Builder
	verb, owed := false, 0.0
	for _, r := range sentence {
		b.WriteRune(r)
		switch {
		case r == '%':
			verb = !verb
		case verb:
			verb = !strings.ContainsRune("dsfg", r)
		case unicode.IsLetter(r):
			if owed += .4; owed >= .5 {
				b.WriteRune(r)
				owed--
			}
		}
	}
	return b.String()
}
