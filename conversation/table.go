package conversation

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// guesses are the names under which exports in English and French keep each
// field, folded, the likeliest first. Names say what is meant by them only
// together: with a column date, one named time or heure is the hour alone.
var guesses = map[field][]string{
	fieldID: {"id", "message_id", "messageid", "msg_id", "post_id", "tweet_id", "comment_id", "status_id", "mail_id", "identifiant",
		"id_message", "message_no", "uuid", "guid", "numero"},
	fieldThread: {"thread", "thread_id", "threadid", "conversation", "conversation_id", "topic_id", "discussion_id", "ticket_id", "case_id", "issue_id",
		"fil", "id_fil", "fil_id", "fil_de_discussion", "id_conversation", "id_discussion", "id_ticket", "topic", "discussion", "ticket", "issue"},
	fieldReplyTo: {"reply_to", "reply_to_id", "in_reply_to", "in_reply_to_id", "in_reply_to_status_id", "in_response_to_tweet_id", "in_response_to",
		"parent", "parent_id", "replied_to", "en_reponse_a", "reponse_a", "repond_a", "id_parent", "message_parent"}, //nolint:misspell // French
	fieldAuthor: {"author", "author_id", "auteur", "id_auteur", "from", "sender", "expediteur", "emetteur", "de", "username", "user_name", "user", "user_id", "screen_name",
		"utilisateur", "pseudo", "pseudonyme", "account", "compte", "login", "created_by", "email", "courriel", "mail", "name", "nom"},
	fieldSide:       {"side", "cote", "camp"},
	fieldDepartment: {"department", "departement", "service", "dept", "team", "equipe", "direction", "pole"},
	fieldChannel: {"channel", "canal", "source", "platform", "plateforme", "forum", "category", "categorie", "section", "rubrique",
		"mailing_list", "liste"},
	fieldTime: {"time", "created_at", "datetime", "date_time", "timestamp", "sent_at", "posted_at", "published_at", "created", "sent", "date", "created_utc",
		"date_heure", "date_et_heure", "horodatage", "cree_le", "envoye_le", "publie_le", "date_creation", "date_de_creation", "date_envoi", "date_d_envoi",
		"date_publication", "date_de_publication", "creation_date", "post_date", "jour"},
	fieldLang: {"lang", "language", "langue"},
	fieldText: {"text", "body", "content", "contents", "message", "full_text", "texte", "corps", "contenu", "post", "comment", "commentaire", "tweet",
		"selftext", "review", "avis", "description"},
	fieldPrecision: {"time_precision", "precision"},
	fieldSequence:  {"seq", "sequence", "post_number", "position", "rang", "ordre"},
	fieldBot:       {"bot", "is_bot", "robot", "est_robot"},
	fieldPrivate:   {"private", "is_private", "prive"},
	fieldDeleted:   {"deleted", "deleted_at", "is_deleted", "supprime", "supprime_le"},
	fieldDeletedBy: {"deleted_by", "supprime_par"},
	fieldSubject:   {"subject", "sujet", "title", "titre", "objet", "topic_title"},
}

// table is what a header says: which column holds which field.
type table struct {
	comma  byte
	names  []string
	fields []field
}

// newTable reads a header, cut by the separator that makes the most sense of it.
func newTable(line string) *table {
	var best *table
	for _, comma := range []byte(",;\t|") {
		t := tableOf(line, comma)
		if best == nil || t.known() > best.known() || (t.known() == best.known() && len(t.names) > len(best.names)) {
			best = t
		}
	}
	return best
}

func tableOf(line string, comma byte) *table {
	names, _ := cut(strings.TrimRight(line, "\r\n"), comma, nil)
	t := &table{comma: comma, names: names, fields: make([]field, len(names))}
	met := map[string]int{}
	for i := range names {
		name := strings.TrimSpace(names[i])
		if met[name]++; met[name] > 1 {
			name += "_" + strconv.Itoa(met[name]) // so that no cell hides another
		}
		t.names[i] = name
	}
	t.guess()
	return t
}

