package lang

// The words of the page for programs, and of what they bring.
var _ = added(englishWords, map[string]string{
	"intake.bad-source": "A source is called by small letters, digits and - alone, 40 at most.",
	"intake.other-kind": "This source is of the kind %s: choose another name.",
	"intake.bad-kind":   "Send application/json or application/x-ndjson.",
})

var _ = added(frenchWords, map[string]string{
	"intake.bad-source": "Le nom d’une source n’a que des minuscules, des chiffres et des -, 40 au plus.",
	"intake.other-kind": "Cette source est de l’espèce %s : choisissez un autre nom.",
	"intake.bad-kind":   "Envoyez application/json ou application/x-ndjson.",
})
