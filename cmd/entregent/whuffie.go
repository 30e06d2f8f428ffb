package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/entregent/entregent"
	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/open"
	"github.com/entregent/entregent/internal/report/text"
	"github.com/entregent/entregent/presence"
	"github.com/entregent/entregent/whuffie"
)

// whuffieCommand tells standing by thanks.
type whuffieCommand struct {
	Files []string `arg:"" name:"file" help:"Conversations, as measure reads them, and files of thanks: JSONL {from, to, kind}, or receiver, giver, time, value, kind between tabs; which is found out. - is standard input."`

	Circle string  `placeholder:"WHO" help:"Who is known to be real, where the walks start: names with commas between, or a file with one a line. Else the regulars, who spoke in three different weeks."`
	Seen   string  `placeholder:"WHO" help:"A second circle, of accounts only seen; it can at most double what the first says."`
	Why    string  `placeholder:"PERSON" help:"Tell where a person's standing comes from."`
	As     string  `placeholder:"PERSON" help:"Tell how a person sees the others."`
	Attack *attack `placeholder:"SHAPE[:K]" help:"Tell what K invented people (1,000) could do: star, star+return, ring, clique, camouflage, vouches or slander."`
	Names  bool    `help:"Call people by their names; else P1, P2 …"`

	Organisation string         `short:"o" aliases:"organization" placeholder:"WHO" help:"Who the organisation is, where the files don't say: it is counted apart."`
	Until        moment         `placeholder:"DAY" help:"Tell standing on that day. Else the last thanks."`
	Every        presence.Every `default:"" enum:",week,month,quarter,half-year,year" placeholder:"PERIOD" help:"Over time, by week, month, quarter, half-year or year."`
	HalfLife     span           `default:"90d" placeholder:"TIME" help:"After which a thanks weighs half."`
	Walks        int            `default:"1048576" placeholder:"N" help:"How many walks: a power of two."`
	Seed         uint64         `default:"0" help:"Of the walks."`
	TimeZone     zone           `default:"UTC" placeholder:"ZONE" help:"Where days begin: Europe/Paris."`
	Reading      reading        `embed:"" group:"How to read"`
	JSON         bool           `help:"Write it as JSON."`
	Lang         string         `enum:",fr,en" default:"" placeholder:"LANG" help:"fr or en; else the environment's."`
	Title        string         `placeholder:"TITLE" help:"What it is called; else named after the files."`
	Quiet        bool           `short:"q" help:"Say nothing but the result and what failed."`
}

// Help is what --help adds.
func (whuffieCommand) Help() string {
	return `Examples:

    entregent whuffie forum.jsonl
    entregent whuffie --circle members.txt --why robert --names forum.jsonl
    entregent whuffie --attack star:1000 thanks.tsv
    entregent whuffie --every year --json forum.jsonl gifts.jsonl`
}

// attack is a flag that holds a shape and how many people are invented for it.
type attack struct {
	shape whuffie.Shape
	fakes int
}

// UnmarshalText reads star or star:1000.
func (a *attack) UnmarshalText(text []byte) error {
	name, count, counted := strings.Cut(string(text), ":")
	a.fakes = 1000
	if counted {
		n, err := strconv.Atoi(count)
		if err != nil || n < 1 || n > 1<<20 {
			return fmt.Errorf("%q is no number of invented people: write %s:1000", count, name)
		}
		a.fakes = n
	}
	var names []string
	for _, s := range whuffie.Shapes {
		word := strings.TrimPrefix(s.String(), "bought ")
		if word == name || s.String() == name {
			a.shape = s
			return nil
		}
		names = append(names, word)
	}
	return fmt.Errorf("%q is no attack; there are %s", name, strings.Join(names, ", "))
}

// whuffieResult is what --json writes.
type whuffieResult struct {
	Title   string                    `json:"title"`
	Whuffie *entregent.Whuffie        `json:"whuffie"`
	Why     *whyResult                `json:"why,omitempty"`
	As      []entregent.Seen          `json:"as,omitempty"`
	Attack  *attackResult             `json:"attack,omitempty"`
	Every   []entregent.WhuffiePeriod `json:"every,omitempty"`
}

// Run reads the files, measures and tells.
func (c *whuffieCommand) Run(s *step) error {
	l := language(c.Lang, s.env)
	bar := newBar(s.err, c.Quiet)
	defer bar.clear()
	texts, err := open.Keep()
	if err != nil {
		return err
	}
	defer texts.Close()
	log := conversation.NewLog(texts)
	events, err := c.read(s, log, bar, l)
	if err != nil {
		return err
	}
	o, err := c.options()
	if err != nil {
		return err
	}
	bar.tell(l.Say("whuffie.met"), -1)
	x, err := entregent.MeasureWhuffie(log, events, o)
	if err != nil {
		return err
	}
	r := whuffieResult{Title: c.title(), Whuffie: x}
	if c.Every != "" {
		if r.Every, err = entregent.OverTime(log, events, o, c.ends(x.Clock, log, events)); err != nil {
			return err
		}
	}
	if err := log.Err(); err != nil {
		return err
	}
	bar.clear()
	return c.tell(s, r, l)
}

