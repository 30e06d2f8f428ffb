package weave

import (
	"bytes"
	"flag"
	"os"
	"testing"

	"github.com/klauspost/compress/zstd"
)

var update = flag.Bool("update", false, "write the story's file again")

const file = "../recall.jsonl.zst"

// TestStoryIsWhatTheLoomWeaves holds the file that comes with the command to
// the texts it is made of.
func TestStoryIsWhatTheLoomWeaves(t *testing.T) {
	woven, err := Recall()
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		e, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, e.EncodeAll(woven, nil), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	packed, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	d, err := zstd.NewReader(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	kept, err := d.DecodeAll(packed, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(woven, kept) {
		t.Errorf("%s is not what Recall weaves (%d bytes, not %d): go generate ./internal/story", file, len(kept), len(woven))
	}
}
