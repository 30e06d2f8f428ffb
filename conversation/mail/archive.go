package mail

import (
	"bytes"
	"strings"
)

// nextPart is what Mailman's scrubber writes between the texts of a mail, and
// before its notes of what it took out.
const nextPart = "-------------- next part --------------"

// scrubbed opens such a note; the lines behind it describe what was taken out.
var scrubbed = []string{"An HTML attachment was scrubbed", "A non-text attachment was scrubbed", "An embedded message was scrubbed", "An embedded and charset-unspecified text was scrubbed",
	"Une pièce jointe HTML a été nettoyée", "Une pièce jointe autre que texte a été nettoyée", "Un message intégré a été nettoyé", "Ein Dateianhang mit HTML-Daten wurde abgetrennt", "Ein Dateianhang mit Binärdaten wurde abgetrennt"}

// unscrub takes the notes of archives out of a text.
func unscrub(text string) string {
	if !strings.Contains(text, nextPart) && !strings.Contains(text, "was scrubbed") && !strings.Contains(text, "Skipped content of type") {
		return text
	}
	var kept []string
	note := false
	for line := range strings.SplitSeq(text, "\n") {
		line, _ = strings.CutSuffix(line, nextPart)
		word, _, field := strings.Cut(line, ":")
		switch plain := strings.TrimSpace(line); {
		case plain == nextPart, strings.HasPrefix(plain, "Skipped content of type "):
			note = false
			continue
		case opensAny(plain, scrubbed):
			note = true
			continue
		case note && field && isNoteField(word), note && strings.HasPrefix(plain, "<http"):
			continue
		}
		note = note && strings.TrimSpace(line) == ""
		kept = append(kept, line)
	}
	return strings.Join(kept, "\n")
}

func opensAny(line string, all []string) bool {
	for _, s := range all {
		if strings.HasPrefix(line, s) {
			return true
		}
	}
	return false
}

// isNoteField is true for the lines of a note: what it was called, and where it is.
func isNoteField(word string) bool {
	switch strings.ToLower(strings.TrimSpace(word)) {
	case "name", "nom", "type", "size", "taille", "desc", "url", "from", "de", "subject", "sujet", "date", "to", "dateiname", "dateityp", "dateigröße", "beschreibung":
		return true
	}
	return false
}

// digestMark stands between the mails of a digest in plain text (RFC 1153).
const digestMark = "\n------------------------------\n"

// unpack finds the mails in a digest in plain text: behind a line of 70 dashes,
// thirty dashes between them, each with a header of its own.
func unpack(text string) (mails [][]byte) {
	_, rest, ok := strings.Cut(text, "\n"+strings.Repeat("-", 70)+"\n")
	if !ok || !strings.Contains(rest, digestMark) {
		return nil
	}
	for one := range strings.SplitSeq(rest, digestMark) {
		one = strings.TrimLeft(one, "\n")
		if first, after, ok := strings.Cut(one, "\n"); ok && strings.HasPrefix(first, "Message:") {
			one = after
		}
		if b := []byte(one); isHeader(b) && bytes.Contains(b, []byte("From:")) {
			mails = append(mails, b)
		}
	}
	return mails
}
