package mail

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
)

// readText reads a text into a fresh log.
func readText(t testing.TB, name, text string, o conversation.ReadOptions) *conversation.Log {
	t.Helper()
	log := conversation.NewLog(nil)
	o.Formats = Formats()
	if err := conversation.Read(log, strings.NewReader(text), name, o); err != nil {
		t.Fatalf("reading %s: %v", name, err)
	}
	return log
}

// told lists the problems of reading, a kind and line each, in order of kinds.
func told(log *conversation.Log) string {
	var all []string
	for _, tally := range log.ReadProblems().All() {
		for _, p := range tally.Examples {
			all = append(all, string(p.Kind)+"@"+p.Origin.String()[strings.LastIndex(p.Origin.String(), ":")+1:])
		}
	}
	return strings.Join(all, " ")
}

const box = `From marie@example.org Tue Feb  9 13:30:00 2010
Message-ID: <ask@example.org>
Date: Tue, 9 Feb 2010 13:30:00 +0100
From: =?utf-8?q?Marie_Dur=C3=A9e?= <Marie@Example.org>
To: "Support" <support@acme.org>
Subject: =?ISO-8859-1?Q?R=E9servoir?=
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Le r=C3=A9servoir fuit.
>From what I see, it drips.
What can I do?

From support@acme.org Tue Feb  9 15:00:00 2010
Message-ID: <auto@acme.org>
Date: Tue, 9 Feb 2010 13:31:00 +0100
From: Support <support@acme.org>
In-Reply-To: <ask@example.org>
Auto-Submitted: auto-replied
Subject: Re: Reservoir

We got your mail.

From support@acme.org Tue Feb  9 15:00:00 2010
Message-ID: <answer@acme.org>
Date: Tue, 9 Feb 2010 15:00:00 +0100
From: Paul at Acme <support@acme.org>
In-Reply-To: <ask@example.org>
References: <ask@example.org>
Subject: Re: Reservoir
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="outer"

--outer
Content-Type: multipart/alternative; boundary=inner

--inner
Content-Type: text/plain; charset=iso-8859-1

Changez le joint: c'est r` + "\xe9gl\xe9" + `.

Le 9 f` + "\xe9" + `vrier 2010, Marie Dur` + "\xe9" + `e a
 ` + "\xe9" + `crit :
> It drips.
> What can I do?

-- 
Paul
--inner
Content-Type: text/html; charset=utf-8

<p>Changez le <b>joint</b></p>
--inner--
--outer
Content-Type: image/png
Content-Disposition: attachment; filename=joint.png
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--outer--
`

func TestMailboxReads(t *testing.T) {
	roster, err := conversation.NewRoster("acme.org, support@acme.org; workshop")
	if err != nil {
		t.Fatal(err)
	}
	log := readText(t, "box.mbox", box, conversation.ReadOptions{Organisation: roster})
	if log.Len() != 3 || told(log) != "" {
		t.Fatalf("%d messages, told %q; want 3 and nothing", log.Len(), told(log))
	}
	ask, auto, answer := log.Message(0), log.Message(1), log.Message(2)
	if want := "Réservoir\n\nLe réservoir fuit.\nFrom what I see, it drips.\nWhat can I do?"; ask.Text != want {
		t.Errorf("the question reads %q, want %q", ask.Text, want)
	}
	if ask.ID != "ask@example.org" || ask.Author != "marie@example.org" || ask.Side != conversation.Community || ask.Department != "workshop" {
		t.Errorf("the question is %+v", ask)
	}
	if name := ask.Attributes.Text("name"); name != "Marie Durée" {
		t.Errorf("her name is %q", name)
	}
	if !ask.Time.Equal(time.Date(2010, 2, 9, 12, 30, 0, 0, time.UTC)) {
		t.Errorf("asked at %v", ask.Time)
	}
	if !auto.Bot || answer.Bot {
		t.Errorf("written by a machine: %v, %v; want the first alone", auto.Bot, answer.Bot)
	}
	if want := "Changez le joint: c'est réglé.\n\n\n-- \nPaul"; answer.Text != want {
		t.Errorf("the answer reads %q, want %q", answer.Text, want)
	}
	if answer.Side != conversation.Organisation || answer.Department != "workshop" || len(log.Threads()) != 1 {
		t.Errorf("the answer is %+v in %d threads", answer, len(log.Threads()))
	}
	if answer.Origin.Line != 24 {
		t.Errorf("the answer starts at line %d, want 24", answer.Origin.Line)
	}
}

