package presence

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/measure/stat"
)

// goodhart is a quarter of an organisation that answers half of what it is
// asked, by four people in turn, one of its members writing far more than the
// others, with some praise that asks for nothing.
func goodhart() []conversation.Message {
	w := world{weeks: 13, perWeek: 30, people: 250, answered: .5, median: 8, channels: []float64{.3, -.3}, staff: []float64{.4, .3, .2, .1}, broadcasts: 3, adverts: .05}
	rng := stat.Stream(2010, 11)
	all := w.messages(rng)
	for k := range 150 {
		at := monday.Add(time.Duration(rng.Float64() * 13 * 168 * float64(time.Hour)))
		id := fmt.Sprint("praise", k)
		all = append(all, conversation.Message{ID: conversation.MessageID(id), Thread: conversation.ThreadID(id), Author: conversation.PersonID(fmt.Sprint("fan ", k%90)),
			Side: conversation.Community, Channel: fmt.Sprint("channel ", k%2), Lang: "en", Time: at, Text: "I love the new " + words(rng, 4) + ", well done!"})
	}
	for k := range 60 { // the famous one
		at := monday.Add(time.Duration(rng.Float64() * 13 * 168 * float64(time.Hour)))
		id := conversation.MessageID(fmt.Sprint("famous", k))
		all = append(all, conversation.Message{ID: id, Thread: conversation.ThreadID(id), Author: "famous", Side: conversation.Community,
			Channel: fmt.Sprint("channel ", k%2), Lang: "en", Time: at, Text: "How does one mend the " + words(rng, 8) + "?"})
		if k%2 == 0 {
			all = append(all, answerTo(all[len(all)-1], "staff 1", 6*time.Hour, "Open the "+words(rng, 12)))
		}
	}
	return all
}

// answerTo is a message of the organisation in the thread of another.
func answerTo(m conversation.Message, who string, after time.Duration, text string) conversation.Message {
	return conversation.Message{ID: m.ID + conversation.MessageID(fmt.Sprint(" by ", who, after)), Thread: m.Thread, ReplyTo: m.ID, Author: conversation.PersonID(who),
		Side: conversation.Organisation, Channel: m.Channel, Lang: "en", Time: m.Time.Add(after), Text: text}
}

// split finds what waits and what was answered in a conversation.
func split(all []conversation.Message) (waiting, answers []int) {
	heard := map[conversation.ThreadID]bool{}
	for i, m := range all {
		if m.Side == conversation.Organisation {
			heard[m.Thread] = true
			if m.ReplyTo != "" {
				answers = append(answers, i)
			}
		}
	}
	for i, m := range all {
		if m.Side == conversation.Community && !heard[m.Thread] && m.ID[0] != 'p' {
			waiting = append(waiting, i)
		}
	}
	return waiting, answers
}

var holding = []string{"We are looking into it.", "Thanks for your message, we'll get back to you soon.", "I have passed this on to the team.",
	"Bonjour, nous avons bien reçu votre message et revenons vers vous rapidement.", "Noted, I'm checking with my colleagues.", "On regarde ça !",
	"Your request has been received and is being processed.", "Hi! We're on it."}

var courtesy = []string{"Merci !", "Thanks a lot!", "Thank you :)", "Merci beaucoup !", "Super, merci", "Thanks!", "Merci à vous !", "Great, thank you!"}

var closing = []string{"Closing this.", "Closed as stale.", "This thread is now closed.", "Je ferme ce sujet.", "Closing due to inactivity.", "Sujet clos."}

