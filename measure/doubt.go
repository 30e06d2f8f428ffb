package measure

import (
	"encoding/json"
	"fmt"
)

// Doubt is something a reader should know before using a number. Code is
// stable; the blanks fill the sentence that says it, in the reader's language.
type Doubt struct {
	Code   string
	Blanks []any // numbers and names, in the order of the sentence
}

// Doubted makes a doubt.
func Doubted(code string, blanks ...any) Doubt { return Doubt{code, blanks} }

// String is the code and the English sentence.
func (d Doubt) String() string {
	s := English[d.Code]
	if s == "" {
		return d.Code
	}
	return d.Code + ": " + fmt.Sprintf(s, d.Blanks...)
}

// MarshalJSON writes the doubt as one string.
func (d Doubt) MarshalJSON() ([]byte, error) { return json.Marshal(d.String()) }

// English is what each doubt says, with fmt's verbs for its blanks. The other
// languages stand in internal/lang, where a test compares the two.
var English = map[string]string{
	"too-few-appeals":     "%d appeals from %d people: below %d appeals or %d people no number is given",
	"wide-interval":       "the interval is %.0f points wide: above %.0f no number is given",
	"day-precision":       "%d of %d messages know only their day: nothing shorter than a day is measured",
	"all-answered":        "every one of the %d threads has an answer: the log may hold only answered conversations, so it can't say how many are",
	"no-author":           "%d messages name no author: any later message counts as somebody else's",
	"unknown-side":        "%d messages say no side: they are in no rate",
	"shared-account":      "%d messages are by accounts that many people use (guest, anonymous): each counts as somebody else's",
	"long-threads":        "threads are long (half of the appeals share theirs with %d others): an answer in a thread counts for everybody waiting in it",
	"no-answer":           "the organisation answered nothing",
	"one-group":           "only one %s: there is nothing to compare",
	"no-departments":      "no departments are known: the organisation counts as one",
	"too-few-weeks":       "only %d weeks have enough appeals: at least %d are needed",
	"too-few-answers":     "only %d answers: at least %d are needed",
	"no-signature":        "the log doesn't say which person wrote",
	"withdrawn":           "%d appeals were withdrawn or solved by their author: counted as competing events",
	"capped":              "%d askers write so much that their weight is capped at %.0f %%",
	"excluded":            "%d appeals are left out (private, machines, staff); counted as unanswered the value would be %.0f",
	"not-measured":        "%s is not measured: %s",
	"undeclared-machines": "answers written by undeclared machines that vary their words can't be told from people's",
	"recogniser":          "what needs an answer is recognised by rules: see doc/measures.md for their error rates",
	"short-log":           "the log covers %.1f days: less than the %.0f days asked for",
	"unfinished":          "%d of %d appeals are too young to say whether they will be answered within %s",
	"too-young":           "nothing in the log has waited as long as %s",
	"own-links-unknown":   "the organisation's own sites are not known (--own): only campaigns are recognised as advertising",
	"addressed-nobody":    "%d messages in threads that the organisation opened address nobody by name: they are not counted as appeals",
	"no-organisation":     "no message is the organisation's: say who it is (--organisation)",
	"all-alike":           "all appeals ended alike: there is no difference to measure",
	"open-circle":         "everybody in the log (%d people) is taken to be real: whoever invents people can raise herself",
	"no-appeals":          "nobody appealed to the organisation",
	"narrow-window":       "the window holds %d of the log's %d appeals: --window all measures them all",
	"watch-too-short":     "the log covers %.0f days and %d messages of the community: surges are looked for from %d days and %d messages on",
	"watch-by-day":        "only days are known: surges are found to the day",
	"not-reached":         "fewer than half of the appeals were answered",

	// of the values gap
	"not-enough-evidence":  "not enough evidence on the side of the %s: messages %d (%d are needed), persons %d (%d are needed)",
	"few-labels":           "labels count from %d messages a side on",
	"unlabelled-yardstick": "nobody has labelled this yardstick: its probabilities compare sides, they are no shares of messages",
	"learned-elsewhere":    "the scorer learned from debates: where people speak of other things it errs more than its intervals say",
	"nameless":             "%d messages name no author: each counts as a person of its own",
	"unreliable":           "halves of the persons agree to %.2f only (%.2f is asked for): the gaps may be those of a few",
	"withheld":             "fewer than %d persons, or what would tell of so few: not shown",
	"expressed":            "values expressed in messages, not values that people have",
}
