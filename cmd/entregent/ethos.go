package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/ethos"
	"github.com/entregent/entregent/measure"
)

// valueCommands are the sub-commands about values.
type valueCommands struct {
	Gap   gapCommand   `cmd:"" help:"Measure how far apart the values stand that the two sides express."`
	Score scoreCommand `cmd:"" help:"Add to each message the values that it expresses."`
	Label labelCommand `cmd:"" help:"Say yourself which values messages express, to make the gap surer."`
	Ethos ethosCommand `cmd:"" help:"Rebuild and judge the scorer of values."`
}

// ethosCommand is about the scorer itself.
type ethosCommand struct {
	About ethosAbout `cmd:"" default:"1" help:"Say what the scorer was made from and under which licence (the default)."`
	Train ethosTrain `cmd:"" help:"Rebuild the model file from ValueEval'23's tables."`
	Eval  ethosEval  `cmd:"" help:"Say how well the scorer finds what people found."`
}

// ethosAbout says whose work the built-in model rests on.
type ethosAbout struct{}

// Run prints the model's own notice, and the yardsticks.
func (ethosAbout) Run(s *step) error {
	w := &errWriter{w: s.out}
	for i, name := range []string{"fosse", "schwartz", "schwartz10", "schwartz4"} {
		m, err := ethos.Builtin(name)
		if err != nil {
			return err
		}
		if i == 0 {
			fmt.Fprintln(w, m.Notice)
		}
		fmt.Fprintf(w, "%-11s %s: %s\n", name, m.Yardstick.Name.In("en"), strings.Join(m.Yardstick.Names(), ", "))
	}
	return w.err
}

// ethosTrain rebuilds the model file, byte for byte.
type ethosTrain struct {
	Folder string `arg:"" help:"Where arguments-*.tsv, labels-*.tsv and value-categories.json lie."`
	Output string `short:"o" default:"model.bin" placeholder:"FILE" help:"Where the model goes; - for standard output."`
}

// Run trains and writes.
func (c *ethosTrain) Run(s *step) error {
	examples, err := learned(c.Folder, "training", "validation")
	if err != nil {
		return err
	}
	model, err := ethos.Train(examples)
	if err != nil {
		return err
	}
	if c.Output == "-" {
		_, err = s.out.Write(model)
		return err
	}
	return s.scratch.write(c.Output, func(w io.Writer) error {
		_, err := w.Write(model)
		return err
	})
}

// learned reads splits of ValueEval'23 and, when it is there, its guide.
func learned(folder string, splits ...string) ([]ethos.Example, error) {
	base, err := ethos.Builtin("schwartz")
	if err != nil {
		return nil, err
	}
	names := base.Yardstick.Names()
	var all []ethos.Example
	for _, split := range splits {
		e, err := split2(folder, split, names)
		if err != nil {
			return nil, fmt.Errorf("reading the %s split: %w", split, err)
		}
		all = append(all, e...)
	}
	guide, err := os.Open(filepath.Join(folder, "value-categories.json"))
	if err != nil {
		return nil, err
	}
	defer func() { _ = guide.Close() }()
	e, err := ethos.ReadGuide(guide, names)
	return append(all, e...), err
}

func split2(folder, split string, names []string) ([]ethos.Example, error) {
	arguments, err := os.Open(filepath.Join(folder, "arguments-"+split+".tsv"))
	if err != nil {
		return nil, err
	}
	defer func() { _ = arguments.Close() }()
	labels, err := os.Open(filepath.Join(folder, "labels-"+split+".tsv"))
	if err != nil {
		return nil, err
	}
	defer func() { _ = labels.Close() }()
	return ethos.ReadExamples(arguments, labels, names)
}

// ethosEval judges the scorer.
type ethosEval struct {
	Folder     string `arg:"" help:"Where arguments-*.tsv, labels-*.tsv and value-categories.json lie."`
	Yardstick  string `default:"schwartz" enum:"schwartz,schwartz10,schwartz4" placeholder:"NAME" help:"schwartz, schwartz10 or schwartz4."`
	Split      string `placeholder:"NAME" help:"Judge the built-in model on this split, which it has not learned from (test). Else cross-validate on training and validation, by topic."`
	French     string `placeholder:"FILE" help:"Judge the French scorer on these French versions of arguments (Argument ID, Premise)."`
	Dictionary string `placeholder:"FILE" help:"Compare with a dictionary of words: JSON, value name to list of words."`
}