func TestMailOfHTMLReads(t *testing.T) {
	log := readText(t, "answer.eml", testdata(t, "answer.eml"), conversation.ReadOptions{})
	if log.Len() != 1 || told(log) != "unknown-side@1" {
		t.Fatalf("%d messages, told %q", log.Len(), told(log))
	}
	m := log.Message(0)
	if want := "Bonjour Maëlle,\n\npassez à l’atelier :\nla réparation est offerte.\n\n- lundi\n- mardi"; m.Text != want {
		t.Errorf("it reads %q, want %q", m.Text, want)
	}
	if m.ID != "a1@acme.org" || m.ReplyTo != "q1@example.org" || m.Thread != "q0@example.org" || m.Author != "paul@acme.org" ||
		m.Lang != "fr" || m.Channel != "mail" || m.Bot || !m.Time.Equal(time.Date(2010, 2, 14, 16, 30, 0, 0, time.UTC)) {
		t.Errorf("it is %+v", m)
	}
	for key, want := range map[string]string{"name": "Paul Lefèvre", "subject": "Re: Pédale bloquée", "to": "Maëlle <maelle@example.org>",
		"cc": `"Atelier, Acme" <atelier@acme.org>`, "quoted_lines": "3"} {
		if got := m.Attributes.Text(key); got != want {
			t.Errorf("%s is %q, want %q", key, got, want)
		}
	}
}

// one makes a mail of some fields and a body.
func one(body string, fields ...string) string {
	return "From: a@example.org\nMessage-ID: <a@b>\nDate: Tue, 9 Feb 2010 12:00:00 +0000\n" + strings.Join(fields, "\n") + "\n\n" + body
}

func TestMailTellsWhatIsWrong(t *testing.T) {
	side := func(more string) string { return strings.TrimSpace("unknown-side@1 " + more) }
	for _, c := range []struct{ name, mail, told, text string }{
		{"nothing", "\n\n", "", ""},
		{"no mail", "hello\nyou\n", "bad-record@1", ""},
		{"a line of the header that is no field", one("hello", ">From x", "X-A: b"), side("bad-value@1"), "hello"},
		{"no end of the header", "From: a@example.org\nMessage-ID: <a@b>\nDate: 9 Feb 2010 12:00 +0000", side("empty-text@1"), ""},
		{"no date", "From: a@example.org\nMessage-ID: <a@b>\n\nhello", "unknown-side@1 missing-time@1", ""},
		{"a bad date, received", "From: a@example.org\nMessage-ID: <a@b>\nDate: soon\nReceived: by x; Tue, 9 Feb 2010 12:00:00 +0000\n\nhello", side("bad-value@1"), "hello"},
		{"a bad date", "From: a@example.org\nMessage-ID: <a@b>\nDate: soon\n\nhello", "bad-time@1", ""},
		{"no name", "From: a@example.org\nDate: Tue, 9 Feb 2010 12:00:00 +0000\n\nhello", side("missing-id@1"), "hello"},
		{"Latin-1 that isn't said", one("un caf\xe9", "Subject: caf\xe9"), side("other-encoding@1"), "café\n\nun café"},
		{"UTF-8 that says Latin-1", one("café", "Content-Type: text/plain; charset=iso-8859-1"), side(""), "café"},
		{"a charset nobody knows", one("hello", "Content-Type: text/plain; charset=klingon"), side("bad-value@1"), "hello"},
		{"Japanese", one("\x1b$B$3$s\x1b(B", "Content-Type: text/plain; charset=iso-2022-jp"), side(""), "こん"},
		{"an encoding nobody knows", one("hello", "Content-Transfer-Encoding: magic"), side("bad-value@1"), "hello"},
		{"broken base64", one("aGVsbG8h*", "Content-Transfer-Encoding: base64"), side("bad-value@1"), "hello!"},
		{"parts cut short", one("--b\n\nhello\n", `Content-Type: multipart/mixed; boundary=b`), side("bad-value@1"), "hello"},
		{"parts without a boundary", one("--\n\nhello\n", `Content-Type: multipart/mixed`), side("bad-value@1 empty-text@1"), ""},
		{"parts in parts for ever", one(strings.Repeat("--b\nContent-Type: multipart/mixed; boundary=b\n\n", 1000), `Content-Type: multipart/mixed; boundary=b`),
			side("bad-value@1 empty-text@1"), ""},
		{"an attachment alone", one("--b\nContent-Type: text/plain\nContent-Disposition: attachment\n\nhello\n--b--\n", `Content-Type: multipart/mixed; boundary=b`),
			side("empty-text@1"), ""},
		{"a quotation alone", one("> hello\n"), side(""), "> hello"},
		{"Outlook's copy below", one("Yes.\n\n-----Original Message-----\nFrom: b\n\nMay I?\n"), side(""), "Yes."},
		{"Outlook's header below", one("Oui.\n\nDe : b@example.org\nEnvoyé : mardi\nÀ : a\nObjet : c\n\nJe peux ?\n"), side(""), "Oui."},
		{"a list's footer", one("Yes.\n_______________________________________________\nTalk mailing list\nhttp://lists.example.org\n"), side(""), "Yes."},
		{"flowed words about from", one("From then on it works.\n"), side(""), "From then on it works."},
	} {
		t.Run(c.name, func(t *testing.T) {
			log := readText(t, "some.eml", c.mail, conversation.ReadOptions{})
			if got := told(log); !sameFaults(strings.ReplaceAll(got, "unknown-side@1", ""), strings.ReplaceAll(c.told, "unknown-side@1", "")) {
				t.Errorf("told %q, want %q", got, c.told)
			}
			text := ""
			if log.Len() > 0 {
				text = log.Text(0)
			}
			if text != c.text {
				t.Errorf("it reads %q, want %q", text, c.text)
			}
		})
	}
}

