package presence

import (
	"math"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/entregent/entregent/measure/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// thorough says whether the long simulations were asked for (ENTREGENT_LONG=1).
func thorough() bool { return os.Getenv("ENTREGENT_LONG") != "" }

// firstHour is that of simulated histories.
var firstHour = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)

// town simulates a community's arrivals: negative binomial counts (dispersion r,
// 0 for Poisson) round a day with a quiet night and a calmer weekend. The watch
// knows nothing of it.
type town struct {
	perHour, r float64
	days       int
	surges     []int   // the first hours of surges
	lasting    int     // hours
	times      float64 // as many messages
	growth     float64 // a year
	double     int     // hour from which twice as many come for good
}

func (t town) expected(hour int) float64 {
	mu := t.perHour * (1 + .9*math.Sin((float64(hour%24)-9)*math.Pi/12)) // fullest at 15 h
	if hour/24%7 >= 5 {
		mu *= .7
	} else {
		mu *= 1.12
	}
	for _, surge := range t.surges {
		if hour >= surge && hour < surge+t.lasting {
			mu *= t.times
		}
	}
	if t.double > 0 && hour >= t.double {
		mu *= 2
	}
	if t.growth > 0 {
		mu *= math.Pow(t.growth, float64(hour)/24/365)
	}
	return mu
}

func (t town) live(r *rand.Rand) (times []int64, until int64) {
	for hour := range t.days * 24 {
		mu := t.expected(hour)
		if t.r > 0 {
			mu *= distuv.Gamma{Alpha: t.r, Beta: t.r, Src: r}.Rand()
		}
		if mu <= 0 {
			continue
		}
		at := firstHour.Add(time.Duration(hour) * time.Hour).UnixMicro()
		for range int(distuv.Poisson{Lambda: mu, Src: r}.Rand()) {
			times = append(times, at+r.Int64N(anHour))
		}
	}
	slices.Sort(times)
	return times, firstHour.Add(time.Duration(t.days*24) * time.Hour).UnixMicro()
}

func hourOf(h int) time.Time { return firstHour.Add(time.Duration(h) * time.Hour) }

// TestWatchSeldomErrs: on fresh histories without any surge, at most 1.5 alarms
// in 90 days, whatever the number of messages and however they scatter. The long
// run learns from 90 days at a time, which is harder.
func TestWatchSeldomErrs(t *testing.T) {
	histories, days, scatters := 1, 1440, []float64{3}
	if thorough() {
		histories, days, scatters = 100, 90, []float64{0, 5, 1}
	}
	for _, r := range scatters {
		for _, perHour := range []float64{.1, .5, 1, 3, 10, 20} {
			alarms := 0
			for i := range histories {
				times, until := town{perHour: perHour, r: r, days: days}.live(stat.Stream(7, i))
				told, found := watch(times, false, until, Published(), uint64(i), time.UTC, Watch{})
				if !told.Measured || told.FalseAlarms > 1.5 {
					t.Fatalf("%g an hour: the watch tells %+v", perHour, told)
				}
				alarms += len(found)
			}
			quarters := float64(histories*days) / 90
			rate := float64(alarms) / quarters
			t.Logf("%g messages an hour, r %g: %.2f ± %.2f false alarms in 90 days", perHour, r, rate, 1.96*math.Sqrt(float64(alarms))/quarters)
			if rate > 1.5 {
				t.Errorf("%g messages an hour, r %g: %.2f false alarms in 90 days", perHour, r, rate)
			}
		}
	}
}

// TestWatchIsQuick: a surge of three times as many messages, beginning at any
// hour, is told within 12, 5 and 3 hours (median) where .5, 3 and 20 come in an
// hour.
func TestWatchIsQuick(t *testing.T) {
	histories, scatters := 3, []float64{5}
	if thorough() {
		histories, scatters = 12, []float64{0, 10, 5}
	}
	for _, r := range scatters {
		for _, w := range []struct{ perHour, within float64 }{{.5, 12}, {3, 5}, {20, 3}} {
			var delays, off []float64
			for i := range histories {
				g := stat.Stream(9, i)
				community := town{perHour: w.perHour, r: r, days: 1000, lasting: 48, times: 3}
				for week := 14; week < 140; week += 13 {
					community.surges = append(community.surges, 168*week+g.IntN(168))
				}
				times, until := community.live(g)
				_, alarms := watch(times, false, until, Published(), uint64(i), time.UTC, Watch{})
				for _, surge := range community.surges {
					delay, wrong := told(alarms, hourOf(surge), hourOf(surge+community.lasting))
					delays, off = append(delays, delay), append(off, wrong)
				}
			}
			slices.Sort(delays)
			slices.Sort(off)
			n := len(delays)
			t.Logf("%g an hour, r %g: %d surges told after %g h (quartiles %g, %g); beginning off by %g h", w.perHour, r,
				n, delays[n/2], delays[n/4], delays[3*n/4], off[n/2])
			if delays[n/2] > w.within {
				t.Errorf("%g an hour, r %g: median delay %g h, want at most %g", w.perHour, r, delays[n/2], w.within)
			}
		}
	}
}

