package mail

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
)

// letterOf makes a mail of fields and a body, behind a postmark.
func letterOf(body string, fields ...string) string {
	return "From x@x.example Mon Mar 02 09:00:00 2026\n" + strings.Join(fields, "\n") + "\n\n" + body + "\n\n"
}

// readBox reads mails as a mailbox of acme.example.
func readBox(t *testing.T, mails ...string) *conversation.Log {
	t.Helper()
	roster, err := conversation.NewRoster("acme.example")
	if err != nil {
		t.Fatal(err)
	}
	return readText(t, "box.mbox", strings.Join(mails, ""), conversation.ReadOptions{Organisation: roster})
}

const (
	onMarch2 = "Date: Mon, 02 Mar 2026 09:00:00 +0000"
	ana      = "From: Ana Duarte <ana@mail.example>"
)

// TestWhoWrote: behind a list that wrote From anew (DMARC), behind the
// organisation's own form, and nowhere else.
func TestWhoWrote(t *testing.T) {
	list := "List-Id: Help <help.lists.acme.example>"
	for name, c := range map[string]struct {
		fields []string
		author string
		side   conversation.Side
	}{
		// Mailman 3, dmarc_mitigate_action munge_from
		"Mailman":                       {[]string{`From: "Ana Duarte via Help" <help@lists.acme.example>`, "Reply-To: Ana Duarte <ana@mail.example>", list}, "ana@mail.example", conversation.Community},
		"Mailman, replies to the list":  {[]string{`From: "Ana Duarte via Help" <help@lists.acme.example>`, "Reply-To: help@lists.acme.example", "Cc: Ana Duarte <ana@mail.example>", list}, "ana@mail.example", conversation.Community},
		"Mailman, to both":              {[]string{`From: "Ana Duarte via Help" <help@lists.acme.example>`, "Reply-To: help@lists.acme.example, Ana Duarte <ana@mail.example>", "List-Post: <mailto:help@lists.acme.example>"}, "ana@mail.example", conversation.Community},
		"Google Groups":                 {[]string{`From: "'Ana Duarte' via Help" <help@acme.example>`, "X-Original-From: Ana Duarte <ana@mail.example>", "X-Original-Sender: ana@mail.example", "List-ID: <help.acme.example>", "To: help@acme.example"}, "ana@mail.example", conversation.Community},
		"Google Groups without List-Id": {[]string{`From: 'Ana Duarte' via Help <help@acme.example>`, "X-Original-From: Ana Duarte <ana@mail.example>", "To: help@acme.example"}, "ana@mail.example", conversation.Community},
		"groups.io":                     {[]string{`From: "Ana Duarte via groups.io" <ana=mail.example@groups.io>`, "List-Id: <help.groups.io>", "Reply-To: help@groups.io"}, "ana@mail.example", conversation.Community},
		"IETF":                          {[]string{`From: Ana Duarte <ana=40mail.example@dmarc.ietf.org>`, "List-Id: <help.ietf.org>", "List-Post: <mailto:help@ietf.org>"}, "ana@mail.example", conversation.Community},
		"Sympa":                         {[]string{`From: "Ana Duarte (ana@mail.example via help Mailing List)" <help@lists.acme.example>`, list}, "ana@mail.example", conversation.Community},
		"LISTSERV":                      {[]string{`From: Ana Duarte <0000123abc-dmarc-request@listserv.example>`, "List-Id: <HELP.LISTSERV.EXAMPLE>", "Reply-To: Ana Duarte <ana@mail.example>", "List-Post: <mailto:HELP@LISTSERV.EXAMPLE>"}, "ana@mail.example", conversation.Community},
		"nobody named but by via":       {[]string{`From: "Ana Duarte via Help" <help@lists.acme.example>`, "Reply-To: help@lists.acme.example", list}, "ana duarte", conversation.Community},
		"one of us, behind the list":    {[]string{`From: "Sophie Roy via Help" <help@lists.acme.example>`, "X-Original-From: sophie@acme.example", list}, "sophie@acme.example", conversation.Organisation},
		"From left as it was":           {[]string{ana, "Reply-To: help@lists.acme.example", list}, "ana@mail.example", conversation.Community},
		// forms: WordPress writes as wordpress@, many write as no-reply@ or to themselves
		"WordPress":       {[]string{"From: Acme <wordpress@acme.example>", "Reply-To: Ana Duarte <ana@mail.example>", "To: contact@acme.example"}, "ana@mail.example", conversation.Community},
		"no-reply":        {[]string{"From: Site Acme <no-reply@acme.example>", "Reply-To: ana@mail.example", "To: contact@acme.example", "Auto-Submitted: auto-generated"}, "ana@mail.example", conversation.Community},
		"ne pas répondre": {[]string{"From: Formulaire <ne-pas-repondre@acme.example>", "Reply-To: ana@mail.example", "To: <contact@acme.example>"}, "ana@mail.example", conversation.Community},
		"to itself":       {[]string{"From: contact@acme.example", "Reply-To: Ana Duarte <ana@mail.example>", "To: contact@acme.example"}, "ana@mail.example", conversation.Community},
		// and what must not change hands
		"a stranger with our address in Reply-To":      {[]string{"From: Mallory <mallory@evil.example>", "Reply-To: support@acme.example", "To: contact@acme.example"}, "mallory@evil.example", conversation.Community},
		"a stranger who claims our list":               {[]string{"From: Mallory <mallory@evil.example>", "Reply-To: sophie@acme.example", list}, "mallory@evil.example", conversation.Community},
		"a stranger via":                               {[]string{`From: "Sophie Roy via Help" <mallory@evil.example>`, "X-Original-From: sophie@acme.example", list}, "mallory@evil.example", conversation.Community},
		"a stranger's no-reply":                        {[]string{"From: no-reply@evil.example", "Reply-To: sophie@acme.example", "To: contact@acme.example"}, "no-reply@evil.example", conversation.Community},
		"one of us with another address in Reply-To":   {[]string{"From: Sophie <sophie@acme.example>", "Reply-To: sophie@home.example", "To: ana@mail.example"}, "sophie@acme.example", conversation.Organisation},
		"one of us to a colleague, answering":          {[]string{"From: Sophie <sophie@acme.example>", "Reply-To: ana@mail.example", "To: marc@acme.example", "In-Reply-To: <q@x>"}, "sophie@acme.example", conversation.Organisation},
		"our no-reply to somebody, with their address": {[]string{"From: no-reply@acme.example", "Reply-To: ana@mail.example", "To: ana@mail.example"}, "no-reply@acme.example", conversation.Organisation},
	} {
		t.Run(name, func(t *testing.T) {
			log := readBox(t, letterOf("Where is it?", append(c.fields, onMarch2, "Message-ID: <m@x>", "Subject: Question")...))
			m := log.Message(0)
			if string(m.Author) != c.author || m.Side != c.side || m.Bot {
				t.Errorf("%s (%s, a machine: %v), want %s (%s)", m.Author, m.Side, m.Bot, c.author, c.side)
			}
		})
	}
}

