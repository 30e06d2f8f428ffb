package table

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/entregent/entregent/conversation"
)

// messages are all messages of a log, without where they were read.
func messages(log *conversation.Log) (all []conversation.Message) {
	for i := range log.Len() {
		m := log.Message(i)
		m.Origin = conversation.Origin{}
		all = append(all, m)
	}
	return all
}

func TestOneConversationInManyForms(t *testing.T) {
	want := messages(readText(t, "recall.jsonl", testdata(t, "recall.jsonl"), conversation.ReadOptions{}))
	if len(want) != 4 {
		t.Fatalf("%d messages, want 4", len(want))
	}
	french := testdata(t, "recall_fr.csv")
	latin, err := charmap.Windows1252.NewEncoder().String(strings.TrimPrefix(french, "\uFEFF"))
	if err != nil {
		t.Fatal(err)
	}
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(strings.TrimPrefix(french, "\uFEFF"))
	if err != nil {
		t.Fatal(err)
	}
	tabs := strings.NewReplacer(";m", ";m", ";", "\t", "; merci", "; merci").Replace(french)
	for _, c := range []struct{ name, text, told string }{
		{"recall_en.csv", testdata(t, "recall_en.csv"), ""},
		{"recall_fr.csv", french, ""},
		{"tabs.tsv", strings.Replace(tabs, "\"\"Urgent\"\"\t merci", "\"\"Urgent\"\"; merci", 1), ""},
		{"latin.csv", latin, "other-encoding@1"},
		{"wide.csv", wide, "other-encoding@1"},
		{"excel.csv", "sep=;\r\n" + strings.TrimPrefix(french, "\uFEFF"), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			log := readText(t, c.name, c.text, conversation.ReadOptions{})
			if got := told(log); got != c.told {
				t.Errorf("told %q, want %q", got, c.told)
			}
			got := messages(log)
			for i := range got { // the French table says the title once more
				got[i].Attributes = conversation.Attributes(strings.Replace(string(got[i].Attributes), `"subject":"Pédale bloquée",`, "", 1))
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("another conversation (-jsonl +%s):\n%s", c.name, diff)
			}
		})
	}
}

const header = "id,author,side,time,text\n"

func TestTablesTellWhatIsWrong(t *testing.T) {
	for _, c := range []struct {
		name, rows, told string
		ids              string
	}{
		{"lines in a text", "a,x,community,2010-02-09,\"one\n\ntwo\"\nb,x,community,soon,hello", "day-only@2 bad-time@5", "a"},
		{"a quote in a text", "a,x,community,2010-02-09T12:00:00Z,a 5\" disk\n", "", "a"},
		{"a quote never closed", "a,x,community,2010-02-09T12:00:00Z,\"hello\nb,x,community,2010-02-09T12:00:00Z,hello\nc,x,community,2010-02-09T12:00:00Z,hello\n", "bad-record@2", "b c"},
		{"a quote closed too early", "a,x,community,2010-02-09T12:00:00Z,\"say \"hello\"\nmore\nb,x,community,2010-02-09T12:00:00Z,\"hello\"\n", "bad-record@2 bad-value@3 missing-time@3", "b"},
		{"a separator too many", "a,x,community,2010-02-09T12:00:00Z,hello, you\nb,x,community,2010-02-09T12:00:00Z,hello,,\n", "bad-record@2", "b"},
		{"too few cells", "a,x,community,2010-02-09T12:00:00Z\n", "bad-value@2 empty-text@2", "a"},
		{"an id twice", "a,x,community,2010-02-09T12:00:00Z,hello\na,x,community,2010-02-09T12:00:00Z,hello\n", "duplicate-id@3", "a"},
		{"nothing at all", "", "", ""},
		{"empty rows", "\n,,,,\n\r\n", "", ""},
		{"cut in the middle of a text", "a,x,community,2010-02-09T12:00:00Z,\"hel", "bad-record@2 truncated@2", ""},
		{"zeros", "\x00\x00\nb,x,community,2010-02-09T12:00:00Z,hello\n", "bad-value@2 missing-time@2", "b"},
		{"one stray byte", "é,x,community,2010-02-09T12:00:00Z,hello\nb,x,community,2010-02-09T12:00:00Z,caf\xe9\n", "invalid-utf8@3", "é b"},
	} {
		t.Run(c.name, func(t *testing.T) {
			log := readText(t, "some.csv", header+c.rows, conversation.ReadOptions{})
			if got := told(log); !sameWords(got, c.told) {
				t.Errorf("told %q, want %q", got, c.told)
			}
			var ids []string
			for i := range log.Len() {
				ids = append(ids, string(log.ID(i)))
			}
			if got := strings.Join(ids, " "); got != c.ids {
				t.Errorf("read %q, want %q", got, c.ids)
			}
		})
	}
}

