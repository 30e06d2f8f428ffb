package sentence

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/entregent/entregent/conversation/prose"
	"github.com/entregent/entregent/gift/board"
	"github.com/entregent/entregent/gift/board/money"
	"github.com/entregent/entregent/gift/board/phrase"
)

// reading is a sentence in the course of being read.
type reading struct {
	*phrase.Reading
	money []money.Mention
}

// Parse reads one sentence and gives a form for every post in it; none when it is
// no post. The forms are in the order of the words.
func Parse(text string, o Options) []Form {
	load()
	o.lang = language(text, o.Lang)
	r := &reading{Reading: phrase.Read(text)}
	if len(r.Items) == 0 {
		return nil
	}
	r.money = money.Mark(r.Reading)
	r.spell()
	r.clock()
	r.calendar(o.Now, o.american())
	r.places(o)
	r.bounds()
	if r.chat() {
		return nil
	}
	var forms []Form
	for _, part := range r.cut() {
		forms = append(forms, part.forms(o)...)
	}
	r.price(forms)
	r.warn(forms)
	return forms
}

// Money gives the mentions of money in a text that isn't a post, too: a message
// that speaks of money is refused or asked about like a post.
func Money(text string) []money.Mention { return money.Find(text) }

// language says fr or en: as told, else as recognised, else by small words.
func language(text, told string) string {
	if told == "fr" || told == "en" {
		return told
	}
	if l := prose.Language(text); l != "" {
		return l
	}
	fr, en := 0, 0
	for _, t := range phrase.Read(text).Items {
		if strings.Contains(" le la les un une des du de et a au pour je j cherche donne avec sur qui samedi dimanche lundi mardi mercredi jeudi vendredi ", " "+t.Text+" ") {
			fr++
		}
		if strings.Contains(" the a an of to and for i my in on with who saturday sunday monday tuesday wednesday thursday friday free need wanted ", " "+t.Text+" ") {
			en++
		}
	}
	if en > fr {
		return "en"
	}
	return "fr"
}

// spell brings words that are written in several ways to one, and numbers to digits.
func (r *reading) spell() {
	for _, rule := range book["join"] {
		for {
			i, j := r.Find(rule.Pattern, 0)
			if j == 0 {
				break
			}
			r.Replace(i, j, rule.Label, nil)
		}
	}
	for i := range r.Items {
		t := &r.Items[i]
		n := meanings["number"][t.Text]
		if n == 0 || !r.countable(i) {
			continue
		}
		t.Text = strconv.Itoa(n)
		if i > 0 && (r.Items[i-1].Text == "une" || r.Items[i-1].Text == "a") && n >= 10 {
			r.Items[i-1].Text = "environ"
		}
	}
}

// countable says whether a word is a number here: neuf may be new, sept a month.
func (r *reading) countable(i int) bool {
	next, before := "", ""
	if i+1 < len(r.Items) {
		next = r.Items[i+1].Text
	}
	if i > 0 {
		before = r.Items[i-1].Text
	}
	switch r.Items[i].Text {
	case "neuf":
		return sets["unit"][next]
	case "sept":
		return !isNumber(before) && before != "er"
	}
	return true
}

// bounds says of each date and hour what it bounds: before, until, from …
func (r *reading) bounds() {
	for _, rule := range append(append([]phrase.Rule(nil), book["bound"]...), book["negation"]...) {
		for start := 0; ; {
			i, j := r.Find(rule.Pattern, start)
			if j == 0 {
				break
			}
			start = i + 1
			for k := j - 1; k >= i; k-- {
				if setBound(r.Items[k].Value, rule.Label) {
					break
				}
			}
		}
	}
}

func setBound(value any, label string) bool {
	switch v := value.(type) {
	case *span:
		if v.bound == "" {
			v.bound = label
		}
		return true
	case *hour:
		if v.bound == "" {
			v.bound = label
		}
		return true
	}
	return false
}

// sum adds the weights of the rules that match, by label. A rule counts once,
// whether it matches the words or the words with their numbers recognised.
func sum(rules []phrase.Rule, ways ...*phrase.Reading) map[string]float64 {
	all := map[string]float64{}
	for _, rule := range rules {
		for _, r := range ways {
			if r.Has(rule.Pattern) {
				all[rule.Label] += rule.Weight
				break
			}
		}
	}
	return all
}

