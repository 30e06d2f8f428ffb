package report

import (
	"io"
	"testing"

	"github.com/entregent/entregent/internal/lang"
)

func BenchmarkText(b *testing.B) {
	r := full()
	for b.Loop() {
		_ = Text(io.Discard, r, lang.French, 80, true)
	}
}

func BenchmarkJSON(b *testing.B) {
	r := full()
	for b.Loop() {
		_ = JSON(io.Discard, r)
	}
}

func BenchmarkHTML(b *testing.B) {
	r := full()
	for b.Loop() {
		_ = HTML(io.Discard, r, lang.French)
	}
}
