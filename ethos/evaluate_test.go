package ethos

import (
	"path/filepath"
	"testing"
)

// The floors that the scorer must not fall below, by cross-validation grouped by
// topic. `go test -v` with ENTREGENT_LONG=1 prints the table.
func TestCrossValidatedFigures(t *testing.T) {
	long(t)
	examples := valueeval(t)
	e, err := Evaluate(examples, "schwartz", "en")
	if err != nil {
		t.Fatal(err)
	}
	show(t, e)
	if e.Official.Center < .43 || e.MeanF1.Center < .42 {
		t.Errorf("official F1 %.3f, want .43 or more; mean F1 %.3f, want .42 or more", e.Official.Center, e.MeanF1.Center)
	}
	ten, err := Evaluate(examples, "schwartz10", "en")
	if err != nil {
		t.Fatal(err)
	}
	show(t, ten)
	dictionary, err := EvaluateDictionary(open2(t, filepath.Join(shared(t), "dictionaries", "en.json")), examples, "schwartz10")
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("dictionary: mean F1 %v AUC %v", dictionary.MeanF1, dictionary.MeanAUC)
	if ten.MeanAUC.Center < dictionary.MeanAUC.Center+.1 || ten.MeanF1.Center < dictionary.MeanF1.Center+.1 {
		t.Errorf("10 values: F1 %.3f AUC %.3f; the dictionary %.3f and %.3f", ten.MeanF1.Center, ten.MeanAUC.Center, dictionary.MeanF1.Center, dictionary.MeanAUC.Center)
	}
}

func TestFrenchFigures(t *testing.T) {
	long(t)
	e, err := EvaluateFrench(valueeval(t), "schwartz", parallel(t))
	if err != nil {
		t.Fatal(err)
	}
	show(t, e)
	if e.Texts != 164 || e.MeanAUC.Center < .72 {
		t.Errorf("AUC %.3f on %d French texts, want .72 or more on 164", e.MeanAUC.Center, e.Texts)
	}
}

func show(t *testing.T, e *Evaluation) {
	t.Helper()
	t.Logf("%s: %d texts, %d topics: official F1 %v, mean F1 %v, AUC %v", e.Yardstick, e.Texts, e.Topics, e.Official, e.MeanF1, e.MeanAUC)
	for _, v := range e.Values {
		t.Logf("%-28s share %.2f P %.2f R %.2f F1 %v AUC %v", v.Name, v.Share, v.Precision, v.Recall, v.F1, v.AUC)
	}
	for _, c := range e.Confusions {
		t.Logf("%4d texts: %s missed, %s said", c.Texts, c.Missed, c.Said)
	}
}
