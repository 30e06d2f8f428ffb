package speech

import (
	"math/bits"
	"strings"
	"sync"

	"github.com/entregent/entregent/conversation/prose"
)

// Contrition is the set of parts that an apology has.
type Contrition uint8

// The six parts of an effective apology (Lewicki, Polin & Lount 2016, "An exploration of the structure of effective
// apologies", Negotiation and Conflict Management Research 9). Taking responsibility counted most with their readers, then
// the offer of repair; asking for forgiveness least.
const (
	Regret         Contrition = 1 << iota // we are sorry
	Explanation                           // this is what happened
	Responsibility                        // it was our fault
	Repentance                            // it will not happen again
	Repair                                // this is what we do to put it right
	Pardon                                // please forgive us
)

var partNames = [...]string{"regret", "explanation", "responsibility", "repentance", "repair", "pardon"}

// Has tells whether all the parts of d are among c.
func (c Contrition) Has(d Contrition) bool { return c&d == d }

// Count gives the number of parts, from 0 to 6.
func (c Contrition) Count() int { return bits.OnesCount8(uint8(c)) }

// String lists the parts, separated by spaces.
func (c Contrition) String() string {
	var names []string
	for i, name := range partNames {
		if c.Has(1 << i) {
			names = append(names, name)
		}
	}
	return strings.Join(names, " ")
}

// Contrite tells which parts of an apology a message has. Without regret, responsibility or a plea for forgiveness there is
// no apology, and the other parts, which any answer may have, don't count.
func Contrite(text, lang string) Contrition {
	var m prose.Message
	m.Read(text)
	var c Contrition
	if Of(&m, lang).Has(Apology) {
		c |= Regret
	}
	r := reader{m: &m, cues: contrition()}
	for s := range pieces(&m, len(m.Tokens)) {
		r.gather(s)
		for i := range r.words { // one cue may hold two parts: none silences another
			for _, h := range r.cues.find(r.hits[:0], r.words, i, r.first[i]) {
				c |= Contrition(h.acts)
			}
		}
	}
	if c&(Regret|Responsibility|Pardon) == 0 {
		return 0
	}
	return c
}

var contrition = sync.OnceValue(func() *lexicon { return compile(parts) })

// parts are the cues of the six parts. A part stands where an act stands in the other lexicons.
var parts = []cue{
	{Acts(Regret), []string{
		"(regret|regrets|remorse|ashamed|heartfelt)", "(deeply|sincerely|truly) (sorry|regret)", "(regrettons|regrette|regrets|navré|navrée|navrés|honte)",
	}},
	{Acts(Explanation), []string{
		"(because|due to|caused by|as a result of|owing to|the reason|what happened|root cause|turned out|result of)",
		"(came|comes|stems|resulted|followed) (from|after) *",
		"(parce que|parce qu'|à cause|en raison|suite à|dû à|due à|lié à|liée à|provoqué|provoquée|causé|causée|explication|ce qui s'est passé|à la suite)",
		"(vient|venait|provient|provenait) (de|du|d'|des)",
		"(mixed|mistook|confused|misread|forgot|overlooked|failed to|expired|crashed|broke down)",
		"(confondu|oublié|mal lu|mal compris|tombé en panne|expiré)",
	}},
	{Acts(Responsibility), []string{
		"(our|my) [own] (fault|mistake|error|responsibility|bad|failure|failing|oversight)", "(i|we) (was|were) (wrong|at fault|responsible)",
		"(we|i) [should|must|fully|do] (take|accept|bear|own|assume) [full|the|all] (responsibility|blame|this)",
		"(we|i) (failed|let you down|messed up|screwed up|got it wrong|got this wrong|fell short|made a mistake|should have|shouldn't have|should " +
			"not have|mixed up|dropped the ball)",
		"(mistake|error) on our (part|side|end)",
		"(notre|ma|mon) [propre] (faute|erreur|responsabilité|tort|manquement)",
		"(j'ai|nous avons|on a) (eu tort|failli|manqué|commis une erreur|fait une erreur|mal géré|confondu|fauté|merdé|fait fausse route)",
		"(assumons|assume|endossons|reconnaissons|reconnais) (la|notre|toute|l'|nos|mon|ma|pleinement|cette)",
		"(erreur|faute) de (notre|ma) part", "(nous aurions|j'aurais|on aurait) dû", "(sommes|suis) (responsable|responsables|fautif|fautifs)",
	}},
	{Acts(Repentance), []string{
		"(won't|will not|never|not) (happen|occur|do it|do that|do this) [again]", "(never|not) again",
		"(learn|learned|learnt|learning) (from|our lesson|the lesson)", "(we will|we'll|will) do better",
		"(make|making) sure (it|this|that) (doesn't|does not|never|won't)", "(so that|to ensure|to make sure) (it|this|that) .. again", "from now on",
		"(and|we) now (renew|check|test|review)",
		"(plus|pas) (jamais|à l'avenir|se reproduire|se reproduira|recommencer|recommencera|arriver)",
		"(ne|n') (se reproduira|se reproduise|recommencera|arrivera) (plus|pas)", "(tiré|tirer|tirons|tirerons) (les|des|la|une) leçons",
		"(ferons|ferai|allons faire) mieux", "(désormais|dorénavant|à l'avenir|plus jamais)", "(éviter|faire en sorte) (que cela|que ça|qu'|que) *",
	}},
	{Acts(Repair), []string{
		"(refund|refunded|reimburse|reimbursed|compensate|compensation|replacement|voucher|credit|credited|make it up|make amends|put it right|put " +
			"this right|make it right|make this right|fix this|free of charge)",
		"(we'll|we will|i'll|i will|we have|we've|i have|i've) [now|already|also|just] (replace|replaced|fix|fixed|send|sent|resend|restore|restored|" +
			"correct|corrected|repair|repaired|refund|credit|return|returned|offer|extend|extended)",
		"(is|are) (back|restored|fixed|corrected) [online|now|again]", "goes out again", "it is back",
		"(rembourser|remboursement|remboursé|remboursée|remboursons|rembourserons|dédommager|dédommagement|dédommagés|compensation|indemniser|" +
			"indemnisation|geste commercial|bon d'achat|avoir de|gratuitement|offert|offerte|offrons)",
		"(nous|je|on|j') [vous|te|l'|t'|avons|ai|a|allons|le|la|les] [vous|avons|ai|l'] (remplaçons|remplacé|remplacer|renvoyons|renvoyé|renvoyer|" +
			"réparons|réparé|réparer|corrigé|corrigeons|corriger|rétabli|rétablissons|restauré|remis|prolongé|prolongeons)",
		"(est|sont) (de nouveau|à nouveau|désormais) (en ligne|disponible|disponibles|ouvert|accessible)", "repart (aujourd'hui|demain|ce soir)",
	}},
	{Acts(Pardon), []string{
		"(forgive|forgiveness|pardon us|pardon me)", "(hope|ask|beg|asking|accept) .. (forgive|forgiveness|pardon|apologies|apology)",
		"(pardonner|pardonnez|pardonne|pardon|indulgence)", "(prions|prie|veuillez|demandons|demande|espérons) .. (excuser|pardonner|pardon|indulgence)",
	}},
}
