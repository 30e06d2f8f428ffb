package sentence

import (
	"slices"
	"strconv"
	"strings"

	"github.com/entregent/entregent/gift/board/phrase"
	"github.com/entregent/entregent/gift/place"
)

// spot is a place that was named.
type spot struct {
	name    string        // as it was written
	found   []place.Place // what it may be, best first
	sure    bool          // found[0] is meant
	country string        // of a town abroad; "" when not known
	why     string        // a reason to ask
	unknown bool
}

// places turns names of places into items <place>, and smaller ones into <local>.
func (r *reading) places(o Options) {
	r.locals()
	for i := 0; i < len(r.Items); i++ {
		if n, s := r.placeAt(i, o); n > 0 {
			r.Replace(i, i+n, "<place>", s)
		}
	}
	for i := 0; i < len(r.Items); i++ {
		if n, s := r.unknownAt(i, o); n > 0 {
			r.Replace(i, i+n, "<place>", s)
		}
	}
}

// locals marks streets, halls and quarters.
func (r *reading) locals() {
	for _, rule := range book["local"] {
		for start := 0; ; {
			i, j := r.Find(rule.Pattern, start)
			if j == 0 {
				break
			}
			start = i + 1
			if slices.ContainsFunc(r.Items[i:j], func(t phrase.Item) bool { return t.Text[0] == '<' }) {
				continue
			}
			if r.Items[i].Text == "place" && i > 0 && (sets["number"][r.Items[i-1].Text] || isNumber(r.Items[i-1].Text)) {
				continue
			}
			for i < j-1 && sets["preposition"][r.Items[i].Text] {
				i++
			}
			for j < len(r.Items) && r.Items[j].Capital && r.Items[j].Text[0] != '<' && !sets["preposition"][r.Items[j].Text] { // rue de la Paix
				j++
			}
			r.Replace(i, j, "<"+rule.Label+">", nil)
		}
	}
}

func isNumber(s string) bool { _, err := strconv.Atoi(s); return err == nil }

// placeAt finds a known place that begins at item i, and how many items it takes.
func (r *reading) placeAt(i int, o Options) (int, *spot) {
	t := r.Items[i]
	if t.Text[0] == '<' || !letter(t.Text) && len(t.Text) != 5 || isNumber(t.Text) && !r.postcode(i) {
		return 0, nil
	}
	end := r.nameEnd(i)
	if n, s := r.shortName(i, end, o); n > 0 {
		return n, s
	}
	from := t.From
	found, length := o.table().Longest(r.Original[from:r.Items[end-1].To])
	if length == 0 {
		return 0, nil
	}
	j := i + 1
	for j < end && r.Items[j].To <= from+length {
		j++
	}
	if j-i > 1 && isNumber(r.Items[j-1].Text) && r.Items[j-2].Text != "(" && !r.arrondissement(j) { // Paris 2 places
		j--
		found = o.table().Find(r.Words(i, j))
	}
	if j < len(r.Items) && r.Items[j].Text == ")" && slices.ContainsFunc(r.Items[i:j], func(t phrase.Item) bool { return t.Text == "(" }) {
		j++
	}
	if j < len(r.Items)-1 && r.Items[j].Text == "-" && r.Items[j].Glued && j == i+1 && nameHead[t.Text] {
		return 0, nil // Saint-Lazare isn't at Le Saint
	}
	if len(found) == 0 || !r.meant(i, j, found[0], o) {
		return 0, nil
	}
	return j - i, r.choose(strings.TrimSpace(r.Words(i, j)), found, o)
}

// nameHead are words that begin a longer name.
var nameHead = map[string]bool{"saint": true, "sainte": true, "st": true, "ste": true, "val": true, "mont": true, "bas": true, "haut": true, "pont": true, "la": true, "le": true, "les": true}

// postcode says whether item i is a number of five digits where a place may be.
func (r *reading) postcode(i int) bool {
	return len(r.Items[i].Text) == 5 && (i == 0 || !sets["unit"][r.Items[i-1].Text])
}

