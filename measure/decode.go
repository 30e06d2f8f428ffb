package measure

import (
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// UnmarshalJSON reads what MarshalJSON wrote; null is NaN, whether it was that or
// had no bound.
func (e *Estimate) UnmarshalJSON(b []byte) error {
	var in struct {
		Center     *float64 `json:"center"`
		Lo         *float64 `json:"lo"`
		Hi         *float64 `json:"hi"`
		Confidence float64  `json:"confidence"`
		N          int      `json:"n"`
		Unit       Unit     `json:"unit"`
		Doubts     []Doubt  `json:"doubts"`
	}
	if err := json.Unmarshal(b, &in); err != nil {
		return fmt.Errorf("reading an estimate: %w", err)
	}
	*e = Estimate{Infinite(in.Center), Infinite(in.Lo), Infinite(in.Hi), in.Confidence, in.N, in.Unit, in.Doubts}
	return nil
}

// Infinite gives NaN for nil: the way back of [Finite].
func Infinite(x *float64) float64 {
	if x == nil {
		return math.NaN()
	}
	return *x
}

// UnmarshalJSON reads what MarshalJSON wrote, so that the doubt says the same and
// can be said in another language.
func (d *Doubt) UnmarshalJSON(b []byte) error {
	var text string
	if err := json.Unmarshal(b, &text); err != nil {
		return fmt.Errorf("reading a doubt: %w", err)
	}
	*d = ParseDoubt(text)
	return nil
}

// ParseDoubt reads what String wrote. A sentence that isn't the one of the code
// (another version's) stays as it is.
func ParseDoubt(text string) Doubt {
	code, sentence, _ := strings.Cut(text, ": ")
	if English[code] == "" {
		return Doubt{Code: text}
	}
	verbs, pattern := patternOf(code)
	found := pattern.FindStringSubmatch(sentence)
	if found == nil {
		return Doubt{Code: text}
	}
	d := Doubt{Code: code}
	for i, verb := range verbs {
		d.Blanks = append(d.Blanks, blank(verb, found[i+1]))
	}
	return d
}

// blank reads what was written by a verb of fmt.
func blank(verb, text string) any {
	switch verb[len(verb)-1] {
	case 'd':
		if n, err := strconv.Atoi(text); err == nil {
			return n
		}
	case 'f':
		if x, err := strconv.ParseFloat(text, 64); err == nil {
			return x
		}
	}
	if code, _, inner := strings.Cut(text, ": "); inner && English[code] != "" {
		return ParseDoubt(text)
	}
	return text
}

var (
	aVerb    = regexp.MustCompile(`%(?:\.\d)?[dsfv%]`)
	patterns sync.Map // by code
)

type sentence struct {
	verbs   []string
	pattern *regexp.Regexp
}

// patternOf is the sentence of a code, as an expression in which each verb is a
// group.
func patternOf(code string) ([]string, *regexp.Regexp) {
	if known, ok := patterns.Load(code); ok {
		s := known.(sentence)
		return s.verbs, s.pattern
	}
	var s sentence
	text, from := English[code], 0
	var b strings.Builder
	b.WriteString(`^`)
	for _, at := range aVerb.FindAllStringIndex(text, -1) {
		b.WriteString(regexp.QuoteMeta(text[from:at[0]]))
		switch verb := text[at[0]:at[1]]; verb[len(verb)-1] {
		case '%':
			b.WriteString(`%`)
		case 'd':
			b.WriteString(`(-?\d+)`)
			s.verbs = append(s.verbs, verb)
		case 'f':
			b.WriteString(`(\S+)`)
			s.verbs = append(s.verbs, verb)
		default:
			b.WriteString(`(.*?)`)
			s.verbs = append(s.verbs, verb)
		}
		from = at[1]
	}
	b.WriteString(regexp.QuoteMeta(text[from:]) + `$`)
	s.pattern = regexp.MustCompile(b.String())
	patterns.Store(code, s)
	return s.verbs, s.pattern
}
