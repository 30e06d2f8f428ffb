package main

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"testing"
)

// talk writes messages of a few texts under ever new ids, until so many bytes.
func talk(w *io.PipeWriter, bytes int) {
	texts := []string{
		"Thanks for the quick answer, I will try the new firmware tonight and tell you how it goes.",
		"Nous devons protéger la nature et les animaux, et chacun reste libre de ses choix.",
		"Our shareholders expect profitability, so we will cut costs and streamline the process.",
		"Je comprends, prenez soin de vous, on pense à vous et à votre famille.",
	}
	for n, i := 0, 0; n < bytes; i++ {
		written, err := fmt.Fprintf(w, "{\"id\":\"m%d\",\"thread\":\"t%d\",\"author\":\"p%d\",\"side\":\"community\",\"time\":\"2012-05-02T10:00:00Z\",\"text\":%q}\n", i, i/7, i%9973, texts[i%len(texts)])
		if err != nil {
			return
		}
		n += written
	}
	_ = w.Close()
}

// What score holds doesn't grow with what flows through it: 8 MB in passing, a
// gigabyte with ENTREGENT_LONG=1.
func TestScoreHoldsNoMoreOfALongStream(t *testing.T) {
	size := 8 << 20
	if os.Getenv("ENTREGENT_LONG") != "" {
		size = 1 << 30
	}
	in, w := io.Pipe()
	go talk(w, size)
	peak := &watched{}
	c := scoreCommand{Yardstick: "fosse"}
	if err := c.Run(&step{ctx: t.Context(), in: in, out: peak, err: io.Discard}); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d MB in, %d MB out, %d MB held at most", size>>20, peak.bytes>>20, peak.held>>20)
	if peak.bytes < size {
		t.Errorf("%d bytes in, %d out", size, peak.bytes)
	}
	if peak.held > 100<<20 {
		t.Errorf("%d MB held", peak.held>>20)
	}
}

// watched looks at the memory in use as it is written to.
type watched struct {
	bytes, writes int
	held          uint64
}

func (w *watched) Write(p []byte) (int, error) {
	w.bytes += len(p)
	if w.writes++; w.writes%16 == 0 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		w.held = max(w.held, m.HeapInuse)
	}
	return len(p), nil
}
