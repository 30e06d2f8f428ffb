package weave

import (
	"fmt"
	"strings"
)

// person is somebody of the community, with habits that stay the same.
type person struct {
	name, account string // account: on the forum and Mastodon
	address       string // by mail
	lang          string
	city, bike    string
	serial        string
	month         string
	casual        bool // lower case, no full stop
	greets        bool
	signs         int
}

var first = map[string][]string{
	"fr": strings.Fields("Anne Claire Maud Bérénice Lucie Nadia Fatou Solène Gwenola Mathilde Aïcha Camille Élise Hélène Judith Karine Léna Margaux Noémie Odile Pauline Rose Samira Tiphaine Violaine Yasmine Zoé Alan Bastien Cédric Damien Erwan Florent Gaël Hugo Ibrahim Jérôme Karim Loïc Malo Nicolas Olivier Pierrick Quentin Rémi Stéphane Thibault Ulysse Vincent Yves"),
	"en": strings.Fields("Alice Bronwen Ciara Daisy Eilidh Fiona Grace Hannah Imogen Jess Kirsty Leah Megan Niamh Orla Poppy Rhian Saoirse Tess Una Adam Ben Callum Dev Ewan Finlay Gareth Hamish Ivan Jack Kieran Liam Milo Nathan Oscar Patrick Rory Sam Tariq Will"),
}

var last = map[string][]string{
	"fr": strings.Fields("Morvan Lebrun Caradec Benali Guillou Texier Rousseau Diallo Petitjean Cosquer Marchand Lemoine Haddad Tanguy Bonnet Fournier Gicquel Roux Quéméner Vidal Collin Aubry Sow Perrin Kervella Noël Baron Chauvin Jaouen Leduc Mercier Pasquier Royer Ségalen Thomas Urvoy Weber Yaïche Delmas Ollivier"),
	"en": strings.Fields("Ashby Barlow Cartwright Doyle Evans Fraser Gill Hughes Iqbal Jones Kaur Lewis Murphy Nolan Okafor Price Quinn Reid Shah Taylor Underhill Vaughan Walsh Young Bevan Cole Drake Finch Hart Marsh"),
}

var cities = map[string][]string{
	"fr": {"Nantes", "Rennes", "Angers", "Vannes", "Lorient", "Rezé", "Quimper", "Tours", "Lyon", "Grenoble", "Lille", "Bruxelles", "Namur", "Lausanne", "La Rochelle", "Bordeaux", "Strasbourg", "Montreuil", "Dijon", "Brest"},
	"en": {"Bristol", "Cardiff", "Bath", "Leeds", "Cork", "Galway", "Edinburgh", "Sheffield", "Norwich", "Exeter", "Belfast", "Hove"},
}

var months = map[string][]string{
	"fr": strings.Fields("janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
	"en": strings.Fields("January February March April May June July August September October November December"),
}

var handles = map[string][]string{
	"fr": {"cargo_%s", "%s_a_velo", "trois_roues_%s", "parents_de_%s", "%s_en_selle", "caisse_avant_%s"},
	"en": {"cargo_%s", "%s_on_wheels", "box_and_%s", "%s_pedals", "threewheels_%s"},
}

// newPerson invents somebody.
func (l *loom) newPerson(lang string) *person {
	for {
		f, s := l.pick(first[lang]), l.pick(last[lang])
		p := &person{name: f + " " + s, lang: lang, city: l.pick(cities[lang]), bike: "Galion", casual: l.Float64() < .22, greets: l.Float64() < .8, signs: l.IntN(4)}
		letters, year, week := "GA", 23+l.IntN(2), 1+l.IntN(52)
		if l.Float64() < .4 {
			p.bike, letters = "Chaloupe", "CH"
		}
		if year == 23 {
			week = 10 + l.IntN(43)
		} else if week > 47 {
			week -= 20
		}
		p.serial = fmt.Sprintf("%s%d-%02d%02d", letters, year, week, l.IntN(100))
		p.month = fmt.Sprintf("%s 20%d", months[lang][min(11, (week+3)/4)%12], year)
		plain := strings.ToLower(unaccent(f))
		switch l.IntN(4) {
		case 0:
			p.account = fmt.Sprintf(l.pick(handles[lang]), plain)
		case 1:
			p.account = plain + "." + strings.ToLower(unaccent(s[:1]))
		case 2:
			p.account = fmt.Sprintf("%s_%d", plain, 10+l.IntN(89))
		default:
			p.account = plain + strings.ToLower(unaccent(s))
		}
		p.address = strings.ToLower(unaccent(f[:1]) + "." + unaccent(s))
		if l.IntN(2) == 0 {
			p.address = plain + "." + strings.ToLower(unaccent(s))
		}
		if l.taken[p.account] || l.taken[p.address] || !ascii(p.address) {
			continue
		}
		l.taken[p.account], l.taken[p.address] = true, true
		return p
	}
}

func ascii(s string) bool { return strings.IndexFunc(s, func(r rune) bool { return r > 127 }) < 0 }

var unaccented = strings.NewReplacer("é", "e", "è", "e", "ê", "e", "ë", "e", "É", "E", "ï", "i", "î", "i", "ô", "o", "ö", "o", "ç", "c", "à", "a", "â", "a", "ü", "u")

func unaccent(s string) string { return unaccented.Replace(s) }

// settle fills the town with regulars.
func (l *loom) settle() {
	for range 90 {
		l.people["fr"] = append(l.people["fr"], l.newPerson("fr"))
	}
	for range 55 {
		l.people["en"] = append(l.people["en"], l.newPerson("en"))
	}
}

// somebody is a regular, the first ones more often, or a newcomer.
func (l *loom) somebody(lang string, newcomer float64) *person {
	if l.Float64() < newcomer {
		return l.newPerson(lang)
	}
	all := l.people[lang]
	x := l.Float64()
	return all[int(x*x*float64(len(all)))]
}

// peer is a regular who is none of the others.
func (l *loom) peer(lang string, not map[*person]bool) *person {
	for {
		if p := l.somebody(lang, .05); !not[p] {
			not[p] = true
			return p
		}
	}
}

// on is the account under which a person writes on a channel.
func (p *person) on(channel string) string {
	if channel == "mail" {
		return p.address
	}
	return p.account
}

// colleague is somebody who answers for the maker.
type colleague struct{ account, signature, department, role string }

var (
	maelle = colleague{"maelle", "Maëlle", "service client", "service client"}
	ines   = colleague{"ines", "Inès", "livraison", "livraison"}
	yann   = colleague{"yann", "Yann", "atelier", "atelier"}
	tom    = colleague{"tom", "Tom", "service client", "support"}
	priya  = colleague{"priya", "Priya", "communication", "communication"}
	soazig = colleague{"soazig", "Soazig", "communication", "communication"}
)

// answerer is who answers for a department in a language.
func (l *loom) answerer(department, lang string) colleague {
	switch {
	case department == "atelier" && l.Float64() < .85:
		return yann
	case lang == "en" && department == "communication":
		return priya
	case lang == "en":
		return tom
	case department == "livraison":
		return ines
	case department == "communication" && l.Float64() < .6:
		return soazig
	}
	return maelle
}

func (l *loom) pick(list []string) string { return list[l.IntN(len(list))] }
