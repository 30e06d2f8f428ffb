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
// among the plural forms by the number said last.
func (l Language) fill(sentence string, blanks []any) string {
	var b strings.Builder
	last := number{value: math.NaN()}
	for sentence != "" {
		i := strings.IndexAny(sentence, "%[")
		if i < 0 {
			break
		}
		b.WriteString(sentence[:i])
		sentence = sentence[i:]
		if sentence[0] == '[' {
			forms, rest := choices(sentence)
			b.WriteString(l.catalogue().choose(forms, last))
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
		said, n := l.blank(verb, blanks[0])
		b.WriteString(said)
		blanks = blanks[1:]
		if !math.IsNaN(n.value) {
			last = n
		}
	}
	b.WriteString(sentence)
	return b.String()
}

// choices splits "[one|other] and the rest"; a bracket without a bar is only a
// bracket.
func choices(s string) (forms []string, rest string) {
	end := strings.IndexByte(s, ']')
	if end < 0 {
		return []string{s}, ""
	}
	if forms = strings.Split(s[1:end], "|"); len(forms) == 1 {
		return []string{s[:end+1]}, s[end+1:]
	}
	return forms, s[end+1:]
}

// blank writes one blank by its verb, and gives its number if it is one.
func (l Language) blank(verb string, value any) (said string, n number) {
	v := reflect.ValueOf(value)
	switch {
	case verb == "%s" || !v.IsValid():
		return fmt.Sprint(value), number{value: math.NaN()}
	case v.CanInt():
		n.value = float64(v.Int())
	case v.CanUint():
		n.value = float64(v.Uint())
	case v.CanFloat():
		n.value = v.Float()
	default:
		return fmt.Sprint(value), number{value: math.NaN()}
	}
	if _, d, ok := strings.Cut(verb, "."); ok {
		n.digits, _ = strconv.Atoi(strings.TrimRight(d, "fg"))
	}
	return l.Decimal(n.value, n.digits), n // 1.4 said as 1 is one: form rounds too
}

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
