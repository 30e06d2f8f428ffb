package ethos

import (
	"strings"

	"github.com/entregent/entregent/conversation/prose"
)

// Polarity says whether a stretch of text speaks of a value as attained or
// wanted, or as constrained: denied, lacking, made less.
type Polarity string

// The two polarities. Attained is also what is said when no cue speaks.
const (
	Attained    Polarity = "attained"
	Constrained Polarity = "constrained"
)

// cues are words just before a value that take it away. Those of two words are
// written with a space.
var cues = cueSet(
	// English
	"no", "not", "never", "without", "less", "lack", "lacks", "lacking", "lost", "lose", "loses", "losing", "loss of", "hardly", "barely", "neither", "nor",
	"deny", "denies", "denied", "denying", "reduce", "reduces", "reducing", "limit", "limits", "limiting", "restrict", "restricts", "threaten", "threatens",
	"against", "cannot", "cant", "dont", "doesnt", "didnt", "isnt", "arent", "wasnt", "wont", "wouldnt", "shouldnt", "couldnt", "havent", "hasnt",
	"deprive", "deprived", "infringe", "infringes", "undermine", "undermines", "violate", "violates", "end of", "far from",
	// French
	"pas", "ne", "n'", "jamais", "sans", "moins", "aucun", "aucune", "ni", "manque", "manquer", "perte", "perdre", "perd", "perdu", "prive", "priver", "privé",
	"réduire", "réduit", "limite", "limiter", "restreindre", "menace", "menacer", "refuser", "refuse", "empêche", "empêcher", "contre", "nuire", "nuit", "peu de",
	"fin de", "loin de", "porte atteinte", "plus aucun",
)

// lifts undo a cue that only seems to take away: "not only", "sans doute".
var lifts = cueSet("not only", "no doubt", "not just", "nothing less", "sans doute", "non seulement", "pas seulement", "ne que", "sans cesse")

func cueSet(words ...string) map[string]bool {
	set := map[string]bool{}
	for _, w := range words {
		set[string(prose.Fold(nil, w))] = true
	}
	return set
}

// reach is how many words before the last one of a stretch are looked at for a
// cue; a clause mark stops the look.
const reach = 4

// clauseMarks end a clause.
const clauseMarks = ".;:!?,()\n"

// polarity looks for a cue in front of the word that ends a span, within its
// clause. Two cues undo each other ("not without freedom").
func (s *Scorer) polarity(end int) Polarity {
	words := s.reader.words
	at := 0
	for at < len(words) && words[at].end < end {
		at++
	}
	count, last, spent := 0, "", false
	for i := at - 1; i >= 0 && i >= at-reach; i-- {
		if strings.ContainsAny(s.text[words[i].end:words[i+1].start], clauseMarks) {
			break
		}
		w := string(prose.Fold(nil, s.text[words[i].start:words[i].end]))
		switch two := w + " " + last; {
		case lifts[two]:
			if !spent && cues[last] {
				count--
			}
			spent = true
		case cues[two]:
			count, spent = count+1, true
		case w == "ne" || w == "n'":
			// The other half of ne … pas; alone it is "n'ose", "ne peut".
			if !spent && !followedByHalf(s, words, i) {
				count++
			}
			spent = true
		case cues[w]:
			count, spent = count+1, false
		default:
			spent = false
		}
		last = w
	}
	if count%2 != 0 {
		return Constrained
	}
	return Attained
}

// halves close a French negation that "ne" opened.
var halves = cueSet("pas", "jamais", "aucun", "aucune", "ni", "plus", "rien", "que")

// followedByHalf tells whether one of the two or three words after word i closes
// the negation, so that "ne … pas" counts once.
func followedByHalf(s *Scorer, words []word, i int) bool {
	for k := i + 1; k < len(words) && k <= i+3; k++ {
		if halves[string(prose.Fold(nil, s.text[words[k].start:words[k].end]))] {
			return true
		}
	}
	return false
}
