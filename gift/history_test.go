package gift

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/reading"
)

// naive finds whom thanks are for by the definition: it reads the thread before
// each of them again. TestHistory holds [history] equal to it.
type naive struct {
	*finder
	signed map[use]bool // who signed how in the thread
}

func (f naive) find(threads [][]int32) []Thanks {
	for _, thread := range threads {
		f.here, f.finder.asked = f.log.At(int(thread[0])).Thread, nil
		f.sign(thread)
		for k, i := range thread {
			e := f.log.At(int(i))
			if e.Deleted != 0 {
				continue
			}
			f.marks(thread, k, e)
			if k > 0 && f.thanks(e, int(i)) {
				f.words(thread, k, e)
			}
		}
	}
	return f.tell(f.once())
}

func (f naive) mean(c reading.Call, person int) bool {
	return slices.Contains(f.names.account[c.Name], person) || slices.Contains(f.names.called[c.Name], person)
}

// crowd is a log of a few long threads in which a few people say short and long
// things to each other.
func crowd(rng *rand.Rand, n, threads, people int) *conversation.Log {
	w := &square{rng: rng}
	log := conversation.NewLog(nil)
	for i := range n {
		account := []string{"robert", "bob7", "Ana", "ana.b", "zoe", "Marie Durand", "paul@x.org", "glyn", "kim", "", "tom", "ida"}[rng.IntN(min(people, 12))]
		if people > 12 && rng.IntN(3) > 0 {
			account = fmt.Sprint(account, rng.IntN(people))
		}
		m := conversation.Message{ID: conversation.MessageID(fmt.Sprint("f/", i)), Thread: conversation.ThreadID(fmt.Sprint("t", rng.IntN(threads))), Side: conversation.Community,
			Author: conversation.PersonID(account), Time: time.Date(2024, 1, 1, 0, i, 0, 0, time.UTC), Text: w.text()}
		switch rng.IntN(8) {
		case 0:
			m.Side = conversation.Organisation
		case 1:
			m.Text = []string{"Same here.", "It is the fuse.", "Look behind it, Ana.", "Broken too, what now?", "Kim, try the red one.", "Thanks all, but which one?"}[rng.IntN(6)]
		case 2:
			m.Text += strings.Repeat(" And another thing.", rng.IntN(5))
		case 3:
			if i > 0 {
				m.ReplyTo = conversation.MessageID(fmt.Sprint("f/", rng.IntN(i)))
			}
		case 4:
			if m.Text = w.text(); rng.IntN(4) == 0 {
				m.Attributes = conversation.Attributes(`{"liked_by":["kim","Ana"]}`)
			}
		}
		m.Bot, m.Private = rng.IntN(50) == 0, rng.IntN(50) == 0
		if rng.IntN(40) == 0 {
			m.Deleted = m.Time.Add(time.Hour)
		}
		log.Append(m)
	}
	return log
}

// finderOf is a finder that knows all names of a log.
func finderOf(log *conversation.Log) *finder {
	b := NewBatch(log)
	reading.Each(log, reading.Options{}, b.Take)
	b.Thanks()
	b.live.f.found = nil
	return b.live.f
}

// TestHistory: whom a thanks is for, found in a history, is whom the definition
// says, whatever was said before.
func TestHistory(t *testing.T) {
	words := 0
	for seed := range uint64(300) {
		rng := rand.New(rand.NewPCG(seed, 3))
		log := crowd(rng, 20+rng.IntN(400), 1+rng.IntN(3), 2+rng.IntN(30))
		got, want := Find(log), naive{finderOf(log), map[use]bool{}}.find(log.Threads())
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("seed %d: (-definition +history)\n%s", seed, diff)
		}
		for _, x := range got {
			if x.Kind == Words {
				words++
			}
		}
	}
	if words < 3000 {
		t.Errorf("%d thanks in words: the test says little", words)
	}
}

// TestLongThread: in one thread, finding whom each thanks is for takes of the
// order of its length: four times as long, nowhere near sixteen times the work.
func TestLongThread(t *testing.T) {
	work := func(n int) int {
		log := crowd(rand.New(rand.NewPCG(1, 4)), n, 1, n/4)
		f := finderOf(log)
		asked := 0
		says := f.says
		f.says = func(i int) reading.Thanks {
			asked++
			return says(i)
		}
		for _, thread := range log.Threads() {
			f.thread(thread)
		}
		return asked
	}
	if short, long := work(2000), work(8000); long > 6*short {
		t.Errorf("%d messages were looked at in a thread of 2,000, %d in one of 8,000", short, long)
	}
}

