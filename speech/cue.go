package speech

import (
	"strings"

	"github.com/entregent/entregent/prose"
)

// A cue is a turn of phrase by which an act is recognised, written in a small language. Words stand for themselves, in any
// case, with or without accents; punctuation is read over.
//
//	(a|b c)   one of these
//	[a|b]     perhaps one of these
//	*         any one word
//	..        up to four words, whatever they are
//	^ $       the beginning and the end of the sentence; ^ comes after a greeting, a name that is addressed, a "but"
type cue struct {
	acts    Acts
	phrases []string
}

// lexicon is a set of cues turned into a tree of words.
type lexicon struct {
	root  map[uint64]int32 // first word → node
	edges map[edge]int32
	nodes []node
}

type edge struct {
	node int32
	word uint64
}

// node is a place in the tree. Steps that are no words are kept here.
type node struct {
	acts     Acts // what is recognised here
	ends     bool // a cue ends here
	final    Acts // what is recognised here at the end of a sentence
	atEnd    bool
	any, gap int32 // next node after any one word, after up to four; 0 is none
}

// anchor is the word that stands for the beginning of a sentence.
const anchor = 1

// compile builds a lexicon.
func compile(tables ...[]cue) *lexicon {
	l := &lexicon{root: map[uint64]int32{}, edges: map[edge]int32{}, nodes: make([]node, 1)}
	for _, table := range tables {
		for _, c := range table {
			for _, phrase := range c.phrases {
				for _, plain := range spell(phrase) {
					l.add(plain, c.acts)
				}
			}
		}
	}
	return l
}

// spell writes out the alternatives of a phrase.
func spell(phrase string) []string {
	from := strings.IndexAny(phrase, "([")
	if from < 0 {
		return []string{phrase}
	}
	shut := map[byte]string{'(': ")", '[': "]"}[phrase[from]]
	to := from + strings.Index(phrase[from:], shut)
	choices := strings.Split(phrase[from+1:to], "|")
	if phrase[from] == '[' {
		choices = append(choices, "")
	}
	var all []string
	for _, rest := range spell(phrase[to+1:]) {
		for _, choice := range choices {
			all = append(all, phrase[:from]+choice+rest)
		}
	}
	return all
}

// add puts one plain phrase into the tree.
func (l *lexicon) add(phrase string, acts Acts) {
	at, final := int32(0), false
	for _, piece := range strings.Fields(phrase) {
		switch piece {
		case "*":
			at = l.step(at, false)
		case "..":
			at = l.step(at, true)
		case "^":
			at = l.follow(at, anchor)
		case "$":
			final = true
		default:
			for _, t := range prose.Tokens(nil, piece) {
				at = l.follow(at, t.Hash)
			}
		}
	}
	if final {
		l.nodes[at].final |= acts
		l.nodes[at].atEnd = true
		return
	}
	l.nodes[at].acts |= acts
	l.nodes[at].ends = true
}

// step follows * or .. from a node.
func (l *lexicon) step(at int32, gap bool) int32 {
	next := &l.nodes[at].any
	if gap {
		next = &l.nodes[at].gap
	}
	if *next == 0 {
		*next = int32(len(l.nodes))
		l.nodes = append(l.nodes, node{})
		return int32(len(l.nodes)) - 1
	}
	return *next
}

// follow follows a word from a node.
func (l *lexicon) follow(at int32, word uint64) int32 {
	var next int32
	if at == 0 {
		next = l.root[word]
	} else {
		next = l.edges[edge{at, word}]
	}
	if next != 0 {
		return next
	}
	next = int32(len(l.nodes))
	l.nodes = append(l.nodes, node{})
	if at == 0 {
		l.root[word] = next
	} else {
		l.edges[edge{at, word}] = next
	}
	return next
}

// hit is a cue found: words[from:to] of a sentence.
type hit struct {
	from, to int
	acts     Acts
}

// find appends the cues that begin at the word at.
func (l *lexicon) find(hits []hit, words []uint64, at int, first bool) []hit {
	if n := l.root[words[at]]; n != 0 {
		hits = l.walk(hits, words, at, at+1, n)
	}
	if first {
		if n := l.root[anchor]; n != 0 {
			hits = l.walk(hits, words, at, at, n)
		}
	}
	return hits
}

func (l *lexicon) walk(hits []hit, words []uint64, from, at int, n int32) []hit {
	for {
		now := &l.nodes[n]
		if now.ends {
			hits = append(hits, hit{from, at, now.acts})
		}
		if now.atEnd && at == len(words) {
			hits = append(hits, hit{from, at, now.final})
		}
		if at >= len(words) {
			return hits
		}
		if now.any != 0 {
			hits = l.walk(hits, words, from, at+1, now.any)
		}
		if now.gap != 0 {
			for skip := 0; skip <= 4 && at+skip <= len(words); skip++ {
				hits = l.walk(hits, words, from, at+skip, now.gap)
			}
		}
		next, ok := l.edges[edge{n, words[at]}]
		if !ok {
			return hits
		}
		n, at = next, at+1
	}
}

// outdone drops the cues that lie inside a longer one: "merci de ne pas" is no thanks.
func outdone(hits []hit) []hit {
	kept := hits[:0:len(hits)]
	for i, h := range hits {
		if !inside(h, hits[i+1:], kept) {
			kept = append(kept, h)
		}
	}
	return kept
}

// inside tells whether a longer cue holds h, or an equal one came before.
func inside(h hit, later, earlier []hit) bool {
	for _, g := range later {
		if g.from <= h.from && g.to >= h.to && g.to-g.from > h.to-h.from {
			return true
		}
	}
	for _, g := range earlier {
		if g.from <= h.from && g.to >= h.to && g.to-g.from > h.to-h.from {
			return true
		}
	}
	return false
}
