package sentence

import (
	"strings"
	"time"

	"github.com/entregent/entregent/gift/board"
	"github.com/entregent/entregent/gift/board/money"
	"github.com/entregent/entregent/gift/geo"
	"github.com/entregent/entregent/gift/place"
)

// Options say when and where a sentence was written.
type Options struct {
	Now    time.Time    // the moment of writing, in the poster's zone; required
	Lang   string       // fr, en, or "" to find out
	Home   geo.Point    // the poster's own town: it orders readings, and decides nothing
	Places *place.Table // where names are looked up; nil is France

	lang string
}

func (o *Options) table() *place.Table {
	if o.Places != nil {
		return o.Places
	}
	return place.France()
}

// french says whether the poster's zone is one where communes of France are meant.
func (o *Options) french() bool {
	switch zone := o.Now.Location().String(); zone {
	case "Europe/Paris", "Indian/Reunion", "Indian/Mayotte", "America/Guadeloupe", "America/Martinique", "America/Cayenne", "Pacific/Tahiti", "Pacific/Noumea", "UTC", "Local", "":
		return true
	}
	return false
}

// american says whether 3/5 is the fifth of March in the poster's zone.
func (o *Options) american() bool {
	zone := o.Now.Location().String()
	for _, city := range []string{"New_York", "Chicago", "Denver", "Los_Angeles", "Phoenix", "Detroit", "Anchorage", "Boise", "Indiana/", "Kentucky/", "Adak", "Juneau"} {
		if strings.Contains(zone, "America/"+city) {
			return true
		}
	}
	return strings.HasPrefix(zone, "US/") || zone == "Pacific/Honolulu"
}

// Field names a part of the form.
type Field string

// The fields of a form.
const (
	Act      Field = "act"
	Kind     Field = "kind"
	From     Field = "from"
	To       Field = "to"
	At       Field = "place"
	Start    Field = "start"
	End      Field = "end"
	Repeat   Field = "rrule"
	Number   Field = "n"
	Price    Field = "price"
	Audience Field = "audience"
	Words    Field = "text"
)

// Mark says that a field has to be looked at before the post is published.
type Mark struct {
	Field    Field    `json:"field"`
	Why      string   `json:"why"`                // a stable code: several, unknown, twice, missing, …
	Readings []string `json:"readings,omitempty"` // what it may be, the likeliest first
}

// Place is a place of a form. A place that the table doesn't hold keeps its
// words and has no code.
type Place struct {
	Name    string `json:"name"`              // the place's own name, or the words used
	Code    string `json:"insee,omitempty"`   // of a French commune
	Country string `json:"country,omitempty"` // of a known town abroad
	Near    string `json:"near,omitempty"`    // nearer words: a station, a quarter, a street
	Private bool   `json:"private,omitempty"` // the nearer words hold an address
}

// Form is what one post of a sentence says. Empty fields weren't said or
// weren't understood.
type Form struct {
	Act        board.Act     `json:"act"`
	Kind       board.Kind    `json:"kind"`
	From       *Place        `json:"from"`
	To         *Place        `json:"to"`
	Via        []Place       `json:"via,omitempty"`
	Place      *Place        `json:"place"`
	Start      string        `json:"start"` // 2026-12-05 or 2026-12-05T10:00, in the poster's zone
	End        string        `json:"end"`   // the last day or hour that counts
	ArriveBy   string        `json:"arrive_by,omitempty"`
	Part       string        `json:"part,omitempty"` // morning, noon, afternoon, evening
	Repeat     string        `json:"rrule"`          // RFC 5545, without DTSTART: Start is the first
	Number     int           `json:"n,omitempty"`    // seats, guests or pieces; 0 when not said
	Conditions []string      `json:"conditions,omitempty"`
	Money      money.Verdict `json:"-"`
	Priced     bool          `json:"price"` // money is spoken of
	Marks      []Mark        `json:"marks,omitempty"`
	Text       string        `json:"text"` // the words of this post
}

// Marked says whether a field is marked.
func (f *Form) Marked(field Field) bool {
	for _, m := range f.Marks {
		if m.Field == field {
			return true
		}
	}
	return false
}

// mark adds a mark once.
func (f *Form) mark(field Field, why string, readings ...string) {
	if !f.Marked(field) {
		f.Marks = append(f.Marks, Mark{field, why, readings})
	}
}
