package ethos

import (
	"bufio"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
)

// Example is a text of which people have said which values it expresses.
type Example struct {
	ID     string
	Topic  string // texts of one topic are never both learned from and tested on
	Text   string
	Labels []bool // one for each value of the yardstick
	Guide  bool   // a description of a value, learned from and never tested on
	French string // the text in French; empty: it is glossed
}

// ReadExamples reads the tab-separated files of ValueEval'23: the arguments
// (Argument ID, Conclusion, Stance, Premise) and their labels (Argument ID, one
// column for each value). The premise is the text, the conclusion its topic;
// the labels come out in the order of values. An argument without labels is an
// error.
func ReadExamples(arguments, labels io.Reader, values []string) ([]Example, error) {
	known := map[string][]bool{}
	var columns []int
	err := readTSV(labels, func(line int, row []string) error {
		if line == 1 {
			for _, v := range values {
				c := slices.Index(row, v)
				if c < 0 {
					return fmt.Errorf("no column %q", v)
				}
				columns = append(columns, c)
			}
			return nil
		}
		y := make([]bool, len(values))
		for i, c := range columns {
			if c >= len(row) {
				return fmt.Errorf("%d columns, want more than %d", len(row), c)
			}
			y[i] = row[c] == "1"
		}
		known[row[0]] = y
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading labels: %w", err)
	}
	var examples []Example
	err = readTSV(arguments, func(line int, row []string) error {
		if line == 1 {
			return nil
		}
		if len(row) < 4 {
			return fmt.Errorf("%d columns, want 4", len(row))
		}
		y, ok := known[row[0]]
		if !ok {
			return fmt.Errorf("no labels for %s", row[0])
		}
		examples = append(examples, Example{ID: row[0], Topic: row[1], Text: row[3], Labels: y})
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading arguments: %w", err)
	}
	return examples, nil
}

// readTSV gives every line that is no comment (#) to do, cut at its tabs. An
// error gets its line.
func readTSV(r io.Reader, do func(line int, row []string) error) error {
	s := bufio.NewScanner(r)
	s.Buffer(nil, 1<<20)
	line, row := 0, 0
	for s.Scan() {
		line++
		if strings.HasPrefix(s.Text(), "#") || s.Text() == "" {
			continue
		}
		row++
		if err := do(row, strings.Split(strings.TrimRight(s.Text(), "\r"), "\t")); err != nil {
			return fmt.Errorf("line %d: %w", line, err)
		}
	}
	return s.Err()
}

// ReadGuide reads value-categories.json of ValueEval'23: for each value its
// finer values, each with example effects ("allowing for more creativity").
// Every phrase becomes an example of its value.
func ReadGuide(categories io.Reader, values []string) ([]Example, error) {
	var all map[string]map[string][]string
	if err := json.NewDecoder(categories).Decode(&all); err != nil {
		return nil, fmt.Errorf("reading value categories: %w", err)
	}
	var examples []Example
	for i, v := range values {
		finer, ok := all[v]
		if !ok {
			return nil, fmt.Errorf("reading value categories: no %q", v)
		}
		var names []string
		for name := range finer {
			names = append(names, name)
		}
		slices.Sort(names)
		for _, name := range names {
			for _, text := range append(slices.Clone(finer[name]), name) {
				y := make([]bool, len(values))
				y[i] = true
				examples = append(examples, Example{ID: v, Topic: v, Text: text, Labels: y, Guide: true})
			}
		}
	}
	return examples, nil
}

// ReadParallel reads texts in another language by the id of the argument they
// translate (Argument ID, Premise).
func ReadParallel(r io.Reader) (map[string]string, error) {
	all := map[string]string{}
	err := readTSV(r, func(line int, row []string) error {
		if len(row) < 2 {
			return fmt.Errorf("%d columns, want 2", len(row))
		}
		if line > 1 {
			all[row[0]] = row[1]
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading parallel texts: %w", err)
	}
	return all, nil
}

//go:embed phrases.tsv
var phrasesFile string

// phrases are our own guides: words and phrases that speak for each value of
// schwartz, in both languages.
var phrases = sync.OnceValue(func() (guides []Example) {
	ids := builtinYardstick("schwartz").IDs()
	for line := range strings.Lines(phrasesFile) {
		row := strings.Split(strings.TrimSpace(line), "\t")
		v := slices.Index(ids, row[0])
		if v < 0 || len(row) < 3 {
			continue
		}
		french := strings.Split(row[2], ", ")
		for i, text := range strings.Split(row[1], ", ") {
			e := Example{ID: row[0], Topic: row[0], Text: text, Labels: make([]bool, len(ids)), Guide: true, French: french[i%len(french)]}
			e.Labels[v] = true
			guides = append(guides, e)
		}
	}
	return guides
})
