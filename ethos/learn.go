package ethos

import (
	"math"
	"runtime"
	"slices"
	"sync"
)

// matrix holds texts as lists of features: text i has the features
// feature[from[i]:from[i+1]], renumbered 0, 1, 2, …, in order, each as often as it
// occurs. inverse is one over the norm of a text.
type matrix struct {
	from    []int32
	feature []int32
	bucket  []uint32 // of each feature
	inverse []float64
}

// gather reads texts into a matrix. Features that fewer than least of the first
// learned texts have are left out. A text is divided by the norm of its number
// of features.
func gather(texts []string, learned, least int) *matrix {
	var r reader
	var all []uint32
	m := &matrix{from: make([]int32, 1, len(texts)+1), inverse: make([]float64, len(texts))}
	number := make([]int32, buckets)
	for t, text := range texts {
		all = r.features(all[:0], text)
		slices.Sort(all)
		for i, b := range all {
			m.feature = append(m.feature, int32(b))
			if t < learned && (i == 0 || all[i-1] != b) {
				number[b]++
			}
		}
		m.from = append(m.from, int32(len(m.feature)))
	}
	for b, n := range number {
		number[b] = -1
		if int(n) >= least {
			number[b] = int32(len(m.bucket))
			m.bucket = append(m.bucket, uint32(b))
		}
	}
	m.renumber(number)
	return m
}

func (m *matrix) renumber(number []int32) {
	kept := int32(0)
	for i := range len(m.from) - 1 {
		from, to := m.from[i], m.from[i+1]
		m.from[i] = kept
		for _, b := range m.feature[from:to] {
			if n := number[b]; n >= 0 {
				m.feature[kept] = n
				kept++
			}
		}
		if kept > m.from[i] {
			m.inverse[i] = 1 / norm(int(kept-m.from[i]))
		}
	}
	m.from[len(m.from)-1] = kept
	m.feature = m.feature[:kept]
}

// passage is the number of features (about forty words) up to which a text's
// sum is divided by the square root of its length: the more it says, the surer.
// Beyond, it is divided by the length itself, so that a long text's score is
// that of its average passage and not the higher the longer it is.
const passage = 480

func norm(features int) float64 {
	if features <= passage {
		return math.Sqrt(float64(features))
	}
	return float64(features) / math.Sqrt(passage)
}

// learning is how a scorer learns. The strengths were chosen by grouped
// cross-validation on ValueEval'23's training and validation arguments.
type learning struct {
	cost      float64 // of a training error
	guideCost float64 // times cost, for a description of a value
	smooth    float64 // added to every count of the log-count ratios
	rounds    int
}

var taught = learning{cost: .2, guideCost: 1, smooth: .5, rounds: 6}

// weigher is a feature's weight while it is learned, beside the square of its
// log-count ratio, for they are used together.
type weigher struct{ weight, ratio2 float32 }

// lot is some texts of a matrix, to be learned from again and again, and how
// many of them have each feature.
type lot struct {
	*matrix
	texts []int32
	have  []int32
}

func (m *matrix) lot(texts []int32) *lot {
	l := &lot{matrix: m, texts: texts, have: make([]int32, len(m.bucket))}
	for _, i := range texts {
		m.distinct(i, func(f int32) { l.have[f]++ })
	}
	return l
}

// distinct calls do with each feature of text i.
func (m *matrix) distinct(i int32, do func(f int32)) {
	text := m.text(i)
	for k, f := range text {
		if k == 0 || text[k-1] != f {
			do(f)
		}
	}
}

// length2 is the square of the length of text i, its features scaled by their
// ratios: one that occurs n times in a row counts n².
func (m *matrix) length2(i int32, weights []weigher) float64 {
	sum, times, last := float32(0), float32(0), int32(-1)
	for _, f := range m.text(i) {
		if f != last {
			times, last = 0, f
		}
		sum += float32((2*times + 1) * weights[f].ratio2) // (n+1)² − n²
		times++
	}
	return float64(sum)
}

