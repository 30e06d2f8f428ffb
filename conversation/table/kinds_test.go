package table

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
)

// shown is a conversation, a message a line: side, author, time, thread, what it
// replies to, text.
func shown(log *conversation.Log) string {
	var b strings.Builder
	for i := range log.Len() {
		m := log.Message(i)
		when := m.Time.UTC().Format("2006-01-02 15:04:05")
		if m.Precision == conversation.Day {
			when = m.Time.UTC().Format("2006-01-02")
		}
		thread, reply := string(m.Thread), string(m.ReplyTo)
		text := m.Text
		if m.Attributes.Wordless() {
			text = "(wordless)"
		}
		fmt.Fprintf(&b, "%.1s %s %s %s %s %q\n", m.Side, m.Author, when, thread, reply, text)
	}
	return b.String()
}

// kind is a table, what is right about it, and where its shape is from.
type kind struct {
	name    string // and source
	text    string
	options conversation.ReadOptions
	want    string // as shown
	told    string // problems
	left    string // what was left out
	columns string // some that must be read so
	unread  string
}

func check(t *testing.T, kinds []kind) {
	t.Helper()
	for _, c := range kinds {
		t.Run(c.name, func(t *testing.T) {
			log := readText(t, "t.csv", c.text, c.options)
			if got, want := shown(log), strings.TrimLeft(c.want, "\n"); got != want {
				t.Errorf("read as\n%swant\n%s", got, want)
			}
			if got := told(log); !sameWords(got, c.told) {
				t.Errorf("told %q, want %q", got, c.told)
			}
			f := log.Facts()
			var left []string
			for _, l := range f.LeftOut() {
				left = append(left, fmt.Sprintf("%d %s", l.Count, l.Why))
			}
			if got := strings.Join(left, ", "); got != c.left {
				t.Errorf("left out %q, want %q", got, c.left)
			}
			for _, pair := range strings.Split(c.columns, ";") {
				if name, column, ok := strings.Cut(pair, "="); ok && f.Columns[name] != column {
					t.Errorf("%s was read from %q, want %q; all: %v", name, f.Columns[name], column, f.Columns)
				}
			}
			if got := strings.Join(f.Unread, ";"); got != c.unread {
				t.Errorf("unread %q, want %q", got, c.unread)
			}
		})
	}
}

