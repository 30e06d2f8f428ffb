package lang

// The words of the page for programs, and of what they bring.
var _ = added(englishWords, map[string]string{
	"outgoing.not-yours": "This is no answer that a program carries out.",
	"outgoing.sent":      "The answer is out.",
	"title.api":          "For programs",
	"api.lede":           "Every page is there for programs too, as JSON at the same address behind /api, and as CSV where it is a table.",
	"api.document":       "The whole as OpenAPI 3.1",
	"api.tokens":         "Make a token",
	"api.ask":            "Asking",
	"api.bring":          "Bringing messages",
	"api.bring.lede":     "A message a line, at most 32 MiB at a time. Bringing one again changes nothing; one with another text is an edit. The answer says what became of each line.",
	"api.out":            "Carrying answers out",
	"api.out.lede":       "GET /api/outgoing gives the answers written here to messages that a program brought. Say each where it belongs, then tell it with the id it got there.",
	"api.wrong":          "When it can't be",
	"api.wrong.lede":     "The answer is application/problem+json (RFC 9457) with status, title, detail and, where one is wrong, the field.",
	"api.places":         "All that can be asked with a token",
	"api.body-of":        "The body of %s",
	"intake.bad-source":  "A source is called by small letters, digits and - alone, 40 at most.",
	"intake.other-kind":  "This source is of the kind %s: choose another name.",
	"intake.bad-kind":    "Send application/json or application/x-ndjson.",
})

var _ = added(frenchWords, map[string]string{
	"outgoing.not-yours": "Ce n’est pas une réponse qu’un programme emporte.",
	"outgoing.sent":      "La réponse est partie.",
	"title.api":          "Pour les programmes",
	"api.lede":           "Chaque page existe aussi pour les programmes : en JSON à la même adresse derrière /api, et en CSV quand c’est un tableau.",
	"api.document":       "Le tout en OpenAPI 3.1",
	"api.tokens":         "Créer un jeton",
	"api.ask":            "Demander",
	"api.bring":          "Apporter des messages",
	"api.bring.lede":     "Un message par ligne, 32 Mio au plus à la fois. En apporter un de nouveau ne change rien ; avec un autre texte, c’est une correction. La réponse dit ce qu’est devenue chaque ligne.",
	"api.out":            "Emporter les réponses",
	"api.out.lede":       "GET /api/outgoing donne les réponses écrites ici à des messages qu’un programme a apportés. Dites chacune où elle doit l’être, puis faites-le savoir avec l’identifiant qu’elle y a reçu.",
	"api.wrong":          "Quand ce n’est pas possible",
	"api.wrong.lede":     "La réponse est en application/problem+json (RFC 9457), avec status, title, detail et, quand l’un d’eux ne va pas, le champ.",
	"api.places":         "Tout ce qu’un jeton permet de demander",
	"api.body-of":        "Le corps de %s",
	"intake.bad-source":  "Le nom d’une source n’a que des minuscules, des chiffres et des -, 40 au plus.",
	"intake.other-kind":  "Cette source est de l’espèce %s : choisissez un autre nom.",
	"intake.bad-kind":    "Envoyez application/json ou application/x-ndjson.",
})
