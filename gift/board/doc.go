// Package board holds the rules of a gift board: what people offer and ask, what
// they promise each other, whether it happened, and their thanks.
//
//	Post → request → promise → deed → thanks
//
// A [Chain] is one post with everything that hangs on it. Its methods are the
// moves; each takes who moves and when, changes the chain, and gives what must
// be told to whom. A move that isn't allowed changes nothing and gives an error
// of its own type: [Illegal], [Full], [Passed], [Priced], … The table of moves
// is [Transitions].
//
// Thanks stay honest by construction: only on a promise that both accepted,
// whose time has passed, and that was kept; sealed until both have written or
// fourteen days have passed; nothing that [Chain.Seen] shows depends on a sealed
// one. There are no stars: package tally counts, with denominators, and fades.
//
// The package keeps no clock and no store: moments come in as values, and a
// chain is loaded, moved and saved under the caller's lock.
package board
