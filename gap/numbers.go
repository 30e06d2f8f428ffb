package gap

import (
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"

	"github.com/entregent/entregent/ethos"
	"github.com/entregent/entregent/measure/stat"
)

// drawn is the profile of as many persons, drawn with replacement.
func (s *side) drawn(width int, random *rand.Rand) []float64 {
	times := make([]float64, len(s.persons))
	stat.Resample(random, times)
	return s.profile(width, times)
}

func ipsatised(profile []float64) []float64 {
	out := slices.Clone(profile)
	ethos.Ipsatise(out)
	return out
}

func minus(a, b []float64) []float64 {
	out := make([]float64, len(a))
	for i := range a {
		out[i] = a[i] - b[i]
	}
	return out
}

func square(k int) [][]float64 {
	m := make([][]float64, k)
	for i := range m {
		m[i] = make([]float64, k)
	}
	return m
}

// covariance of the columns of rows.
func covariance(rows [][]float64) [][]float64 {
	k := len(rows[0])
	mean, v := make([]float64, k), square(k)
	for _, r := range rows {
		for i, x := range r {
			mean[i] += x / float64(len(rows))
		}
	}
	for _, r := range rows {
		for a := range k {
			for b := range a + 1 {
				v[a][b] += (r[a] - mean[a]) * (r[b] - mean[b]) / float64(len(rows)-1)
			}
		}
	}
	for a := range k {
		for b := range a {
			v[b][a] = v[a][b]
		}
	}
	return v
}

// correlation of two lists; NaN when one doesn't vary.
func correlation(a, b []float64) float64 {
	var ma, mb, ab, aa, bb float64
	for i := range a {
		ma += a[i] / float64(len(a))
		mb += b[i] / float64(len(b))
	}
	for i := range a {
		ab += (a[i] - ma) * (b[i] - mb)
		aa += (a[i] - ma) * (a[i] - ma)
		bb += (b[i] - mb) * (b[i] - mb)
	}
	return ab / math.Sqrt(aa*bb)
}

// each does jobs 0 to n-1 on all cores; jobs write only what is their own.
func each(n int, job func(i int)) {
	cores := min(runtime.GOMAXPROCS(0), n)
	var wait sync.WaitGroup
	for core := range cores {
		wait.Go(func() {
			for i := core; i < n; i += cores {
				job(i)
			}
		})
	}
	wait.Wait()
}
