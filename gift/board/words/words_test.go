package words_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/entregent/entregent/gift/board"
	"github.com/entregent/entregent/gift/board/phrase"
	"github.com/entregent/entregent/gift/board/words"
	"github.com/entregent/entregent/measure/stat"
)

func ExampleIndex_Find() {
	x := words.New([]words.Post{
		{ID: "1", Kind: board.Thing, Lang: "fr", Text: "Donne canapé d’angle, à venir chercher"},
		{ID: "2", Kind: board.Thing, Lang: "fr", Text: "Tapis de salon à donner"},
	})
	for _, m := range x.Find(words.Post{Kind: board.Thing, Lang: "en", Text: "Looking for a couch"}, 3) {
		fmt.Println(m.ID, m.Why("en"))
	}
	// Output: 1 Words in common: couch = canapé
}

func rows(t testing.TB, name string) [][]string {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return phrase.Rows(string(data))
}

// Precision of the first three, on 5,390 judged pairs (testdata/README.md). The
// odd asks were not looked at while the table grew.
func TestPrecision(t *testing.T) {
	var offers []words.Post
	for _, r := range rows(t, "offers.tsv") {
		offers = append(offers, words.Post{ID: board.PostID(r[0]), Lang: r[1], Kind: board.Kind(r[2]), Text: r[3]})
	}
	x := words.New(offers)
	var shown, right, there [3]int // even, odd, across languages
	lang := map[board.PostID]string{}
	for _, o := range offers {
		lang[o.ID] = o.Lang
	}
	for n, r := range rows(t, "asks.tsv") {
		relevant := strings.Split(r[4], ",")
		is := map[board.PostID]bool{}
		for _, id := range relevant {
			if id != "" {
				is[board.PostID(id)] = true
				there[n%2]++
				if lang[board.PostID(id)] != r[1] {
					there[2]++
				}
			}
		}
		for _, m := range x.Find(words.Post{Lang: r[1], Kind: board.Kind(r[2]), Text: r[3]}, 3) {
			groups := []int{n % 2}
			if lang[m.ID] != r[1] {
				groups = append(groups, 2)
			}
			for _, g := range groups {
				shown[g]++
				if is[m.ID] {
					right[g]++
				}
			}
			if !is[m.ID] && n%2 == 0 {
				t.Logf("wrong: %s (%s) shown %s %s", r[3], r[0], m.ID, m.Why("en"))
			}
			delete(is, m.ID)
		}
		if len(is) > 0 && n%2 == 0 {
			t.Logf("missed: %s (%s): %v", r[3], r[0], is)
		}
	}
	for g, name := range []string{"looked at", "held out", "across languages"} {
		lo, hi := stat.Wilson(float64(right[g]), float64(shown[g]), .95)
		t.Logf("%s: precision at 3 %.3f [%.3f, %.3f] (%d of %d shown), %d of %d relevant found", name, float64(right[g])/float64(shown[g]), lo, hi, right[g], shown[g], right[g], there[g])
		if lo < .85 || 10*right[g] < 7*there[g] {
			t.Errorf("%s: too few are right", name)
		}
	}
}