// TestMachinesAreTold by what RFC 3464, RFC 3834 and the programs that carry and
// answer mail write.
func TestMachinesAreTold(t *testing.T) {
	for name, fields := range map[string][]string{
		"RFC 3834":              {ana, "Auto-Submitted: auto-replied (vacation)"},
		"RFC 3834, generated":   {ana, "Auto-Submitted: auto-generated; type=x"},
		"RFC 3464":              {ana, "Content-Type: multipart/report; report-type=delivery-status; boundary=b"},
		"RFC 8098":              {ana, `Content-Type: multipart/report; report-type=disposition-notification; boundary="b"`},
		"Exim":                  {"From: Mail Delivery System <Mailer-Daemon@mx.example>", "X-Failed-Recipients: a@b", "Subject: Mail delivery failed: returning message to sender"},
		"sendmail":              {"From: Mail Delivery Subsystem <MAILER-DAEMON>", "Subject: Returned mail: see transcript for details"},
		"no address":            {"From: MAILER-DAEMON <>", "Subject: Mail delivery failed"},
		"a name alone":          {"From: MAILER-DAEMON", "Subject: failure notice"},
		"a dot":                 {"From: mailer.daemon@mx.example"},
		"an underscore":         {"From: Mailer_Daemon@mx.example"},
		"postmaster":            {"From: postmaster@relay.example", "Subject: Undeliverable Mail"},
		"Postmaster, capital":   {"From: Mail Administrator <Postmaster@isp.example>", "Subject: Mail System Error - Returned Mail"},
		"Exchange":              {"From: Microsoft Exchange <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@acme.example>", "Subject: Undeliverable: Re: Topic"},
		"Exchange, de":          {"From: postmaster@firma.example", "Subject: Unzustellbar: AW: Thema"},
		"Exchange, fr":          {"From: postmaster@mairie.example", "Subject: Non remis : RE: Sujet"},
		"Return-Path":           {"From: no-reply@mailservice.example", "Return-Path: <>"},
		"Return-Path, a space":  {ana, "Return-Path: < >"},
		"Precedence":            {ana, "Precedence: auto_reply"},
		"Precedence, junk":      {"From: noreply@shop.example", "Precedence: junk"},
		"X-Autoreply":           {ana, "X-Autoreply: yes"},
		"cron":                  {"From: root@host.example", "X-Cron-Env: <SHELL=/bin/sh>"},
		"en":                    {ana, "Subject: Automatic reply: Your question"},
		"en, old":               {ana, "Subject: Out of Office AutoReply: Your question"},
		"en, brackets":          {ana, "Subject: [Auto-Reply] Your question"},
		"fr":                    {ana, "Subject: =?utf-8?q?R=C3=A9ponse_automatique_=3A_Votre_question?="},
		"fr, absence":           {ana, "Subject: Absence du bureau : votre question"},
		"de":                    {ana, "Subject: Automatische Antwort: Ihre Frage"},
		"de, notice":            {ana, "Subject: Abwesenheitsnotiz: Ihre Frage"},
		"nl":                    {ana, "Subject: Automatisch antwoord: uw vraag"},
		"es":                    {ana, "Subject: Respuesta automática: su pregunta"},
		"it":                    {ana, "Subject: Risposta automatica: domanda"},
		"pt":                    {ana, "Subject: Resposta automática: pergunta"},
		"sv":                    {ana, "Subject: Automatiskt svar: fråga"},
		"da":                    {ana, "Subject: Automatisk svar: spørgsmål"},
		"fi":                    {ana, "Subject: Automaattinen vastaus: kysymys"},
		"pl":                    {ana, "Subject: Automatyczna odpowiedź: pytanie"},
		"cs":                    {ana, "Subject: Automatická odpověď: dotaz"},
		"ru":                    {ana, "Subject: Автоматический ответ: вопрос"},
		"a click on a calendar": {ana, "Content-Type: text/calendar; method=REPLY; charset=utf-8"},
	} {
		m, err := Parse([]byte(strings.Join(append(fields, onMarch2, "Message-ID: <m@x>"), "\n") + "\n\nCould you try again later?\n"))
		if err != nil || m.Machine == "" {
			t.Errorf("%s: taken for a person's (%v)", name, err)
		}
	}
	for name, fields := range map[string][]string{
		"Auto-Submitted: no":             {ana, "Auto-Submitted: no"},
		"X-Auto-Response-Suppress":       {ana, "X-Auto-Response-Suppress: All"}, // Exchange writes it into people's mail
		"a list":                         {ana, "Precedence: list", "List-Id: <help.lists.example>"},
		"an old Mailman list":            {ana, "Precedence: bulk", "List-Id: <help.lists.example>"},
		"a request tracker":              {"From: Sophie <support@acme.example>", "Precedence: bulk", "In-Reply-To: <q@x>"},
		"a postmaster who answers":       {"From: Paul <postmaster@acme.example>", "Subject: Re: my mailbox"},
		"somebody asks of absence":       {ana, "Subject: Out of office hours?"},
		"somebody asks about a bounce":   {ana, "Subject: Mail delivery failed, what now?"},
		"somebody answers to an absence": {ana, "Subject: Re: Automatic reply: Your question"},
		"auto, the car":                  {ana, "Subject: Auto"},
		"automatic lights":               {ana, "Subject: Automatic lights don't work"},
		"a return path":                  {ana, "Return-Path: <ana@mail.example>"},
		"an invitation":                  {ana, "Content-Type: text/calendar; method=REQUEST"},
	} {
		m, err := Parse([]byte(strings.Join(append(fields, onMarch2, "Message-ID: <m@x>"), "\n") + "\n\nCould you try again later?\n"))
		if err != nil || m.Machine != "" {
			t.Errorf("%s: taken for a machine's, by %s (%v)", name, m.Machine, err)
		}
	}
	// Python's mailbox module writes this before any mail it is given.
	log := readBox(t, "From MAILER-DAEMON Mon Mar  2 09:00:00 2026\n"+ana+"\n"+onMarch2+"\nMessage-ID: <m@x>\n\nWhere is it?\n\n")
	if log.Len() != 1 || log.At(0).Bot || log.Facts().Machines != 0 {
		t.Errorf("a postmark of Python's made a machine")
	}
	log = readBox(t, letterOf("User unknown", "From: MAILER-DAEMON <>", onMarch2, "Message-ID: <m@x>"))
	if log.Facts().Machines != 1 || !log.At(0).Bot {
		t.Errorf("%d machines, want 1", log.Facts().Machines)
	}
}

