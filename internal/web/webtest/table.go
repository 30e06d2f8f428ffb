package webtest

import (
	"encoding/csv"
	"strings"
	"testing"
)

// Table reads an answer as RFC 4180.
func Table(t *testing.T, a Answer) [][]string {
	t.Helper()
	if !strings.HasPrefix(a.Header.Get("Content-Type"), "text/csv") {
		t.Fatalf("%s is %s", a.Path, a.Header.Get("Content-Type"))
	}
	rows, err := csv.NewReader(strings.NewReader(a.Body)).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", a.Path, err)
	}
	return rows
}
