package speech

import (
	"iter"
	"strings"
	"sync"

	"github.com/entregent/entregent/conversation/prose"
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
	r.m, r.cues = m, lexiconOf(m, lang)
	return r.read() & shown
}

// lexiconOf chooses the cues for a message.
func lexiconOf(m *prose.Message, lang string) *lexicon {
	if lang == "" {
		lang = m.Language()
	}
	switch lang {
	case "fr":
		return french()
	case "en":
		return english()
	}
	return both()
}

// The lexicons are made when they are first asked for, in a few milliseconds each.
var (
	french  = sync.OnceValue(func() *lexicon { return compile(cuesFR, cuesBoth) })
	english = sync.OnceValue(func() *lexicon { return compile(cuesEN, cuesBoth) })
	both    = sync.OnceValue(func() *lexicon { return compile(cuesFR, cuesEN, cuesBoth) })
)

// reader holds the memory of one reading.
type reader struct {
	m     *prose.Message
	cues  *lexicon
	words []uint16 // the words of the sentence at hand, as the lexicon numbers them
	index []int    // their tokens
	first []bool   // whether a sentence, or as good as one, begins with the word
	asks  bool     // the sentence holds a question mark
	hits  []hit
	// closing tells that the sentence stands between what the message says and the signature: "Thanks, Mike".
	closing bool
}

var readers = sync.Pool{New: func() any { return new(reader) }}

// Words that stand for a kind of token in the cues.
var (
	aNumber = prose.Hash("@number")
	aURL    = prose.Hash("@url")
	anEmail = prose.Hash("@email")
)

// ou and où are two words, though their folded form is one.
var (
	hashOu    = prose.Hash("ou")
	hashWhere = prose.Hash("@où")
)

// wordOf gives the word by which the cues know a token of a text.
func wordOf(t prose.Token, text string) uint64 {
	switch t.Kind {
	case prose.Word:
		if t.Hash == hashOu && strings.ContainsAny(t.Text(text), "ùÙ") {
			return hashWhere
		}
	case prose.Number:
		return aNumber
	case prose.URL:
		return aURL
	case prose.Email:
		return anEmail
	}
	return t.Hash
}

// read puts the sentences together.
func (r *reader) read() Acts {
	end, _ := signature(r.m)
	acts := r.marks(end)
	words, grievances := 0, 0
	for s := range pieces(r.m, end) {
		r.closing = s.To == end && end < len(r.m.Tokens) && acts.Has(Substance) && !acts.Any(Solved|SelfSolved|Praise)
		acts |= r.sentence(s, acts)
		words += len(r.words)
		for _, h := range r.hits {
			if h.acts.Has(Complaint) {
				grievances++
			}
		}
	}
	if words == 0 {
		acts |= Empty
	}
	if grievances == 1 && words > longWords {
		acts &^= Complaint
	}
	return acts
}

// longPiece is how many tokens are read at once: nobody writes longer sentences, but machines do.
const longPiece = 200

// pieces gives the sentences of a message up to the token end, the longest ones cut.
func pieces(m *prose.Message, end int) iter.Seq[prose.Sentence] {
	return func(yield func(prose.Sentence) bool) {
		for _, s := range m.Sentences {
			for from := s.From; from < min(s.To, end); from += longPiece {
				if !yield(prose.Sentence{From: from, To: min(from+longPiece, s.To, end)}) {
					return
				}
			}
		}
	}
}

// longWords is how long a message must be for a single cue of complaint in it to be a passing remark.
const longWords = 60

// sentence tells what one sentence does, after what the message has done before it.
func (r *reader) sentence(s prose.Sentence, before Acts) Acts {
	r.find(s)
	var acts Acts
	for _, h := range r.hits {
		acts |= h.acts
	}
	if r.asks && len(r.words) > 0 && !acts.Any(soft) {
		acts |= Question
	}
	if acts.Has(Deflection) {
		acts &^= Question | Request
	}
	if acts.Any(Solved) && r.supposed(Solved) {
		acts &^= Solved
	}
	if acts.Any(formula | Apology) { // sorry that your order is late
		acts &^= Complaint
	}
	if acts.Any(Complaint) {
		acts &^= Praise
	}
	if acts.Has(Thanks) && r.early(before) {
		acts = acts&^Thanks | courtesy
	}
	if r.substance(acts) {
		acts |= Substance
	}
	return acts
}

// find lists the cues of a sentence.
func (r *reader) find(s prose.Sentence) {
	r.gather(s)
	r.hits = r.hits[:0]
	for i := range r.words {
		r.hits = r.cues.find(r.hits, r.words, i, r.first[i])
	}
	r.hits = outdone(r.hits)
}

// early tells whether the thanks of a sentence are for an answer that is still to come: they name nothing, and end a
// message, or a sentence, that asks something or sends elsewhere, and nothing got better before.
func (r *reader) early(before Acts) bool {
	const ask = Question | Request | Complaint | Deflection
	if r.closing && len(r.words) <= 2 {
		return true
	}
	asked := before.Any(ask) && !before.Any(Solved|Thanks)
	for _, h := range r.hits {
		switch {
		case h.acts.Any(ask):
			asked = true
		case h.acts.Has(Thanks) && (!h.acts.Has(vague) || !asked):
			return false
		}
	}
	return true
}

