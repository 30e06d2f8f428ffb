package export

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"math"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/gap"
	"github.com/entregent/entregent/gift"
	"github.com/entregent/entregent/internal/board"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/store/storetest"
	"github.com/entregent/entregent/measure"
	"github.com/entregent/entregent/presence"
)

var day = time.Date(2026, 3, 1, 9, 0, 0, 123456000, time.UTC)

// story is a small conversation: one appeal answered after two hours, one that
// waits, one withdrawn; texts that want to be formulas.
func story(t *testing.T) Data {
	t.Helper()
	log := conversation.NewLog(nil)
	for _, m := range []conversation.Message{
		{ID: "1", Thread: "a", Author: "Ana", Side: conversation.Community, Channel: "help", Time: day, Lang: "en", Text: `=HYPERLINK("http://evil")`},
		{ID: "2", Thread: "a", ReplyTo: "1", Author: "Léo", Side: conversation.Organisation, Time: day.Add(2 * time.Hour), Text: "Hello; \"yes\",\nindeed"},
		{ID: "3", Thread: "b", Author: "Bob", Side: conversation.Community, Time: day.Add(24 * time.Hour), Text: "@all hello"},
		{ID: "4", Thread: "c", Author: "-Eve", Side: conversation.Community, Time: day.Add(48 * time.Hour), Deleted: day.Add(49 * time.Hour), DeletedBy: conversation.Community},
	} {
		if !log.Append(m) {
			t.Fatalf("%s wasn't taken", m.ID)
		}
	}
	value := .25
	e := measure.Estimate{Center: .5, Lo: .4, Hi: .6, Confidence: .95, N: 40, Unit: measure.Share}
	return Data{
		Messages: FromLog(log),
		Appeals: []Appeal{
			{Message: "3", Thread: "b", Asker: "Bob", Arrived: day.Add(24 * time.Hour), Needs: true},
			{Message: "1", Thread: "a", Asker: "Ana", Channel: "help", Lang: "en", Arrived: day, Answered: day.Add(2 * time.Hour), Needs: true, Newcomer: true, Merged: 1},
			{Message: "4", Thread: "c", Asker: "-Eve", Arrived: day.Add(48 * time.Hour), Left: day.Add(49 * time.Hour)},
		},
		Thanks: []gift.Thanks{{Kind: gift.Words, From: "Ana", To: "Léo", Time: day.Add(3 * time.Hour), Strength: .5, Message: "5", For: "2", Organisation: true}},
		Gap: &gap.Report{Yardstick: "fosse", Method: gap.Method,
			Values:   []gap.Value{{ID: "care", Organisation: &value, Gap: e, Differs: true}},
			Axes:     map[string]measure.Estimate{"b": e, "a": measure.Unmeasured(measure.Score, 3)},
			Distance: gap.Distance{JSD: e},
			Groups:   []gap.Group{{By: gap.Channel, Name: "help", Values: map[string]measure.Estimate{"care": e}}},
			Periods:  []gap.Period{{From: day, To: day.Add(time.Hour), Values: map[string]measure.Estimate{"care": e}}}},
		Presence: &presence.Report{Version: presence.Version, Window: presence.Window{From: day, Until: day.Add(72 * time.Hour)},
			Index:      presence.Index{Value: &value, NAppeals: 3},
			Answered:   []presence.Answered{{Within: "24h", Rule: presence.ByOrganisation, Of: presence.All, Estimate: e}},
			Curve:      []presence.Point{{Hours: 1.5, Organisation: e, Anyone: e}},
			MedianWait: measure.Estimate{Center: 3, Lo: 2, Hi: math.Inf(1), N: 3, Unit: measure.Hours},
			Groups:     presence.Groups{Channel: []presence.Group{{Name: "help", N: 2, Answered7d: e, Attention: e}}},
			Periods:    []presence.Period{{From: day, Until: day.Add(time.Hour), Answered7dOrg: e, Answered7dAny: e, Attention: e}}},
		Until: day.Add(72 * time.Hour),
	}
}

