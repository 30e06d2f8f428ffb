package report

import (
	"io"
	"testing"

	"github.com/entregent/entregent/internal/report/reporttest"
)

func BenchmarkJSON(b *testing.B) {
	r := reporttest.Full()
	for b.Loop() {
		_ = JSON(io.Discard, r)
	}
}
