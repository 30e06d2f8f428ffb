package conversation

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// Nothing is silently dropped: each record is a message or a problem that says
// it is lost, and never both.

func TestNoLineOfJSONLIsDropped(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines := rapid.SliceOfN(rapid.OneOf(
			rapid.Custom(func(t *rapid.T) string {
				return fmt.Sprintf(`{"id":"%d","reply_to":%d,"time":%s,"text":%q,"x":%s}`, rapid.IntRange(0, 9).Draw(t, "id"), rapid.IntRange(0, 9).Draw(t, "reply"),
					rapid.SampledFrom([]string{`"2010-02-09T12:00:00Z"`, `"2010-02-09"`, `"soon"`, "null", "true", "1265713200", "[]", `"03/04/2010"`}).Draw(t, "time"),
					rapid.String().Draw(t, "text"), rapid.SampledFrom([]string{"1", "{}", "[", `"\x"`, "null"}).Draw(t, "x"))
			}),
			rapid.StringN(0, 20, -1),
			rapid.SampledFrom([]string{"", " ", "\r", "{}", "[]", "\x00", "\xff", strings.Repeat("a", 300)}),
		), 0, 30).Draw(t, "lines")
		text, records := "{}\n"+strings.Join(lines, "\n"), 0
		for _, line := range strings.Split(text, "\n") {
			if !blank([]byte(line)) {
				records++
			}
		}
		log := NewLog(nil)
		if err := Read(log, strings.NewReader(text), "x.jsonl", ReadOptions{Limit: 250}); err != nil {
			t.Fatal(err)
		}
		if log.Len()+lost(log) != records {
			t.Fatalf("%d messages and %d lost of %d records: %q", log.Len(), lost(log), records, told(log))
		}
	})
}

// The fuzz targets share their laws: reading ends, doesn't panic, finds the
// same things again, and is strict exactly when there is something to tell.

func FuzzJSONL(f *testing.F) {
	f.Add(testdata(f, "recall.jsonl"))
	f.Add(`{"id":1,"reply_to":2,"time":"2010-02-09"}` + "\r\n\n{\"id\":2,\"reply_to\":1,\"time\":1265713200}\n\x00\xff{")
	f.Add("\xff\xfe{\x00}\x00")
	f.Fuzz(func(t *testing.T, text string) {
		log := fuzzed(t, "x.jsonl", text)
		records := 0
		for _, line := range strings.Split(strings.TrimPrefix(text, "\uFEFF"), "\n") {
			if !blank([]byte(line)) {
				records++
			}
		}
		if log != nil && log.ReadProblems().Count(OtherEncoding) == 0 && log.Len()+lost(log) != records {
			t.Fatalf("%d messages and %d lost of %d records", log.Len(), lost(log), records)
		}
	})
}

// FuzzDates looks for times that are read differently when they are written
// down as they were understood.
func FuzzDates(f *testing.F) {
	for _, s := range []string{"2010-02-09T12:00:00+01:00", "9 févr. 2010 12h30", "Feb 9, 2010 1:30 p.m. CET", "03/04/11", "1265713200.5", "20100209"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d := dates{zone: time.FixedZone("", 3600)}
		m, err := d.read(s)
		if err != nil || m.time.Year() < 1 || m.time.Year() > 9999 {
			return
		}
		again, err := d.read(m.time.Format("2006-01-02T15:04:05.999999999Z07:00"))
		if err != nil || !again.time.Equal(m.time) {
			t.Fatalf("%q was read as %v, and that as %v (%v)", s, m.time, again.time, err)
		}
	})
}

func fuzzed(t *testing.T, name, text string) *Log {
	options := ReadOptions{Limit: 1 << 16}
	log, again := NewLog(nil), NewLog(nil)
	err := Read(log, strings.NewReader(text), name, options)
	met := told(log)
	if second := Read(again, strings.NewReader(text), name, options); fmt.Sprint(err) != fmt.Sprint(second) || told(again) != met || again.Len() != log.Len() {
		t.Fatalf("read twice: %d messages, told %q; then %d, %q", log.Len(), met, again.Len(), told(again))
	}
	if err != nil {
		return nil
	}
	options.Strict = true
	var problem *Problem
	if err := Read(NewLog(nil), strings.NewReader(text), name, options); errors.As(err, &problem) != (met != "") {
		t.Fatalf("told %q, but strict reading says %v", met, err)
	}
	n := 0
	for _, thread := range log.Threads() {
		n += len(thread)
	}
	if n != log.Len() {
		t.Fatalf("%d of %d messages are in a thread", n, log.Len())
	}
	for i := range log.Len() {
		if m := log.Message(i); log.Err() != nil {
			t.Fatalf("message %s: %v", m.ID, log.Err())
		} else if _, err := m.Attributes.All(); err != nil {
			t.Fatalf("message %s: attributes %s: %v", m.ID, m.Attributes, err)
		}
	}
	return log
}