// TestDatesNobodyCanHave yield to Received, then to the postmark.
func TestDatesNobodyCanHave(t *testing.T) {
	stamp := "From x Thu Mar 12 10:00:00 2026\n"
	received := "Received: from mx.mail.example by in.acme.example; Thu, 12 Mar 2026 09:00:00 +0000"
	for name, c := range map[string]struct {
		fields []string
		want   string // in UTC
		told   bool
	}{
		"as it should be":                 {[]string{"Date: Thu, 12 Mar 2026 09:58:00 +0100", received}, "2026-03-12T08:58", false},
		"2096":                            {[]string{"Date: Sat, 17 Mar 2096 05:32:00 +0000", received}, "2026-03-12T09:00", true},
		"2096, the postmark alone":        {[]string{"Date: Sat, 17 Mar 2096 05:32:00 +0000"}, "2026-03-12T10:00", true},
		"the year 126":                    {[]string{"Date: Thu, 12 Mar 126 08:00:00 +0000", received}, "2026-03-12T08:00", false}, // RFC 5322, 4.3
		"the year 26":                     {[]string{"Date: Thu, 12 Mar 26 08:00:00 +0000", received}, "2026-03-12T08:00", false},
		"the epoch":                       {[]string{"Date: Thu, 01 Jan 1970 00:00:00 +0000", received}, "2026-03-12T09:00", true},
		"the epoch, in the west":          {[]string{"Date: Wed, 31 Dec 1969 19:00:00 -0500"}, "2026-03-12T10:00", true},
		"DOS":                             {[]string{"Date: Tue, 01 Jan 1980 00:04:00 +0000"}, "2026-03-12T10:00", true},
		"the Mac's":                       {[]string{"Date: Fri, 01 Jan 1904 00:00:00 +0000", received}, "2026-03-12T09:00", true},
		"a dead battery":                  {[]string{"Date: Sat, 01 Jan 2011 00:00:00 +0000", received}, "2026-03-12T09:00", true},
		"a clock that goes an hour fast":  {[]string{"Date: Thu, 12 Mar 2026 10:00:00 +0000", received}, "2026-03-12T09:00", true},
		"a clock that goes a minute fast": {[]string{"Date: Thu, 12 Mar 2026 09:01:00 +0000", received}, "2026-03-12T09:01", false},
		"held for two days":               {[]string{"Date: Tue, 10 Mar 2026 09:00:00 +0000", received}, "2026-03-10T09:00", false},
		"several hops":                    {[]string{"Date: Sat, 17 Mar 2096 05:32:00 +0000", received, "Received: by old.example; Thu, 12 Mar 2026 08:59:00 +0000"}, "2026-03-12T09:00", true},
		"no date":                         {[]string{received}, "2026-03-12T09:00", true},
		"no date, the postmark alone":     {nil, "2026-03-12T10:00", true},
		"soon":                            {[]string{"Date: soon"}, "2026-03-12T10:00", true},
		"an old mail put into Gmail":      {[]string{"Date: Fri, 12 Mar 2010 09:00:00 +0000", "Received: from 1 named unknown by gmailapi.google.com with HTTPREST; Thu, 12 Mar 2026 09:00:00 +0000"}, "2010-03-12T09:00", false},
		"an old mail in a new mailbox":    {[]string{"Date: Fri, 12 Mar 2010 09:00:00 +0000"}, "2010-03-12T09:00", false},
		"French":                          {[]string{"Date: jeu., 12 mars 2026 09:00:00 +0100", received}, "2026-03-12T08:00", false},
	} {
		log := readBox(t, stamp+ana+"\nMessage-ID: <m@x>\n"+strings.Join(append(c.fields, "Subject: q"), "\n")+"\n\nWhere is it?\n")
		if log.Len() != 1 {
			t.Errorf("%s: %d mails, %s", name, log.Len(), told(log))
			continue
		}
		got := time.UnixMicro(log.At(0).Time).UTC().Format("2006-01-02T15:04")
		if got != c.want || (told(log) != "") != c.told {
			t.Errorf("%s: %s, told %q; want %s", name, got, told(log), c.want)
		}
	}
	log := readText(t, "x.eml", ana+"\nMessage-ID: <m@x>\nDate: Thu, 01 Jan 1970 00:00:00 +0000\n\nWhere is it?\n", conversation.ReadOptions{})
	if log.Len() != 0 || log.ReadProblems().Count(conversation.BadTime) != 1 {
		t.Errorf("a mail that came at no time: %d, %s", log.Len(), told(log))
	}
}

