package check

import (
	"github.com/entregent/entregent/conversation"
)

// structure looks at how messages hang together.
func (c *checker) structure() {
	hang := c.hang()
	c.loose(hang)
	c.elsewhere(hang)
}

// hang tells of every message whether an earlier one stands in its thread, and
// whether anything does.
func (c *checker) hang() (list []hanging) {
	list = make([]hanging, c.log.Len())
	for _, thread := range c.log.Threads() {
		for k, i := range thread {
			list[i] = hanging{behind: k > 0, alone: len(thread) == 1}
		}
	}
	return list
}

type hanging struct{ behind, alone bool }

// loose tells when nothing hangs together though subjects say so, or though both
// sides speak.
func (c *checker) loose(hang []hanging) {
	said, alone := 0, []int{}
	us, them, tied := []int{}, 0, false
	for i := range c.log.Len() {
		e := c.log.At(i)
		tied = tied || !hang[i].alone
		switch {
		case e.Bot:
		case e.Side == conversation.Organisation:
			us = append(us, i)
		default:
			them++
		}
	}
	for _, i := range c.sample(func(int) bool { return true }) {
		if answers(c.subject(i)) {
			if said++; hang[i].alone {
				alone = append(alone, i)
			}
		}
	}
	switch {
	case said >= fewest && float64(len(alone)) >= looseShare*float64(said):
		c.add(Doubt{Code: Loose, Blocks: true, Count: len(alone), Of: said, Option: "--column thread="}, alone)
	case !tied && len(us) >= fewest && them >= fewest:
		c.add(Doubt{Code: Loose, Blocks: true, Count: len(us), Of: len(us), Option: "--column thread="}, us)
	}
}

// subject is what a message is about, where its source says so.
func (c *checker) subject(i int) string {
	a := c.log.Attributes(i)
	for _, key := range [...]string{"subject", "title"} {
		if s := a.Text(key); s != "" {
			return s
		}
	}
	return ""
}

// elsewhere tells when most replies answer messages that aren't here and nothing
// else ties them to a thread.
func (c *checker) elsewhere(hang []hanging) {
	replies, lost := 0, []int{}
	for i := range c.log.Len() {
		e := c.log.At(i)
		switch {
		case e.Bot:
		case e.Reply >= 0 || hang[i].behind:
			replies++
		case c.log.Answers(i) != "":
			replies++
			lost = append(lost, i)
		}
	}
	if len(lost) >= lostFewest && float64(len(lost)) > lostShare*float64(replies) {
		c.add(Doubt{Code: Elsewhere, Blocks: true, Count: len(lost), Of: replies, Option: "FILE"}, lost)
	}
}

// looked is how many messages are read back at most, spread over the log.
const looked = 2000

// sample takes messages from all over the log.
func (c *checker) sample(is func(i int) bool) (list []int) {
	n := c.log.Len()
	step := max(1, n/looked)
	for i := 0; i < n; i += step {
		if is(i) {
			list = append(list, i)
		}
	}
	return list
}
