package presence_test

import (
	"fmt"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/presence"
)

// Two neighbours ask a library; one gets an answer. The other is not left out:
// she has waited until the census.
func ExampleMeasure() {
	log := conversation.NewLog(nil)
	noon := time.Date(2010, 11, 10, 12, 0, 0, 0, time.UTC)
	log.Append(conversation.Message{ID: "1", Author: "ana", Side: conversation.Community, Time: noon, Text: "Are you open on Sunday?"})
	log.Append(conversation.Message{ID: "2", Author: "bob", Side: conversation.Community, Time: noon, Text: "Why is the door closed today?"})
	log.Append(conversation.Message{ID: "3", ReplyTo: "1", Author: "library", Side: conversation.Organisation, Time: noon.Add(2 * time.Hour), Text: "Yes, from ten to noon."})

	report := presence.Measure(log, presence.Options{Until: noon.AddDate(0, 0, 10)})
	for _, a := range report.Answered {
		if a.Rule == presence.ByOrganisation {
			fmt.Println(a.Within, a.Estimate)
		}
	}
	fmt.Println(report.Waiting.Count, "waits:", report.Waiting.List[0].Quote)
	fmt.Println(report.Index.Doubts[0])
	// Output:
	// 1h 0 [0, 0.658] n=2
	// 24h 0.5 [0.0945, 0.905] n=2
	// 48h 0.5 [0.0945, 0.905] n=2
	// 7d 0.5 [0.025, 0.975] n=2
	// 1 waits: Why is the door closed today?
	// too-few-appeals: 2 appeals from 2 people: below 30 appeals or 10 people no number is given
}
