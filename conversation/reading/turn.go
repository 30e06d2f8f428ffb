package reading

import (
	"strings"

	"github.com/entregent/entregent/conversation/prose"
)

// classify looks every word up once.
func (r *thanksReader) classify() {
	r.class = r.class[:0]
	for _, t := range r.m.Tokens {
		c := class(0)
		if t.Kind == prose.Word {
			c = classes[t.Hash] | word
			if t.Capital {
				c |= capital
			}
		}
		r.class = append(r.class, c)
	}
}

// is tells whether token i is a word of one of some classes.
func (r *thanksReader) is(i int, c class) bool {
	return i >= 0 && i < len(r.class) && r.class[i]&c != 0
}

// sign tells whether token i is one of some signs.
func (r *thanksReader) sign(i int, signs string) bool {
	t := r.m.Tokens[i]
	return t.Kind == prose.Punct && strings.Contains(signs, t.Text(r.m.Text))
}

// sentence notes how the n-th sentence of a message thanks, and whom it speaks
// to.
func (r *thanksReader) sentence(s prose.Sentence, n int, say *Thanks) {
	thanks := false
	for i := s.From; i < s.To; i++ {
		if r.is(i, thank) {
			thanks = true
			r.thank(i, s.To)
		}
	}
	for i := s.From; i < s.To; i++ {
		switch t := r.m.Tokens[i]; {
		case t.Kind == prose.Mention:
			r.calls = append(r.calls, Call{prose.Hash(strings.TrimPrefix(t.Text(r.m.Text), "@")), place(thanks, n == 0 && i == s.From), true, false, true})
		case t.Kind == prose.Punct:
			r.how.asked = r.how.asked || t.Hash == prose.HashAsk
		case !r.is(i, word):
		case r.is(i, hail):
			r.hailed(i+1, s.To, place(r.is(i, thank), n == 0))
		case r.is(i, capital) && t.End-t.Start >= 3 && (r.heads(s, i) || r.tails(s, i, thanks) || r.joined(s, i)):
			r.calls = append(r.calls, Call{t.Hash, place(thanks, n == 0), false, false, true})
		case r.is(i, capital) && say.Thanks && t.End-t.Start >= 3:
			r.calls = append(r.calls, Call{t.Hash, Elsewhere, false, true, false})
		default:
			r.howMany(s, i, thanks, n == 0, say)
		}
	}
}

// howMany notes that more than one is thanked, or everybody.
func (r *thanksReader) howMany(s prose.Sentence, i int, thanks, head bool, say *Thanks) {
	switch {
	case i == s.From:
	case thanks && (r.is(i, all) && r.is(i-1, hail|toAll) || r.is(i, everyone)):
		say.Everybody = true
	case (thanks || head && i == s.From+1) && r.is(i, both), head && i == s.From+1 && r.is(i, all|everyone),
		r.is(i, all|both) && r.is(i-1, you), thanks && r.is(i, plural) && r.is(i-1, their):
		say.Several = true
	}
}

// thank tells what the word of thanks at token i is for: something that was
// given (thanks for the link), something hoped for (thanks for reading, merci de
// votre attention), or it doesn't say. The sentence ends before token to.
func (r *thanksReader) thank(i, to int) {
	r.how.thanks++
	if r.is(i-1, refusal) || r.is(i-2, refusal) || i+1 < to && r.is(i+1, whom) {
		r.how.pleas++
		return
	}
	if i+2 < to && r.is(i+1, toward) && r.is(i+2, you) {
		r.how.back = true
	}
	k := i + 1
	for ; k < to && (r.is(k, between|several) || r.is(k, capital) && r.m.Tokens[k].Breaks == 0); k++ {
		r.how.concrete = r.how.concrete || r.is(k, again)
	}
	if k >= to || !r.is(k, forWord|pour|de) {
		return
	}
	r.how.bids = r.how.bids || r.is(k, de) && !(k+1 < to && r.is(k+1, article))
	if r.is(i, remercier) && r.is(i-1, toYou) && r.is(k, pour) {
		r.how.concrete = true
	}
	r.object(k+1, to, r.is(k, forWord))
}

