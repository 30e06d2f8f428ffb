package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/entregent/entregent/gift/board"
	"github.com/entregent/entregent/gift/board/sentence"
	gazetteer "github.com/entregent/entregent/gift/place"
)

// boardCommand is about the gift board.
type boardCommand struct {
	Parse parseCommand `cmd:"" help:"Fill the form of a post from one sentence, and say what has to be checked."`
}

// parseCommand reads one sentence, or a file of them.
type parseCommand struct {
	Sentence  []string `arg:"" optional:"" help:"What somebody would write on the board, in French or English."`
	Lang      string   `enum:",fr,en" default:"" placeholder:"fr|en" help:"Its language; found out when not said."`
	Now       string   `placeholder:"TIME" help:"The moment of writing, as 2026-11-30T10:05:00+01:00 (default: now)."`
	Zone      string   `default:"Europe/Paris" placeholder:"NAME" help:"The poster's time zone."`
	Home      string   `placeholder:"PLACE" help:"The poster's own town: it orders the choice among places of one name."`
	Places    string   `placeholder:"FILE" help:"A CSV of places to look names up in, instead of the communes of France: name, lat, lon, and code if there is one."`
	Sentences string   `placeholder:"FILE" help:"Read sentences from JSON lines {id, lang, text, now, zone} and print a form a line; - for standard input."`
	JSON      bool     `name:"json" help:"Print JSON."`
}

// parsed is a form in JSON: the first post of the sentence, the others in more.
type parsed struct {
	ID string `json:"id,omitempty"`
	sentence.Form
	Act    board.Act       `json:"act"`
	N      *int            `json:"n"`
	Marked []string        `json:"marked"`
	More   []sentence.Form `json:"more,omitempty"`
}

// written is a sentence of a file.
type written struct {
	ID, Lang, Text, Now, Zone string
}

// Run parses and prints.
func (c *parseCommand) Run(s *step) error {
	options, err := c.options()
	if err != nil {
		return err
	}
	if c.Sentences != "" {
		return c.file(s, options)
	}
	text := strings.TrimSpace(strings.Join(c.Sentence, " "))
	if text == "" {
		return errors.New(`no sentence: entregent board parse "Driving Lyon-Grenoble Friday 5 pm, two seats"`)
	}
	forms := sentence.Parse(text, options)
	if c.JSON {
		return json.NewEncoder(s.out).Encode(formJSON("", text, forms))
	}
	return printForms(s.out, text, forms)
}

// options are what the flags say of the moment, the zone and the places.
func (c *parseCommand) options() (sentence.Options, error) {
	o := sentence.Options{Lang: c.Lang}
	now, err := writtenAt(c.Now, c.Zone)
	if err != nil {
		return o, err
	}
	o.Now = now
	if c.Places != "" {
		f, err := os.Open(c.Places)
		if err != nil {
			return o, err
		}
		defer func() { _ = f.Close() }()
		if o.Places, err = gazetteer.Read(f, c.Places); err != nil {
			return o, err
		}
	}
	if c.Home != "" {
		found := gazetteer.Find(c.Home)
		if o.Places != nil {
			found = o.Places.Find(c.Home)
		}
		if len(found) == 0 {
			return o, fmt.Errorf("--home %q: no place of that name", c.Home)
		}
		o.Home = found[0].At
	}
	return o, nil
}

// writtenAt reads a time in a zone; "" is now.
func writtenAt(text, zone string) (time.Time, error) {
	z, err := time.LoadLocation(zone)
	if err != nil || zone == "" {
		return time.Time{}, fmt.Errorf("zone %q is unknown: a name such as Europe/Paris is needed", zone)
	}
	if text == "" {
		return time.Now().In(z), nil
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return t, fmt.Errorf("time %q: as 2026-11-30T10:05:00+01:00", text)
	}
	return t.In(z), nil
}

// file parses the sentences of a file, a form a line; a bad line is an error that
// names it.
func (c *parseCommand) file(s *step, options sentence.Options) error {
	in := s.in
	if c.Sentences != "-" {
		f, err := os.Open(c.Sentences)
		if err != nil {
			return err
		}
		defer func() { _ = f.Close() }()
		in = f
	}
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<20)
	out := json.NewEncoder(s.out)
	for n := 1; lines.Scan(); n++ {
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		l := written{Now: c.Now, Zone: c.Zone, Lang: c.Lang}
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			return fmt.Errorf("%s:%d: %w", c.Sentences, n, err)
		}
		now, err := writtenAt(l.Now, l.Zone)
		if err != nil {
			return fmt.Errorf("%s:%d: %w", c.Sentences, n, err)
		}
		options.Now, options.Lang = now, l.Lang
		if err := out.Encode(formJSON(l.ID, l.Text, sentence.Parse(l.Text, options))); err != nil {
			return err
		}
	}
	return lines.Err()
}

// formJSON is the JSON of a sentence.
func formJSON(id, text string, forms []sentence.Form) parsed {
	p := parsed{ID: id, Act: "none", Marked: []string{}}
	if len(forms) == 0 {
		p.Text, p.Priced = text, len(sentence.Money(text)) > 0
		return p
	}
	p.Form, p.Act, p.More = forms[0], forms[0].Act, forms[1:]
	if forms[0].Number > 0 {
		p.N = &forms[0].Number
	}
	for _, m := range forms[0].Marks {
		p.Marked = append(p.Marked, string(m.Field))
	}
	return p
}

// printForms prints the forms for reading.
func printForms(out io.Writer, text string, forms []sentence.Form) error {
	w := &errWriter{w: out}
	if len(forms) == 0 {
		fmt.Fprintln(w, "no post: nothing is offered or asked for")
		if len(sentence.Money(text)) > 0 {
			fmt.Fprintln(w, "it speaks of money")
		}
	}
	for i, f := range forms {
		if i > 0 {
			fmt.Fprintln(w)
		}
		fmt.Fprintf(w, "%s · %s\n", f.Act, f.Kind)
		row := func(name, value string) {
			if value != "" {
				fmt.Fprintf(w, "  %-10s %s\n", name, value)
			}
		}
		row("from", placeText(f.From))
		for _, v := range f.Via {
			row("via", placeText(&v))
		}
		row("to", placeText(f.To))
		row("place", placeText(f.Place))
		row("start", strings.Replace(f.Start, "T", " ", 1))
		row("end", strings.Replace(f.End, "T", " ", 1))
		row("arrive by", strings.Replace(f.ArriveBy, "T", " ", 1))
		row("part", f.Part)
		row("repeats", f.Repeat)
		if f.Number > 0 {
			row("number", fmt.Sprint(f.Number))
		}
		row("with", strings.Join(f.Conditions, ", "))
		for _, m := range f.Marks {
			what := fmt.Sprintf("%s (%s)", m.Field, m.Why)
			if len(m.Readings) > 0 {
				what += ": " + strings.Join(m.Readings, " | ")
			}
			row("to check", what)
		}
		if f.Priced {
			row("money", "a gift has no price: take it out, or say that it is none")
		}
	}
	return w.err
}

// placeText is a place with its code, country and nearer words.
func placeText(p *sentence.Place) string {
	if p == nil {
		return ""
	}
	s := p.Name
	if p.Code != "" {
		s += " (" + p.Code + ")"
	}
	if p.Country != "" {
		s += " (" + p.Country + ")"
	}
	if p.Near != "" {
		s += ", " + p.Near
	}
	return s
}
