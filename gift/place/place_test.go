package place

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/entregent/entregent/gift/geo"
)

func codes(found []Place) string {
	var list []string
	for _, p := range found {
		list = append(list, string(p.Code))
	}
	return strings.Join(list, " ")
}

// TestFind holds what people write and the communes they mean, among them C15's; codes are INSEE's.
func TestFind(t *testing.T) {
	for text, want := range map[string]string{
		"Saint-Denis":              "97411 93066 11339 30247",
		"st denis":                 "97411 93066 11339 30247",
		"Saint-Denis (93)":         "93066",
		"Saint-Denis, La Réunion":  "97411",
		"saint-denis reunion":      "97411",
		"Saint-Denis 30":           "30247",
		"Valence":                  "26362 82186 16392",
		"Valence Tarn-et-Garonne":  "82186",
		"26000 Valence":            "26362",
		"Valence 82400":            "82186",
		"Vienne":                   "38544",
		"38544":                    "38544",
		"Saint Etienne du Rouvray": "76575",
		"st-etienne":               "42218",
		"L’Haÿ les roses":          "94038",
		"L'HAY-LES-ROSES":          "94038",
		"isle d'abeau":             "38193",
		"Le Mans":                  "72181",
		"au Mans":                  "72181",
		"du Mans":                  "72181",
		"oeting":                   "57521",
		"Œting":                    "57521",
		"Paris":                    "75056",
		"Paris 11e":                "75111",
		"paris 11ème":              "75111",
		"Paris 1er arrondissement": "75101",
		"75011":                    "75111",
		"75011 Paris":              "75111",
		"Paris 75":                 "75056",
		"Lyon 7":                   "69387",
		"Lyon (69)":                "69123",
		"Marseille 13":             "13055 13213",
		"Marseille (13)":           "13055",
		"Marseille 13e":            "13213",
		"Lyon 12":                  "",
		"Chalon s/ Saône":          "71076",
		"Châtillon-en-Michaille":   "01033",
		"2a004":                    "2A004",
		"Saint-Lazare":             "",
		"Sait-Denis":               "",
		"":                         "",
		"Bruxelles":                "",
		"L'Haÿ-les-Roses":          "94038", // accents apart from their letters
		"La Rochelle":              "17300 70450",
		"Le Puy-en-Velay":          "43157",
	} {
		if got := codes(Find(text)); got != want {
			t.Errorf("Find(%q) = %q, want %q", text, got, want)
		}
	}
	if p := Find("Châtillon-en-Michaille"); len(p) != 1 || p[0].Former != "Châtillon-en-Michaille" || p[0].Name != "Valserhône" {
		t.Errorf("a former commune is found as %+v", p)
	}
	if p := Find("Paris 11e"); !p[0].Arrondissement || p[0].At != Find("Paris")[0].At {
		t.Error("an arrondissement isn't where its city is")
	}
}

// TestClear: who must choose, and who needn't (C15).
func TestClear(t *testing.T) {
	for name, want := range map[string]Code{"la rochelle": "17300", "Vienne": "38544", "Saint-Denis": "", "Valence": "", "montreuil": "", "Nulle-Part": ""} {
		p, ok := Clear(Find(name))
		if p.Code != want || ok != (want != "") {
			t.Errorf("Clear(Find(%q)) = %q, %v", name, p.Code, ok)
		}
	}
}

// TestByDistance: near Alès, Saint-Denis with 296 inhabitants is the nearest, 18 km away (C15).
func TestByDistance(t *testing.T) {
	home := Find("Alès")[0]
	list := ByDistance(Find("Saint-Denis"), home.At)
	if codes(list) != "30247 11339 93066 97411" {
		t.Errorf("from Alès: %s", codes(list))
	}
	if km := list[0].At.Km(home.At); math.Round(km) != 18 {
		t.Errorf("it is %v km away", km)
	}
	nowhere := Place{At: geo.Nowhere}
	if got := ByDistance([]Place{nowhere, home}, home.At); got[0].Code != home.Code {
		t.Error("nowhere is near")
	}
}

