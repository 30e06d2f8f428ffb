package sentence_test

import (
	"bufio"
	"encoding/json"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/entregent/entregent/gift/board/phrase"
	"github.com/entregent/entregent/gift/board/sentence"
)

// wish is what a reader understands of a sentence.
type wish struct {
	ID, Lang, Text, Now, Zone string
	Expect                    struct {
		Act             string
		Kind            *string
		From, To, Place *named
		When            *struct {
			Start, End, Rrule string
			Or                []string `json:"or_start"`
		}
		Seats, Guests, Quantity *int
		Price                   bool `json:"price_refused"`
		More                    []json.RawMessage
	}
	Unsure []string
}

type named struct{ Name, Insee string }

// sentences reads board.jsonl and own.txt.
func sentences(t testing.TB, name string) (all []wish) {
	t.Helper()
	f, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var w wish
		switch text := lines.Text(); {
		case text == "" || text[0] == '#':
			continue
		case text[0] == '{':
			err = json.Unmarshal([]byte(text), &w)
		default:
			w = own(strings.Split(text, "|"))
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, w)
	}
	return all
}

// own reads a line of own.txt.
func own(c []string) (w wish) {
	w.ID, w.Lang, w.Text, w.Now, w.Zone = c[1], c[0], c[1], "2026-11-30T10:05:00+01:00", "Europe/Paris"
	if c[0] == "en" {
		w.Now, w.Zone = "2026-11-30T10:05:00Z", "Europe/London"
	}
	w.Expect.Act, w.Expect.Kind, w.Expect.Price = c[2], &c[3], c[9] == "1"
	for p := range strings.SplitSeq(c[4], ";") {
		role, name, _ := strings.Cut(p, "=")
		n := &named{Name: name}
		if name != "" && name[0] >= '0' && name[0] <= '9' {
			n.Insee = name
		}
		switch role {
		case "f":
			w.Expect.From = n
		case "t":
			w.Expect.To = n
		case "p":
			w.Expect.Place = n
		}
	}
	w.Expect.When = &struct {
		Start, End, Rrule string
		Or                []string `json:"or_start"`
	}{}
	for i, field := range []struct {
		name string
		into *string
	}{{"start", &w.Expect.When.Start}, {"end", &w.Expect.When.End}, {"rrule", &w.Expect.When.Rrule}} {
		if c[5+i] == "*" {
			w.Unsure = append(w.Unsure, "when."+field.name)
		} else {
			*field.into = c[5+i]
		}
	}
	if n, err := strconv.Atoi(c[8]); err == nil {
		w.Expect.Quantity = &n
	} else if c[8] == "*" {
		w.Unsure = append(w.Unsure, "quantity")
	}
	return w
}

// judged compares a form with what a reader understands: field → right.
func judged(w wish, f sentence.Form, post, priced bool) map[string]bool {
	e := w.Expect
	right := map[string]bool{"act": string(f.Act) == e.Act || !post && e.Act == "none", "price": priced == e.Price}
	if e.Act == "none" {
		return right
	}
	starts, end, rule := []string{""}, "", ""
	if e.When != nil {
		starts, end, rule = append([]string{e.When.Start}, e.When.Or...), e.When.End, e.When.Rrule
	}
	count := 0
	for _, n := range []*int{e.Seats, e.Guests, e.Quantity} {
		if n != nil {
			count = *n
		}
	}
	right["kind"] = string(f.Kind) == *e.Kind
	right["start"] = slices.ContainsFunc(starts, func(s string) bool { return sameTime(s, f.Start) })
	right["end"] = sameTime(end, f.End)
	right["rrule"] = sameRule(rule, f.Repeat)
	right["n"] = f.Number == count || f.Number <= 1 && count <= 1
	right["from"], right["to"], right["place"] = samePlace(e.From, f.From), samePlace(e.To, f.To), samePlace(e.Place, f.Place)
	return right
}

func sameTime(want, got string) bool {
	return want == "" && got == "" || want != "" && strings.HasPrefix(got, want)
}

func sameRule(a, b string) bool {
	x, y := strings.Split(a, ";"), strings.Split(b, ";")
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(x, y)
}

