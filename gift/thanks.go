// Package gift finds acts of giving: who helped whom, as those who were helped
// say it.
//
// Nothing counts because somebody was busy. An answer is a gift when the person
// it was given to acknowledges it: she marks it as the solution, reacts to it,
// thanks for it in words, or a record says that she received something. [Find]
// reads a conversation and gives every such [Thanks] with what it rests on and
// how strong it is; the standing that flows along them is package whuffie's.
package gift

import (
	"cmp"
	"slices"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/speech"
)

// Kind says how a thanks was expressed.
type Kind string

// The kinds of thanks that are found in a conversation.
const (
	Solution Kind = "solution" // the asker marked an answer as the one that helped
	Record   Kind = "record"   // the source says that something was given and received
	Words    Kind = "words"    // thanks in words, in French or English
	Reaction Kind = "reaction" // the person helped reacted to the answer: a like, a heart
)

// Strength says how much a thanks of each kind weighs, in (0, 1]. A mark or a
// record names the help itself; words may be politeness; a reaction costs a
// click.
var Strength = map[Kind]float64{Solution: 1, Record: 1, Words: .8, Reaction: .5}

// Thanks is one acknowledgement: From was helped by To.
type Thanks struct {
	Kind     Kind
	From, To conversation.PersonID
	Time     time.Time
	Strength float64
	Message  conversation.MessageID // where it is said
	For      conversation.MessageID // what helped; empty for a record
	// Organisation says that To spoke for the organisation when helping: counted
	// apart.
	Organisation bool
}

// Find gives the thanks of a conversation in order of time. In one thread a
// person thanks another once: the strongest is kept, the earliest of equals. The
// organisation's own thanks, and what people say to themselves, are no gifts.
func Find(log *conversation.Log) []Thanks {
	f := finder{log: log, acts: make([]speech.Acts, log.Len())}
	for i := range f.acts {
		f.acts[i] = speech.Read(log.Text(i), log.Language(log.At(i).Lang))
	}
	f.names = learn(log)
	f.person = make(map[conversation.PersonID]int, log.People())
	for p := range log.People() {
		f.person[log.Person(p)] = p
	}
	for _, thread := range log.Threads() {
		f.thread(thread)
	}
	return f.once()
}

type finder struct {
	log    *conversation.Log
	acts   []speech.Acts
	names  *names
	found  []Thanks
	person map[conversation.PersonID]int
}

func (f *finder) thread(thread []int32) {
	for k, i := range thread {
		e := f.log.At(int(i))
		f.marks(thread, k, e)
		if k > 0 && e.Side != conversation.Organisation && e.Author >= 0 && f.acts[i].Has(speech.Thanks) {
			f.words(thread, k, e)
		}
	}
}

// words gives a thanks in words to whoever helped.
func (f *finder) words(thread []int32, k int, e conversation.Entry) {
	for _, to := range f.helpers(thread, k, e) {
		f.add(Words, e.Author, to, thread[k], e.Time)
	}
}

// helpers are the messages that a thanks is for. Whoever is named in it comes
// first, then whoever it replies to, then those who said something of substance
// since the thankful person last spoke: the one who said the most, or all of
// them when she thanks everybody.
func (f *finder) helpers(thread []int32, k int, e conversation.Entry) []int32 {
	given := f.given(thread, k, e)
	if len(given) == 0 {
		return nil
	}
	said := f.names.in(f.log.Text(int(thread[k])))
	var named []int32
	for _, i := range given {
		if said.persons[f.log.At(int(i)).Author] {
			named = append(named, i)
		}
	}
	switch {
	case len(named) > 0:
		return latestOfEach(f.log, named)
	case said.everybody:
		return latestOfEach(f.log, given)
	}
	if e.Reply >= 0 && e.Reply != int(thread[0]) {
		if slices.Contains(given, int32(e.Reply)) {
			return []int32{int32(e.Reply)}
		}
	}
	return []int32{f.most(thread, k, e, given)}
}

// given lists the messages of others before the k-th that can have helped, in
// order.
func (f *finder) given(thread []int32, k int, e conversation.Entry) (out []int32) {
	for _, i := range thread[:k] {
		o := f.log.At(int(i))
		if o.Author >= 0 && o.Author != e.Author && !f.acts[i].Hollow() && !f.acts[i].Has(speech.Automatic) && !o.Bot && !o.Private {
			out = append(out, i)
		}
	}
	return out
}

