package ethos

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/bits"
	"slices"
	"strings"
)

// Model is what a yardstick's scorer has learned: for each language a table of
// feature weights, and for each value how the sums become a probability. It is
// never changed; any number of [Scorer]s may read it at once.
type Model struct {
	Yardstick *Yardstick
	Notice    string // what it was made from and under which licence it stands
	Labelled  bool   // people's labels stand behind the probabilities
	tongues   map[string]*tongue
	spread    map[string]Spread
}

// Spread says how far the probabilities of texts in a language stray from
// people's labels. Without labels it is that of the yardstick schwartz.
func (m *Model) Spread(lang string) Spread {
	if lang != "fr" {
		lang = "en"
	}
	return m.spread[lang]
}

// tongue gives the model in a language; others than French are read as English.
func (m *Model) tongue(lang string) *tongue {
	if lang == "fr" {
		return m.tongues["fr"]
	}
	return m.tongues["en"]
}

// languages that models know.
var languages = []string{"en", "fr"}

// tongue is a model in one language.
type tongue struct {
	index index
	width int    // columns of the table
	rows  []int8 // weights of feature row r: rows[r*width:(r+1)*width]
	bias  []float64
	scale []float64 // of each column: weight = int8 × scale
	heads []head    // one for each value
	seeds *finder   // for yardsticks with seeds instead of labels
}

// head turns column sums into a value's log-odds: bias + Σ slope × sum, and the
// seeds' share.
type head struct {
	Columns   []int     `json:"columns"`
	Slopes    []float64 `json:"slopes"`
	Bias      float64   `json:"bias"`
	Seed      float64   `json:"seed,omitempty"` // added for a seed found
	Threshold float64   `json:"threshold"`
}

// index finds a bucket's row: a bit for each bucket that has one, and how many
// there are before each word of bits.
type index struct {
	bits  []uint64
	ranks []uint32
}

func newIndex(used []uint32) index {
	x := index{bits: make([]uint64, buckets/64), ranks: make([]uint32, buckets/64)}
	for _, b := range used {
		x.bits[b>>6] |= 1 << (b & 63)
	}
	x.rank()
	return x
}

func (x *index) rank() (rows int) {
	for i, b := range x.bits {
		x.ranks[i] = uint32(rows)
		rows += bits.OnesCount64(b)
	}
	return rows
}

// row gives the number of a bucket's row, or -1.
func (x *index) row(b uint32) int {
	word, bit := x.bits[b>>6], uint64(1)<<(b&63)
	if word&bit == 0 {
		return -1
	}
	return int(x.ranks[b>>6]) + bits.OnesCount64(word&(bit-1))
}

// newTongue packs learned weights (columns of weighers over the features of m)
// into a table of bytes.
func newTongue(m *matrix, columns [][]weigher, bias []float64) *tongue {
	t := &tongue{index: newIndex(m.bucket), width: len(columns), bias: bias, scale: make([]float64, len(columns))}
	t.rows = make([]int8, len(m.bucket)*t.width)
	for c, weights := range columns {
		size := make([]float64, len(weights))
		for f, w := range weights {
			size[f] = math.Abs(float64(w.weight))
		}
		slices.Sort(size)
		// The few largest are cut: they would make all others coarse.
		top := size[len(size)-1-len(size)/clipped]
		t.scale[c] = max(top, 1e-12) / math.MaxInt8
		for f, w := range weights {
			q := math.Round(float64(w.weight) / t.scale[c])
			t.rows[f*t.width+c] = int8(max(-math.MaxInt8, min(math.MaxInt8, q)))
		}
	}
	return t
}

// joined sets two tables side by side: u's columns behind t's, the rows of both.
func (t *tongue) joined(u *tongue) *tongue {
	j := &tongue{index: index{bits: slices.Clone(t.index.bits), ranks: make([]uint32, buckets/64)}, width: t.width + u.width,
		bias: slices.Concat(t.bias, u.bias), scale: slices.Concat(t.scale, u.scale)}
	for i, b := range u.index.bits {
		j.index.bits[i] |= b
	}
	j.rows = make([]int8, j.index.rank()*j.width)
	at := 0
	for i, word := range j.index.bits {
		for ; word != 0; word &= word - 1 {
			b := uint32(i<<6 + bits.TrailingZeros64(word))
			if r := t.index.row(b); r >= 0 {
				copy(j.rows[at:], t.rows[r*t.width:(r+1)*t.width])
			}
			if r := u.index.row(b); r >= 0 {
				copy(j.rows[at+t.width:], u.rows[r*u.width:(r+1)*u.width])
			}
			at += j.width
		}
	}
	return j
}

