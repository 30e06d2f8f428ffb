package presence

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/measure/stat"
)

// say is a message of a small story: "maker/x" speaks for the organisation.
func say(id, thread, who string, hours float64, text string) conversation.Message {
	m := conversation.Message{ID: conversation.MessageID(id), Thread: conversation.ThreadID(thread), Author: conversation.PersonID(who),
		Side: conversation.Community, Lang: "en", Time: monday.Add(time.Duration(hours * float64(time.Hour))), Text: text}
	if strings.HasPrefix(who, "maker/") {
		m.Side = conversation.Organisation
	}
	return m
}

// first gives the first appeal of a story up to a census, or nil.
func first(t *testing.T, until float64, messages ...conversation.Message) (*facts, []appeal) {
	t.Helper()
	r := read(logOf(messages), Options{Until: monday.Add(time.Duration(until * float64(time.Hour)))})
	return r, r.collect().appeals
}

const question = "How do I replace the battery of my lamp?"

func TestWhatAnswers(t *testing.T) {
	ask := say("q", "t", "ana", 0, question)
	for _, c := range []struct {
		name        string
		more        []conversation.Message
		org, anyone float64 // hours; Inf: never
		receipt     float64
	}{
		{"nobody", nil, math.Inf(1), math.Inf(1), math.Inf(1)},
		{"the organisation", []conversation.Message{say("a", "t", "maker/li", 3, "Open the lid with a small screwdriver and pull.")}, 3, 3, math.Inf(1)},
		{"a peer, then the organisation", []conversation.Message{say("p", "t", "bob", 1, "Mine opens with a coin, just turn it."), say("a", "t", "maker/li", 5, "A coin works, or a small screwdriver.")}, 5, 1, math.Inf(1)},
		{"the asker herself", []conversation.Message{say("p", "t", "ana", 30, "I forgot to say that it is the blue lamp of last year.")}, math.Inf(1), math.Inf(1), math.Inf(1)},
		{"a receipt, then an answer", []conversation.Message{say("r", "t", "maker/li", 1, "Thanks for your message, we will get back to you soon."), say("a", "t", "maker/li", 9, "Open the lid with a small screwdriver and pull.")}, 9, 9, 1},
		{"thanks alone", []conversation.Message{say("r", "t", "maker/li", 1, "Thank you!")}, math.Inf(1), math.Inf(1), 1},
		{"after the census", []conversation.Message{say("a", "t", "maker/li", 200, "Open the lid with a small screwdriver and pull.")}, math.Inf(1), math.Inf(1), math.Inf(1)},
	} {
		r, appeals := first(t, 100, append([]conversation.Message{ask}, c.more...)...)
		i := slices.IndexFunc(appeals, func(a appeal) bool { return a.message == 0 })
		if i < 0 {
			t.Errorf("%s: no appeal", c.name)
			continue
		}
		a := &appeals[i]
		wait := func(at int64) float64 {
			if at > r.until {
				return math.Inf(1)
			}
			return r.wait(a.arrived, at)
		}
		if wait(a.org) != c.org || wait(a.anyone) != c.anyone || wait(a.receipt) != c.receipt {
			t.Errorf("%s: answered after %v h, by anyone %v h, receipt %v h; want %v, %v, %v", c.name, wait(a.org), wait(a.anyone), wait(a.receipt), c.org, c.anyone, c.receipt)
		}
	}
}

func TestWhatIsAnAppeal(t *testing.T) {
	reply := say("q", "t", "ana", 5, question)
	reply.ReplyTo = "o"
	peer := say("q", "t", "ana", 5, question)
	peer.ReplyTo = "c"
	named := say("q", "t", "ana", 5, "@li how do I replace the battery?")
	staff := say("q", "t", "maker/li", 0, question)
	staff.Side = conversation.Community
	for _, c := range []struct {
		name    string
		message []conversation.Message
		want    int
	}{
		{"opens a thread", []conversation.Message{say("q", "t", "ana", 0, question)}, 1},
		{"replies to the organisation", []conversation.Message{say("o", "t", "maker/li", 0, "Our new lamp is here for everybody."), reply}, 1},
		{"replies to a peer", []conversation.Message{say("o", "t", "maker/li", 0, "Our new lamp is here for everybody."), say("c", "t", "bob", 1, "I like its green colour very much."), peer}, 0},
		{"names the organisation", []conversation.Message{say("o", "t", "maker/li", 0, "Our new lamp is here."), named}, 1},
		{"says nothing", []conversation.Message{say("q", "t", "ana", 0, "")}, 0},
		{"comes again within a day", []conversation.Message{say("q", "t", "ana", 0, question), say("q2", "t", "ana", 20, "Does nobody know how it opens?")}, 1},
	} {
		r := read(logOf(c.message), Options{Until: monday.AddDate(0, 0, 30), Names: []string{"li"}})
		if got := len(r.collect().appeals); got != c.want {
			t.Errorf("%s: %d appeals, want %d", c.name, got, c.want)
		}
	}
	_, appeals := first(t, 100, say("o", "u", "maker/li", 0, "Our new lamp is here."), staff)
	if len(appeals) != 1 || !appeals[0].excluded {
		t.Errorf("a question of the organisation's own people is counted: %+v", appeals)
	}
}

