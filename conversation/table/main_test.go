package table

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/entregent/entregent/conversation"
)

// TestMain tries the same cases every time, so that a run that fails, fails
// again: -rapid.seed=N tries others.
func TestMain(m *testing.M) {
	flag.Parse()
	if seed := flag.Lookup("rapid.seed"); seed != nil && seed.Value.String() == seed.DefValue {
		if err := seed.Value.Set("1"); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}

func testdata(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func readText(t testing.TB, name, text string, o conversation.ReadOptions) *conversation.Log {
	t.Helper()
	log := conversation.NewLog(nil)
	o.Formats = Formats()
	if err := conversation.Read(log, strings.NewReader(text), name, o); err != nil {
		t.Fatalf("reading %s: %v", name, err)
	}
	return log
}

// told lists the problems of reading, a kind and line each, in order of kinds.
func told(log *conversation.Log) string {
	var all []string
	for _, tally := range log.ReadProblems().All() {
		for _, p := range tally.Examples {
			all = append(all, string(p.Kind)+"@"+p.Origin.String()[strings.LastIndex(p.Origin.String(), ":")+1:])
		}
	}
	return strings.Join(all, " ")
}

// lost is how many records were told to be no messages.
func lost(log *conversation.Log) (n int) {
	for _, tally := range log.ReadProblems().All() {
		if tally.Kind.Lost() {
			n += tally.Count
		}
	}
	return n
}

// sameWords compares words whatever their order.
func sameWords(a, b string) bool {
	count := map[string]int{}
	for _, w := range strings.Fields(a) {
		count[w]++
	}
	for _, w := range strings.Fields(b) {
		count[w]--
	}
	for _, n := range count {
		if n != 0 {
			return false
		}
	}
	return true
}
