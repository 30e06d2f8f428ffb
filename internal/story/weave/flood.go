package weave

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// question is a question of the crisis that may be answered one day.
type question struct {
	*message
	by      *person
	theme   string // "": written as it stands, with its own answer
	letters string
	answer  string
}

// days is how long the crisis has lasted.
func days(t time.Time) float64 { return t.Sub(news).Hours() / 24 }

// flood is how much the crisis makes people write: a wave that ebbs, rises again
// at the first cold statement and at the press conference, and sinks once people
// are answered.
func flood(t time.Time) float64 {
	d := days(t)
	f := 1.6*math.Exp(-d/3.2) + .55
	if d >= 8.1 {
		f += .9 * math.Exp(-(d-8.1)/1.2)
	}
	if d >= 15.1 {
		f += .8 * math.Exp(-(d-15.1)/1.5)
	}
	if d > 18 {
		f *= math.Exp(-(d - 18) / 4)
	}
	return f
}

// weights are how often a theme comes up: at first, and a week later.
var weights = map[string][2]float64{
	"concerné": {3, 1.6}, "rouler": {3, 1}, "défaut": {1.6, 1.4}, "réparation": {.6, 2.6}, "remboursement": {.5, 2}, "travail": {1, 1.2},
	"occasion": {.7, .8}, "leasing": {.4, 1.1}, "silence": {.2, 2.2}, "incident": {.6, .6}, "rumeur": {1.2, .8}, "organisation": {.6, .5}, "revendeur": {.5, .4},
}

// flood writes the questions of the crisis.
func (l *loom) flood() {
	crowd := map[string][]*person{}
	written := map[string][]string{"fr": lines("first.fr.txt"), "en": lines("first.en.txt")}
	for _, at := range l.moments(news, census, 1340, flood) {
		lang := "fr"
		if l.Float64() < .34 {
			lang = "en"
		}
		var by *person
		if x := l.Float64(); x < .3 && len(crowd[lang]) > 20 {
			by = crowd[lang][l.IntN(len(crowd[lang]))]
		} else if x < .4 {
			by = l.somebody(lang, 0)
		} else {
			by = l.newPerson(lang)
		}
		crowd[lang] = append(crowd[lang], by)
		q := question{by: by}
		var text, channel string
		if by := written[lang]; len(by) > 0 && l.Float64() < .6*math.Exp(-days(at)*8)+.33*math.Exp(-days(at)/2)+.02 {
			channel, text, _ = strings.Cut(by[0], " ")
			written[lang] = by[1:]
			if len(by) > 1 && strings.HasPrefix(by[1], "= ") {
				q.answer = by[1][2:]
				written[lang] = by[2:]
			}
			text = l.fill(text, q.by)
		} else {
			channel = []string{"mail", "mail", "mastodon", "forum", "forum"}[l.IntN(5)]
			text = l.compose(&q, lang, days(at))
		}
		q.message = l.add(&message{author: q.by.on(channel), department: addressed(q.theme), channel: channel, at: at, lang: lang,
			text: l.spoken(text, q.by, channel, true)})
		l.receipt(q.message)
		l.flooded = append(l.flooded, q)
		l.murmur(q)
	}
}

// addressed is whom a question of a theme is written to.
func addressed(theme string) string {
	switch theme {
	case "défaut", "réparation", "incident":
		return "atelier"
	case "organisation", "rumeur":
		return "communication"
	}
	return "service client"
}

// compose deals a context, a question and a tail of one theme until the text is
// a new one.
func (l *loom) compose(q *question, lang string, day float64) string {
	for {
		t := l.theme(lang, day)
		q.theme = t.name
		ask := l.card(t, 'q', lang, day)
		q.letters = ask.letters
		text := ask.text
		x := l.Float64()
		if x < .72 {
			text = l.card(t, 'c', lang, day).text + " " + text
		}
		if x > .45 && x < .88 && len(t.cards['t']) > 0 {
			text += " " + l.card(t, 't', lang, day).text
		}
		if text = l.fill(text, q.by); !l.said[text] {
			l.said[text] = true
			return text
		}
	}
}

// theme draws a theme by its weight on a day.
func (l *loom) theme(lang string, day float64) theme {
	all := themes("crisis." + lang + ".txt")
	late := min(1, day/7)
	weigh := func(t theme) float64 { return weights[t.name][0]*(1-late) + weights[t.name][1]*late }
	sum := 0.0
	for _, t := range all {
		sum += weigh(t)
	}
	x := l.Float64() * sum
	for _, t := range all {
		if x -= weigh(t); x < 0 {
			return t
		}
	}
	return all[0]
}

// card deals a card of a theme that can be said on a day.
func (l *loom) card(t theme, kind byte, lang string, day float64) card {
	for {
		c := t.cards[kind][l.deal(lang+t.name+string(kind), len(t.cards[kind]))]
		if day >= c.from && day < c.to {
			return c
		}
	}
}

