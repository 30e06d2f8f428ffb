package open

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/entregent/entregent/conversation"
)

// Roster reads who the organisation is: from the file of that name when there
// is one, else from the entries themselves (see conversation.NewRoster).
func Roster(entries string) (*conversation.Roster, error) {
	info, err := os.Stat(entries)
	switch {
	case err == nil && !info.IsDir():
		f, err := os.Open(entries)
		if err != nil {
			return nil, opening(entries, err)
		}
		defer func() { _ = f.Close() }()
		return conversation.ReadRoster(f, entries)
	case err != nil && looksLikeFile(entries):
		return nil, opening(entries, err)
	}
	return conversation.NewRoster(entries)
}

// looksLikeFile tells a file that isn't there from people: nobody is called
// staff.txt.
func looksLikeFile(s string) bool {
	if strings.ContainsAny(s, ",;@") {
		return false
	}
	switch strings.ToLower(filepath.Ext(s)) {
	case ".txt", ".csv", ".tsv", ".toml", ".json", ".conf", ".lst", ".list":
		return true
	}
	return strings.ContainsAny(s, `/\`)
}