// words finds whom the thanks in the k-th message of a thread is for, and the
// message of each that helped. A word of thanks that might be mere courtesy
// thanks when the name after it is that of somebody who helped.
func (f naive) words(thread []int32, k int, e conversation.Entry) {
	i := int(thread[k])
	given := f.given(thread, k, e)
	since := f.since(thread, k, e, given)
	named := f.called(thread, f.says(i), reading.Thanked, given, since)
	switch {
	case len(named) > 0:
	case !f.says(i).Thanks:
		return
	default:
		if absent := f.absent(f.says(i), e.Author); absent >= 0 {
			f.add(found{kind: Words, from: e.Author, to: absent, message: i, help: -1})
			return
		}
		if len(given) > 0 {
			named = f.helpers(thread, k, e, given, since)
		}
	}
	for _, to := range named {
		f.add(found{kind: Words, from: e.Author, to: f.log.At(int(to)).Author, message: i, help: int(to)})
	}
}

// helpers are the messages that a thanks is for that names nobody in its own
// sentence, one for each person thanked, in order. Whoever is named elsewhere in
// it comes first, then whoever it replies to, then those who said something of
// substance since the thankful person last spoke: all of them when she thanks
// several, else the last who answered. Of somebody who never spoke before it is
// only known whom she thanks when there is but one.
func (f naive) helpers(thread []int32, k int, e conversation.Entry, given, since []int32) []int32 {
	say := f.says(int(thread[k]))
	called := func(at reading.Where) []int32 { return f.called(thread, say, at, given, since) }
	if say.Everybody {
		return f.latest(f.untold(thread, k, e, given))
	}
	if named := called(reading.Greeted); len(named) > 0 {
		return named
	}
	if say.Opening && f.log.At(int(thread[0])).Author != e.Author {
		return thread[:1]
	}
	if say.Several {
		return f.latest(since)
	}
	if named := called(reading.Elsewhere); len(named) > 0 {
		return named
	}
	if e.Reply >= 0 && e.Reply != int(thread[0]) && slices.Contains(given, int32(e.Reply)) {
		return []int32{int32(e.Reply)}
	}
	if say.Back {
		return since[len(since)-1:]
	}
	best := f.helpful(since)
	switch last := f.says(int(best[len(best)-1])); {
	case last.Thanks && !last.Asks: // all they did was to thank
		best = f.helpful(given)
	case last.Asks && len(f.staffs(best)) == 0: // all they did was to ask, maybe whoever answers here
		if theirs := f.staffs(f.untold(thread, k, e, given)); len(theirs) > 0 {
			best = theirs
		}
	}
	if !f.spoke(thread[:k], e.Author) && (say.ToName || len(f.latest(best)) > 1) {
		return nil
	}
	for _, likely := range [][]int32{f.toHer(thread, k, e, best), f.host(thread, best), f.staffs(best)} {
		if len(likely) > 0 {
			best = likely
			break
		}
	}
	return f.weighty(best)
}

// spoke tells whether somebody wrote one of some messages.
func (f naive) spoke(messages []int32, person int) bool {
	return slices.ContainsFunc(messages, func(i int32) bool { return f.log.At(int(i)).Author == person })
}

// weighty is the last of some messages that isn't brief beside one before.
func (f naive) weighty(messages []int32) []int32 {
	at := len(messages) - 1
	length := func(k int) int { return f.log.At(int(messages[k])).Length }
	for k := at - 1; k >= 0; k-- {
		if length(at) < brief && length(k) > 2*length(at) {
			at = k
		}
	}
	return messages[at : at+1]
}

// host are the messages of whoever opened a thread without asking: to tell or to
// answer.
func (f naive) host(thread, messages []int32) []int32 {
	opener := f.log.At(int(thread[0])).Author
	if f.says(int(thread[0])).Asks {
		return nil
	}
	return f.those(messages, func(i int32) bool { return f.log.At(int(i)).Author == opener })
}

// staffs are the messages of those who spoke for the organisation, whose task it
// is to answer.
func (f naive) staffs(messages []int32) []int32 {
	return f.those(messages, func(i int32) bool { return f.log.At(int(i)).Side == conversation.Organisation })
}

// toHer are the messages that speak to the thankful person: that reply to her or
// call her by name; else those of whom she spoke to when she asked last.
func (f naive) toHer(thread []int32, k int, e conversation.Entry, messages []int32) []int32 {
	out := f.those(messages, func(i int32) bool {
		reply := f.log.At(int(i)).Reply
		return reply >= 0 && reply != int(thread[0]) && f.log.At(reply).Author == e.Author || f.calls(int(i), e.Author)
	})
	if len(out) > 0 {
		return out
	}
	for _, q := range slices.Backward(thread[:k]) {
		if f.says(int(q)).Asks && f.log.At(int(q)).Author == e.Author {
			return f.those(messages, func(i int32) bool { return f.calls(int(q), f.log.At(int(i)).Author) })
		}
	}
	return nil
}

