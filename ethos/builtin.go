package ethos

import (
	_ "embed"
	"fmt"
	"sync"
)

// modelFile holds weights learned from Touché23-ValueEval. It stands under CC
// BY-SA 4.0; its first lines say whose work it is.
//
//go:embed model.bin
var modelFile []byte

// builtins opens the models that come with the program, once.
var builtins = sync.OnceValues(func() (map[string]*Model, error) { return open(modelFile) })

// Builtin gives a model that comes with the program: "schwartz" (the 20 value
// categories of ValueEval'23), "schwartz10", "schwartz4" (the same, merged), or
// "fosse" (six values that companies live by and five that people live by).
func Builtin(name string) (*Model, error) {
	all, err := builtins()
	if err != nil {
		return nil, err
	}
	m, ok := all[name]
	if !ok {
		return nil, fmt.Errorf("no yardstick %q: there are schwartz, schwartz10, schwartz4 and fosse, or a file of your own", name)
	}
	return m, nil
}

// open makes the models of a model file.
func open(b []byte) (map[string]*Model, error) {
	notice, tongues, views, err := read(b)
	if err != nil {
		return nil, err
	}
	all := map[string]*Model{}
	for _, v := range views {
		y := builtinYardstick(v.Yardstick)
		if y == nil {
			return nil, fmt.Errorf("reading a model: no yardstick %q", v.Yardstick)
		}
		m := &Model{Yardstick: y, Notice: notice, Labelled: v.Labelled, tongues: map[string]*tongue{}, spread: v.Spread}
		for lang, from := range tongues {
			t := *from
			t.heads = v.Heads[lang]
			if len(t.heads) != len(y.Values) {
				return nil, fmt.Errorf("reading a model: %s has %d heads in %s, want %d", y.ID, len(t.heads), lang, len(y.Values))
			}
			if !v.Labelled {
				t.seeds = newFinder(y, lang)
			}
			m.tongues[lang] = &t
		}
		all[v.Yardstick] = m
	}
	return all, nil
}
