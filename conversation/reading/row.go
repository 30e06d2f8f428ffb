package reading

import (
	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/speech"
)

// FewestWords is how many words of its author a message has at least whose values
// count: what is shorter says "ok" and "thanks, bye".
const FewestWords = 3

// Row is what is known of a message from its text and from what its source says
// besides. Who said it, when and to whom stands in the log's index
// ([conversation.Entry]). It depends on the message's text, side, language,
// author, attributes, whether a machine wrote it, in private, and whether it was
// deleted, and on [Options]: nothing else.
type Row struct {
	// Lang is the primary language in lower case: the one the source says, else
	// the one the whole text is in; "" when neither says.
	Lang      string
	Acts      speech.Acts
	Signature string   // the name it is signed with; "" when it isn't
	Named     bool     // one of the names given stands in it; of the community's
	Handles   []string // what stands after its @s, folded, each once; of the community's
	OwnLink   bool     // holds a link to one of the organisation's own domains; of the organisation's

	Wordless   bool   // it has no text, and the source knows that there is one: see [conversation.Attributes.Wordless]
	Spam       bool   // the source says so
	Affiliated bool   // the source says that its author belongs to the organisation
	Agent      string // who signed it, as the source says; of the organisation's
	Brand      bool   // its account is the organisation's itself; of the organisation's

	// Giving are the attributes, if the source tells by them of thanks, solutions,
	// gifts or prices; else "".
	Giving conversation.Attributes

	// Shingles are those of [prose.Message.Shingles], Set is a hash of them and Keys
	// are the bands of their sketch: what finds copies. Of the organisation's, with a
	// word in them; else nil and 0.
	Shingles []uint64
	Set      uint64
	Keys     [Bands]uint32

	Thanks Thanks

	// Values are the probabilities of the model's values, in its order, each from 0
	// to 1; nil where they don't count: no model, no side, a machine's, in private,
	// deleted, or of fewer than [FewestWords] words.
	Values []float32
	French bool // its values were scored as French; else as English, or as both
}
