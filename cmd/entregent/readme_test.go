package main

import (
	"bytes"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var (
	terminalBlock = regexp.MustCompile("(?s)```\n\\$ entregent ([^\n]*) \\| head -(\\d+)\n(.*?)```")
	goBlock       = regexp.MustCompile("(?s)```go\n(.*?)```")
)

// TestReadme holds both READMEs to their word: what their terminals show is what
// the command writes, and their Go is what the example runs.
func TestReadme(t *testing.T) {
	t.Chdir("../..")
	example := read(t, "entregent_test.go")
	for _, name := range []string{"README.md", "LISEZMOI.md"} {
		text := read(t, name)
		blocks := terminalBlock.FindAllStringSubmatch(text, -1)
		if len(blocks) == 0 {
			t.Errorf("%s shows no terminal", name)
		}
		for _, block := range blocks {
			shown := head(t, strings.Fields(block[1]), block[2])
			if shown != block[3] && os.Getenv("ENTREGENT_GOLDEN") == "update" {
				text = strings.Replace(text, block[0], strings.TrimSuffix(block[0], block[3]+"```")+shown+"```", 1)
				if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if shown != block[3] {
				t.Errorf("%s shows for entregent %s\n%s\nbut it writes (make golden writes this down)\n%s", name, block[1], block[3], shown)
			}
		}
		code := goBlock.FindStringSubmatch(text)
		if code == nil || !strings.Contains(flat(example), flat(code[1])) {
			t.Errorf("%s shows Go that entregent_test.go doesn't run", name)
		}
	}
}

// head runs the command and gives the first lines it writes.
func head(t *testing.T, args []string, lines string) string {
	t.Helper()
	var out, told bytes.Buffer
	s := &step{ctx: t.Context(), in: strings.NewReader(""), out: &out, err: &told, env: func(string) string { return "" }, scratch: &scratch{}}
	if code := run(s, args); code != fine {
		t.Fatalf("entregent %v ends with %d: %s", args, code, told.String())
	}
	n, err := strconv.Atoi(lines)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for line := range strings.Lines(out.String()) {
		if n--; n < 0 {
			break
		}
		b.WriteString(line)
	}
	return b.String()
}

// flat is text without its indentation and empty lines.
func flat(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			fmt.Fprintln(&b, line)
		}
	}
	return b.String()
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