// TestFromInABodyOpensNoMail, and what opens one does.
func TestFromInABodyOpensNoMail(t *testing.T) {
	hash := strings.Repeat("1a", 20)
	for name, body := range map[string]string{
		"a patch (git format-patch)":  "From " + hash + " Mon Sep 17 00:00:00 2001\nFrom: Ana <ana@mail.example>\nDate: Tue, 10 Feb 2026 08:00:00 +0000\nSubject: [PATCH] x\n\n---\n",
		"a patch of SHA-256":          "From " + strings.Repeat("1a", 32) + " Mon Sep 17 00:00:00 2001\nFrom: Ana <ana@mail.example>\nDate: Tue, 10 Feb 2026 08:00:00 +0000\nSubject: [PATCH] x\n",
		"a form":                      "From our web form\nName: Ana\nSubject: Bill\n",
		"a desk":                      "From the desk of Ana\nDate: yesterday\nSubject: Bill\n",
		"a log":                       "From ana@mail.example to support\nReceived: ok\nSubject: none\n",
		"an address and a form":       "From ana@mail.example\nName: Ana\nSubject: Bill\n\nwhere?",
		"a note":                      "From here on nothing works.\nNote: only since Monday.\n",
		"a date":                      "From Tue Feb  9 12:00:00 2010 on, nothing works.\n",
		"a sentence that ends in one": "From what I see it began Tue Feb  9 12:00:00 2010\nand nothing works since.\n",
		"a date and a form":           "From the site Tue Feb  9 12:00:00 2010\nName: Ana\nSubject: Bill\n",
		"quoted by the mailbox":       ">From the start it was like this.\n",
		"quoted twice (mboxrd)":       ">>From the start it was like this.\n",
	} {
		next := letterOf("Here.", "From: Sophie <sophie@acme.example>", onMarch2, "Message-ID: <a@x>")
		log := readBox(t, letterOf("I copy it.\n\n"+body+"\nWhere is it?", ana, onMarch2, "Message-ID: <q@x>"), next)
		end := "Where is it?"
		if strings.HasPrefix(name, "a patch") {
			end = "2001" // what follows is a copied header and the patch: nobody's words
		}
		if log.Len() != 2 || !strings.HasSuffix(log.Text(0), end) || told(log) != "" {
			t.Errorf("%s: %d mails, the first reads %q, told %s", name, log.Len(), log.Text(0), told(log))
		}
	}
	for name, mark := range map[string]string{
		"Mozilla":      "From - Mon Mar 02 09:00:00 2026",
		"Eudora":       "From ???@??? Mon Mar 02 09:00:00 2026",
		"Gmail":        "From 1712345678901234567@xxx Mon Mar 02 09:00:00 +0000 2026",
		"Pipermail":    "From ana at mail.example  Mon Mar  2 09:00:00 2026",
		"a zone":       "From ana@mail.example Mon Mar  2 09:00:00 CET 2026",
		"UUCP":         "From ana Mon Mar  2 09:00:00 2026 remote from host",
		"as in a Date": "From ana@mail.example Mon, 2 Mar 2026 09:00:00 +0000",
		"no date":      "From ana@mail.example",
		"no seconds":   "From ana@mail.example Mon Mar  2 09:00 2026",
	} {
		log := readText(t, "box", strings.Repeat(mark+"\n"+ana+"\n"+onMarch2+"\nMessage-ID: <m@x>\n\nWhere?\n\n", 1)+mark+"\n"+ana+"\n"+onMarch2+"\nMessage-ID: <n@x>\n\nWhen?\n", conversation.ReadOptions{})
		if log.Len() != 2 {
			t.Errorf("%s: %d mails, want 2: %s", name, log.Len(), told(log))
		}
	}
	patches := "From " + hash + " Mon Sep 17 00:00:00 2001\n" + ana + "\n" + onMarch2 + "\nSubject: [PATCH 1/2] a\n\n---\n\n"
	if log := readText(t, "patches.mbox", patches+strings.Replace(patches, "1/2] a", "2/2] b", 1), conversation.ReadOptions{}); log.Len() != 2 {
		t.Errorf("a mailbox of patches: %d mails, want 2: %s", log.Len(), told(log))
	}
}

