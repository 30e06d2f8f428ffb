package main

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/entregent/entregent"
	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/gap"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/open"
	"github.com/entregent/entregent/internal/report"
	"github.com/entregent/entregent/internal/report/page"
	"github.com/entregent/entregent/internal/report/text"
	"github.com/entregent/entregent/presence"
)

// measureCommand measures the conversation in files.
type measureCommand struct {
	Files []string `arg:"" name:"file" help:"JSON, CSV or .xlsx with a header, mbox or mail, the export of a chat, forum, network or help desk; plain, .gz, .zst or .zip; a folder of them; - is standard input."`

	who     `embed:"" group:"Who is who"`
	when    `embed:"" group:"When"`
	reading `embed:"" group:"How to read"`
	despite `embed:"" group:"How to read"`
	numbers `embed:"" group:"How to count"`
	values  `embed:"" group:"The values gap"`
	telling `embed:"" group:"What comes out"`
}

// who says who is who.
type who struct {
	Organisation string        `short:"o" aliases:"organization" placeholder:"WHO" help:"Who the organisation is, where the messages don't say: addresses, domains, accounts, names with commas between, or a file with one a line."`
	Name         []string      `placeholder:"NAME" help:"How people address the organisation: @acme, Acme."`
	Department   []string      `placeholder:"NAME" help:"The departments it has; else those that the log shows."`
	OwnSpace     []string      `placeholder:"CHANNEL" help:"Channels where whoever opens a thread asks the organisation; else all."`
	Answers      presence.Rule `enum:"organisation,anyone" default:"organisation" placeholder:"WHOSE" help:"Whose answers count in attention, constancy, evenness and the index: the organisation's, or anyone's where volunteers are the service."`
	OwnThreads   bool          `help:"What needs an answer in a thread that the organisation opened asks the organisation."`
	Own          []string      `placeholder:"WORD" help:"Its domains and products, to tell advertising from conversation."`
	Leader       []string      `placeholder:"PERSON" help:"Whose first word in a crisis is noted."`
}

// when says which time is measured.
type when struct {
	Until    moment         `placeholder:"DAY" help:"Count up to here: what has no answer by then still waits. Else the last message."`
	Since    moment         `placeholder:"DAY" help:"Measure what was asked from here on."`
	Window   span           `default:"90d" help:"Without --since: measure what was asked in so long a time (90d, 13w, 1y, all)."`
	Every    presence.Every `default:"month" enum:"week,month,quarter,half-year,year" placeholder:"month" help:"Over time, by week, month, quarter, half-year or year."`
	TimeZone zone           `default:"UTC" placeholder:"ZONE" help:"Where days and weeks begin: Europe/Paris."`
}

// reading says how files are to be read.
type reading struct {
	Form    conversation.Form      `enum:"${forms}" default:"" placeholder:"FORM" help:"What the files are; else found out: ${enum}."`
	Column  map[string]string      `mapsep:"," placeholder:"FIELD=NAME" help:"The column or key of a field: author=From."`
	Dates   conversation.DateOrder `enum:",dmy,mdy" default:"" placeholder:"ORDER" help:"What 03/04/2011 means: dmy or mdy; else found out."`
	Side    map[string]string      `mapsep:"," placeholder:"WORD=SIDE" help:"What the files' words for who speaks mean: dispatcher=organisation,rider=community."`
	Charset string                 `placeholder:"NAME" help:"In which letters the files are written, where that can't be seen: windows-1251, iso-8859-2, shift_jis …"`
	Strict  bool                   `help:"Stop at the first problem in the data."`
	Mapping string                 `placeholder:"FILE" help:"Read the files as that says, which entregent inspect --save wrote; what is said beside it stands before it."`
}

// despite measures what can't have been read right.
type despite struct {
	Anyway bool `help:"Measure also where the reading can't be right; that is told first."`
}

// options are those of reading, with what the mapping says. zone is that of
// times that don't say theirs, nil when nobody said.
func (c *reading) options(organisation string, zone *time.Location) (o conversation.ReadOptions, err error) {
	o = conversation.ReadOptions{Form: c.Form, Columns: c.Column, Strict: c.Strict, Location: zone, Dates: c.Dates, Charset: c.Charset}
	if o.Sides, err = open.Sides(c.Side); err != nil {
		return o, err
	}
	if organisation != "" {
		if o.Organisation, err = open.Roster(organisation); err != nil {
			return o, err
		}
	}
	if c.Mapping == "" {
		return o, nil
	}
	m, err := open.ReadMapping(c.Mapping)
	if err == nil {
		err = m.Apply(&o)
	}
	return o, err
}

