package money_test

import (
	"fmt"
	"testing"

	"github.com/entregent/entregent/gift/board/money"
)

func ExampleJudge() {
	fmt.Println(money.Judge("dix balles et c’est parti"))
	fmt.Println(money.Judge("I’ll chip in for petrol"))
	fmt.Println(money.Judge("Imprimante à donner (neuve 90 €)"))
	// Output:
	// refuse
	// ask
	// none
}

// Money by the back door.
func TestC20(t *testing.T) {
	for text, want := range map[string]money.Verdict{
		"participation 10 €":                        money.Refuse,
		"essence partagée, on verra":                money.Ask,
		"gratuit (valeur neuve 90 €)":               money.None,
		"caution 50 €":                              money.Refuse,
		"prix à débattre":                           money.Refuse,
		"dix balles et c'est parti":                 money.Refuse,
		"I'll chip in for petrol":                   money.Ask,
		"cadeau, juste les frais de port":           money.Ask,
		"lydia ok":                                  money.Refuse,
		"10e arrondissement":                        money.None,
		"pizza offerte à qui m'aide":                money.None,
		"pay what you can":                          money.Ask,
		"envoie-moi 15€ paypal":                     money.Refuse,
		"je participe aux frais":                    money.Refuse,
		"un vélo, prix 20e pour les pneus":          money.Refuse,
		"Cleaner available £15/hr":                  money.Refuse,
		"Desk, cost me £180 new, free":              money.None,
		"Tax help, no charge":                       money.None,
		"Wanted - carpet, will pay":                 money.Refuse,
		"Je donne 20 pots, au 3e étage, le 10 mai":  money.None,
		"Free pizza slice at 5 for 2 people":        money.None,
		"Je prête ma voiture, sans caution":         money.None,
		"canapé à vendre":                           money.Refuse,
		"a fiver each for the tolls":                money.Refuse,
		"je ne veux pas d’argent, un gâteau suffit": money.None,
		"Pay it forward!":                           money.None,
	} {
		if got := money.Judge(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}
