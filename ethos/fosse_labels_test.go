package ethos

import (
	"archive/tar"
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/klauspost/compress/zstd"
)

// fosseLabel is a line of testdata/fosse/labels.jsonl; its README tells each field.
type fosseLabel struct {
	Source  string       `json:"source"`
	ID      string       `json:"id"`
	Group   string       `json:"group"`
	Stratum string       `json:"stratum"`
	Side    string       `json:"side"`
	Lang    string       `json:"lang"`
	Words   int          `json:"words"`
	SHA256  string       `json:"sha256"`
	Values  []fosseValue `json:"values"`
}

// fosseValue is one value that a labelled message expresses.
type fosseValue struct {
	Value string `json:"value"`
	Level int    `json:"level"`
	State string `json:"state"`
	Sure  bool   `json:"sure"`
	Start int    `json:"start"` // bytes in the text
	End   int    `json:"end"`
}

func (l fosseLabel) key() string { return l.Source + " " + l.ID }

func (l fosseLabel) says(value string) bool {
	return slices.ContainsFunc(l.Values, func(v fosseValue) bool { return v.Value == value })
}

func fosseLabels(t *testing.T, name string) []fosseLabel {
	t.Helper()
	var all []fosseLabel
	for line := range eachLine(t, open2(t, filepath.Join("testdata", "fosse", name))) {
		d := json.NewDecoder(bytes.NewReader(line))
		d.DisallowUnknownFields()
		var l fosseLabel
		if err := d.Decode(&l); err != nil {
			t.Fatalf("%s, line %d: %v", name, len(all)+1, err)
		}
		all = append(all, l)
	}
	return all
}