// Each attack makes the organisation look better to a measure that can be
// fooled, without anybody being served better.
var attacks = []struct {
	name string
	make func(all []conversation.Message, rng *rand.Rand) []conversation.Message
}{
	{"instant auto-reply", func(all []conversation.Message, _ *rand.Rand) []conversation.Message {
		for _, m := range slices.Clone(all) {
			if m.Side == conversation.Community {
				all = append(all, answerTo(m, "staff 0", 2*time.Second, "Thank you for contacting us! Your message matters to us, our team will read it and come back to you as soon as it can."))
			}
		}
		return all
	}},
	{"holding phrase by humans", func(all []conversation.Message, rng *rand.Rand) []conversation.Message {
		waiting, _ := split(all)
		for _, i := range waiting {
			all = append(all, answerTo(all[i], fmt.Sprint("staff ", rng.IntN(4)), 20*time.Minute, holding[rng.IntN(len(holding))]))
		}
		return all
	}},
	{"template with the name swapped", func(all []conversation.Message, _ *rand.Rand) []conversation.Message {
		waiting, _ := split(all)
		for k, i := range waiting {
			all = append(all, answerTo(all[i], fmt.Sprint("staff ", k%4), 20*time.Minute, fmt.Sprintf("Hello %s, please restart the device, then install the newest version of the program and try once more.", []string{"Marie", "John", "Amina", "Paul", "Zoé", "Ivan"}[k%6])))
		}
		return all
	}},
	{"hard ones marked as spam", func(all []conversation.Message, _ *rand.Rand) []conversation.Message {
		waiting, _ := split(all)
		for _, i := range waiting {
			all[i].Attributes = `{"spam":true}`
		}
		return all
	}},
	{"delete or hide", func(all []conversation.Message, rng *rand.Rand) []conversation.Message {
		waiting, _ := split(all)
		for k, i := range waiting {
			switch k % 3 {
			case 0:
				all[i].Deleted, all[i].DeletedBy = all[i].Time.Add(time.Hour), conversation.Organisation
			case 1:
				all[i].Deleted = all[i].Time.Add(time.Hour)
			case 2:
				all[i].Attributes = `{"hidden":true}`
			}
		}
		return all
	}},
	{"close without answer", func(all []conversation.Message, rng *rand.Rand) []conversation.Message {
		waiting, _ := split(all)
		for _, i := range waiting {
			all[i].Attributes = `{"closed":true}`
			all = append(all, answerTo(all[i], fmt.Sprint("staff ", rng.IntN(4)), time.Hour, closing[rng.IntN(len(closing))]))
		}
		return all
	}},
	{"answer only the famous, the easy, the praise", func(all []conversation.Message, rng *rand.Rand) []conversation.Message {
		waiting, answers := split(all)
		const budget = 150 // answers that others go without
		rng.Shuffle(len(answers), func(i, j int) { answers[i], answers[j] = answers[j], answers[i] })
		taken := answers[:budget]
		slices.Sort(taken)
		given := 0
		for _, i := range waiting {
			if all[i].Author == "famous" {
				all = append(all, answerTo(all[i], fmt.Sprint("staff ", given%4), time.Hour, "Open the "+words(rng, 12)))
				given++
			}
		}
		for _, m := range slices.Clone(all) {
			if given < budget && m.ID[0] == 'p' {
				all = append(all, answerTo(m, fmt.Sprint("staff ", given%4), time.Minute, "So happy that you like the "+words(rng, 12)))
				given++
			}
		}
		for k := len(taken) - 1; k >= 0; k-- {
			all = slices.Delete(all, taken[k], taken[k]+1)
		}
		return all
	}},
	{"backlog answered at month end", func(all []conversation.Message, rng *rand.Rand) []conversation.Message {
		waiting, _ := split(all)
		end := monday.AddDate(0, 3, 0)
		for _, i := range waiting {
			if after := end.Sub(all[i].Time); after > 8*24*time.Hour {
				all = append(all, answerTo(all[i], fmt.Sprint("staff ", rng.IntN(4)), after, "You should look at the "+words(rng, 10)))
			}
		}
		return all
	}},
	{"office hours switched on", func(all []conversation.Message, _ *rand.Rand) []conversation.Message {
		for i, m := range all {
			if m.Side == conversation.Organisation {
				t := m.Time
				for t.Hour() < 9 || t.Hour() >= 17 || t.Weekday() == time.Saturday || t.Weekday() == time.Sunday {
					t = t.Add(time.Hour)
				}
				all[i].Time = t
			}
		}
		return all
	}},
	{"fake questions by staff", func(all []conversation.Message, rng *rand.Rand) []conversation.Message {
		for k := range 300 {
			at := monday.Add(time.Duration(rng.Float64() * 13 * 168 * float64(time.Hour)))
			id := conversation.MessageID(fmt.Sprint("fake", k))
			fake := conversation.Message{ID: id, Thread: conversation.ThreadID(id), Author: conversation.PersonID(fmt.Sprint("staff ", k%2)), Side: conversation.Community,
				Channel: "channel 0", Lang: "en", Time: at, Text: "How can I buy the " + words(rng, 8) + "?"}
			all = append(all, fake, answerTo(fake, "staff 3", 5*time.Minute, "You can find it at "+words(rng, 10)))
		}
		return all
	}},
	{"forged references", func(all []conversation.Message, _ *rand.Rand) []conversation.Message {
		waiting, _ := split(all)
		for k, i := range waiting {
			all = append(all, answerTo(all[i], "staff 0", time.Hour, fmt.Sprintf("Our newsletter of March, number %d: the shop opens again on Monday, and the workshop welcomes you with coffee and cake.", k)))
		}
		for i, m := range all { // and messages of other threads that claim to reply to what waits
			if m.Side == conversation.Organisation && m.ReplyTo == "" && len(waiting) > i%7 {
				all[i].ReplyTo = all[waiting[i%len(waiting)]].ID
			}
		}
		return all
	}},
	{"one hero answers all", func(all []conversation.Message, _ *rand.Rand) []conversation.Message {
		for i, m := range all {
			if m.Side == conversation.Organisation {
				all[i].Author = "staff 0"
			}
		}
		return all
	}},
	{"many shallow thanks", func(all []conversation.Message, rng *rand.Rand) []conversation.Message {
		for _, m := range slices.Clone(all) {
			if m.Side == conversation.Community {
				all = append(all, answerTo(m, fmt.Sprint("staff ", rng.IntN(4)), 3*time.Minute, courtesy[rng.IntN(len(courtesy))]))
			}
		}
		return all
	}},
	{"campaign-week tourism", func(all []conversation.Message, rng *rand.Rand) []conversation.Message {
		waiting, answers := split(all)
		week := monday.AddDate(0, 0, 84)
		for k := range 300 { // compliments in threads that were answered
			m := all[answers[k%len(answers)]]
			m.Time = week
			all = append(all, answerTo(m, fmt.Sprint("staff ", k%4), time.Duration(k)*time.Minute, "What a lovely "+words(rng, 12)))
		}
		for k, i := range waiting { // advertisements in those that wait
			if m := all[i]; m.Time.After(week) {
				all = append(all, answerTo(m, fmt.Sprint("staff ", k%4), 10*time.Minute, "Win a prize in our contest: https://shop.example.org/?utm_campaign=spring "+words(rng, 12)))
			}
		}
		return all
	}},
}

