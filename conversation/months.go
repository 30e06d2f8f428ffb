package conversation

import (
	"strings"
	"time"
)

// months and zones are the names met in dates, folded: English, French, and the
// zones of RFC 5322 and of Europe.
var months = map[string]int{
	"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8,
	"september": 9, "october": 10, "november": 11, "december": 12,
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
	"janvier": 1, "fevrier": 2, "mars": 3, "avril": 4, "mai": 5, "juin": 6, "juillet": 7, "aout": 8,
	"septembre": 9, "octobre": 10, "novembre": 11, "decembre": 12, //nolint:misspell // French
	"janv": 1, "fevr": 2, "fev": 2, "avr": 4, "juil": 7,
}

var zones = map[string]int{ // hours east of Greenwich
	"z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "met": 1, "cest": 2, "mest": 2, "eet": 2, "eest": 3,
	"est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
}

// fillers say nothing about when: names of days, little words.
var fillers = map[string]bool{
	"t": true, "at": true, "on": true, "the": true, "of": true, "le": true, "a": true, "er": true, "st": true, "nd": true, "rd": true, "th": true,
	"mon": true, "tue": true, "tues": true, "wed": true, "thu": true, "thur": true, "thurs": true, "fri": true, "sat": true, "sun": true,
	"monday": true, "tuesday": true, "wednesday": true, "thursday": true, "friday": true, "saturday": true, "sunday": true,
	"lun": true, "mar": true, "mer": true, "jeu": true, "ven": true, "sam": true, "dim": true,
	"lundi": true, "mardi": true, "mercredi": true, "jeudi": true, "vendredi": true, "samedi": true, "dimanche": true,
}

// named takes a word of a date; false when it isn't known. "mar" is mardi when
// another month follows, and March when none does.
func (w *writtenDate) named(word string) bool {
	word = fold(word)
	hours, isZone := zones[word]
	switch m := months[word]; {
	case word == "mar" && w.month == 0 && len(w.parts) == 0:
		w.march = true
	case m > 0 && w.month == 0:
		w.month = m
	case fillers[word]:
	case isZone && w.clocked:
		if !w.shifted {
			w.shifted, w.zone = true, time.FixedZone(strings.ToUpper(word), hours*3600)
		}
	default:
		return false
	}
	return true
}
