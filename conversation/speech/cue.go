package speech

import (
	"slices"
	"strings"

	"github.com/entregent/entregent/conversation/prose"
)

// A cue is a turn of phrase by which an act is recognised, written in a small language. Words stand for themselves, in any
// case, with or without accents; punctuation is read over; numbers, addresses and e-mail addresses are written @number,
// @url and @email.
//
//	(a|b c)   one of these
//	[a|b]     perhaps one of these
//	*         any one word, also as a choice
//	..        up to four words, whatever they are
//	^ $       first and last: the beginning of a sentence (after a greeting, a name that is addressed, a "but") and its end
//
// A cue that lies inside a longer one doesn't count: "merci de ne pas" is no thanks, "how to" in "I know how to" no question.
type cue struct {
	acts    Acts
	phrases []string
}

// lexicon is a set of cues made ready. Words that stand in no cue are all the word 0.
type lexicon struct {
	words   map[uint64]uint16 // hash of a word → its number, from 1
	starts  [][]int32         // number of a word → phrases that may begin with it
	phrases []phrase
}

// phrase is a sequence of steps.
type phrase struct {
	acts         Acts
	steps        []step
	first, final bool     // bound to the beginning, to the end of a sentence
	second       []uint64 // words that may come second, a bit each; nil if any may, or none need
}

// step is one piece of a phrase.
type step struct {
	kind    stepKind
	one     []uint64   // choices of one word, a bit each
	several [][]uint16 // choices of several words
	wild    bool       // any one word is a choice
}

type stepKind uint8

const (
	choice  stepKind = iota // ( )
	perhaps                 // [ ]
	anyWord                 // *
	anyGap                  // ..
)

// longestGap is how many words .. may stand for.
const longestGap = 4

// compile makes a lexicon.
func compile(tables ...[]cue) *lexicon {
	l := &lexicon{words: map[uint64]uint16{}}
	for _, table := range tables {
		for _, c := range table {
			for _, text := range c.phrases {
				l.phrases = append(l.phrases, l.phrase(text, c.acts))
			}
		}
	}
	l.starts = make([][]int32, len(l.words)+1)
	for i, p := range l.phrases {
		for _, word := range p.beginnings() {
			l.starts[word] = append(l.starts[word], int32(i))
		}
		l.phrases[i].second = p.seconds()
	}
	return l
}

// phrase reads one phrase.
func (l *lexicon) phrase(text string, acts Acts) phrase {
	p := phrase{acts: acts}
	for text = strings.TrimSpace(text); text != ""; text = strings.TrimSpace(text) {
		piece, kind := "", choice
		switch text[0] {
		case '(', '[':
			shut := strings.IndexAny(text, ")]")
			piece, text = text[:shut+1], text[shut+1:]
			if piece[0] == '[' {
				kind = perhaps
			}
			piece = piece[1 : len(piece)-1]
		default:
			end := strings.IndexAny(text, " ([")
			if end < 0 {
				end = len(text)
			}
			piece, text = text[:end], text[end:]
		}
		switch piece {
		case "^":
			p.first = true
		case "$":
			p.final = true
		case "*":
			p.steps = append(p.steps, step{kind: anyWord})
		case "..":
			p.steps = append(p.steps, step{kind: anyGap})
		default:
			p.steps = append(p.steps, l.step(piece, kind))
		}
	}
	return p
}

// step reads the choices of one step.
func (l *lexicon) step(text string, kind stepKind) step {
	s := step{kind: kind}
	for _, option := range strings.Split(text, "|") {
		var words []uint16
		for _, t := range prose.Tokens(nil, option) {
			if t.Kind != prose.Punct {
				words = append(words, l.number(wordOf(t, option)))
			}
		}
		switch len(words) {
		case 0:
			s.wild = s.wild || strings.TrimSpace(option) == "*"
		case 1:
			s.one = setBit(s.one, words[0])
		default:
			s.several = append(s.several, words)
		}
	}
	slices.SortFunc(s.several, func(a, b []uint16) int { return len(b) - len(a) })
	return s
}

// number gives a word's number, a new one if need be.
func (l *lexicon) number(word uint64) uint16 {
	n, ok := l.words[word]
	if !ok {
		n = uint16(len(l.words) + 1)
		l.words[word] = n
	}
	return n
}

func setBit(set []uint64, n uint16) []uint64 {
	for len(set) <= int(n/64) {
		set = append(set, 0)
	}
	set[n/64] |= 1 << (n % 64)
	return set
}

