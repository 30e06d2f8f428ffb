// Package ethos reads which values a text expresses, in French and English.
//
// It begins with a [Yardstick]: a list of values. Built in are the twenty of
// Schwartz and others (2012) as the shared task ValueEval'23 names them
// ("schwartz"; "schwartz10" and "schwartz4" merge them), and the eleven of this
// project's seeds ("fosse"). An organisation writes its own in a file.
//
// A [Model] goes with a yardstick. For schwartz it was learned from arguments
// that people labelled ([Train], rebuilt byte for byte by `entregent ethos
// train`): a linear scorer on words, pairs of words and runs of letters (NB-SVM,
// Wang & Manning 2012), one for each value, calibrated by Platt's method (1999)
// on scores of topics left out. For French the arguments are glossed, word by
// word, with a list of our own, and the same is learned again. A yardstick that
// nobody has labelled gets its model from seed words, from the labelled values
// that go with them ([Seeded]), and from a corpus of its own ([Learn]).
//
// A [Scorer] reads a message: the author's own words, without quotes and code.
// Every score is a sum over words, so it can show what it rests on: [Span]s of
// the text, each with its share of the log-odds and whether a negation stands
// before it ([Polarity]). What comes out is how probable it is that a reader
// finds the value in the text. That is what a text says, never what a person
// holds dear.
//
// [Evaluate] tells how often the scorer is right, by cross-validation that never
// learns from a topic it judges; doc/measures.md tells the figures, and the
// [Spread] that comes with a model lets package gap carry the scorer's errors
// into its intervals.
package ethos
