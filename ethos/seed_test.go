package ethos

import (
	"reflect"
	"slices"
	"strings"
	"testing"
)

// found gives the ids of the values whose seeds a text holds.
func found(y *Yardstick, text, lang string) []string {
	var r reader
	hits, _ := newFinder(y, lang).find(nil, text, r.read(text), nil)
	var ids []string
	for _, h := range hits {
		ids = append(ids, y.Values[h.value].ID)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// The eleven words themselves, in both languages, and words of their families.
func TestSeedWordsStandOnTheirSide(t *testing.T) {
	y := builtinYardstick("fosse")
	for _, c := range []struct{ lang, id, text string }{
		{"fr", "profit", "Le profit de l'année dépasse les attentes."}, {"en", "profit", "The profit of the year beats all hopes."},
		{"fr", "rentabilite", "La rentabilité avant tout."}, {"en", "rentabilite", "Profitability comes first."},
		{"fr", "efficacite", "Nous misons sur l'efficacité."}, {"en", "efficacite", "We bet on efficiency."},
		{"fr", "competitivite", "La compétitivité de notre offre."}, {"en", "competitivite", "The competitiveness of our product."},
		{"fr", "controle", "Tout reste sous contrôle."}, {"en", "controle", "Everything stays under control."},
		{"fr", "gestion-du-risque", "La gestion du risque l'exige."}, {"en", "gestion-du-risque", "Risk management asks for it."},
		{"fr", "compassion", "Avec compassion et bienveillance."}, {"en", "compassion", "With compassion and kindness."},
		{"fr", "generosite", "Quelle générosité de votre part !"}, {"en", "generosite", "What generosity of yours!"},
		{"fr", "liberte", "La liberté d'étudier le code."}, {"en", "liberte", "The freedom to study the code."},
		{"fr", "courage", "Il faut du courage pour le dire."}, {"en", "courage", "It takes courage to say so."},
		{"fr", "fidelite", "Sa fidélité à ses amis."}, {"en", "fidelite", "Her loyalty to her friends."},
	} {
		if !slices.Contains(found(y, c.text, c.lang), c.id) {
			t.Errorf("%q: %s is not found, only %v", c.text, c.id, found(y, c.text, c.lang))
		}
		m, err := Builtin("fosse")
		if err != nil {
			t.Fatal(err)
		}
		s := m.Scorer()
		s.Read(c.text, c.lang)
		p := s.Probabilities(nil)
		side := map[string]float64{}
		for v, x := range p {
			side[y.Values[v].Side] = max(side[y.Values[v].Side], x)
		}
		own := y.Values[slices.Index(y.IDs(), c.id)].Side
		other := map[string]string{"corporate": "human", "human": "corporate"}[own]
		if side[own] <= side[other] {
			t.Errorf("%q: %s side %.3f, %s side %.3f", c.text, own, side[own], other, side[other])
		}
	}
}

func TestFalseFriendsAreSilent(t *testing.T) {
	y := builtinYardstick("fosse")
	for _, c := range []struct{ lang, id, text string }{
		{"fr", "profit", "Un concert au profit de l'école."}, {"fr", "profit", "Profitez du soleil !"}, {"fr", "profit", "Laissons-lui le bénéfice du doute."},
		{"en", "profit", "We are a non-profit club."}, {"en", "profit", "I can't gain access to the page."},
		{"fr", "rentabilite", "Une association à but non lucratif."}, {"fr", "rentabilite", "Le roi et la reine."},
		{"en", "efficacite", "It has a side effect on my cat."}, {"en", "efficacite", "A live performance tonight."},
		{"fr", "competitivite", "Un concours de circonstances."}, {"fr", "controle", "Le contrôle technique de ma voiture."},
		{"en", "controle", "Lost the remote control."}, {"fr", "gestion-du-risque", "Il y a un risque de pluie."}, {"en", "gestion-du-risque", "A risk of rain tomorrow."},
		{"en", "compassion", "It is kind of slow."}, {"en", "compassion", "Call tech support."}, {"fr", "compassion", "Appelez le support technique."},
		{"fr", "generosite", "Une offre promotionnelle, un cadeau pour tout achat."}, {"fr", "generosite", "Les données sont là."}, {"fr", "generosite", "La chambre donne sur la mer."},
		{"en", "generosite", "Don't give up on it."}, {"en", "generosite", "The share price fell."}, {"en", "generosite", "Free shipping and a gift card."},
		{"fr", "liberte", "Entrée libre jusqu'à midi."}, {"en", "liberte", "Feel free to contact us."}, {"en", "liberte", "A gluten-free free trial, free of charge."},
		{"fr", "courage", "Bon courage à tous."}, {"en", "courage", "The bold text is discouraged."},
		{"fr", "fidelite", "Votre carte de fidélité."}, {"fr", "fidelite", "Voir le fichier attaché."}, {"en", "fidelite", "Join our loyalty program, use your loyalty card."},
	} {
		if slices.Contains(found(y, c.text, c.lang), c.id) {
			t.Errorf("%q: a false friend of %s speaks", c.text, c.id)
		}
	}
}

func TestSeedsAreFoundThroughElisionsAccentsAndCase(t *testing.T) {
	y := builtinYardstick("fosse")
	for _, text := range []string{"L'EFFICACITÉ", "d’efficacité", "efficacite", "l'efficacité,", "qu'efficaces"} {
		if !slices.Contains(found(y, text, "fr"), "efficacite") {
			t.Errorf("%q: efficacite is not found", text)
		}
	}
	if !slices.Contains(found(y, "le chiffre d'affaires", "fr"), "profit") {
		t.Error("chiffre d'affaires is not found")
	}
	if len(found(y, "> La rentabilité avant tout\n\nOui.", "fr")) > 0 {
		t.Error("somebody else's words speak")
	}
}

func TestYardstickFilesTellTheLineOfAnError(t *testing.T) {
	for file, want := range map[string]string{
		"{\n \"id\": \"x\",\n \"values\": [\n  {\"id\": \"a\"}\n ]\n}":                                                                     "line 4: value 1: a: needs a name",
		"{\n \"id\": \"x\",\n \"values\": [\n  {\"id\": \"a\", \"name\": {\"en\": \"A\"},\n   \"seeds\": {\"en\": [\"b\", \"c\"]}}\n ]\n}": "line 4: value 1: a: needs at least 3 seeds",
		"{\n \"id\": \"x\",\n \"values\": [\n  {\"id\": \"a\", \"name\": {\"en\": \"A\"},\n   \"seeds\": 3}\n ]\n}":                        "line 5",
		"{\n \"id\": \"x\",\n \"valeurs\": []\n}":                                                                                          "unknown field",
		"{\n \"id\": \"x\"\n \"values\": []\n}":                                                                                            "line 3",
		"id = \"x\"\n\n[[values]]\nid = \"a\"\nname = {en = \"A\"}\nseeds = {en = [\"b\", \"c\", \"d\"]}\n[[values]]\nid = \"b\"\n":        "line 7: value 2: b: needs a name",
		"id = \"x\"\n[[values]]\nid = \"a\"\ncolour = 3\n":                                                                                 "line 4: unknown field \"values.colour\"",
		"id = \"x\"\n[[values]]\nid = 3\n":                                                                                                 "line 3",
		"id = \"x\"\n[[values]\n":                                                                                                          "line 2",
		"nonsense\n":                                                                                                                       "line 1",
		"":                                                                                                                                 "line 1: a yardstick needs an id",
		"{\"id\": \"x\", \"values\": [{\"id\": \"a\", \"name\": {\"en\": \"A\"}, \"deeds\": [\"fly\"], \"seeds\": {\"en\": [\"b\",\"c\",\"d\"]}}]}":  "no deed \"fly\"",
		"{\"id\": \"x\", \"values\": [{\"id\": \"a\", \"name\": {\"en\": \"A\"}, \"seeds\": {\"en\": [\"b\",\"c\",\"d\"]}, \"axes\": {\"up\": 1}}]}": "no axis \"up\"",
	} {
		_, err := ReadYardstick([]byte(file))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error is %v, want %s", err, want)
		}
	}
	for _, id := range []string{"schwartz", "schwartz10", "schwartz4", "fosse"} {
		file, err := yardstickFiles.ReadFile("yardsticks/" + id + ".json")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ReadYardstick(file); err != nil {
			t.Errorf("%s: %v", id, err)
		}
	}
}

// Our own phrases name every value of schwartz, in both languages.
func TestPhrasesAreForEveryValue(t *testing.T) {
	count := make([]int, 20)
	for _, e := range phrases() {
		for v, yes := range e.Labels {
			if yes {
				count[v]++
			}
		}
		if !e.Guide || e.Text == "" || e.French == "" {
			t.Errorf("%s: %q in French %q", e.ID, e.Text, e.French)
		}
	}
	for v, n := range count {
		if n < 12 {
			t.Errorf("value %d has %d phrases", v, n)
		}
	}
}

// The same yardstick, written in JSON and in TOML.
func TestYardsticksInTOML(t *testing.T) {
	inJSON := `{"id": "own", "name": {"en": "Ours", "fr": "Les nôtres"}, "circle": true, "values": [
 {"id": "care", "name": {"en": "Care"}, "definition": {"fr": "Le soin"}, "axes": {"results_relations": -1}, "deeds": ["answers"], "neighbours": ["benevolence-caring"],
  "seeds": {"en": ["care for*", "look after", "caring"], "fr": ["prendre soin"]}, "not": {"en": ["health care"]}},
 {"id": "dare", "name": {"en": "Daring"}, "seeds": {"en": ["dare*", "daring", "bold"]}}]}`
	inTOML := `id = "own"
name = {en = "Ours", fr = "Les nôtres"}
circle = true

[[values]]
id = "care"
name.en = "Care"
definition.fr = "Le soin"
axes = {results_relations = -1}
deeds = ["answers"]
neighbours = ["benevolence-caring"]
seeds = {en = ["care for*", "look after", "caring"], fr = ["prendre soin"]}
not.en = ["health care"]

[[values]]
id = "dare"
name.en = "Daring"
seeds.en = ["dare*", "daring", "bold"]
`
	a, errA := ReadYardstick([]byte(inJSON))
	b, errB := ReadYardstick([]byte(inTOML))
	if errA != nil || errB != nil || !reflect.DeepEqual(a, b) {
		t.Errorf("%+v, %v\n%+v, %v", a, errA, b, errB)
	}
}
