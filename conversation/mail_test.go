package conversation

import (
	"strings"
	"testing"
	"time"
)

// readText reads a text into a fresh log.
func readText(t testing.TB, name, text string, o ReadOptions) *Log {
	t.Helper()
	log := NewLog(nil)
	if err := Read(log, strings.NewReader(text), name, o); err != nil {
		t.Fatalf("reading %s: %v", name, err)
	}
	return log
}

// told lists the problems of reading, a kind and line each, in order of kinds.
func told(log *Log) string {
	var all []string
	for _, tally := range log.Met().All() {
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
	roster, err := NewRoster("acme.org, support@acme.org; workshop")
	if err != nil {
		t.Fatal(err)
	}
	log := readText(t, "box.mbox", box, ReadOptions{Organisation: roster})
	if log.Len() != 3 || told(log) != "" {
		t.Fatalf("%d messages, told %q; want 3 and nothing", log.Len(), told(log))
	}
	ask, auto, answer := log.Message(0), log.Message(1), log.Message(2)
	if want := "Réservoir\n\nLe réservoir fuit.\nFrom what I see, it drips.\nWhat can I do?"; ask.Text != want {
		t.Errorf("the question reads %q, want %q", ask.Text, want)
	}
	if ask.ID != "ask@example.org" || ask.Author != "marie@example.org" || ask.Side != Community || ask.Department != "workshop" {
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
	if answer.Side != Organisation || answer.Department != "workshop" || len(log.Threads()) != 1 {
		t.Errorf("the answer is %+v in %d threads", answer, len(log.Threads()))
	}
	if answer.Origin.Line != 24 {
		t.Errorf("the answer starts at line %d, want 24", answer.Origin.Line)
	}
}
