// Package speech tells what a message does: it asks, complains, thanks, acknowledges, sends elsewhere, apologises,
// promises. French and English.
//
// It reads a message sentence by sentence (package prose has cut it and left quotes and code out) and looks for cues:
// turns of phrase, listed in cues_en.go and cues_fr.go in a small language that package-internal cue.go explains. A longer
// cue silences the shorter ones inside it, so that "merci de ne pas supprimer" is a request and no thanks. Then the acts of
// a sentence are weighed against each other (a complaint and thanks for a delay are no thanks), and those of the message
// (thanks that close a question are for an answer to come).
//
// Read gives all of it as one set of flags. NeedsAnswer is the recogniser of what waits for an answer; Hollow tells
// what must stop no clock. Evidence shows the cues a verdict rests on; Signature, Domains, Contrite and NextUpdate read
// what flags can't hold.
//
// These are rules, made for conversations with organisations: short messages, careless spelling, politeness formulas. On
// messages held out while the rules were written (testdata/README.md has the whole table, the intervals, and how the
// labels were made), NeedsAnswer had a precision of .90 and a recall of .85 in English, .86 and .92 in French; thanks
// .92 and .95 in English, .90 and 1.00 in French. The flags that only refine (request against question, praise, solved)
// are weaker. Irony beyond the set phrases, and a complaint told as a mere fact ("third week without water"), are missed.
package speech