// TestMIMEALittleWrongIsRead as people see it in their programs.
func TestMIMEALittleWrongIsRead(t *testing.T) {
	part := "Content-Type: text/plain; charset=\"utf-8\"\nContent-Transfer-Encoding: quoted-printable\n\nC'est tr=C3=A8s long.\n"
	for name, c := range map[string][2]string{ // fields, body
		"= outside of quotes":      {"Content-Type: multipart/alternative; boundary=----=_Part_1", "------=_Part_1\n" + part + "------=_Part_1--\n"},
		"a boundary unclosed":      {"Content-Type: multipart/mixed; boundary=\"b", "--b\n" + part + "--b--\n"},
		"another boundary":         {"Content-Type: multipart/mixed; boundary=\"a\"", "--b\n" + part + "--b--\n"},
		"no boundary":              {"Content-Type: multipart/mixed", "--b\n" + part + "--b--\n"},
		"spaces behind a boundary": {"Content-Type: multipart/mixed; boundary=b", "--b  \n" + part + "--b--\n"},
		"a parameter twice":        {"Content-Type: text/plain; charset=utf-8; charset=utf-8\nContent-Transfer-Encoding: quoted-printable", "C'est tr=C3=A8s long."},
		"no semicolon":             {"Content-Type: text/plain charset=utf-8\nContent-Transfer-Encoding: quoted-printable", "C'est tr=C3=A8s long."},
		"a semicolon too much":     {"Content-Type: text/plain; charset=utf-8;\nContent-Transfer-Encoding: quoted-printable;", "C'est tr=C3=A8s long."},
		"a space for a dash":       {"Content-Transfer-Encoding: quoted printable", "C'est tr=C3=A8s long."},
		"in quotes":                {"Content-Transfer-Encoding: \"quoted-printable\"", "C'est tr=C3=A8s long."},
		"with a charset":           {"Content-Transfer-Encoding: Quoted-Printable; charset=utf-8", "C'est tr=C3=A8s long."},
		"8bits":                    {"Content-Transfer-Encoding: 8bits", "C'est très long."},
		"base64 without its end":   {"Content-Transfer-Encoding: base64", "QydzdCB0csOocyBsb25nLg"},
		"soft breaks with spaces":  {"Content-Transfer-Encoding: quoted-printable", "C'est tr=C3=A8s=  \n long."},
		"a type that is none":      {"Content-Type: text", "C'est très long."},
		"a charset in quotes":      {"Content-Type: text/plain; charset='utf-8'", "C'est très long."},
		"a charset that lies":      {"Content-Type: text/plain; charset=iso-8859-1", "C'est très long."},
		"spaces before the colon":  {"Content-Transfer-Encoding : quoted-printable", "C'est tr=C3=A8s long."},
	} {
		log := readBox(t, letterOf(c[1], ana, onMarch2, "Message-ID: <m@x>", "In-Reply-To: <q@x>", "MIME-Version: 1.0", c[0]))
		if log.Len() != 1 || !strings.Contains(log.Text(0), "très long.") || strings.Contains(log.Text(0), "=") {
			t.Errorf("%s: reads %q, told %s", name, log.Text(0), told(log))
		}
	}
}