// arrondissement says whether a bare number that ends before item j may belong
// to a city's name: what follows is no noun that it counts.
func (r *reading) arrondissement(j int) bool {
	return j >= len(r.Items) || !letter(r.Items[j].Text) || r.Items[j].Text == "e" || r.Items[j].Text == "eme"
}

func letter(s string) bool { return s[0] >= 'a' && s[0] <= 'z' || s[0] >= 0x80 }

// nameEnd is where a name that begins at item i must have ended.
func (r *reading) nameEnd(i int) int {
	j := i + 1
	for ; j < len(r.Items) && j < i+12; j++ {
		t := r.Items[j]
		switch {
		case t.Text == "-" && t.Glued && j+1 < len(r.Items) && r.Items[j+1].Glued:
		case t.Text == "/" && r.Items[j-1].Text == "s":
		case t.Text == "(" && j+2 < len(r.Items) && r.Items[j+2].Text == ")" && isNumber(r.Items[j+1].Text):
		case t.Text == ")" && r.Items[j-2].Text == "(":
		case t.Text == "." && r.Items[j-1].Text == "st":
		case letter(t.Text) || isNumber(t.Text):
		default:
			return j
		}
	}
	return j
}

// shortName finds a usual short name, or a town abroad.
func (r *reading) shortName(i, end int, o Options) (int, *spot) {
	for j := min(end, i+5); j > i; j-- {
		key := phrase.Folded(r.Words(i, j))
		name, isUsual := usual[key]
		country, isAbroad := abroad[key]
		if !isUsual && !isAbroad || sets["common"][key] {
			continue
		}
		if strings.HasPrefix(key, "le ") != (r.Items[i].Text == "le") {
			continue
		}
		if isUsual {
			found := o.table().Find(name)
			if len(found) == 0 || !r.meant(i, j, found[0], o) {
				continue
			}
			s := &spot{name: r.Words(i, j), found: found, sure: true}
			if exact := o.table().Find(r.Words(i, j)); len(exact) > 0 && exact[0].Code != found[0].Code {
				s.found, s.why = append(found[:1:1], exact...), "short"
			}
			return j - i, s
		}
		if r.context(i, j) > 0 {
			return j - i, &spot{name: r.Words(i, j), country: country, unknown: true}
		}
	}
	return 0, nil
}

// choose decides which of several places is meant, or leaves it open.
func (r *reading) choose(name string, found []place.Place, o Options) *spot {
	s := &spot{name: name, found: found}
	if h, ok := homonyms[phrase.Folded(name)]; ok {
		for _, t := range r.Items {
			if slices.Contains(h.words, t.Text) {
				return &spot{name: name, country: h.country, unknown: true}
			}
		}
		s.why = "namesake"
	}
	s.sure = len(found) == 1
	if !s.sure {
		_, s.sure = place.Clear(found)
		if !s.sure && found[0].Population >= 15000 && found[0].Population >= 20*found[1].Population {
			s.sure, s.why = true, "several"
		}
	}
	if !s.sure {
		s.why = "several"
	}
	if o.Home.Known() && len(found) > 1 && !s.sure {
		s.found = nearAndLarge(found, o)
	}
	if !o.french() && s.sure && found[0].Population < 20000 {
		s.sure, s.why = false, "elsewhere"
	}
	return s
}

// nearAndLarge puts the nearest first and the largest second.
func nearAndLarge(found []place.Place, o Options) []place.Place {
	near := place.ByDistance(found, o.Home)
	i := slices.IndexFunc(near, func(p place.Place) bool { return p.Code == found[0].Code })
	if i > 1 {
		largest := near[i]
		near = slices.Insert(slices.Delete(near, i, i+1), 1, largest)
	}
	return near
}

