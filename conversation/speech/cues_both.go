package speech

// cuesBoth are the cues that people use in either language.
var cuesBoth = []cue{
	{Question | Complaint, []string{"wtf"}},
	{Thanks | vague, []string{"thanks", "thank you", "thx", "ty", "tnx", "thanx"}},
	{Solved, []string{"solved", "^ fixed"}},
	{Campaign, []string{
		"code promo", "(giveaway|giveaways|sweepstakes|jeu concours)",
		"(flash|spring|summer|winter|autumn|black friday|cyber monday) (sale|sales|deal|deals)", "(vente|ventes) (flash|privée|privées)", "black friday",
		"cyber monday", "(rt|retweet|re tweet|like) (and|et|&|or|to) (follow|rt|retweet|win|get)", "hit .. (re tweet|retweet|rt)",
		"(win|gagner|gagnez) (a|an|un|une|des|your|votre|one|@number)", "(chance|chances) (to win|de gagner)",
		"(tentez|essayez) (de|votre) (gagner|chance)", "(enter|entrez|submit) .. (giveaway|contest|competition|draw|concours|win)",
		"(#contest|#competition|#giveaway|#concours|#jeuconcours|#soldes|#promo|#ad|#pub|#blackfriday|#sale)",
		"(soldes|promo|promos|promotion) (de|d'|sur|:|jusqu'|!)", "(nos|les) soldes", "(our|big|huge|mega) [spring|summer|winter|autumn|big] (sale|sales)",
		"(de réduction|de remise) (sur|avec|tous|toutes)", "@number off", "(with code|use code|using code|avec le code) *",
		"(sale|offer|offre) (begins|starts|ends|commence|se termine|valable|exclusive|exclusively)",
		"(don't miss|ne manquez pas|ne ratez pas) (our|nos|notre|this|cette|les|the)", "(buy|shop|order) now", "(click|cliquez) (here|ici)", "today only",
		"aujourd'hui seulement", "exclusively on", "stay tuned to",
	}},
	{courtesy, []string{"(lol|haha|hahaha|hehe|ok|okay|super|cool|top|wow|oh|ah|hey|mdr|ptdr)"}},
	{Deflection, []string{"^ (dm|mp|pm) $"}},
}
