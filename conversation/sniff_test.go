package conversation

import (
	"errors"
	"strings"
	"testing"
)

func TestFormsAreFound(t *testing.T) {
	for _, c := range []struct {
		name, head string
		want       Form
	}{
		{"a.jsonl", "anything", JSONL},
		{"a.NDJSON.gz", "anything", JSONL},
		{"a.csv.zst", "anything", CSV},
		{"a.tsv", "anything", CSV},
		{"a.mbox", "anything", Mbox},
		{"a.eml", "anything", Mail},
		{"-", "\uFEFF\n {\"id\":1}", JSONL},
	} {
		if got, err := Sniff(c.name, []byte(c.head)); got != c.want || err != nil {
			t.Errorf("%s, %.20q: %q, %v; want %q", c.name, c.head, got, err, c.want)
		}
	}
	for _, c := range []struct{ name, head, says string }{
		{"a.jsonl", "\x89PNG\r\n\x1a\n", "PNG"},
		{"a.csv", "PK\x03\x04", "save it as CSV"},
		{"a.json", "[{\"id\":1}]", "JSON array"},
		{"README.md", "# Hello, world\n\nFrom here on: text.\n", "not a conversation"},
		{"a.txt", "Dear all: hello\n", "not a conversation"},
		{"a.txt", "From here on\n", "not a conversation"},
		{"a.txt", "name,colour\n", "not a conversation"},
	} {
		if got, err := Sniff(c.name, []byte(c.head)); !errors.Is(err, ErrForm) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s, %.20q: %q, %v", c.name, c.head, got, err)
		}
	}
}

func TestEmptyFilesSayNothing(t *testing.T) {
	for _, name := range []string{"-", "a.csv", "a.jsonl", "a.mbox", "a.eml"} {
		if log := readText(t, name, "", ReadOptions{}); log.Len() != 0 || told(log) != "" {
			t.Errorf("%s: %d messages, told %q", name, log.Len(), told(log))
		}
	}
}
