package presence

import (
	"strings"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/prose"
	"github.com/entregent/entregent/conversation/speech"
)

// account is what is known of somebody's messages.
type account struct {
	first        int64 // µs: her first message; never
	spoke        int32 // messages for the organisation
	pasted       int32 // of these, copies and automatic ones
	signed       int32 // of these, by an agent or for a brand: several people use it
	said, opened int32 // messages as one of the community; threads of hers
	nobody       bool  // the name says that it has no owner
	crowd        bool  // many of the community use it
	machine      bool  // a machine of the organisation that doesn't say so
}

// Messages of the community's shared accounts count as different people's where
// people's habits matter for an interval; as one account's for the cap, since a
// single person could pretend.

// staff says whether somebody has spoken for the organisation.
func (a *account) staff() bool { return a.spoke > 0 }

// opens says whether somebody uses an account as many people would.
func (a *account) opens() bool {
	return speech.OpensAsMany(int(a.opened), int(a.said))
}

// crowded counts the messages of accounts that many people use.
func (r *facts) crowded() int {
	n := r.nobodies
	for p := range r.people {
		if r.people[p].crowd {
			n += int(r.people[p].said)
		}
	}
	return n
}

// call counts a name among those that stand for the organisation.
func (r *facts) call(name string, by int) {
	if name = handle(name); len(name) > 1 {
		r.named[name] += by
	}
}

// handle is how a name stands after an @.
func handle(name string) string {
	return string(prose.Fold(nil, strings.TrimPrefix(strings.TrimSpace(name), "@")))
}

// replies count those that had a choice of whom to answer, and of them those
// that point at their thread's opener.
type replies struct{ all, opener int }

// flat says whether nearly all replies point at their thread's opener: then the
// source (a flat forum) doesn't say whom a message answers.
func (c replies) flat() bool { return c.all >= 20 && float64(c.opener) > .9*float64(c.all) }

// open counts a thread in, or out again: who opened it, and whom its replies
// point at.
func (r *facts) open(thread []int32, by int) (opener int32, c replies) {
	opener = -1
	if len(thread) == 0 {
		return opener, c
	}
	for _, i := range thread[min(2, len(thread)):] {
		if to := r.at(i).Reply; to >= 0 {
			c.all++
			if to == int(thread[0]) {
				c.opener++
			}
		}
	}
	if e := r.at(thread[0]); e.Author >= 0 && e.Side == conversation.Community {
		opener = int32(e.Author)
		r.people[opener].opened += int32(by)
	}
	r.choice.all += by * c.all
	r.choice.opener += by * c.opener
	return opener, c
}
