package phrase

import (
	"fmt"
	"regexp"
	"strings"
)

// Patterns are written as people say them, and compiled to regular expressions
// over a reading's line:
//
//	cherche|recherche [une] place     | between words of one place; what stands in [ ] may be missing
//	(a donner / a prendre)            / between several words; // is the sign itself
//	# #=31 #=year                     a number in digits; one of 1 to 31; a year of this century
//	repar~                            any word that begins so
//	*                                 any one word
//	...                               none to four words, within the same clause
//	<date> <n>                        what was recognised before
//	^ $                               the first and last place of the line
//	{weekday}                         any word of the list of that name

// Compile turns a pattern into a regular expression that matches whole items of
// a reading. lists holds the words of each list, with | between them.
func Compile(pattern string, lists map[string]string) (*regexp.Regexp, error) {
	p := pattern
	for name, words := range lists {
		p = strings.ReplaceAll(p, "{"+name+"}", words)
	}
	if i := strings.IndexByte(p, '{'); i >= 0 {
		return nil, fmt.Errorf("pattern %q: no list %q", pattern, p[i:])
	}
	fields := strings.Fields(spaced.Replace(p))
	var b strings.Builder
	b.WriteString(`(?: )`)
	for i := 0; i < len(fields); i++ {
		piece(&b, fields[i])
	}
	re, err := regexp.Compile(b.String())
	if err != nil {
		return nil, fmt.Errorf("pattern %q: %w", pattern, err)
	}
	return re, nil
}

var spaced = strings.NewReplacer("(", " ( ", ")", " ) ", "[", " [ ", "]", " ] ")

// piece writes one field; every item ends with its space.
func piece(b *strings.Builder, field string) {
	switch field {
	case "^":
		b.Reset()
		b.WriteString(`^ `)
	case "$":
		b.WriteString(`$`)
	case "(", "[":
		b.WriteString(`(?:`)
	case ")":
		b.WriteString(`)`)
	case "]":
		b.WriteString(`)?`)
	case "/":
		b.WriteString(`|`)
	case "//":
		b.WriteString(`/ `)
	case "#", "#=24", "#=31", "#=60", "#=12", "#=year":
		b.WriteString(figures[field])
	case "*":
		b.WriteString(`[^ ]+ `)
	case "...":
		b.WriteString(`(?:[^ ,;.!?]+ ){0,4}?`)
	default:
		var ways []string
		for w := range strings.SplitSeq(field, "|") {
			ways = append(ways, word(w))
		}
		b.WriteString(`(?:` + strings.Join(ways, "|") + `) `)
	}
}

var figures = map[string]string{
	"#": `[0-9]+ `, "#=12": `(?:0?[1-9]|1[0-2]) `, "#=24": `(?:[01]?[0-9]|2[0-4]) `, "#=31": `(?:0?[1-9]|[12][0-9]|3[01]) `,
	"#=60": `[0-5][0-9] `, "#=year": `20[0-9][0-9] `,
}

func word(w string) string {
	if f, ok := figures[w]; ok {
		return strings.TrimSpace(f)
	}
	if stem, ok := strings.CutSuffix(w, "~"); ok && stem != "" {
		return regexp.QuoteMeta(stem) + `[^ ]*`
	}
	return regexp.QuoteMeta(w)
}

// Find gives the first match of re in the reading, as items i to j, from item
// start on; j is 0 when there is none.
func (r *Reading) Find(re *regexp.Regexp, start int) (i, j int) {
	line, at := r.line()
	if start >= len(r.Items) {
		return 0, 0
	}
	from := at[start] - 1
	if strings.HasPrefix(re.String(), "^") && start > 0 {
		return 0, 0
	}
	m := re.FindStringIndex(line[from:])
	if m == nil {
		return 0, 0
	}
	a, z := from+m[0]+1, from+m[1]
	for k, o := range at {
		if o == a {
			i = k
		}
		if o == z {
			j = k
		}
	}
	return i, j
}

// Has says whether re matches anywhere.
func (r *Reading) Has(re *regexp.Regexp) bool {
	line, _ := r.line()
	return re.MatchString(line)
}

// Must is [Compile] without lists for patterns that are part of a program; it
// panics when the pattern is none.
func Must(pattern string) *regexp.Regexp {
	re, err := Compile(pattern, nil)
	if err != nil {
		panic(err)
	}
	return re
}
