package presence_test

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/measure"
	"github.com/entregent/entregent/presence"
)

// Fourteen appeals made by hand, with every figure from R (testdata/dozen/expected.R
// says how): which waits go into which curve, which groups are compared, which
// quantile an interval takes. The fifth appeal was withdrawn, the seventh got a
// receipt alone, two channels have too few for a group of their own, and no difference
// between channels is clear of chance.
func TestDozen(t *testing.T) {
	var want struct {
		Answered     [][3]float64 `json:"answered"`
		Acknowledged [3]float64   `json:"acknowledged"`
		Median       float64      `json:"median"`
		Attention    [3]float64   `json:"attention"`
		Constancy    float64      `json:"constancy"`
		Evenness     float64      `json:"evenness"`
		LogRankP     float64      `json:"log_rank_p"`
		People       float64      `json:"people"`
		Diffusion    float64      `json:"diffusion"`
		Conversation [3]float64   `json:"conversation"`
	}
	text, err := os.ReadFile("testdata/dozen/expected.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &want); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open("testdata/dozen/log.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	log := conversation.NewLog(nil)
	if err := conversation.Read(log, file, file.Name(), conversation.ReadOptions{}); err != nil {
		t.Fatal(err)
	}
	r := presence.Measure(log, presence.Options{Window: -1, Parameters: presence.Parameters{Draws: 50}})

	near := func(what string, got, want float64) {
		t.Helper()
		if !(math.Abs(got-want) <= 1e-11*math.Max(1, math.Abs(want))) {
			t.Errorf("%s is %.15g, R says %.15g", what, got, want)
		}
	}
	estimate := func(what string, got measure.Estimate, want [3]float64) {
		t.Helper()
		near(what, got.Center, want[0])
		near(what+", lower bound", got.Lo, want[1])
		near(what+", upper bound", got.Hi, want[2])
	}
	for i, share := range want.Answered {
		estimate("answered within "+r.AnsweredNeeding[i].Within, r.AnsweredNeeding[i].Estimate, share)
		estimate("answered of all within "+r.Answered[i].Within, r.Answered[i].Estimate, share) // all of them ask
	}
	estimate("acknowledged within 1h", r.Acknowledged[0].Estimate, want.Acknowledged)
	near("median wait", r.MedianWait.Center, want.Median)
	c := r.Components
	estimate("attention", c.Attention.Estimate, want.Attention)
	near("constancy", c.Constancy.Center, want.Constancy)
	near("evenness", c.Evenness.Center, 1) // the gate: log_rank_p is above .05
	near("evenness by channel", beside(t, c.Evenness, "evenness"), want.Evenness)
	near("log-rank p", beside(t, c.Evenness, "log-rank-p"), want.LogRankP)
	near("people who answer", beside(t, c.Diffusion, "people-who-answer"), want.People)
	near("diffusion", c.Diffusion.Center, want.Diffusion)
	near("voice", c.Voice.Center, 9./10) // the receipt is nobody's words
	estimate("conversation", c.Conversation.Estimate, want.Conversation)
	if n := r.Counts; n.Appeals != 14 || n.NeedAnswer != 14 || n.Withdrawn != 1 || n.Receipts != 1 || r.Waiting.Count != 4 {
		t.Errorf("counted %+v, %d waiting", n, r.Waiting.Count)
	}
}

func beside(t *testing.T, c presence.Component, name string) float64 {
	t.Helper()
	for _, b := range c.Beside {
		if b.Name == name {
			return b.Value
		}
	}
	t.Fatalf("no %s beside %v", name, c)
	return 0
}