// supposed tells whether an act is only a case considered: if, when or si comes before it.
func (r *reader) supposed(act Acts) bool {
	for _, h := range r.hits {
		if !h.acts.Any(act) {
			continue
		}
		for _, at := range r.index[:h.from] {
			if ifs[r.m.Tokens[at].Hash] {
				return true
			}
		}
	}
	return false
}

var ifs = wordSet("if when until once si s' quand lorsque lorsqu'")

// openers may stand before the beginning of a sentence; turns begin one anew in its middle.
var (
	openers = wordSet("hi hello hey dear bonjour bonsoir salut coucou ok okay so but and also well oh ah hum hmm euh mais et alors donc sinon bon ben bah enfin " +
		"anyway yes no oui non please svp stp all everyone guys team tous toutes folks then now actually sorry pardon lol yo hiya quick one " +
		"merci thanks cheers re dis tiens tien du coup bref puis apres however ps edit btw just juste petite question")
	turns = wordSet("but mais sinon")
)

func wordSet(list string) map[uint64]bool {
	set := map[uint64]bool{}
	for _, t := range prose.Tokens(nil, list) {
		set[t.Hash] = true
	}
	return set
}

// gather lists the words of a sentence. A sentence as good as begins after each opener that begins it, after the name that
// follows, after a colon, a semicolon or a dash, and after "but"; never with an opening quote.
func (r *reader) gather(s prose.Sentence) {
	r.words, r.index, r.first, r.asks = r.words[:0], r.index[:0], r.first[:0], false
	first := true
	for i := s.From; i < s.To; i++ {
		t := r.m.Tokens[i]
		switch t.Kind {
		case prose.Punct:
			r.asks = r.asks || t.Hash == prose.HashAsk && !r.quoted(i)
			mark := t.Text(r.m.Text)
			first = (first || strings.Contains(":;-–—", mark)) && !strings.Contains("\"«“", mark)
			continue
		case prose.Mention, prose.Emoji, prose.Emoticon:
			continue
		}
		word := r.cues.words[wordOf(t, r.m.Text)]
		if word == 0 && t.Kind == prose.Hashtag { // #disappointed
			word = r.cues.words[prose.Hash(r.m.Text[t.Start+1:t.End])]
		}
		r.words = append(r.words, word)
		r.index = append(r.index, i)
		r.first = append(r.first, first)
		name := t.Capital && len(r.words) > 1
		first = first && (openers[t.Hash] || name) || turns[t.Hash]
	}
}

// quoted tells whether the punctuation at token i stands just before a closing quote: the author asks nothing by it.
func (r *reader) quoted(i int) bool {
	if i+1 == len(r.m.Tokens) || r.m.Tokens[i+1].Start > r.m.Tokens[i].End {
		return false
	}
	next := r.m.Tokens[i+1]
	return next.Kind == prose.Punct && strings.Contains("\"»”", next.Text(r.m.Text))
}

// hollow are the acts that may fill a sentence without saying anything.
const hollow = Acknowledgement | Deflection | Thanks | Withdrawn | Apology | Promise | Automatic | Greeting | courtesy | formula

// substance tells whether a sentence with these acts says something of its own. A sentence that acknowledges or deflects
// does so only by way of an answer beside it; a courteous one if enough words are left; any other by its first word.
func (r *reader) substance(acts Acts) bool {
	switch {
	case acts.Any(Question | Request | Complaint | Solved | SelfSolved):
		return true
	case acts.Any(Acknowledgement | Deflection | formula):
		return acts.Any(answer)
	case acts.Any(Apology | Promise):
		return r.rest() > 4
	case acts.Any(Praise):
		return r.rest() > 3
	case acts.Any(hollow):
		return r.rest() > 2
	}
	return acts.Any(answer) || r.rest() > 0
}

// fillers are the words that say nothing by themselves.
var fillers = wordSet("the a an of to for in on at by with and or it is are be as that this you your u me my i we our us he she they them his her their am was " +
	"will would can could do does so very much too both all again just really le la les l' un une des de d' du et ou a au aux en y je j' tu te t' toi vous nous on " +
	"il elle se s' me m' moi ce c' cette ces mon ma mes ton ta tes votre vos notre nos est suis es etes sommes sont pour par sur avec tres trop bien tout tous toutes deux si ne n' pas que qu'")

// rest counts the words that no hollow cue covers, fillers, openers and names left out.
func (r *reader) rest() int {
	n, names := 0, 0
	for i, at := range r.index {
		t := r.m.Tokens[at]
		switch {
		case t.Kind == prose.URL, t.Kind == prose.Hashtag, openers[t.Hash], fillers[t.Hash], r.covered(i):
		case t.Capital && i > 0:
			names++
		default:
			n++
		}
	}
	if names > 3 { // SHOUTED WORDS
		n += names
	}
	return n
}

// covered tells whether a hollow cue covers a word.
func (r *reader) covered(i int) bool {
	for _, h := range r.hits {
		if h.from <= i && i < h.to && h.acts.Any(hollow) {
			return true
		}
	}
	return false
}