// TestMailsInMailsAreMails: digests (RFC 2046, 5.1.5; RFC 1153) and mails passed on
// as they were.
func TestMailsInMailsAreMails(t *testing.T) {
	one := func(n int, who string) string {
		return fmt.Sprintf("From: %s@mail.example\nSubject: Matter %d\nDate: Mon, 02 Mar 2026 09:0%d:00 +0000\nMessage-ID: <d%d@x>\n\nWhere is number %d?\n", who, n, n, n, n)
	}
	plain := strings.Repeat("-", 70) + "\n\n" + "Message: 1\nDate: Mon, 02 Mar 2026 09:01:00 +0000\nFrom: ana at mail.example (Ana Duarte)\nSubject: Matter 1\nTo: help@lists.acme.example\nMessage-ID: <d1@x>\n\nWhere is number 1?\n\n" +
		strings.Repeat("-", 30) + "\n\nMessage: 2\nDate: Mon, 02 Mar 2026 09:02:00 +0000\nFrom: Ben <ben@mail.example>\nSubject: Matter 2\nMessage-ID: <d2@x>\n\nWhere is number 2?\n\n" + strings.Repeat("-", 30) + "\n\nEnd of Help Digest, Vol 1, Issue 1\n"
	out := []string{"From: help-request@lists.acme.example", onMarch2, "Message-ID: <dig@x>", "Subject: Help Digest, Vol 1, Issue 1", "List-Id: <help.lists.acme.example>", "MIME-Version: 1.0"}
	fwd := []string{"From: Sophie <sophie@acme.example>", "Date: Mon, 02 Mar 2026 12:00:00 +0000", "Message-ID: <f@x>", "Subject: Fwd: Matter 1", "To: marc@acme.example", "MIME-Version: 1.0"}
	for name, c := range map[string]struct {
		mail string
		ids  string
		left string
	}{
		"multipart/digest":        {letterOf("--b\n\n"+one(1, "ana")+"\n--b\n\n"+one(2, "ben")+"\n--b--", append(out, "Content-Type: multipart/digest; boundary=b")...), "d1@x d2@x", "digest"},
		"Mailman's, in mixed":     {letterOf("--o\nContent-Type: text/plain\n\nToday's Topics:\n\n--o\nContent-Type: multipart/digest; boundary=b\n\n--b\nContent-Type: message/rfc822\n\n"+one(1, "ana")+"\n--b\nContent-Type: message/rfc822\n\n"+one(2, "ben")+"\n--b--\n\n--o--", append(out, "Content-Type: multipart/mixed; boundary=o")...), "d1@x d2@x", "digest"},
		"plain":                   {letterOf("Today's Topics:\n\n   1. Matter 1 (Ana Duarte)\n\n"+plain, append(out, "Content-Type: text/plain")...), "d1@x d2@x", "digest"},
		"passed on with words":    {letterOf("--b\n\nMarc, can you?\n\n--b\nContent-Type: message/rfc822\nContent-Disposition: attachment\n\n"+one(1, "ana")+"\n--b--", append(fwd, "Content-Type: multipart/mixed; boundary=b")...), "d1@x f@x", ""},
		"passed on without words": {letterOf("--b\nContent-Type: message/rfc822\n\n"+one(1, "ana")+"\n--b--", append(fwd, "Content-Type: multipart/mixed; boundary=b")...), "d1@x", "wrapper"},
		"wrapped by a list":       {letterOf("--b\nContent-Type: message/rfc822\n\n"+one(1, "ana")+"\n--b--", append(out[:3:3], "Content-Type: multipart/mixed; boundary=b")...), "d1@x", "wrapper"},
		"the mail itself":         {letterOf(one(1, "ana"), append(fwd, "Content-Type: message/rfc822")...), "d1@x", "wrapper"},
		"a mail in a mail in one": {letterOf("From: ben@mail.example\nMessage-ID: <i@x>\nDate: Mon, 02 Mar 2026 10:00:00 +0000\nContent-Type: message/rfc822\n\n"+one(1, "ana"), append(fwd, "Content-Type: message/rfc822")...), "d1@x", "wrapper"},
		"what a bounce returns":   {letterOf("--b\n\nUser unknown.\n\n--b\nContent-Type: message/rfc822\n\n"+one(1, "ana")+"\n--b--", append(fwd, `Content-Type: multipart/report; report-type=delivery-status; boundary=b`)...), "f@x", ""},
	} {
		log := readBox(t, c.mail)
		var ids []string
		for i := range log.Len() {
			ids = append(ids, string(log.ID(i)))
		}
		left := ""
		for _, l := range log.Facts().LeftOut() {
			left = l.Why
		}
		if strings.Join(ids, " ") != c.ids || left != c.left || told(log) != "" {
			t.Errorf("%s: read %q, left out %q, told %q; want %q, %q", name, ids, left, told(log), c.ids, c.left)
		}
	}
	// the copy of a mail that was read is no second one
	q := letterOf("Where is number 1?", strings.Split(strings.TrimSuffix(strings.Split(one(1, "ana"), "\n\n")[0], "\n"), "\n")...)
	log := readBox(t, q, letterOf("--b\n\nCan you?\n\n--b\nContent-Type: message/rfc822\n\n"+one(1, "ana")+"\n--b--", append(fwd, "Content-Type: multipart/mixed; boundary=b")...))
	if log.Len() != 2 || told(log) != "" || log.Facts().LeftOut()[0].Why != "copy" {
		t.Errorf("%d mails, told %q, left out %v", log.Len(), told(log), log.Facts().LeftOut())
	}
}

