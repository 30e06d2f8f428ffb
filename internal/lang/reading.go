package lang

import (
	"strings"

	"github.com/entregent/entregent/conversation/check"
)

// ReadingDoubt says why a reading can't be right, and what settles it.
func (l Language) ReadingDoubt(d check.Doubt) (why, remedy string) {
	names := strings.Join(d.Words, ", ")
	var blanks, words []any
	switch d.Code {
	case check.AllOurs, check.NobodyOurs, check.Loose, check.OneRow, check.Elsewhere, check.QuoteKept, check.PatternKept:
		blanks = []any{d.Count, d.Of}
	case check.Unread:
		blanks = []any{d.Count, names}
	case check.DateApart:
		blanks = []any{d.Count, names}
	}
	key := string(d.Code)
	if d.Code == check.DateApart {
		words = []any{d.Option}
	}
	return l.Say("reading-doubt."+key, blanks...), l.Say("reading-do."+key, words...)
}

// How a reading is told, before any number.
var _ = added(englishWords, map[string]string{
	"reading.form":    "Read as %s: %d [message|messages] in %d [thread|threads], %d [reply|replies] behind the first of theirs",
	"reading.columns": "columns taken: %s", "reading.joined": "tied by %s",
	"reading.us":     "The organisation: %d [person|people], %d [message|messages]",
	"reading.them":   "the community: %d [person|people], %d [message|messages]",
	"reading.nobody": "nobody knows whose: %d [message|messages]",
	"reading.words":  "(%s)", "reading.machines": "by machines: %d", "reading.notes": "notes inside: %d",
	"reading.left": "left out: %s", "reading.cant": "This reading can't be right, so no number is given.",
	"reading.anyway": "To measure all the same: --anyway", "reading.despite": "Measured all the same, though this reading can't be right:",
	"reading.doubted": "What can be doubted in this reading:",
	"reading.rows":    "see %s", "reading.more": "%s and more",
	"reading.sample": "%d [message|messages] as read", "reading.reply": "answers %s", "reading.bot": "machine", "reading.private": "private",
	"reading.saved":   "This reading is kept in %s: use it with --mapping %s",
	"head.anyone":     "Answered by anyone: attention, constancy, evenness, the index and the groups' marks count an answer by anybody but the asker.",
	"groups.rules":    "Beside it, by anybody but the asker.",
	"groups.anyone":   "by anyone %s",
	"reading.failure": "the reading can't be right: %d [doubt|doubts], told above; --anyway measures all the same",

	"reading-doubt.all-organisation":  "Everybody is the organisation, or nearly: %d [person|people] of %d.",
	"reading-do.all-organisation":     "Name only those who answer for it: -o with its own domain, accounts or names, not a domain that others write from.",
	"reading-doubt.no-organisation":   "Nothing says who the organisation is: of %d messages out of %d nobody knows the side.",
	"reading-do.no-organisation":      "Say who it is: -o acme.org, or accounts and names with commas between, or a file with one a line.",
	"reading-doubt.unthreaded":        "Nothing hangs together: %d [message|messages] of %d that must be answers stand alone in their thread.",
	"reading-do.unthreaded":           "Say which column holds the thread or the message answered: --column thread=NAME or --column reply_to=NAME.",
	"reading-doubt.unread-columns":    "%d [column|columns] that may hold answers [was|were] not read: %s.",
	"reading-do.unread-columns":       "If the answers stand there, say so: --column answer=NAME,answer_time=NAME.",
	"reading-doubt.one-row-a-ticket":  "A row seems to be a ticket (%d of %d messages), and no column says when it was answered.",
	"reading-do.one-row-a-ticket":     "Name the column with the time of the first answer: --column answer_time=NAME; or export the messages, one a row.",
	"reading-doubt.answers-elsewhere": "Most replies answer messages that are not here: %d of %d.",
	"reading-do.answers-elsewhere":    "Give all files of the export together, or export a longer time.",
	"reading-doubt.date-apart":        "%d [date lies|dates lie] decades from all others: %s.",
	"reading-do.date-apart":           "If the date is wrong, correct it in the file, or leave it out with %s and a day that holds the rest.",
	"reading-doubt.quote-kept":        "Replies repeat what they answer: %d of %d. The words of one are counted as another's.",
	"reading-do.quote-kept":           "Name the column that holds the answer alone: --column text=NAME; or export without the quoted text.",
	"reading-doubt.template-kept":     "Most texts share one line that a program seems to have written: %d of %d.",
	"reading-do.template-kept":        "Name the column that holds the message alone: --column text=NAME; or take the line out of the file.",
})