// told is how many hours after its beginning a surge was told, and by how many
// its beginning was misdated; infinite when it was missed.
func told(alarms []Alarm, from, until time.Time) (delay, off float64) {
	for _, a := range alarms {
		if a.Until.After(from) && a.Raised.Before(until) {
			return max(0, a.Raised.Sub(from).Hours()), a.From.Sub(from).Abs().Hours()
		}
	}
	return math.Inf(1), math.Inf(1)
}

// TestSurgeDoesNotHideItself: five weeks of crisis in sixteen are one third of
// what the season is learned from.
func TestSurgeDoesNotHideItself(t *testing.T) {
	begin := 24*70 + 8
	times, until := town{perHour: .5, r: 3, days: 112, surges: []int{begin}, lasting: 24 * 35, times: 5}.live(stat.Stream(11, 0))
	w, alarms := watch(times, false, until, Published(), 1, time.UTC, Watch{})
	if len(alarms) == 0 {
		t.Fatal("no alarm")
	}
	a := alarms[len(alarms)-1]
	if off := a.From.Sub(hourOf(begin)).Abs(); off > 24*time.Hour {
		t.Errorf("begins %v, want %v", a.From, hourOf(begin))
	}
	if off := a.Until.Sub(hourOf(begin + 24*35)).Abs(); off > 24*time.Hour || a.Ongoing {
		t.Errorf("ends %v (ongoing %v), want %v", a.Until, a.Ongoing, hourOf(begin+24*35))
	}
	if ratio := float64(a.Observed) / a.Expected; ratio < 4 || ratio > 6 {
		t.Errorf("%d messages where %.0f were expected: want about 5 times as many", a.Observed, a.Expected)
	}
	if a.Peak.Before(a.From) || a.Peak.After(a.Until) || a.Raised.Before(a.From) {
		t.Errorf("%+v is out of order", a)
	}
	if w.Dispersion < 1.5 || w.Dispersion > 8 {
		t.Errorf("dispersion %.2f, want about 3: the surge was taken for scatter", w.Dispersion)
	}
}

// TestChangeOfPaceIsToldOnce: after a quarter, twice as many messages are what
// is usual.
func TestChangeOfPaceIsToldOnce(t *testing.T) {
	times, until := town{perHour: 1, r: 5, days: 540, double: 24 * 200}.live(stat.Stream(13, 0))
	_, alarms := watch(times, false, until, Published(), 1, time.UTC, Watch{})
	told, later := false, 0
	for _, a := range alarms {
		if a.From.Before(hourOf(24*203)) && a.Until.After(hourOf(24*201)) {
			told = true
		}
		if a.Until.After(hourOf(24 * (200 + 7*quarter))) {
			later++
		}
	}
	if !told {
		t.Errorf("twice as many messages were not noticed: %+v", alarms)
	}
	if later > 5 { // 249 days at one false alarm in 90
		t.Errorf("%d alarms after the pace had become ordinary", later)
	}
}

// TestGrowthIsNoAlarm: a community that grows by a half, or shrinks to a half,
// each year.
func TestGrowthIsNoAlarm(t *testing.T) {
	for _, growth := range []float64{1.5, .5} {
		times, until := town{perHour: 1, r: 5, days: 4 * 365, growth: growth}.live(stat.Stream(17, 0))
		_, alarms := watch(times, false, until, Published(), 1, time.UTC, Watch{})
		if rate := float64(len(alarms)) * 90 / (4 * 365); rate > 2 {
			t.Errorf("growing %g-fold a year: %.1f alarms in 90 days", growth, rate)
		}
	}
}

// TestLivelyCommunityIsNoCrisis: where a message brings the next, counts wander
// by themselves; the threshold knows it.
func TestLivelyCommunityIsNoCrisis(t *testing.T) {
	histories, days := 1, 1440
	if thorough() {
		histories, days = 60, 180
	}
	alarms := 0
	for i := range histories {
		g := stat.Stream(19, i)
		bins := days * 24
		c := &calendar{counts: make([]int32, bins), cell: make([]uint8, bins), hours: 24, width: anHour, start: firstHour.UnixMicro()}
		s := &season{mean: make([]float64, bins), alpha: .8, overdispersion: overdispersion{hours: .5, days: .07}}
		for t := range s.mean {
			s.mean[t] = town{perHour: 1}.expected(t)
		}
		var times []int64
		for t, y := range s.draw(c, g).counts {
			for range y {
				times = append(times, c.at(t).UnixMicro()+g.Int64N(anHour))
			}
		}
		slices.Sort(times)
		_, found := watch(times, false, c.at(bins).UnixMicro(), Published(), uint64(i), time.UTC, Watch{})
		alarms += len(found)
	}
	rate := float64(90*alarms) / float64(histories*days)
	t.Logf("%.2f false alarms in 90 days", rate)
	if rate > 1.5 {
		t.Errorf("%.2f false alarms in 90 days", rate)
	}
}

