package speech

import (
	"sync"

	"github.com/entregent/entregent/prose"
)

// Read tells what a message does. lang is "fr", "en", or "" to let the text say; a text that doesn't say is read with the
// cues of both languages. Only the author's own words count: quotes, code and signatures are left out.
func Read(text, lang string) Acts {
	m := messages.Get().(*prose.Message)
	defer messages.Put(m)
	m.Read(text)
	return Of(m, lang)
}

var messages = sync.Pool{New: func() any { return new(prose.Message) }}

// Of is Read for a message that has been read already.
func Of(m *prose.Message, lang string) Acts {
	r := readers.Get().(*reader)
	defer readers.Put(r)
	return r.read(m, lexiconOf(m.Text, lang)) & shown
}

// reader holds the memory of one reading.
type reader struct {
	m     *prose.Message
	cues  *lexicon
	words []uint64 // the words of the sentence at hand
	index []int    // their tokens
	fresh []bool   // whether a clause begins with the word
	asks  bool     // the sentence holds a question mark
	hits  []hit
}

var readers = sync.Pool{New: func() any { return new(reader) }}

// Words that stand for a kind of token in the cues.
var (
	aNumber = prose.Hash("@number")
	aURL    = prose.Hash("@url")
	anEmail = prose.Hash("@email")
)

func (r *reader) read(m *prose.Message, cues *lexicon) Acts {
	r.m, r.cues = m, cues
	acts := addresses(m)
	words := 0
	end, signed := signature(m)
	if signed {
		acts |= Signed
	}
	for _, s := range m.Sentences {
		if s.From >= end {
			break
		}
		s.To = min(s.To, end)
		acts |= r.sentence(s)
		words += len(r.words)
	}
	if words == 0 && !signed {
		acts |= Empty
	}
	return acts
}

// sentence tells what one sentence does.
func (r *reader) sentence(s prose.Sentence) Acts {
	r.gather(s)
	r.hits = r.hits[:0]
	for i := range r.words {
		r.hits = r.cues.find(r.hits, r.words, i, r.fresh[i])
	}
	r.hits = outdone(r.hits)
	var acts Acts
	for _, h := range r.hits {
		acts |= h.acts
	}
	return r.judge(acts)
}

// openers may stand before the beginning of a sentence.
var openers = words("hi hello hey dear bonjour bonsoir salut coucou ok okay so but and also well oh ah hum hmm euh mais et alors donc sinon bon ben bah enfin" +
	" anyway yes no oui non please svp stp all everyone guys team tous toutes folks then now actually sorry pardon desole lol yo")

func words(list string) map[uint64]bool {
	set := map[uint64]bool{}
	for _, t := range prose.Tokens(nil, list) {
		set[t.Hash] = true
	}
	return set
}

// gather lists the words of a sentence. A clause begins with the sentence, after a comma, a colon, a bracket, and after
// each opener that begins a clause itself.
func (r *reader) gather(s prose.Sentence) {
	r.words, r.index, r.fresh, r.asks = r.words[:0], r.index[:0], r.fresh[:0], false
	fresh := true
	for i := s.From; i < s.To; i++ {
		t := r.m.Tokens[i]
		h := t.Hash
		switch t.Kind {
		case prose.Word, prose.Hashtag:
		case prose.Number:
			h = aNumber
		case prose.URL:
			h = aURL
		case prose.Email:
			h = anEmail
		case prose.Punct:
			r.asks = r.asks || h == prose.HashAsk
			fresh = true
			continue
		default:
			continue
		}
		r.words, r.index, r.fresh = append(r.words, h), append(r.index, i), append(r.fresh, fresh)
		fresh = fresh && openers[h]
	}
}

// hollow are the acts that may fill a sentence without saying anything.
const hollow = Acknowledgement | Deflection | Thanks | Praise | Withdrawn | Apology | Promise | Automatic | Greeting | courtesy

// judge weighs the acts of a sentence against each other.
func (r *reader) judge(acts Acts) Acts {
	if acts.Has(Thanks) && acts.Any(sour) {
		acts = acts&^Thanks | Complaint
	}
	if r.asks && !acts.Any(soft|Deflection) {
		acts |= Question
	}
	if acts.Any(answer|Question|Complaint|Solved) || !acts.Any(Acknowledgement|Deflection) && r.rest() > 0 {
		acts |= Substance
	}
	return acts
}

// rest counts the words that no hollow cue covers.
func (r *reader) rest() int {
	n := 0
	for i, w := range r.words {
		if openers[w] || r.covered(i) || w == aURL {
			continue
		}
		if i > 0 && r.m.Tokens[r.index[i]].Capital && (openers[r.words[i-1]] || r.covered(i-1)) {
			continue // a name
		}
		n++
	}
	return n
}

func (r *reader) covered(i int) bool {
	for _, h := range r.hits {
		if h.from <= i && i < h.to && h.acts.Any(hollow) {
			return true
		}
	}
	return false
}
