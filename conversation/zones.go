package conversation

import (
	"strings"
	"time"
)

// zones are abbreviations of time zones, folded, in minutes east of Greenwich:
// RFC 5322 4.3, and the names of the tz database (NEWS of 2017 and before, which
// still had names for all the world). Of a name that several places have, the
// place where most people live stands here; see manyZones.
var zones = map[string]int{
	"z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 60, "bst": 60, "cet": 60, "met": 60, "mez": 60, "hnec": 60, "cest": 120, "mest": 120, "mesz": 120, "haec": 120,
	"eet": 120, "eest": 180, "oesz": 180, "msk": 180, "msd": 240, "trt": 180, "samt": 240,
	"est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420,
	"akst": -540, "akdt": -480, "hst": -600, "hast": -600, "hadt": -540, "nst": -210, "ndt": -150, "ast": -240, "adt": -180,
	"hne": -300, "hae": -240, "hnc": -360, "hac": -300, "hnr": -420, "har": -360, "hnp": -480, "hap": -420, "hna": -240, "haa": -180, // French Canada
	"brt": -180, "brst": -120, "art": -180, "clt": -240, "clst": -180, "bot": -240, "cot": -300, "pet": -300, "ect": -300, "vet": -240, "pyt": -240, "pyst": -180,
	"uyt": -180, "uyst": -120, "gyt": -240, "srt": -180, "gft": -180, "fkt": -240, "fkst": -180, "amt": -240, "act": -300, "fnt": -120, "pmst": -180, "pmdt": -120,
	"azot": -60, "azost": 0, "cvt": -60, "egt": -60, "egst": 0, "wgt": -180, "wgst": -120, "galt": -360, "east": -360, "easst": -300,
	"wat": 60, "wast": 120, "cat": 120, "sast": 120, "eat": 180, "mut": 240, "ret": 240, "sct": 240,
	"ist": 330, "idt": 180, "irst": 210, "irdt": 270, "gst": 240, "get": 240, "azt": 240, "azst": 300, "aft": 270, "pkt": 300, "uzt": 300, "tmt": 300, "tjt": 300,
	"mvt": 300, "tft": 300, "yekt": 300, "npt": 345, "btt": 360, "bdt": 360, "kgt": 360, "almt": 300, "aqtt": 300, "oralt": 300, "omst": 360, "iot": 360, "cct": 390, "mmt": 390,
	"ict": 420, "wib": 420, "hovt": 420, "novt": 420, "krat": 420, "cxt": 420, "sgt": 480, "hkt": 480, "myt": 480, "pht": 480, "phst": 480, "wita": 480, "bnt": 480, "ulat": 480, "irkt": 480,
	"awst": 480, "acwst": 525, "jst": 540, "kst": 540, "wit": 540, "tlt": 540, "yakt": 540, "pwt": 540, "acst": 570, "acdt": 630, "aest": 600, "aedt": 660, "chst": 600, "pgt": 600, "vlat": 600, "chut": 600,
	"lhst": 630, "lhdt": 660, "magt": 660, "sakt": 660, "sret": 660, "nct": 660, "sbt": 660, "vut": 660, "pont": 660, "kost": 660, "nft": 660,
	"nzst": 720, "nzdt": 780, "fjt": 720, "fjst": 780, "pett": 720, "gilt": 720, "mht": 720, "tvt": 720, "wakt": 720, "wft": 720, "anat": 720, "chast": 765, "chadt": 825,
	"tot": 780, "phot": 780, "tkt": 780, "lint": 840, "wst": 780, "sst": -660, "nut": -660, "ckt": -600, "taht": -600, "mart": -570, "gamt": -540,
}

// manyZones are the names that several places have, with the one that is taken
// where the reader's own zone doesn't use the name.
var manyZones = map[string]string{
	"ist": "India's, +05:30 (not Ireland's or Israel's)",
	"cst": "North America's, -06:00 (not China's or Cuba's)",
	"ast": "the Atlantic's, -04:00 (not Arabia's)",
	"amt": "Amazonia's, -04:00 (not Armenia's)",
	"sst": "Samoa's, -11:00 (not Singapore's)",
	"gst": "the Gulf's, +04:00 (not South Georgia's)",
	"ect": "Ecuador's, -05:00 (not the Caribbean's)",
	"act": "Acre's, -05:00 (not Australia's or Brunei's)",
}

// zoned takes the abbreviation of a zone, behind the hour; false when the word is
// none. A name that nobody knows is the reader's own zone, in doubt (RFC 5322
// 4.3: an unknown name says nothing of the zone).
func (w *writtenDate) zoned(written, folded string) bool {
	minutes, known := zones[folded]
	if !known && !looksLikeZone(written) {
		return false
	}
	if w.shifted {
		return true
	}
	w.abbreviation = strings.ToUpper(folded)
	w.strange = !known
	w.shifted = true
	if known {
		w.zone = time.FixedZone(w.abbreviation, minutes*60)
	}
	return true
}

// looksLikeZone is true for three to five capitals.
func looksLikeZone(s string) bool {
	return len(s) >= 3 && len(s) <= 5 && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// abroad looks at a time whose zone has an abbreviation: where the reader's own
// zone uses it at that time, that one is meant. doubt says what was supposed.
func (d *dates) abroad(w *writtenDate, t time.Time) (at time.Time, doubt string) {
	y, m, day := t.Date()
	here := time.Date(y, m, day, t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), d.zone)
	if name, _ := here.Zone(); name == w.abbreviation {
		return here, ""
	}
	if w.strange {
		return t, "has the zone " + w.abbreviation + ", which is not known here: it was read as if it were not there; write +01:00 or Europe/Paris"
	}
	if taken, many := manyZones[strings.ToLower(w.abbreviation)]; many {
		return t, "has the zone " + w.abbreviation + ", which several countries have: " + taken + " was taken; say another as the time zone of the file"
	}
	return t, ""
}

// placeEnd is the length of the name of a zone that opens s, as Europe/Paris or
// America/Argentina/Ushuaia; 0 when there is none.
func placeEnd(s string) int {
	if s == "" || s[0] < 'A' || s[0] > 'Z' {
		return 0
	}
	slash := false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c|0x20 >= 'a' && c|0x20 <= 'z', c == '_', slash && (c == '-' || c == '+' || '0' <= c && c <= '9'):
		case c == '/' && i+1 < len(s):
			slash = true
		default:
			if !slash {
				return 0
			}
			return i
		}
	}
	if !slash {
		return 0
	}
	return len(s)
}

// place takes the name of a zone; false when no place is called so. Behind an
// offset it says nothing more.
func (w *writtenDate) place(name string) bool {
	if w.shifted {
		return true
	}
	if placeEnd(name) != len(name) || w.dates == nil {
		return false
	}
	zone, met := w.dates.zones[name]
	if !met {
		zone, _ = time.LoadLocation(name)
		if len(w.dates.zones) < mostPlaces {
			if w.dates.zones == nil {
				w.dates.zones = map[string]*time.Location{}
			}
			w.dates.zones[name] = zone
		}
	}
	if zone == nil {
		return false
	}
	w.zone, w.shifted = zone, true
	return true
}

// mostPlaces is how many names of zones are remembered.
const mostPlaces = 1000
