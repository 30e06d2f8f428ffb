package conversation

import (
	"iter"
	"slices"
)

// links is who replies to whom and what belongs to which thread: known only
// once everything is read, since a reply may be read before its question.
type links struct {
	reply    []int32 // -1: none, or unknown
	thread   []int32
	threads  names
	members  [][]int32
	problems Problems
	marks    map[int32][2]string // attribute and value, of messages whose tie can be doubted
}

// links resolves the structure of what was appended so far, once.
func (l *Log) links() *links {
	if l.resolved != nil {
		return l.resolved
	}
	n := l.records.count
	k := &links{reply: make([]int32, n), thread: make([]int32, n), threads: l.threads.clone()}
	for i := range n {
		k.reply[i], k.thread[i] = untied, -1
	}
	if len(l.joiners) > 0 {
		l.join(k)
	}
	for i := range n {
		if k.reply[i] == untied {
			k.reply[i] = l.target(k, int32(i))
		}
	}
	l.cutCycles(k)
	for i := range n {
		l.place(k, int32(i))
	}
	for i := range n {
		l.compare(k, int32(i))
	}
	l.gather(k)
	l.resolved = k
	return k
}

func (k *links) tell(l *Log, kind Kind, i int32, detail string) {
	k.problems.Add(Problem{Kind: kind, Origin: l.origin(i), ID: l.ID(int(i)), Detail: detail})
}

// target finds the message that i replies to.
func (l *Log) target(k *links, i int32) int32 {
	to := l.records.at(int(i)).reply
	if to == -1 {
		return -1
	}
	if to < -1 { // not read before; perhaps behind
		id, ok := l.replyID(i), false
		if to, ok = l.ids.lookup(id); !ok {
			k.tell(l, UnknownReply, i, "replies to "+id+", which is not in the log: taken as part of its thread")
			return -1
		}
	}
	if to == i {
		k.tell(l, ReplyCycle, i, "replies to itself: taken as no reply")
		return -1
	}
	if a, b := l.records.at(int(i)).thread, l.records.at(int(to)).thread; a >= 0 && b >= 0 && a != b {
		k.elsewhere(l, i, to)
		return -1
	}
	return to
}

func (k *links) elsewhere(l *Log, i, to int32) {
	k.tell(l, ReplyElsewhere, i, "replies to "+string(l.ID(int(to)))+" of another thread: its own thread is kept")
}

// cutCycles opens every ring of replies at its earliest message, which can't
// have been a reply.
func (l *Log) cutCycles(k *links) {
	state := make([]uint8, len(k.reply))
	rings(func(yield func(int32) bool) {
		for i := range k.reply {
			if !yield(int32(i)) {
				return
			}
		}
	}, func(i int32) int32 { return k.reply[i] }, func(i int32) *uint8 { return &state[i] }, func(ring []int32) {
		first := slices.MinFunc(ring, l.byTime)
		k.tell(l, ReplyCycle, first, "replies to "+l.replyID(first)+" in a ring of replies: taken as no reply")
		k.reply[first] = -1
	})
}

// rings walks every chain of replies among some messages once and gives every
// ring to cut. The state of each message is 0 before.
func rings(all iter.Seq[int32], reply func(int32) int32, state func(int32) *uint8, cut func(ring []int32)) {
	const fresh, open, done = 0, 1, 2
	var path []int32
	for at := range all {
		path = path[:0]
		for at >= 0 && *state(at) == fresh {
			*state(at) = open
			path = append(path, at)
			at = reply(at)
		}
		if at >= 0 && *state(at) == open {
			cut(path[slices.Index(path, at):])
		}
		for _, p := range path {
			*state(p) = done
		}
	}
}

// place puts i in its thread: the one it names, else that of what it replies
// to, else one of its own. Chains may be long, so no recursion.
func (l *Log) place(k *links, i int32) {
	var chain []int32
	at, thread := i, int32(-1)
	for {
		if k.thread[at] >= 0 {
			thread = k.thread[at]
			break
		}
		if t := l.records.at(int(at)).thread; t >= 0 {
			thread = t
			k.thread[at] = t
			break
		}
		if k.reply[at] < 0 {
			name := l.replyID(at) // siblings of a lost parent stay together
			if name == "" {
				name = string(l.ID(int(at)))
			}
			thread = k.threads.number(name)
			k.thread[at] = thread
			break
		}
		chain = append(chain, at)
		at = k.reply[at]
	}
	for _, c := range chain {
		k.thread[c] = thread
	}
}

// compare tells of replies that cross threads or precede what they reply to.
func (l *Log) compare(k *links, i int32) {
	to := k.reply[i]
	if to < 0 {
		return
	}
	if k.thread[to] != k.thread[i] {
		k.elsewhere(l, i, to)
		k.reply[i] = -1
		return
	}
	if l.records.at(int(i)).time < l.records.at(int(to)).time {
		k.tell(l, ReplyBefore, i, "stands before "+string(l.ID(int(to)))+", which it replies to: check the source's clock")
	}
}

// gather lists the messages of every thread in order.
func (l *Log) gather(k *links) {
	counts := make([]int32, len(k.threads.list))
	for _, t := range k.thread {
		counts[t]++
	}
	all := make([]int32, 0, len(k.thread))
	k.members = make([][]int32, len(counts))
	at := 0
	for t, n := range counts {
		k.members[t] = all[at : at : at+int(n)]
		at += int(n)
	}
	for i, t := range k.thread {
		k.members[t] = append(k.members[t], int32(i))
	}
	for _, m := range k.members {
		if !slices.IsSortedFunc(m, l.byTime) {
			slices.SortFunc(m, l.byTime)
		}
		l.parentsFirst(k, m)
	}
}

// parentsFirst puts a message before those of the same moment that reply to it,
// whatever the order of reading: where only days are known, an export may give
// the newest first.
func (l *Log) parentsFirst(k *links, m []int32) {
	for from := 0; from < len(m); {
		to := from + 1
		for to < len(m) && l.together(m[from], m[to]) {
			to++
		}
		if run := m[from:to]; len(run) > 1 {
			arrange(run, func(i int32) int32 { return k.reply[i] })
		}
		from = to
	}
}

// together says whether nothing but the order of reading tells which of two
// messages came first.
func (l *Log) together(a, b int32) bool {
	x, y := l.records.at(int(a)), l.records.at(int(b))
	return x.time == y.time && x.sequence == y.sequence
}

// arrange orders messages so that each stands behind the one it replies to, if
// that is among them, and otherwise keeps their order.
func arrange(run []int32, reply func(int32) int32) {
	waiting := make(map[int32]bool, len(run))
	for _, i := range run {
		waiting[i] = true
	}
	var chain []int32
	out := make([]int32, 0, len(run))
	for _, i := range run {
		chain = chain[:0]
		for at := i; at >= 0 && waiting[at]; at = reply(at) {
			chain = append(chain, at)
			waiting[at] = false
		}
		slices.Reverse(chain)
		out = append(out, chain...)
	}
	copy(run, out)
}
