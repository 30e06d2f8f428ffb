package export

import (
	"cmp"
	"iter"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/presence"
)

// MessageRow is a row of the table messages.
type MessageRow struct {
	Message    string     `parquet:"message" about:"the message; a pseudonym if asked for"`
	Thread     string     `parquet:"thread" about:"its conversation"`
	ReplyTo    string     `parquet:"reply_to" about:"the message it answers; empty: none named"`
	Author     string     `parquet:"author" about:"who wrote it, after merges; empty: not known"`
	Side       string     `parquet:"side" about:"organisation, community or unknown"`
	Department string     `parquet:"department" about:"of the organisation's messages who speaks, of the community's who is addressed"`
	Channel    string     `parquet:"channel" about:"where"`
	Time       time.Time  `parquet:"time,timestamp(microsecond)" about:"when, UTC"`
	Precision  string     `parquet:"time_precision" about:"exact, or day: only the day is known and the hour means nothing"`
	Lang       string     `parquet:"lang" about:"BCP 47, as the source says; empty: it doesn't"`
	Bot        bool       `parquet:"bot" about:"the source says that a machine wrote it"`
	Private    bool       `parquet:"private" about:"the source says that the public can't see it"`
	Deleted    *time.Time `parquet:"deleted,optional,timestamp(microsecond)" about:"when it was deleted at its source; null: it stands"`
	DeletedBy  string     `parquet:"deleted_by" about:"which side deleted it; unknown: the source doesn't say, or it stands"`
	Characters int64      `parquet:"characters" about:"how long its text is, in characters"`
	Text       string     `parquet:"text" about:"what it says; empty in a pseudonymous export"`
}

func messageRows(data Data, o Options) iter.Seq2[MessageRow, error] {
	return func(yield func(MessageRow, error) bool) {
		for m, err := range some(data.Messages) {
			if err != nil {
				yield(MessageRow{}, err)
				return
			}
			if o.in(m.Time) && !yield(o.row(m), nil) {
				return
			}
		}
	}
}

func (o *Options) row(m conversation.Message) MessageRow {
	row := MessageRow{Message: o.message(m.ID), Thread: o.thread(m.Thread), ReplyTo: o.message(m.ReplyTo), Author: o.person(m.Author),
		Side: m.Side.String(), Department: m.Department, Channel: m.Channel, Time: m.Time.UTC(), Precision: m.Precision.String(), Lang: m.Lang,
		Bot: m.Bot, Private: m.Private, Deleted: when(m.Deleted), DeletedBy: m.DeletedBy.String(),
		Characters: int64(utf8.RuneCountInString(m.Text)), Text: m.Text}
	if len(o.Key) > 0 {
		row.Text = ""
	}
	return row
}

// some is a sequence, or an empty one.
func some[A, B any](s iter.Seq2[A, B]) iter.Seq2[A, B] {
	if s == nil {
		return func(func(A, B) bool) {}
	}
	return s
}

