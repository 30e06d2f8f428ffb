package store_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/entregent/entregent/internal/store"
)

// TestFilesArePrivate: nobody else on the machine reads what people said, also
// in a folder that is open to all.
func TestFilesArePrivate(t *testing.T) {
	folder := t.TempDir()
	if err := os.Chmod(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), store.Options{Database: folder})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil || len(files) == 0 {
		t.Fatal("no files", err)
	}
	for _, file := range files {
		if at, err := os.Stat(file); err != nil || at.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v", filepath.Base(file), at.Mode(), err)
		}
	}
}
