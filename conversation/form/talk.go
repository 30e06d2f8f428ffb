package form

import (
	"iter"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/document"
)

// talk is a channel in which people write one after the other and seldom say what
// they answer. A message that names somebody who spoke there before answers the
// last thing that person wrote.
type talk struct {
	*page
	last map[spoken]conversation.MessageID
}

type spoken struct {
	channel string
	who     conversation.PersonID
}

// mostSpeakers bounds what is remembered of who spoke last.
const mostSpeakers = 100_000

func newTalk(p *page) *talk { return &talk{p, map[spoken]conversation.MessageID{}} }

// mentioned are the people that a message names.
func mentioned(list iter.Seq[document.Value], name func(document.Value) conversation.PersonID) (all []conversation.PersonID) {
	for v := range list {
		all = append(all, name(v))
	}
	return all
}

// add gives a message to the log, with whom it names.
func (t *talk) add(m conversation.Message, when string, named []conversation.PersonID, more map[string]any) {
	m.Bot = t.machine(m.Bot)
	switch {
	case m.ReplyTo != "":
		t.joined(&m)
	case m.Thread == "":
		for _, who := range named {
			if id := t.last[spoken{m.Channel, who}]; id != "" && who != m.Author {
				m.ReplyTo = id
				t.Facts().Join("mention")
				break
			}
		}
	}
	if m.Author != "" && m.ID != "" && !m.Bot && (len(t.last) < mostSpeakers || t.last[spoken{m.Channel, m.Author}] != "") {
		t.last[spoken{m.Channel, m.Author}] = m.ID
	}
	t.page.add(m, when, more)
}
