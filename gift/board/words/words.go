// Package words matches what is asked for in words with what is offered: things,
// skills and loans, in French and English and across, canapé with couch.
//
//	x := words.New(offers)
//	for _, m := range x.Find(ask, 3) { fmt.Println(m.ID, m.Why("en")) }
//
// Words are folded and stemmed (Snowball); what means the same stands on one
// line of synonyms.txt, to be read and corrected by anyone. A rare word says more
// than a common one, and what is asked for says more than what it is for. Every
// match names the words that made it.
package words

import (
	_ "embed"
	"math"
	"slices"
	"strings"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/french"

	"github.com/entregent/entregent/gift/board"
	"github.com/entregent/entregent/gift/board/phrase"
)

// Post is what is matched: words, and of which kind they are.
type Post struct {
	ID   board.PostID
	Kind board.Kind
	Lang string // fr, en, or "" when it isn't known
	Text string
}

// Pair are the words of the ask and of the offer that mean the same.
type Pair struct{ Ask, Offer string }

// Match is an offer that answers an ask.
type Match struct {
	ID     board.PostID
	Score  float64 // share of what is asked for that is offered, from Enough to 1
	Shared []Pair
}

// Enough is the least share of an ask that makes a match.
const Enough = .4

// Why says in one sentence, in French or English, why an offer is shown.
func (m Match) Why(lang string) string {
	var pairs []string
	for _, p := range m.Shared {
		w := p.Ask
		if phrase.Folded(p.Ask) != phrase.Folded(p.Offer) {
			w += " = " + p.Offer
		}
		pairs = append(pairs, w)
	}
	if lang == "fr" {
		return "Mots en commun : " + strings.Join(pairs, ", ")
	}
	return "Words in common: " + strings.Join(pairs, ", ")
}

// term is an idea or a stem of a text, with the words that say it.
type term struct {
	key    string
	words  string
	weight float64 // 1, or less for what something is for
}

// Index holds offers that can be asked for.
type Index struct {
	posts []Post
	terms [][]term
	with  map[string]int // in how many posts a term is
}

// New makes an index of offers; it doesn't change afterwards.
func New(posts []Post) *Index {
	x := &Index{posts: posts, with: map[string]int{}}
	for _, p := range posts {
		t := terms(p)
		x.terms = append(x.terms, t)
		for _, one := range t {
			x.with[one.key]++
		}
	}
	return x
}

// rarity is what a term says: 1 and more, the rarer the more.
func (x *Index) rarity(key string) float64 {
	return 1 + math.Log(float64(len(x.posts)+1)/float64(x.with[key]+1))
}

// Find gives at most k offers that answer an ask, the best first, ties in the
// order of the index. An ask without any word that says something finds nothing.
func (x *Index) Find(ask Post, k int) []Match {
	wanted := terms(ask)
	var all []Match
	for i, p := range x.posts {
		if !answers(p.Kind, ask.Kind) {
			continue
		}
		if m := x.compare(wanted, x.terms[i]); m.Score >= Enough {
			m.ID = p.ID
			all = append(all, m)
		}
	}
	slices.SortStableFunc(all, func(a, b Match) int {
		if a.Score != b.Score {
			return int(math.Copysign(1, b.Score-a.Score))
		}
		return 0
	})
	return all[:min(k, len(all))]
}

// answers says whether an offer of one kind may answer an ask of another: who
// asks to borrow is glad of a gift, and the other way round.
func answers(offer, ask board.Kind) bool {
	thing := func(k board.Kind) bool { return k == board.Thing || k == board.Loan || k == board.Other || k == "" }
	return offer == ask || thing(offer) && thing(ask)
}

// compare gives the share of what is wanted that is offered.
func (x *Index) compare(wanted, offered []term) Match {
	var m Match
	total, met, chief := 0.0, 0.0, false
	special := slices.ContainsFunc(wanted, func(w term) bool { return w.weight == 1 })
	for _, w := range wanted {
		value := w.weight * x.rarity(w.key)
		total += value
		best, said := 0.0, ""
		for _, o := range offered {
			if s := same(w.key, o.key) * o.weight; s > best {
				best, said = s, o.words
			}
		}
		if best > 0 {
			met += value * best
			m.Shared = append(m.Shared, Pair{w.words, said})
			chief = chief || w.weight == 1 || !special
		}
	}
	if total == 0 || !chief {
		return Match{}
	}
	m.Score = met / total
	return m
}