// learn finds the weights that tell texts with the label (+) from those without
// (−): the NB-SVM of Wang & Manning (2012), a linear support vector machine with
// squared hinge loss on features scaled by the log ratio of their frequencies in
// + and −, solved by dual coordinate descent (Hsieh et al. 2008). cost gives each
// text's own cost of an error.
func (l learning) learn(m *lot, label func(int32) bool, cost func(int32) float64) (weights []weigher, bias float64) {
	weights = l.ratios(m, label)
	n := len(m.texts)
	alpha, diagonal, size, sign := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
	order := make([]int32, n)
	for k, i := range m.texts {
		order[k] = int32(k)
		diagonal[k] = .5 / cost(i)
		size[k] = 1 + diagonal[k]
		size[k] += float64(m.length2(i, weights) * float64(m.inverse[i]*m.inverse[i]))
		sign[k] = -1
		if label(i) {
			sign[k] = 1
		}
	}
	random := chance(1)
	for range l.rounds {
		for i := len(order) - 1; i > 0; i-- {
			j := random.below(i + 1)
			order[i], order[j] = order[j], order[i]
		}
		for _, k := range order {
			i := m.texts[k]
			text := m.text(i)
			s := float64(float64(dot(weights, text))*m.inverse[i]) + bias
			slope := float64(sign[k]*s) - 1 + float64(diagonal[k]*alpha[k])
			next := max(0, alpha[k]-slope/size[k])
			step := float64((next - alpha[k]) * sign[k])
			if step == 0 {
				continue
			}
			alpha[k] = next
			bias += step
			add(weights, text, float32(step*m.inverse[i]))
		}
	}
	return weights, bias
}

// text gives the features of text i.
func (m *matrix) text(i int32) []int32 { return m.feature[m.from[i]:m.from[i+1]] }

// dot is the sum of a text's weights.
func dot(weights []weigher, text []int32) float32 {
	var s, t float32 // two sums, so that one needn't wait for the other
	for len(text) >= 2 {
		s += weights[text[0]].weight
		t += weights[text[1]].weight
		text = text[2:]
	}
	if len(text) == 1 {
		s += weights[text[0]].weight
	}
	return s + t
}

// add moves a text's weights.
func add(weights []weigher, text []int32, step float32) {
	for _, f := range text {
		w := &weights[f]
		w.weight += float32(step * w.ratio2)
	}
}

// ratios gives the square of each feature's log-count ratio: how much more often
// a text with the label has it than one without.
func (l learning) ratios(m *lot, label func(int32) bool) []weigher {
	with, yes := make([]int32, len(m.bucket)), 0
	for _, i := range m.texts {
		if label(i) {
			yes++
			m.distinct(i, func(f int32) { with[f]++ })
		}
	}
	logs := make([]float64, len(m.texts)+1) // of each count
	for n := range logs {
		logs[n] = ln(float64(n) + l.smooth)
	}
	odds := ln((float64(len(m.texts)-yes) + 2*l.smooth) / (float64(yes) + 2*l.smooth))
	weights := make([]weigher, len(m.bucket))
	for f := range weights {
		r := logs[with[f]] - logs[m.have[f]-with[f]] + odds
		weights[f].ratio2 = float32(r * r)
	}
	return weights
}

// score is the weights' sum over text i.
func (m *matrix) score(i int32, weights []weigher, bias float64) float64 {
	return float64(float64(dot(weights, m.text(i)))*m.inverse[i]) + bias
}

// each does job 0, 1, … n-1 on all cores. Jobs write only what is their own, so
// the result doesn't depend on the number of cores.
func each(n int, job func(i int)) {
	jobs := make(chan int)
	var wait sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wait.Go(func() {
			for i := range jobs {
				job(i)
			}
		})
	}
	for i := range n {
		jobs <- i
	}
	close(jobs)
	wait.Wait()
}
