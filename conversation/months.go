package conversation

import "strings"

// months are the names met in dates, folded: English, French, German, Spanish,
// Italian, Dutch, Portuguese.
var months = monthNames(
	"january february march april may june july august september october november december",
	"jan feb mar apr may jun jul aug sep oct nov dec", "- - - - - - - - sept - - -",
	"janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre", //nolint:misspell // French
	"janv fevr - avr - - juil - - - - -", "- fev - - - - - - - - - -",
	"januar februar marz april mai juni juli august september oktober november dezember",
	"janner feber maerz - - - - - - okt - dez", "- - mrz - - - - - - - - -",
	"enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
	"ene - - abr - - - ago setiembre - - dic",
	"gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
	"gen - - - mag giu lug - set ott - -",
	"januari februari maart april mei juni juli augustus september oktober november december",
	"- - mrt - - - - - - - - -",
	"janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro",
	"- - - - - - - - - out - -",
)

// monthNames numbers the words of lists of twelve.
func monthNames(lists ...string) map[string]int {
	all := map[string]int{}
	for _, list := range lists {
		for i, name := range strings.Fields(list) {
			if name != "-" {
				all[name] = i + 1
			}
		}
	}
	return all
}

// fillers say nothing about when: names of days, little words.
var fillers = func() map[string]bool {
	all := map[string]bool{}
	for _, list := range []string{
		"t at on the of le a er st nd rd th de du del den der um uhr om las los alle ore as o \u5e74 \u6708 \u65e5 h hs hrs hours heures klo",
		"mon tue tues wed thu thur thurs fri sat sun monday tuesday wednesday thursday friday saturday sunday",
		"lun mar mer jeu ven sam dim lundi mardi mercredi jeudi vendredi samedi dimanche",
		"mo di mi do fr sa so montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag",
		"mie jue vie sab dom lunes martes miercoles jueves viernes sabado domingo",
		"gio lunedi martedi mercoledi giovedi venerdi sabato domenica",
		"ma wo vr za zo maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
		"seg ter qua qui sex segunda terca quarta quinta sexta feira",
	} {
		for _, word := range strings.Fields(list) {
			all[word] = true
		}
	}
	return all
}()

// named takes a word of a date; false when it isn't known. "mar" is mardi when
// another month follows, and March when none does.
func (w *writtenDate) named(word string) bool {
	written := word
	word = fold(word)
	switch m := months[word]; {
	case word == "mar" && w.month == 0 && len(w.parts) == 0:
		w.march = true
	case m > 0 && w.month == 0:
		w.month = m
	case fillers[word]:
	case w.clocked && w.zoned(written, word):
	default:
		return false
	}
	return true
}