// meant says whether words that are the name of a commune are meant as a place.
func (r *reading) meant(i, j int, p place.Place, o Options) bool {
	context := r.context(i, j)
	capital, single := r.Items[i].Capital, j-i == 1
	if !capital && j-i > 1 && (r.Items[i].Text == "le" || r.Items[i].Text == "la" || r.Items[i].Text == "les" || r.Items[i].Text == "l" || r.Items[i].Text == "au" || r.Items[i].Text == "du") {
		for k := i + 1; k < j; k++ {
			capital = capital || r.Items[k].Capital
		}
		single = j-i == 2
	}
	last := r.Items[j-1].Text
	common := single && (sets["common"][last] || sets["notplace"][last] || sets["common"][r.Items[i].Text] && j-i == 1)
	if known := meanings["month"][last] + meanings["weekday"][last] + meanings["number"][last]; single && known > 0 {
		return false
	}
	big := p.Population >= 30000
	switch {
	case single && len(r.Items[i].Text) < 3 && last == r.Items[i].Text:
		return false
	case common && !capital:
		return big && context >= 2 && o.lang == "fr"
	case common:
		return context >= 2 && !r.shouting() || context >= 1 && p.Population >= 1000 && i > 0
	case capital && i > 0:
		return context >= 1 || p.Population >= 5000 && o.lang == "fr"
	case capital:
		return context >= 1 || p.Population >= 5000
	case !single:
		return true
	}
	return p.Former == "" && (context >= 2 && p.Population >= 2000 && !(i > 0 && sets["loose"][r.Items[i-1].Text]) || context >= 1 && p.Population >= 10000)
}

// shouting says whether the whole text is in capitals, where they tell nothing.
func (r *reading) shouting() bool {
	return strings.ToUpper(r.Original) == r.Original
}

// context says how much what stands around items i to j speaks for a place: 2 a
// preposition or the other end of a ride, 1 an edge of the clause, 0 nothing.
func (r *reading) context(i, j int) int {
	before, after := "", ""
	if i > 0 {
		before = r.Items[i-1].Text
	}
	if j < len(r.Items) {
		after = r.Items[j].Text
	}
	switch {
	case sets["preposition"][before] || sets["placeverb"][before] && r.Items[i].Capital || before == "<place>" || before == "-" || before == ">" || before == "<local>":
		return 2
	case before == "/" || before == "&" && i > 1 && r.Items[i-2].Text == "<place>":
		return 2
	case after == ">" || after == "-" || after == "/" && j+1 < len(r.Items) && r.Items[j+1].Capital:
		return 2
	case (before == "et" || before == "and" || before == "ou" || before == "or" || before == "puis") && i > 1 && r.Items[i-2].Text == "<place>":
		return 2
	case (before == "le" || before == "la" || before == "les" || before == "l") && i > 1 && sets["preposition"][r.Items[i-2].Text]:
		return 1
	case (after == "vers" || after == "to") && r.Items[i].Capital:
		return 2
	}
	edgeBefore := before == "" || strings.Contains(",;:.!?()|", before) || before[0] == '<'
	edgeAfter := after == "" || strings.Contains(",;:.!?()|", after) || after[0] == '<'
	if edgeBefore && edgeAfter {
		return 1
	}
	if edgeAfter && (before == "paris" || strings.HasPrefix(before, "<")) || edgeBefore && (after == "a" || after == "et" || after == "ou") || edgeAfter {
		return 1
	}
	return 0
}

// unknownAt finds words that name a place the table doesn't hold, where a place
// is certainly meant: they are kept, never replaced by the nearest spelling.
func (r *reading) unknownAt(i int, o Options) (int, *spot) {
	t := r.Items[i]
	if t.Text[0] == '<' || !t.Capital || sets["notplace"][t.Text] || sets["country"][t.Text] || i == 0 && !r.pairAfter(i) {
		return 0, nil
	}
	if meanings["weekday"][t.Text]+meanings["month"][t.Text]+meanings["part"][t.Text] > 0 || len(t.Text) < 2 {
		return 0, nil
	}
	j := i + 1
	for j < len(r.Items) && r.inName(j) {
		j++
	}
	for j > i+1 && (sets["inner"][r.Items[j-1].Text] || r.Items[j-1].Text == "-") {
		j--
	}
	if !r.placeContext(i, j, o) {
		return 0, nil
	}
	return j - i, &spot{name: r.Words(i, j), unknown: true}
}

