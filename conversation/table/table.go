// Package table reads tables of what an organisation and its community wrote to
// each other: CSV with any mark between cells, and Excel's .xlsx.
//
// What a column holds is found by its name, in seven languages and as help desks,
// forums and shops call it, and by what stands in it. A row is a message; or a
// question and, in columns of its own, the answer to it, which then are two
// messages; or a ticket of which the table knows when it was answered and not
// with which words (conversation.Attributes.Wordless). Notes inside and events
// are left out and counted.
package table

import (
	"bytes"
	"path"
	"strings"

	"github.com/entregent/entregent/conversation"
)

// XLSX is the form of Excel's workbooks.
const XLSX conversation.Form = "xlsx"

// Formats gives the formats of tables, for conversation.ReadOptions: workbooks
// first, since whatever else has commas in it might be a table.
func Formats() []conversation.Format {
	return []conversation.Format{
		{Name: XLSX, Recognise: isWorkbook, Read: readWorkbook},
		{Name: conversation.CSV, Recognise: isCSV, Read: readCSV},
	}
}

// isCSV recognises a table by its name, or by a row that names its columns, when
// it is nothing else.
func isCSV(name string, text []byte) bool {
	form, err := conversation.Sniff(name, text)
	if err == nil || err != conversation.ErrForm { //nolint:errorlint // wrapped, it says what the file is instead
		return err == nil && form == conversation.CSV
	}
	text = bytes.TrimPrefix(text, []byte("\uFEFF"))
	if len(text) == 0 || bytes.IndexByte(text, 0) >= 0 || strings.Contains("{[<", string(text[:1])) {
		return false
	}
	h := begin(text, len(text) < sampledBytes, nil)
	if h.at < 0 {
		return false
	}
	t, err := understand(h.rows[h.at].cells, h.rows[h.at+1:], nil, nil)
	if err != nil || !t.has(fieldTime) || !t.has(fieldText) {
		return false
	}
	for _, f := range [...]field{fieldTime, fieldText} {
		if g := known[t.plain[t.at(f)]]; g != f && g != fieldClock {
			return false // only by what stands in it: prose has commas and dates too
		}
	}
	return true
}

// isWorkbook recognises a workbook: a zip archive that holds one.
func isWorkbook(name string, head []byte) bool {
	if !bytes.HasPrefix(head, []byte("PK\x03\x04")) {
		return false
	}
	switch path.Ext(strings.ToLower(name)) {
	case ".xlsx", ".xlsm":
		return true
	}
	return bytes.Contains(head, []byte("xl/workbook.xml")) || bytes.Contains(head, []byte("xl/worksheets/"))
}