// options are what the instrument is told.
func (c *whuffieCommand) options() (entregent.WhuffieOptions, error) {
	o := entregent.WhuffieOptions{Names: c.Names, HalfLife: time.Duration(c.HalfLife), Walks: c.Walks, Seed: c.Seed}
	if end := c.Until.ends(c.TimeZone.Location); !end.IsZero() {
		o.Until = end.Add(-time.Second)
	}
	if c.HalfLife <= 0 {
		return o, fmt.Errorf("--half-life %s: a thanks must fade", "all")
	}
	var err error
	if o.Circle, err = people(c.Circle); err != nil {
		return o, err
	}
	if o.Seen, err = people(c.Seen); err != nil {
		return o, err
	}
	o.Organisations, err = people(c.Organisation)
	return o, err
}

// people are names with commas between, or the lines of a file.
func people(who string) (names []string, err error) {
	if who == "" {
		return nil, nil
	}
	list := strings.Split(who, ",")
	if text, err := os.ReadFile(who); err == nil {
		list = strings.Split(string(text), "\n")
	} else if strings.ContainsAny(who, "/\\") {
		return nil, fmt.Errorf("opening %s: no such file or directory", who)
	}
	for _, name := range list {
		if name = strings.TrimSpace(name); name != "" && !strings.HasPrefix(name, "#") {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("reading %s: no name in it", who)
	}
	return names, nil
}

// read reads conversations into the log, and gives what files of thanks say.
func (c *whuffieCommand) read(s *step, log *conversation.Log, bar *bar, l lang.Language) (events []whuffie.Event, err error) {
	talks := measureCommand{}
	talks.Organisation, talks.reading, talks.Quiet, talks.TimeZone = c.Organisation, c.Reading, c.Quiet, c.TimeZone
	here := *s
	for _, file := range c.Files {
		edges, in, err := readEdges(file, here.in)
		if err != nil {
			return nil, err
		}
		if edges == nil {
			talks.Files = append(talks.Files, file)
			if file == "-" {
				here.in = in
			}
			continue
		}
		if err := c.faults(s, file, edges, l); err != nil {
			return nil, err
		}
		events = append(events, edges.Events...)
	}
	if len(talks.Files) > 0 {
		o, err := talks.reading.options(talks.Organisation, talks.zone())
		if err != nil {
			return nil, err
		}
		if err := talks.read(&here, log, o, bar, l); err != nil {
			return nil, err
		}
	}
	return events, nil
}

// faults tells what was left out of a file of thanks.
func (c *whuffieCommand) faults(s *step, file string, e *whuffie.Edges, l lang.Language) error {
	if e.Bad > 0 && (c.Reading.Strict || len(e.Events) == 0) {
		return e.Examples[0]
	}
	if c.Quiet {
		return nil
	}
	if e.Bad > 0 {
		fmt.Fprintln(s.err, l.Say("whuffie.left-out", e.Bad))
		for _, example := range e.Examples {
			fmt.Fprintln(s.err, "  "+example.Error())
		}
		if e.Bad > len(e.Examples) {
			fmt.Fprintln(s.err, "  …")
		}
	}
	if e.NoReason > 0 {
		fmt.Fprintln(s.err, l.Say("whuffie.no-reason", file, e.NoReason))
	}
	return nil
}

// ends are the ends of the periods, the last one the clock's.
func (c *whuffieCommand) ends(clock time.Time, log *conversation.Log, events []whuffie.Event) (ends []time.Time) {
	first, _ := log.Span()
	for _, e := range events {
		if !e.Time.IsZero() && (first.IsZero() || e.Time.Before(first)) {
			first = e.Time
		}
	}
	if first.IsZero() {
		return nil
	}
	for at := begin(c.Every, first.In(c.TimeZone.Location)); at.Before(clock); {
		at = next(c.Every, at)
		ends = append(ends, at.Add(-time.Second))
	}
	if n := len(ends); n > 0 && ends[n-1].After(clock) {
		ends[n-1] = clock
	}
	return ends
}

// begin is when the period that holds t begins.
func begin(every presence.Every, t time.Time) time.Time {
	y, m, d := t.Date()
	if every == presence.Week {
		return time.Date(y, m, d-(int(t.Weekday())+6)%7, 0, 0, 0, 0, t.Location())
	}
	months := time.Month(monthsOf[every])
	return time.Date(y, m-(m-1)%months, 1, 0, 0, 0, 0, t.Location())
}

// next is when the period after the one that begins at t begins.
func next(every presence.Every, t time.Time) time.Time {
	if every == presence.Week {
		return t.AddDate(0, 0, 7)
	}
	return t.AddDate(0, monthsOf[every], 0)
}

var monthsOf = map[presence.Every]int{presence.Month: 1, presence.Quarter: 3, presence.HalfYear: 6, presence.Year: 12}

func (c *whuffieCommand) title() string {
	m := measureCommand{Files: c.Files}
	m.Title = c.Title
	return m.title()
}

// tell writes what was found.
func (c *whuffieCommand) tell(s *step, r whuffieResult, l lang.Language) error {
	x := r.Whuffie
	why, err := c.why(x, l)
	if err != nil {
		return err
	}
	viewer, err := c.viewer(x, l)
	if err != nil {
		return err
	}
	if viewer != "" {
		if r.As, err = x.As(viewer); err != nil {
			return err
		}
	}
	var audit *whuffie.Audit
	if c.Attack != nil {
		a, err := x.World().Attack(c.Attack.shape, c.Attack.fakes)
		if err != nil {
			return err
		}
		audit, r.Attack = &a, attacked(x, a)
	}
	if c.JSON {
		r.Why = explained(x, why)
		e := json.NewEncoder(s.out)
		e.SetIndent("", "  ")
		e.SetEscapeHTML(false)
		return e.Encode(r)
	}
	out := bufio.NewWriter(s.out)
	columns, colour := width(s.out), colourful(s.out, s.env)
	alone := why != nil || viewer != "" || audit != nil
	if !alone {
		err = text.Whuffie(out, x, r.Title, l, columns, colour)
	}
	if err == nil && why != nil {
		err = text.Why(out, x, *why, l, columns, colour)
	}
	if err == nil && viewer != "" {
		err = text.View(out, x, viewer, r.As, l, columns, colour)
	}
	if err == nil && audit != nil {
		err = text.Attack(out, x, *audit, l, columns, colour)
	}
	if err == nil && c.Every != "" {
		err = text.Periods(out, r.Every, l, columns, colour)
	}
	if err != nil {
		return err
	}
	return out.Flush()
}

// why explains the person asked for; nil when nobody was.
func (c *whuffieCommand) why(x *entregent.Whuffie, l lang.Language) (*whuffie.Why, error) {
	if c.Why == "" {
		return nil, nil
	}
	name, ok := x.Behind(c.Why)
	if !ok {
		return nil, fmt.Errorf("--why %s: %s", c.Why, l.Say("whuffie.nobody", c.Why))
	}
	why, err := x.World().Explain(name)
	return &why, err
}

// viewer is who asked to see; "" when nobody did.
func (c *whuffieCommand) viewer(x *entregent.Whuffie, l lang.Language) (string, error) {
	if c.As == "" {
		return "", nil
	}
	name, ok := x.Behind(c.As)
	if !ok {
		return "", fmt.Errorf("--as %s: %s", c.As, l.Say("whuffie.nobody", c.As))
	}
	return name, nil
}

// whyResult is an explanation in JSON. Walks are counts; all of them together
// are those of points.
type whyResult struct {
	Person string      `json:"person"`
	Known  float64     `json:"known"`
	Err    float64     `json:"err"`
	Met    int         `json:"met"`
	Walks  int         `json:"walks"`
	Enough bool        `json:"enough"` // else too few thanks to say
	Thanks []flowEntry `json:"thanks"`
	Harm   []flowEntry `json:"harm"`
	Paths  []pathEntry `json:"paths"`
}

type flowEntry struct {
	From     string    `json:"from"`
	Time     time.Time `json:"time"`
	For      string    `json:"for"`
	Strength float64   `json:"strength"`
	Walks    int       `json:"walks"`
}

type pathEntry struct {
	People []string `json:"people"`
	Walks  int      `json:"walks"`
}

func explained(x *entregent.Whuffie, why *whuffie.Why) *whyResult {
	if why == nil {
		return nil
	}
	r := &whyResult{Person: x.Alias(why.Name), Known: why.Score.Known, Err: why.Score.Err, Met: why.Score.Met, Walks: why.Walks,
		Enough: why.Score.State() == whuffie.Enough, Thanks: []flowEntry{}, Harm: []flowEntry{}, Paths: []pathEntry{}}
	entries := func(flows []whuffie.Flow) []flowEntry {
		list := []flowEntry{}
		for _, f := range flows {
			said := f.ID
			if parts := strings.Fields(f.ID); len(parts) == 3 { // kind, message, person
				said = parts[1]
			}
			list = append(list, flowEntry{x.Alias(f.From), f.Time, said, f.Strength, f.Known})
		}
		return list
	}
	r.Thanks, r.Harm = entries(why.Thanks), entries(why.Reports)
	for _, p := range why.Paths {
		var names []string
		for _, name := range p.People {
			names = append(names, x.Alias(name))
		}
		r.Paths = append(r.Paths, pathEntry{names, p.Walks})
	}
	return r
}

// attackResult is an audit in JSON.
type attackResult struct {
	Shape     string  `json:"shape"`
	Fakes     int     `json:"fakes"`
	Owner     string  `json:"owner"`
	Before    float64 `json:"before"`
	After     float64 `json:"after"`
	Own       float64 `json:"own"` // times
	Coalition float64 `json:"coalition"`
	Reach     float64 `json:"reach"`
	Gain      float64 `json:"gain"` // coalition for each walk that reaches it
	Slandered float64 `json:"slandered"`
}

func attacked(x *entregent.Whuffie, a whuffie.Audit) *attackResult {
	return &attackResult{a.Shape.String(), len(a.Fakes), x.Alias(a.Owner), a.Before, a.After, a.Own(), a.Coalition, a.Reach, a.Gain(), a.Slandered}
}
