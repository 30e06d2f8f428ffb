// Package prose reads a message's own words in French and English.
//
// A message arrives as one string: some words of its author, somebody else's words quoted, a piece of code, a
// signature. Parts cuts it so that every byte belongs to one part and only the author's own words go further. Tokens cuts
// those into words, numbers, mentions, addresses, emoji; a token is a span and a hash of the word's plain form (lower
// case, no accents), so that nothing is allocated per word and the text itself stays as it is, offsets included.
// Sentences groups the tokens. Message does the three at once and uses its memory again.
//
// Beside them: Language says fr, en or nothing; Shingles and Jaccard tell how much of one message is in another, names,
// numbers and addresses set aside, which is how a template is found.
//
// The package is made for conversations, not for literature: typing errors, missing accents, stretched words and smileys
// are the rule. It knows the elisions of French (l'économie is l' and économie) and the endings of English (it's is it
// and 's; don't stays whole).
package prose