// murmur is what other members say under a question, or what its author says
// instead of asking.
func (l *loom) murmur(q question) {
	if q.channel == "mail" {
		return
	}
	reply := func(text string, p *person) {
		l.add(&message{thread: q.message, replyTo: q.message, author: p.on(q.channel), department: q.department, channel: q.channel,
			at: l.later(q.at, 4*time.Hour), lang: q.lang, text: l.spoken(l.fill(text, p), p, q.channel, false)})
	}
	switch x := l.Float64(); {
	case x < .16:
		all := lines("peers." + q.lang + ".txt")
		text := all[l.deal("peers"+q.lang, len(all))]
		for _, t := range themes("crisis." + q.lang + ".txt") {
			if t.name == q.theme && len(t.cards['p']) > 0 && l.Float64() < .7 {
				text = l.card(t, 'p', q.lang, 1).text
			}
		}
		reply(text, l.somebody(q.lang, .3))
	case x < .24 && days(q.at) > 3 && days(q.at) < 16:
		all := lines("comments." + q.lang + ".txt")
		p := l.somebody(q.lang, .4)
		l.add(&message{author: p.on(q.channel), department: "communication", channel: q.channel, at: l.later(q.at, 2*time.Hour), lang: q.lang,
			text: l.spoken(l.fill(all[l.deal("comments"+q.lang, len(all))], p), p, "", true)})
	}
}

// acknowledge scatters the holding phrase that somebody pasted in the first
// week: a receipt, not an answer.
func (l *loom) acknowledge() {
	n := 0
	for _, q := range l.flooded {
		if q.channel == "mail" || days(q.at) < 2 || days(q.at) > 6 || l.Float64() > .12 {
			continue
		}
		at := l.atWork(q.at.Add(3 * time.Hour))
		if n++; n > 26 || days(at) > 7 {
			return
		}
		l.add(&message{thread: q.message, replyTo: q.message, author: "portelune", staff: true, role: "communication", department: "communication",
			channel: q.channel, at: at, lang: q.lang, text: map[string]string{
				"fr": "Bonjour, votre message a bien été transmis au service concerné. Nous revenons vers vous dès que possible.",
				"en": "Hello, your message has been passed on to the team in charge. We will get back to you as soon as possible.",
			}[q.lang]})
	}
}

// backlog lets five people answer what has waited, the oldest first, from the
// Monday after the press conference. Not all of it is answered by the census.
func (l *loom) backlog() {
	type desk struct {
		colleague
		lang string
		at   time.Time
		pace float64 // office hours for one answer
	}
	desks := []*desk{{maelle, "fr", staff, 1.25}, {ines, "fr", staff, 1.6}, {yann, "fr", staff, 2.4}, {tom, "en", staff, 2}, {priya, "en", staff.AddDate(0, 0, 4), 2.8}}
	for i, q := range l.flooded {
		text := l.answer(q)
		if text == "" {
			continue
		}
		var free *desk
		for _, d := range desks {
			if d.lang == q.lang && (free == nil || d.at.Before(free.at)) {
				free = d
			}
		}
		at := free.at
		if q.at.After(at) {
			at = q.at.Add(time.Hour)
		}
		at = l.working(at, free.pace*(.4+1.2*l.Float64()))
		if at.After(census) {
			continue
		}
		free.at = at
		gender := "e"
		if free.colleague == yann {
			gender = ""
		}
		text = strings.NewReplacer("<jour>", dated(q.at, q.lang), "<day>", dated(q.at, q.lang), "<aujourd'hui>", dated(at, q.lang),
			"<today>", dated(at, q.lang), "<e>", gender, "<rang>", strconv.Itoa(120+i)).Replace(l.fill(text, q.by))
		a := l.add(&message{thread: q.message, replyTo: q.message, author: free.account, staff: true, role: free.role, department: free.department,
			channel: q.channel, at: at, lang: q.lang, text: l.signed(text, free.colleague, q.by, q.channel)})
		if l.Float64() < .2 {
			l.add(&message{thread: q.message, replyTo: a, author: q.author, department: q.department, channel: q.channel, at: l.later(at, 5*time.Hour), lang: q.lang,
				text: l.spoken(strings.ReplaceAll(l.choose(l.pick(relieved[q.lang])), "<qui>", free.signature), q.by, q.channel, false)})
		}
	}
}

var relieved = map[string][]string{
	"fr": {"Merci {<qui>|de votre réponse}. Mieux vaut tard.", "Merci, {c'est noté|c'est clair}.", "Enfin. Merci à vous, ce n'est pas à vous que j'en veux.", "Merci. {On respire un peu|Les enfants comptent les jours}.", "Bien reçu, merci beaucoup."},
	"en": {"Thank you. Better late.", "Thanks, that's clear.", "At last. Thank you, it isn't you I'm cross with.", "Thanks, {we breathe again|the kids are counting the days}."},
}

// answer is what can be said to a question: its own answer, or an opening, the
// answer of its theme and letter, and a closing.
func (l *loom) answer(q question) string {
	if q.answer != "" {
		return q.answer
	}
	for _, t := range themes("crisis." + q.lang + ".txt") {
		if t.name != q.theme || q.letters == "" {
			continue
		}
		var fit []card
		for _, c := range t.cards['a'] {
			if strings.Contains(c.letters, q.letters) {
				fit = append(fit, c)
			}
		}
		if len(fit) == 0 {
			return ""
		}
		text := fit[l.deal("answer"+q.lang+t.name+q.letters, len(fit))].text
		extra := map[byte][]string{}
		for _, s := range lines("answers." + q.lang + ".txt") {
			extra[s[0]] = append(extra[s[0]], s[2:])
		}
		if l.Float64() < .75 {
			text = extra['o'][l.deal("open"+q.lang, len(extra['o']))] + " " + text
		}
		if l.Float64() < .75 {
			text += " " + extra['z'][l.deal("close"+q.lang, len(extra['z']))]
		}
		return text
	}
	return ""
}
