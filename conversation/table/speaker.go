package table

import (
	"strings"

	"github.com/entregent/entregent/conversation"
)

// meaning is what a word of a source says of a record: who speaks, or that it is
// no message to the other side.
type meaning struct {
	side  conversation.Side
	note  bool // for the organisation's own eyes
	event bool // nobody wrote anything, unless there is a text
	never bool // nor is it one with a text
	bot   bool
	plain bool // a message, whoever wrote it
}

// meanings are the words that sources have for who speaks and for what a record
// is, folded as names of columns are.
var meanings = map[string]meaning{}

func init() {
	say := func(m meaning, list string) {
		for _, w := range words(list) {
			meanings[w] = m
		}
	}
	say(meaning{side: conversation.Organisation}, `organisation organization org agent agents staff support supporter supporters team equipe employee employees employe
		employee_reply admin admins administrator administrateur operator operateur advisor conseiller conseillere company business brand owner vendor merchant seller developer
		outgoing outbound sortant sortante sent envoye envoyee out nous us we helpdesk representative rep official officiel moderator moderateur moderatrice
		collaborateur technicien service_client customer_service customer_support customer_care client_support mairie marque entreprise
		mitarbeiter mitarbeiterin bearbeiter bearbeiterin unternehmen firma ausgehend gesendet kundenservice kundendienst
		agente agentes empleado soporte empresa saliente enviado operador operatore operatrice assistenza azienda inviato uscita in_uscita
		medewerker bedrijf uitgaand verzonden klantenservice atendente atendimento suporte funcionario enviada servicio_al_cliente servizio_clienti colleague teammate`)
	say(meaning{side: conversation.Community}, `community customer customers client clients cliente clientes clienti klant klanten kunde kunden kundin end_user enduser user users usager usagere
		usagers utilisateur utilisatrice requester demandeur demandeuse visitor visiteur contact lead consumer consommateur citizen citoyen citoyenne ciudadano cidadao cittadino
		burger buerger resident habitant member membre incoming inbound entrant entrante received recu recue in them reviewer external externe caller buyer patient
		student eingehend empfangen inkomend ontvangen recibido recibida ricevuto in_arrivo in_entrata recebida recebido gebruiker benutzer nutzer usuario utente anwender
		internaute adherent adherente riverain riveraine abonne abonnee passenger tenant locataire`)
	say(meaning{side: conversation.Organisation, bot: true}, `bot chatbot robot template automation automatic automatique auto_reply autoresponder`)
	say(meaning{side: conversation.Unknown, plain: true}, `unknown inconnu unbekannt`)
	say(meaning{note: true}, `note notes private internal interne interna interno intern private_note internal_note internal_comment note_interne note_privee prive privee private_comment
		privat privado privada privato privata nota nota_interna notiz interne_notiz interne_notitie notitie memo prive_notitie agent_note`)
	say(meaning{plain: true}, `message messages comment reply email e_mail mail chat public publique publik visible offentlich oeffentlich publico publica pubblico pubblica openbaar public_reply
		public_comment public_note text quick_reply response answer reponse antwort respuesta risposta antwoord resposta nachricht mensaje messaggio bericht mensagem
		courriel commentaire kommentar comentario commento post tweet initial source conversation question sms phone web`)
	say(meaning{event: true}, `open close closed reopen reopened snoozed unsnoozed timer_unsnooze system systeme sistema systeem join leave joined left`)
	say(meaning{event: true, never: true}, `event evenement activity activite assignment assigned default_assignment assign_and_unsnooze away_mode_assignment status_change state_change
		participant_added participant_removed tag tagged audit log attribute_updated conversation_attribute_updated_by_admin priority_changed merge merged change
		field_change channel_join channel_leave evento aktivitat ereignis activiteit atividade`)
}

// meant finds what a word means; ok is false when it isn't known here.
func meant(word string) (m meaning, ok bool) {
	name := columnName(word)
	if m, ok = meanings[name]; ok || !strings.Contains(name, "_") || len(name) > 40 {
		return m, ok
	}
	parts := strings.Split(name, "_")
	if len(parts) > 4 {
		return m, false
	}
	for _, part := range parts { // équipe support; customer (verified)
		p, met := meanings[part]
		switch {
		case !met || p.side == conversation.Unknown:
		case p.side == conversation.Organisation:
			return p, true
		default:
			m, ok = p, true
		}
	}
	return m, ok
}

// vocabulary is what the words of one column mean.
type vocabulary struct {
	words        map[string]meaning // by the word as it stands
	known        int                // words among them that are known
	ours, theirs bool
	notes, plain bool // a note, a message are among them
	events       bool
}

// read gives the words of a column their meaning. user is whoever asks, unless
// another word already says so and none says who answers: {customer, user} is how
// Help Scout calls them.
// What a person said of a word stands before all that is known of it.
func (t *layout) read(found map[string]int) *vocabulary {
	v := &vocabulary{words: map[string]meaning{}}
	for w, side := range t.sides {
		v.words[w] = meaning{side: side}
	}
	for w := range found {
		m, ok := meant(w)
		if side, said := t.sides[w]; said {
			m, ok = meaning{side: side}, true
		}
		if !ok {
			continue
		}
		v.words[w] = m
		v.known++
		v.ours = v.ours || m.side == conversation.Organisation && !m.bot
		v.theirs = v.theirs || m.side == conversation.Community && columnName(w) != "user"
		v.notes, v.plain, v.events = v.notes || m.note, v.plain || m.plain, v.events || m.event
	}
	for w, m := range v.words {
		if _, said := t.sides[w]; said || columnName(w) != "user" || m.side != conversation.Community {
			continue
		}
		if v.theirs && !v.ours {
			v.words[w] = meaning{side: conversation.Organisation}
			v.ours = true
		} else {
			v.theirs = true
		}
	}
	return v
}

// ownWords is true where the words are those of the project's own JSONL.
func (v *vocabulary) ownWords() bool {
	for w := range v.words {
		if _, err := conversation.ParseSide(strings.ToLower(w)); err != nil {
			return false
		}
	}
	return true
}

// of gives the meaning of a word of the column.
func (v *vocabulary) of(word string) (m meaning, ok bool) {
	if m, ok = v.words[word]; ok {
		return m, true
	}
	if m, ok = meant(word); ok && len(v.words) < mostWords {
		v.words[word] = m
	}
	return m, ok
}

// mostWords is how many words of a column are remembered.
const mostWords = 1000
