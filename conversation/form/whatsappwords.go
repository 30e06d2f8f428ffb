package form

import (
	"regexp"
	"strings"
)

// What WhatsApp writes in place of what isn't there, as its translations have it
// (texts of exports in English, French, German, Spanish, Italian, Portuguese and
// Dutch).
var (
	whatsappGone = []string{
		"this message was deleted", "you deleted this message", "this message was deleted by admin",
		"ce message a été supprimé", "vous avez supprimé ce message", "ce message a été supprimé par l'admin", "ce message a été supprimé par un admin",
		"diese nachricht wurde gelöscht", "du hast diese nachricht gelöscht",
		"se eliminó este mensaje", "eliminaste este mensaje", "este mensaje fue eliminado", "este mensaje se eliminó",
		"questo messaggio è stato eliminato", "hai eliminato questo messaggio",
		"mensagem apagada", "você apagou esta mensagem", "esta mensagem foi apagada", "apagou esta mensagem", "eliminou esta mensagem",
		"dit bericht is verwijderd", "u hebt dit bericht verwijderd", "je hebt dit bericht verwijderd",
	}
	whatsappLacks  = regexp.MustCompile(`(?i)^\p{Cf}*(?:<[^<>]*(?:omitted|omis|omise|omises|ausgeschlossen|omitido|omitida|omitidos|omesso|omessi|oculto|ocultos|weggelaten)>|(?:image|video|audio|sticker|gif|document|contact card|photo|vidéo|bild|imagen|imagem|immagine|figurinha|vídeo|documento|afbeelding|contact)[^.?!\n]{0,60} (?:omitted|omis|omise|absente|absent|weggelassen|omitido|omitida|omesso|omessa|ocultada|weggelaten)|<(?:attached|pièce jointe|anhang|adjunto|anexado|allegato|bijgevoegd)\s?:[^<>\n]*>|[^\n]{1,120} \((?:file attached|fichier joint|datei angehängt|archivo adjunto|arquivo anexado|file allegato|bestand bijgevoegd)\))`)
	whatsappEdited = regexp.MustCompile(`(?i)\s*\p{Cf}*<(?:this message was edited|ce message a été modifié|diese nachricht wurde bearbeitet|se editó este mensaje\.?|questo messaggio è stato modificato|mensagem editada|dit bericht is bewerkt)\.?>\p{Cf}*\s*$`)
	whatsappEvents = regexp.MustCompile(`(?i)end-to-end encrypted|chiffrés de bout en bout|ende-zu-ende|cifrados de extremo|crittografat|criptografia de ponta|end-to-end versleuteld|(?:created|changed) (?:this|the) group|(?:created group|a créé le groupe|joined using|a rejoint|left$|added |removed |a ajouté |a retiré |est parti|a quitté|changed the (?:group|subject)|changed their phone|security code|code de sécurité|missed (?:voice|video) call|appel (?:vocal|vidéo) manqué)`)
)

func whatsappDeleted(text string) bool {
	text = strings.ToLower(strings.TrimRight(strings.ReplaceAll(text, "’", "'"), ". "))
	for _, gone := range whatsappGone {
		if text == gone {
			return true
		}
	}
	return false
}

func whatsappMedia(text string) bool { return whatsappLacks.MatchString(text) }

// withoutMedia leaves what was written beside a picture.
func withoutMedia(text string) string {
	return strings.TrimSpace(whatsappLacks.ReplaceAllString(text, ""))
}

// withoutEdited takes the mark of an edited message away.
func withoutEdited(text string) (string, bool) {
	if !strings.Contains(text, "<") {
		return text, false
	}
	without := whatsappEdited.ReplaceAllString(text, "")
	return without, without != text
}

// whatsappNotice says whether a text that stands under the group's own name, as
// iOS has it, is WhatsApp's.
func whatsappNotice(text string) bool { return whatsappEvents.MatchString(text) }