// fits tells an error of reading files as a mapping says.
func (c *reading) fits(err error) error {
	if err == nil || c.Mapping == "" {
		return err
	}
	return fmt.Errorf("%w; it was read as the mapping %s says: see without it, by entregent inspect", err, c.Mapping)
}

// numbers says how to count.
type numbers struct {
	Seed      uint64             `default:"1" help:"Of the draws behind the intervals."`
	Draws     int                `default:"1000" help:"How many draws."`
	Parameter map[string]float64 `mapsep:"," placeholder:"NAME=VALUE" help:"Change a published parameter, as tau_hours=72; every report prints them."`
}

// values says how the values gap is measured.
type values struct {
	Yardstick string    `short:"y" default:"fosse" placeholder:"NAME|FILE" help:"fosse, schwartz, schwartz10, schwartz4, or a file of your own."`
	Declared  string    `placeholder:"FILE" help:"A text in which the organisation says what it stands for, a paragraph a statement: is it lived?"`
	GapBy     []gap.By  `enum:"department,channel,language" placeholder:"WHAT" help:"The gap also by department, channel or language."`
	GapEvery  gap.Every `enum:",month,quarter,year" default:"" placeholder:"TIME" help:"The gap also over time, by month, quarter or year."`
	NoGap     bool      `help:"Leave the values gap out."`
	NoWhuffie bool      `help:"Leave standing by thanks out."`
	Circle    string    `placeholder:"WHO" help:"Who is known to be real, where the walks of thanks start: names with commas between, or a file with one a line. Else the regulars."`
	Names     bool      `help:"Name people in standing by thanks; else they are bands and pseudonyms."`
}

// telling says what comes out.
type telling struct {
	JSON   bool   `help:"Write the report as JSON."`
	HTML   string `placeholder:"FILE" help:"Also write it as one page that needs nothing else; - for the page alone on standard output."`
	Lang   string `enum:",fr,en" default:"" placeholder:"LANG" help:"fr or en; else the environment's."`
	Quotes string `enum:"none,own,all" default:"all" placeholder:"WHOSE" help:"Whose messages are quoted: none, own (the organisation's) or all."`
	Title  string `placeholder:"TITLE" help:"What the report is called; else named after the files."`
	Quiet  bool   `short:"q" help:"Say nothing but the report and what failed."`
}

// Help is what --help adds.
func (measureCommand) Help() string {
	return `Examples:

    entregent measure forum.jsonl
    entregent measure -o acme.org mail.mbox.gz --html report.html
    entregent measure --column author=From,time=Date tickets.csv
    cat *.jsonl | entregent measure --lang fr --window all --every year -`
}

// Run reads the files, measures and tells.
func (c *measureCommand) Run(s *step) error {
	if c.JSON && c.HTML == "-" {
		return errors.New("--json and --html - both write to standard output: give the page a file")
	}
	options, err := c.options()
	if err != nil {
		return err
	}
	if c.HTML != "" && c.HTML != "-" {
		if err := s.scratch.ready(c.HTML); err != nil {
			return err
		}
	}
	bar := newBar(s.err, c.Quiet)
	defer bar.clear()
	texts, err := open.Keep()
	if err != nil {
		return err
	}
	defer texts.Close()
	log := conversation.NewLog(texts)
	l := language(c.Lang, s.env)
	o, err := c.reading.options(c.Organisation, c.zone())
	if err != nil {
		return err
	}
	if roster := o.Organisation; roster != nil {
		options.Presence.Departments = slices.Compact(slices.Sorted(slices.Values(append(roster.Departments(), c.Department...))))
	}
	if err := c.read(s, log, o, bar, l); err != nil {
		return err
	}
	if options.Presence.Until.IsZero() {
		options.Presence.Until = today(log, time.Now())
	}
	if !c.Anyway {
		if q, ok := entregent.Ask(log, options.Presence.Since, options.Presence.Until); !ok {
			bar.clear()
			q.Title = c.title()
			return c.ask(s, q, l)
		}
	}
	options.Gap.Quotes, _ = gap.ParseQuotes(c.Quotes)
	if err := c.choose(&options, log); err != nil {
		return err
	}
	options.NoWhuffie, options.Whuffie.Names = c.NoWhuffie, c.Names
	if options.Whuffie.Circle, err = people(c.Circle); err != nil {
		return err
	}
	options.Presence.Progress = func(stage string, done float64) { bar.tell(l.Name("step", stage), done) }
	r := entregent.Measure(log, options)
	if err := log.Err(); err != nil {
		return err
	}
	bar.clear()
	switch w := r.Presence.Window; {
	case w.Until.Before(r.Log.First):
		return errors.New("--until is before the first message: nothing had been asked by then")
	case w.From.After(w.Until):
		return errors.New("--since is after the last message: nothing was asked from there on")
	}
	r.Title = c.title()
	redact(&r.Presence, options.Gap.Quotes)
	if !c.Quiet {
		c.hint(s, r, l)
		c.count(s, r.Log.Problems, l)
	}
	return c.tell(s, r, l)
}