func TestNearest(t *testing.T) {
	at := geo.Point{Lat: 45.19, Lon: 5.72}
	got := Nearest(at, 5)
	all := slices.DeleteFunc(slices.Clone(France().All()), func(p Place) bool { return p.Arrondissement })
	if want := ByDistance(all, at)[:5]; codes(got) != codes(want) || got[0].Name != "Grenoble" {
		t.Errorf("nearest %s, want %s", codes(got), codes(want))
	}
	if len(Nearest(at, 0)) != 0 {
		t.Error("none was asked for")
	}
}

func TestLongest(t *testing.T) {
	for text, want := range map[string]string{
		"Saint-Étienne-du-Rouvray vendredi": "Saint-Étienne-du-Rouvray",
		"Saint-Étienne vendredi":            "Saint-Étienne",
		"Paris 11e demain":                  "Paris 11e",
		"Lyon, Part-Dieu":                   "Lyon",
		"Valence (26), 17 h":                "Valence (26",
		"gare de Metz":                      "",
		"":                                  "",
	} {
		if _, n := Longest(text); text[:n] != want {
			t.Errorf("Longest(%q) takes %q, want %q", text, text[:n], want)
		}
	}
}

// TestTable holds what the table says of itself, counted in its source: 34,969 communes and 45 arrondissements, no code
// twice, 125 without a centroid: overseas (987, 988, 976 …), destroyed and revived communes.
func TestTable(t *testing.T) {
	all, lost := France().All(), 0
	if len(all) != 34969+45 {
		t.Errorf("%d places", len(all))
	}
	seen := map[Code]bool{}
	for _, p := range all {
		if seen[p.Code] || p.Department.Name() == "" || p.Country != "FR" {
			t.Errorf("%+v", p)
		}
		seen[p.Code] = true
		if !p.At.Known() {
			lost++
		}
	}
	if lost != 125 {
		t.Errorf("%d places are nowhere", lost)
	}
}

// TestRead: a table of one's own, and what is wrong with one, with file and line.
func TestRead(t *testing.T) {
	own, err := Read(strings.NewReader("name,alt_name,country,lat,lon,population\nKöln,Cologne,DE,50.93333,6.95,963395\nGare Saint-Lazare,,,48.8763,2.3254,\n"), "own.csv")
	if err != nil {
		t.Fatal(err)
	}
	if p := own.Find("cologne"); len(p) != 1 || p[0].Name != "Köln" || p[0].Former != "Cologne" || p[0].Country != "DE" {
		t.Errorf("Cologne: %+v", p)
	}
	if p := own.Find("gare st lazare"); len(p) != 1 || !p[0].At.Known() {
		t.Errorf("the station: %+v", p)
	}
	for text, want := range map[string]string{
		"":                                      "reading own.csv: it is empty: a header with name, lat and lon is expected",
		"name,lat\nA,1\n":                       "reading own.csv: its header has no column lon",
		"name,lat,lon\nA,1,2\nB,91,2\n":         `reading own.csv, line 3: B: "91", "2" is no point: degrees are expected, latitude within ±90, longitude within ±180`,
		"name,lat,lon\nA,,2\n":                  `reading own.csv, line 2: A: "", "2" is no point: degrees are expected, latitude within ±90, longitude within ±180`,
		"name,lat,lon\n,1,2\n":                  "reading own.csv, line 2: a place without a name",
		"name,lat,lon,population\nA,1,2,many\n": `reading own.csv, line 2: A: "many" is no number of people`,
	} {
		if _, err := Read(strings.NewReader(text), "own.csv"); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

func BenchmarkFind(b *testing.B) {
	France()
	for b.Loop() {
		Find("Saint-Étienne-du-Rouvray")
	}
}

func BenchmarkNearest(b *testing.B) {
	France()
	for b.Loop() {
		Nearest(geo.Point{Lat: 45.19, Lon: 5.72}, 5)
	}
}

func BenchmarkRead(b *testing.B) {
	for b.Loop() {
		readFrance()
	}
}
