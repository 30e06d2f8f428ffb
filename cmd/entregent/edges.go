package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/entregent/entregent/whuffie"
	"github.com/klauspost/compress/zstd"
)

// readEdges reads a file of thanks, plain, gzip or zstd. It gives nil for
// anything else, such as a conversation or a folder; then in is what standard
// input still holds.
func readEdges(file string, stdin io.Reader) (edges *whuffie.Edges, in io.Reader, err error) {
	source := stdin
	if file != "-" {
		info, err := os.Stat(file)
		if err != nil || !info.Mode().IsRegular() {
			return nil, nil, nil // whoever reads conversations says what is wrong
		}
		f, err := os.Open(file)
		if err != nil {
			return nil, nil, nil
		}
		defer f.Close()
		source = f
	}
	if source == nil {
		return nil, nil, nil
	}
	whole := bufio.NewReaderSize(source, 1<<16)
	text := whole
	if file != "-" {
		var done func()
		if text, done, err = unpacked(whole); err != nil {
			return nil, nil, fmt.Errorf("opening %s: %w", file, err)
		}
		defer done()
	}
	head, _ := text.Peek(1 << 15)
	if !isEdges(head) {
		return nil, whole, nil
	}
	edges, err = whuffie.Read(file, text)
	return edges, whole, err
}

// unpacked reads through gzip or zstd where there is one.
func unpacked(in *bufio.Reader) (*bufio.Reader, func(), error) {
	magic, _ := in.Peek(4)
	switch {
	case bytes.HasPrefix(magic, []byte{0x1f, 0x8b}):
		z, err := gzip.NewReader(in)
		if err != nil {
			return nil, nil, err
		}
		return bufio.NewReaderSize(z, 1<<16), func() {}, nil
	case bytes.HasPrefix(magic, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		z, err := zstd.NewReader(in)
		if err != nil {
			return nil, nil, err
		}
		return bufio.NewReaderSize(z, 1<<16), z.Close, nil
	}
	return in, func() {}, nil
}

// isEdges tells whether a file that begins so is one of thanks: its first line is
// a record with a kind of whuffie's and a from or a to, whatever text and channel
// stand beside, or with another kind, a from, a to and no text; five values
// between tabs of which the last is such a kind, or four between commas of which
// the last two are numbers, and perhaps more; or it names such columns.
func isEdges(head []byte) bool {
	for line := range strings.SplitSeq(strings.TrimPrefix(string(head), "\ufeff"), "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		tabs, commas := strings.Split(line, "\t"), strings.Split(line, ",")
		switch {
		case line[0] == '{':
			var r map[string]any
			if json.Unmarshal([]byte(line), &r) != nil || r["kind"] == nil {
				return false
			}
			kind, _ := r["kind"].(string)
			if r["text"] != nil { // else a message may be of some kind
				return edgeKinds[kind] && r["from"] != nil && r["to"] != nil && r["author"] == nil
			}
			return edgeKinds[kind] || r["from"] != nil && r["to"] != nil
		case whuffie.IsTable(line):
			return true
		case len(tabs) >= 5:
			return edgeKinds[tabs[4]] || strings.EqualFold(tabs[0], "receiver") && strings.EqualFold(tabs[1], "giver")
		case len(commas) >= 4 && strings.EqualFold(commas[0], "source") && strings.EqualFold(commas[1], "target"):
			return true
		case len(commas) == 4:
			return number(commas[2]) && number(commas[3])
		}
		return false
	}
	return false
}

func number(s string) bool {
	_, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	return err == nil
}

var edgeKinds = map[string]bool{"thanks": true, "praise": true, "gift": true, "harm": true, "withdraw": true, "forget": true, "ack": true, "give": true, "neg": true}