func samePlace(want *named, got *sentence.Place) bool {
	if want == nil || got == nil {
		return want == nil && got == nil
	}
	if got.Code != "" && got.Code == want.Insee {
		return true
	}
	name, _, _ := strings.Cut(want.Name, ",")
	name, _, _ = strings.Cut(name, "(")
	return strings.Contains(phrase.Folded(got.Name), phrase.Folded(name))
}

// parse reads one sentence at its moment.
func parse(t testing.TB, w wish) []sentence.Form {
	t.Helper()
	z, err := time.LoadLocation(w.Zone)
	if err != nil {
		t.Fatal(err)
	}
	now, err := time.Parse(time.RFC3339, w.Now)
	if err != nil {
		t.Fatal(err)
	}
	return sentence.Parse(w.Text, sentence.Options{Now: now.In(z), Lang: w.Lang})
}

// TestSentences holds the rules to the labelled sentences, field by field, and to
// silence where they don't know: what is wrong must be marked.
func TestSentences(t *testing.T) {
	for _, set := range []struct {
		file  string
		least map[string]float64
		wrong float64
	}{
		{"board.jsonl", map[string]float64{"act": .97, "kind": .95, "start": .97, "end": .95, "rrule": .97, "n": .97, "price": .98, "from": .97, "to": .97, "place": .95}, .01},
		{"own.txt", map[string]float64{"act": .95, "kind": .92, "start": .92, "end": .92, "rrule": .95, "n": .93, "price": .98, "from": .95, "to": .95, "place": .93}, .03},
	} {
		right, all := map[string]int{}, map[string]int{}
		silent, fields := 0, 0
		for _, w := range sentences(t, set.file) {
			forms := parse(t, w)
			var f sentence.Form
			priced := len(sentence.Money(w.Text)) > 0
			if len(forms) > 0 {
				f, priced = forms[0], forms[0].Priced
			} else {
				f.Act = "none"
			}
			if w.Expect.Act == "none" && len(forms) > 0 {
				t.Logf("%s became a post: %q", w.ID, w.Text)
				if set.file == "board.jsonl" {
					t.Errorf("chat became a post: %q", w.Text)
				}
			}
			for field, ok := range judged(w, f, len(forms) > 0, priced) {
				marked := f.Marked(sentence.Field(field))
				all[field]++
				fields++
				if ok || marked && unsure(w, field) {
					right[field]++
				}
				if !ok && !marked && !(unsure(w, field) && set.file == "own.txt") {
					silent++
					t.Logf("%s: %s is wrong and not marked in %q", w.ID, field, w.Text)
				}
			}
		}
		for field, least := range set.least {
			share := float64(right[field]) / float64(all[field])
			t.Logf("%s %s %d/%d %.3f", set.file, field, right[field], all[field], share)
			if share < least {
				t.Errorf("%s: %s is right in %.3f, at least %.2f is asked for", set.file, field, share, least)
			}
		}
		if share := float64(silent) / float64(fields); share > set.wrong {
			t.Errorf("%s: %.3f of the fields are wrong and not marked, at most %.2f may be", set.file, share, set.wrong)
		}
	}
}

// unsure says whether a field has more than one right reading.
func unsure(w wish, field string) bool {
	names := map[string][]string{"price": {"price_refused"}, "n": {"seats", "guests", "quantity"}, "start": {"when.start", "when"}, "end": {"when.end", "when"}, "rrule": {"when.rrule", "when"}}[field]
	if names == nil {
		names = []string{field}
	}
	return slices.ContainsFunc(w.Unsure, func(u string) bool { return slices.Contains(names, u) })
}

// The sentences in which there are several posts are split, never cut short.
func TestSplit(t *testing.T) {
	missed, several := 0, 0
	for _, w := range sentences(t, "board.jsonl") {
		if n := len(w.Expect.More); n > 0 {
			several++
			if got := len(parse(t, w)); got != n+1 {
				missed++
				t.Logf("%q: %d posts, want %d", w.Text, got, n+1)
			}
		}
	}
	if several == 0 || missed*10 > several {
		t.Errorf("%d of %d sentences with several posts are split wrongly", missed, several)
	}
}
