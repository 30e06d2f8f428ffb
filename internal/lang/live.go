package lang

// What the house tells of a surge: the blanks are how many messages came, and
// how many would be usual.
var _ = added(englishWords, map[string]string{
	"notice.surge": "The community writes more than usual: %s messages, where %s would be expected.",
}) + added(frenchWords, map[string]string{
	"notice.surge": "La communauté écrit plus que d'habitude : %s messages, là où %s seraient attendus.",
})