// zone is where times are that don't say it; nil leaves it to the mapping.
func (c *when) zone() *time.Location {
	if c.TimeZone.Location == time.UTC {
		return nil
	}
	return c.TimeZone.Location
}

// read reads the files into log.
func (c *measureCommand) read(s *step, log *conversation.Log, read conversation.ReadOptions, bar *bar, l lang.Language) error {
	if slices.Contains(c.Files, "-") && terminal(s.in) && !c.Quiet {
		fmt.Fprintln(s.err, l.Say("step.typing"))
	}
	o := open.Options{Stdin: s.in, ReadOptions: read}
	o.Progress = func(done, total int64) {
		bar.tell(l.Say("step.reading"), float64(done)/float64(total)) // negative: nobody knows how much
	}
	o.Skipped = func(path string, why error) {
		if !c.Quiet {
			bar.clear()
			fmt.Fprintln(s.err, l.Say("step.skipped", path, why.Error()))
		}
	}
	if err := open.Read(s.ctx, log, c.Files, o); err != nil {
		return c.fits(err)
	}
	if first := log.Problems().First(); c.Strict && first != nil {
		return first
	}
	if log.Len() == 0 {
		files := strings.Join(c.Files, ", ")
		if first := log.Problems().First(); first != nil {
			return c.fits(fmt.Errorf("reading %s: no message was found in it; to begin with, %w", files, first))
		}
		return c.fits(fmt.Errorf("reading %s: no message was found in it", files))
	}
	return nil
}

// today is the census for a log that holds messages of the future, which are
// told: the last message that isn't. A zero time lets the log's last message be it.
func today(log *conversation.Log, now time.Time) (last time.Time) {
	limit := now.Add(24 * time.Hour) // clocks and zones differ
	if _, end := log.Span(); end.Before(limit) {
		return time.Time{}
	}
	for i := range log.Len() {
		t := time.UnixMicro(log.At(i).Time)
		if t.Before(limit) {
			if t.After(last) {
				last = t
			}
			continue
		}
		m := log.Message(i)
		log.Tell(conversation.Problem{Kind: conversation.FutureTime, Origin: m.Origin, ID: m.ID,
			Detail: "dated " + t.UTC().Format(time.RFC3339) + ", later than today: not measured unless --until says so"})
	}
	if last.IsZero() {
		return now
	}
	return last
}

// options are what the instruments are told.
func (c *measureCommand) options() (entregent.Options, error) {
	o := presence.Options{
		Until: c.Until.ends(c.TimeZone.Location), Since: c.Since.begins(c.TimeZone.Location), Window: time.Duration(c.Window),
		Every: c.Every, Names: c.Name, Departments: c.Department, OwnSpaces: c.OwnSpace, OwnThreads: c.OwnThreads, Own: c.Own, Leaders: c.Leader,
		Location: c.TimeZone.Location, Seed: c.Seed,
	}
	if c.Answers == presence.ByAnyone {
		o.Answers = presence.ByAnyone
	}
	if !o.Since.IsZero() && !o.Until.IsZero() && !o.Since.Before(o.Until) {
		return entregent.Options{}, errors.New("--since is not before --until: nothing lies between them")
	}
	if c.Draws < 1 {
		return entregent.Options{}, fmt.Errorf("--draws is %d: there must be at least one", c.Draws)
	}
	if err := change(&o.Parameters, c.Parameter); err != nil {
		return entregent.Options{}, err
	}
	if o.Parameters.Draws == 0 {
		o.Parameters.Draws = c.Draws
	}
	return entregent.Options{Presence: o}, nil
}

