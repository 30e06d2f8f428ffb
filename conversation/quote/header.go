package quote

import "strings"

// keys are the fields that programs copy above a mail they answer or pass on, by
// what they say, in lower case.
var keys = map[string]field{}

type field uint8

const (
	noField field = iota
	fromField
	sentField
	toField
	ccField
	subjectField
)

func init() {
	for f, all := range map[field][]string{
		fromField:    {"from", "de", "expéditeur", "von", "van", "da", "från", "fra", "od", "lähettäjä", "от", "от кого", "kimden", "remetente", "mittente", "afzender", "absender", "emisor", "发件人", "差出人"},
		sentField:    {"sent", "date", "envoyé", "envoyé le", "envoyé par", "gesendet", "datum", "verzonden", "verzonden op", "enviado", "enviado el", "enviada em", "enviado em", "fecha", "inviato", "inviato il", "data", "data invio", "skickat", "sendt", "dato", "wysłano", "data wysłania", "odesláno", "lähetetty", "päivämäärä", "отправлено", "дата", "gönderildi", "tarih", "发送时间", "送信日時"},
		toField:      {"to", "à", "a", "destinataire", "an", "aan", "naar", "para", "per", "till", "til", "do", "komu", "vastaanottaja", "кому", "kime", "收件人", "宛先"},
		ccField:      {"cc", "kopie", "kopia", "copie", "copie à", "bcc", "reply-to", "répondre à", "importance", "priority", "priorität", "importanza", "attachments", "pièces jointes", "anlagen"},
		subjectField: {"subject", "objet", "sujet", "betreff", "betrifft", "onderwerp", "asunto", "oggetto", "assunto", "ämne", "emne", "temat", "předmět", "aihe", "тема", "konu", "主题", "件名"},
	} {
		for _, word := range all {
			keys[word] = f
		}
	}
}

// key names the field that a line is, and what it says; bold in Markdown and in
// HTML that was made plain.
func key(line string) (f field, value string) {
	colon := strings.IndexByte(line, ':')
	if colon < 1 || colon > 28 {
		if i := strings.Index(line, "："); i > 0 && i < 28 {
			return keys[strings.ToLower(trim(line[:i]))], line[i+len("："):]
		}
		return noField, ""
	}
	name := line[:colon]
	if c := name[len(name)-1]; c <= ' ' || c >= 0x80 || name[0] == '*' || name[0] == '|' || c == '*' {
		name = strings.Trim(name, "*| \t\u00a0\u202f")
	}
	f = keys[name]
	if f == noField {
		f = keys[strings.ToLower(name)]
	}
	return f, strings.Trim(line[colon+1:], "* \t")
}

// isHeader is true where the header of a mail begins that was copied: who it is
// from, and two more of its fields, or one with an address and a date, in the lines
// that follow at once. "De : Paris / À : Lyon / Date : mardi" is somebody's journey.
func (t Text) isHeader(i int, line string) bool {
	f, value := key(line)
	if f == noField || f == ccField {
		return false
	}
	var met [subjectField + 1]string
	met[f] = value + " "
	order, strange, at := f, 0, i
	_, at = lineAt(t.s, at)
	for n := 0; n < 8 && at < len(t.s); n++ {
		line, next := lineAt(t.s, at)
		if line == "" {
			break
		}
		g, value := key(line)
		if g == noField {
			if strange++; strange > 2 {
				break
			}
		} else if met[g] == "" {
			met[g] = value + " "
		}
		at = next
	}
	others := 0
	for g := sentField; g <= subjectField; g++ {
		if met[g] != "" {
			others++
		}
	}
	from, address := met[fromField], hasAddress(met[fromField])
	switch {
	case from == "" || order != fromField && !address && !(order == sentField && met[subjectField] != ""):
		return false
	case others >= 2:
		return address || met[subjectField] != "" || hasClock(met[sentField])
	}
	return address && hasDate(met[sentField])
}

// isNotes is true where Notes and some help desks begin a copy: a name and an
// address, a date below, then To and Subject as lines of their own.
func (t Text) isNotes(line string, end int) bool {
	if !hasAddress(line) && strings.IndexByte(line, '/') < 0 || strings.HasSuffix(line, ".") {
		return false
	}
	date, at := lineAt(t.s, min(end, len(t.s)))
	if end >= len(t.s) || len(date) > 60 || !hasDate(date) {
		return false
	}
	var to, subject bool
	for n := 0; n < 14 && at < len(t.s); n++ {
		var label string
		label, at = lineAt(t.s, at)
		word, _, _ := strings.Cut(label, "\t")
		switch keys[strings.ToLower(strings.TrimRight(word, ": "))] {
		case toField:
			to = true
		case subjectField:
			subject = true
		}
	}
	return to && subject
}
