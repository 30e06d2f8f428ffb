package conversation

import (
	"testing"
	"time"
)

func TestDatesAsPeopleWriteThem(t *testing.T) {
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Skip("no time zones here: ", err)
	}
	const noon, half = "2010-02-09T12:00:00+01:00", "2010-02-09T13:30:00+01:00"
	for _, c := range []struct{ written, want string }{
		{"2010-02-09T12:00:00+01:00", noon},
		{"2010-02-09T11:00:00Z", noon},
		{"2010-02-09T11:00:00.000Z", noon},
		{"2010-02-09 12:00:00", noon},
		{"2010-02-09 12:00", noon},
		{"2010-02-09T12:00:00+0100", noon},
		{"2010-02-09 12:00:00 +01", noon},
		{"2010-02-09 11:00:00 UTC", noon},
		{"2010-02-09 12:00:00 CET", noon},
		{"20100209120000", noon},
		{"1265713200", noon},
		{"1265713200.0", noon},
		{"1265713200000", noon},
		{"1265713200000000", noon},
		{"1265713200000000000", noon},
		{"Tue, 9 Feb 2010 12:00:00 +0100", noon},
		{"Tue, 09 Feb 2010 06:00:00 -0500 (EST)", noon},
		{"9 Feb 10 11:00 GMT", noon},
		{"Tue Feb 09 11:00:00 +0000 2010", noon},
		{"Tue Feb  9 12:00:00 2010", noon},
		{"Tue Feb 09 2010 12:00:00 GMT+0100 (Central European Standard Time)", noon},
		{"February 9, 2010 12:00 PM", noon},
		{"Feb 9th, 2010, 12:00 p.m.", noon},
		{"9 février 2010 à 12h", noon},
		{"mar. 9 févr. 2010 12h00", noon},
		{"mardi 9 février 2010, 13:30", half},
		{"le 9 fév. 2010 13h30", half},
		{"2010/02/09 13:30", half},
		{"2010-02-09 1:30:00 PM", half},
		{"Mar 9 2010 12:00", "2010-03-09T12:00:00+01:00"},
		{"25/12/2010 08:05", "2010-12-25T08:05:00+01:00"},
		{"12/25/2010 8:05 AM", "2010-12-25T08:05:00+01:00"},
		{"25.12.10 08:05", "2010-12-25T08:05:00+01:00"},
		{"05.04.2010 08:05", "2010-04-05T08:05:00+02:00"},
		{"2010-02-09T23:59:60Z", "2010-02-10T00:59:59+01:00"},
		{"2010-02-09T12:00:00.25+01:00", "2010-02-09T12:00:00.25+01:00"},
	} {
		d := dates{zone: paris}
		got, err := d.read(c.written)
		if err != nil {
			t.Errorf("%q: %v", c.written, err)
			continue
		}
		want, err := time.Parse(time.RFC3339, c.want)
		if err != nil {
			t.Fatal(err)
		}
		if !got.time.Equal(want) || got.precision != Exact || got.doubtful() {
			t.Errorf("%q was read as %v (%v, doubtful %v), want %v", c.written, got.time, got.precision, got.doubtful(), want)
		}
	}
}

func TestDaysHaveNoHours(t *testing.T) {
	east := time.FixedZone("", 3600)
	for _, written := range []string{"2010-02-09", "20100209", "9 February 2010", "9 févr. 2010", "9/2/2010", "09.02.2010", "2010/2/9", "Tuesday 9 Feb 2010"} {
		d := dates{zone: east}
		got, err := d.read(written)
		if err != nil || got.precision != Day || !got.time.Equal(time.Date(2010, 2, 8, 23, 0, 0, 0, time.UTC)) {
			t.Errorf("%q was read as %v (%v): %v", written, got.time, got.precision, err)
		}
	}
}

func TestDatesThatAreNone(t *testing.T) {
	for _, written := range []string{"", "yesterday", "2010-02-30", "2010-13-01", "31/31/2010", "2010-02-09T25:00:00Z", "12:00",
		"9 Feb", "2010", "2010-02-09 12:00 nowhere", "1/2/3/4", "99999999999999999999", "0000-00-00", "10:30 13:30 9 Feb 2010", "2010-02-09T12:61"} {
		d := dates{zone: time.UTC}
		if got, err := d.read(written); err == nil {
			t.Errorf("%q was read as %v", written, got.time)
		}
	}
}

func TestOrderOfDayAndMonth(t *testing.T) {
	d := dates{zone: time.UTC}
	if got, _ := d.read("03/04/2011"); !got.doubtful() || got.time.Month() != time.April {
		t.Errorf("03/04/2011 alone: %v, doubtful %v", got.time, got.doubtful())
	}
	if got, _ := d.read("03/25/2011"); got.proves != MonthFirst {
		t.Errorf("03/25/2011 proves %q", got.proves)
	}
	if got, _ := d.read("03/04/2011"); got.time.Month() != time.March {
		t.Errorf("behind 03/25/2011, 03/04/2011 is %v", got.time)
	}
	if got, _ := d.read("04/04/2011"); got.doubtful() {
		t.Error("04/04/2011 can be read in one way only")
	}
}
