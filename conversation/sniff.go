package conversation

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
)

// sniffed is how much of a file is looked at to find its form.
const sniffed = 1 << 16

// ErrForm is the cause when a file is not a conversation in any known form.
var ErrForm = errors.New("not a conversation in a known form (JSONL, CSV with a header, mbox, mail)")

// magic starts files that are often taken for logs, and what to do about them.
var magic = []struct{ start, is string }{
	{"\x89PNG", "a PNG image"},
	{"\xff\xd8\xff", "a JPEG image"},
	{"GIF8", "a GIF image"},
	{"%PDF", "a PDF document"},
	{"PK\x03\x04", "a ZIP archive or a spreadsheet: unpack it, or save it as CSV"},
	{"\xd0\xcf\x11\xe0", "an old Office document: save it as CSV"},
	{"SQLite format 3", "a SQLite database: export it as CSV"},
	{"PAR1", "a Parquet table: export it as CSV"},
	{"\x1f\x8b", "compressed by gzip: decompress it first"},
	{"\x28\xb5\x2f\xfd", "compressed by zstd: decompress it first"},
	{"BZh", "compressed by bzip2: decompress it first"},
	{"\xfd7zXZ", "compressed by xz: decompress it first"},
	{"7z\xbc\xaf", "a 7-Zip archive: unpack it first"},
	{"\x7fELF", "a program"},
	{"!BDN", "an Outlook mailbox: export it as mbox"},
	{"<!DOCTYPE", "a web page"},
	{"<html", "a web page"},
	{"<?xml", "an XML document"},
}

// Sniff finds the form of a file by its name (a suffix .gz or .zst doesn't
// count) and the first bytes of what it holds, decompressed. The error wraps
// [ErrForm] and says what the file looks like instead.
func Sniff(name string, head []byte) (Form, error) {
	for _, m := range magic {
		if bytes.HasPrefix(head, []byte(m.start)) {
			return "", fmt.Errorf("%w: this is %s", ErrForm, m.is)
		}
	}
	if f := formNamed(name); f != "" {
		return f, nil
	}
	head = bytes.TrimPrefix(head, []byte("\uFEFF"))
	text := bytes.TrimLeft(head, " \t\r\n")
	switch {
	case bytes.HasPrefix(text, []byte("{")):
		return JSONL, nil
	case bytes.HasPrefix(text, []byte("[")):
		return "", fmt.Errorf("%w: this is one JSON array: write one object a line (jq -c '.[]')", ErrForm)
	}
	return "", ErrForm
}

// formNamed knows the usual names.
func formNamed(name string) Form {
	name = strings.ToLower(name)
	for _, packed := range []string{".gz", ".zst", ".zstd"} {
		name = strings.TrimSuffix(name, packed)
	}
	switch path.Ext(name) {
	case ".jsonl", ".ndjson":
		return JSONL
	case ".csv", ".tsv", ".tab":
		return CSV
	case ".mbox", ".mbx":
		return Mbox
	case ".eml":
		return Mail
	}
	return ""
}

// wideEncoding recognises UTF-16 by its mark, or by the zeros that plain
// letters have in it.
func wideEncoding(head []byte) encoding.Encoding {
	if len(head) < 2 {
		return nil
	}
	big, little := head[0] == 0xFE && head[1] == 0xFF, head[0] == 0xFF && head[1] == 0xFE
	if len(head) >= 4 && !big && !little {
		big = head[0] == 0 && head[1] != 0 && head[2] == 0 && head[3] != 0
		little = head[0] != 0 && head[1] == 0 && head[2] != 0 && head[3] == 0
	}
	switch {
	case big:
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	case little:
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	}
	return nil
}
