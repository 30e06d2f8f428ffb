package gravity

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/entregent/entregent/gift/place"
	"github.com/entregent/entregent/gift/ride"
)

// sizes are how many rides the benchmarks are run with; ENTREGENT_RIDES says another number.
func sizes() []int {
	if n, err := strconv.Atoi(os.Getenv("ENTREGENT_RIDES")); err == nil {
		return []int{n}
	}
	return []int{20_000, 200_000}
}

var noon = time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)

// BenchmarkMatch is the time of one ask, all matches and the ten best, and of adding and sorting in.
func BenchmarkMatch(b *testing.B) {
	for _, n := range sizes() {
		rides, asks := World{Rides: n, Asks: 1000, Seed: 1, From: noon}.Make(place.France())
		var sorted, scanned ride.Index
		for _, r := range rides {
			if sorted.Add(r) != nil || scanned.Add(r) != nil {
				b.Fatal("an invented ride is refused")
			}
		}
		begin := time.Now()
		sorted.Rebuild()
		b.Logf("%d rides sorted in %v", n, time.Since(begin))
		for _, way := range []struct {
			name string
			x    *ride.Index
			k    int
		}{{"tree/all", &sorted, 0}, {"tree/10", &sorted, 10}, {"scan/all", &scanned, 0}} {
			b.Run(fmt.Sprintf("%d/%s", n, way.name), func(b *testing.B) { match(b, way.x, asks, way.k) })
		}
	}
}

func match(b *testing.B, x *ride.Index, asks []ride.Ask, k int) {
	var times []time.Duration
	found, n := 0, 0
	used := processor()
	for b.Loop() {
		begin := time.Now()
		list, err := x.Match(asks[n%len(asks)], k)
		times = append(times, time.Since(begin))
		if err != nil {
			b.Fatal(err)
		}
		found += len(list)
		n++
	}
	b.ReportMetric(float64((processor()-used).Microseconds())/1000/float64(n), "cpu-ms/ask")
	slices.Sort(times)
	b.ReportMetric(float64(times[len(times)*99/100].Microseconds())/1000, "p99-ms")
	b.ReportMetric(float64(found)/float64(n), "found/ask")
}

// processor is the time all cores have worked for this process: on a busy machine it tells more than the clock.
func processor() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
