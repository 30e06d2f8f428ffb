package mail

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/entregent/entregent/conversation"
)

// TestMain tries the same cases every time, so that a run that fails, fails
// again: -rapid.seed=N tries others.
func TestMain(m *testing.M) {
	flag.Parse()
	if seed := flag.Lookup("rapid.seed"); seed != nil && seed.Value.String() == seed.DefValue {
		if err := seed.Value.Set("1"); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}

// lost counts records that became no message.
func lost(log *conversation.Log) (n int) {
	for _, tally := range log.ReadProblems().All() {
		if tally.Kind.Lost() {
			n += tally.Count
		}
	}
	for _, left := range log.Facts().LeftOut() {
		n += left.Count
	}
	return n
}

// Nothing is silently dropped: each mail is a message, or is told as lost or left
// out, and never both.

func TestNoMailOfAMailboxIsDropped(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		n := rapid.IntRange(1, 12).Draw(t, "mails")
		for range n {
			b.WriteString("From somebody@example.org Tue Feb  9 12:00:00 2010\n")
			b.WriteString(rapid.SampledFrom([]string{"Date: Tue, 9 Feb 2010 12:00:00 +0000\n", "Date: soon\n", ""}).Draw(t, "date"))
			fmt.Fprintf(&b, "Message-ID: <%d@example.org>\n", rapid.IntRange(0, 9).Draw(t, "id"))
			b.WriteString(rapid.SampledFrom([]string{"From: a@example.org\n", "no field\n", "", "Content-Type: multipart/mixed; boundary=b\n", "Content-Transfer-Encoding: base64\n"}).Draw(t, "field"))
			b.WriteString(rapid.SampledFrom([]string{"\n", ""}).Draw(t, "end of header"))
			b.WriteString(strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{"hello", "\n", "--b", "From the start", ">From", "--b--", "\xff"})).Draw(t, "text"), "\n"))
			b.WriteString("\n\n")
		}
		log := conversation.NewLog(nil)
		if err := conversation.Read(log, strings.NewReader(b.String()), "x.mbox", conversation.ReadOptions{Formats: Formats()}); err != nil {
			t.Fatal(err)
		}
		if log.Len()+lost(log) != n {
			t.Fatalf("%d messages and %d lost of %d mails: %q\n%s", log.Len(), lost(log), n, told(log), b.String())
		}
	})
}

// The fuzz targets share their laws: reading ends, doesn't panic, finds the same
// things again, and is strict exactly when there is something to tell.

func FuzzMbox(f *testing.F) {
	f.Add(box)
	f.Add("From a\nSubject: x\n\n>From b\nFrom c Tue Feb  9 12:00:00 2010\nbroken\nDate: 9 Feb 2010\n folded\n\nhello\n")
	f.Fuzz(func(t *testing.T, text string) { fuzzed(t, "x.mbox", text) })
}

func FuzzMail(f *testing.F) {
	f.Add(testdata(f, "answer.eml"))
	f.Add("From: =?utf-8?b?w6k=?= <a@b>\r\nDate: Tue, 9 Feb 2010 12:00:00 +0100\r\nContent-Type: text/html; charset=koi8-r\r\n\r\n<p>a<blockquote>b</p><script>c")
	f.Fuzz(func(t *testing.T, text string) { fuzzed(t, "x.eml", text) })
}

func fuzzed(t *testing.T, name, text string) *conversation.Log {
	options := conversation.ReadOptions{Formats: Formats(), Limit: 1 << 16}
	log, again := conversation.NewLog(nil), conversation.NewLog(nil)
	err := conversation.Read(log, strings.NewReader(text), name, options)
	met := told(log)
	if second := conversation.Read(again, strings.NewReader(text), name, options); fmt.Sprint(err) != fmt.Sprint(second) || told(again) != met || again.Len() != log.Len() {
		t.Fatalf("read twice: %d messages, told %q; then %d, %q", log.Len(), met, again.Len(), told(again))
	}
	if err != nil {
		return nil
	}
	options.Strict = true
	var problem *conversation.Problem
	if err := conversation.Read(conversation.NewLog(nil), strings.NewReader(text), name, options); errors.As(err, &problem) != (met != "") {
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