// when is a time, nil for never.
func when(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

// ThreadRow is a row of the table threads.
type ThreadRow struct {
	Thread       string     `parquet:"thread" about:"the conversation; a pseudonym if asked for"`
	Channel      string     `parquet:"channel" about:"where its first message stands"`
	Lang         string     `parquet:"lang" about:"of its first message, as the source says"`
	Opened       time.Time  `parquet:"opened,timestamp(microsecond)" about:"its first message, UTC"`
	Opener       string     `parquet:"opener" about:"who wrote that"`
	OpenerSide   string     `parquet:"opener_side" about:"organisation, community or unknown"`
	Last         time.Time  `parquet:"last,timestamp(microsecond)" about:"its last message, UTC"`
	Duration     float64    `parquet:"duration_hours" unit:"hours" about:"from the first message to the last"`
	Messages     int64      `parquet:"messages" about:"messages in it"`
	Community    int64      `parquet:"community_messages" about:"of them by the community"`
	Organisation int64      `parquet:"organisation_messages" about:"of them by the organisation"`
	People       int64      `parquet:"people" about:"different authors"`
	Appeals      int64      `parquet:"appeals" about:"messages in it addressed to the organisation (rows of the table answers)"`
	Appealed     *time.Time `parquet:"appealed,optional,timestamp(microsecond)" about:"the first of them that needs an answer, or else the first; null: none"`
	fate
}

// fate is how an appeal's wait went, in the tables threads and answers.
type fate struct {
	Answered *time.Time `parquet:"answered,optional,timestamp(microsecond)" about:"when the organisation answered it; null: it didn't, by the census"`
	End      string     `parquet:"end" about:"answered, left (withdrawn or solved by who asked), or waiting; empty: there was no appeal"`
	Censored bool       `parquet:"censored" about:"the wait wasn't ended by an answer: it is known to be at least so long"`
	Wait     *float64   `parquet:"wait_hours,optional" unit:"hours" about:"from the appeal to the answer, or to its end without one, or to the census"`
	Lo       *float64   `parquet:"lo,optional" unit:"hours" about:"the least the wait can be"`
	Hi       *float64   `parquet:"hi,optional" unit:"hours" about:"the most; null: no bound, when it is censored"`
	N        int64      `parquet:"n" about:"messages it rests on"`
	Until    *time.Time `parquet:"until,optional,timestamp(microsecond)" about:"the census, UTC"`
	Method   string     `parquet:"method" about:"version of the definition that found it"`
}

// fateOf tells how an appeal's wait went by a census.
func fateOf(a presence.Appeal, until time.Time, n int) fate {
	f := fate{Answered: when(a.Answered), End: "answered", N: int64(n), Until: when(until), Method: presence.Version}
	end := a.Answered
	if end.IsZero() {
		f.Censored, f.End, end = true, "waiting", until
		if !a.Left.IsZero() {
			f.End, end = "left", a.Left
		}
	}
	hours := end.Sub(a.Arrived).Hours()
	f.Wait, f.Lo = &hours, &hours
	if !f.Censored {
		f.Hi = &hours
	}
	return f
}

// threadRows reads all messages once, and then tells the threads in the order of
// their first messages.
func threadRows(data Data, o Options) iter.Seq2[ThreadRow, error] {
	return func(yield func(ThreadRow, error) bool) {
		threads, err := gather(some(data.Messages))
		if err != nil {
			yield(ThreadRow{}, err)
			return
		}
		appeals := map[conversation.ThreadID][]presence.Appeal{}
		for _, a := range byArrival(data.Appeals) {
			appeals[a.Thread] = append(appeals[a.Thread], a)
		}
		for _, t := range threads {
			if o.in(t.first) && !yield(t.row(appeals[t.id], data.Until, &o), nil) {
				return
			}
		}
	}
}

// thread is what is gathered of a conversation.
type thread struct {
	id                              conversation.ThreadID
	opener                          conversation.PersonID
	side                            conversation.Side
	channel, lang                   string
	first, last                     time.Time
	all, community, ourSide, people int64
}

// gather reads all messages. It keeps no message, and of who spoke where one set
// for all threads together: a million messages may be in a few hundred thousand
// threads.
func gather(messages iter.Seq2[conversation.Message, error]) ([]*thread, error) {
	var threads []*thread
	known, people := map[conversation.ThreadID]int32{}, map[conversation.PersonID]int32{}
	spoke := map[[2]int32]bool{}
	for m, err := range messages {
		if err != nil {
			return nil, err
		}
		n, ok := known[m.Thread]
		if !ok {
			n = int32(len(threads))
			known[m.Thread] = n
			threads = append(threads, &thread{id: m.Thread, first: m.Time.Add(1)}) // so that add takes this one
		}
		t := threads[n]
		t.add(m)
		if m.Author == "" {
			continue
		}
		who, ok := people[m.Author]
		if !ok {
			who = int32(len(people))
			people[m.Author] = who
		}
		if at := [2]int32{n, who}; !spoke[at] {
			spoke[at] = true
			t.people++
		}
	}
	slices.SortStableFunc(threads, func(a, b *thread) int {
		return cmp.Or(a.first.Compare(b.first), cmp.Compare(a.id, b.id))
	})
	return threads, nil
}

func (t *thread) add(m conversation.Message) {
	if m.Time.Before(t.first) {
		t.first, t.opener, t.side, t.channel, t.lang = m.Time, m.Author, m.Side, m.Channel, m.Lang
	}
	if m.Time.After(t.last) {
		t.last = m.Time
	}
	t.all++
	switch m.Side {
	case conversation.Community:
		t.community++
	case conversation.Organisation:
		t.ourSide++
	}
}

// row is the thread's, with its appeals in order of arrival.
func (t *thread) row(appeals []presence.Appeal, until time.Time, o *Options) ThreadRow {
	row := ThreadRow{Thread: o.thread(t.id), Channel: t.channel, Lang: t.lang, Opened: t.first.UTC(),
		Opener: o.person(t.opener), OpenerSide: t.side.String(), Last: t.last.UTC(), Duration: t.last.Sub(t.first).Hours(),
		Messages: t.all, Community: t.community, Organisation: t.ourSide, People: t.people, Appeals: int64(len(appeals)),
		fate: fate{N: t.all, Until: when(until), Method: presence.Version}}
	if len(appeals) == 0 {
		return row
	}
	a := appeals[max(0, slices.IndexFunc(appeals, func(a presence.Appeal) bool { return a.Needs }))]
	row.Appealed, row.fate = when(a.Arrived), fateOf(a, until, int(t.all))
	return row
}

// AnswerRow is a row of the table answers.
type AnswerRow struct {
	Message    string     `parquet:"message" about:"the appeal: a message addressed to the organisation; a pseudonym if asked for"`
	Thread     string     `parquet:"thread" about:"its conversation"`
	Asker      string     `parquet:"asker" about:"who asks"`
	Channel    string     `parquet:"channel" about:"where"`
	Department string     `parquet:"department" about:"who is addressed; empty: not said"`
	Lang       string     `parquet:"lang" about:"in which language it was read"`
	Arrived    time.Time  `parquet:"arrived,timestamp(microsecond)" about:"when it came, UTC"`
	Needs      bool       `parquet:"needs_answer" about:"it was recognised as needing an answer"`
	Newcomer   bool       `parquet:"newcomer" about:"its asker hadn't spoken before"`
	Merged     int64      `parquet:"merged" about:"later messages of the asker that joined it"`
	Receipt    *time.Time `parquet:"receipt,optional,timestamp(microsecond)" about:"when something came that was no answer, such as an acknowledgement"`
	Left       *time.Time `parquet:"left,optional,timestamp(microsecond)" about:"when it was withdrawn or solved by who asked"`
	fate
}

func answerRows(data Data, o Options) (rows []AnswerRow) {
	for _, a := range byArrival(data.Appeals) {
		if !o.in(a.Arrived) {
			continue
		}
		n := 1 + a.Merged
		if !a.Answered.IsZero() {
			n++
		}
		rows = append(rows, AnswerRow{Message: o.message(a.Message), Thread: o.thread(a.Thread), Asker: o.person(a.Asker), Channel: a.Channel,
			Department: a.Department, Lang: a.Lang, Arrived: a.Arrived.UTC(), Needs: a.Needs, Newcomer: a.Newcomer, Merged: int64(a.Merged),
			Receipt: when(a.Receipt), Left: when(a.Left), fate: fateOf(a, data.Until, n)})
	}
	return rows
}

func byArrival(appeals []presence.Appeal) []presence.Appeal {
	return sorted(appeals, func(a, b presence.Appeal) int {
		return cmp.Or(a.Arrived.Compare(b.Arrived), cmp.Compare(a.Message, b.Message))
	})
}