func made(t *testing.T, table Table, data Data, o Options) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, table, data, o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// read reads a Parquet file back, column by column of a row type.
func read[T any](t *testing.T, file []byte) (list []T) {
	t.Helper()
	f, err := parquet.OpenFile(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	cols := columns(reflect.TypeFor[T]())
	for _, group := range f.RowGroups() {
		rows := group.Rows()
		for buffer := make([]parquet.Row, 1); ; {
			n, err := rows.ReadRows(buffer)
			if n == 1 {
				var row T
				for i, v := range buffer[0] {
					fill(reflect.ValueOf(&row).Elem().FieldByIndex(cols[i].index), v)
				}
				list = append(list, row)
			}
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := rows.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return list
}

func fill(field reflect.Value, v parquet.Value) {
	if field.Kind() == reflect.Pointer {
		if v.IsNull() {
			return
		}
		field.Set(reflect.New(field.Type().Elem()))
		field = field.Elem()
	}
	switch field.Interface().(type) {
	case time.Time:
		field.Set(reflect.ValueOf(time.UnixMicro(v.Int64()).UTC()))
	case string:
		field.SetString(string(v.ByteArray()))
	case bool:
		field.SetBool(v.Boolean())
	case int64:
		field.SetInt(v.Int64())
	case float64:
		field.SetFloat(v.Double())
	}
}

func cells(t *testing.T, file []byte, comma rune) [][]string {
	t.Helper()
	r := csv.NewReader(bytes.NewReader(file))
	r.Comma = comma
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// A wait that nothing ended is known to be at least so long, and never left out.
func TestAnswers(t *testing.T) {
	rows := read[AnswerRow](t, made(t, Answers, story(t), Options{Form: Parquet}))
	if len(rows) != 3 {
		t.Fatalf("%d rows", len(rows))
	}
	for i, want := range []struct {
		message, end string
		wait         float64
		censored     bool
		n            int64
	}{{"1", "answered", 2, false, 3}, {"3", "waiting", 48, true, 1}, {"4", "left", 1, true, 1}} {
		r := rows[i]
		if r.Message != want.message || r.End != want.end || *r.Wait != want.wait || *r.Lo != want.wait || r.Censored != want.censored ||
			(r.Hi == nil) != want.censored || r.N != want.n || r.Method != presence.Version || !r.Until.Equal(day.Add(72*time.Hour)) {
			t.Errorf("row %d: %+v, want %+v", i, r, want)
		}
	}
	if !rows[0].Arrived.Equal(day) || rows[0].Answered == nil || !rows[0].Answered.Equal(day.Add(2*time.Hour)) || rows[1].Answered != nil {
		t.Errorf("times %v, %v, %v", rows[0].Arrived, rows[0].Answered, rows[1].Answered)
	}
}

func TestThreads(t *testing.T) {
	rows := read[ThreadRow](t, made(t, Threads, story(t), Options{Form: Parquet}))
	if len(rows) != 3 {
		t.Fatalf("%d rows", len(rows))
	}
	a, b := rows[0], rows[1]
	if a.Thread != "a" || a.Messages != 2 || a.Community != 1 || a.Organisation != 1 || a.People != 2 || a.Duration != 2 || a.Appeals != 1 || *a.Wait != 2 || a.Censored {
		t.Errorf("a: %+v", a)
	}
	if b.Thread != "b" || b.End != "waiting" || !b.Censored || *b.Wait != 48 || b.OpenerSide != "community" {
		t.Errorf("b: %+v", b)
	}
	data := story(t)
	data.Appeals = nil
	if none := read[ThreadRow](t, made(t, Threads, data, Options{Form: Parquet}))[0]; none.Appealed != nil || none.Wait != nil || none.End != "" || none.Censored {
		t.Errorf("without an appeal: %+v", none)
	}
}

func TestMeasured(t *testing.T) {
	data := story(t)
	values := read[ValueRow](t, made(t, Values, data, Options{Form: Parquet}))
	var got []string
	for _, v := range values {
		got = append(got, strings.Join([]string{v.Scope, v.Group, v.Kind, v.ID}, " "))
		if v.Method != gap.Method || len(v.Hash) != 64 {
			t.Errorf("%+v", v)
		}
	}
	want := []string{"all  value care", "all  axis a", "all  axis b", "all  distance jsd", "channel help value care", "channel help distance jsd", "period  value care"}
	if len(got) != len(want) {
		t.Fatalf("values %q", got)
	}
	if values[5].N != 0 {
		t.Errorf("a distance that wasn't measured: %+v", values[5])
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("row %d is %q, want %q", i, got[i], want[i])
		}
	}
	if v := values[0]; *v.Center != .5 || *v.Lo != .4 || *v.Hi != .6 || *v.Confidence != .95 || *v.Organisation != .25 || v.Community != nil || !v.Differs {
		t.Errorf("care: %+v", v)
	}
	if v := values[1]; v.Center != nil || v.Lo != nil {
		t.Errorf("what isn't measured: %+v", v)
	}
	var median PresenceRow
	rows := read[PresenceRow](t, made(t, Presence, data, Options{Form: Parquet}))
	for _, r := range rows {
		if r.Measure == "median_wait" {
			median = r
		}
	}
	if len(rows) != 16 || *median.Center != 3 || *median.Lo != 2 || median.Hi != nil || median.Unit != "hours" {
		t.Errorf("%d rows; the median %+v", len(rows), median)
	}
}

// The three forms say the same, and the dictionary knows every column.
func TestFormsAgree(t *testing.T) {
	data := story(t)
	known := map[string][]string{}
	for _, d := range read[DictionaryRow](t, made(t, Dictionary, data, Options{Form: Parquet})) {
		if d.About == "" || d.Type == "" || d.Version != Version {
			t.Errorf("the dictionary says of %s.%s: %+v", d.Table, d.Column, d)
		}
		known[d.Table] = append(known[d.Table], d.Column)
	}
	for _, table := range Tables {
		rows := cells(t, made(t, table, data, Options{Form: CSV}), ',')
		if !reflect.DeepEqual(rows[0], known[string(table)]) {
			t.Errorf("%s has the columns %q, the dictionary %q", table, rows[0], known[string(table)])
		}
		file := made(t, table, data, Options{Form: Parquet})
		f, err := parquet.OpenFile(bytes.NewReader(file), int64(len(file)))
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, field := range f.Schema().Fields() {
			names = append(names, field.Name())
		}
		if !reflect.DeepEqual(names, known[string(table)]) || f.NumRows() != int64(len(rows)-1) {
			t.Errorf("%s in Parquet: columns %q, %d rows for %d", table, names, f.NumRows(), len(rows)-1)
		}
		lines := strings.Split(strings.TrimSuffix(string(made(t, table, data, Options{Form: JSONL})), "\n"), "\n")
		if len(lines) != len(rows)-1 || len(lines) < 1 {
			t.Fatalf("%s: %d lines of JSON, %d of CSV", table, len(lines), len(rows)-1)
		}
		for i, line := range lines {
			d := json.NewDecoder(strings.NewReader(line))
			d.UseNumber()
			var object map[string]any
			if err := d.Decode(&object); err != nil {
				t.Fatal(err)
			}
			for c, name := range rows[0] {
				got := rows[i+1][c]
				switch v := object[name].(type) {
				case nil:
					if got != "" {
						t.Errorf("%s, row %d, %s: %q in CSV, null in JSON", table, i, name, got)
					}
				case string:
					if strings.TrimPrefix(got, "'") != v {
						t.Errorf("%s, row %d, %s: %q in CSV, %q in JSON", table, i, name, got, v)
					}
				case bool, json.Number:
					if text, _ := json.Marshal(v); string(text) != got {
						t.Errorf("%s, row %d, %s: %s in CSV, %s in JSON", table, i, name, got, text)
					}
				}
			}
		}
	}
}

func TestSameBytes(t *testing.T) {
	for _, table := range Tables {
		for _, form := range Forms {
			first := made(t, table, story(t), Options{Form: form})
			before := runtime.GOMAXPROCS(1)
			second := made(t, table, story(t), Options{Form: form})
			runtime.GOMAXPROCS(before)
			if !bytes.Equal(first, second) {
				t.Errorf("%s as %s: other bytes the second time", table, form)
			}
		}
	}
}

// A spreadsheet runs nothing that somebody wrote.
func TestFormulas(t *testing.T) {
	for _, o := range []Options{{Form: CSV}, {Form: CSV, Excel: true}} {
		comma := map[bool]rune{false: ',', true: ';'}[o.Excel]
		file := made(t, Messages, story(t), o)
		if bytes.HasPrefix(file, []byte("\uFEFF")) != o.Excel {
			t.Errorf("a byte order mark: %v", !o.Excel)
		}
		rows := cells(t, bytes.TrimPrefix(file, []byte("\uFEFF")), comma)
		for _, row := range rows {
			for _, c := range row {
				if strings.ContainsAny(c[:min(1, len(c))], "=+-@\t\r") {
					t.Errorf("a cell begins as a formula does: %q", c)
				}
			}
		}
		text := len(rows[0]) - 1
		if rows[1][text] != `'=HYPERLINK("http://evil")` || rows[2][text] != "Hello; \"yes\",\nindeed" || rows[4][3] != "'-Eve" {
			t.Errorf("texts %q, %q, %q", rows[1][text], rows[2][text], rows[4][3])
		}
		if lines := bytes.Count(file, []byte("\r\n")); lines != 5 {
			t.Errorf("%d lines end by CR LF", lines)
		}
	}
	if got := cell(-1.5, true); got != "-1,5" {
		t.Errorf("a number for French spreadsheets: %s", got)
	}
	for _, bad := range []string{"=1", "+1", "-1", "@a", "\t=1", "\r=1", "\n=1", "＝1"} {
		if got := cell(bad, false); got != "'"+bad {
			t.Errorf("%q became %q", bad, got)
		}
	}
}

// A pseudonymous export holds no name, id or text, and yet the same people stay
// the same.
func TestPseudonyms(t *testing.T) {
	s, _ := storetest.SQLite(t)
	key, err := Key(t.Context(), s)
	if err != nil || len(key) != 32 {
		t.Fatal(key, err)
	}
	if again, err := Key(t.Context(), s); err != nil || !bytes.Equal(key, again) {
		t.Errorf("another key the second time (%v)", err)
	}
	for _, table := range []Table{Messages, Threads, Answers, Gifts} {
		file := string(made(t, table, story(t), Options{Form: JSONL, Key: key}))
		for _, name := range []string{"Ana", "Léo", "Bob", "Eve", "HYPERLINK", "hello", `"a"`, `"1"`, `"3"`} {
			if strings.Contains(file, name) {
				t.Errorf("%s tells %s:\n%s", table, name, file)
			}
		}
	}
	messages := read[MessageRow](t, made(t, Messages, story(t), Options{Form: Parquet, Key: key}))
	answers := read[AnswerRow](t, made(t, Answers, story(t), Options{Form: Parquet, Key: key}))
	others := read[AnswerRow](t, made(t, Answers, story(t), Options{Form: Parquet, Key: key[1:]}))
	if messages[0].Author != answers[0].Asker || messages[0].Message != answers[0].Message || messages[0].Thread == answers[1].Thread ||
		len(messages[0].Author) != 32 || messages[0].Author == others[0].Asker || messages[0].Characters == 0 || messages[0].ReplyTo != "" || messages[1].ReplyTo != messages[0].Message {
		t.Errorf("%+v\n%+v", messages[0], answers[0])
	}
}

func TestSince(t *testing.T) {
	o := Options{Form: JSONL, Since: day.Add(time.Hour), Until: day.Add(48 * time.Hour)}
	for table, want := range map[Table]int{Messages: 2, Threads: 1, Answers: 1, Gifts: 1} {
		if got := bytes.Count(made(t, table, story(t), o), []byte("\n")); got != want {
			t.Errorf("%s: %d rows, want %d", table, got, want)
		}
	}
}

func TestNothing(t *testing.T) {
	for _, table := range Tables[:6] {
		if got := made(t, table, Data{}, Options{Form: JSONL}); len(got) != 0 {
			t.Errorf("%s of nothing: %s", table, got)
		}
		if rows := cells(t, made(t, table, Data{}, Options{Form: CSV}), ','); len(rows) != 1 {
			t.Errorf("%s of nothing: %d lines", table, len(rows))
		}
		made(t, table, Data{}, Options{Form: Parquet})
	}
	for _, o := range []Options{{Form: "xlsx"}, {}} {
		if err := Write(io.Discard, Messages, Data{}, o); err == nil || !strings.Contains(err.Error(), "parquet, csv, jsonl") {
			t.Errorf("form %q: %v", o.Form, err)
		}
	}
	if err := Write(io.Discard, "people", Data{}, Options{Form: CSV}); err == nil || !strings.Contains(err.Error(), "messages, threads") {
		t.Errorf("no such table: %v", err)
	}
}

func TestBroken(t *testing.T) {
	cut := errors.New("cut")
	data := Data{Messages: func(yield func(conversation.Message, error) bool) { yield(conversation.Message{}, cut) }}
	for _, table := range []Table{Messages, Threads} {
		for _, form := range Forms {
			if err := Write(io.Discard, table, data, Options{Form: form}); !errors.Is(err, cut) {
				t.Errorf("%s as %s: %v", table, form, err)
			}
		}
	}
}

// What a store holds comes out as it came in, recorded thanks with it.
func TestFromStore(t *testing.T) {
	s, _ := storetest.SQLite(t)
	var in []conversation.Message
	for m, err := range story(t).Messages {
		if err != nil {
			t.Fatal(err)
		}
		in = append(in, m)
	}
	if _, err := s.Append(t.Context(), "forum", in); err != nil {
		t.Fatal(err)
	}
	if _, err := board.Thank(t.Context(), s, board.Thanks{From: "Ana", To: "Bob", Time: day, Message: "forum/3"}); err != nil {
		t.Fatal(err)
	}
	thanks, err := board.ThanksGiven(t.Context(), s, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	data := Data{Messages: FromStore(t.Context(), s, store.Range{}), Thanks: Recorded(thanks)}
	messages := read[MessageRow](t, made(t, Messages, data, Options{Form: Parquet}))
	if len(messages) != 4 || messages[1].Message != "forum/2" || messages[1].ReplyTo != "forum/1" || messages[1].Author != "Léo" || !messages[1].Time.Equal(day.Add(2*time.Hour)) {
		t.Errorf("%+v", messages)
	}
	gifts := read[GiftRow](t, made(t, Gifts, data, Options{Form: Parquet}))
	if len(gifts) != 1 || gifts[0].Kind != "record" || gifts[0].For != "forum/3" || gifts[0].N != 1 || gifts[0].Method == "" {
		t.Errorf("%+v", gifts)
	}
}

func BenchmarkMessages(b *testing.B) {
	log := conversation.NewLog(nil)
	for i := range 20_000 {
		log.Append(conversation.Message{ID: conversation.MessageID(time.Duration(i).String()), Author: "Ana", Side: conversation.Community,
			Time: day.Add(time.Duration(i) * time.Minute), Text: strings.Repeat("some words of a message ", 8)})
	}
	for _, form := range Forms {
		b.Run(string(form), func(b *testing.B) {
			for b.Loop() {
				if err := Write(io.Discard, Messages, Data{Messages: FromLog(log)}, Options{Form: form}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.N)*20_000/b.Elapsed().Seconds(), "rows/s")
		})
	}
}
