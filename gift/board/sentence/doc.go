// Package sentence fills the form of a post from one sentence, in French and
// English: « Canapé libre à Quimper du 3 au 6 pour deux » becomes an offer of a
// bed at Quimper (29232) for two from the third to the sixth.
//
//	forms := sentence.Parse("Driving Lyon–Grenoble Friday 5 pm, two seats", sentence.Options{Now: now})
//
// A form is there to be confirmed, not to be trusted: what wasn't understood
// stays empty, and what has two right readings is marked, with the readings.
// Several posts in one sentence give several forms; chat gives none.
//
// Everything is decided by tables that anyone can read, in the folder tables:
// what people say when they offer or ask, for which kind of thing, when, where,
// for how many. The moment of writing and its zone come in as values.
package sentence