// Tables in which question and answer share a row.
func TestAnswersInTheRowOfTheQuestion(t *testing.T) {
	check(t, []kind{
		{name: "Google Play Console: support.google.com/googleplay/android-developer/answer/6135870",
			text: "Package Name,App Version Code,Reviewer Language,Device,Review Submit Date and Time,Review Submit Millis Since Epoch,Review Last Update Date and Time,Review Last Update Millis Since Epoch,Star Rating,Review Title,Review Text,Developer Reply Date and Time,Developer Reply Millis Since Epoch,Developer Reply Text,Review Link\n" +
				"org.acme,12,en,bravo,2026-03-02T09:00:00Z,1772442000000,2026-03-02T09:00:00Z,1772442000000,1,Lost,How do I change the address of my order?,2026-03-02T10:00:00Z,1772445600000,\"Open the order, press Edit and save.\",https://play.example/r1\n" +
				"org.acme,12,en,bravo,2026-03-03T09:00:00Z,1772528400000,2026-03-03T09:00:00Z,1772528400000,5,,Why does the export button do nothing?,,,,https://play.example/r2\n",
			want: `
c  2026-03-02 09:00:00 https://play.example/r1  "Lost\n\nHow do I change the address of my order?"
o  2026-03-02 10:00:00 https://play.example/r1 https://play.example/r1 "Open the order, press Edit and save."
c  2026-03-03 09:00:00 https://play.example/r2  "Why does the export button do nothing?"
`, columns: "answer=Developer Reply Text;answer_time=Developer Reply Date and Time;time=Review Submit Date and Time;lang=Reviewer Language"},
		{name: "Trustpilot: support.trustpilot.com, export of reviews",
			text: "Review Id,Review Created (UTC),Review Consumer User Name,Review Title,Review Content,Review Stars,Company Reply Date (UTC),Company Reply\n" +
				"r1,2026-03-02 09:00:00,Ana,Late,Where is the parcel I ordered last week?,1,2026-03-02 10:00:00,It left the warehouse this morning.\n" +
				"r2,2026-03-03 09:00:00,Ben,Good,All went well with my order this time.,5,,\n",
			options: conversation.ReadOptions{Location: time.FixedZone("", 3600)},
			want: `
c Ana 2026-03-02 09:00:00 r1  "Late\n\nWhere is the parcel I ordered last week?"
o  2026-03-02 10:00:00 r1 r1 "It left the warehouse this morning."
c Ben 2026-03-03 09:00:00 r2  "Good\n\nAll went well with my order this time."
`},
		{name: "Decidim proposals: docs.decidim.org, open data; bodies by language",
			text: "id;category/name/fr;title/fr;title/en;body/fr;body/en;published_at;answer/fr;answered_at;state;url\n" +
				"7;Voirie;Des bancs;;Pourquoi n’y a-t-il aucun banc rue du Moulin ?;;2026-03-02 09:00:00 +0100;Quatre bancs seront posés en mai prochain.;2026-03-09 09:00:00 +0100;accepted;https://d.example/proposals/7\n" +
				"8;Voirie;;Trees;;Could trees be planted along Mill Lane?;2026-03-03 09:00:00 +0100;;;;https://d.example/proposals/8\n",
			want: `
c  2026-03-02 08:00:00 7  "Des bancs\n\nPourquoi n’y a-t-il aucun banc rue du Moulin ?"
o  2026-03-09 08:00:00 7 7 "Quatre bancs seront posés en mai prochain."
c  2026-03-03 08:00:00 8  "Trees\n\nCould trees be planted along Mill Lane?"
`, columns: "text=body/fr;answer=answer/fr"},
		{name: "French town, spreadsheet of requests",
			text: "Numéro;Déposé le;Nom;Demande;Réponse de la mairie;Répondu le\n" +
				"1;02/03/2026 09:00;Ana Duarte;Quand la piscine rouvre-t-elle le dimanche ?;Elle rouvre dimanche prochain à dix heures.;02/03/2026 14:30\n" +
				"2;15/03/2026 09:00;Ben Holt;Qui répare le lampadaire de la rue Haute ?;;\n",
			want: `
c Ana Duarte 2026-03-02 09:00:00 1  "Quand la piscine rouvre-t-elle le dimanche ?"
o  2026-03-02 14:30:00 1 1 "Elle rouvre dimanche prochain à dix heures."
c Ben Holt 2026-03-15 09:00:00 2  "Qui répare le lampadaire de la rue Haute ?"
`},
		{name: "German shop, reviews with the owner's answer",
			text: "Datum;Name;Bewertung;Antwort des Unternehmens;Antwort vom\n" +
				"02.03.2026 09:00;Ana;Wann kommt meine Bestellung von gestern endlich an?;Sie ist heute Morgen unterwegs zu Ihnen.;02.03.2026 11:00\n" +
				"03.03.2026 09:00;Ben;Alles bestens, gerne wieder bei Ihnen im Laden.;;\n",
			want: `
c Ana 2026-03-02 09:00:00 t.csv:2  "Wann kommt meine Bestellung von gestern endlich an?"
o  2026-03-02 11:00:00 t.csv:2 t.csv:2 "Sie ist heute Morgen unterwegs zu Ihnen."
c Ben 2026-03-03 09:00:00 t.csv:3  "Alles bestens, gerne wieder bei Ihnen im Laden."
`},
		{name: "Spanish portal, who answers, an answer without a time",
			text: "ID,Fecha,Usuario,Pregunta,Respuesta,Fecha de respuesta,Respondido por\n" +
				"1,2026-03-02 09:00,ana,¿Cuándo abre de nuevo la biblioteca del barrio?,Abre el lunes próximo a las nueve.,2026-03-02 10:00,Marta\n" +
				"2,2026-03-03 09:00,ben,¿Dónde puedo recoger mi tarjeta de transporte?,En la oficina de la plaza Mayor.,,Marta\n",
			want: `
c ana 2026-03-02 09:00:00 1  "¿Cuándo abre de nuevo la biblioteca del barrio?"
o Marta 2026-03-02 10:00:00 1 1 "Abre el lunes próximo a las nueve."
c ben 2026-03-03 09:00:00 2  "¿Dónde puedo recoger mi tarjeta de transporte?"
`, left: "1 answer without a time"},
		{name: "answers whose time is in no column",
			text: "id,date,author,review,owner response\n1,2026-03-02 09:00,ana,Why was the museum closed on Monday?,We are always closed on Mondays.\n",
			want: `
c ana 2026-03-02 09:00:00 1  "Why was the museum closed on Monday?"
`, options: conversation.ReadOptions{Organisation: roster(t, "acme")}, unread: "owner response"},
		{name: "columns that a person named",
			text:    "no,asked,who,words,theirs,back\n1,2026-03-02 09:00,ana,Is it open?,Yes,2026-03-02 10:00\n",
			options: conversation.ReadOptions{Columns: map[string]string{"id": "no", "time": "asked", "text": "words", "author": "who", "answer": "theirs", "answer_time": "back"}},
			want: `
c ana 2026-03-02 09:00:00 1  "Is it open?"
o  2026-03-02 10:00:00 1 1 "Yes"
`},
	})
}