// Run evaluates and prints the table.
func (c *ethosEval) Run(s *step) error {
	splits := []string{"training", "validation"}
	if c.Split != "" {
		splits = []string{c.Split}
	}
	examples, err := learned(c.Folder, splits...)
	if err != nil {
		return err
	}
	e, err := c.evaluate(examples)
	if err != nil {
		return err
	}
	c.print(s.out, e)
	if c.Dictionary == "" {
		return nil
	}
	f, err := os.Open(c.Dictionary)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	d, err := ethos.EvaluateDictionary(f, examples, c.Yardstick)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.out, "\ndictionary %s: official F1 %s, mean F1 %s, AUC %s\n", c.Dictionary, short(d.Official), short(d.MeanF1), short(d.MeanAUC))
	return err
}

func (c *ethosEval) evaluate(examples []ethos.Example) (*ethos.Evaluation, error) {
	switch {
	case c.Split != "":
		m, err := ethos.Builtin(c.Yardstick)
		if err != nil {
			return nil, err
		}
		var tested []ethos.Example
		for _, e := range examples {
			if !e.Guide {
				tested = append(tested, e)
			}
		}
		return ethos.EvaluateModel(m, tested, "en"), nil
	case c.French != "":
		f, err := os.Open(c.French)
		if err != nil {
			return nil, err
		}
		defer func() { _ = f.Close() }()
		parallel, err := ethos.ReadParallel(f)
		if err != nil {
			return nil, err
		}
		return ethos.EvaluateFrench(examples, c.Yardstick, parallel)
	}
	return ethos.Evaluate(examples, c.Yardstick, "en")
}

func (c *ethosEval) print(out io.Writer, e *ethos.Evaluation) {
	fmt.Fprintf(out, "%s: %d texts on %d topics\n", e.Yardstick, e.Texts, e.Topics)
	fmt.Fprintf(out, "official F1 %s (precision %.3f, recall %.3f), mean F1 %s, AUC %s; 95 %% intervals by drawing topics anew\n\n",
		short(e.Official), e.Precision, e.Recall, short(e.MeanF1), short(e.MeanAUC))
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "value\tshare\tprecision\trecall\tF1\tAUC")
	for _, v := range e.Values {
		fmt.Fprintf(w, "%s\t%.3f\t%.3f\t%.3f\t%s\t%s\n", v.Name, v.Share, v.Precision, v.Recall, short(v.F1), short(v.AUC))
	}
	_ = w.Flush()
	var weak []string
	for _, v := range e.Weakest(3) {
		weak = append(weak, v.Name)
	}
	fmt.Fprintf(out, "\nweakest: %s\nconfusions:\n", strings.Join(weak, ", "))
	for _, x := range e.Confusions {
		fmt.Fprintf(out, "  %4d texts: %s missed, %s said\n", x.Texts, x.Missed, x.Said)
	}
}

func short(e measure.Estimate) string { return fmt.Sprintf("%.3f [%.3f, %.3f]", e.Center, e.Lo, e.Hi) }

// yardstick opens a built-in model, or makes one from a yardstick file and, when
// there is one, the log that it is to measure and labels.
func yardstick(name string, log *conversation.Log, labels []labelled) (*ethos.Model, error) {
	file, err := os.ReadFile(name)
	if err != nil {
		m, unknown := ethos.Builtin(name)
		if unknown != nil && strings.ContainsAny(name, "./\\") {
			return nil, fmt.Errorf("reading a yardstick: %w", err)
		}
		return m, unknown
	}
	y, err := ethos.ReadYardstick(file)
	if wrong := new(ethos.LineError); errors.As(err, &wrong) {
		return nil, fmt.Errorf("reading %s:%d: %w", name, wrong.Line, wrong.Err)
	}
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	if log == nil {
		base, err := ethos.Builtin("schwartz")
		if err != nil {
			return nil, err
		}
		return ethos.Seeded(y, base, nil), nil
	}
	var texts []ethos.Text
	for i := range log.Len() {
		texts = append(texts, ethos.Text{Text: log.Text(i), Lang: log.Language(log.At(i).Lang)})
	}
	return ethos.Learn(y, texts, lessons(labels, y, log))
}

// lessons turns labels of messages into those of texts, by number.
func lessons(labels []labelled, y *ethos.Yardstick, log *conversation.Log) []ethos.Label {
	var out []ethos.Label
	for _, l := range labels {
		i, ok := log.Find(l.Message)
		if !ok || l.Yardstick != y.ID {
			continue
		}
		for v := range y.Values {
			out = append(out, ethos.Label{Text: i, Value: v, Yes: l.has(y.Values[v].ID)})
		}
	}
	return out
}