// same says how much one idea is another: 1, ½ when it is a kind of it, 0.
func same(a, b string) float64 {
	switch {
	case a == b:
		return 1
	case wider[a] == b && b != "" || wider[b] == a && a != "":
		return .5
	}
	return 0
}

// purpose are the words after which a text says what something is for.
var purpose = map[string]bool{"pour": true, "for": true, "to": true, "over": true, "while": true, "before": true, "avant": true, "pendant": true, "plutot": true, "so": true}

// terms are the ideas of a post: those of the table, and stems of other words.
func terms(p Post) []term {
	load()
	var words []token
	aside := false
	content := 0
	for _, t := range phrase.Read(p.Text).Items {
		if purpose[t.Text] || t.Text == "(" || t.Text == "," || t.Text == "." {
			aside = aside || content > 0
		}
		if t.Text[0] < 'a' && t.Text[0] >= '0' || len(t.Text) < 2 || t.Text[0] < '0' || stop[t.Text] {
			continue
		}
		content++
		words = append(words, token{text: p.Text[t.From:t.To], keys: keys(t.Text, p.Lang), aside: aside})
	}
	all := compounds(words)
	for _, w := range words {
		if w.used {
			continue
		}
		all = add(all, weigh(term{idea(w.keys), w.text, 1}, w.aside))
	}
	if !slices.ContainsFunc(all, func(t term) bool { return t.weight == 1 }) { // only "repair" before "my sewing machine"
		for i := range all {
			if t := &all[i]; t.weight == beside && known(t.key) && !little[t.key] {
				t.weight = 1
			}
		}
	}
	return all
}

// What weighs less than what is asked for: what it is for, words that say little
// alone, words that the table doesn't know.
const (
	beside  = .4
	strange = .5
)

func weigh(t term, aside bool) term {
	if !known(t.key) {
		t.weight = strange
	}
	if little[t.key] {
		t.weight = beside
	}
	if aside {
		t.weight = min(t.weight, beside)
	}
	if aside && !known(t.key) {
		t.weight = beside * strange
	}
	return t
}

func known(key string) bool { return key[0] != '=' }

// token is a word that says something.
type token struct {
	text  string
	keys  []string
	aside bool
	used  bool
}

// add adds a term once, with its greater weight.
func add(all []term, t term) []term {
	for i := range all {
		if all[i].key == t.key {
			all[i].weight = max(all[i].weight, t.weight)
			return all
		}
	}
	return append(all, t)
}

// compounds finds ideas of several words, and takes those words out.
func compounds(words []token) (all []term) {
	for _, c := range several {
		var at []int
		for _, part := range c.parts {
			i := slices.IndexFunc(words, func(w token) bool {
				return !w.used && slices.ContainsFunc(w.keys, func(k string) bool { return slices.Contains(part, k) })
			})
			if i < 0 || slices.Contains(at, i) {
				at = nil
				break
			}
			at = append(at, i)
		}
		if at == nil {
			continue
		}
		slices.Sort(at)
		var said []string
		weight := .4
		for _, i := range at {
			words[i].used = true
			said = append(said, words[i].text)
			if !words[i].aside {
				weight = 1
			}
		}
		all = add(all, term{c.idea, strings.Join(said, " "), weight})
	}
	return all
}

// keys are the forms under which a folded word is looked up: itself and its stems.
func keys(word, lang string) []string {
	k := []string{word}
	if lang != "en" {
		k = append(k, stem(word, french.Stem))
	}
	if lang != "fr" {
		k = append(k, stem(word, english.Stem))
	}
	return k
}

func stem(word string, by func(*snowballstem.Env) bool) string {
	e := snowballstem.NewEnv(word)
	by(e)
	return e.Current()
}

// idea is the table's name for a word, or its own stem.
func idea(keys []string) string {
	for _, k := range keys {
		if i, ok := ideas[k]; ok {
			return i
		}
	}
	return "=" + keys[len(keys)-1]
}
