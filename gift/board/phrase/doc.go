// Package phrase reads short texts by patterns that anyone can read: a text
// becomes a row of folded words, numbers and signs, patterns find stretches of
// it, and what was recognised takes their place, so that later patterns may
// speak of a <date> or a <place>.
package phrase
