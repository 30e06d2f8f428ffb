package weave

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

//go:embed texts
var texts embed.FS

// lines gives the lines of a text that are not empty.
func lines(name string) []string {
	b, err := texts.ReadFile("texts/" + name)
	if err != nil {
		panic(err) // a file of this package is missing: the test says so
	}
	return slices.DeleteFunc(strings.Split(string(b), "\n"), func(s string) bool { return strings.TrimSpace(s) == "" })
}

// script is a thread of an ordinary day: who speaks is told by the first
// character of each line.
//
//	? a question   ! an opening that asks nothing
//	= an answer of the maker   * its word that one will come   + what the asker says to it
//	~ another member   - what the asker says to them
type script struct {
	channel, department string
	turns               []string
}

func scripts(name string) (all []script) {
	for _, s := range lines(name) {
		if head, ok := strings.CutPrefix(s, "# "); ok {
			channel, department, _ := strings.Cut(head, " ")
			all = append(all, script{channel: channel, department: department})
			continue
		}
		last := &all[len(all)-1]
		last.turns = append(last.turns, s)
	}
	return all
}

// card is a sentence of a theme: c a context, q a question, t a tail, a an
// answer, p a peer's. Letters pair questions with their answers; days of the
// crisis, in brackets, are those on which it can be said.
type card struct {
	kind     byte
	letters  string
	from, to float64
	text     string
}

type theme struct {
	name  string
	cards map[byte][]card
}

func themes(name string) (all []theme) {
	for _, s := range lines(name) {
		if head, ok := strings.CutPrefix(s, "# "); ok {
			all = append(all, theme{head, map[byte][]card{}})
			continue
		}
		head, text, _ := strings.Cut(s, " ")
		c := card{kind: head[0], to: 100, text: text}
		letters, days, ok := strings.Cut(head[1:], "[")
		c.letters = letters
		if ok {
			if _, err := fmt.Sscanf(days, "%g-%g]", &c.from, &c.to); err != nil {
				panic(err)
			}
		}
		t := &all[len(all)-1]
		t.cards[c.kind] = append(t.cards[c.kind], c)
	}
	return all
}

// deal gives the next of n cards of a deck that is shuffled when it is used up.
func (l *loom) deal(deck string, n int) int {
	d := l.decks[deck]
	if len(d) == 0 {
		d = l.Perm(n)
	}
	l.decks[deck] = d[1:]
	return d[0]
}

// choose resolves {this|that}.
func (l *loom) choose(s string) string {
	for {
		from := strings.IndexByte(s, '{')
		if from < 0 {
			return s
		}
		to := from + strings.IndexByte(s[from:], '}')
		s = s[:from] + l.pick(strings.Split(s[from+1:to], "|")) + s[to+1:]
	}
}

// fill puts a person's things into a sentence.
func (l *loom) fill(s string, p *person) string {
	s = l.choose(s)
	for slot, value := range map[string]string{"<vélo>": p.bike, "<bike>": p.bike, "<série>": p.serial, "<serial>": p.serial,
		"<ville>": p.city, "<town>": p.city, "<mois>": p.month, "<month>": p.month} {
		s = strings.ReplaceAll(s, slot, value)
	}
	for strings.Contains(s, "<n>") {
		s = strings.Replace(s, "<n>", fmt.Sprintf("PL-%d", 56200+l.IntN(3900)), 1)
	}
	if strings.Contains(s, "<rue>") {
		s = strings.ReplaceAll(s, "<rue>", l.pick([]string{"Pasteur", "des Lilas", "du Calvaire", "Jules-Verne"}))
	}
	return elided.Replace(s)
}

var elided = strings.NewReplacer("de avril", "d'avril", "de août", "d'août", "de octobre", "d'octobre", "de Angers", "d'Angers")

// spoken is how a member writes a text: greetings and a name in a mail, a
// mention in a toot, and a few in lower case.
func (l *loom) spoken(text string, p *person, channel string, opens bool) string {
	if p.casual {
		text = lower(text)
		if cut, ok := strings.CutSuffix(text, "."); ok && l.IntN(2) == 0 {
			text = cut
		}
	}
	if !opens {
		return text
	}
	greeted := strings.HasPrefix(text, "Bonjour") || strings.HasPrefix(text, "Hello")
	switch channel {
	case "mail":
		if p.greets && !greeted {
			text = l.pick(greetings[p.lang]) + "\n\n" + text
		}
		given, _, _ := strings.Cut(p.name, " ")
		switch p.signs {
		case 0:
			text += "\n\n" + p.name
		case 1:
			text += "\n\n" + l.pick(closings[p.lang]) + "\n" + p.name
		case 2:
			text += "\n\n" + given
		}
	case "mastodon":
		text = "@portelune " + text
	case "forum":
		if p.greets && !greeted && l.IntN(3) == 0 {
			text = l.pick(hails[p.lang]) + "\n\n" + text
		}
	}
	return text
}

var (
	greetings = map[string][]string{"fr": {"Bonjour,", "Bonjour,", "Madame, Monsieur,", "Bonjour à l'équipe,", "Bonsoir,"}, "en": {"Hello,", "Hi,", "Dear Portelune,", "Good morning,"}}
	hails     = map[string][]string{"fr": {"Bonjour à tous,", "Bonjour,", "Salut tout le monde,"}, "en": {"Hi all,", "Hello,", "Evening all,"}}
	closings  = map[string][]string{"fr": {"Cordialement,", "Bien à vous,", "Avec mes salutations,"}, "en": {"Kind regards,", "Best wishes,", "Regards,"}}
)

// signed is how a colleague writes: by name in a mail and in half of the rest.
func (l *loom) signed(text string, who colleague, p *person, channel string) string {
	if channel == "mail" {
		hello := "Bonjour,"
		if p.lang == "en" {
			given, _, _ := strings.Cut(p.name, " ")
			hello = l.pick([]string{"Hello " + given + ",", "Hi " + given + ","})
		}
		return hello + "\n\n" + unsigned(text) + "\n\n" + who.signature
	}
	if strings.Contains(text, "— ") && strings.HasSuffix(text, who.signature) || l.IntN(2) == 0 {
		return text
	}
	return unsigned(text) + " — " + who.signature
}

// unsigned takes a signature off the end of a text.
func unsigned(text string) string {
	if at := strings.LastIndex(text, " — "); at > 0 && len(text)-at < 20 {
		return text[:at]
	}
	return text
}

// lower writes the first letter small unless it begins a name or a number.
func lower(s string) string {
	word, _, _ := strings.Cut(s, " ")
	for _, name := range []string{"Galion", "Chaloupe", "Mouette", "Portelune", "I", "I'm", "I've", "I'd", "E-07", "Maëlle", "Yann"} {
		if strings.TrimRight(word, ",.") == name {
			return s
		}
	}
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(r)) + s[n:]
}

// dated is a day in words, without the year.
func dated(t time.Time, lang string) string {
	h := home(t)
	name := months[lang][h.Month()-1]
	if lang == "fr" && h.Day() == 1 {
		return "1er " + name
	}
	return fmt.Sprintf("%d %s", h.Day(), name)
}
