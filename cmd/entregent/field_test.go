package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// fieldFolder holds files as people in this job have them; see its README.
var fieldFolder = filepath.Join("..", "..", "..", "shared", "data", "field")

// measured are the figures of a report that the cases of the field are held to.
type measured struct {
	Reading struct {
		Form    string
		Threads int
		Doubts  []struct{ Code string }
	}
	Presence *struct {
		Counts struct {
			Appeals int
			Need    int `json:"need_answer"`
		}
		Index struct{ Waiting int }
	}
}

// measureFile runs entregent measure and gives what it told.
func measureFile(t *testing.T, args ...string) (r measured) {
	t.Helper()
	var out, told bytes.Buffer
	s := &step{ctx: t.Context(), in: strings.NewReader(""), out: &out, err: &told, env: func(string) string { return "" }, scratch: &scratch{}}
	code := run(s, append([]string{"measure", "--json", "--no-gap", "--no-whuffie", "--draws", "1", "--window", "all"}, args...))
	if err := json.Unmarshal(out.Bytes(), &r); err != nil || code != fine {
		t.Fatalf("it ends with %d (%v): %s%s", code, err, told.String(), out.String())
	}
	return r
}

// TestFieldIsReadRight: every file of the field gives its figures from end to end,
// and nothing right is doubted.
func TestFieldIsReadRight(t *testing.T) {
	b, err := os.ReadFile(filepath.Join(fieldFolder, "cases.json"))
	if err != nil {
		t.Skipf("the files of the field are not here: %v", err)
	}
	var cases []struct {
		File     string
		Options  []string
		Expected struct{ Appeals, Needing, Waiting *int }
	}
	if err := json.Unmarshal(b, &cases); err != nil {
		t.Fatal(err)
	}
	if len(cases) < 21 {
		t.Errorf("%d cases, not 21", len(cases))
	}
	for _, c := range cases {
		t.Run(c.File, func(t *testing.T) {
			r := measureFile(t, append(c.Options, filepath.Join(fieldFolder, "files", c.File))...)
			for what, pair := range map[string][2]*int{
				"appeals":           {&r.Presence.Counts.Appeals, c.Expected.Appeals},
				"needing an answer": {&r.Presence.Counts.Need, c.Expected.Needing},
				"waiting":           {&r.Presence.Index.Waiting, c.Expected.Waiting},
			} {
				if pair[1] != nil && *pair[0] != *pair[1] {
					t.Errorf("%s: %d, not %d", what, *pair[0], *pair[1])
				}
			}
			if len(r.Reading.Doubts) > 0 || r.Reading.Form == "" || r.Reading.Threads == 0 {
				t.Errorf("told as %+v", r.Reading)
			}
		})
	}
	controls, _ := filepath.Glob(filepath.Join(fieldFolder, "control", "*.jsonl"))
	for _, path := range controls {
		if r := measureFile(t, "--until", "2026-04-01", path); len(r.Reading.Doubts) > 0 {
			t.Errorf("%s is doubted: %+v", path, r.Reading.Doubts)
		}
	}
}
