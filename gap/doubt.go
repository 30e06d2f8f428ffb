package gap

import "github.com/entregent/entregent/measure"

// sentences are the doubts that only this package has, in English; they join
// those of package measure.
var sentences = map[string]string{
	"not-enough-evidence":  "not enough evidence on the side of the %s: %d of %d messages, %d of %d persons",
	"few-labels":           "labels count from %d messages a side on",
	"unlabelled-yardstick": "nobody has labelled this yardstick: its probabilities compare sides, they are no shares of messages",
	"learned-elsewhere":    "the scorer learned from debates: where people speak of other things it errs more than its intervals say",
	"nameless":             "%d messages name no author: each counts as a person of its own",
	"unreliable":           "halves of the persons agree to %.2f only (%.2f is asked for): the gaps may be those of a few",
	"expressed":            "values expressed in messages, not values that people have",
}

func init() {
	for code, sentence := range sentences {
		measure.English[code] = sentence
	}
}

// tooFew says which side is too small, and by how much.
func (m *meter) tooFew(s sides) []measure.Doubt {
	var why []measure.Doubt
	for _, side := range []*side{&s.organisation, &s.community} {
		if !side.enough() {
			why = append(why, measure.Doubted("not-enough-evidence", side.side.String(), side.messages, FewestMessages, len(side.persons), FewestPersons))
		}
	}
	return why
}

func (m *meter) doubts(s sides) []measure.Doubt {
	why := append([]measure.Doubt{measure.Doubted("expressed")}, m.tooFew(s)...)
	if m.reading.model.Labelled {
		why = append(why, measure.Doubted("learned-elsewhere"))
	} else {
		why = append(why, measure.Doubted("unlabelled-yardstick"))
	}
	if m.reading.nameless > 0 {
		why = append(why, measure.Doubted("nameless", m.reading.nameless))
	}
	return why
}