// chat says whether the sentence is no post: thanks, news, other questions.
func (r *reading) chat() bool {
	weight := 0.0
	for _, w := range sum(book["chat"], r.Reading) {
		weight += w
	}
	if weight < 2 {
		return false
	}
	acts := sum(book["act"], r.Reading)
	return weight >= 4 || weight >= max(acts["ask"], acts["offer"])-1
}

// cut gives the parts of the sentence that may be posts of their own.
func (r *reading) cut() []*reading {
	var maybe []int
	for _, rule := range book["cut"] {
		for start := 1; start < len(r.Items); {
			i, j := r.Find(rule.Pattern, start)
			if j == 0 {
				break
			}
			start = i + 1
			maybe = append(maybe, i)
		}
	}
	slices.Sort(maybe)
	at := []int{0}
	for _, i := range maybe {
		if last := at[len(at)-1]; i > last && r.twoPosts(last, i) {
			at = append(at, i)
		}
	}
	var parts []*reading
	for k, from := range at {
		to := len(r.Items)
		if k+1 < len(at) {
			to = at[k+1]
		}
		parts = append(parts, &reading{Reading: r.Part(from, to)})
	}
	return parts
}

// twoPosts says whether items from to i, and the rest, each are a post.
func (r *reading) twoPosts(from, i int) bool {
	for _, side := range []*reading{{Reading: r.Part(from, i)}, {Reading: r.Part(i, len(r.Items))}} {
		c := side.counted()
		_, kind := best(sum(book["kind"], side.Reading, c))
		_, act := best(sum(book["act"], side.Reading, c))
		if kind < 3 || act < 2 {
			return false
		}
	}
	return true
}

// kinds in the order that decides a draw.
var kinds = []string{"loan", "ride", "bed", "table", "skill", "thing", "other", "offer", "ask"}

// best is the label that weighs most.
func best(weights map[string]float64) (string, float64) {
	name, most := "", 0.0
	for _, k := range kinds {
		if w := weights[k]; w > most {
			name, most = k, w
		}
	}
	return name, most
}

// forms fills the forms of one part: one, or more with the way back.
func (r *reading) forms(o Options) []Form {
	counted := r.counted()
	acts, wanted := sum(book["act"], r.Reading, counted), sum(book["kind"], r.Reading, counted)
	kind, sure := best(wanted)
	act, strength := best(acts)
	unsure := kind == "" || sure < 2
	if unsure { // somebody clearly gives or asks something that no table knows
		kind, sure = "other", 3
		if r.Has(noun) {
			kind = "thing"
		}
		if strength < 5 || len(r.Items) > 20 || !r.structured() && (kind == "other" || act == "ask" && len(r.Items) > 12) {
			return nil
		}
	}
	if acts["both"] > 0 {
		act, strength = "offer", max(strength, acts["both"])
	}
	if strength < 2 && act != "offer" {
		act = ""
	}
	f := Form{Kind: board.Kind(kind), Act: board.Act(act), Text: strings.TrimSpace(strings.Trim(r.Words(0, len(r.Items)), " ,;.")), From: nil}
	if !r.plausible(&f, counted, strength, sure) || !r.judge(&f, acts, wanted, sure) {
		return nil
	}
	if unsure {
		f.mark(Kind, "missing", kind, "skill")
	}
	r.where(&f)
	back := r.back(&f)
	r.when(&f, o)
	r.number(&f, counted)
	f.Conditions = r.conditions()
	forms := []Form{f}
	switch {
	case acts["both"] > 0:
		other := f
		other.Act, other.Marks = board.Ask, nil
		other.mark(Act, "exchange")
		forms[0].Act = board.Offer
		forms[0].mark(Act, "exchange")
		forms[0].mark(Price, "exchange")
		return append(forms, other)
	case back != nil:
		return append(forms, r.wayBack(&forms[0], back, o))
	}
	return forms
}

