package series_test

import (
	"fmt"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/entregent/entregent/gift/board/series"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func ExampleNew() {
	paris, _ := time.LoadLocation("Europe/Paris")
	s, _ := series.New(series.Local{Year: 2026, Month: 3, Day: 17, Hour: 8}, paris, "FREQ=WEEKLY;BYDAY=TU")
	for _, o := range s.After(time.Date(2026, 3, 20, 12, 0, 0, 0, paris), 2) {
		fmt.Println(o.Local, o.At.UTC().Format("15:04Z"))
	}
	// Output:
	// 2026-03-24T08:00 07:00Z
	// 2026-03-31T08:00 06:00Z
}

// A weekly ride across the change of hour.
func TestC01(t *testing.T) {
	paris := zone(t, "Europe/Paris")
	s, err := series.New(series.Local{Year: 2026, Month: 3, Day: 17, Hour: 8}, paris, "FREQ=WEEKLY;BYDAY=TU")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"2026-03-24T07:00:00Z", "2026-03-31T06:00:00Z", "2026-04-07T06:00:00Z", "2026-04-14T06:00:00Z"}
	got := s.After(time.Date(2026, 3, 20, 12, 0, 0, 0, paris), 4)
	if len(got) != len(want) {
		t.Fatalf("%d occurrences, want %d", len(got), len(want))
	}
	for i, o := range got {
		if at := o.At.UTC().Format(time.RFC3339); at != want[i] || o.Local.Hour != 8 || o.Moved {
			t.Errorf("occurrence %d: %s, local %s; want %s at 08:00", i, at, o.Local, want[i])
		}
	}
	if reminder := got[1].At.AddDate(0, 0, -1); reminder.UTC().Format(time.RFC3339) != "2026-03-30T06:00:00Z" {
		t.Errorf("the reminder of 31 March leaves at %s", reminder.UTC())
	}
}

// An hour that doesn't exist, and one that comes twice.
func TestC02(t *testing.T) {
	paris := zone(t, "Europe/Paris")
	gone := series.Local{Year: 2026, Month: 3, Day: 29, Hour: 2, Minute: 30}
	if at := gone.In(paris); len(at) != 0 {
		t.Errorf("02:30 exists on 29 March: %v", at)
	}
	if before, after := gone.Around(paris); before.String() != "2026-03-29T01:30" || after.String() != "2026-03-29T03:30" {
		t.Errorf("instead of 02:30: %s and %s, want 01:30 and 03:30", before, after)
	}
	twice := series.Local{Year: 2026, Month: 10, Day: 25, Hour: 2, Minute: 30}.In(paris)
	if len(twice) != 2 || twice[0].UTC().Format("15:04") != "00:30" || twice[1].UTC().Format("15:04") != "01:30" {
		t.Errorf("02:30 on 25 October: %v, want 00:30Z and 01:30Z", twice)
	}
	s, err := series.New(series.Local{Year: 2026, Month: 3, Day: 15, Hour: 2, Minute: 30}, paris, "FREQ=WEEKLY;BYDAY=SU")
	if err != nil {
		t.Fatal(err)
	}
	for i, o := range s.After(time.Date(2026, 3, 14, 0, 0, 0, 0, paris), 4) {
		if o.Moved != (i == 2) || o.Local.Hour != 2 {
			t.Errorf("occurrence %s moved: %v", o.Local, o.Moved)
		}
		if i == 2 && o.At.Format("15:04") != "03:30" {
			t.Errorf("the moved occurrence is at %s", o.At)
		}
	}
}

// Exceptions, ends and civil days on the other side of the world.
func TestSeries(t *testing.T) {
	auckland := zone(t, "Pacific/Auckland")
	first := series.Local{Year: 2026, Month: 9, Day: 21, Hour: 7, Minute: 15}
	skipped := series.Local{Year: 2026, Month: 9, Day: 23, Hour: 7, Minute: 15}
	s, err := series.New(first, auckland, "FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20260930", skipped)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, o := range s.After(time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC), 10) {
		got = append(got, o.Local.String())
	}
	want := "[2026-09-21T07:15 2026-09-28T07:15 2026-09-30T07:15]"
	if fmt.Sprint(got) != want {
		t.Errorf("%v, want %s", got, want)
	}
	if _, ok := s.Has(skipped); ok {
		t.Error("an exception takes place")
	}
	if _, ok := s.Has(first); !ok {
		t.Error("the first occurrence doesn't take place")
	}
	if n := len(s.Between(time.Date(2026, 9, 28, 0, 0, 0, 0, auckland), time.Date(2026, 9, 30, 7, 15, 0, 0, auckland))); n != 1 {
		t.Errorf("%d occurrences between the 28th and 7:15 on the 30th, want 1", n)
	}
	for _, wrong := range []string{"FREQ=HOURLY", "every Tuesday", "FREQ=WEEKLY;BYDAY=XX"} {
		if _, err := series.New(first, auckland, wrong); err == nil {
			t.Errorf("the rule %q passes", wrong)
		}
	}
}
