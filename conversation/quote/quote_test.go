package quote

import (
	"strings"
	"testing"
)

// answered are ways in which programs copy what they answer, below an answer of
// one line: each with the program or its documentation that writes so. The text
// in them is Sophie's and must never be left.
var answered = map[string]string{
	"Gmail, en":                   "On Mon, Mar 2, 2026 at 11:00 AM Acme Support <support@acme.example> wrote:\n\n> {}\n",
	"Gmail, folded":               "On Mon, Mar 2, 2026 at 11:00 AM Acme Support for all the customers <\nsupport@acme.example> wrote:\n\n{}\n",
	"Gmail, old":                  "2026-03-02 11:00 GMT+01:00 Acme Support <support@acme.example>:\n\n{}\n",
	"Gmail, old, fr":              "Le 2 mars 2026 à 11:00, Acme Support <support@acme.example> a écrit :\n\n{}\n",
	"Gmail, fr, folded":           "Le lun. 2 mars 2026 à 11:00, Acme Support <support@acme.example> a\nécrit :\n\n> {}\n",
	"Gmail, de":                   "Am Mo., 2. März 2026 um 11:00 Uhr schrieb Acme Support <\nsupport@acme.example>:\n\n{}\n",
	"Gmail, nl":                   "Op ma 2 mrt 2026 om 11:00 schreef Acme Support <support@acme.example>:\n\n{}\n",
	"Gmail, es":                   "El lun, 2 mar 2026 a las 11:00, Acme Support (<support@acme.example>)\nescribió:\n\n{}\n",
	"Gmail, it":                   "Il giorno lun 2 mar 2026 alle ore 11:00 Acme Support <support@acme.example>\nha scritto:\n\n{}\n",
	"Gmail, pt":                   "Em seg., 2 de mar. de 2026 às 11:00, Acme Support <support@acme.example>\nescreveu:\n\n{}\n",
	"Gmail, pl":                   "pon., 2 mar 2026 o 11:00 Acme Support <support@acme.example> napisał(a):\n\n{}\n",
	"Gmail, sv":                   "Den mån 2 mars 2026 kl 11:00 skrev Acme Support <support@acme.example>:\n\n{}\n",
	"Apple Mail, en":              "> On 2 Mar 2026, at 11:00, Acme Support <support@acme.example> wrote:\n> \n> {}\n",
	"Apple Mail, fr":              "Le 2 mars 2026 à 11:00, Acme Support <support@acme.example> a écrit :\n\n{}\n",
	"Apple Mail, de":              "Am 02.03.2026 um 11:00 schrieb Acme Support <support@acme.example>:\n\n{}\n",
	"Apple Mail, it":              "Il giorno 2 mar 2026, alle ore 11:00, Acme Support <support@acme.example> ha scritto:\n\n{}\n",
	"Thunderbird, en":             "On 02/03/2026 11:00, Acme Support wrote:\n> {}\n",
	"Thunderbird, no marks":       "On 02/03/2026 11:00, Acme Support wrote:\n{}\n",
	"Thunderbird, de":             "Am 02.03.26 um 11:00 schrieb Acme Support:\n{}\n",
	"Thunderbird, nl":             "Op 2-3-2026 om 11:00 schreef Acme Support:\n{}\n",
	"Thunderbird, es":             "El 2/3/26 a las 11:00, Acme Support escribió:\n{}\n",
	"Thunderbird, it":             "Il 02/03/26 11:00, Acme Support ha scritto:\n{}\n",
	"Thunderbird, pt":             "Às 11:00 de 02/03/2026, Acme Support escreveu:\n{}\n",
	"Thunderbird, name first":     "Acme Support schrieb am 02.03.2026 um 11:00:\n{}\n",
	"Thunderbird, nl, name first": "Acme Support schreef op 2-3-2026 om 11:00:\n{}\n",
	"Zoho, en":                    "---- On Wed, 04 Mar 2026 11:00:00 +0100 support@acme.example wrote ----\n\n{}\n",
	"Zoho, fr":                    "---- Le mer., 04 mars 2026 11:00:00 +0100 support@acme.example a écrit ----\n\n{}\n",
	"Zoho, es":                    "---- El mié, 04 mar 2026 11:00:00 +0100 Acme <support@acme.example> escribió ----\n\n{}\n",
	"a phone, no colon":           "On Thu, 05 Mar 2026 11:00:00 +0100 Acme Support <support@acme.example> wrote\n\n{}\n",
	"Yandex":                      "07.03.2026, 11:00, \"Acme Support\" <support@acme.example>:\n\n{}\n",
	"Mail.ru":                     "Суббота, 7 марта 2026, 11:00 +03:00 от Acme Support <support@acme.example>:\n \n{}\n",
	"Mail.ru, en":                 "Saturday, 7 March 2026, 11:00 +03:00 from Acme Support <support@acme.example>:\n\n{}\n",
	"Notes, labels":               "Acme Support <support@acme.example>\n09/03/2026 11:00\n\nTo\nhugo.blanc@mail.example\ncc\n\nSubject\nRe: Point 7\n\n{}\n",
	"Notes, fr":                   "Acme Support/ACME@ACME\n09/03/2026 11:00\n\nA\nhugo.blanc@mail.example\ncc\n\nObjet\nRe: Point 7\n\n{}\n",
	"Notes, de":                   "Von:    Acme Support/ACME\nAn:     hugo.blanc@mail.example\nKopie:\nDatum:  09.03.2026 11:00\nBetreff:        Re: Punkt 7\n\n{}\n",
	"Notes, wrote on":             "Acme Support/ACME@ACME wrote on 09/03/2026 11:00:00:\n\n{}\n",
	"Outlook, en":                 "From: Acme Support <support@acme.example>\nSent: Monday, March 2, 2026 11:00 AM\nTo: Ana Duarte <ana@mail.example>\nSubject: Re: Point 0\n\n{}\n",
	"Outlook, fr":                 "De : Acme Support <support@acme.example>\nEnvoyé : lundi 2 mars 2026 11:00\nÀ : Ana Duarte\nObjet : Re: Point 0\n\n{}\n",
	"Outlook, de":                 "Von: Acme Support <support@acme.example>\nGesendet: Montag, 2. März 2026 11:00\nAn: Ana Duarte\nBetreff: AW: Punkt 0\n\n{}\n",
	"Outlook, nl":                 "Van: Acme Support <support@acme.example>\nVerzonden: maandag 2 maart 2026 11:00\nAan: Ana Duarte\nOnderwerp: RE: Punt 0\n\n{}\n",
	"Outlook, es":                 "De: Acme Support <support@acme.example>\nEnviado el: lunes, 2 de marzo de 2026 11:00\nPara: Ana Duarte\nAsunto: RE: Punto 0\n\n{}\n",
	"Outlook, it":                 "Da: Acme Support <support@acme.example>\nInviato: lunedì 2 marzo 2026 11:00\nA: Ana Duarte\nOggetto: R: Punto 0\n\n{}\n",
	"Outlook, pt":                 "De: Acme Support <support@acme.example>\nEnviada em: segunda-feira, 2 de março de 2026 11:00\nPara: Ana Duarte\nAssunto: RES: Ponto 0\n\n{}\n",
	"Outlook, sv":                 "Från: Acme Support <support@acme.example>\nSkickat: den 2 mars 2026 11:00\nTill: Ana Duarte\nÄmne: SV: Punkt 0\n\n{}\n",
	"Outlook on the web":          "________________________________\nFrom: Acme Support <support@acme.example>\nSent: Monday, March 2, 2026 11:00 AM\nTo: Ana Duarte\nSubject: Re: Point 0\n\n{}\n",
	"Outlook, bold":               "*From:* Acme Support <support@acme.example>\n*Sent:* Monday, March 2, 2026 11:00 AM\n*To:* Ana Duarte\n*Subject:* Re: Point 0\n\n{}\n",
	"Outlook, old":                "-----Original Message-----\nFrom: Acme Support [mailto:support@acme.example]\nSent: Monday, March 2, 2026 11:00 AM\n\n{}\n",
	"Outlook, old, fr":            "-----Message d’origine-----\nDe : Acme Support\n\n{}\n",
	"Outlook, old, de":            "-----Ursprüngliche Nachricht-----\nVon: Acme Support\n\n{}\n",
	"Outlook, old, nl":            "-----Oorspronkelijk bericht-----\nVan: Acme Support\n\n{}\n",
	"Outlook, old, es":            "-----Mensaje original-----\nDe: Acme Support\n\n{}\n",
	"Outlook, old, it":            "-----Messaggio originale-----\nDa: Acme Support\n\n{}\n",
	"Outlook, old, pt":            "-----Mensagem original-----\nDe: Acme Support\n\n{}\n",
	"Outlook for the Mac":         "On 02/03/2026, 11:00, \"Acme Support\" <support@acme.example> wrote:\n\n    {}\n",
	"Zimbra, fr":                  "----- Mail original -----\nDe: \"Acme Support\" <support@acme.example>\nÀ: \"Ana\" <ana@mail.example>\nEnvoyé: Lundi 2 Mars 2026 11:00:00\nObjet: Re: Point 0\n\n{}\n",
	"GMX":                         "Gesendet: Montag, 2. März 2026 um 11:00 Uhr\nVon: \"Acme Support\" <support@acme.example>\nAn: \"Ana\" <ana@mail.example>\nBetreff: Re: Punkt 0\n\n{}\n",
	"Orange":                      "> Message du 02/03/26 11:00\n> De : \"Acme Support\" <support@acme.example>\n> \n> {}\n",
	"Horde":                       "Quoting Acme Support <support@acme.example>:\n\n> {}\n",
	"Horde, de":                   "Zitat von Acme Support <support@acme.example>:\n\n{}\n",
	"Gmail, forwarded":            "---------- Forwarded message ---------\nFrom: Acme Support <support@acme.example>\nDate: Mon, Mar 2, 2026\nSubject: Re: Point 0\n\n{}\n",
	"Apple Mail, forwarded, fr":   "Début du message réexpédié :\n\nDe: Acme Support <support@acme.example>\n\n{}\n",
	"Zendesk":                     "##- Please type your reply above this line -##\n\nSophie Roy (Acme)\nMar 03, 2026, 11:00 GMT+1\n\n{}\n",
	"Zendesk, fr":                 "##- Veuillez saisir votre réponse au-dessus de cette ligne -##\n\n{}\n",
	"Zendesk, de":                 "##- Bitte geben Sie Ihre Antwort über dieser Zeile ein. -##\n\n{}\n",
	"Zendesk, es":                 "##- Por favor, escriba su respuesta por encima de esta línea -##\n\n{}\n",
	"Zendesk, nl":                 "##- Typ uw antwoord boven deze regel -##\n\n{}\n",
	"Zendesk, it":                 "##- Digita la risposta sopra questa riga -##\n\n{}\n",
	"Zendesk, pt":                 "##- Digite a sua resposta acima desta linha -##\n\n{}\n",
	"Zendesk, comments":           "----------------------------------------------\nSophie Roy, Mar 3, 2026, 11:00 GMT+1:\n\n{}\n",
	"Jira":                        "-- Reply above this line --\n\n{}\n",
	"Jira, dashes":                "—-—-—-—-—-—-—-—-—-—-—-—\nReply above this line.\n\n{}\n",
	"Help Scout":                  "## Please reply above this line ##\n\n{}\n",
	"Basecamp":                    "--\nWrite ABOVE THIS LINE to post a reply\n\n{}\n",
	"Freshdesk":                   "On Tue, 3 Mar at 11:00 AM , Acme Support <support@acme.example> wrote:\n\n{}\n",
	"an archive that hides":       "On Mon, Mar 2, 2026 at 11:00 AM Acme Support <support at acme.example> wrote:\n\n> {}\n",
	"Usenet":                      "Acme Support wrote:\n\n> {}\n",
}

