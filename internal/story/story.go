// Package story is the story that `entregent try` tells: four months of
// conversation between Portelune, which makes cargo bikes in Saint-Nazaire, and
// the people who ride them.
//
// It is all invented, written for this project; no name in it is anybody's. Its
// shape is not: it follows Toyota's recall of February 2010 as it was lived on
// line. Ten ordinary weeks, in French and English, by mail, on a forum and on
// Mastodon; then the news of a recall breaks and the maker is silent. Its first
// remark comes after 8 days, its first answers to anybody after 11, a press
// conference after 15; after 18 days, of more than a thousand questions, about
// one in a hundred has been answered. Then it begins to answer.
//
// weave writes the file; see there how to change it.
package story

import (
	"bytes"
	_ "embed" // the story
	"fmt"
	"io"

	"github.com/klauspost/compress/zstd"
)

//go:generate go test ./weave -update

//go:embed recall.jsonl.zst
var recall []byte

// What to tell the instruments about the story besides the log. Its messages say
// who speaks for the maker, and who leads it.
const (
	Name = "Portelune"         // the maker; it is addressed as @portelune
	File = "recall.jsonl"      // what to call the story in problems and titles
	Site = "portelune.example" // the maker's domain
	Zone = "Europe/Paris"      // where its days begin
)

// Recall gives the story in the project's JSONL.
func Recall() (io.Reader, error) {
	d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, fmt.Errorf("opening the story: %w", err)
	}
	defer d.Close()
	text, err := d.DecodeAll(recall, nil)
	if err != nil {
		return nil, fmt.Errorf("opening the story: %w", err)
	}
	return bytes.NewReader(text), nil
}
