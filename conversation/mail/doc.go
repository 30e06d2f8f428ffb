// Package mail reads mails as programs and archives really write them: who wrote
// one, when, to whom, what is their own in it, whether a machine wrote it, and
// which mails belong together.
//
// [Parse] takes one mail apart, [Threader] ties mails to each other; both are
// used for files ([Formats]) and for live mailboxes alike.
package mail
