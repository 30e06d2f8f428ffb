package open

import (
	"fmt"
	"os"
)

// Texts is a temporary file for what people wrote: a conversation.Keep that
// takes no memory. Nobody else can read it, and it is gone when it is closed
// or the program ends.
type Texts struct {
	*os.File
	left bool // the name is still there
}

// Keep makes one in the system's folder for temporary files.
func Keep() (*Texts, error) {
	f, err := os.CreateTemp("", "entregent-texts-*")
	if err != nil {
		return nil, fmt.Errorf("making a file for the texts: %w", err)
	}
	// Where the system allows it the name goes at once and the bytes with the
	// last handle, so that nothing stays behind whatever happens.
	return &Texts{f, os.Remove(f.Name()) != nil}, nil
}

// Close forgets the texts.
func (t *Texts) Close() error {
	err := t.File.Close()
	if t.left {
		return os.Remove(t.Name())
	}
	return err
}
