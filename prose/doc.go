// Package prose reads a message's own words in French and English.
package prose
