package lang

// The words of objections: who doesn't want to be read.
var _ = added(englishWords, map[string]string{
	"title.objections":   "Objections",
	"objections.lede":    "These accounts asked, without signing in, to be erased and read no more. What they wrote is erased when the time given is over. Refuse only one that was made in somebody else's name; if you can, ask her.",
	"objections.due":     "Erased on %s, unless it is refused before.",
	"objections.do":      "Erase now",
	"objections.refuse":  "Refuse: it was not hers",
	"objections.none":    "Nobody objected, or all is done.",
	"objections.done":    "It will be erased in a moment.",
	"objections.refused": "Refused. Nothing is erased.",
	"notice.objection":   "Somebody asked to be erased and read no more",
})

var _ = added(frenchWords, map[string]string{
	"title.objections":   "Oppositions",
	"objections.lede":    "Ces comptes ont demandé, sans se connecter, à être effacés et à ne plus être lus. Ce qu'ils ont écrit est effacé quand le délai indiqué est passé. Ne refusez qu'une demande faite au nom de quelqu'un d'autre ; si vous le pouvez, demandez-lui.",
	"objections.due":     "Effacé le %s, sauf refus avant.",
	"objections.do":      "Effacer maintenant",
	"objections.refuse":  "Refuser : ce n'était pas elle ou lui",
	"objections.none":    "Personne ne s'est opposé, ou tout est fait.",
	"objections.done":    "Ce sera effacé dans un instant.",
	"objections.refused": "Refusé. Rien n'est effacé.",
	"notice.objection":   "Quelqu'un a demandé à être effacé et à ne plus être lu",
})
