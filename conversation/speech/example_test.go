package speech_test

import (
	"fmt"
	"time"

	"github.com/entregent/entregent/conversation/speech"
)

func ExampleRead() {
	for _, text := range []string{
		"Bonjour, je me demande si le cours de samedi est maintenu",
		"Merci de ne pas supprimer mon compte",
		"Thanks for nothing. Still waiting for my refund.",
		"We're looking into it, please DM us your order number ^AB",
		"Ça marche maintenant, merci beaucoup !",
	} {
		acts := speech.Read(text, "")
		fmt.Printf("%v | needs an answer: %v, hollow: %v\n", acts, acts.NeedsAnswer(), acts.Hollow())
	}
	// Output:
	// question greeting substance | needs an answer: true, hollow: false
	// request substance | needs an answer: true, hollow: false
	// complaint substance | needs an answer: true, hollow: false
	// acknowledgement deflection signed | needs an answer: false, hollow: true
	// thanks solved substance | needs an answer: false, hollow: false
}

func ExampleContrite() {
	fmt.Println(speech.Contrite("We are sorry. It was our mistake: a certificate expired. Your orders have been refunded and it will not happen again.", "en"))
	// Output: regret explanation responsibility repentance repair
}

func ExampleNextUpdate() {
	wednesday := time.Date(2024, 6, 12, 10, 0, 0, 0, time.UTC)
	due, ok := speech.NextUpdate("Nous vous tiendrons au courant d'ici vendredi 17h.", "fr", wednesday)
	fmt.Println(due.Format("Monday 2 January 15:04"), ok)
	// Output: Friday 14 June 17:00 true
}
