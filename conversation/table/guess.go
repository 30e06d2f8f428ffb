package table

import "strings"

// guesses are the names under which people and systems keep each field, folded
// (see columnName), the likeliest first: English, French, German, Spanish,
// Italian, Dutch, Portuguese; Zendesk, Freshdesk, Intercom, Jira, Google Play, the
// App Store, Trustpilot, Decidim, LimeSurvey, Discourse, Reddit, Twitter. What
// stands in a column can still say that it is something else.
var guesses = [fields][]string{
	fieldID: words(`id message_id messageid msg_id post_id tweet_id comment_id status_id mail_id review_id record_id entry_id identifiant id_message
		id_commentaire id_avis id_contribution message_no uuid guid numero response_id part_id nachricht_id nachrichten_id id_mensaje mensaje_id id_messaggio
		bericht_id id_mensagem kommentar_id`),
	fieldThread: words(`thread thread_id threadid conversation conversation_id topic_id discussion_id ticket_id ticket_number case_id case_number issue_id
		issue_key request_id chat_id dialog_id session_id link_id fil id_fil fil_id fil_de_discussion id_conversation id_discussion id_ticket numero_de_ticket
		numero_ticket n_ticket no_ticket id_demande numero_de_demande id_dossier numero_de_dossier dossier topic discussion ticket issue case
		vorgang vorgangsnummer ticketnummer ticket_nr fall_id konversation konversations_id thema_id hilo id_hilo hilo_id conversacion id_conversacion caso id_caso
		numero_de_caso discussione conversazione id_conversazione pratica gesprek gesprek_id zaak zaaknummer draad ticketnummer conversa id_conversa chamado
		id_chamado protocolo numero_do_protocolo`),
	fieldReplyTo: words(`reply_to reply_to_id in_reply_to in_reply_to_id in_reply_to_status_id in_response_to_tweet_id in_response_to in_reply_to_post_id
		reply_to_message_id reply_to_post_id replying_to response_to parent parent_id parent_comment_id parent_message_id parent_post_id parent_tweet_id replied_to
		en_reponse_a reponse_a repond_a id_parent message_parent antwort_auf antwort_zu antwortet_auf en_respuesta_a respuesta_a responde_a in_risposta_a risposta_a
		antwoord_op in_antwoord_op reactie_op em_resposta_a resposta_a`), //nolint:misspell // other languages
	fieldReplyNumber: words(`reply_to_post_number reply_to_number parent_number`),
	fieldAuthor: words(`author author_id auteur id_auteur from sender sender_id expediteur emetteur de username user_name user user_id screen_name utilisateur pseudo
		pseudonyme account compte login created_by posted_by written_by from_email from_address sender_email author_email author_username requester
		requester_email demandeur reporter rapporteur reviewer submitter autor verfasser absender nutzer nutzername benutzer benutzername remitente usuario
		nombre_de_usuario autore mittente utente nome_utente afzender gebruiker gebruikersnaam remetente utilizador
		customer_email customer_id customer client_email client contact_email contact kunde cliente klant email email_address courriel e_mail mail adresse_mail
		adresse_e_mail correo correo_electronico posta_elettronica
		author_name sender_name from_name requester_name customer_name reviewer_name reviewer_nickname nickname consumer_name consumer contact_name full_name fullname
		display_name profile_name handle nom_complet nom_du_client kundenname name nom nombre nome naam`),
	fieldName: words(`author_name sender_name from_name requester_name customer_name reviewer_name contact_name full_name fullname display_name nom_complet nom_de_l_auteur
		name nom nombre nome naam`),
	fieldDepartment: words(`department departement service dept team equipe direction pole group assigned_group groupe abteilung departamento area reparto
		ufficio afdeling setor equipo`),
	fieldChannel: words(`channel canal source via via_channel channel_type platform plateforme forum category categorie section rubrique mailing_list liste subreddit
		inbox kanal canale kanaal medium origen origem`),
	fieldTime: words(`time created_at datetime date_time timestamp sent_at posted_at published_at created sent date created_utc created_time create_time
		created_date date_created creation_time created_on submitted_at submission_date date_submitted submit_date submitdate review_submit_date_and_time review_date
		review_created_at post_created_at post_time message_time message_date message_created_at comment_date comment_created_at received_at received date_received
		opened_at opened open_date date_opened asked_at date_posted posted posted_on published published_on published_date publication_date written_at when ts at
		started_at start_time
		date_heure date_et_heure horodatage cree_le cree envoye_le publie_le poste_le recu_le depose_le ouvert_le soumis_le date_creation date_de_creation date_envoi
		date_d_envoi date_publication date_de_publication date_reception date_de_reception date_message date_du_message date_depot date_de_depot
		date_d_ouverture date_ouverture date_avis date_de_l_avis creation_date post_date jour
		datum erstellt erstellt_am erstelldatum erstellungsdatum gesendet gesendet_am veroffentlicht_am eingegangen_am eingang zeitpunkt zeitstempel zeit
		datum_uhrzeit datum_und_uhrzeit fecha fecha_de_creacion fecha_creacion creado creado_el enviado_el fecha_hora fecha_y_hora fecha_de_envio
		fecha_de_publicacion publicado_el data data_creazione data_di_creazione creato creato_il inviato_il data_ora data_e_ora data_invio
		data_pubblicazione aangemaakt aangemaakt_op gemaakt_op verzonden verzonden_op geplaatst_op tijdstip datum_tijd data_de_criacao criado criado_em
		enviado_em data_hora data_de_envio publicado_em data_de_publicacao`),
	fieldZone: words(`zone timezone time_zone tz fuseau fuseau_horaire zeitzone zona_horaria fuso_orario tijdzone fuso_horario`),
	fieldLang: words(`lang language langue locale reviewer_language start_language startlanguage sprache idioma lingua taal`),
	fieldText: words(`text body content contents message full_text texte corps contenu post_raw raw plain_body body_plain body_text text_body message_text
		message_body message_content comment_text comment_body review_text review_content review_body post_text post_body description_text texte_du_message
		texte_message texte_avis post comment commentaire tweet selftext review avis description msg contribution verbatim question question_text demande requete
		reclamation complaint feedback remarque observations
		nachricht inhalt kommentar rezension bewertung bewertungstext beschreibung frage anliegen beitrag mensaje texto contenido cuerpo comentario resena opinion
		descripcion pregunta consulta messaggio testo contenuto corpo commento recensione descrizione domanda richiesta bericht tekst inhoud
		opmerking beoordeling omschrijving vraag mensagem conteudo avaliacao descricao pergunta solicitacao relato`),
	fieldTextToo:   words(`post_cooked cooked body_html html_body message_html content_html html description_html texte_html comment_html html`),
	fieldPrecision: words(`time_precision precision`),
	fieldSequence:  words(`seq sequence post_number position rang ordre`),
	fieldBot:       words(`bot is_bot robot est_robot automated is_automated automatique`),
	fieldPrivate: words(`private is_private prive privee internal is_internal interne internal_note private_note is_note note_interne note_privee intern privado interno
		interna privato notiz_intern`),
	fieldPublic: words(`public is_public publique visible_to_customer customer_visible visible_client offentlich oeffentlich publico publica pubblico pubblica openbaar`),
	fieldKind: words(`part_type message_type comment_type entry_type record_type event_type activity_type kind visibility visibilite type type_de_message
		type_message subtype sichtbarkeit art visibilidad tipo zichtbaarheid soort`),
	fieldDeleted:   words(`deleted deleted_at is_deleted supprime supprime_le geloscht geloscht_am eliminado eliminato verwijderd excluido`),
	fieldDeletedBy: words(`deleted_by supprime_par`),
	fieldSubject: words(`subject sujet title titre objet topic_title thread_title post_title review_title question_title summary intitule libelle betreff titel asunto
		titulo oggetto titolo onderwerp assunto`),
	fieldURL: words(`url permalink link post_url topic_url thread_url permalink_url review_link lien adresse_web`),
	fieldSide: words(`side cote camp author_role sender_type author_type user_type sender_role user_role from_type participant_type actor_type actor_role role speaker
		direction message_direction sens qui who party actor type_auteur type_d_auteur profil profil_auteur rolle richtung rol ruolo direccion direzione richting direcao papel`),
	fieldInbound: words(`inbound incoming is_incoming is_inbound entrant from_customer is_customer by_customer from_client is_client from_user is_user
		eingehend entrante`),
	fieldOutbound: words(`outbound outgoing is_outgoing is_outbound sortant from_agent is_agent by_agent is_staff staff from_staff by_staff is_admin admin from_me is_from_me fromme
		is_official official officiel is_employee employee from_us from_company is_company is_team moderator is_moderator ausgehend saliente
		uscente uitgaand`),
	fieldAnswerer: words(`replied_by answered_by responded_by reply_author response_author answer_author responder assignee assigned_to assigned_agent assignee_name agent
		agent_name handled_by repondu_par auteur_de_la_reponse auteur_reponse traite_par assigne_a attribue_a conseiller technicien bearbeiter zugewiesen_an
		beantwortet_von agente asignado_a respondido_por assegnato_a risposto_da toegewezen_aan beantwoord_door atribuido_a atendente`),
}