// object tells what a thanks is for by the words that follow.
func (r *thanksReader) object(from, to int, english bool) {
	for k := from; k < to; k++ {
		switch t := r.m.Tokens[k]; {
		case t.Kind == prose.Punct && !r.sign(k, "'’"):
			return
		case k < from+9 && r.is(k, hoped), r.is(k, advance):
			r.how.pleas++
			r.how.concrete = false
			return
		case k <= from+1 && r.is(k, letter):
			r.how.pleas++
			return
		case k < from+6 && r.is(k, topic):
			r.how.opening = true
		case !english || k >= from+4 || !r.is(k, word):
		case r.is(k, thing), k == from && strings.HasSuffix(t.Text(r.m.Text), "ing"), r.is(k, answer) && !r.how.asked:
			r.how.concrete = true
		}
	}
}

func place(thanks, head bool) Where {
	switch {
	case thanks:
		return Thanked
	case head:
		return Greeted
	}
	return Elsewhere
}

// hailed notes the names after a hail: thanks again to Robert, Paul and Glyn.
func (r *thanksReader) hailed(from, to int, at Where) {
	met, linked := 0, true
	for i := from; i < to; i++ {
		t := r.m.Tokens[i]
		switch {
		case t.Breaks > 0:
			return
		case t.Kind == prose.Mention: // noted by itself
			met, linked = met+1, false
		case met == 0 && i < from+4 && r.is(i, between):
		case r.is(i, join), r.sign(i, ",/&+"):
			linked = true
		case r.is(i, word) && !r.is(i, all|both|hail|forWord|pour|de) && (linked || r.is(i, capital)):
			ends := t.End-t.Start >= 2 && r.ends(i+1, to)
			r.calls = append(r.calls, Call{t.Hash, at, true, !ends || !r.is(i, capital), ends})
			met, linked = met+1, false
		default:
			return
		}
	}
}

// ends tells whether a name can end before token i: a line ends, a sign follows,
// or what the thanks is for.
func (r *thanksReader) ends(i, to int) bool {
	return i >= to || r.m.Tokens[i].Breaks > 0 || !r.is(i, word) || r.is(i, join|forWord|pour|de)
}

// heads tells whether a name stands at the head of a sentence, before a comma, a
// dash or a colon.
func (r *thanksReader) heads(s prose.Sentence, i int) bool {
	return (i == s.From || r.m.Tokens[i].Breaks > 0) && i+1 < s.To && r.sign(i+1, ",-–—:")
}

// joined tells whether a name stands in a pair at the head of a sentence: Ana and
// Bob, …
func (r *thanksReader) joined(s prose.Sentence, i int) bool {
	k := s.From
	return (i == k || i == k+2) && k+3 < s.To && r.is(k, capital) && r.is(k+1, join) && r.is(k+2, capital) && r.sign(k+3, ",-–—:")
}

// tails tells whether a name ends a clause after a comma, or without one in a
// sentence that thanks: thanks for the link Robert.
func (r *thanksReader) tails(s prose.Sentence, i int, thanks bool) bool {
	if i == s.From || r.m.Tokens[i].Breaks > 0 || !thanks && !r.sign(i-1, ",") {
		return false
	}
	return i+1 == s.To || !r.is(i+1, word) && (thanks || !r.sign(i+1, ","))
}

// lastName is the first name on the last line of a message that is signed.
func (r *thanksReader) lastName() uint64 {
	tokens := r.m.Tokens
	from := len(tokens) - 1
	for from > 0 && tokens[from].Breaks == 0 && len(tokens)-from < 6 {
		from--
	}
	for i := max(from, 0); i < len(tokens); i++ {
		if r.is(i, capital) && tokens[i].End-tokens[i].Start >= 2 && !r.is(i, hail|closing) {
			return tokens[i].Hash
		}
	}
	return 0
}
