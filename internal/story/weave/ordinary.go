package weave

import "time"

// ordinary writes the weeks before the crisis, and what goes on beside it.
func (l *loom) ordinary() {
	for _, at := range l.moments(begin, census, 300, func(t time.Time) float64 {
		switch {
		case t.Before(news):
			return 1
		case t.Before(staff):
			return .25 // who would ask for a bell now?
		}
		return .55
	}) {
		lang := "fr"
		if l.Float64() < .36 {
			lang = "en"
		}
		all := scripts("ordinary." + lang + ".txt")
		l.play(all[l.deal("ordinary"+lang, len(all))], lang, at)
	}
}

// play lets a thread happen. Between the news and the Monday on which five
// people begin to answer, nobody of the maker says a word: an answer that would
// have come then never comes.
func (l *loom) play(s script, lang string, at time.Time) {
	asker := l.somebody(lang, .35)
	opener := l.add(&message{author: asker.on(s.channel), department: s.department, channel: s.channel, at: at, lang: lang,
		text: l.spoken(l.fill(s.turns[0][2:], asker), asker, s.channel, true)})
	l.receipt(opener)
	who := l.answerer(s.department, lang)
	others := map[*person]bool{asker: true}
	answered := l.Float64() < map[string]float64{"fr": .92, "en": .66}[lang]
	last, before, dropped := opener, opener, false
	for _, turn := range s.turns[1:] {
		if dropped {
			break // what follows speaks of an answer that never came
		}
		m := &message{thread: opener, replyTo: opener, department: s.department, channel: s.channel, lang: lang}
		text := l.fill(turn[2:], asker)
		switch turn[0] {
		case '=', '*':
			pace := l.ExpFloat64() * map[string]float64{"mail": 8, "forum": 5, "mastodon": 2}[s.channel] * map[string]float64{"fr": 1, "en": 1.9}[lang]
			if turn[0] == '*' {
				pace /= 3
			}
			m.at = l.working(last.at, pace)
			if !answered || silent(m.at) || m.at.After(census) {
				dropped = true
				continue
			}
			m.author, m.staff, m.role = who.account, true, who.role
			m.replyTo = before
			m.text = l.signed(text, who, asker, s.channel)
		case '~':
			m.author = l.peer(lang, others).on(s.channel)
			m.at = l.later(last.at, 3*time.Hour)
			m.text = text
		default: // + and -
			m.author = asker.on(s.channel)
			m.at = l.later(last.at, 5*time.Hour)
			m.replyTo = last
			m.text = l.spoken(text, asker, s.channel, false)
			before = m
		}
		last = l.add(m)
	}
}

// silent says whether nobody of the maker may speak.
func silent(t time.Time) bool { return t.After(news) && t.Before(staff) }

// receipt is the automatic reply that every mail gets within a minute or two.
func (l *loom) receipt(opener *message) {
	if opener.channel != "mail" {
		return
	}
	l.add(&message{thread: opener, replyTo: opener, author: "portelune-bot", staff: true, bot: true, role: "automate", department: opener.department,
		channel: "mail", lang: opener.lang, at: opener.at.Add(time.Duration(20+l.IntN(80)) * time.Second), text: automatic[opener.lang]})
}

var automatic = map[string]string{
	"fr": "Bonjour,\n\nNous avons bien reçu votre message et vous remercions de votre intérêt pour Portelune. Notre équipe vous répondra dans les meilleurs délais. En attendant, la foire aux questions répond aux demandes les plus courantes.\n\nCeci est une réponse automatique, merci de ne pas y répondre.",
	"en": "Hello,\n\nThank you for your interest in Portelune. We have received your message and our team will get back to you as soon as possible. In the meantime, our FAQ covers the most common requests.\n\nThis is an automated reply, please do not answer it.",
}

// recovery is what people write once repairs have begun.
func (l *loom) recovery() {
	for _, at := range l.moments(staff.AddDate(0, 0, 1), census, 62, func(time.Time) float64 { return 1 }) {
		lang := "fr"
		if l.Float64() < .36 {
			lang = "en"
		}
		all := scripts("after." + lang + ".txt")
		l.play(all[l.deal("after"+lang, len(all))], lang, at)
	}
}