// TestGoodhart: none of the fourteen known ways to look present without being
// so raises the index by more than a point. What each does to the measure that
// leaves the unanswered out is told beside.
func TestGoodhart(t *testing.T) {
	if len(attacks) != 14 {
		t.Fatalf("%d attacks, want 14", len(attacks))
	}
	w := world{weeks: 13}
	options := w.options(50)
	before := Measure(logOf(goodhart()), options)
	if before.Index.Value == nil {
		t.Fatalf("no index to begin with: %v", before.Index.Doubts)
	}
	t.Logf("%-45s index %5.1f           answered-only median %5.1f h, mean %5.1f h", "honest", *before.Index.Value, *before.Naive.MedianHours, *before.Naive.MeanHours)
	for _, a := range attacks {
		after := Measure(logOf(a.make(goodhart(), stat.Stream(5, 1))), options)
		if after.Index.Value == nil {
			t.Errorf("%s: no index: %v", a.name, after.Index.Doubts)
			continue
		}
		rise := *after.Index.Value - *before.Index.Value
		t.Logf("%-45s index %5.1f (%+5.1f)   answered-only median %5.1f h, mean %5.1f h", a.name, *after.Index.Value, rise, *after.Naive.MedianHours, *after.Naive.MeanHours)
		if rise > 1 {
			t.Errorf("%s raises the index by %.1f points: %v -> %v", a.name, rise, before.Index.Components, after.Index.Components)
		}
	}
}