const sophies = "Could you tell me the order number if it happens again?"

func TestCopiedTextIsNobodysOwn(t *testing.T) {
	for name, below := range answered {
		for _, own := range []string{"All good now, that did it.", "Merci, c’est réglé.\n\nAna", "Danke, es geht wieder: jetzt."} {
			got, lines := Own(own + "\n\n" + strings.ReplaceAll(below, "{}", sophies))
			if strings.Contains(got, "order number") || strings.Contains(got, "Acme") || lines == 0 {
				t.Errorf("%s: own words are %q", name, got)
			}
			if !strings.HasPrefix(got, own) {
				t.Errorf("%s: own words are lost: %q", name, got)
			}
		}
	}
}

// TestOwnWordsStay: what people write in words like those of programs is theirs.
func TestOwnWordsStay(t *testing.T) {
	for _, text := range []string{
		"On Monday at 10:30 I wrote to you about this:\nthe export button does nothing.\nCould you help?",
		"Bonjour,\n\nDe : Paris\nÀ : Lyon\nDate : mardi\n\nQuel est le prix du billet ?",
		"From: Paris\nTo: Lyon\nDate: 12 March\n\nHow much is it?",
		"Subject: Bill\nMessage: where is it?",
		"Le guide dit ceci :\nappuyez deux fois. Rien ne se passe.",
		"Here is the list:\n- one\n- two\n\nWhich one?",
		"The signature is above this line, as the form says. Is that right?",
		"As I wrote on 3 March, the map is wrong. You answered: we will see. When?",
		"Am 3. März schrieb ich Ihnen. Was ist daraus geworden?",
		"He wrote it down. Where is it now?",
		"---\nA line before, a line behind.\n---\nWhy?",
		"My address is ana@mail.example:\nplease write there.",
		"Please call 2026-03-02 11:00:\nI am at home then.",
		"Where is my order ABC 12/03/2026?\nIt was sent at 11:00.",
		"Il a écrit un livre.\nOù le trouver ?",
		"De plus : rien.\nDate : inconnue.",
	} {
		if got, lines := Own(text); got != text || lines != 0 {
			t.Errorf("%q became %q", text, got)
		}
	}
}