// inName says whether item j goes on with a name.
func (r *reading) inName(j int) bool {
	t := r.Items[j]
	switch {
	case t.Text[0] == '<' || sets["notplace"][t.Text] || meanings["weekday"][t.Text]+meanings["month"][t.Text] > 0:
		return false
	case t.Capital || sets["namenoun"][t.Text]:
		return true
	case t.Text == "-" && t.Glued && j+1 < len(r.Items) && r.Items[j+1].Glued:
		return r.hyphened(j)
	case sets["inner"][t.Text] && j+1 < len(r.Items):
		n := r.Items[j+1]
		return t.Text != "-" && t.Text != "and" && t.Text != "et" && (n.Capital && !sets["notplace"][n.Text] || sets["inner"][n.Text] && j+2 < len(r.Items) && r.Items[j+2].Capital)
	}
	return false
}

// hyphened says whether the hyphen at j joins one name (Saint-Lazare) and not two
// ends of a ride (Leeds-Hull): French names have a small word beside it.
func (r *reading) hyphened(j int) bool {
	a, b := r.Items[j-1].Text, r.Items[j+1].Text
	for _, w := range []string{"saint", "sainte", "st", "ste", "sur", "sous", "le", "la", "les", "de", "du", "des", "en", "upon", "on", "by", "the", "bas", "haut", "val", "mont", "part"} {
		if a == w || b == w {
			return true
		}
	}
	return false
}

func (r *reading) pairAfter(i int) bool {
	for j := i + 1; j < len(r.Items) && j < i+4; j++ {
		switch r.Items[j].Text {
		case "-", ">", "to":
			return j+1 < len(r.Items) && (r.Items[j+1].Capital || r.Items[j+1].Text == "<place>")
		}
		if !r.Items[j].Capital {
			return false
		}
	}
	return false
}

// placeContext says whether an unknown name stands where only a place can.
func (r *reading) placeContext(i, j int, o Options) bool {
	before := ""
	if i > 0 {
		before = r.Items[i-1].Text
	}
	switch before {
	case "to", "in", "from", "near", "through", "via", "into", "towards", "vers", "direction", "depuis":
		return !(before == "to" && i > 1 && (r.Items[i-2].Text == "thanks" || r.Items[i-2].Text == "listen"))
	case "-", ">", "/":
		return i > 1 && r.Items[i-2].Text == "<place>"
	case "a", "au", "aux", "sur", "at":
		return i < 2 || r.Items[i-2].Text != "merci" && r.Items[i-2].Text != "bravo"
	case "leaving", "departing", "habite", "fais", "quitte", "drive", "commute":
		return true
	case "celui", "celle", "ceux":
		return true
	case "of":
		return i > 1 && sets["beside"][r.Items[i-2].Text]
	case "pour", "for", "de", "d", "du":
		return (r.has("strong") || nameHead[r.Items[i].Text] && len(r.Items[i].Text) > 1 && j > i+1) && (j == len(r.Items) || r.Items[j].Text != ",") && r.Items[i].Text != "noel"
	case "et", "and":
		return i > 1 && r.Items[i-2].Text == "<place>"
	}
	if r.pairAfter(i) {
		return true
	}
	if j < len(r.Items) && r.Items[j].Text == "area" {
		return true
	}
	// English names stand alone at the end of a clause: "collection only, Headingley".
	return o.lang == "en" && (before == "," || before == "(" || before == ".") && (j == len(r.Items) || strings.Contains(",.!)", r.Items[j].Text)) && !r.anyPlace() && j-i <= 3 && i > 2
}

func (r *reading) anyPlace() bool {
	return slices.ContainsFunc(r.Items, func(t phrase.Item) bool { return t.Text == "<place>" })
}

// has says whether a word of a set stands anywhere in the reading.
func (r *reading) has(set string) bool {
	return slices.ContainsFunc(r.Items, func(t phrase.Item) bool { return sets[set][t.Text] })
}