// clipped: one weight in so many is cut to the size of the next.
const clipped = 5000

// file is the part of a model file that people can read.
type file struct {
	Format  string      `json:"format"`
	Width   int         `json:"width"`
	Tongues []string    `json:"tongues"`
	Rows    []int       `json:"rows"`
	Bias    [][]float64 `json:"bias"`
	Scale   [][]float64 `json:"scale"`
}

// view is how one yardstick reads a table: its heads in each language, and how
// widely its probabilities stray.
type view struct {
	Yardstick string            `json:"yardstick"`
	Heads     map[string][]head `json:"heads"`
	Spread    map[string]Spread `json:"spread"`
	Labelled  bool              `json:"labelled"`
}

const format = "entregent-ethos 1"

// write makes a model file: the notice as comment lines, a line of JSON for the
// tables, a line for each view, an empty line, then the tables.
func write(notice string, tongues map[string]*tongue, views []view) []byte {
	var out bytes.Buffer
	for line := range strings.Lines(notice) {
		out.WriteString("# " + strings.TrimRight(line, "\n") + "\n")
	}
	head := file{Format: format}
	for _, lang := range languages {
		t := tongues[lang]
		head.Tongues = append(head.Tongues, lang)
		head.Width = t.width
		head.Rows = append(head.Rows, len(t.rows)/max(t.width, 1))
		head.Bias = append(head.Bias, t.bias)
		head.Scale = append(head.Scale, t.scale)
	}
	encoder := json.NewEncoder(&out)
	_ = encoder.Encode(head) // a Buffer takes everything
	for _, v := range views {
		_ = encoder.Encode(v)
	}
	out.WriteByte('\n')
	for _, lang := range languages {
		t := tongues[lang]
		for _, b := range t.index.bits {
			out.Write(binary.LittleEndian.AppendUint64(nil, b))
		}
		for _, w := range t.rows {
			out.WriteByte(byte(w))
		}
	}
	return out.Bytes()
}

// read opens a model file: its tables and its views.
func read(b []byte) (notice string, tongues map[string]*tongue, views []view, err error) {
	var head file
	for line := 1; ; line++ {
		end := bytes.IndexByte(b, '\n')
		if end < 0 {
			return "", nil, nil, errors.New("reading a model: no end of its head")
		}
		text := b[:end]
		b = b[end+1:]
		if len(text) == 0 {
			break
		}
		switch {
		case text[0] == '#':
			notice += strings.TrimPrefix(string(text[1:]), " ") + "\n"
		case head.Format == "":
			err = json.Unmarshal(text, &head)
		default:
			var v view
			err = json.Unmarshal(text, &v)
			views = append(views, v)
		}
		if err != nil {
			return "", nil, nil, fmt.Errorf("reading a model: line %d: %w", line, err)
		}
	}
	if head.Format != format || len(head.Rows) != len(head.Tongues) {
		return "", nil, nil, fmt.Errorf("reading a model: its format is %q, not %q", head.Format, format)
	}
	tongues = map[string]*tongue{}
	for i, lang := range head.Tongues {
		t := &tongue{width: head.Width, bias: head.Bias[i], scale: head.Scale[i]}
		t.index = index{bits: make([]uint64, buckets/64), ranks: make([]uint32, buckets/64)}
		rest := buckets/8 + head.Rows[i]*head.Width
		if len(b) < rest {
			return "", nil, nil, errors.New("reading a model: it ends in the middle")
		}
		for k := range t.index.bits {
			t.index.bits[k] = binary.LittleEndian.Uint64(b[8*k:])
		}
		if t.index.rank() != head.Rows[i] {
			return "", nil, nil, errors.New("reading a model: its index and its rows differ")
		}
		t.rows = make([]int8, head.Rows[i]*head.Width)
		for k := range t.rows {
			t.rows[k] = int8(b[buckets/8+k])
		}
		b = b[rest:]
		tongues[lang] = t
	}
	return notice, tongues, views, nil
}
