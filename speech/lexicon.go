package speech

import "github.com/entregent/entregent/prose"

var (
	french  = compile(cuesFR, cuesBoth)
	english = compile(cuesEN, cuesBoth)
	both    = compile(cuesFR, cuesEN, cuesBoth)
)

// lexiconOf chooses the cues for a message.
func lexiconOf(text, lang string) *lexicon {
	if lang == "" {
		lang = prose.Language(text)
	}
	switch lang {
	case "fr":
		return french
	case "en":
		return english
	}
	return both
}
