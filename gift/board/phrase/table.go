package phrase

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Rule is one line of a table: what a pattern stands for, and how much it weighs
// (1 when the line doesn't say).
type Rule struct {
	Label   string
	Weight  float64
	Pattern *regexp.Regexp
}

// Rows are the lines of a table, cut at tabs. Empty lines and lines that begin
// with # and a space are left out.
func Rows(table string) [][]string {
	var all [][]string
	for line := range strings.Lines(table) {
		line = strings.TrimRight(line, "\r\n")
		if line != "" && !strings.HasPrefix(line, "# ") {
			all = append(all, strings.Split(line, "\t"))
		}
	}
	return all
}

// Rules compiles a table of lines "label, pattern" or "label, weight, pattern",
// tabs between. An error names the pattern.
func Rules(table string, lists map[string]string) ([]Rule, error) {
	var all []Rule
	for _, row := range Rows(table) {
		r := Rule{Label: row[0], Weight: 1}
		if len(row) < 2 || len(row) > 3 {
			return nil, fmt.Errorf("row %q: not label, pattern or label, weight, pattern", row)
		}
		var err error
		if len(row) == 3 {
			if r.Weight, err = strconv.ParseFloat(row[1], 64); err != nil {
				return nil, fmt.Errorf("row %q: %w", row, err)
			}
		}
		if r.Pattern, err = Compile(row[len(row)-1], lists); err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return all, nil
}

// List joins words for the lists of [Compile], sorted.
func List(words []string) string {
	words = slices.Clone(words)
	slices.Sort(words)
	return strings.Join(slices.Compact(words), "|")
}