var _ = added(frenchWords, map[string]string{
	"reading.form":    "Lu comme %s : %d [message|messages] en %d [fil|fils], %d [réponse|réponses] à la suite du premier",
	"reading.columns": "colonnes prises : %s", "reading.joined": "liées par %s",
	"reading.us":     "L'organisation : %d [personne|personnes], %d [message|messages]",
	"reading.them":   "la communauté : %d [personne|personnes], %d [message|messages]",
	"reading.nobody": "de côté inconnu : %d [message|messages]",
	"reading.words":  "(%s)", "reading.machines": "par des machines : %d", "reading.notes": "notes internes : %d",
	"reading.left": "laissés de côté : %s", "reading.cant": "Cette lecture ne peut pas être juste : aucun chiffre n'est donné.",
	"reading.anyway": "Pour mesurer quand même : --anyway", "reading.despite": "Mesuré quand même, bien que cette lecture ne puisse pas être juste :",
	"reading.doubted": "Ce dont on peut douter dans cette lecture :",
	"reading.rows":    "voir %s", "reading.more": "%s et d'autres",
	"reading.sample": "%d [message tel qu'il a été lu|messages tels qu'ils ont été lus]", "reading.reply": "répond à %s", "reading.bot": "machine", "reading.private": "privé",
	"reading.saved":   "Cette lecture est gardée dans %s : on la reprend par --mapping %s",
	"head.anyone":     "Réponses de n'importe qui : l'attention, la constance, l'équité, l'indice et les marques des groupes comptent la réponse de toute personne autre que celle qui demande.",
	"groups.rules":    "À côté, par toute personne autre que celle qui demande.",
	"groups.anyone":   "par tous %s",
	"reading.failure": "la lecture ne peut pas être juste : %d [doute, dit|doutes, dits] plus haut ; --anyway mesure quand même",

	"reading-doubt.all-organisation":  "Tout le monde, ou presque, est l'organisation : %d [personne|personnes] sur %d.",
	"reading-do.all-organisation":     "Ne nommez que celles et ceux qui répondent pour elle : -o avec son propre domaine, ses comptes ou ses noms, non un domaine d'où d'autres écrivent.",
	"reading-doubt.no-organisation":   "Rien ne dit qui est l'organisation : de %d messages sur %d, on ignore le côté.",
	"reading-do.no-organisation":      "Dites qui elle est : -o acme.org, ou des comptes et des noms séparés par des virgules, ou un fichier qui en a un par ligne.",
	"reading-doubt.unthreaded":        "Rien ne se tient : %d [message|messages] sur %d qui doivent être des réponses sont seuls dans leur fil.",
	"reading-do.unthreaded":           "Dites quelle colonne contient le fil, ou le message auquel on répond : --column thread=NOM ou --column reply_to=NOM.",
	"reading-doubt.unread-columns":    "%d [colonne qui contient|colonnes qui contiennent] peut-être des réponses [n'a pas été lue|n'ont pas été lues] : %s.",
	"reading-do.unread-columns":       "Si les réponses s'y trouvent, dites-le : --column answer=NOM,answer_time=NOM.",
	"reading-doubt.one-row-a-ticket":  "Une ligne semble être un ticket (%d messages sur %d), et aucune colonne ne dit quand on y a répondu.",
	"reading-do.one-row-a-ticket":     "Nommez la colonne qui donne l'heure de la première réponse : --column answer_time=NOM ; ou exportez les messages, un par ligne.",
	"reading-doubt.answers-elsewhere": "La plupart des réponses répondent à des messages absents : %d sur %d.",
	"reading-do.answers-elsewhere":    "Donnez ensemble tous les fichiers de l'export, ou exportez une plus longue période.",
	"reading-doubt.date-apart":        "%d [date est|dates sont] à des décennies de toutes les autres : %s.",
	"reading-do.date-apart":           "Si la date est fausse, corrigez-la dans le fichier, ou laissez-la de côté par %s et un jour qui contienne le reste.",
	"reading-doubt.quote-kept":        "Des réponses répètent ce à quoi elles répondent : %d sur %d. Les mots de l'un comptent comme ceux d'un autre.",
	"reading-do.quote-kept":           "Nommez la colonne qui contient la réponse seule : --column text=NOM ; ou exportez sans le texte cité.",
	"reading-doubt.template-kept":     "La plupart des textes ont en commun une ligne qu'un programme semble avoir écrite : %d sur %d.",
	"reading-do.template-kept":        "Nommez la colonne qui contient le message seul : --column text=NOM ; ou ôtez cette ligne du fichier.",
})
