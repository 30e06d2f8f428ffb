package gift_test

import (
	"fmt"
	"strings"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/gift"
)

// Two people answer; the thanks go to the one who helped, not to the last who
// spoke.
func ExampleFind() {
	log := conversation.NewLog(nil)
	_ = conversation.Read(log, strings.NewReader(`{"id":"1","thread":"t","author":"zoe","time":"2026-03-02T09:00:00Z","text":"Qui sait réparer une roue voilée ?"}
{"id":"2","thread":"t","author":"karim","time":"2026-03-02T10:00:00Z","text":"Moi : passe samedi à l'atelier, on la redresse ensemble."}
{"id":"3","thread":"t","author":"lou","time":"2026-03-02T11:00:00Z","text":"Sinon il y a un marchand de vélos rue Haute."}
{"id":"4","thread":"t","author":"zoe","time":"2026-03-08T18:00:00Z","text":"Merci Karim, elle tourne rond !"}
`), "atelier.jsonl", conversation.ReadOptions{})
	for _, t := range gift.Find(log) {
		fmt.Printf("%s thanks %s for message %s (%s, %.1f)\n", t.From, t.To, t.For, t.Kind, t.Strength)
	}
	// Output: zoe thanks karim for message 2 (words, 0.8)
}
