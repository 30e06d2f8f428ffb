package gap

import "github.com/entregent/entregent/measure"

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
	if m.scores.model.Labelled {
		why = append(why, measure.Doubted("learned-elsewhere"))
	} else {
		why = append(why, measure.Doubted("unlabelled-yardstick"))
	}
	if m.scores.nameless > 0 {
		why = append(why, measure.Doubted("nameless", m.scores.nameless))
	}
	return why
}
