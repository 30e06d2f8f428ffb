package store

import (
	"time"

	"github.com/entregent/entregent/conversation"
)

// messageRow is a row of messages, as both engines hold it.
type messageRow struct {
	seq        int64
	id, source string
	thread     string
	named      bool // by the source; else it follows from what it replies to
	reply      string
	account    int64
	side       conversation.Side
	department string
	channel    string
	time       int64
	day        bool
	sequence   int64
	lang, text string
	bot        bool
	private    bool
	deleted    int64
	deletedBy  conversation.Side
	attributes string
	file       string
	line       int
	version    int
	sending    Sending
	arrived    int64
	forgotten  int64 // when its words were
}

const messageColumns = `seq, id, source, thread, named, reply_to, account, side, department, channel, time, day, sequence, lang, text,
	bot, private, deleted, deleted_by, attributes, file, line, version, sending, arrived, forgotten`

const messageWidth = 26

// Args are the row's, in the order of keptColumns.
func (k *messageRow) values() []any {
	return []any{k.seq, k.id, k.source, k.thread, k.named, k.reply, k.account, int64(k.side), k.department, k.channel, k.time,
		k.day, k.sequence, k.lang, k.text, k.bot, k.private, k.deleted, int64(k.deletedBy), k.attributes,
		k.file, k.line, k.version, string(k.sending), k.arrived, k.forgotten}
}

// placeholders are where a row of keptColumns is read to.
func (k *messageRow) scanTargets() []any {
	return []any{&k.seq, &k.id, &k.source, &k.thread, &k.named, &k.reply, &k.account, &k.side, &k.department, &k.channel, &k.time,
		&k.day, &k.sequence, &k.lang, &k.text, &k.bot, &k.private, &k.deleted, &k.deletedBy, &k.attributes,
		&k.file, &k.line, &k.version, &k.sending, &k.arrived, &k.forgotten}
}

// sourceFields is what its source says of a message: two that are equal say the same.
type sourceFields struct {
	account                                         int64
	side                                            conversation.Side
	reply, department, channel, lang, text, further string
	time, sequence                                  int64
	day, bot, private                               bool
}

func (k *messageRow) fields() sourceFields {
	return sourceFields{k.account, k.side, k.reply, k.department, k.channel, k.lang, k.text, k.attributes, k.time, k.sequence, k.day, k.bot, k.private}
}

// setFields takes over what the source says now.
func (k *messageRow) setFields(now *messageRow) {
	k.account, k.side, k.reply, k.department, k.channel, k.lang, k.text = now.account, now.side, now.reply, now.department, now.channel, now.lang, now.text
	k.attributes, k.time, k.sequence, k.day, k.bot, k.private = now.attributes, now.time, now.sequence, now.day, now.bot, now.private
}

// erase leaves the fact that a message was, without what it said.
func (k *messageRow) erase(when int64, by conversation.Side) {
	k.text, k.attributes, k.deleted, k.deletedBy = "", "", when, by
}

// message is the row as others see it, written by a voice.
func (k *messageRow) message(v authorship) Message {
	m := Message{
		Message: conversation.Message{
			ID: conversation.MessageID(k.id), Thread: conversation.ThreadID(k.thread), ReplyTo: conversation.MessageID(k.reply),
			Author: v.person, Side: k.side, Department: k.department, Channel: k.channel,
			Time: time.UnixMicro(k.time).UTC(), Sequence: k.sequence, Lang: k.lang, Text: k.text,
			Bot: k.bot, Private: k.private, Deleted: Time(k.deleted), DeletedBy: k.deletedBy,
			Attributes: conversation.Attributes(k.attributes), Origin: conversation.Origin{File: k.file, Line: k.line},
		},
		Seq: k.seq, Source: k.source, Account: v.account, Version: k.version, Sending: k.sending,
	}
	if k.day {
		m.Precision = conversation.Day
	}
	if v.side != conversation.Unknown {
		m.Side, m.Department = v.side, v.department
	}
	return m
}

// authorship is whose a message is: an account, the person it belongs to, and, if
// somebody here said so, the side it speaks for.
type authorship struct {
	account    string
	person     conversation.PersonID
	side       conversation.Side
	department string
}
