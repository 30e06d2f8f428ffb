package table

import (
	"bufio"
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// latin gives bytes as UTF-8: what isn't UTF-8 is Windows-1252 (which is Latin-1
// and more), as spreadsheets in French still write it.
func latin(b []byte) (s string, was bool) {
	if utf8.Valid(b) {
		return string(b), false
	}
	decoded, err := charmap.Windows1252.NewDecoder().Bytes(b)
	if err != nil {
		return strings.ToValidUTF8(string(b), "\uFFFD"), true
	}
	return string(decoded), true
}

// oldLines gives a file whose lines end with CR alone the line feeds that are
// looked for: old spreadsheets on Macintosh write it so.
func oldLines(in *bufio.Reader, head []byte) io.Reader {
	if bytes.IndexByte(head, '\n') >= 0 || bytes.IndexByte(head, '\r') < 0 {
		return in
	}
	return &carriage{in}
}

type carriage struct{ in io.Reader }

func (c *carriage) Read(p []byte) (int, error) {
	n, err := c.in.Read(p)
	for i, b := range p[:n] {
		if b == '\r' {
			p[i] = '\n'
		}
	}
	return n, err
}
