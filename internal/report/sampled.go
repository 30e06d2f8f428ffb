package report

import (
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/lang"
)

// Sampled is a message as it was read.
type Sampled struct {
	Row     string    `json:"row"` // file:line
	ID      string    `json:"id"`
	Thread  string    `json:"thread"`
	ReplyTo string    `json:"reply_to"` // "" where it answers nothing, or nobody knows what
	Time    time.Time `json:"time"`
	Author  string    `json:"author"`
	Side    string    `json:"side"`
	Channel string    `json:"channel"`
	Bot     bool      `json:"bot"`
	Private bool      `json:"private"`
	Text    string    `json:"text"`
}

// Sample takes so many messages from all over a log, in order of time, so that
// its end is seen as well as its beginning.
func Sample(log *conversation.Log, most int) []Sampled {
	list := []Sampled{}
	order := log.ByTime()
	n := min(most, len(order))
	for k := range n {
		m := log.Message(int(order[k*len(order)/n]))
		if !m.Deleted.IsZero() {
			m.Text = ""
		}
		list = append(list, Sampled{m.Origin.String(), string(m.ID), string(m.Thread), string(m.ReplyTo), m.Time, string(m.Author), m.Side.String(),
			m.Channel, m.Bot, m.Private, Clip(m.Text, 600, "…")})
	}
	return list
}

// About says when, who, on which side, in answer to what, and where it stands.
func (m Sampled) About(l lang.Language) (said []string) {
	said = append(said, m.Time.Format("2006-01-02 15:04"))
	for _, word := range []string{m.Author, l.Say("side." + m.Side), m.Channel} {
		if word != "" {
			said = append(said, Clip(Plain(word), 40, "…"))
		}
	}
	if m.ReplyTo != "" {
		said = append(said, l.Say("reading.reply", Clip(Plain(m.ReplyTo), 40, "…")))
	}
	if m.Bot {
		said = append(said, l.Say("reading.bot"))
	}
	if m.Private {
		said = append(said, l.Say("reading.private"))
	}
	return append(said, Plain(m.Row))
}
