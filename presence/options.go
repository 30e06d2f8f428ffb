package presence

import (
	"encoding/json"
	"strings"
	"time"
)

// Options say what to measure. The zero value measures the last 90 days up to
// the log's last message with the published parameters.
type Options struct {
	// Until is the census: what has no answer by then has waited until then.
	// Zero: the time of the log's last message.
	Until time.Time
	// Since bounds the arrival of the measured appeals. Zero: Window before Until.
	Since time.Time
	// Window is the cohort's length when Since is zero. Zero: 90 days; a
	// negative one takes the whole log.
	Window time.Duration
	// Every is the length of the periods over time. Empty: month.
	Every Every
	// Answers says whose answers attention, constancy, evenness and the index go by:
	// where volunteers are the service, anyone's. Empty: the organisation's.
	Answers Rule
	// Names are how the organisation is addressed (@names, a name in the text),
	// and Departments those it declares; nil takes what the log shows.
	Names       []string
	Departments []string
	// OwnSpaces are the channels where whoever opens a thread addresses the
	// organisation; nil means all of them.
	OwnSpaces []string
	// OwnThreads counts whatever needs an answer in a thread that the
	// organisation opened as addressed to it, also where it names nobody.
	OwnThreads bool
	// Own are the organisation's domains and product words, used to tell a
	// message in somebody else's thread from an advertisement.
	Own []string
	// Leaders are the people whose first word in a crisis is noted.
	Leaders []string
	// Location is where weeks and days begin. Nil: UTC.
	Location *time.Location
	// Seed of the bootstrap and of the crisis watch's simulations.
	Seed uint64
	// Parameters override the published ones where not zero; they are printed
	// in every report.
	Parameters Parameters
	// Progress, when not nil, is told what is being done and how far it is (0..1).
	Progress func(stage string, done float64)
}

// Parameters are the choices in the definition: published, printed, and never
// changed silently.
type Parameters struct {
	T1              Hours   // full attention within; default 1 h
	Tau             Hours   // no attention after; default 7 d
	Matured         Hours   // constancy and evenness look at answers within; default 48 h
	Merge           Hours   // an asker's messages in a thread merge within; default 24 h
	Cap             float64 // the largest weight of one asker; default .05
	MinAppeals      int     // below it no index; default 30
	MinAskers       int     // default 10
	MaxWidth        float64 // of the index's interval in points; default 20
	PeopleTarget    float64 // N1 at which diffusion is full; default 5
	TemplateJaccard float64 // likeness from which a text is a copy; default .8
	Draws           int     // bootstrap draws; default 1000
	Confidence      float64 // default .95
	FalseAlarmDays  float64 // one false alarm in so many days; default 90
	SurgeRatio      float64 // ρ of the watch; default 2
	WaitingShown    int     // entries in the waiting list; default 100
}

// Hours is a duration written in hours, as the parameters are printed.
type Hours float64

// Duration gives h as a time.Duration.
func (h Hours) Duration() time.Duration { return time.Duration(float64(h) * float64(time.Hour)) }

// MarshalJSON writes the names of presence.md with their units.
func (p Parameters) MarshalJSON() ([]byte, error) { return json.Marshal(p.fields()) }

// fields are the parameters by the names under which they are written.
func (p *Parameters) fields() map[string]any {
	return map[string]any{
		"t1_hours": &p.T1, "tau_hours": &p.Tau, "matured_hours": &p.Matured, "merge_hours": &p.Merge,
		"asker_cap": &p.Cap, "min_appeals": &p.MinAppeals, "min_askers": &p.MinAskers, "max_width": &p.MaxWidth,
		"people_target": &p.PeopleTarget, "template_jaccard": &p.TemplateJaccard, "draws": &p.Draws,
		"confidence": &p.Confidence, "false_alarm_days": &p.FalseAlarmDays, "surge_ratio": &p.SurgeRatio,
		"waiting_shown": &p.WaitingShown,
	}
}

// Published are the parameters of presence/1.
func Published() Parameters {
	return Parameters{T1: 1, Tau: 7 * 24, Matured: 48, Merge: 24, Cap: .05, MinAppeals: 30, MinAskers: 10, MaxWidth: 20,
		PeopleTarget: 5, TemplateJaccard: .8, Draws: 1000, Confidence: .95, FalseAlarmDays: 90, SurgeRatio: 2, WaitingShown: 100}
}

// or fills the zero fields of p from the published parameters.
func (p Parameters) or(d Parameters) Parameters {
	fill(&p.T1, d.T1)
	fill(&p.Tau, d.Tau)
	fill(&p.Matured, d.Matured)
	fill(&p.Merge, d.Merge)
	fill(&p.Cap, d.Cap)
	fill(&p.MinAppeals, d.MinAppeals)
	fill(&p.MinAskers, d.MinAskers)
	fill(&p.MaxWidth, d.MaxWidth)
	fill(&p.PeopleTarget, d.PeopleTarget)
	fill(&p.TemplateJaccard, d.TemplateJaccard)
	fill(&p.Draws, d.Draws)
	fill(&p.Confidence, d.Confidence)
	fill(&p.FalseAlarmDays, d.FalseAlarmDays)
	fill(&p.SurgeRatio, d.SurgeRatio)
	fill(&p.WaitingShown, d.WaitingShown)
	return p
}

func fill[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}

// Every is the length of a period.
type Every string

// The periods there are.
const (
	Week     Every = "week"
	Month    Every = "month"
	Quarter  Every = "quarter"
	HalfYear Every = "half-year"
	Year     Every = "year"
)

// Periods lists them, for help texts and checks.
func Periods() string {
	return strings.Join([]string{string(Week), string(Month), string(Quarter), string(HalfYear), string(Year)}, ", ")
}

// start gives the beginning of the period that holds t.
func (e Every) start(t time.Time) time.Time {
	y, m, d := t.Date()
	switch e {
	case Week: // ISO: from Monday
		return time.Date(y, m, d-(int(t.Weekday())+6)%7, 0, 0, 0, 0, t.Location())
	case Quarter:
		m -= (m - 1) % 3
	case HalfYear:
		m -= (m - 1) % 6
	case Year:
		m = 1
	}
	return time.Date(y, m, 1, 0, 0, 0, 0, t.Location())
}

// step gives the beginning of the n-th period after the one that begins at t.
func (e Every) step(t time.Time, n int) time.Time {
	switch e {
	case Week:
		return t.AddDate(0, 0, 7*n)
	case Quarter:
		return t.AddDate(0, 3*n, 0)
	case HalfYear:
		return t.AddDate(0, 6*n, 0)
	case Year:
		return t.AddDate(n, 0, 0)
	}
	return t.AddDate(0, n, 0)
}
