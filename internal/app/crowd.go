package app

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/entregent/entregent/conversation"
)

// crowd invents a conversation shaped like a forum's: a few speak often and most
// once, threads are short with some long ones, questions come by day more than by
// night, a small staff answers two thirds of them after a while that varies
// widely, people thank each other. Same seed, same messages.
type crowd struct {
	random  *rand.Rand
	zipf    *rand.Zipf
	at      time.Time
	step    time.Duration // mean time between two messages
	n       int
	threads []openThread // those in which somebody may still speak
}

type openThread struct {
	id    int
	asker int
	last  string // message
	by    int
	staff bool // spoke last
}

const (
	crowdStaff   = 20
	crowdThreads = 400 // open at a time
)

// newCrowd is a crowd that says n messages until a time.
func newCrowd(n int, until time.Time, seed uint64) *crowd {
	random := rand.New(rand.NewPCG(seed, 7))
	span := 8 * 365 * 24 * time.Hour
	return &crowd{random: random, zipf: rand.NewZipf(random, 1.15, 8, uint64(max(50, n/12))), at: until.Add(-span), step: span / time.Duration(max(n, 1))}
}

// next says the next message.
func (c *crowd) next() conversation.Message {
	c.n++
	c.at = c.at.Add(time.Duration(c.random.ExpFloat64() * float64(c.step)))
	m := conversation.Message{ID: conversation.MessageID(fmt.Sprint(c.n)), Time: c.at.Truncate(time.Second), Side: conversation.Community,
		Channel: crowdChannels[c.random.IntN(len(crowdChannels))], Lang: "en"}
	if c.random.IntN(3) == 0 {
		m.Lang = "fr"
	}
	if len(c.threads) == 0 || c.random.IntN(5) == 0 {
		c.ask(&m)
		return m
	}
	c.answer(&m)
	return m
}

// ask opens a thread.
func (c *crowd) ask(m *conversation.Message) {
	who := int(c.zipf.Uint64())
	m.Author, m.Thread = person(who), conversation.ThreadID(fmt.Sprint("t", c.n))
	m.Text = c.words(m.Lang, "question")
	t := openThread{c.n, who, string(m.ID), who, false}
	if len(c.threads) < crowdThreads {
		c.threads = append(c.threads, t)
		return
	}
	c.threads[c.random.IntN(len(c.threads))] = t
}

// answer speaks in an open thread: a young one more likely than an old one.
func (c *crowd) answer(m *conversation.Message) {
	t := &c.threads[int(float64(len(c.threads))*math.Sqrt(c.random.Float64()))%len(c.threads)]
	m.Thread, m.ReplyTo = conversation.ThreadID(fmt.Sprint("t", t.id)), conversation.MessageID(t.last)
	who := int(c.zipf.Uint64())
	switch {
	case t.by == t.asker && c.random.IntN(3) > 0:
		m.Side, m.Author = conversation.Organisation, conversation.PersonID(fmt.Sprintf("staff%d@acme.example", c.random.IntN(crowdStaff)))
		m.Text = c.words(m.Lang, "answer")
		who = -1
	case t.by != t.asker && c.random.IntN(2) == 0:
		who = t.asker
		m.Author, m.Text = person(who), c.words(m.Lang, "thanks")
	default:
		m.Author, m.Text = person(who), c.words(m.Lang, "answer")
	}
	t.last, t.by = string(m.ID), who
}

func person(n int) conversation.PersonID { return conversation.PersonID(fmt.Sprintf("person%d", n)) }

// words are a few sentences of a kind.
func (c *crowd) words(lang, kind string) string {
	phrases := crowdPhrases[kind+"."+lang]
	var b strings.Builder
	for i := range 1 + c.random.IntN(4) {
		if i > 0 {
			b.WriteByte(' ')
			phrases = crowdPhrases["more."+lang]
		}
		p := phrases[c.random.IntN(len(phrases))]
		if strings.Contains(p, "%d") {
			p = fmt.Sprintf(p, c.random.IntN(5000))
		}
		b.WriteString(p)
	}
	return b.String()
}

var crowdChannels = []string{"forum", "forum", "forum", "mail", "mastodon"}

var crowdPhrases = map[string][]string{
	"question.en": {"How do I connect sensor %d to the base station?", "My unit %d stopped sending since the last update, what can I do?", "Can anybody tell me where firmware %d can be found?",
		"Is there a way to export reading %d as a table?", "Why does board %d restart each night?", "I ordered kit %d three weeks ago and heard nothing, when will it come?"},
	"question.fr": {"Comment relier le capteur %d à la base ?", "Mon appareil %d n'envoie plus rien depuis la mise à jour, que faire ?", "Quelqu'un sait-il où trouver la version %d ?",
		"Peut-on exporter le relevé %d en tableau ?", "Pourquoi la carte %d redémarre-t-elle chaque nuit ?", "J'ai commandé le kit %d il y a trois semaines sans nouvelles, quand arrive-t-il ?"},
	"answer.en": {"Open the settings, choose radio %d and save; the base then finds it within a minute.", "Version %d corrects that: download it and flash it over the cable.",
		"Check the resistor beside pin %d, it is often loose after transport.", "The parcel left on day %d, you should have it by Friday.", "Set the interval to %d seconds and restart the logger."},
	"answer.fr": {"Ouvrez les réglages, choisissez la radio %d et enregistrez ; la base la trouve en une minute.", "La version %d corrige cela : téléchargez-la et installez-la par le câble.",
		"Vérifiez la résistance près de la broche %d, elle se desserre souvent pendant le transport.", "Le colis est parti le jour %d, vous l'aurez vendredi.", "Mettez l'intervalle à %d secondes et relancez l'enregistreur."},
	"thanks.en": {"Thank you so much, that solved it!", "Thanks, it works again.", "I tried that with part %d and it is still the same.", "Brilliant, thank you for your help."},
	"thanks.fr": {"Merci beaucoup, cela marche !", "Merci, tout est rentré dans l'ordre.", "J'ai essayé avec la pièce %d et c'est toujours pareil.", "Parfait, merci pour votre aide."},
	"more.en": {"It is installed in the loft beside meter %d.", "The log shows nothing unusual before line %d.", "We share our data openly and would like others to do so.", "Last winter it ran without a fault.",
		"I can send photographs of board %d if that helps."},
	"more.fr": {"Il est installé au grenier près du compteur %d.", "Le journal ne montre rien d'anormal avant la ligne %d.", "Nous partageons nos données et aimerions que d'autres le fassent.",
		"L'hiver dernier tout marchait sans défaut.", "Je peux envoyer des photos de la carte %d si cela aide."},
}
