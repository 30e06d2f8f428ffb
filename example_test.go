package entregent_test

import (
	"fmt"
	"log"
	"os"

	"github.com/entregent/entregent"
	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/presence"
)

// The README's ten lines: who gets an answer in a file of one's own.
func Example() {
	file, err := os.Open("testdata/library.jsonl")
	if err != nil {
		log.Fatal(err)
	}
	defer file.Close()

	talk := conversation.NewLog(nil)
	if err := conversation.Read(talk, file, file.Name(), conversation.ReadOptions{}); err != nil {
		log.Fatal(err)
	}
	report := presence.Measure(talk, presence.Options{})
	fmt.Println("attention", report.Components.Attention.Estimate)
	fmt.Println("median wait in hours", report.MedianWait)
	fmt.Println("still waiting", report.Waiting.Count)
	// Output:
	// attention 0.395 [0.275, 0.529] n=36
	// median wait in hours 28 [4.4, 118] n=36
	// still waiting 10
}

// All the measures in one call, and what was read.
func ExampleMeasure() {
	file, err := os.Open("testdata/library.jsonl")
	if err != nil {
		log.Fatal(err)
	}
	defer file.Close()

	talk := conversation.NewLog(nil)
	if err := conversation.Read(talk, file, file.Name(), conversation.ReadOptions{}); err != nil {
		log.Fatal(err)
	}
	report := entregent.Measure(talk, entregent.Options{})
	fmt.Println(report.Log.Messages, "messages,", len(report.Log.Problems), "kinds of problems")
	for _, share := range report.Presence.Answered {
		if share.Rule == presence.ByOrganisation {
			fmt.Println("answered within", share.Within, share.Estimate)
		}
	}
	// Output:
	// 70 messages, 0 kinds of problems
	// answered within 1h 0.0556 [0.0103, 0.249] n=36
	// answered within 24h 0.444 [0.268, 0.636] n=36
	// answered within 48h 0.62 [0.382, 0.811] n=36
	// answered within 7d 0.74 [0.493, 0.893] n=36
}
