package main

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/ethos"
	"github.com/entregent/entregent/gap"
	"github.com/entregent/entregent/measure/stat"
)

// labelCommand asks a person which values messages express.
type labelCommand struct {
	gapReading `embed:""`
	Yardstick  string `short:"y" default:"fosse" placeholder:"NAME|FILE" help:"fosse, schwartz, schwartz10, schwartz4, or a file of your own."`
	Labels     string `default:"labels.jsonl" placeholder:"FILE" help:"Where labels are kept; what is there is gone on with."`
	Who        string `required:"" placeholder:"NAME" help:"Whose labels these are."`
	Count      int    `default:"50" help:"How many messages to ask about."`
	Unsure     bool   `help:"Ask about the messages the scorer is least sure of, to teach it; else about messages drawn at random, to correct the gap."`
	Seed       uint64 `default:"1" help:"Of the draw."`
}

// gapReading is how files are read for labelling.
type gapReading struct {
	Files        []string `arg:"" name:"file" help:"The conversation, as for measure."`
	Organisation string   `short:"o" aliases:"organization" placeholder:"WHO" help:"Who the organisation is, where the messages don't say."`
}

// labelled is a line of the file of labels.
type labelled struct {
	Message   conversation.MessageID `json:"message"`
	Yardstick string                 `json:"yardstick"`
	Values    []string               `json:"values"` // ids
	Who       string                 `json:"who"`
	When      time.Time              `json:"when"`
	Method    string                 `json:"method"` // version of the gap's method
	Drawn     string                 `json:"drawn"`  // "random" or "unsure"
}

func (l *labelled) has(id string) bool { return slices.Contains(l.Values, id) }

// readLabels reads files of labels; one that isn't there has none.
func readLabels(files []string) ([]labelled, error) {
	var all []labelled
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("reading labels: %w", err)
		}
		line := 0
		for text := range bytes.Lines(b) {
			line++
			if len(bytes.TrimSpace(text)) == 0 {
				continue
			}
			var l labelled
			if err := json.Unmarshal(text, &l); err != nil {
				return nil, fmt.Errorf("reading labels: %s:%d: %w", name, line, err)
			}
			all = append(all, l)
		}
	}
	return all, nil
}

// random gives the labels that may correct a gap: those of messages drawn at
// random. Of two people's on one message, the first stands.
func random(labels []labelled, yardstick string) []gap.Label {
	var out []gap.Label
	seen := map[conversation.MessageID]bool{}
	for _, l := range labels {
		if l.Yardstick == yardstick && l.Drawn == "random" && !seen[l.Message] {
			seen[l.Message] = true
			out = append(out, gap.Label{Message: l.Message, Values: l.Values})
		}
	}
	return out
}

// Run asks, message after message, and keeps each answer at once.
func (c *labelCommand) Run(s *step) error {
	if c.Count < 1 {
		return fmt.Errorf("--count is %d: ask about 1 message at least", c.Count)
	}
	log, done, err := (&gapCommand{Organisation: c.Organisation}).read(s, c.Files)
	if err != nil {
		return err
	}
	defer done()
	var known []labelled
	if _, err := os.Stat(c.Labels); err == nil {
		if known, err = readLabels([]string{c.Labels}); err != nil {
			return err
		}
	}
	model, err := yardstick(c.Yardstick, log, known)
	if err != nil {
		return err
	}
	file, err := os.OpenFile(c.Labels, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("keeping labels: %w", err)
	}
	defer func() { _ = file.Close() }()
	given, err := c.ask(s, log, model, c.choose(log, model, known), file)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "%s kept in %s\n", plural(len(given), "label"), c.Labels)
	for _, line := range agreement(append(known, given...), model.Yardstick) {
		fmt.Fprintln(s.out, line)
	}
	return nil
}

// choose gives the messages to ask about: as many of each side, none that this
// person has labelled; at random those that others have come first, so that two
// people's labels can be compared.
func (c *labelCommand) choose(log *conversation.Log, model *ethos.Model, known []labelled) []int {
	own, others := map[conversation.MessageID]bool{}, map[conversation.MessageID]bool{}
	for _, l := range known {
		if l.Who == c.Who {
			own[l.Message] = true
		} else if l.Yardstick == model.Yardstick.ID {
			others[l.Message] = true
		}
	}
	scorer := model.Scorer()
	var sides [2][]int
	rank := map[int]float64{}
	for n, i := range stat.Stream(c.Seed, 0).Perm(log.Len()) {
		e := log.At(i)
		if e.Side == conversation.Unknown || e.Bot || e.Private || e.Deleted != 0 || own[log.ID(i)] {
			continue
		}
		rank[i] = float64(n)
		if c.Unsure {
			scorer.Read(log.Text(i), log.Language(e.Lang))
			rank[i] = 0
			for _, p := range scorer.Probabilities(nil) {
				rank[i] -= p * (1 - p)
			}
		} else if others[log.ID(i)] {
			rank[i] -= float64(log.Len())
		}
		side := 0
		if e.Side == conversation.Community {
			side = 1
		}
		sides[side] = append(sides[side], i)
	}
	var list []int
	for w := range sides {
		slices.SortStableFunc(sides[w], func(a, b int) int { return cmp.Compare(rank[a], rank[b]) })
	}
	for n := 0; len(list) < c.Count && (n < len(sides[0]) || n < len(sides[1])); n++ {
		for w := range sides {
			if n < len(sides[w]) && len(list) < c.Count {
				list = append(list, sides[w][n])
			}
		}
	}
	return list
}

