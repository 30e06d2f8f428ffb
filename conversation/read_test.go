package conversation

import (
	"strings"
	"testing"
)

// readText reads a text into a fresh log.
func readText(t testing.TB, name, text string, o ReadOptions) *Log {
	t.Helper()
	log := NewLog(nil)
	if err := Read(log, strings.NewReader(text), name, o); err != nil {
		t.Fatalf("reading %s: %v", name, err)
	}
	return log
}

// told lists the problems of reading, a kind and line each, in order of kinds.
func told(log *Log) string {
	var all []string
	for _, tally := range log.ReadProblems().All() {
		for _, p := range tally.Examples {
			all = append(all, string(p.Kind)+"@"+p.Origin.String()[strings.LastIndex(p.Origin.String(), ":")+1:])
		}
	}
	return strings.Join(all, " ")
}
