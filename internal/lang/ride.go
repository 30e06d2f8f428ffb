package lang

// The words of rides, beside the catalogues of en.go and fr.go; the sentences of matches are package ride's.
var _ = added(englishWords, map[string]string{
	"ride.nothing": "No ride matches.",
})

var _ = added(frenchWords, map[string]string{
	"ride.nothing": "Aucun trajet ne convient.",
})
