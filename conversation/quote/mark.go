package quote

import "strings"

// original are the words in the frame above a copied mail, folded to lower case:
// Outlook, Thunderbird, Apple Mail, Gmail, Zimbra, Yahoo, AOL.
var original = []string{"original message", "original mail", "original email", "forwarded message", "forwarded mail", "forwarded by", "forwarded from", "weitergeleitete nachricht", "ursprüngliche nachricht", "ursprüngliche mail", "original-nachricht", "originalnachricht",
	"message d'origine", "message original", "mail original", "message transféré", "message transmis", "message réexpédié", "courriel original", "courrier d'origine", "réponse à ce message",
	"oorspronkelijk bericht", "origineel bericht", "doorgestuurd bericht", "mensaje original", "mensaje reenviado", "mensaje de origen", "correo original",
	"messaggio originale", "messaggio inoltrato", "mensagem original", "mensagem encaminhada", "mensagem reencaminhada", "ursprungligt meddelande", "vidarebefordrat meddelande", "oprindelig meddelelse", "opprinnelig melding", "videresendt melding",
	"alkuperäinen viesti", "wiadomość oryginalna", "oryginalna wiadomość", "wiadomość przekazana", "původní zpráva", "исходное сообщение", "пересылаемое сообщение", "пересланное сообщение", "原始邮件", "转发邮件"}

// announced begin a mail passed on, without a frame (Apple Mail).
var announced = []string{"begin forwarded message", "début du message réexpédié", "début du message transféré", "début du message", "anfang der weitergeleiteten nachricht", "begin doorgestuurd bericht", "begin van doorgestuurd bericht",
	"inicio del mensaje reenviado", "inizio messaggio inoltrato", "inizio del messaggio inoltrato", "início da mensagem encaminhada", "início da mensagem reencaminhada", "vidarebefordrat brev"}

// announces is true for such a line.
func announces(line string) bool {
	if last := line[len(line)-1]; last != ':' || len(line) > 80 {
		return false
	}
	low := fold(strings.TrimRight(line, ": \u00a0\u202f"))
	for _, a := range announced {
		if low == a || strings.HasPrefix(low, a+" ") && len(low) < len(a)+20 {
			return true
		}
	}
	return false
}

// fold is lower case with the plain apostrophe.
func fold(s string) string { return strings.ReplaceAll(strings.ToLower(s), "’", "'") }

const frame = "-_=*#~— –"

// framed reads a line that begins with - _ = * or #: the frame above a copied
// mail, an introduction in one (Zoho), or a ruled line that a copied header or a
// dated name follows.
func (t Text) framed(i int, line string, end int) (k Kind, n int) {
	inner := strings.Trim(line, frame+":")
	low := fold(inner)
	if low == "" {
		if len(line) >= 10 && t.isRuled(end) {
			return Rest, end - i
		}
		return None, 0
	}
	if len(line) < len(inner)+2 || len(inner) > longest {
		return None, 0
	}
	for _, o := range original {
		if strings.HasPrefix(low, o) && (len(low) == len(o) || strings.HasSuffix(line, "-") || strings.HasSuffix(line, "_") || strings.HasSuffix(line, "*") || o == "forwarded by" || o == "forwarded from") {
			return Rest, end - i
		}
	}
	if strings.HasPrefix(line, "--") && strings.HasSuffix(line, "--") && introduces(strings.TrimSpace(inner)+":") == Intro {
		return Intro, end - i
	}
	return None, 0
}

// isRuled is true where a copied header follows a ruled line, or a name with a
// date and a clock, as Zendesk writes above each comment.
func (t Text) isRuled(at int) bool {
	for range 2 {
		if at >= len(t.s) {
			return false
		}
		line, next := lineAt(t.s, at)
		if line != "" {
			if t.isHeader(at, line) {
				return true
			}
			return len(line) < 120 && strings.Contains(line, ",") && hasClock(line) && hasDate(strings.ReplaceAll(line, ":", " ")) && !strings.HasSuffix(line, ".")
		}
		at = next
	}
	return false
}

// thisLine are the words for the line above which help desks ask to reply, and
// aboves for above, in the languages they write.
var (
	thisLine = []string{"this line", "THIS LINE", "This Line", "cette ligne", "dieser Zeile", "diese Zeile", "dieser Linie", "deze regel", "deze lijn", "esta línea", "esta linea", "questa riga", "questa linea", "desta linha", "esta linha"}
	aboves   = []string{"above", "au-dessus", "au dessus", "über", "oberhalb", "boven", "encima", "arriba", "sobre", "sopra", "acima"}
	replies  = []string{"repl", "answer", "respon", "type", "write", "répon", "saisi", "écri", "antwort", "antwoord", "eingeb", "geben", "schreib", "typ", "respuesta", "escrib", "rispost", "rispond", "digit", "scriv", "respost", "escrev"}
)

// mayReplyAbove is true for a text that names such a line. It looks behind spaces
// alone, since every text is looked at.
func mayReplyAbove(s string) bool {
	for i := 0; i+4 < len(s); i++ {
		n := strings.IndexByte(s[i:], ' ')
		if n < 0 || i+n+4 >= len(s) {
			return false
		}
		i += n
		switch s[i+1] {
		case 'l', 'L', 'Z', 'r':
			if around := s[max(0, i-7):min(len(s), i+8)]; containsAny(around, thisLine) {
				return true
			}
		}
	}
	return false
}

// isReplyAbove is true for the line itself: "##- Please type your reply above this
// line -##", "Reply above this line".
func isReplyAbove(line string) bool {
	if len(line) > 140 || !mayReplyAbove(line) {
		return false
	}
	low := strings.ToLower(line)
	bare := strings.Trim(low, frame+"[]()|>.:")
	return containsAny(low, aboves) && containsAny(low, replies) && (len(bare) < len(low) || len(strings.Fields(low)) <= 9)
}

func containsAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}