// ask shows each message and reads the numbers of its values.
func (c *labelCommand) ask(s *step, log *conversation.Log, model *ethos.Model, list []int, keep io.Writer) ([]labelled, error) {
	drawn := "random"
	if c.Unsure {
		drawn = "unsure"
	}
	in := bufio.NewScanner(s.in)
	var given []labelled
	for v, value := range model.Yardstick.Values {
		fmt.Fprintf(s.out, "%2d  %s: %s\n", v+1, value.Name.In("en"), value.Definition.In("en"))
	}
	fmt.Fprintln(s.out, "For each message, the numbers of the values that it expresses; an empty line for none, s to skip, q to stop.")
	for n, i := range list {
		fmt.Fprintf(s.out, "\n%d of %d\n%s\n> ", n+1, len(list), strings.TrimSpace(log.Text(i)))
		values, stop, skip := c.answer(s, in, model.Yardstick)
		if stop {
			break
		}
		if skip {
			continue
		}
		l := labelled{Message: log.ID(i), Yardstick: model.Yardstick.ID, Values: values, Who: c.Who, When: time.Now().UTC().Truncate(time.Second), Method: gap.Method, Drawn: drawn}
		b, err := json.Marshal(l)
		if err != nil {
			return given, err
		}
		if _, err := keep.Write(append(b, '\n')); err != nil {
			return given, fmt.Errorf("keeping labels: %w", err)
		}
		given = append(given, l)
	}
	return given, in.Err()
}

// answer reads a line until it can be understood.
func (c *labelCommand) answer(s *step, in *bufio.Scanner, y *ethos.Yardstick) (values []string, stop, skip bool) {
	for in.Scan() {
		switch line := strings.TrimSpace(in.Text()); line {
		case "q":
			return nil, true, false
		case "s":
			return nil, false, true
		default:
			values, err := numbered(line, y)
			if err == nil {
				return values, false, false
			}
			fmt.Fprintf(s.out, "%v\n> ", err)
		}
	}
	return nil, true, false
}

func numbered(line string, y *ethos.Yardstick) ([]string, error) {
	values := []string{}
	for _, word := range strings.FieldsFunc(line, func(r rune) bool { return r == ' ' || r == ',' }) {
		n, err := strconv.Atoi(word)
		if err != nil || n < 1 || n > len(y.Values) {
			return nil, errors.New(word + " is no number from 1 to " + strconv.Itoa(len(y.Values)))
		}
		values = append(values, y.Values[n-1].ID)
	}
	return values, nil
}

// agreement says how far each two people agree on the messages that both have
// labelled: Cohen's kappa over all pairs of message and value.
func agreement(labels []labelled, y *ethos.Yardstick) []string {
	by := map[string]map[conversation.MessageID]labelled{}
	for _, l := range labels {
		if l.Yardstick != y.ID {
			continue
		}
		if by[l.Who] == nil {
			by[l.Who] = map[conversation.MessageID]labelled{}
		}
		by[l.Who][l.Message] = l
	}
	var people, lines []string
	for who := range by {
		people = append(people, who)
	}
	slices.Sort(people)
	for i, a := range people {
		for _, b := range people[i+1:] {
			both, same, ya, yb, n := 0, 0.0, 0.0, 0.0, 0.0
			for id, x := range by[a] {
				z, ok := by[b][id]
				if !ok {
					continue
				}
				both++
				for _, v := range y.Values {
					n++
					p, q := x.has(v.ID), z.has(v.ID)
					if p == q {
						same++
					}
					if p {
						ya++
					}
					if q {
						yb++
					}
				}
			}
			if both == 0 {
				continue
			}
			chance := (ya*yb + (n-ya)*(n-yb)) / (n * n)
			kappa := "?"
			if chance < 1 {
				kappa = fmt.Sprintf("%.2f", (same/n-chance)/(1-chance))
			}
			lines = append(lines, fmt.Sprintf("%s and %s on %d messages: they agree in %.0f %% of the cases, kappa %s", a, b, both, 100*same/n, kappa))
		}
	}
	return lines
}