func TestWatchByDay(t *testing.T) {
	times, _ := town{perHour: .3, days: 200, surges: []int{24 * 150}, lasting: 24 * 6, times: 4}.live(stat.Stream(23, 0))
	for i, at := range times {
		times[i] = at - at%aDay
	}
	w, alarms := watch(times, true, times[len(times)-1], Published(), 1, nil, Watch{})
	if len(w.Doubts) != 1 || w.Doubts[0].Code != "watch-by-day" || math.Abs(w.PerHour-.3) > .1 {
		t.Errorf("%+v", w)
	}
	for _, a := range alarms {
		if a.From.Equal(hourOf(24*150)) && a.Observed > 2*int(a.Expected) {
			return
		}
	}
	t.Errorf("six days of four times as many messages were not found: %+v", alarms)
}

func TestWatchTooShort(t *testing.T) {
	times, until := town{perHour: 1, days: 20}.live(stat.Stream(29, 0))
	for _, w := range []struct {
		times []int64
		until int64
	}{{times, until}, {nil, until}, {times[:3], until + 90*aDay}} {
		told, alarms := watch(w.times, false, w.until, Published(), 1, time.UTC, Watch{})
		if told.Measured || len(alarms) > 0 || len(told.Doubts) != 1 || told.Doubts[0].Code != "watch-too-short" {
			t.Errorf("%d messages: %+v, %+v", len(w.times), told, alarms)
		}
	}
}

func TestWatchIsRepeatable(t *testing.T) {
	times, until := town{perHour: 1, r: 2, days: 60, surges: []int{900}, lasting: 30, times: 4}.live(stat.Stream(31, 0))
	w, alarms := watch(times, false, until, Published(), 5, time.UTC, Watch{})
	w2, alarms2 := watch(times, false, until, Published(), 5, time.UTC, Watch{})
	if !reflect.DeepEqual(w, w2) || !reflect.DeepEqual(alarms, alarms2) {
		t.Error("the same log and seed gave two reports")
	}
}

// TestDispersionIsTheLikeliest compares the root of the score with the
// likelihood itself.
func TestDispersionIsTheLikeliest(t *testing.T) {
	for _, alpha := range []float64{.02, .3, 2} {
		r := stat.Stream(37, 0)
		counts, mean := make([]int32, 3000), make([]float64, 3000)
		for i := range counts {
			mean[i] = .2 + 3*r.Float64()
			counts[i] = int32(distuv.Poisson{Lambda: mean[i] * distuv.Gamma{Alpha: 1 / alpha, Beta: 1 / alpha, Src: r}.Rand(), Src: r}.Rand())
		}
		likelihood := func(a float64) (l float64) {
			for i, y := range counts {
				n, p := 1/a, 1/(1+a*mean[i])
				g1, _ := math.Lgamma(float64(y) + n)
				g2, _ := math.Lgamma(n)
				l += g1 - g2 + n*math.Log(p) + float64(y)*math.Log(1-p)
			}
			return l
		}
		a := dispersion(counts, mean, make([]bool, len(counts)))
		if l := likelihood(a); l < likelihood(1.02*a) || l < likelihood(a/1.02) {
			t.Errorf("α %.3f found %.4f: %.6f, beside %.6f and %.6f", alpha, a, l, likelihood(a/1.02), likelihood(1.02*a))
		}
	}
}

func BenchmarkWatch(b *testing.B) {
	for _, w := range []struct {
		name string
		town
	}{{"90 days", town{perHour: 1, r: 3, days: 90}}, {"8 years", town{perHour: 1, r: 3, days: 8 * 365}}} {
		times, until := w.live(stat.Stream(1, 0))
		b.Run(w.name, func(b *testing.B) {
			for b.Loop() {
				watch(times, false, until, Published(), 1, time.UTC, Watch{})
			}
		})
	}
}

// TestWatchBearsOddParameters: nobody should ask for it, nothing hangs.
func TestWatchBearsOddParameters(t *testing.T) {
	times, until := town{perHour: 1, days: 40}.live(stat.Stream(41, 0))
	for _, p := range []Parameters{{SurgeRatio: 2, FalseAlarmDays: -1}, {SurgeRatio: .5, FalseAlarmDays: 1}, {SurgeRatio: 1e6, FalseAlarmDays: 1e6}} {
		if w, _ := watch(times, false, until, p, 1, nil, Watch{}); !w.Measured {
			t.Errorf("%+v: %+v", p, w)
		}
	}
}