// lastResort are names of texts that are answers when there is another text.
var lastResort = words(`response answer reponse reply antwort respuesta risposta antwoord resposta note notes title subject`)

// people are parts of the names of columns that name whoever writes, and notPeople
// parts of those that name something or somebody else.
var (
	people = set(`user username author name auteur autor autore nom nombre nome naam customer requester reviewer consumer sender handle nickname pseudo contact client
		utilisateur usager demandeur kunde nutzer benutzer cliente usuario utente klant gebruiker email mail courriel`)
	notPeople = set(`agent assignee owner app application package product produit company organization organisation file group team category version image picture avatar
		device page site store shop project space brand channel queue tag label id count type url link phone city region country domain`)
)

// clocks are the names of an hour that stands apart from a date, and dates those
// of such a date.
var (
	clocks = set(`time heure hour clock uhrzeit zeit hora ora tijd`)
	dates  = set(`date jour datum fecha data day created_date creation_date date_creation`)
)

// answerWords are the parts of a column's name that speak of an answer.
var answerWords = set(`reply replied response responded respond answer answered reponse reponses repondu antwort beantwortet geantwortet stellungnahme ruckmeldung respuesta respondido
	contestado contestacion risposta risposto antwoord beantwoord reactie resposta respondida`)

// notAnswers are parts of names that speak of something else about answers: what
// is counted, due, rated, or given by those who asked.
var notAnswers = set(`id ids count counts number nb nombre anzahl status statut state url link type rate template votes likes score due deadline echeance frist plazo scadenza prazo target sla breached violated
	breach customer client requester user demandeur kunde cliente klant within expected survey satisfaction language lang langue`)

