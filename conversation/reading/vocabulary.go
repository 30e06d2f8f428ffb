package reading

import "github.com/entregent/entregent/conversation/prose"

// class is what a word is for in a turn of thanks, as a set of flags.
type class uint32

const (
	word      class = 1 << iota // any word
	capital                     // one that begins with an upper-case letter
	thank                       // thanks
	hail                        // a name after it is somebody spoken to
	between                     // may stand between a hail and a name, or what the thanks is for
	again                       // for what was given before
	several                     // tells to how many
	join                        // between two names
	closing                     // before a signature
	forWord                     // before what the thanks is for
	pour                        // the same, in French
	de                          // the same, or a request: merci de
	article                     // after de, no request follows
	refusal                     // before a thanks that is none: no thanks; voilà, merci
	whom                        // merci qui ?
	hoped                       // what is only hoped for: thanks for reading
	advance                     // thanks in advance
	letter                      // what was only received: thanks for your message
	topic                       // the thread itself
	thing                       // what only somebody who received it thanks for
	answer                      // what may still be hoped for
	all                         // all, after a hail or toAll
	toAll                       // to, you
	everyone                    // all, wherever it stands
	both                        // more than one
	plural                      // what more than one gave, after their
	their                       // vos, the, your
	remercier                   // the verb, after toYou
	toYou                       // te, vous
	toward                      // à, before you: merci à toi
	you                         // toi, vous
)

// classes holds every word's classes, by its hash.
var classes = map[uint64]class{}

func init() {
	for _, w := range []struct {
		class
		words string
	}{
		{thank | hail, "thanks thank thx tnx thanx ty cheers kudos merci remercie remercier"},
		{thank, "grateful mercis remerciement remerciements"},
		{hail, "hi hello hey dear morning afternoon evening bonjour salut bonsoir coucou cher chere bravo"},
		{between, "you u to a au again so very much many lot lots bunch mil million kindly once of goes go out the all beaucoup bien encore infiniment mille grandement fois vraiment tres donc surtout aussi egalement specialement l' ami"},
		{again, "again"},
		{several, "vous toi deux tous toutes both guys folks everyone everybody"},
		{join, "and et ainsi"},
		{closing, "regards best kind cordialement amicalement sincerely sent cdlt cdt bonne bon a bientot yours"},
		{forWord, "for"}, {pour, "pour"}, {de, "de d'"},
		{article, "la l' le les ta ton tes votre vos ce cet cette ces"},
		{refusal, "no non voilà"}, {whom, "qui"},
		{hoped, "any reading looking attention lire lu lue lus lecture patience comprehension not nothing ne rien"},
		{advance, "advance avance"},
		{letter, "message messages mail mails email courriel interest interet confiance fidelite candidature"},
		{topic, "topic topik sujet fil thread"},
		{thing, "feedback info information explanation explanations clarification link links update updates script code fix guide tutorial correction insight time work effort efforts confirmation details detail schematic diagram picture pictures photo photos file files library sketch example examples instructions solution workaround trick offer heads"},
		{answer, "reply replies response responses answer answers suggestion suggestions tip tips hint hints pointer pointers input inputs thoughts comment comments post posts idea ideas advice recommendation recommendations"},
		{all, "all tous toutes"}, {toAll, "to you u a vous"}, {everyone, "everyone everybody"},
		{both, "both guys folks deux gars"},
		{plural, "replies answers responses suggestions comments tips pointers ideas inputs reponses conseils idees retours avis remarques indications"},
		{their, "vos ces the your these those"},
		{remercier, "remercie remercier"}, {toYou, "te t' vous"},
		{toward, "a to"}, {you, "toi vous you"},
	} {
		for _, t := range prose.Tokens(nil, w.words) {
			classes[t.Hash] |= w.class
		}
	}
}