// TestWhatArchivesAndProgramsAdd: notes of what was scrubbed, soft line breaks,
// calendars, files that hold the text.
func TestWhatArchivesAndProgramsAdd(t *testing.T) {
	for name, c := range map[string]struct{ kind, body, text, told string }{
		"scrubbed HTML":  {"", "Where is it?\n-------------- next part --------------\nAn HTML attachment was scrubbed...\nURL: <https://lists.example/attachments/1.htm>", "Where is it?", ""},
		"scrubbed image": {"", "Where is it?\n-------------- next part --------------\nA non-text attachment was scrubbed...\nName: a.png\nType: image/png\nSize: 100 bytes\nDesc: not available\nURL: <https://lists.example/1.png>", "Where is it?", ""},
		"skipped":        {"", "Where is it?\nSkipped content of type multipart/alternative-------------- next part --------------\nA non-text attachment was scrubbed...\nName: a.png\nURL: <https://lists.example/1.png>", "Where is it?", ""},
		"a note alone":   {"", "-------------- next part --------------\nAn HTML attachment was scrubbed...\nURL: <https://lists.example/attachments/1.htm>", "", "empty-text"},
		"flowed":         {"Content-Type: text/plain; format=flowed", "Where \nis it? I looked \neverywhere.\n\n> a long \n> question\n-- \nAna", "Where is it? I looked everywhere.\n\n-- \nAna", ""},
		"flowed, delsp":  {"Content-Type: text/plain; format=flowed; delsp=yes", "Wo ist Donau \ndampfschiff?", "Wo ist Donaudampfschiff?", ""},
		"stuffed":        {"Content-Type: text/plain; format=flowed", " From here on.\n it stops.", "From here on.\nit stops.", ""},
		"an invitation":  {"Content-Type: text/calendar; method=REQUEST", "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:Visit\\, part one\r\nDESCRIPTION:Can you \r\n come?\r\nEND:VEVENT\r\nEND:VCALENDAR", "Visit, part one\n\nCan you come?", ""},
		"winmail.dat":    {"Content-Type: application/ms-tnef; name=winmail.dat", "x", "", "bad-value empty-text"},
		"encrypted":      {"Content-Type: application/pkcs7-mime; smime-type=enveloped-data", "x", "", "bad-value empty-text"},
		"an empty body":  {"", "", "", "empty-text"},
		"an empty page":  {"Content-Type: text/html", "<html><body></body></html>", "", "empty-text"},
		"a page":         {"Content-Type: text/html", "<p>Where is it?</p><blockquote>Which one?</blockquote>", "Where is it?", ""},
	} {
		log := readBox(t, letterOf(c.body, ana, onMarch2, "Message-ID: <m@x>", "In-Reply-To: <m0@x>", c.kind+map[bool]string{true: "X-A: b"}[c.kind == ""]))
		met := strings.ReplaceAll(told(log), "@1", "")
		if log.Len() != 1 || log.Text(0) != c.text || !sameFaults(met, c.told) {
			t.Errorf("%s: %d mails, reads %q, told %q; want %q, %q", name, log.Len(), log.Text(0), met, c.text, c.told)
		}
	}
}