// plausible says whether what was recognised is enough for a post. Without any
// place, day, hour or number it takes clear words for both act and kind; a ride
// between names that nobody knows takes a day, an hour or seats.
func (r *reading) plausible(f *Form, counted *phrase.Reading, act, kind float64) bool {
	known, dated := 0, 0
	for _, t := range r.Items {
		switch v := t.Value.(type) {
		case *spot:
			if !v.unknown || v.country != "" {
				known++
			}
		case *span, *hour:
			dated++
		}
	}
	for _, t := range counted.Items {
		if t.Text == "<seats>" || t.Text == "<people>" || t.Text == "<couple>" {
			dated++
		}
	}
	switch {
	case f.Kind == board.Ride && dated == 0 && known < 2:
		return act >= 3 && (kind >= 4 || known > 0)
	case known+dated > 0:
		return act >= 2 || kind >= 3
	case len(r.Items) > 30:
		return act >= 5 && kind >= 5
	}
	return act >= 3 && kind >= 3
}

// noun is a thing that no list holds: an article and a word, at the end of a clause.
var noun = phrase.Must("(a / an / un / une / des / some / my / mon / ma / mes / # / any / du / de la) [*] [*] (, / . / ? / ! / $)")

// structured says whether a place, day or hour was recognised.
func (r *reading) structured() bool {
	for _, t := range r.Items {
		if t.Text == "<place>" || t.Text == "<date>" || t.Text == "<time>" {
			return true
		}
	}
	return false
}

// judge settles act and kind, marks them when they are close to another, and
// says whether this is a post at all.
func (r *reading) judge(f *Form, acts, wanted map[string]float64, sure float64) bool {
	if f.Act == "" {
		if f.Kind != board.Ride && sure < 3 || !r.structured() {
			return false
		}
		f.Act = board.Offer
		f.mark(Act, "missing", "offer", "ask")
	}
	if acts["offer"] > 0 && acts["ask"] > 0 && acts["offer"]-acts["ask"] <= 1 && acts["ask"]-acts["offer"] <= 1 {
		f.mark(Act, "either", string(f.Act))
	}
	if f.Kind == board.Ride && max(acts["offer"], acts["ask"]) < 3 {
		f.mark(Act, "weak", string(f.Act))
	}
	if f.Kind == board.Ride && !r.structured() && wanted["ride"] < 3 {
		return false
	}
	for _, k := range kinds[:7] {
		if board.Kind(k) != f.Kind && wanted[k] >= 2 && sure-wanted[k] < 1.5 {
			f.mark(Kind, "either", string(f.Kind), k)
		}
	}
	return true
}

// price marks money in all forms of the sentence.
func (r *reading) price(forms []Form) {
	for i := range forms {
		for _, m := range r.money {
			f := &forms[i]
			f.Priced = true
			f.Money = max(f.Money, m.Verdict)
			words := r.Original[m.Start:m.End]
			if m.Verdict == money.Ask {
				f.mark(Price, "ask", words)
			} else {
				f.mark(Price, "refused", words)
			}
		}
	}
}

// warn marks what should be private: minors, health, flight from violence, keys.
func (r *reading) warn(forms []Form) {
	whole := phrase.Read(r.Original)
	for _, rule := range book["warning"] {
		if !whole.Has(rule.Pattern) {
			continue
		}
		for i := range forms {
			field := Audience
			if rule.Label == "key" || rule.Label == "contact" {
				field = Words
			}
			forms[i].mark(field, rule.Label)
		}
	}
}

// conditions are the tags said.
func (r *reading) conditions() (tags []string) {
	for _, rule := range book["condition"] {
		if !r.Has(rule.Pattern) {
			continue
		}
		tag := rule.Label
		if i, j := r.Find(rule.Pattern, 0); tag == "max-nights" {
			for _, t := range r.Items[i:j] {
				if isNumber(t.Text) {
					tag = "max-" + t.Text + "-nights"
				}
			}
		}
		tags = append(tags, tag)
	}
	return tags
}

// civilDay is the day of a moment, as a midnight in UTC.
func civilDay(t time.Time) time.Time { return civil(t.Year(), t.Month(), t.Day()) }
