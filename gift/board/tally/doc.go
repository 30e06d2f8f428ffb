// Package tally counts what came of promises: what may be said of a person, with
// denominators and fading; which kept rides count; the edges of thanks that
// standing flows along; and what came back to those who gave, measured and never
// assumed.
package tally