// calls tells whether a message speaks to somebody by name.
func (f naive) calls(message, person int) bool {
	for _, c := range f.says(message).Calls {
		if f.mean(c, person) {
			return true
		}
	}
	return false
}

// given lists the messages of others before the k-th that can have helped, in
// order. What opens a thread by a question is no help, unless it is all there is.
func (f naive) given(thread []int32, k int, e conversation.Entry) (out []int32) {
	for _, i := range thread[:k] {
		o := f.log.At(int(i))
		if o.Author >= 0 && o.Author != e.Author && !f.says(int(i)).Hollow && !o.Bot && !o.Private {
			out = append(out, i)
		}
	}
	if len(out) > 1 && out[0] == thread[0] && f.says(int(out[0])).Asks {
		out = out[1:]
	}
	return out
}

// since are the given messages that came after the thankful person last spoke;
// all of them when none did.
func (f naive) since(thread []int32, k int, e conversation.Entry, given []int32) []int32 {
	return after(thread, k, given, func(i int32) bool { return f.log.At(int(i)).Author == e.Author })
}

// untold are the given messages that came after she last thanked somebody.
func (f naive) untold(thread []int32, k int, e conversation.Entry, given []int32) []int32 {
	return after(thread, k, given, func(i int32) bool { return f.says(int(i)).Thanks && f.log.At(int(i)).Author == e.Author })
}

func after(thread []int32, k int, given []int32, until func(int32) bool) []int32 {
	from := len(given)
	for _, i := range slices.Backward(thread[:k]) {
		if until(i) {
			break
		}
		if from > 0 && given[from-1] == i {
			from--
		}
	}
	if from == len(given) {
		return given
	}
	return given[from:]
}

// helpful are the messages that most look like help: those that neither ask nor
// thank, else those that don't ask, else all.
func (f naive) helpful(messages []int32) []int32 {
	for _, wanted := range []func(reading.Thanks) bool{
		func(s reading.Thanks) bool { return !s.Asks && !s.Thanks },
		func(s reading.Thanks) bool { return !s.Asks },
	} {
		if out := f.those(messages, func(i int32) bool { return wanted(f.says(int(i))) }); len(out) > 0 {
			return out
		}
	}
	return messages
}

func (f naive) those(messages []int32, wanted func(int32) bool) (out []int32) {
	for _, i := range messages {
		if wanted(i) {
			out = append(out, i)
		}
	}
	return out
}

// called are the messages of those whom the thanks speaks to by name in one
// place.
func (f naive) called(thread []int32, say reading.Thanks, at reading.Where, given, since []int32) (out []int32) {
	for _, c := range say.Calls {
		if c.Where == at {
			if i := f.meant(c, given, since); i >= 0 {
				out = append(out, i)
			}
		}
	}
	return f.latest(f.inOrder(thread, out))
}

// inOrder puts messages in the thread's order.
func (f naive) inOrder(thread, messages []int32) []int32 {
	slices.SortFunc(messages, func(a, b int32) int { return slices.Index(thread, a) - slices.Index(thread, b) })
	return messages
}

// meant is the message of the person whom a call means; -1 when it means nobody
// who gave something. Of several people of that name it is the one who spoke
// since, or the last who did.
func (f naive) meant(c reading.Call, given, since []int32) int32 {
	if i := f.last(since, c); i >= 0 {
		return i
	}
	return f.last(given, c)
}

func (f naive) last(messages []int32, c reading.Call) int32 {
	for _, i := range slices.Backward(messages) {
		if author := f.log.At(int(i)).Author; f.mean(c, author) || f.signed[use{c.Name, int32(author)}] {
			return i
		}
	}
	return -1
}

// sign notes who signed how in a thread.
func (f naive) sign(thread []int32) {
	clear(f.signed)
	for _, i := range thread {
		if s := f.says(int(i)); s.Signature != 0 {
			f.signed[use{s.Signature, int32(f.log.At(int(i)).Author)}] = true
		}
	}
}

// latest keeps the last message of every author.
func (f naive) latest(messages []int32) (out []int32) {
	seen := map[int]bool{}
	for _, i := range slices.Backward(messages) {
		if a := f.log.At(int(i)).Author; !seen[a] {
			seen[a] = true
			out = append(out, i)
		}
	}
	slices.Reverse(out)
	return out
}
