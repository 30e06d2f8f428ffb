package whuffie

// CountGifts gives a log in which a gift that nobody acknowledged counts as a thanks by its receiver, of the strength its
// record says, or else of this one. A gift with the ID of a thanks was acknowledged, and is left out.
//
// whuffie/1 itself counts nothing before the receiver acknowledges: whoever can record gifts of her own to people of the
// circle could mint standing. So this suits only a record kept by somebody who saw the gifts, and the strength should be
// small; ¼ is a good one.
func CountGifts(log []Event, strength float64) []Event {
	thanked := map[string]bool{}
	for _, e := range log {
		if e.Kind == Thanks && e.ID != "" {
			thanked[e.ID] = true
		}
	}
	counted := make([]Event, 0, len(log))
	for _, e := range log {
		if e.Kind == Gift {
			if thanked[e.ID] {
				continue
			}
			e.Kind, e.From, e.To = Thanks, e.To, e.From
			if e.Strength == 0 {
				e.Strength = strength
			}
		}
		counted = append(counted, e)
	}
	return counted
}
