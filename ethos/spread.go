package ethos

// Spread is how far a yardstick's probabilities stray from people's labels on
// topics that were never learned from. A residual, label minus probability, has
// a part that all texts of a topic share and a part of its own; of each there is
// a covariance between the values. Residuals are ipsatised (minus their mean
// over the values), as profiles are.
//
// Over a group of texts the error of a mean profile has the covariance
// Topic·Σ(weight of a topic)² + Text·Σ(weight of a text)².
type Spread struct {
	Topic [][]float64 `json:"topic"`
	Text  [][]float64 `json:"text"`
}

// measureSpread takes the spread of residuals apart by topic, with the moments
// of one-way random effects (Searle, Casella & McCulloch 1992, ch. 3): cross
// products within topics estimate Text, those between topics Topic·n0 + Text.
func measureSpread(residuals [][]float64, topics []string) Spread {
	if len(residuals) == 0 {
		return Spread{}
	}
	k := len(residuals[0])
	number, sizes := map[string]int{}, []float64{}
	of := make([]int, len(topics))
	for i, t := range topics {
		n, ok := number[t]
		if !ok {
			n = len(sizes)
			number[t] = n
			sizes = append(sizes, 0)
		}
		of[i] = n
		sizes[n]++
	}
	sums := make([][]float64, len(sizes))
	for g := range sums {
		sums[g] = make([]float64, k)
	}
	total := make([]float64, k)
	for i, r := range residuals {
		for v := range r {
			sums[of[i]][v] += r[v]
			total[v] += r[v]
		}
	}
	n, squares := float64(len(residuals)), 0.0
	for _, s := range sizes {
		squares += float64(s * s)
	}
	groups := float64(len(sizes))
	n0 := (n - squares/n) / (groups - 1)
	s := Spread{Topic: square(k), Text: square(k)}
	for a := range k {
		for b := range a + 1 {
			within, between := 0.0, 0.0
			for i, r := range residuals {
				g := of[i]
				within += float64((r[a] - sums[g][a]/sizes[g]) * (r[b] - sums[g][b]/sizes[g]))
			}
			for g, size := range sizes {
				between += float64(float64((sums[g][a]/size-total[a]/n)*(sums[g][b]/size-total[b]/n)) * size)
			}
			text := within / (n - groups)
			topic := (between/(groups-1) - text) / n0
			if a == b {
				topic = max(topic, 0)
			}
			s.Text[a][b], s.Topic[a][b] = rounded(text), rounded(topic)
			s.Text[b][a], s.Topic[b][a] = s.Text[a][b], s.Topic[a][b]
		}
	}
	return s
}

func square(k int) [][]float64 {
	m := make([][]float64, k)
	for i := range m {
		m[i] = make([]float64, k)
	}
	return m
}

// rounded keeps six decimals.
func rounded(x float64) float64 {
	if x < 0 {
		return -rounded(-x)
	}
	return float64(int64(x*1e6+.5)) / 1e6
}

// Ipsatise takes the mean over the values away from each, in place: what is left
// says what a text speaks of more than of other things.
func Ipsatise(profile []float64) {
	sum := 0.0
	for _, p := range profile {
		sum += p
	}
	for i := range profile {
		profile[i] -= sum / float64(len(profile))
	}
}
