package web

import (
	"time"

	"github.com/entregent/entregent/internal/settings"
)

// Clock is the time as a page tells it: now, and in the organisation's zone. A view
// embeds it and its template asks it: {{moment (.View.At .Time)}}.
type Clock struct {
	Now  time.Time      `json:"-"`
	Zone *time.Location `json:"-"`
}

// Settings reads the settings.
func (r *Request) Settings() (settings.Settings, error) {
	return settings.Read(r.Context(), r.Server.Store)
}

// Clock gives the clock that settings ask for.
func (r *Request) Clock(s settings.Settings) Clock { return Clock{r.Now(), s.Location} }

// At gives a time in the clock's zone; the zero time stays.
func (c Clock) At(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return t.In(c.Zone)
}

// Local is now, in the clock's zone.
func (c Clock) Local() time.Time { return c.Now.In(c.Zone) }

// Ago is how long ago something was; 0 for what is still to come.
func (c Clock) Ago(t time.Time) time.Duration { return max(c.Now.Sub(t), 0) }

// Until is how long it is until a time; 0 for what is over.
func (c Clock) Until(t time.Time) time.Duration { return max(t.Sub(c.Now), 0) }

// Past says whether a time is over.
func (c Clock) Past(t time.Time) bool { return t.Before(c.Now) }
