package ethos

import (
	"math"
	"testing"

	"github.com/entregent/entregent/measure/stat"
)

// Scores whose true log-odds are known come back as these.
func TestCalibrationFindsTheTrueSlope(t *testing.T) {
	random := stat.Stream(2, 0)
	var x [][]float64
	var y []bool
	for range 20000 {
		a, b := random.NormFloat64(), random.NormFloat64()
		x = append(x, []float64{a, b})
		y = append(y, random.Float64() < logistic(-1+2*a-.5*b))
	}
	bias, slopes := fitLogistic(x, y)
	for i, c := range []struct{ got, want float64 }{{bias, -1}, {slopes[0], 2}, {slopes[1], -.5}} {
		if math.Abs(c.got-c.want) > .08 {
			t.Errorf("coefficient %d is %.3f, want %.3f", i, c.got, c.want)
		}
	}
	// Drawn with much force, slopes stay where they are expected.
	_, held := fitAround([]float64{1, 1}, 1e9, x, y)
	if math.Abs(held[0]-1) > 1e-3 || math.Abs(held[1]-1) > 1e-3 {
		t.Errorf("slopes %v moved from 1, 1", held)
	}
}

func TestThresholdHasTheBestF1(t *testing.T) {
	p := []float64{.9, .8, .7, .6, .3, .2, .1}
	y := []bool{true, false, true, true, false, false, false}
	// F1 is 2·3/(3+4) = .857 when the first four are said, and less elsewhere.
	if at := threshold(p, y, func(int) bool { return true }); at <= .3 || at >= .6 {
		t.Errorf("threshold %.2f, want between .3 and .6", at)
	}
}

// Residuals made of a topic's share (variance 4) and a text's own (variance 1)
// are taken apart again.
func TestSpreadTakesTopicsAndTextsApart(t *testing.T) {
	random := stat.Stream(3, 0)
	var residuals [][]float64
	var topics []string
	for topic := range 800 {
		shared := 2 * random.NormFloat64()
		for range 2 + topic%9 {
			own := random.NormFloat64()
			residuals = append(residuals, []float64{shared + own, own})
			topics = append(topics, string(rune(topic)))
		}
	}
	s := measureSpread(residuals, topics)
	for _, c := range []struct{ got, want float64 }{{s.Topic[0][0], 4}, {s.Topic[1][1], 0}, {s.Text[0][0], 1}, {s.Text[0][1], 1}, {s.Topic[0][1], 0}} {
		if math.Abs(c.got-c.want) > .5 {
			t.Errorf("component %.3f, want %.3f", c.got, c.want)
		}
	}
}
