package lang

import (
	"math"
	"strconv"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// number is a number as a sentence says it: 1.0 and 1 are two.
type number struct {
	value  float64 // NaN: none was said
	digits int     // behind the point
}

// form is the number's plural form in a language, by CLDR's rules
// (unicode.org/reports/tr35/tr35-numbers.html#Operands).
func (n number) form(tag language.Tag) plural.Form {
	if math.IsNaN(n.value) || math.IsInf(n.value, 0) {
		return plural.Other
	}
	whole, fraction, _ := strings.Cut(strconv.FormatFloat(math.Abs(n.value), 'f', n.digits, 64), ".")
	trimmed := strings.TrimRight(fraction, "0")
	return plural.Cardinal.MatchPlural(tag, operand(whole), len(fraction), len(trimmed), operand(fraction), operand(trimmed))
}

// operand is a run of digits, modulo 10^7 where it is long, as MatchPlural takes
// it.
func operand(digits string) int {
	if len(digits) > 7 {
		zero := strings.Trim(digits[:len(digits)-7], "0") == ""
		digits = digits[len(digits)-7:]
		if !zero && strings.Trim(digits, "0") == "" { // ten millions aren't none
			return 10_000_000
		}
	}
	n, _ := strconv.Atoi(digits) // "": 0
	return n
}
