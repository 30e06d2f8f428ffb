// Package whuffie measures standing that flows along acts of giving.
package whuffie