func TestAnswersBetweenQuotationsStay(t *testing.T) {
	text := "Hello,\n\nOn Mon, Mar 2, 2026 at 11:00 AM Acme <support@acme.example> wrote:\n> Which browser?\nFirefox.\n> Which version?\n148.\n"
	want := "Hello,\n\nFirefox.\n148.\n"
	if got, lines := Own(text); got != want || lines != 3 {
		t.Errorf("%q, %d lines", got, lines)
	}
	if got, _ := Own("> only this\n"); got != "> only this\n" {
		t.Errorf("a quotation alone became %q", got)
	}
	if got, _ := Own("##- Please type your reply above this line -##\n\nYour order was sent.\nSophie\n\n-----Original Message-----\nWhere is it?"); strings.TrimSpace(got) != "Your order was sent.\nSophie" {
		t.Errorf("a help desk's own mail became %q", got)
	}
	if got, _ := Own("---------- Forwarded message ---------\nFrom: Ana <ana@mail.example>\nDate: Mon, 2 Mar 2026\n\nWhere is it?"); !strings.Contains(got, "Where is it?") {
		t.Errorf("a mail passed on without a word became %q", got)
	}
	for _, footer := range []string{"_______________________________________________\nHelp mailing list -- help@lists.example\nTo unsubscribe send an email to help-leave@lists.example\n",
		"-- \nYou received this message because you are subscribed to the Google Groups \"Help\" group.\nTo unsubscribe …\n",
		"_______________________________________________\nTalk mailing list\nhttps://lists.example/listinfo/talk\n"} {
		if got, _ := Own("Yes.\n" + footer); strings.TrimSpace(got) != "Yes." {
			t.Errorf("with a footer: %q", got)
		}
	}
}

func FuzzOwn(f *testing.F) {
	for _, below := range answered {
		f.Add("ok\n\n" + below)
	}
	f.Fuzz(func(t *testing.T, text string) {
		own, lines := Own(text)
		if lines < 0 || len(own) > len(text) || strings.TrimSpace(text) != "" && strings.TrimSpace(own) == "" {
			t.Fatalf("%q became %q, %d lines", text, own, lines)
		}
		x := Of(text)
		for i := 0; i < len(text); {
			k, n := x.At(i)
			if i+n > len(text) || k != None && n == 0 {
				t.Fatalf("%q at %d: %d, %d", text, i, k, n)
			}
			_, i = lineAt(text, i)
		}
	})
}
