package place

import (
	"slices"
	"strconv"
	"strings"
)

// Find gives the places that a text may mean, the largest first; none when no name is quite this one. It reads
//
//   - a name, its article or not: Le Mans, la rochelle, isle d'abeau; a former commune's name, which Place.Former keeps;
//   - au Mans, du Havre, where the article hides;
//   - a name and where it is: Valence (26), Valence, Drôme, 26000 Valence, Saint-Denis Réunion;
//   - an arrondissement: Paris 11e, Lyon 7, Marseille 1er arrondissement;
//   - a postcode or a code of INSEE alone. A postcode of an arrondissement is the arrondissement.
//
// A name with the article it is written with comes before the same name without: "Vienne" is not La Vienne.
func (t *Table) Find(text string) []Place {
	key := fold(text)
	if key == "" {
		return nil
	}
	if found := t.number(key); found != nil {
		return found
	}
	if found := t.called(key); found != nil {
		return found
	}
	if found := t.arrondissement(key, strings.Contains(text, "(")); found != nil {
		return found
	}
	return t.within(key)
}

// called finds a name alone.
func (t *Table) called(key string) []Place {
	list := slices.Clone(t.names[key])
	if list == nil {
		list = slices.Clone(t.bare[key])
	}
	if name, ok := contracted(key); ok && list == nil {
		list = slices.Clone(t.names[name])
	}
	var found []Place
	for _, n := range list {
		found = append(found, t.places[n])
	}
	for _, f := range t.former[key] {
		if slices.Contains(list, f.place) {
			continue
		}
		p := t.places[f.place]
		p.Former = f.name
		found = append(found, p)
	}
	slices.SortStableFunc(found, func(a, b Place) int { return b.Population - a.Population })
	return found
}

// number finds a postcode, or else a code.
func (t *Table) number(key string) (found []Place) {
	if strings.Contains(key, " ") {
		return nil
	}
	for _, n := range t.postcode[key] {
		found = append(found, t.places[n])
	}
	if slices.ContainsFunc(found, func(p Place) bool { return p.Arrondissement }) {
		found = slices.DeleteFunc(found, func(p Place) bool { return !p.Arrondissement })
	}
	slices.SortStableFunc(found, func(a, b Place) int { return b.Population - a.Population })
	if found == nil && len(key) == 5 {
		if p, ok := t.ByCode(Code(key)); ok {
			return []Place{p}
		}
	}
	return found
}

// arrondissement finds Paris 11e, and Lyon 7 also when a bracket or a département might be meant: there it gives both.
func (t *Table) arrondissement(key string, bracket bool) []Place {
	key = strings.TrimSuffix(strings.TrimSuffix(key, " arrondissement"), " arr")
	name, number, ok := strings.Cut(key, " ")
	if !ok || strings.Contains(number, " ") {
		return nil
	}
	bare := number
	for _, ending := range []string{"ieme", "eme", "ere", "er", "nde", "nd", "e"} {
		if head, ok := strings.CutSuffix(number, ending); ok {
			bare = head
			break
		}
	}
	n, err := strconv.Atoi(bare)
	for _, c := range cities {
		if c.key != name || err != nil || n < 1 || n > c.arrondissem {
			continue
		}
		p, ok := t.ByCode(Code(strconv.Itoa(c.before + n)))
		city, whole := t.ByCode(c.city)
		switch {
		case !ok:
			return nil
		case number != string(c.department) || !whole:
			return []Place{p}
		case bracket: // Marseille (13)
			return []Place{city}
		}
		return []Place{city, p} // Marseille 13
	}
	return nil
}

// within finds a name beside a postcode, a code or a département, which may also stand before a name.
func (t *Table) within(key string) []Place {
	words := strings.Split(key, " ")
	for i := len(words) - 1; i > 0; i-- {
		if found := t.both(words[:i], words[i:]); found != nil {
			return found
		}
	}
	if len(words[0]) == 5 {
		return t.both(words[1:], words[:1])
	}
	return nil
}

// both finds the places of a name that lie where the other words say.
func (t *Table) both(name, where []string) (found []Place) {
	if len(name) == 0 {
		return nil
	}
	place := strings.Join(where, " ")
	if d, ok := departmentNamed(place); ok {
		place = string(d)
	}
	for _, p := range t.called(strings.Join(name, " ")) {
		if strings.EqualFold(string(p.Department), place) || strings.EqualFold(string(p.Code), place) || slices.Contains(p.Postcodes, place) {
			found = append(found, p)
		}
	}
	if len(found) == 1 && len(place) == 5 { // 75011 Paris
		for _, p := range t.number(place) {
			if p.Arrondissement {
				return []Place{p}
			}
		}
	}
	return found
}

// Longest finds the longest name of a place at the beginning of a text, and how many bytes it takes there; 0 when the
// text doesn't begin with one. It doesn't judge the words: "Tours de magie" begins with Tours, and Y is a commune.
func (t *Table) Longest(text string) (found []Place, length int) {
	words := cut(text, t.longest+3)
	key := make([]string, len(words))
	for i, w := range words {
		key[i] = w.text
	}
	for i := len(words); i > 0; i-- {
		end := words[i-1].end
		if found := t.Find(strings.Join(key[:i], " ")); found != nil {
			return found, end
		}
	}
	return nil, 0
}
