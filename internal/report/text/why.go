package text

import (
	"io"
	"strings"

	"github.com/entregent/entregent"
	"github.com/entregent/entregent/conversation/prose"
	"github.com/entregent/entregent/conversation/speech"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/report"
	"github.com/entregent/entregent/whuffie"
)

// Reasons is how many thanks a why tells one by one.
const reasons = 12

// Why writes where somebody's standing comes from.
func Why(w io.Writer, x *entregent.Whuffie, why whuffie.Why, l lang.Language, width int, colour bool) error {
	t := standingText{report.Standing{Language: l, Whuffie: x, Listed: true}, &page{width: max(width, 40), colour: colour}}
	person := report.Plain(x.Alias(why.Name))
	t.heading(t.Say("whuffie.why", person))
	if why.Score.State() == whuffie.TooFew {
		t.say(margin, 0, t.Say("whuffie.too-few", person, why.Score.Met, whuffie.MinWalks), usual)
	} else {
		t.because(person, why)
	}
	_, err := io.WriteString(w, t.String())
	return err
}

// because tells the thanks by which the walks came, and some of their ways.
func (t standingText) because(person string, why whuffie.Why) {
	of := func(walks int) string { return t.Share(float64(walks) / float64(why.Walks)) }
	from := map[string]bool{}
	for _, f := range why.Thanks {
		from[f.From] = true
	}
	t.say(margin, 0, t.Say("whuffie.why.walks", person, t.Share(why.Score.Known), t.Share(why.Score.Err)), usual)
	t.say(margin, 0, t.Say("whuffie.why.by", len(why.Thanks), t.Say("whuffie.why.of", len(from)), t.Circle.Half), usual)
	rows := [][]cell{{right(t.Say("whuffie.of-walks")), left(t.Say("whuffie.came-by"))}}
	rest := why.Score.Met
	listed := why.Thanks[:min(len(why.Thanks), reasons)]
	for _, f := range listed {
		rest -= f.Known
		rows = append(rows, []cell{right(of(f.Known)), left(t.Say("whuffie.why.thanks", report.Plain(t.Alias(f.From)), t.Date(f.Time), t.said(f.ID)))})
		if quote := t.quote(f.ID); quote != "" {
			rows = append(rows, []cell{right(""), {text: quote, as: faint}})
		}
	}
	if more := len(why.Thanks) - len(listed); more > 0 {
		rows = append(rows, []cell{right(of(rest)), left(t.Say("whuffie.why.more", more))})
	}
	t.table(margin, rows)
	for _, f := range why.Reports {
		t.say(margin, 2, t.Say("whuffie.why.harm", report.Plain(t.Alias(f.From)), t.Date(f.Time), of(f.Known)), usual)
	}
	t.paths(why, of)
}

func (t standingText) paths(why whuffie.Why, of func(int) string) {
	if len(why.Paths) == 0 {
		return
	}
	t.say(margin, 0, t.Say("whuffie.paths"), usual)
	rows := [][]cell{}
	for _, p := range why.Paths {
		var names []string
		for _, name := range p.People {
			names = append(names, report.Plain(t.Alias(name)))
		}
		rows = append(rows, []cell{right(of(p.Walks)), left(strings.Join(names, " → "))})
	}
	t.table(margin, rows)
}

// said tells the message behind a thanks: its kind and its id, without the name
// of who is thanked.
func (t standingText) said(id string) string {
	ref, ok := t.Ref(id)
	if !ok || !t.Has("whuffie.kind."+string(ref.Kind)) {
		return report.Plain(id)
	}
	return t.Say("pair", t.Say("whuffie.kind."+string(ref.Kind)), report.Plain(string(ref.Message)))
}

// quoted is how long a quote is at most, in characters.
const quoted = 90

// quote gives the first sentence that thanks of the message behind a thanks; ""
// where none does or nothing may be quoted.
func (t standingText) quote(id string) string {
	text, language, _ := t.Said(id)
	var m prose.Message
	m.Read(text)
	for _, s := range m.Sentences {
		said := report.Plain(text[m.Tokens[s.From].Start:m.Tokens[s.To-1].End])
		if !speech.Read(said, language).Has(speech.Thanks) {
			continue
		}
		if runes := []rune(said); len(runes) > quoted {
			said = string(runes[:quoted]) + "…"
		}
		return t.Say("whuffie.why.quote", said)
	}
	return ""
}
