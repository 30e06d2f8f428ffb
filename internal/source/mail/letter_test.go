package mail

import (
	"bytes"
	"io"
	"maps"
	"mime/quotedprintable"
	"net/mail"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// Whatever people are called and write, a mail has the headers it should have
// and no other, lines of a length that servers take, and says what was written.
func TestLetterLaw(t *testing.T) {
	text := rapid.OneOf(rapid.String(), rapid.StringMatching(`([a-z .:\r\n\tBcé€😀"<>,=_?-]|Bcc: x@y){0,300}`))
	rapid.Check(t, func(t *rapid.T) {
		name, subject, said, id := text.Draw(t, "name"), text.Draw(t, "subject"), text.Draw(t, "text"), text.Draw(t, "id")
		l := Letter{Answer: true, From: mail.Address{Name: name, Address: "a@example.org"}, To: []mail.Address{{Name: subject, Address: "b@example.org"}},
			Subject: subject, Text: said, Date: time.Unix(1, 0), ID: "x@example.org", InReplyTo: id, References: []string{id, "q@example.org"}}
		b, err := l.bytes()
		if err != nil {
			t.Fatal(err)
		}
		m, err := mail.ReadMessage(bytes.NewReader(b))
		if err != nil {
			t.Fatalf("%v:\n%q", err, b)
		}
		keys := slices.DeleteFunc(slices.Sorted(maps.Keys(m.Header)), func(k string) bool { return k == "In-Reply-To" })
		if got := strings.Join(keys, " "); got != "Content-Transfer-Encoding Content-Type Date From Message-Id Mime-Version References Subject To" {
			t.Fatalf("headers %s:\n%s", got, b)
		}
		for _, key := range []string{"From", "To"} {
			if list, err := m.Header.AddressList(key); err != nil || len(list) != 1 || list[0].Address != map[string]string{"From": "a@example.org", "To": "b@example.org"}[key] {
				t.Fatalf("%s: %v, %v", key, list, err)
			}
		}
		for line := range bytes.SplitSeq(b, []byte("\r\n")) {
			if len(line) > 998 || bytes.ContainsAny(line, "\r\n") {
				t.Fatalf("a line of %d bytes: %q", len(line), line)
			}
		}
		body, err := io.ReadAll(quotedprintable.NewReader(m.Body))
		lines := func(s string) string {
			return strings.TrimRight(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s), "\n")
		}
		if err != nil || lines(string(body)) != lines(said) {
			t.Fatalf("%q arrived as %q, %v", said, body, err)
		}
	})
}