func TestColumnsDecideWhetherDaysComeFirst(t *testing.T) {
	rows := func(dates ...string) string {
		s := "id,author,side,date,text\n"
		for i, d := range dates {
			s += string(rune('a'+i)) + ",x,community," + d + " 10:00,hello\n"
		}
		return s
	}
	for _, c := range []struct {
		name, text string
		options    conversation.ReadOptions
		first      string
		doubts     int
	}{
		{"a later row shows that months do", rows("03/04/2011", "03/05/2011", "03/25/2011"), conversation.ReadOptions{}, "2011-03-04", 0},
		{"a later row shows that days do", rows("03/04/2011", "03/05/2011", "25/03/2011"), conversation.ReadOptions{}, "2011-04-03", 0},
		{"nothing shows it: the shorter time", rows("03/04/2011", "03/05/2011", "03/06/2011"), conversation.ReadOptions{}, "2011-03-04", 3},
		{"nothing shows it: one day", rows("03/04/2011"), conversation.ReadOptions{}, "2011-04-03", 1},
		{"said to be months", rows("03/04/2011", "04/04/2011"), conversation.ReadOptions{Dates: conversation.MonthFirst}, "2011-03-04", 0},
		{"rows that don't agree", rows("03/04/2011", "25/03/2011", "03/25/2011"), conversation.ReadOptions{}, "2011-04-03", 1},
		{"ISO needs no deciding", rows("2011-04-03", "2011-03-25"), conversation.ReadOptions{}, "2011-04-03", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			log := readText(t, "some.csv", c.text, c.options)
			if got := time.UnixMicro(log.At(0).Time).UTC().Format("2006-01-02"); got != c.first || log.ID(0) != "a" {
				t.Errorf("the first row, %s, was read as %s, want %s", log.ID(0), got, c.first)
			}
			if n := log.ReadProblems().Count(conversation.AmbiguousTime); n != c.doubts || log.Len() != strings.Count(c.text, "\n")-1 {
				t.Errorf("%d of %d dates were told, want %d", n, log.Len(), c.doubts)
			}
		})
	}
}

func TestTablesThatAreNone(t *testing.T) {
	for _, c := range []struct {
		text, says string
		columns    map[string]string
	}{
		{"a,b\n1,2\n", "no column for the time among a, b", nil},
		{"id,date,text\n", `no column "posted" for time; there are id, date, text`, map[string]string{"time": "posted"}},
		{"id,\"date,text\n", "the header on line 1 is no row", nil},
	} {
		err := conversation.Read(conversation.NewLog(nil), strings.NewReader(c.text), "some.csv", conversation.ReadOptions{Columns: c.columns, Formats: Formats()})
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%q: %v, want %q", c.text, err, c.says)
		}
		if c.columns == nil && !errors.Is(err, conversation.ErrForm) {
			t.Errorf("%q: %v is no conversation.ErrForm", c.text, err)
		}
	}
}

func TestColumnsAreGuessed(t *testing.T) {
	for columns, want := range map[string]string{
		"\"message_id\",\"created_at\",from,body,subject":                    "id time author text subject",
		"Id;Date d'envoi;Expéditeur;Message;Sujet":                           "id time author text subject",
		"tweet_id,author_id,inbound,created_at,text,in_response_to_tweet_id": "id author side time text reply_to",
		"date,time,user,comment":                                             "time clock author text",
		"Date,Heure,Auteur,Texte,Département,En réponse à":                   "time clock author text department reply_to",
		"topic_id\tpost_number\tusername\traw\tposted":                       "thread seq author text time",
		"title|selftext|created_utc|author|id|name":                          "subject text time author id name",
		"ticketId;createdAt;senderType;messageBody":                          "thread time  text",
		"Vorgang;Erstellt am;Absender;Nachricht;Betreff":                     "thread time author text subject",
		"Fecha,Remitente,Mensaje,Asunto":                                     "time author text subject",
		"Data;Ora;Mittente;Messaggio":                                        "time clock author text",
		"Datum,Afzender,Bericht,Onderwerp":                                   "time author text subject",
		"Criado em,Remetente,Mensagem,Assunto":                               "time author text subject",
	} {
		h := begin([]byte(columns+"\n"), true, nil)
		table, err := understand(h.rows[0].cells, nil, nil, nil)
		if err != nil || h.at != 0 {
			t.Fatal(columns, h.at, err)
		}
		var got []string
		for _, f := range table.fields {
			got = append(got, fieldNames[f])
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s is %q, want %q", columns, strings.Join(got, " "), want)
		}
	}
}

func TestCellsThatNeedCare(t *testing.T) {
	log := readText(t, "some.csv", "id,from,date,text,note,note,reply_to\na,Marie Durand <Marie@Acme.org>,2010-02-09T12:00:00Z,hello,one,two,NULL\nb,NULL,2010-02-09T12:00:00Z,hello,,two,a\n", conversation.ReadOptions{})
	a, b := log.Message(0), log.Message(1)
	if a.Author != "marie@acme.org" || a.ReplyTo != "" || b.Author != "" || b.ReplyTo != "a" {
		t.Errorf("read as %+v and %+v", a, b)
	}
	if want := `{"name":"Marie Durand","note":"one","note_2":"two"}`; string(a.Attributes) != want {
		t.Errorf("attributes are %s, want %s", a.Attributes, want)
	}
}
