package prose

// Language says in which language a message is written: "fr", "en", or "" when it can't say.
func Language(text string) string {
	fr, en := 0, 0
	for _, t := range Tokens(nil, text) {
		if functionFR[t.Hash] {
			fr++
		}
		if functionEN[t.Hash] {
			en++
		}
	}
	switch {
	case fr > en:
		return "fr"
	case en > fr:
		return "en"
	}
	return ""
}

var (
	functionFR = hashes("le", "la", "les", "l'", "d'", "de", "du", "des", "un", "une", "et", "est", "pas", "je", "j'", "vous", "tu", "nous", "que", "qu'", "pour", "sur", "ce", "c'", "ça", "avec", "merci", "bonjour", "ne", "n'")
	functionEN = hashes("the", "of", "and", "is", "it", "to", "i", "you", "for", "that", "this", "my", "not", "have", "with", "be", "are", "was", "thanks", "please", "hi", "what", "how")
)