// towards stands behind the word for an answer where what is answered is named.
var towards = set(`to a auf op aan na ao`)

// answering says whether a column's name speaks of the answer to a row.
func answering(name string) bool {
	speaks := false
	parts := strings.Split(name, "_")
	for i, w := range parts {
		switch {
		case notAnswers[w], i > 0 && answerWords[parts[i-1]] && towards[w]:
			return false
		case answerWords[w]:
			speaks = true
		}
	}
	return speaks
}

// firsts and lasts say which of several answers a column speaks of.
var (
	firsts = set(`first initial premier premiere initiale erste erster erstes primera primer prima primo eerste primeira`)
	lasts  = set(`last latest dernier derniere letzte letzter ultima ultimo laatste updated modified edited`)
)

// notAsked are parts of names of times at which nothing was asked.
var notAsked = set(`updated update modified modification edited closed close resolved resolution solved due deleted removed archived assigned birth end ended finished expiry
	last ferme fermee resolu resolue cloture modifie maj echeance supprime aktualisiert geandert geschlossen gelost actualizado modificado cerrado resuelto modificato
	chiuso risolto aggiornato bijgewerkt gewijzigd gesloten opgelost atualizado fechado resolvido`)

// units are the parts of names that give a length of time its unit, in seconds.
var units = map[string]float64{}

func init() {
	for seconds, names := range map[float64]string{
		.001:  "ms milliseconds millis",
		1:     "s sec secs second seconds seconde secondes sekunden segundos secondi seconden",
		60:    "min mins minute minutes minuten minutos minuti",
		3600:  "h hr hrs hour hours heure heures stunden horas ore uren",
		86400: "d day days jour jours tage dias giorni dagen",
	} {
		for _, name := range words(names) {
			units[name] = seconds
		}
	}
}

func words(s string) []string { return strings.Fields(s) }

func set(s string) map[string]bool {
	all := map[string]bool{}
	for _, w := range words(s) {
		all[w] = true
	}
	return all
}