// eachLine yields the lines of r that are not empty, of any length.
func eachLine(t *testing.T, r io.Reader) func(func([]byte) bool) {
	return func(yield func([]byte) bool) {
		b := bufio.NewReader(r)
		for {
			line, err := b.ReadBytes('\n')
			if len(bytes.TrimSpace(line)) > 0 && !yield(line) || err == io.EOF {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestFosseLabelsForm: ids are unique, values are the yardstick's, each said
// once a message with a level, a state and a span; half the texts are French.
func TestFosseLabelsForm(t *testing.T) {
	labels := fosseLabels(t, "labels.jsonl")
	seen, langs := map[string]bool{}, map[string]int{}
	values := builtinYardstick("fosse").Values
	for _, l := range labels {
		if seen[l.key()] {
			t.Errorf("%s is labelled twice", l.key())
		}
		seen[l.key()] = true
		langs[l.Lang]++
		if err := l.check(values); err != nil {
			t.Errorf("%s: %v", l.key(), err)
		}
	}
	if langs["fr"] != 200 || langs["en"] != 200 || len(labels) != 400 {
		t.Errorf("%d messages: %v, want 200 fr and 200 en", len(labels), langs)
	}
	again := map[string]bool{}
	for _, l := range fosseLabels(t, "again.jsonl") {
		if !seen[l.key()] || again[l.key()] {
			t.Errorf("again.jsonl: %s is not among the labels or is there twice", l.key())
		}
		again[l.key()] = true
		if err := l.check(values); err != nil {
			t.Errorf("again.jsonl: %s: %v", l.key(), err)
		}
	}
}

func (l fosseLabel) check(values []Value) error {
	if l.Source == "" || l.ID == "" || l.Group == "" || l.Stratum == "" || l.Words < 15 || l.Words > 120 {
		return fmt.Errorf("source, id, group or stratum is empty or %d words are not 15 to 120", l.Words)
	}
	if sum, err := hex.DecodeString(l.SHA256); err != nil || len(sum) != sha256.Size {
		return fmt.Errorf("%q is no SHA-256", l.SHA256)
	}
	if l.Side != "organisation" && l.Side != "community" {
		return fmt.Errorf("side %q", l.Side)
	}
	last := -1
	for _, v := range l.Values {
		at := slices.IndexFunc(values, func(y Value) bool { return y.ID == v.Value })
		if at <= last {
			return fmt.Errorf("%q is no value of fosse, or twice or out of the yardstick's order", v.Value)
		}
		last = at
		if v.Level != 1 && v.Level != 2 || v.Start < 0 || v.End <= v.Start {
			return fmt.Errorf("%s: level %d, span %d to %d", v.Value, v.Level, v.Start, v.End)
		}
		if !slices.Contains([]string{"attained", "wanted", "absent", "refused"}, v.State) {
			return fmt.Errorf("%s: state %q", v.Value, v.State)
		}
	}
	return nil
}

// TestFosseLabelsCounts: the README's tables are those of the files.
func TestFosseLabelsCounts(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join("testdata", "fosse", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	labels, again := fosseLabels(t, "labels.jsonl"), fosseLabels(t, "again.jsonl")
	for _, v := range builtinYardstick("fosse").Values {
		for _, row := range []string{countRow(labels, v.ID), againRow(labels, again, v.ID)} {
			if !bytes.Contains(readme, []byte("\n"+row+"\n")) {
				t.Errorf("the README lacks the row %s", row)
			}
		}
	}
	texts, said, unsure, silent := map[string]int{}, map[string]int{}, 0, 0
	for _, l := range labels {
		texts[l.Stratum]++
		said[l.Stratum] += len(l.Values)
		said[""] += len(l.Values)
		if len(l.Values) == 0 {
			silent++
		}
		for _, v := range l.Values {
			unsure += count(!v.Sure)
		}
	}
	want := []string{
		fmt.Sprintf("\n%d values said in %d messages (%.2f a message); %d messages express none", said[""], len(labels)-silent, float64(said[""])/float64(len(labels)), silent),
		fmt.Sprintf("\n%d of the %d are marked unsure", unsure, said[""]),
	}
	for stratum, n := range texts {
		want = append(want, tableRow(stratum, n, said[stratum]))
	}
	for _, w := range want {
		if !bytes.Contains(readme, []byte(w)) {
			t.Errorf("the README lacks %q", w)
		}
	}
}

func count(is bool) int {
	if is {
		return 1
	}
	return 0
}

func tableRow(name string, cells ...int) string {
	row := "| " + name + " |"
	for _, c := range cells {
		row += " " + strconv.Itoa(c) + " |"
	}
	return row
}

// countRow gives said, fr, en, central, wanted, absent, refused, unsure.
func countRow(labels []fosseLabel, value string) string {
	n := make([]int, 8)
	for _, l := range labels {
		for _, v := range l.Values {
			if v.Value != value {
				continue
			}
			for i, is := range []bool{true, l.Lang == "fr", l.Lang == "en", v.Level == 2, v.State == "wanted", v.State == "absent", v.State == "refused", !v.Sure} {
				n[i] += count(is)
			}
		}
	}
	return tableRow(value, n...)
}

// againRow gives in how many messages the value was found both times, only the
// first, only the second, neither.
func againRow(labels, again []fosseLabel, value string) string {
	first := map[string]bool{}
	for _, l := range labels {
		first[l.key()] = l.says(value)
	}
	n := make([]int, 4)
	for _, l := range again {
		a, b := first[l.key()], l.says(value)
		for i, is := range []bool{a && b, a && !b, !a && b, !a && !b} {
			n[i] += count(is)
		}
	}
	return tableRow(value, n...)
}

// TestFosseLabelsTexts: each text is where its label says, has its hash and its
// number of words, and every span falls on whole characters of it.
func TestFosseLabelsTexts(t *testing.T) {
	texts := map[string]map[string]string{}
	data := filepath.Dir(shared(t))
	for _, l := range append(fosseLabels(t, "labels.jsonl"), fosseLabels(t, "again.jsonl")...) {
		if texts[l.Source] == nil {
			texts[l.Source] = sourceTexts(t, data, l.Source)
		}
		text, ok := texts[l.Source][l.ID]
		if !ok {
			t.Errorf("%s: no such text", l.key())
			continue
		}
		if sum := sha256.Sum256([]byte(text)); hex.EncodeToString(sum[:]) != l.SHA256 {
			t.Errorf("%s: the text is another than the one that was labelled", l.key())
			continue
		}
		if n := len(strings.Fields(text)); n != l.Words {
			t.Errorf("%s: %d words, the label says %d", l.key(), n, l.Words)
		}
		for _, v := range l.Values {
			if v.End > len(text) || !utf8.ValidString(text[v.Start:v.End]) {
				t.Errorf("%s: %s: bytes %d to %d are no words of the text", l.key(), v.Value, v.Start, v.End)
			}
		}
	}
}

// sourceTexts gives the texts of a source by the ids that the labels use.
func sourceTexts(t *testing.T, data, source string) map[string]string {
	t.Helper()
	var r io.Reader = open2(t, filepath.Join(data, filepath.FromSlash(source)))
	if strings.HasSuffix(source, ".zst") {
		z, err := zstd.NewReader(r)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(z.Close)
		r = z
	}
	texts := map[string]string{}
	switch {
	case strings.Contains(source, ".tar"):
		callTexts(t, r, texts)
	case strings.HasSuffix(source, ".csv"):
		reviewTexts(t, r, texts)
	case strings.HasSuffix(source, ".md"):
		all, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		pieces(texts, "#", string(all), "\n\n")
	default:
		for line := range eachLine(t, r) {
			var m struct{ ID, Text string }
			if err := json.Unmarshal(line, &m); err != nil {
				t.Fatalf("%s: %v", source, err)
			}
			texts[m.ID] = m.Text
			if strings.HasPrefix(source, "voice/") {
				pieces(texts, m.ID+"#", m.Text, "\n\n")
			}
		}
	}
	return texts
}

// pieces adds the text cut at each mark, under prefix and the piece's number.
func pieces(texts map[string]string, prefix, text, cut string) {
	for k, p := range strings.Split(text, cut) {
		texts[prefix+strconv.Itoa(k)] = strings.Trim(p, " \t\r\n")
	}
}

func reviewTexts(t *testing.T, r io.Reader, texts map[string]string) {
	t.Helper()
	rows, err := csv.NewReader(r).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	id, text := slices.Index(rows[0], "ID"), slices.Index(rows[0], "Commetaire")
	for _, row := range rows[1:] {
		texts[row[id]] = row[text]
	}
}

func callTexts(t *testing.T, r io.Reader, texts map[string]string) {
	t.Helper()
	for archive := tar.NewReader(r); ; {
		h, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if h.Typeflag != tar.TypeReg {
			continue
		}
		type turn struct{ Speech string }
		var call struct {
			Prepared []turn `json:"prepared_remarks"`
			Answers  []turn `json:"q_and_a"`
		}
		if err := json.NewDecoder(archive).Decode(&call); err != nil {
			t.Fatalf("%s: %v", h.Name, err)
		}
		for part, turns := range map[string][]turn{"prepared_remarks": call.Prepared, "q_and_a": call.Answers} {
			for i, s := range turns {
				pieces(texts, fmt.Sprintf("%s#%s/%d/", path.Base(h.Name), part, i), s.Speech, "\n")
			}
		}
	}
}
