// Package stat holds the statistics that the instruments share: how long people
// wait, how surely we know it, how evenly they are served, and when something
// changed.
//
// It begins with a wait. An [Observation] is one message that asks for an
// answer: how long it has waited, and how the waiting ended. A wait that is not
// over is not a missing value: it has lasted at least until now. [KaplanMeier]
// turns such waits into a curve of those still waiting, [AalenJohansen] does
// the same when a wait can end in several ways, and [AttentionScore] sums a
// curve up in one number between 0 and 1.
//
// A number comes with its bounds. Proportions get Wilson's interval
// ([Wilson], [ClusteredProportion]); a point of a curve gets the one of
// Rothman and Wilson ([RothmanWilson]), which keeps its promise when nearly
// everyone is answered or nobody is, or that of the beta product
// ([BetaProduct]), which also keeps it when the log is young. People ask more
// than once, so most numbers also come with an error that treats each asker as
// one ([ClusteredSE], [Sample.Interval], [PseudoSurvival]); [Bootstrap] draws
// askers again and again without sorting again.
//
// Groups are compared by [LogRank] and by the share of the variation that lies
// between them ([ICC]); many comparisons at once are held in check by
// [BenjaminiHochberg]. How a work is shared among people is told by [Gini],
// [Hill], [ContributorAbsenceFactor] and their kin. Change over time is watched
// by cumulative sums ([PoissonCUSUM], [NegBinCUSUM], [PageHinkley]), whose
// false alarms [PoissonARL] counts exactly, and by [Changepoints].
//
// All functions are pure: the same input gives the same output on any machine
// and any number of cores. Chance comes in as a seed, by [Stream]. Bad input
// never panics: what cannot be said is NaN, and what cannot be used is counted
// as dropped. Results agree with R and its survival package; testdata/README.md
// says with which tables and how closely.
package stat