func TestHowAppealsEnd(t *testing.T) {
	ask := say("q", "t", "ana", 0, question)
	gone := ask
	gone.Deleted, gone.DeletedBy = monday.Add(2*time.Hour), conversation.Community
	hidden := ask
	hidden.Deleted, hidden.DeletedBy = monday.Add(2*time.Hour), conversation.Organisation
	for _, c := range []struct {
		name    string
		message []conversation.Message
		cause   int
		time    float64
	}{
		{"still waiting", []conversation.Message{ask}, 0, 100},
		{"withdrawn by the asker", []conversation.Message{gone}, 2, 2},
		{"hidden by the organisation", []conversation.Message{hidden}, 0, 100},
		{"solved by the asker", []conversation.Message{ask, say("s", "t", "ana", 7, "Never mind, I found it myself!")}, 2, 7},
		{"answered, then deleted", []conversation.Message{gone, say("a", "t", "maker/li", 1, "Open the lid with a small screwdriver and pull.")}, 1, 1},
	} {
		r, appeals := first(t, 100, c.message...)
		o := r.observe(&appeals[0], appeals[0].org)
		if o.Cause != c.cause || o.Time != c.time {
			t.Errorf("%s: cause %d after %v h, want %d after %v h", c.name, o.Cause, o.Time, c.cause, c.time)
		}
	}
}

// TestNoDataIsUnknown: an empty log, or one without the organisation, gives no
// number that could be taken for a good one.
func TestNoDataIsUnknown(t *testing.T) {
	for name, messages := range map[string][]conversation.Message{
		"empty":   nil,
		"silence": {say("q", "t", "ana", 0, question)},
	} {
		r := Measure(logOf(messages), Options{})
		if r.Index.Value != nil || r.MedianWait.Known() || r.Components.Voice.Known() || r.Components.Constancy.Known() {
			t.Errorf("%s: a number out of nothing: %+v", name, r.Index)
		}
		if _, err := json.Marshal(r); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestDaysAreNotHours: where only days are known, nothing is said of hours.
func TestDaysAreNotHours(t *testing.T) {
	var all []conversation.Message
	for i := range 60 {
		q := say(fmt.Sprint("q", i), fmt.Sprint("t", i), fmt.Sprint("asker ", i), 24*float64(i), question)
		a := say(fmt.Sprint("a", i), fmt.Sprint("t", i), "maker/li", 24*float64(i), "Open number "+words(stat.Stream(1, i), 9))
		q.Precision, a.Precision = conversation.Day, conversation.Day
		all = append(all, q, a)
	}
	r := Measure(logOf(all), Options{Until: monday.AddDate(0, 0, 90)})
	for _, a := range r.Answered {
		if known := a.Estimate.Known(); known != (a.Within == "48h" || a.Within == "7d") {
			t.Errorf("answered within %s: known %v", a.Within, known)
		}
		if len(a.Estimate.Doubts) == 0 || a.Estimate.Doubts[0].Code != "day-precision" {
			t.Errorf("answered within %s: no doubt about days: %v", a.Within, a.Estimate.Doubts)
		}
	}
	if len(r.Curve) > 0 && r.Curve[0].Hours < 48 {
		t.Errorf("the curve begins at %v h", r.Curve[0].Hours)
	}
}

// TestSameLogSameReport: the number of cores doesn't change a byte.
func TestSameLogSameReport(t *testing.T) {
	w := worlds["unsteady"]
	messages := w.messages(stat.Stream(3, 3))
	report := func() []byte {
		b, err := json.Marshal(Measure(logOf(messages), w.options(40)))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	want := report()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	if !bytes.Equal(want, report()) {
		t.Error("one core gives another report")
	}
}

// TestSilenceNeverLooksLikePresence: taking an answer away, or adding a question
// that nobody answers, never raises attention.
func TestSilenceNeverLooksLikePresence(t *testing.T) {
	w := world{weeks: 5, perWeek: 12, people: 40, answered: .6, median: 10, staff: []float64{.5, .5}}
	attention := func(messages []conversation.Message) float64 {
		return Attention(logOf(messages), w.options(1)).Center
	}
	for seed := range 20 {
		rng := stat.Stream(9, seed)
		all := w.messages(rng)
		before := attention(all)
		_, answers := split(all)
		k := answers[rng.IntN(len(answers))]
		if after := attention(slices.Delete(slices.Clone(all), k, k+1)); after > before+1e-9 {
			t.Errorf("world %d: without answer %s attention rises from %v to %v", seed, all[k].ID, before, after)
		}
		extra := say("new", "new", "somebody new", 168*5*rng.Float64(), question)
		if after := attention(append(slices.Clone(all), extra)); after > before+1e-9 {
			t.Errorf("world %d: one more question without answer raises attention from %v to %v", seed, before, after)
		}
	}
}

// TestNobodyWeighsTooMuch: the cap holds whatever the askers' sizes.
func TestNobodyWeighsTooMuch(t *testing.T) {
	for seed := range 200 {
		rng := stat.Stream(4, seed)
		var appeals []*appeal
		askers := 20 + rng.IntN(60)
		for a := range askers {
			for range 1 + int(math.Exp(5*rng.Float64()*rng.Float64())) {
				appeals = append(appeals, &appeal{asker: int32(a)})
			}
		}
		weight, _ := capWeights(appeals, .05)
		total, by := 0.0, map[int32]float64{}
		for i, a := range appeals {
			by[a.asker] += weight[i]
			total += weight[i]
		}
		if math.Abs(total-float64(len(appeals))) > 1e-6 {
			t.Fatalf("weights add up to %v, want %d", total, len(appeals))
		}
		for a, w := range by {
			if w > .05*total*(1+1e-9) {
				t.Fatalf("seed %d: asker %d of %d weighs %.3f of the whole", seed, a, askers, w/total)
			}
		}
	}
}
