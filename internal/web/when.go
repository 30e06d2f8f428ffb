package web

import "time"

// when is the time as a page tells it: now, and in the house's zone. A view
// embeds it and its template asks it: {{moment (.View.At .Time)}}.
type when struct {
	now  time.Time
	zone *time.Location
}

// settings reads the house's settings.
func (r *Request) settings() (Settings, error) { return ReadSettings(r.Context(), r.Server.Store) }

// when reads the house's clock.
func (r *Request) when(s Settings) when { return when{r.Now(), s.Location} }

// At gives a time in the house's zone.
func (w when) At(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return t.In(w.zone)
}

// Ago is how long ago something was; 0 for what is still to come.
func (w when) Ago(t time.Time) time.Duration { return max(w.now.Sub(t), 0) }

// Until is how long it is until a time; 0 for what is over.
func (w when) Until(t time.Time) time.Duration { return max(t.Sub(w.now), 0) }

// Past says whether a time is over.
func (w when) Past(t time.Time) bool { return t.Before(w.now) }

// morning is nine o'clock, so many days from today.
func (w when) morning(days int) time.Time {
	y, m, d := w.now.In(w.zone).Date()
	return time.Date(y, m, d+days, 9, 0, 0, 0, w.zone)
}

// monday is nine o'clock on the next Monday, tomorrow left aside.
func (w when) monday() time.Time {
	days := (7-int(w.now.In(w.zone).Weekday()))%7 + 1
	if days == 1 {
		days = 8
	}
	return w.morning(days)
}
