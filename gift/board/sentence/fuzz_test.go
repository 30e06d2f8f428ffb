package sentence_test

import (
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/entregent/entregent/gift/board/sentence"
)

// Nothing that anybody writes stops the reading; a form has an act and a kind,
// and its days are days.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"Canapé libre à Nantes du 3 au 6 pour deux", "Driving Lyon–Grenoble Friday 5 pm, two seats", "du 31 au 30 février 99h99, 3/13 ou 13/3 -> /", "le le le 1er & 2 - < > |",
		"un mardi sur deux et un jeudi sur deux, retour 18h retour 19h", "aller-retour", "<place> <date> <time> - <time>", "\xff\xfe\x00 cherche \u200d’’’", "I can take someone to York and bring someone back on"} {
		f.Add(s)
	}
	zones := []*time.Location{}
	for _, name := range []string{"Europe/Paris", "America/New_York", "Pacific/Auckland", "UTC"} {
		z, err := time.LoadLocation(name)
		if err != nil {
			f.Fatal(err)
		}
		zones = append(zones, z)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 400 {
			return
		}
		for _, z := range zones {
			for _, form := range sentence.Parse(text, sentence.Options{Now: time.Date(2026, 10, 24, 23, 30, 0, 0, z)}) {
				if form.Act == "" || form.Kind == "" {
					t.Errorf("%q: act %q, kind %q", text, form.Act, form.Kind)
				}
				for _, day := range []string{form.Start, form.End, form.ArriveBy} {
					if day == "" {
						continue
					}
					if _, err := time.Parse("2006-01-02T15:04"[:len(day)], day); err != nil {
						t.Errorf("%q: %v", text, err)
					}
				}
			}
		}
	})
}