// TestAnIdUsedTwice: other words under a known id are another mail; the same ones
// are the same.
func TestAnIdUsedTwice(t *testing.T) {
	first := letterOf("First text under this id.", ana, onMarch2, "Message-ID: <same@x>", "Subject: first")
	for name, c := range map[string]struct {
		second string
		mails  int
		told   string
	}{
		"other words":          {letterOf("A different text under the same id.", ana, onMarch2, "Message-ID: <same@x>", "Subject: second"), 2, "same-id@9"},
		"another author":       {letterOf("First text under this id.", "From: ben@mail.example", onMarch2, "Message-ID: <same@x>", "Subject: first"), 2, "same-id@9"},
		"the same":             {first, 1, "duplicate-id@9"},
		"through a list":       {letterOf("First text under this id.\n_______________________________________________\nTalk mailing list\nhttp://lists.example.org", ana, onMarch2, "Message-ID: <same@x>", "Subject: [talk] first"), 1, "duplicate-id@9"},
		"without ids, differs": {letterOf("One.", ana, onMarch2) + letterOf("Two.", ana, onMarch2), 3, "missing-id@9 missing-id@15"},
	} {
		log := readBox(t, first, c.second)
		if log.Len() != c.mails || told(log) != c.told {
			t.Errorf("%s: %d mails, told %q; want %d, %q", name, log.Len(), told(log), c.mails, c.told)
		}
		if m := log.Message(0); m.Text != "first\n\nFirst text under this id." {
			t.Errorf("%s: the first reads %q", name, m.Text)
		}
	}
	third := letterOf("A different text under the same id.", ana, onMarch2, "Message-ID: <same@x>", "Subject: second")
	if log := readBox(t, first, third, third); log.Len() != 2 || told(log) != "same-id@9 duplicate-id@17" && told(log) != "duplicate-id@17 same-id@9" {
		t.Errorf("twice the other: %d mails, told %q", log.Len(), told(log))
	}
}
