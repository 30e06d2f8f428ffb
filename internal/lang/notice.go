package lang

// What the house tells of work that it gave up; the blank is the cause, as a
// program says it.
var _ = added(englishWords, map[string]string{
	"notice.job":  "Some work was given up: %s",
	"notice.send": "An answer could not be sent: %s",
	"notice.hook": "A webhook could not be told what changed, and was turned off: %s",
}) + added(frenchWords, map[string]string{
	"notice.job":  "Un travail a été abandonné : %s",
	"notice.send": "Une réponse n'a pas pu être envoyée : %s",
	"notice.hook": "Un webhook n'a pas pu être informé de ce qui a changé, et a été désactivé : %s",
})
