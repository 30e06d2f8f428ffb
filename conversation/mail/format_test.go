package mail

import (
	"fmt"
	"strings"
	"testing"

	"github.com/entregent/entregent/conversation"
)

func TestFormatsAreRecognised(t *testing.T) {
	mail := "From: a@example.org\nDate: Mon, 02 Mar 2026 09:00:00 +0000\nMessage-ID: <a@b>\n\nhello\n"
	for _, c := range []struct {
		name, head string
		want       conversation.Form
	}{
		{"a.mbox", "anything", conversation.Mbox},
		{"a.MBX.gz", "anything", conversation.Mbox},
		{"a.eml", "anything", conversation.Mail},
		{"INBOX", "From a@b.org Tue Feb  9 12:00:00 2010\n" + mail, conversation.Mbox},
		{"INBOX", "\uFEFF\n\nFrom a@b.org Tue Feb  9 12:00:00 2010\n" + mail, conversation.Mbox},
		{"pipermail.txt", "From a at b.org  Tue Feb  9 12:00:00 2010\n", conversation.Mbox},
		{"0001-fix.patch", "From " + strings.Repeat("1a", 20) + " Mon Sep 17 00:00:00 2001\n" + mail, conversation.Mbox},
		{"1265713200.M1", mail, conversation.Mail},
		{"12", strings.ReplaceAll(mail, "\n", "\r\n"), conversation.Mail},
		{"12.emlx", "104       \n" + mail + "<?xml version", conversation.Mail},
		{"a.log", "Subject: hello\r\nDate: x\r\n\r\n", conversation.Mail},
		{"a.eml", "\x00\x01\x02", ""},
		{"a.mbox", "PK\x03\x04", ""},
		{"README.md", "# Hello, world\n\nFrom here on: text.\n", ""},
		{"a.txt", "Dear all: hello\n", ""},
		{"a.txt", "From here on\n", ""},
		{"a.txt", "From our web form\nSubject: x\nFrom: a\n", ""},
		{"a.csv", "date;texte\n1;2", ""},
		{"a.jsonl", "{\"id\":1}", ""},
	} {
		got := conversation.Form("")
		for _, f := range Formats() {
			if got == "" && f.Recognise(c.name, []byte(c.head)) {
				got = f.Name
			}
		}
		if got != c.want {
			t.Errorf("%s, %.30q: %q, want %q", c.name, c.head, got, c.want)
		}
	}
}

func TestAppleMailsAreRead(t *testing.T) {
	mail := "From: a@example.org\nDate: Mon, 02 Mar 2026 09:00:00 +0000\nMessage-ID: <a@b>\nSubject: q\n\nWhere is it?\n"
	log := readText(t, "12.emlx", fmt.Sprintf("%-10d\n", len(mail))+mail+"<?xml version=\"1.0\"?>\n<plist></plist>\n", conversation.ReadOptions{})
	if log.Len() != 1 || log.Text(0) != "q\n\nWhere is it?" {
		t.Errorf("%d mails, %s", log.Len(), told(log))
	}
}

// TestAddressesAreFound as archives hide them and programs write them.
func TestAddressesAreFound(t *testing.T) {
	for raw, want := range map[string]Person{
		"ana@mail.example":                          {"", "ana@mail.example"},
		"Ana Duarte <Ana@Mail.example>":             {"Ana Duarte", "ana@mail.example"},
		`"Duarte, Ana" <ana@mail.example>`:          {"Duarte, Ana", "ana@mail.example"},
		"ana at mail.example (Ana Duarte)":          {"Ana Duarte", "ana@mail.example"},
		"ana(a)mail.example":                        {"", "ana@mail.example"},
		"ana [at] mail.example":                     {"", "ana@mail.example"},
		"Ana Duarte <ana at mail.example>":          {"Ana Duarte", "ana@mail.example"},
		"=?utf-8?q?Lo=C3=AFc?= <loic@mail.example>": {"Loïc", "loic@mail.example"},
		"=?koi8-r?B?6dfBzg==?= <ivan@mail.example>": {"Иван", "ivan@mail.example"},
		"ana@mail.example (Ana Duarte)":             {"Ana Duarte", "ana@mail.example"},
		"Ana":                                       {"", "ana"},
		"<ana@mail.example>":                        {"", "ana@mail.example"},
		"Ana <ana@mail.example":                     {"Ana", "ana@mail.example"},
	} {
		if got := person(raw); got != want {
			t.Errorf("%q: %q, want %q", raw, got, want)
		}
	}
	all := people(`"Duarte, Ana" <ana@mail.example>, ben@mail.example; Team: carl@mail.example, , undisclosed-recipients:;`)
	if len(all) != 3 || all[0].Address != "ana@mail.example" || all[2].Address != "carl@mail.example" {
		t.Errorf("a list of addresses: %q", all)
	}
}

// TestFieldsAreUnfolded over any number of lines (RFC 5322, 2.2.3).
func TestFieldsAreUnfolded(t *testing.T) {
	h, body, junk := readHeader([]byte("References: <a@x>\n <b@x>\n\t<c@x>\r\n <d@x>\nSubject: one\n two\n three\nTo: ana@mail.example\nno field\n\nbody"))
	if got := ids(h.Get("References")); strings.Join(got, " ") != "a@x b@x c@x d@x" {
		t.Errorf("references %q", got)
	}
	if h.Get("subject") != "one two three" || h.Get("To") != "ana@mail.example" || junk != 1 || string(body) != "body" {
		t.Errorf("subject %q, to %q, %d no fields, body %q", h.Get("Subject"), h.Get("To"), junk, body)
	}
}