// choose sets how the gap of a log is measured.
func (c *values) choose(o *entregent.Options, log *conversation.Log) (err error) {
	if o.NoGap = c.NoGap; c.NoGap {
		return nil
	}
	if c.Declared != "" {
		if o.Gap.Declared, err = paragraphs(c.Declared); err != nil {
			return err
		}
	}
	o.Gap.Every, o.Gap.By = c.GapEvery, c.GapBy
	o.Gap.Model, err = yardstick(c.Yardstick, log, nil)
	return err
}

// redact takes out the words of those who may not be quoted: those who wait are
// the community, those who speak in a crisis the organisation.
func redact(r *presence.Report, quotes gap.Quotes) {
	if quotes == gap.QuoteAll {
		return
	}
	for i := range r.Waiting.List {
		r.Waiting.List[i].Quote = ""
	}
	for i := range r.Crises {
		c := &r.Crises[i]
		c.Words = []string{}
		for _, m := range []*presence.Milestone{c.FirstWord, c.Acknowledgement, c.Leader, c.TwoWay} {
			if m != nil && quotes == gap.QuoteNone {
				m.Quote = ""
			}
		}
	}
}

// title is what the report is called: as asked, or after the files.
func (c *measureCommand) title() string {
	if c.Title != "" {
		return c.Title
	}
	var names []string
	for _, file := range c.Files {
		if file != "-" {
			names = append(names, filepath.Base(file))
		}
	}
	if len(names) > 3 {
		names = append(names[:3], "…")
	}
	return strings.Join(names, ", ")
}

// hint tells what is most likely missing when there is nothing to measure.
func (c *measureCommand) hint(s *step, r entregent.Report, l lang.Language) {
	w := r.Presence.Window
	switch {
	case r.Log.UnknownMessages == r.Log.Messages:
		fmt.Fprintln(s.err, l.Say("step.unsaid"))
	case r.Log.OrganisationMessages == 0:
		fmt.Fprintln(s.err, l.Say("step.nobody"))
	case r.Presence.Counts.Appeals == 0 && r.Log.CommunityMessages > 0 && r.Log.First.Before(w.From):
		fmt.Fprintln(s.err, l.Say("step.window", l.Date(w.From), l.Date(w.Until)))
	}
	if r.WhuffieErr != nil {
		fmt.Fprintln(s.err, l.Say("step.no-whuffie", r.WhuffieErr.Error()))
	}
}

// count tells in one line that there were problems.
func (c *telling) count(s *step, problems []entregent.Problem, l lang.Language) {
	n := 0
	for _, p := range problems {
		n += p.Count
	}
	if n > 0 {
		key := "step.problems"
		if c.JSON {
			key = "step.problems-json"
		}
		fmt.Fprintln(s.err, l.Say(key, n, len(problems)))
	}
}

// ask writes what is told instead of a report when the reading can't be right.
func (c *telling) ask(s *step, q entregent.Question, l lang.Language) error {
	var err error
	switch {
	case c.JSON:
		err = report.QuestionJSON(s.out, q)
	case c.HTML == "-":
		err = text.Asked(s.err, q, l, width(s.err), colourful(s.err, s.env))
	default:
		err = text.Asked(s.out, q, l, width(s.out), colourful(s.out, s.env))
	}
	if err != nil {
		return err
	}
	return errors.New(l.Say("reading.failure", len(q.Reading.Blocking())))
}

// tell writes the report as was asked.
func (c *telling) tell(s *step, r entregent.Report, l lang.Language) error {
	write := func(w io.Writer) error { return page.Write(w, r, l) }
	if c.HTML == "-" {
		return write(s.out)
	}
	if c.HTML != "" {
		if err := s.scratch.write(c.HTML, write); err != nil {
			return err
		}
	}
	if c.JSON {
		return report.JSON(s.out, r)
	}
	return text.Write(s.out, r, l, width(s.out), colourful(s.out, s.env))
}
