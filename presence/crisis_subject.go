package presence

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/prose"
)

// subject is what a surge is about: the words that came with it. Empty: nothing
// sets its messages apart, and everything is about it.
type subject map[uint64]topic

// topic is a word of a subject.
type topic struct {
	text   string
	times  float64 // logarithm of how many times as often as before it is said
	weight float64 // G²: how clearly more often
}

const (
	subjectSurge = 7 * aDay  // of the surge are read
	subjectPast  = 91 * aDay // before it
	subjectMost  = 4000      // messages read on each side at most
	subjectShare = .02       // of the surge's messages have the word, at least
	subjectTimes = 4         // as often as before, at least
	aboutIt      = 3.5       // the logarithms of a text's words sum up to this: 33 times likelier in the surge
)

// subject compares what the community wrote in the surge with what it wrote
// before: a message counts a word once.
func (r *facts) subject(from, to int64) subject {
	surge, ns := r.vocabulary(from, min(to, from+subjectSurge))
	past, np := r.vocabulary(from-subjectPast, from-1)
	s := subject{}
	for hash, w := range surge {
		k, b := w.weight, 0.0
		if p := past[hash]; p != nil {
			b = p.weight
		}
		times := k / ns / ((b + .5) / (np + 1))
		if k < 3 || k < subjectShare*ns || times < subjectTimes {
			continue
		}
		all := (k + b) / (ns + np)
		g := k * math.Log(k/(ns*all))
		if b > 0 {
			g += b * math.Log(b/(np*all))
		}
		s[hash] = topic{w.text, math.Log(times), 2 * g}
	}
	return s
}

// vocabulary counts, for each word, the community's messages that hold it.
func (r *facts) vocabulary(from, until int64) (words map[uint64]*topic, messages float64) {
	var said []int
	for i := range r.acts {
		if e := r.at(int32(i)); e.Side == conversation.Community && e.Time >= from && e.Time <= until {
			said = append(said, i)
		}
	}
	words = map[uint64]*topic{}
	var m prose.Message
	every := 1 + len(said)/subjectMost
	for k := 0; k < len(said); k += every {
		m.Read(r.log.Text(said[k]))
		for _, t := range vocabulary(&m) {
			if words[t.Hash] == nil {
				words[t.Hash] = &topic{text: strings.ToLower(t.Text(m.Text))}
			}
			words[t.Hash].weight++
		}
		messages++
	}
	return words, messages
}

// vocabulary lists the distinct words of a message, the short ones and those
// that lean on the next (jusqu') left out.
func vocabulary(m *prose.Message) []prose.Token {
	words := slices.DeleteFunc(slices.Clone(m.Tokens), func(t prose.Token) bool {
		text := t.Text(m.Text)
		return t.Kind != prose.Word && t.Kind != prose.Hashtag || len(text) < 4 || strings.HasSuffix(text, "'") || strings.HasSuffix(text, "’")
	})
	slices.SortStableFunc(words, func(a, b prose.Token) int { return cmp.Compare(a.Hash, b.Hash) })
	return slices.CompactFunc(words, func(a, b prose.Token) bool { return a.Hash == b.Hash })
}

// in says whether a text is about the subject.
func (s subject) in(text string) bool {
	if len(s) == 0 {
		return true
	}
	var m prose.Message
	m.Read(text)
	sum := 0.0
	for _, t := range vocabulary(&m) {
		sum += s[t.Hash].times
	}
	return sum >= aboutIt
}

// loudest lists the words that stand out most clearly, of those said at least
// twice as often again as a subject asks for: they are for people to read.
func (s subject) loudest(n int) []string {
	all := make([]topic, 0, len(s))
	for _, t := range s {
		if t.times >= math.Log(2*subjectTimes) {
			all = append(all, t)
		}
	}
	slices.SortFunc(all, func(a, b topic) int { return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.text, b.text)) })
	words := []string{}
	for _, t := range all[:min(n, len(all))] {
		words = append(words, t.text)
	}
	return words
}
