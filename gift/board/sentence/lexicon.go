package sentence

import (
	"embed"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/entregent/entregent/gift/board/phrase"
)

//go:embed tables
var tables embed.FS

var (
	meanings = map[string]map[string]int{} // list → word → what it means
	sets     = map[string]map[string]bool{}
	lists    = map[string]string{}        // what patterns name in braces
	usual    = map[string]string{}        // folded short name → the name meant
	abroad   = map[string]string{}        // folded name → country
	homonyms = map[string]homonym{}       // folded name of a French commune → its namesake abroad
	book     = map[string][]phrase.Rule{} // the tables of patterns, by name
)

// homonym is a town abroad that has the name of a French commune, and the words
// that tell of it.
type homonym struct {
	country string
	words   []string
}

// load reads the tables, once, when the first sentence is parsed.
var load = sync.OnceFunc(func() {
	lexicon()
	for _, name := range []string{"join", "clock", "calendar", "bound", "count", "chat", "act", "kind", "condition", "role", "local", "negation", "cut", "warning"} {
		r, err := phrase.Rules(table(name), lists)
		if err != nil {
			panic("table " + name + ": " + err.Error()) // the tables are part of the program
		}
		book[name] = r
	}
})

func table(name string) string {
	data, err := tables.ReadFile("tables/" + name + ".txt")
	if err != nil {
		panic(err)
	}
	return string(data)
}

// lexicon reads the lists of words.
func lexicon() {
	for _, row := range phrase.Rows(table("words")) {
		value, err := strconv.Atoi(row[1])
		if err != nil {
			panic(err)
		}
		if meanings[row[0]] == nil {
			meanings[row[0]] = map[string]int{}
		}
		for w := range strings.FieldsSeq(row[2]) {
			meanings[row[0]][w] = value
		}
	}
	for _, row := range phrase.Rows(table("sets")) {
		if sets[row[0]] == nil {
			sets[row[0]] = map[string]bool{}
		}
		for w := range strings.FieldsSeq(row[1]) {
			sets[row[0]][w] = true
		}
	}
	for name, words := range meanings {
		lists[name] = phrase.List(slices.Collect(maps.Keys(words)))
	}
	for name, words := range sets {
		lists[name] = phrase.List(slices.Collect(maps.Keys(words)))
	}
	names()
}

// names reads the tables of places.
func names() {
	for _, row := range phrase.Rows(table("usual")) {
		usual[phrase.Folded(row[0])] = row[1]
	}
	for _, row := range phrase.Rows(table("abroad")) {
		for name := range strings.SplitSeq(row[1], ",") {
			abroad[phrase.Folded(name)] = row[0]
		}
	}
	for _, row := range phrase.Rows(table("homonyms")) {
		homonyms[row[0]] = homonym{row[1], strings.Fields(row[2])}
	}
}
