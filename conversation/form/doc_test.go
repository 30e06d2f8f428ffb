package form

import (
	"os"
	"strings"
	"testing"
)

// TestEveryFormatIsListed: the page of formats names each.
func TestEveryFormatIsListed(t *testing.T) {
	b, err := os.ReadFile("../../doc/formats.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range Names() {
		if !strings.Contains(string(b), "`"+string(name)+"`") {
			t.Errorf("doc/formats.md doesn't list %s", name)
		}
	}
}
