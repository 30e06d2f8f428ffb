package ethos

import (
	"bytes"
	"flag"
	"math"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write model.bin anew")

// The model that comes with the program is what training gives, byte for byte.
// go test -run ModelFile -update writes it anew.
func TestModelFileIsRebuiltByteForByte(t *testing.T) {
	if !*update {
		long(t)
	}
	examples := valueeval(t)
	start := time.Now()
	b, err := Train(examples)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("trained in %v on %d cores, %d bytes", time.Since(start).Round(time.Millisecond), runtime.GOMAXPROCS(0), len(b))
	if *update {
		if err := os.WriteFile("model.bin", b, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !bytes.Equal(b, modelFile) {
		t.Error("training gives another model than model.bin")
	}
}

func TestModelFileSaysWhoseItIs(t *testing.T) {
	if len(modelFile) > 5<<20 {
		t.Errorf("the model has %d bytes, more than 5 MB", len(modelFile))
	}
	head := string(modelFile[:2000])
	for _, want := range []string{"CC BY-SA 4.0", "Touché23-ValueEval", "10.5281/zenodo.6814563", "Johannes Kiesel", "Benno Stein"} {
		if !strings.Contains(head, want) {
			t.Errorf("the model's head doesn't name %s", want)
		}
	}
}

// A hundred made-up texts are enough to see that nothing depends on the number
// of cores.
func TestTrainingIsTheSameOnAnyNumberOfCores(t *testing.T) {
	var examples []Example
	words := strings.Fields("we should help people who need care because money and power are not all that matters in a free country with laws")
	random := chance(5)
	for i := range 120 {
		var text strings.Builder
		for range 12 {
			text.WriteString(words[random.below(len(words))] + " ")
		}
		labels := make([]bool, 20)
		for v := range labels {
			labels[v] = random.below(4) == 0
		}
		examples = append(examples, Example{ID: "x", Topic: string(rune('a' + i%26)), Text: text.String(), Labels: labels})
	}
	before := runtime.GOMAXPROCS(1)
	one, err := Train(examples)
	runtime.GOMAXPROCS(4)
	four, err4 := Train(examples)
	runtime.GOMAXPROCS(before)
	if err != nil || err4 != nil {
		t.Fatal(err, err4)
	}
	if !bytes.Equal(one, four) {
		t.Error("one core and four train different models")
	}
	if _, err := open(one); err != nil {
		t.Error(err)
	}
	if _, err := open(one[:len(one)/2]); err == nil {
		t.Error("half a model opens")
	}
}

func TestTrainRefusesWhatItCannotUse(t *testing.T) {
	if _, err := Train([]Example{{ID: "A1", Labels: []bool{true}}}); err == nil || !strings.Contains(err.Error(), "A1 has 1 labels") {
		t.Errorf("error is %v", err)
	}
}

// Our own logarithm and exponential agree with the library's to the last bits.
func TestExactFunctions(t *testing.T) {
	for _, x := range []float64{1e-9, .01, .5, .7, 1, 1.5, 2, 10, 7289, 1e12} {
		if got, want := ln(x), math.Log(x); math.Abs(got-want) > 4e-15*max(1, math.Abs(want)) {
			t.Errorf("ln %g = %.17g, want %.17g", x, got, want)
		}
	}
	for _, x := range []float64{-50, -3.3, -1, -1e-8, 0, 1e-8, .3, 1, 2.5, 20} {
		if got, want := exp(x), math.Exp(x); math.Abs(got-want) > 4e-15*want {
			t.Errorf("exp %g = %.17g, want %.17g", x, got, want)
		}
	}
}