// columnName is a name without case, accents and signs: "Créé le" is cree_le.
func columnName(s string) string {
	words := strings.FieldsFunc(fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return strings.Join(words, "_")
}

// guess gives each field that has no column yet the likeliest of those that
// have no field.
func (t *table) guess() {
	places := map[string]int{}
	for i := len(t.names) - 1; i >= 0; i-- {
		if name := columnName(t.names[i]); t.fields[i] == other && name != "" {
			places[name] = i
		}
	}
	if day, ok := places["date"]; ok && !t.has(fieldTime) && !t.has(fieldClock) {
		for _, name := range []string{"time", "heure", "hour", "clock"} {
			if hour, ok := places[name]; ok {
				t.fields[day], t.fields[hour] = fieldTime, fieldClock
				break
			}
		}
	}
	for f := fieldID; f <= fieldSubject; f++ {
		for _, name := range guesses[f] {
			if i, ok := places[name]; ok && t.fields[i] == other && !t.has(f) {
				t.fields[i] = f
			}
		}
	}
}

// assign gives fields the columns that the caller named, and guesses the rest.
func (t *table) assign(given map[string]field) error {
	if len(given) == 0 {
		return nil
	}
	clear(t.fields)
	for column, f := range given {
		at := -1
		for i, name := range t.names {
			if name == column || (at < 0 && columnName(name) == columnName(column)) {
				at = i
			}
		}
		if at < 0 {
			return fmt.Errorf("no column %q for %s; there are %s", column, fieldNames[f], strings.Join(t.names, ", "))
		}
		t.fields[at] = f
	}
	t.guess()
	return nil
}

func (t *table) has(f field) bool {
	for _, g := range t.fields {
		if g == f {
			return true
		}
	}
	return false
}

func (t *table) known() (n int) {
	for _, f := range t.fields {
		if f != other {
			n++
		}
	}
	return n
}

// fill puts a row's cells into a draft. The fault says why it is no row.
func (t *table) fill(d *draft, cells []string) (fault string) {
	for len(cells) > len(t.fields) && cells[len(cells)-1] == "" {
		cells = cells[:len(cells)-1]
	}
	if len(cells) > len(t.fields) {
		return fmt.Sprintf("%d cells where the header has %d (a separator inside a text needs quotes)", len(cells), len(t.fields))
	}
	if len(cells) < len(t.fields) {
		d.complain(BadValue, fmt.Sprintf("%d cells where the header has %d: those that lack were taken as empty", len(cells), len(t.fields)))
	}
	var subject, clock string
	var attributes []byte
	for i, cell := range cells {
		switch f := t.fields[i]; f {
		case fieldText:
			d.Text = cell
		case fieldClock:
			clock = strings.TrimSpace(cell)
		case other:
			attributes = addAttribute(attributes, t.names[i], cell)
		case fieldAuthor:
			name, address, full := fullAddress(cell)
			if full {
				attributes = addAttribute(attributes, "name", name)
				address = strings.ToLower(address)
			}
			if address = strings.TrimSpace(address); !isNull(address) {
				d.Author = PersonID(address)
			}
		case fieldSubject:
			subject = strings.TrimSpace(cell)
			attributes = addAttribute(attributes, "subject", subject)
		default:
			if word := strings.TrimSpace(cell); !isNull(word) && !d.set(f, word) {
				d.misread(f, cell)
			}
		}
	}
	if clock != "" && d.when != "" {
		d.when += " " + clock
	}
	d.addSubject(subject)
	d.setAttributes(attributes)
	return ""
}

// addSubject opens the text of a message that opens a thread with its title.
func (d *draft) addSubject(subject string) {
	switch {
	case subject == "" || d.ReplyTo != "":
	case strings.TrimSpace(d.Text) == "":
		d.Text = subject
	case !strings.HasPrefix(strings.TrimSpace(d.Text), subject):
		d.Text = subject + "\n\n" + d.Text
	}
}

func (d *draft) setAttributes(members []byte) {
	if len(members) > 0 {
		d.Attributes = Attributes(append(members, '}'))
	}
}

// addAttribute adds a text to the members of an object that is still open.
// Empty texts are none.
func addAttribute(members []byte, key, value string) []byte {
	if value == "" || key == "" {
		return members
	}
	if len(members) == 0 {
		members = append(members, '{')
	} else {
		members = append(members, ',')
	}
	members = append(appendQuoted(members, key), ':')
	return appendQuoted(members, value)
}

// isNull is true for what databases write where there is nothing.
func isNull(word string) bool {
	switch word {
	case "NULL", "null", `\N`, "None", "nan", "NaN", "N/A":
		return true
	}
	return false
}