// latestOfEach keeps the last message of every author.
func latestOfEach(log *conversation.Log, messages []int32) (out []int32) {
	seen := map[int]bool{}
	for _, i := range slices.Backward(messages) {
		if a := log.At(int(i)).Author; !seen[a] {
			seen[a] = true
			out = append(out, i)
		}
	}
	slices.Reverse(out)
	return out
}

// most is the message, since the thankful person last spoke, of the author who
// helped most: by length, questions counting half; the thread's last helpful
// message when nobody spoke since.
func (f *finder) most(thread []int32, k int, e conversation.Entry, given []int32) int32 {
	since := 0
	for j := k - 1; j >= 0; j-- {
		if f.log.At(int(thread[j])).Author == e.Author {
			since = j + 1
			break
		}
	}
	weight := map[int]float64{}
	last := map[int]int32{}
	for _, i := range thread[since:k] {
		if !slices.Contains(given, i) {
			continue
		}
		o := f.log.At(int(i))
		w := 1 + float64(o.Length)
		if f.acts[i].NeedsAnswer() {
			w /= 2
		}
		weight[o.Author] += w
		last[o.Author] = i
	}
	best := given[len(given)-1]
	most := 0.0
	for _, i := range given {
		if a := f.log.At(int(i)).Author; last[a] == i && weight[a] > most {
			best, most = i, weight[a]
		}
	}
	return best
}

// marks reads what the source itself says: a solution, reactions, a gift.
func (f *finder) marks(thread []int32, k int, e conversation.Entry) {
	i := thread[k]
	more := f.log.Attributes(int(i))
	if more == "" {
		return
	}
	opener := f.log.At(int(thread[0]))
	if by := more.Text("solved_by"); by != "" {
		if to, ok := f.log.Find(conversation.MessageID(by)); ok {
			f.add(Solution, e.Author, int32(to), i, f.log.At(to).Time)
		}
	}
	for _, key := range []string{"accepted", "solution"} {
		if yes, _ := more.Value(key); yes == true && k > 0 {
			f.add(Solution, opener.Author, i, i, e.Time)
		}
	}
	if who, ok := more.Value("liked_by"); ok {
		list, _ := who.([]any)
		for _, x := range list {
			name, _ := x.(string)
			if from, ok := f.person[conversation.PersonID(name)]; ok && f.helped(thread, k, from) {
				f.add(Reaction, from, i, i, e.Time)
			}
		}
	}
	if giver := more.Text("giver"); giver != "" && e.Author >= 0 && e.Side != conversation.Organisation {
		if yes, _ := more.Value("received"); yes == true && giver != string(f.log.Person(e.Author)) {
			f.found = append(f.found, Thanks{Kind: Record, From: f.log.Person(e.Author), To: conversation.PersonID(giver),
				Time: f.log.Message(int(i)).Time, Strength: Strength[Record], Message: f.log.ID(int(i))})
		}
	}
}

// helped says whether somebody asked something in the thread before its k-th
// message: then a reaction to it is hers who was helped.
func (f *finder) helped(thread []int32, k int, person int) bool {
	for _, i := range thread[:k] {
		if f.log.At(int(i)).Author == person && f.acts[i].NeedsAnswer() {
			return true
		}
	}
	return false
}

func (f *finder) add(kind Kind, from int, to, message int32, at int64) {
	o := f.log.At(int(to))
	if from < 0 || o.Author < 0 || o.Author == from {
		return
	}
	f.found = append(f.found, Thanks{Kind: kind, From: f.log.Person(from), To: f.log.Person(o.Author), Time: time.UnixMicro(at).UTC(),
		Strength: Strength[kind], Message: f.log.ID(int(message)), For: f.log.ID(int(to)), Organisation: o.Side == conversation.Organisation})
}

// once keeps one thanks for each thread and pair of people, in order of time.
func (f *finder) once() []Thanks {
	type pair struct {
		thread   int
		from, to conversation.PersonID
	}
	best := map[pair]int{}
	for i, t := range f.found {
		m, _ := f.log.Find(t.Message)
		key := pair{f.log.At(m).Thread, t.From, t.To}
		j, ok := best[key]
		if !ok || t.Strength > f.found[j].Strength || t.Strength == f.found[j].Strength && t.Time.Before(f.found[j].Time) {
			best[key] = i
		}
	}
	out := make([]Thanks, 0, len(best))
	for _, i := range best {
		out = append(out, f.found[i])
	}
	slices.SortFunc(out, func(a, b Thanks) int {
		return cmp.Or(a.Time.Compare(b.Time), cmp.Compare(a.Message, b.Message), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	return out
}