func hasBit(set []uint64, n uint16) bool {
	return int(n/64) < len(set) && set[n/64]>>(n%64)&1 != 0
}

// beginnings lists the words with which a phrase may begin.
func (p *phrase) beginnings() []uint16 {
	var first []uint16
	for _, s := range p.steps {
		for n := range uint16(len(s.one) * 64) {
			if hasBit(s.one, n) {
				first = append(first, n)
			}
		}
		for _, words := range s.several {
			first = append(first, words[0])
		}
		if s.kind != perhaps {
			break
		}
	}
	slices.Sort(first)
	return slices.Compact(first)
}

// seconds gives the words of which one must follow the first; nil when there is no such set, which is always right.
func (p *phrase) seconds() []uint64 {
	if s := p.steps[0]; s.kind != choice || s.wild || len(p.steps) < 2 {
		return nil
	}
	set := []uint64{0}
	for _, words := range p.steps[0].several {
		set = setBit(set, words[1])
	}
	if len(p.steps[0].one) == 0 {
		return set
	}
	for i, s := range p.steps[1:] {
		if s.kind > perhaps || s.wild || s.kind == perhaps && i+2 == len(p.steps) {
			return nil
		}
		for n := range uint16(len(s.one) * 64) {
			if hasBit(s.one, n) {
				set = setBit(set, n)
			}
		}
		for _, words := range s.several {
			set = setBit(set, words[0])
		}
		if s.kind == choice {
			break
		}
	}
	return set
}

// hit is a cue found: words[from:to] of a sentence.
type hit struct {
	from, to int
	acts     Acts
}

// find appends the cues that begin at words[at]; first tells whether a sentence begins there.
func (l *lexicon) find(hits []hit, words []uint16, at int, first bool) []hit {
	if words[at] == 0 {
		return hits
	}
	for _, i := range l.starts[words[at]] {
		p := &l.phrases[i]
		if p.first && !first || p.second != nil && (at+1 == len(words) || !hasBit(p.second, words[at+1])) {
			continue
		}
		if to := p.match(words, at, 0); to > at {
			hits = append(hits, hit{at, to, p.acts})
		}
	}
	return hits
}

// match gives the end of the words that steps[k:] cover from at on, -1 if they don't.
func (p *phrase) match(words []uint16, at, k int) int {
	for ; k < len(p.steps); k++ {
		s := &p.steps[k]
		switch s.kind {
		case anyWord:
			if at++; at > len(words) {
				return -1
			}
			continue
		case anyGap:
			for gap := 0; gap <= longestGap && at+gap <= len(words); gap++ {
				if to := p.match(words, at+gap, k+1); to >= 0 {
					return to
				}
			}
			return -1
		}
		for _, several := range s.several {
			if at+len(several) <= len(words) && slices.Equal(several, words[at:at+len(several)]) {
				if to := p.match(words, at+len(several), k+1); to >= 0 {
					return to
				}
			}
		}
		one := at < len(words) && (s.wild || hasBit(s.one, words[at]))
		if one && s.kind == perhaps {
			if to := p.match(words, at+1, k+1); to >= 0 {
				return to
			}
		}
		switch {
		case s.kind == perhaps:
		case one:
			at++
		default:
			return -1
		}
	}
	if p.final && at < len(words) {
		return -1
	}
	return at
}

// outdone makes one hit of those that cover the same words, and drops those that lie inside a longer one.
func outdone(hits []hit) []hit {
	kept := hits[:0]
next:
	for i, h := range hits {
		for k := range kept {
			if kept[k].from == h.from && kept[k].to == h.to {
				kept[k].acts |= h.acts
				continue next
			}
		}
		if !inside(h, kept) && !inside(h, hits[i+1:]) {
			kept = append(kept, h)
		}
	}
	return kept
}

// inside tells whether a longer cue holds h.
func inside(h hit, others []hit) bool {
	for _, g := range others {
		if g.from <= h.from && g.to >= h.to && g.to-g.from > h.to-h.from {
			return true
		}
	}
	return false
}

// alone tells whether a word is a cue all by itself.
func (l *lexicon) alone(word uint64) bool {
	n := l.words[word]
	for _, i := range l.starts[n] {
		if l.phrases[i].match([]uint16{n}, 0, 0) == 1 {
			return true
		}
	}
	return false
}
