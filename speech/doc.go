// Package speech tells what a message does: asks, thanks, acknowledges, sends elsewhere, apologises, promises.
package speech
