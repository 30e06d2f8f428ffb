package form

import (
	"io"
	"strings"
	"testing"

	"github.com/entregent/entregent/conversation"
)

// slackExport is a workspace's export: a folder a channel, a file a day.
var slackExport = map[string]string{
	"users.json":                `[{"id":"U1","name":"ana","real_name":"Ana Duarte","is_bot":false,"updated":1772442000,"profile":{"real_name":"Ana Duarte","status_text":"away"}},{"id":"U2","name":"sophie","profile":{"real_name":"Sophie Roy"}},{"id":"U9","name":"helper","is_bot":true,"profile":{"real_name":"Helper"}}]`,
	"channels.json":             `[{"id":"C1","name":"general","created":1772442000,"topic":{"value":"All","last_set":1},"members":["U1"]}]`,
	"groups.json":               `[{"id":"G1","name":"board","created":1772442000}]`,
	"dms.json":                  `[{"id":"D1","created":1772442000,"members":["U1","U2"]}]`,
	"integration_logs.json":     `[]`,
	"general/2026-03-02.json":   `[{"type":"message","user":"U1","text":"<@U2> is it open?","ts":"1772442000.000100","thread_ts":"1772442000.000100"}]`,
	"general/2026-03-03.json":   `[{"type":"message","user":"U2","text":"Until six, <@U1>.","ts":"1772532000.000100","thread_ts":"1772442000.000100"},{"type":"message","user":"U9","text":"Noted","ts":"1772532001.000100","thread_ts":"1772442000.000100"}]`,
	"board/2026-03-02.json":     `[{"type":"message","user":"U2","text":"Among us","ts":"1772442000.000200"}]`,
	"D1/2026-03-02.json":        `[{"type":"message","user":"U2","text":"Between us","ts":"1772442000.000300"}]`,
	"__MACOSX/general/._x.json": "x",
	"general/.DS_Store":         "x",
	"attachments/photo.png":     "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
}

func files(texts map[string]string) map[string]io.Reader {
	all := map[string]io.Reader{}
	for name, text := range texts {
		all[name] = strings.NewReader(text)
	}
	return all
}

// TestSlackExport: people have their names, threads go over days, what isn't
// public is left out and counted, what is no channel is passed.
func TestSlackExport(t *testing.T) {
	b := zipped(t, files(slackExport))
	var skipped []string
	log := conversation.NewLog(nil)
	roster, err := conversation.NewRoster("Sophie Roy")
	if err != nil {
		t.Fatal(err)
	}
	a, err := OpenArchive(strings.NewReader(string(b)), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	a.Skipped = func(name string, _ error) { skipped = append(skipped, name) }
	if err := a.Read(log, "export.zip", conversation.ReadOptions{Formats: All(), Organisation: roster}); err != nil {
		t.Fatal(err)
	}
	want := `general/1772442000.000100 | thread general/1772442000.000100 | to  | U1 (Ana Duarte) | community | general | 2026-03-02T09:00:00Z | "@Sophie Roy is it open?"
general/1772532000.000100 | thread general/1772442000.000100 | to general/1772442000.000100 | U2 (Sophie Roy) | organisation | general | 2026-03-03T10:00:00Z | "Until six, @Ana Duarte."
general/1772532001.000100 | thread general/1772442000.000100 | to general/1772442000.000100 | U9 (Helper) | community | general | 2026-03-03T10:00:01Z | bot | "Noted"
left out: 2 private
`
	if got := told(log, nil); got != want {
		t.Errorf("read as\n%s\nwant\n%s", got, want)
	}
	if got := strings.Join(skipped, " "); got != "export.zip/attachments/photo.png export.zip/channels.json export.zip/dms.json export.zip/groups.json export.zip/integration_logs.json export.zip/users.json" {
		t.Errorf("skipped %s", got)
	}
}

// TestArchives reads archives of other systems: the name of a chat, an account,
// stands beside its messages.
func TestArchives(t *testing.T) {
	for name, c := range map[string]struct {
		files map[string]string
		want  string
	}{
		"WhatsApp Chat - Garden.zip": {map[string]string{
			"_chat.txt":      "[26/03/2026, 22:40:10] Ana: Is it open?\n",
			"0001-PHOTO.jpg": "\xff\xd8\xff\xe0",
		}, `Garden/2026-03-26 22:40:10/Ana | thread Garden | to  | Ana () | unknown | whatsapp | 2026-03-26T22:40:10Z | "Is it open?"`},
		"twitter.zip": {map[string]string{
			"data/account.js": `window.YTD.account.part0 = [ { "account" : { "username" : "acme", "accountId" : "1", "createdAt" : "2009-03-02T10:00:00.000Z" } } ]`,
			"data/tweets.js":  `window.YTD.tweets.part0 = [ { "tweet" : { "id_str" : "12", "full_text" : "Open until six.", "created_at" : "Mon Mar 02 10:00:00 +0000 2026" } } ]`,
		}, `12 | thread 12 | to  | acme () | unknown | x | 2026-03-02T10:00:00Z | "Open until six."`},
		"facebook.zip": {map[string]string{
			"messages/inbox/ana_1/message_1.json": `{"participants":[{"name":"Ana"},{"name":"Acme"}],"messages":[{"sender_name":"Ana","timestamp_ms":1772442000000,"content":"Open?"}],"title":"Ana"}`,
			"profile/settings.json":               `{"description":"x","created":"2020-01-01"}`,
		}, `ana_1/1772442000000 | thread ana_1 | to  | Ana () | unknown | messenger | 2026-03-02T09:00:00Z | "Open?"`},
	} {
		b := zipped(t, files(c.files))
		log := conversation.NewLog(nil)
		a, err := OpenArchive(strings.NewReader(string(b)), int64(len(b)))
		if err != nil {
			t.Fatal(err)
		}
		if err := a.Read(log, name, conversation.ReadOptions{Formats: All()}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if got := strings.TrimSpace(told(log, nil)); got != c.want {
			t.Errorf("%s is read as\n%s\nwant\n%s", name, got, c.want)
		}
	}
}

// TestSpreadsheetsAreNoArchives: their parts are one document.
func TestSpreadsheetsAreNoArchives(t *testing.T) {
	b := zipped(t, files(map[string]string{"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<x/>"}))
	if a, err := OpenArchive(strings.NewReader(string(b)), int64(len(b))); a != nil || err != nil {
		t.Errorf("%v, %v", a, err)
	}
}
