package sentence_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/entregent/entregent/gift/board/sentence"
	"github.com/entregent/entregent/gift/place"
)

func ExampleParse() {
	paris, _ := time.LoadLocation("Europe/Paris")
	now := time.Date(2026, 11, 30, 10, 5, 0, 0, paris)
	for _, f := range sentence.Parse("Canapé libre à Nantes du 3 au 6 pour deux", sentence.Options{Now: now}) {
		fmt.Println(f.Act, f.Kind, f.Place.Name, f.Place.Code, f.Start, f.End, f.Number)
	}
	// Output: offer bed Nantes 44109 2026-12-03 2026-12-06 2
}

func one(t *testing.T, text, now, home string) sentence.Form {
	t.Helper()
	z, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	at, err := time.ParseInLocation("2006-01-02T15:04", now, z)
	if err != nil {
		t.Fatal(err)
	}
	o := sentence.Options{Now: at}
	if home != "" {
		o.Home = place.Find(home)[0].At
	}
	forms := sentence.Parse(text, o)
	if len(forms) != 1 {
		t.Fatalf("%q: %d posts", text, len(forms))
	}
	return forms[0]
}

// mark gives the mark of a field.
func mark(f sentence.Form, field sentence.Field) (why string, readings []string) {
	for _, m := range f.Marks {
		if m.Field == field {
			return m.Why, m.Readings
		}
	}
	return "", nil
}

// An hour that doesn't exist is marked with two that do; one that comes twice is
// asked about.
func TestC02(t *testing.T) {
	f := one(t, "Metz → Nancy (54395) dimanche 29 mars 02:30", "2026-03-25T18:40", "")
	if why, r := mark(f, sentence.Start); why != "no such hour" || fmt.Sprint(r) != "[2026-03-29T01:30 2026-03-29T03:30]" || f.To == nil || f.To.Code != "54395" {
		t.Errorf("29 March 02:30: %q %v, to %+v", why, r, f.To)
	}
	f = one(t, "Nancy → Metz dimanche 25 octobre 02:30", "2026-10-23T21:15", "")
	why, r := mark(f, sentence.Start)
	if why != "twice" || len(r) != 2 || !strings.HasSuffix(r[0], "+02:00") || !strings.HasSuffix(r[1], "+01:00") {
		t.Errorf("25 October 02:30: %q %v", why, r)
	}
}

// Several places of one name are offered, nearest and largest first; nothing is
// chosen silently.
func TestC15(t *testing.T) {
	ask := func(name string) sentence.Form {
		return one(t, "Je cherche un covoiturage pour aller à "+name+" le 12 décembre", "2026-11-30T10:05", "Alès")
	}
	for name, first := range map[string]string{"Saint-Denis": "30247 93066|97411", "Valence": "26362", "Montreuil": "93048"} {
		f := ask(name)
		why, readings := mark(f, sentence.To)
		if f.To == nil || f.To.Name != name || why != "several" || len(readings) < 2 || f.To.Code != "" && name != "Montreuil" { // there one is 100 times as large
			t.Errorf("%s: %+v, %s %v: nothing may be chosen silently", name, f.To, why, readings)
			continue
		}
		two := readings[0] + readings[1]
		for code := range strings.FieldsSeq(first) {
			found := false
			for way := range strings.SplitSeq(code, "|") {
				found = found || strings.Contains(two, way)
			}
			if !found {
				t.Errorf("%s: %v, want %s among the first two", name, readings, code)
			}
		}
	}
	if f := ask("Vienne"); f.To == nil || f.To.Code != "38544" || !f.Marked(sentence.To) {
		t.Errorf("Vienne: %+v, %v", f.To, f.Marks)
	}
	for name, codes := range map[string]string{"Saint Etienne du Rouvray": "76575", "st-etienne": "42218", "L’Haÿ les roses": "94038", "isle d'abeau": "38193", "la rochelle": "17300",
		"Paris 11e": "75111 75056", "Lyon 7": "69387 69123", "oeting": "57521", "Valence (82)": "82186", "93200 Saint-Denis": "93066"} {
		if f := ask(name); f.To == nil || !strings.Contains(codes, f.To.Code) || f.To.Code == "" {
			t.Errorf("%s: %+v, want %s", name, f.To, codes)
		}
	}
	if f := one(t, "Je cherche un covoiturage pour Le Mans le 12 décembre", "2026-11-30T10:05", "Alès"); f.To == nil || f.To.Code != "72181" {
		t.Errorf("Le Mans: %+v", f.To)
	}
}

// A station that the table doesn't know keeps its words; never the nearest
// spelling, never the poster's own town.
func TestC16(t *testing.T) {
	f := one(t, "une glace pour qui passe à Saint-Lazare avant jeudi", "2026-11-30T10:05", "Cergy")
	if f.Place == nil || f.Place.Code != "" || f.Place.Name != "Saint-Lazare" || !f.Marked(sentence.At) {
		t.Errorf("place %+v, marks %v", f.Place, f.Marks)
	}
	if f.End != "2026-12-02" || !f.Marked(sentence.End) {
		t.Errorf("before Thursday ends %s, marks %v", f.End, f.Marks)
	}
}

// A street is kept apart, and said to be private.
func TestC17(t *testing.T) {
	f := one(t, "Chambre d'amis libre 14 rue des Tanneurs, Colmar, vendredi", "2026-11-30T10:05", "")
	if f.Place == nil || f.Place.Code != "68066" || !f.Place.Private || !strings.Contains(f.Place.Near, "Tanneurs") || !f.Marked(sentence.Words) {
		t.Errorf("place %+v, marks %v", f.Place, f.Marks)
	}
}

// What should be private is marked: minors, flight from violence, keys.
func TestWarnings(t *testing.T) {
	for text, field := range map[string]sentence.Field{
		"une amie fuit son mari, il lui faut un lit cette nuit":               sentence.Audience,
		"cherche covoit Alès Nîmes demain, j'ai 16 ans":                       sentence.Audience,
		"Could someone water the tomatoes 1-14 August? key under the pot":     sentence.Words,
		"cherche déambulateur pour mon père après son opération de la hanche": "",
	} {
		f := one(t, text, "2026-07-17T09:10", "")
		if field != "" && !f.Marked(field) {
			t.Errorf("%q: %v", text, f.Marks)
		}
	}
	if f := one(t, "Je donne une poussette, Nantes", "2026-07-17T09:10", ""); f.Marked(sentence.Audience) || f.Marked(sentence.Words) {
		t.Errorf("a pushchair: %v", f.Marks)
	}
}

// A price in words is told with its words; cake and stated values are none.
func TestC20(t *testing.T) {
	for text, want := range map[string]bool{
		"Trajet Lyon Grenoble vendredi, dix balles et c'est parti":        true,
		"Je donne un vélo, 20 €":                                          true,
		"Je donne un vélo (neuf 90 €), Gap":                               false,
		"Cherche bras pour déménager samedi, pizza offerte":               false,
		"Lift wanted from Leeds to York tomorrow, can chip in for petrol": true,
	} {
		f := one(t, text, "2026-07-17T09:10", "")
		if f.Priced != want || f.Marked(sentence.Price) != want {
			t.Errorf("%q: priced %v, marks %v", text, f.Priced, f.Marks)
		}
	}
}
