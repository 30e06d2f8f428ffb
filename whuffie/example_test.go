package whuffie_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/entregent/entregent/whuffie"
)

var morning = time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC)

// village is a small log: who thanks whom.
var village = []whuffie.Event{
	{Kind: whuffie.Thanks, ID: "soup", From: "Ana", To: "Bob", Time: morning},
	{Kind: whuffie.Thanks, ID: "lamp", From: "Bob", To: "Cléo", Time: morning},
	{Kind: whuffie.Thanks, ID: "ride", From: "Ana", To: "Cléo", Time: morning},
	{Kind: whuffie.Thanks, ID: "roof", From: "Dan", To: "Bob", Time: morning},
	{Kind: whuffie.Thanks, ID: "seeds", From: "Cléo", To: "Ana", Time: morning.AddDate(0, 0, 20)},
}

func Example() {
	circle := []string{"Ana", "Bob", "Dan"} // people known to be real
	report, err := whuffie.Measure(village, whuffie.Options{Known: circle}, time.Time{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range report.People {
		fmt.Printf("%-5s %v\n", p.Name, p.Score)
	}
	fmt.Println("came back within 90 days:", report.Reciprocity.Estimate)
	// Output:
	// Ana   4958 of 100,000 walks (± 22)
	// Bob   18747 of 100,000 walks (± 39)
	// Cléo  23892 of 100,000 walks (± 42)
	// Dan   too few thanks to say
	// came back within 90 days: 0.5 [0.0945, 0.905] n=2
}

func ExampleWorld_Thank() {
	w, err := whuffie.New(whuffie.Options{Known: []string{"Ana", "Bob"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(w.Thank(whuffie.Event{ID: "soup", From: "Ana", To: "Bob", Time: morning}))
	_ = w.Tick(morning) // the day is passed by whoever knows the time
	fmt.Println(w.Thank(whuffie.Event{ID: "soup", From: "Ana", To: "Bob", Time: morning}))
	fmt.Println(w.Score("Bob"))
	_ = w.Withdraw("soup")
	fmt.Println(w.Score("Bob"))
	// Output:
	// thanks at 2026-05-04T09:00:00Z: later than the clock (pass the day with Tick first)
	// <nil>
	// 17444 of 100,000 walks (± 38)
	// too few thanks to say
}

// A server keeps a world and lets it live: each event costs microseconds, and Score and Explain ask about one person. Now
// and then the state is saved; after a crash it is loaded, and the events since then are appended again. Those it knows
// already change nothing.
func Example_live() {
	circle := []string{"Ana", "Bob", "Dan"}
	w, err := whuffie.New(whuffie.Options{Known: circle})
	if err != nil {
		fmt.Println(err)
		return
	}
	live := func(w *whuffie.World, e whuffie.Event) {
		_ = w.Tick(e.Time) // nothing, unless a new day began
		if err := w.Append(e); err != nil {
			fmt.Println(err) // the world stays as it was
		}
	}
	var state bytes.Buffer
	for i, e := range village {
		live(w, e)
		if i == 2 {
			_ = w.Save(&state)
		}
	}
	live(w, whuffie.Event{Kind: whuffie.Withdraw, ID: "roof"}) // Dan takes his thanks back

	again, err := whuffie.Load(&state)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, e := range village {
		live(again, e)
	}
	live(again, whuffie.Event{Kind: whuffie.Withdraw, ID: "roof"})

	why, _ := again.Explain("Cléo")
	fmt.Println("Cléo:", again.Score("Cléo"), "for the", why.Thanks[0].ID, "and the", why.Thanks[1].ID)
	fmt.Println("as if there had been no crash:", again.Score("Cléo") == w.Score("Cléo"))
	batch, _ := whuffie.Build(whuffie.Options{Known: circle}, slices.Values(append(slices.Clone(village), whuffie.Event{Kind: whuffie.Withdraw, ID: "roof"})))
	fmt.Println("and as at once:", batch.Score("Cléo") == w.Score("Cléo"))
	// Output:
	// Cléo: 20420 of 100,000 walks (± 40) for the lamp and the ride
	// as if there had been no crash: true
	// and as at once: true
}

func ExampleWorld_Explain() {
	w, err := whuffie.Build(whuffie.Options{Known: []string{"Ana", "Bob", "Dan"}}, slices.Values(village))
	if err != nil {
		fmt.Println(err)
		return
	}
	why, err := w.Explain("Cléo")
	if err != nil {
		fmt.Println(err)
		return
	}
	sum := 0
	for _, f := range why.Thanks {
		fmt.Printf("%s, for the %s: %d walks\n", f.From, f.ID, f.Known)
		sum += f.Known
	}
	fmt.Printf("in all %d of %d, a share of %.5f\n", sum, why.Walks, why.Score.Known)
	for _, p := range why.Paths {
		fmt.Printf("%d by %s\n", p.Walks, strings.Join(p.People, ", "))
	}
	// Output:
	// Bob, for the lamp: 173657 walks
	// Ana, for the ride: 76869 walks
	// in all 250526 of 1048576, a share of 0.23892
	// 112517 by Bob, Cléo
	// 76869 by Ana, Cléo
	// 36409 by Dan, Bob, Cléo
	// 24731 by Ana, Bob, Cléo
}

func ExampleWorld_From() {
	w, err := whuffie.Build(whuffie.Options{Known: []string{"Ana", "Bob", "Dan"}}, slices.Values(village))
	if err != nil {
		fmt.Println(err)
		return
	}
	v, err := w.From("Dan", 4096)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("Bob, by Dan's own walks:", v.Own("Bob"))
	fmt.Println("Bob, as Dan sees him:", v.Score("Bob"))
	// Output:
	// Bob, by Dan's own walks: 32226 of 100,000 walks (± 0)
	// Bob, as Dan sees him: 25486 of 100,000 walks (± 20)
}

func ExampleWorld_Attack() {
	w, err := whuffie.Build(whuffie.Options{Known: []string{"Ana", "Bob", "Dan"}}, slices.Values(village))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, shape := range []whuffie.Shape{whuffie.Star, whuffie.StarReturn, whuffie.Clique} {
		a, err := w.Attack(shape, 1000)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%s: %s's own standing ×%.3f, all together ×%.2f\n", a.Shape, a.Owner, a.Own(), a.Gain())
	}
	// Output:
	// star: Bob's own standing ×1.000, all together ×1.00
	// star+return: Bob's own standing ×1.000, all together ×1.91
	// clique: Bob's own standing ×1.000, all together ×3.04
}

func ExampleRead() {
	edges, err := whuffie.Read("thanks.jsonl", strings.NewReader(
		`{"id":"soup","time":"2026-05-04T09:00:00Z","kind":"thanks","from":"Ana","to":"Bob"}
{"id":"lamp","time":"2026-05-04T09:00:00Z","kind":"thanks","from":"Bob"}
{"id":"ride","time":"2026-05-05T09:00:00Z","kind":"gift","from":"Bob","to":"Ana"}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(edges.Events), "events,", edges.Bad, "bad line:", edges.Examples[0])
	// Output:
	// 2 events, 1 bad line: thanks.jsonl:2: thanks: a name or ID is missing
}

func ExampleLoad() {
	w, err := whuffie.Build(whuffie.Options{Known: []string{"Ana", "Bob", "Dan"}}, slices.Values(village))
	if err != nil {
		fmt.Println(err)
		return
	}
	var state bytes.Buffer
	if err := w.Save(&state); err != nil {
		fmt.Println(err)
		return
	}
	again, err := whuffie.Load(&state)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(again.Clock().Format(time.DateOnly), again.Len(), "people;", again.Score("Bob") == w.Score("Bob"))
	// Output:
	// 2026-05-24 4 people; true
}