func TestMailboxesAsTheyAre(t *testing.T) {
	const date = "Date: Tue, 9 Feb 2010 12:00:00 +0000\n"
	box := "\n" +
		"From a@example.org  Tue Feb 09 12:00:00 2010\nFrom: a at example.org (Ann Other)\nMessage-ID: <1@b>\n" + date + "\nFrom Tue Feb  9 12:00:00 2010 on, nothing works.\n\nFrom what I saw at 10:30 in 2010.\n" + // no postmark: nothing like a header follows
		"From b@example.org Tue Feb 09 12:00:00 2010\nFrom: b@example.org\nMessage-ID: <2@b>\nPrecedence: auto_reply\n" + date + "\nno empty line before me\n\n" +
		"From c@example.org\nFrom: MAILER-DAEMON@example.org\nMessage-ID: <3@b>\n" + date + "\nno date behind my From\n>From me\n\n" +
		"From d@example.org Tue Feb  9 13:00:00 +0000 2010\nFrom: d@example.org\nMessage-ID: <4@b>\nList-Id: Help <help.example.org>\n\nno date at all\n\n" +
		"From e@example.org Tue Feb  9 13:00:00 2010\n\n" +
		"From f@example.org Tue Feb  9 13:00:00 2010\nFrom: f@example.org\nMessage-ID: <5@b>\n" + date + "\n" + strings.Repeat("x", 5000) + "\n\n" +
		"From g@example.org Tue Feb  9 13:00:00 2010\nFrom: g@example.org\nMessage-ID: <6@b>\n" + date + "\nbye"
	log := readText(t, "box", box, conversation.ReadOptions{Limit: 4000})
	var got []string
	for i := range log.Len() {
		m := log.Message(i)
		got = append(got, string(m.ID)+" "+string(m.Author)+" "+m.Channel)
		if m.Bot != (m.ID == "2@b" || m.ID == "3@b") {
			t.Errorf("%s: written by a machine: %v", m.ID, m.Bot)
		}
	}
	want := "1@b a@example.org mail, 2@b b@example.org mail, 3@b mailer-daemon@example.org mail, 4@b d@example.org help.example.org, 6@b g@example.org mail"
	if strings.Join(got, ", ") != want {
		t.Errorf("read %q, want %q", strings.Join(got, ", "), want)
	}
	if got := strings.ReplaceAll(told(log), "unknown-side", ""); !strings.Contains(got, "bad-record@33") || !strings.Contains(got, "long-line@35") || !strings.Contains(got, "bad-value@26") {
		t.Errorf("told %q", got)
	}
	if i, _ := log.Find("3@b"); !strings.HasSuffix(log.Text(i), "\nFrom me") {
		t.Errorf("a quoted From reads %q", log.Text(i))
	}
	if i, _ := log.Find("4@b"); log.At(i).Time != time.Date(2010, 2, 9, 13, 0, 0, 0, time.UTC).UnixMicro() {
		t.Errorf("without a date the postmark's stands: %v", log.Message(i).Time)
	}
}

func testdata(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// sameFaults is true for texts with the same words in any order.
func sameFaults(a, b string) bool {
	x, y := strings.Fields(a), strings.Fields(b)
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(x, y)
}
