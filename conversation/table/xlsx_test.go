package table

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/entregent/entregent/conversation"
)

// book makes a workbook of sheets, each of rows.
func book(t testing.TB, sheets map[string][][]any, order ...string) string {
	t.Helper()
	f := excelize.NewFile()
	style, err := f.NewStyle(&excelize.Style{NumFmt: 22}) // m/d/yy h:mm
	long, more := f.NewStyle(&excelize.Style{NumFmt: 46}) // [h]:mm:ss
	if err = errors.Join(err, more); err != nil {
		t.Fatal(err)
	}
	for i, name := range order {
		if i == 0 {
			err = f.SetSheetName("Sheet1", name)
		} else {
			_, err = f.NewSheet(name)
		}
		for r, row := range sheets[name] {
			for c, cell := range row {
				at, _ := excelize.CoordinatesToCellName(c+1, r+1)
				err = errors.Join(err, f.SetCellValue(name, at, cell))
				switch cell.(type) {
				case time.Time:
					err = errors.Join(err, f.SetCellStyle(name, at, at, style))
				case time.Duration:
					err = errors.Join(err, f.SetCellStyle(name, at, at, long))
				}
			}
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

var nine = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// Help desks that write workbooks: lines above the table, days as Excel counts
// them, hours as days, a cover sheet, a second sheet of the same table.
func TestWorkbooks(t *testing.T) {
	sheets := map[string][][]any{
		"Cover": {{"Export of tickets"}, {"Made for Acme"}},
		"2026": {
			{"Tickets of March"}, {},
			{"Ticket ID", "Created time", "Requester", "Description", "First response time"},
			{300, nine, "Ana", "How do I change my address?", 90 * time.Minute},
			{301, nine.AddDate(0, 0, 1), "Ben", "The export does nothing."},
		},
		"Old": {
			{"auteur", "rôle", "date", "message"},
			{"cy", "usager", "2025-03-02 09:00", "Où est-ce ?"},
			{"marc", "agent", nine.AddDate(-1, 0, 0).Add(time.Hour), "En route."},
		},
	}
	log := readText(t, "t.xlsx", book(t, sheets, "Cover", "2026", "Old"), conversation.ReadOptions{})
	want := `c Ana 2026-03-02 09:00:00 300  "How do I change my address?"
o  2026-03-02 10:30:00 300 300 "(wordless)"
c Ben 2026-03-03 09:00:00 301  "The export does nothing."
c cy 2025-03-02 09:00:00 t.xlsx!Old:2  "Où est-ce ?"
o marc 2025-03-02 10:00:00 t.xlsx!Old:3  "En route."
`
	if got := shown(log); got != want {
		t.Errorf("read as\n%swant\n%s", got, want)
	}
	if f := log.Facts(); f.Forms[XLSX] != 1 || f.Wordless != 1 || f.Columns["answer_delay"] != "First response time" {
		t.Errorf("facts are %+v", f)
	}
	if got := told(log); got != "" {
		t.Errorf("told %q", got)
	}
}

// Days counted from 1904, as Excel for Macintosh did (ECMA-376 18.17.4.1).
func TestDaysSince1904(t *testing.T) {
	f := excelize.NewFile()
	yes := true
	if err := errors.Join(f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}),
		f.SetSheetRow("Sheet1", "A1", &[]any{"date", "author", "side", "text"}), f.SetSheetRow("Sheet1", "A2", &[]any{46083.375 - 1462, "ana", "customer", "Where?"})); err != nil {
		t.Fatal(err)
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	if got := shown(readText(t, "-", b.String(), conversation.ReadOptions{})); !strings.Contains(got, "2026-03-02 09:00:00") {
		t.Error(got)
	}
}

func TestWorkbooksThatAreNone(t *testing.T) {
	good := book(t, map[string][][]any{"a": {{"date", "text"}, {nine, "hello"}}}, "a")
	for _, c := range []struct{ name, text, says string }{
		{"cut short", good[:len(good)/2], "get it again"},
		{"no table in it", book(t, map[string][][]any{"a": {{"hello"}, {"you"}}}, "a"), "no "},
		{"no time", book(t, map[string][][]any{"a": {{"author", "text"}, {"ana", "hello"}}}, "a"), "no column for the time among author, text"},
		{"a sheet of nines", packed(t, func(w *zip.Writer) { zeros(t, w, "xl/worksheets/sheet1.xml", 300<<20) }), "save it as CSV"},
		{"many parts", packed(t, func(w *zip.Writer) {
			for i := range mostParts + 1 {
				zeros(t, w, fmt.Sprintf("xl/worksheets/sheet%d.xml", i), 1)
			}
		}), "save it as CSV"},
	} {
		t.Run(c.name, func(t *testing.T) {
			held := most(func() {
				err := conversation.Read(conversation.NewLog(nil), strings.NewReader(c.text), "t.xlsx", conversation.ReadOptions{Formats: Formats()})
				if !errors.Is(err, conversation.ErrForm) || !strings.Contains(err.Error(), c.says) {
					t.Errorf("%v, want %q", err, c.says)
				}
			})
			if held > 64<<20 {
				t.Errorf("%d MB were held", held>>20)
			}
		})
	}
}

// A shared text that every cell repeats makes a small workbook a huge one.
func TestWorkbooksThatRepeatOneTextAreBounded(t *testing.T) {
	rows := [][]any{{"date", "text"}}
	for range 3000 {
		rows = append(rows, []any{nine, strings.Repeat("hello you ", 3200)})
	}
	err := conversation.Read(conversation.NewLog(nowhere{}), strings.NewReader(book(t, map[string][][]any{"a": rows}, "a")), "t.xlsx", conversation.ReadOptions{Formats: Formats()})
	if !errors.Is(err, errBomb) {
		t.Errorf("%v", err)
	}
}

func packed(t *testing.T, fill func(w *zip.Writer)) string {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	fill(w)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func zeros(t *testing.T, w *zip.Writer, name string, n int) {
	out, err := w.Create(name)
	for block := make([]byte, 1<<16); n > 0 && err == nil; n -= len(block) {
		_, err = out.Write(block[:min(n, len(block))])
	}
	if err != nil {
		t.Fatal(err)
	}
}

// most is how much memory doing something holds at the most, roughly: what is
// allocated between two looks is not seen.
func most(do func()) (held uint64) {
	defer debug.SetGCPercent(debug.SetGCPercent(20)) // what is held, not what is left lying
	runtime.GC()
	var before, now runtime.MemStats
	runtime.ReadMemStats(&before)
	done := make(chan struct{})
	go func() { defer close(done); do() }()
	for {
		select {
		case <-done:
			return held
		case <-time.After(5 * time.Millisecond):
			runtime.ReadMemStats(&now)
			if now.HeapInuse > before.HeapInuse {
				held = max(held, now.HeapInuse-before.HeapInuse)
			}
		}
	}
}

// Tables made to take memory or time.
func TestBombsAreBounded(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	wide := strings.Repeat("a,", 9_997) + "date,text,author"
	row := "\n" + strings.Repeat("1,", 9_997) + "2026-03-02 09:00,hello,ana"
	for name, text := range map[string]string{
		"10,000 columns":                 wide + strings.Repeat(row, 500),
		"10,000 columns that are found":  strings.Repeat("reply text,", 10_000) + "date,text" + strings.Repeat("\n"+strings.Repeat("hello,", 10_000)+"2026-03-02 09:00,hello", 300),
		"a line without end":             "date,text\n" + strings.Repeat("hello ", 8<<20),
		"a quote without end":            "date,text\n2026-03-02 09:00,\"" + strings.Repeat("hello\n", 3<<20),
		"a header without end":           strings.Repeat("date,text ", 5<<20),
		"a quote on every line":          "date,text\n" + strings.Repeat("2026-03-02 09:00,\"hello\n", 1<<18),
		"separators alone":               "date,text\n" + strings.Repeat(",", 40<<20),
		"rows of nothing":                "date,text\n" + strings.Repeat(",\n", 20<<20),
		"dates in doubt":                 "date,text\n" + strings.Repeat("03/04/2026,hello\n", 1<<17),
		"a time of many words":           "date,text\n" + strings.Repeat("2026 mon mon mon mon mon mon mon mon mon mon mon mon mon mon mon mon mon mon mon mon mon mon mon mon mon,hello\n", 1<<18),
		"a page in pieces":               "date,author,text\n" + strings.Repeat("2026-03-02 09:00,ana,"+strings.Repeat("<p><div><a><b>", 100)+"\n", 1<<14),
		"carriage returns":               strings.Repeat("date,text\r", 1<<20),
		"a byte order mark and nothing":  "\uFEFF",
		"words for sides, all different": "date,text,role,id\n" + manyWords(200_000),
	} {
		t.Run(name, func(t *testing.T) {
			start, text := time.Now(), text
			held := most(func() {
				_ = conversation.Read(conversation.NewLog(nowhere{}), strings.NewReader(text), "t.csv", conversation.ReadOptions{Formats: Formats()})
			})
			t.Logf("%d MB, %d MB held, %v", len(text)>>20, held>>20, time.Since(start).Round(time.Millisecond))
			if limit := uint64(64 << 20); held > limit {
				t.Errorf("%d MB were held", held>>20)
			}
		})
	}
}

func manyWords(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "2026-03-02 09:00,hello,role %d,%d\n", i, i)
	}
	return b.String()
}

func FuzzXLSX(f *testing.F) {
	f.Add(book(f, map[string][][]any{"a": {{"date", "text", "reply", "replied at"}, {nine, "hello you", "hello", nine}}}, "a"))
	f.Add(book(f, map[string][][]any{"a": {{"x"}, {"date", "text", "role"}, {46083.375, "hello you", "agent"}}, "b": {{"date", "text"}, {1, 2}}}, "a", "b"))
	f.Fuzz(func(t *testing.T, text string) { fuzzed(t, "x.xlsx", text) })
}