func roster(t *testing.T, who string) *conversation.Roster {
	t.Helper()
	r, err := conversation.NewRoster(who)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Tables of tickets that know when the first answer came, and not its words.
func TestTicketsWithTimesAlone(t *testing.T) {
	check(t, []kind{
		{name: "Zendesk Explore: first reply time in minutes",
			text: "Ticket ID,Ticket created - Timestamp,Requester name,Ticket subject,First reply time (min),Assignee name\n" +
				"300,2026-03-02 09:00:00,Ana,How do I change my address?,60,Marc\n301,2026-03-03 09:00:00,Ben,The export does nothing.,,Marc\n",
			want: `
c Ana 2026-03-02 09:00:00 300  "How do I change my address?"
o Marc 2026-03-02 10:00:00 300 300 "(wordless)"
c Ben 2026-03-03 09:00:00 301  "The export does nothing."
`, columns: "answer_delay=First reply time (min)"},
		{name: "Jira Service Management: time to first response",
			text: "Issue key;Reporter;Summary;Description;Created;Resolved;Time to first response\n" +
				"AC-1;ana;Address;How do I change my address?;02/Mar/26 9:00 AM;03/Mar/26 9:00 AM;1h 30m\nAC-2;ben;Export;The export does nothing since Monday.;03/Mar/26 9:00 AM;;\n",
			want: `
c ana 2026-03-02 09:00:00 AC-1  "Address\n\nHow do I change my address?"
o  2026-03-02 10:30:00 AC-1 AC-1 "(wordless)"
c ben 2026-03-03 09:00:00 AC-2  "Export\n\nThe export does nothing since Monday."
`},
		{name: "French help desk: first and last answer, days before months",
			text: "N° ticket;Objet;Description;Demandeur;Créé le;Dernière réponse le;Première réponse le;Échéance de réponse\n" +
				"9;Adresse;Comment changer mon adresse ?;ana@mail.example;13/03/2026 09:00;20/03/2026 09:00;13/03/2026 10:00;14/03/2026 09:00\n10;Export;Le bouton ne fait rien depuis lundi.;ben@mail.example;03/03/2026 09:00;;;05/03/2026 09:00\n",
			want: `
c ana@mail.example 2026-03-13 09:00:00 9  "Adresse\n\nComment changer mon adresse ?"
o  2026-03-13 10:00:00 9 9 "(wordless)"
c ben@mail.example 2026-03-03 09:00:00 10  "Export\n\nLe bouton ne fait rien depuis lundi."
`, columns: "answer_time=Première réponse le"},
		{name: "a length in hours and minutes",
			text: "ticket_id,created_at,requester,description,first_response_time_in_hrs\n1,2026-03-02 09:00,ana,Where is my parcel?,100:30:00\n2,2026-03-02 09:00,ben,Where is my parcel then?,00:10:00\n",
			want: `
c ana 2026-03-02 09:00:00 1  "Where is my parcel?"
o  2026-03-06 13:30:00 1 1 "(wordless)"
c ben 2026-03-02 09:00:00 2  "Where is my parcel then?"
o  2026-03-02 09:10:00 2 2 "(wordless)"
`},
		{name: "nothing says when it was answered",
			text: "ticket_id,created_at,requester,description,resolved_at\n1,2026-03-02 09:00,ana,Where is my parcel?,2026-03-03 09:00\n2,2026-03-02 09:00,ben,Where is my parcel then?,\n" +
				"3,2026-03-02 09:00,cy,Where is my parcel now?,2026-03-03 09:00\n4,2026-03-02 09:00,dan,Where is it?,\n5,2026-03-02 09:00,eve,Where can it be?,\n",
			options: conversation.ReadOptions{Organisation: roster(t, "acme")},
			want: `
c ana 2026-03-02 09:00:00 1  "Where is my parcel?"
c ben 2026-03-02 09:00:00 2  "Where is my parcel then?"
c cy 2026-03-02 09:00:00 3  "Where is my parcel now?"
c dan 2026-03-02 09:00:00 4  "Where is it?"
c eve 2026-03-02 09:00:00 5  "Where can it be?"
`, unread: "resolved_at", told: "missing-id@2 missing-id@3 missing-id@4 missing-id@5 missing-id@6"},
	})
}

func TestTicketsThatNobodyCanTellAnsweredAreCounted(t *testing.T) {
	text := "ticket_id,created_at,requester,description\n"
	for i := range 6 {
		text += fmt.Sprintf("%d,2026-03-02 09:00,ana,Where is my parcel number %d?\n", i, i)
	}
	f := readText(t, "t.csv", text, conversation.ReadOptions{}).Facts()
	if f.Single != 6 || f.Wordless != 0 {
		t.Errorf("%d single, %d wordless", f.Single, f.Wordless)
	}
	text = strings.Replace(strings.ReplaceAll(text, "\n", ",2026-03-02 10:00\n"), ",2026-03-02 10:00", ",first_response_at", 1)
	f = readText(t, "t.csv", text, conversation.ReadOptions{}).Facts()
	if f.Single != 0 || f.Wordless != 6 {
		t.Errorf("%d single, %d wordless with a time", f.Single, f.Wordless)
	}
}

// Sides in the words of the source.
func TestSidesInTheWordsOfTheSource(t *testing.T) {
	two := "c ana 2026-03-02 09:00:00 s  \"Where is it?\"\no sophie 2026-03-02 10:00:00 s  \"On its way.\"\n"
	table := func(column, theirs, ours string) string {
		return "id,conversation_id,author," + column + ",date,message\n1,s,ana," + theirs + ",2026-03-02 09:00,Where is it?\n2,s,sophie," + ours + ",2026-03-02 10:00,On its way.\n"
	}
	for _, c := range []struct{ column, theirs, ours, also string }{
		{"message_type", "incoming", "outgoing", ""},            // Chatwoot, developers.chatwoot.com
		{"inbound", "True", "False", ""},                        // Customer Support on Twitter, twcs.csv
		{"sender", "Customer", "Agent", ""},                     // Zammad, docs.zammad.org: ticket articles
		{"createdBy type", "customer", "user", ""},              // Help Scout, developer.helpscout.com: threads
		{"author_type", "user", "admin", ""},                    // Intercom, developers.intercom.com
		{"role", "end-user", "agent", ""},                       // Zendesk
		{"Qui", "Usager", "Équipe support", ""},                 // French
		{"Rolle", "Kunde", "Mitarbeiter", ""},                   // German
		{"Richtung", "eingehend", "ausgehend", ""},              // German
		{"tipo", "cliente", "agente", ""},                       // Spanish
		{"sens", "reçu", "envoyé", ""},                          // French
		{"rol", "klant", "medewerker", ""},                      // Dutch
		{"chi", "cittadino", "operatore", ""},                   // Italian
		{"perfil", "cidadão", "atendente", ""},                  // Portuguese
		{"is_staff", "no", "yes", ""},                           // forums
		{"Incoming", "true", "false", ""},                       // Freshdesk, developers.freshdesk.com: conversations
		{"speaker", "customer (verified)", "customer care", ""}, // words of several parts
	} {
		log := readText(t, "t.csv", table(c.column, c.theirs, c.ours), conversation.ReadOptions{})
		if got := shown(log); got != two || told(log) != "" {
			t.Errorf("%s %s/%s was read as\n%s%s", c.column, c.theirs, c.ours, got, told(log))
		}
		sides := log.Facts().Sides
		if len(sides) == 0 {
			t.Errorf("%s: no word was told", c.column)
		}
	}
	log := readText(t, "t.csv", table("role", "customer", "wizard"), conversation.ReadOptions{})
	if got := told(log); !sameWords(got, "bad-value@3 unknown-side@3") {
		t.Errorf("a strange word: told %q", got)
	}
	// A column of the customer's name and one of the agent's: who speaks, speaks.
	log = readText(t, "t.csv", "id,ticket_id,customer,agent,direction,date,message\n1,s,ana,sophie,in,2026-03-02 09:00,Where is it?\n2,s,ana,sophie,out,2026-03-02 10:00,On its way.\n", conversation.ReadOptions{})
	if got := shown(log); got != two {
		t.Errorf("customer and agent: read as\n%s", got)
	}
}

// Notes inside and events among messages.
func TestNotesAndEventsAreNoMessages(t *testing.T) {
	check(t, []kind{
		{name: "Zendesk comments: public",
			text: "id,ticket_id,author,role,public,created_at,body\n1,7,ana,end-user,TRUE,2026-03-02 09:00,Where is it?\n2,7,marc,agent,FALSE,2026-03-02 09:10,Lost by the courier again.\n3,7,marc,agent,TRUE,2026-03-02 10:00,On its way.\n",
			want: "c ana 2026-03-02 09:00:00 7  \"Where is it?\"\no marc 2026-03-02 10:00:00 7  \"On its way.\"\n", left: "1 note"},
		{name: "Freshdesk conversations: private, incoming",
			text: "id,ticket_id,user_id,incoming,private,created_at,body_text\n1,7,ana,true,false,2026-03-02 09:00,Where is it?\n2,7,marc,false,true,2026-03-02 09:10,Lost by the courier again.\n3,7,marc,false,false,2026-03-02 10:00,On its way.\n",
			want: "c ana 2026-03-02 09:00:00 7  \"Where is it?\"\no marc 2026-03-02 10:00:00 7  \"On its way.\"\n", left: "1 note"},
		{name: "Intercom conversation parts: part_type",
			text: "id,conversation_id,author,author_type,part_type,created_at,body\n1,7,ana,user,comment,1772442000,<p>Where is <b>it</b>?</p>\n2,7,marc,admin,assignment,1772442060,\n3,7,marc,admin,note,1772442600,<p>Lost by the courier.</p>\n4,7,marc,admin,comment,1772445600,<p>On its way.</p>\n5,7,marc,admin,close,1772445660,\n",
			want: "c ana 2026-03-02 09:00:00 7  \"Where is it?\"\no marc 2026-03-02 10:00:00 7  \"On its way.\"\n", left: "2 event, 1 note"},
		{name: "Chatwoot: incoming, outgoing, activity, template",
			text: "id,conversation_id,sender,message_type,created_at,content\n1,7,ana,incoming,2026-03-02 09:00,Where is it?\n2,7,,activity,2026-03-02 09:01,Assigned to Marc by Lena\n3,7,,template,2026-03-02 09:02,We answer as soon as we can.\n4,7,marc,outgoing,2026-03-02 10:00,On its way.\n",
			want: "c ana 2026-03-02 09:00:00 7  \"Where is it?\"\no  2026-03-02 09:02:00 7  \"We answer as soon as we can.\"\no marc 2026-03-02 10:00:00 7  \"On its way.\"\n", left: "1 event"},
		{name: "French: visibility in words",
			text: "id;dossier;auteur;rôle;visibilité;date;message\n1;7;ana;usager;public;02/03/2026 09:00;Où est-ce ?\n2;7;marc;agent;interne;02/03/2026 09:10;Encore perdu par le transporteur.\n3;7;marc;agent;public;22/03/2026 10:00;En route.\n",
			want: "c ana 2026-03-02 09:00:00 7  \"Où est-ce ?\"\no marc 2026-03-22 10:00:00 7  \"En route.\"\n", left: "1 note"},
		{name: "a conversation that is private as a whole has no notes",
			text: "id,ticket_id,author,role,private,created_at,body\n1,7,ana,customer,yes,2026-03-02 09:00,Where is it?\n2,7,marc,agent,yes,2026-03-02 10:00,On its way.\n",
			want: "c ana 2026-03-02 09:00:00 7  \"Where is it?\"\no marc 2026-03-02 10:00:00 7  \"On its way.\"\n"},
	})
	log := readText(t, "t.csv", "id,ticket_id,author,role,public,created_at,body\n1,7,ana,end-user,TRUE,2026-03-02 09:00,Where is it?\n2,7,marc,agent,FALSE,2026-03-02 09:10,Lost again.\n", conversation.ReadOptions{})
	if log.Facts().Notes != 1 {
		t.Errorf("%d notes", log.Facts().Notes)
	}
}

// Forums: threads without an id, texts as HTML, replies by number or with a sign.
func TestForums(t *testing.T) {
	check(t, []kind{
		{name: "Discourse data explorer: raw beside cooked, the thread in the address",
			text: "topic_title,category,post_number,username,post_raw,post_cooked,url,created_at\n" +
				"Address,Help,1,ana,Where do I change it?,<p>Where do I change it?</p>,https://f.example/t/address/12/1,2026-03-02 09:00:00 UTC\n" +
				"Address,Help,2,sophie,Under Orders.,<p>Under Orders.</p>,https://f.example/t/address/12/2,2026-03-02 10:00:00 UTC\n",
			options: conversation.ReadOptions{Organisation: roster(t, "sophie")},
			want: `
c ana 2026-03-02 09:00:00 https://f.example/t/address/12  "Address\n\nWhere do I change it?"
o sophie 2026-03-02 10:00:00 https://f.example/t/address/12  "Under Orders."
`},
		{name: "Discourse: cooked alone, replies by number of the post",
			text:    "topic_id,post_number,reply_to_post_number,username,cooked,created_at\n12,1,,ana,<p>Where do I <em>change</em> it?</p>,2026-03-02 09:00:00\n12,2,1,sophie,<p>Under Orders &amp; more.</p>,2026-03-02 10:00:00\n12,3,1,ben,<p>Me too.</p>,2026-03-02 11:00:00\n",
			options: conversation.ReadOptions{Organisation: roster(t, "sophie")},
			want: `
c ana 2026-03-02 09:00:00 12  "Where do I change it?"
o sophie 2026-03-02 10:00:00 12 12#1 "Under Orders & more."
c ben 2026-03-02 11:00:00 12 12#1 "Me too."
`},
		{name: "Reddit dumps as CSV: t3_ and t1_ before what is replied to (reddit.com/dev/api, fullnames)",
			text:    "id,link_id,parent_id,author,body,created_utc\np1,,,ana,Where is it?,1772442000\nc1,t3_p1,t3_p1,acme,On its way.,1772445600\nc2,t3_p1,t1_c1,ana,Thanks!,1772445700\n",
			options: conversation.ReadOptions{Organisation: roster(t, "acme")},
			want: `
c ana 2026-03-02 09:00:00 p1  "Where is it?"
o acme 2026-03-02 10:00:00 p1 p1 "On its way."
c ana 2026-03-02 10:01:40 p1 c1 "Thanks!"
`},
		{name: "subjects with Re: and no thread",
			text:    "Message-ID;From;Date;Subject;Body\na1;ana@x.example;2026-03-02 09:00;Address;Where do I change it?\na2;sophie@acme.example;2026-03-02 10:00;RE: Address;Under Orders.\na3;ben@x.example;2026-03-02 11:00;Export;It does nothing.\na4;sophie@acme.example;2026-03-02 12:00;AW: Re: Export;Please try again.\n",
			options: conversation.ReadOptions{Organisation: roster(t, "acme.example")},
			want: `
c ana@x.example 2026-03-02 09:00:00 Address  "Address\n\nWhere do I change it?"
o sophie@acme.example 2026-03-02 10:00:00 Address  "Under Orders."
c ben@x.example 2026-03-02 11:00:00 Export  "Export\n\nIt does nothing."
o sophie@acme.example 2026-03-02 12:00:00 Export  "Please try again."
`},
		{name: "columns whose names nobody knows: ids that are referred to",
			text:    "ref,zu,wer,wann,was\nm100,,ana,2026-03-02 09:00,Where do I change it please?\nm101,m100,sophie,2026-03-02 10:00,You can do that under Orders.\nm102,m101,ana,2026-03-02 11:00,Thank you for your help!\nm103,,ben,2026-03-02 12:00,How do I export it all?\n",
			options: conversation.ReadOptions{Organisation: roster(t, "sophie"), Columns: map[string]string{"author": "wer"}},
			want: `
c ana 2026-03-02 09:00:00 m100  "Where do I change it please?"
o sophie 2026-03-02 10:00:00 m100 m100 "You can do that under Orders."
c ana 2026-03-02 11:00:00 m100 m101 "Thank you for your help!"
c ben 2026-03-02 12:00:00 m103  "How do I export it all?"
`, columns: "id=ref;reply_to=zu;time=wann;text=was"},
		{name: "Jira: comments whole in their cells (confluence.atlassian.com, export to CSV)",
			text: "Issue key,Reporter,Assignee,Created,Summary,Comment,Comment\nAC-1,ana,marc,02/Mar/26 9:00 AM,Where is it?,02/Mar/26 10:00 AM;marc;On its way; tomorrow.,02/Mar/26 11:00 AM;ana;Thanks!\nAC-2,ben,marc,03/Mar/26 9:00 AM,The export does nothing,,\n",
			want: `
c ana 2026-03-02 09:00:00 AC-1  "Where is it?"
o marc 2026-03-02 10:00:00 AC-1 AC-1 "On its way; tomorrow."
c ana 2026-03-02 11:00:00 AC-1 AC-1 "Thanks!"
c ben 2026-03-03 09:00:00 AC-2  "The export does nothing"
`},
	})
}

// Tables whose first line is no header, and others that need care.
func TestWhereTheTableBegins(t *testing.T) {
	want := "c ana 2026-03-02 09:00:00 s  \"Where is it, please?\"\no sophie 2026-03-02 10:00:00 s  \"It is on its way to you.\"\n"
	rows := "1,s,ana,customer,2026-03-02 09:00,\"Where is it, please?\"\n2,s,sophie,agent,2026-03-02 10:00,It is on its way to you.\n"
	header := "id,thread,author,role,date,message\n"
	by := func(mark string) string {
		return strings.NewReplacer("\"Where is it, please?\"", "Where is it, please?", ",", mark).Replace(header) +
			strings.ReplaceAll(strings.NewReplacer("2026-03-02 09:00,\"Where is it, please?\"", "2026-03-02 09:00,\"Where is it\x00 please?\"").Replace(rows), ",", mark)
	}
	for name, text := range map[string]string{
		"lines before":                          "Export of tickets\nMade by Acme on 2026-04-01\n\n" + header + rows,
		"one cell before, as wide as the table": "Export of tickets,,,,,\n" + header + rows,
		"carets":                                strings.ReplaceAll(by("^"), "\x00", ","),
		"tildes":                                strings.ReplaceAll(by("~"), "\x00", ","),
		"bars":                                  strings.ReplaceAll(by("|"), "\x00", ","),
		"stars":                                 strings.ReplaceAll(by("*"), "\x00", ","),
		"control":                               strings.ReplaceAll(by("\x1f"), "\x00", ","),
		"tabs":                                  strings.ReplaceAll(by("\t"), "\x00", ","),
		"CR alone":                              strings.ReplaceAll(header+rows, "\n", "\r"),
		"in capitals":                           strings.ToUpper(header) + rows,
	} {
		log := readText(t, "t.csv", text, conversation.ReadOptions{})
		if got := shown(log); got != want {
			t.Errorf("%s: read as\n%s", name, got)
		}
	}
	// Nobody says what the columns are, and only one holds times, texts, sides.
	log := readText(t, "t.csv", strings.ReplaceAll(rows, ",s,", ","), conversation.ReadOptions{Columns: map[string]string{"author": "2"}})
	if log.Len() != 2 || log.At(0).Side != conversation.Community || log.Person(log.At(1).Author) != "sophie" {
		t.Errorf("without a header: read as\n%s", shown(log))
	}
	log = readText(t, "t.csv", "x,2026-03-02 09:00,y,ana\nz,2026-03-02 10:00,w,ben\n", conversation.ReadOptions{Columns: map[string]string{"time": "2", "text": "1", "author": "4"}})
	if log.Len() != 2 || log.Text(1) != "z" {
		t.Errorf("columns by number: read as\n%s", shown(log))
	}
	err := conversation.Read(conversation.NewLog(nil), strings.NewReader("ana,2026-03-02 09:00,Where is it?\nben,2026-03-02 10:00,And mine?\n"), "t.csv", conversation.ReadOptions{Formats: Formats()})
	if err == nil || !strings.Contains(err.Error(), "no row says what the columns are") || !strings.Contains(err.Error(), "time=1") {
		t.Errorf("without a header, in doubt: %v", err)
	}
}

// Times as the tables of the world write them.
func TestTimesInTables(t *testing.T) {
	for _, c := range []struct{ header, cells, want string }{
		{"Datum", "46083.375", "2026-03-02 09:00:00"},                       // Excel: days since 1900
		{"Datum", `"46083,375"`, "2026-03-02 09:00:00"},                     // with the mark of half of Europe
		{"created_at", "1772442000", "2026-03-02 09:00:00"},                 // s
		{"created_at", "1772442000000", "2026-03-02 09:00:00"},              // ms
		{"created_at", "1772442000000000", "2026-03-02 09:00:00"},           // µs
		{"date", `"Mon, 2 Mar 2026 10:00:00 +0100"`, "2026-03-02 09:00:00"}, // RFC 5322
		{"fecha", "2 de marzo de 2026 9:00", "2026-03-02 09:00:00"},
		{"fecha", "02/mar/2026 9:00 a. m.", "2026-03-02 09:00:00"},
		{"data", "2 marzo 2026 alle 09:00", "2026-03-02 09:00:00"},
		{"data", "segunda-feira 2 de março de 2026 às 09:00", "2026-03-02 09:00:00"},
		{"Datum", "Montag 2. März 2026 um 9:00 Uhr", "2026-03-02 09:00:00"},
		{"datum", "maandag 2 maart 2026 09:00", "2026-03-02 09:00:00"},
		{"date", "lundi 2 mars 2026 à 9h00", "2026-03-02 09:00:00"},
		{"Created (UTC)", "2026-03-02 09:00", "2026-03-02 09:00:00"},
		{"date", "2026-03-02T10:00+01:00[Europe/Paris]", "2026-03-02 09:00:00"},
		{"date", "2026-07-02 11:00 Europe/Paris", "2026-07-02 09:00:00"},
		{"date", "2026-03-02 10:00 (UTC+01:00)", "2026-03-02 09:00:00"},
		{"date", "2026-03-02 14:30 UTC+5:30", "2026-03-02 09:00:00"},
		{"date", "2026-03-02 07:00 UTC−2", "2026-03-02 09:00:00"},
		{"date,timezone", "2026-03-02 18:00,JST", "2026-03-02 09:00:00"},
		{"date,time", "2026-03-02,9:00 AM", "2026-03-02 09:00:00"},
		{"Date,Heure", "02.03.2026,9h00", "2026-03-02 09:00:00"},
	} {
		log := readText(t, "t.csv", c.header+",author,side,text\n"+c.cells+",ana,customer,Where is it?\n", conversation.ReadOptions{})
		if got := shown(log); !strings.Contains(got, c.want+" ") || log.Len() != 1 {
			t.Errorf("%s %s: read as %q, told %s", c.header, c.cells, got, told(log))
		}
	}
}

// Letters: what isn't seen can be told.
func TestLettersThatAreTold(t *testing.T) {
	russian := "id,author,side,date,text\n1,\xe0\xed\xed\xe0,customer,2026-03-02 09:00,\xc3\xe4\xe5?\n" // windows-1251
	log := readText(t, "t.csv", russian, conversation.ReadOptions{Charset: "windows-1251"})
	if got := shown(log); got != "c анна 2026-03-02 09:00:00 1  \"Где?\"\n" || told(log) != "" {
		t.Errorf("read as %s%s", got, told(log))
	}
	err := conversation.Read(conversation.NewLog(nil), strings.NewReader(russian), "t.csv", conversation.ReadOptions{Charset: "klingon", Formats: Formats()})
	if err == nil || !strings.Contains(err.Error(), "unknown letters") {
		t.Errorf("letters that don't exist: %v", err)
	}
}

// A table is known by its header wherever it comes from, and prose isn't one.
func TestTablesAreRecognised(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       bool
	}{
		{"a.csv", "anything", true},
		{"a.txt", "date;texte\n1;2", true},
		{"-", "id,created_at,body\n1,2026-03-02,hello\n", true},
		{"-", "Export\n\nid\tCréé le\tMessage\n1\t2026-03-02\tbonjour\n", true},
		{"a.txt", "name,colour\n", false},
		{"a.txt", "Dear all,\non 2 March 2026, at 9:00, we met.\n", false},
		{"README.md", "# Hello, world\n\nFrom here on: text.\n", false},
		{"a.jsonl", "date,text\n", false},
		{"-", "{\"date\":1,\"text\":2}", false},
		{"chat.txt", "26/03/2026 à 22:39 - Ana: Bonjour, à tous\n26/03/2026 à 22:40 - Ben: Bonjour\n", false},
		{"-", "\x89PNG,date,text", false},
	} {
		if got := isCSV(c.name, []byte(c.text)); got != c.want {
			t.Errorf("%s, %.30q: %v", c.name, c.text, got)
		}
	}
}
