package sentence_test

import (
	"testing"
	"time"

	"github.com/entregent/entregent/gift/board/sentence"
)

func BenchmarkParse(b *testing.B) {
	now := time.Date(2026, 11, 30, 10, 5, 0, 0, time.UTC)
	sentence.Parse("Canapé libre à Nantes", sentence.Options{Now: now})
	for b.Loop() {
		sentence.Parse("Bonjour, je cherche une place pour Dijon - Besançon vendredi 4 décembre en fin d’après-midi, je suis flexible sur l’heure", sentence.Options{Now: now})
	}
}
