package lang

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/entregent/entregent/measure"
)

// seen shows the spaces of typography: _ is narrow, ~ is fixed.
func seen(s string) string { return strings.NewReplacer(narrow, "_", fixed, "~").Replace(s) }

func TestNumbers(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{English.Integer(1234567), "1,234,567"}, {French.Integer(1234567), "1_234_567"}, {French.Integer(-1234), "−1_234"},
		{English.Decimal(1234.5, 1), "1,234.5"}, {French.Decimal(1234.5, 1), "1_234,5"}, {French.Decimal(-.04, 1), "0,0"},
		{English.Percent(.123, 1), "12.3%"}, {French.Percent(.123, 1), "12,3_%"}, {French.Percent(math.NaN(), 1), "?"},
		{English.Decimal(math.NaN(), 2), "?"}, {English.Decimal(math.Inf(1), 2), "∞"}, {French.Decimal(math.Inf(-1), 2), "−∞"},
	} {
		if got := seen(c.got); got != c.want {
			t.Errorf("%s, not %s", got, c.want)
		}
	}
}

func TestDurations(t *testing.T) {
	for _, c := range []struct {
		hours           float64
		english, french string
	}{
		{0, "0~min", "0~min"}, {.5833, "35~min", "35~min"}, {1, "1~h", "1~h"}, {1.0833, "1~h~05", "1~h~05"}, {24.5, "24~h~30", "24~h~30"},
		{48, "2~d", "2~j"}, {76, "3~d~4~h", "3~j~4~h"}, {72, "3~d", "3~j"}, {41 * 24, "41~d", "41~j"}, {400 * 24, "400~d", "400~j"},
		{8 * 365.25 * 24, "8.0~years", "8,0~ans"}, {math.NaN(), "?", "?"}, {math.Inf(1), "not~reached", "pas~atteinte"}, {-2, "−2~h", "−2~h"},
		{47.9999, "2~d", "2~j"}, {.9999, "1~h", "1~h"},
	} {
		if e, f := seen(English.Duration(c.hours)), seen(French.Duration(c.hours)); e != c.english || f != c.french {
			t.Errorf("%g hours: %s, %s; want %s, %s", c.hours, e, f, c.english, c.french)
		}
	}
	for limit, want := range map[string]string{"48h": "48~h", "7d": "7~j", "": "?", "soon": "soon", "d": "d"} {
		if got := seen(French.Within(limit)); got != want {
			t.Errorf("within %q: %s, not %s", limit, got, want)
		}
	}
}

func TestDates(t *testing.T) {
	first, third := time.Date(2010, 1, 1, 9, 5, 0, 0, time.UTC), time.Date(2010, 8, 3, 14, 30, 0, 0, time.UTC)
	for _, c := range []struct{ got, want string }{
		{English.Date(first), "1~January~2010"}, {French.Date(first), "1er~janvier~2010"}, {French.Date(third), "3~août~2010"},
		{English.Moment(first), "1~Jan~2010, 9:05"}, {French.Moment(third), "3~août~2010, 14~h~30"}, {French.Date(time.Time{}), "?"},
		{English.Period(third, Weekly), "3~Aug~2010"}, {French.Period(third, Monthly), "août~2010"}, {French.Period(third, Quarterly), "T3~2010"},
		{English.Period(third, Quarterly), "Q3~2010"}, {English.Period(third, HalfYearly), "H2~2010"}, {French.Period(third, Yearly), "2010"},
	} {
		if got := seen(c.got); got != c.want {
			t.Errorf("%s, not %s", got, c.want)
		}
	}
	for days, want := range map[int]Span{7: Weekly, 28: Monthly, 31: Monthly, 92: Quarterly, 184: HalfYearly, 366: Yearly} {
		if got := SpanOf(time.Duration(days) * 24 * time.Hour); got != want {
			t.Errorf("%d days are span %d, not %d", days, got, want)
		}
	}
}

// TestPlurals: in French 0 and 1 are singular, in English only 1.
func TestPlurals(t *testing.T) {
	for _, c := range []struct {
		l    Language
		n    int
		want string
	}{
		{English, 0, "0 more groups not shown here."}, {English, 1, "1 more group not shown here."}, {English, 2, "2 more groups not shown here."},
		{French, 0, "0 autre groupe n’est pas montré ici."}, {French, 1, "1 autre groupe n’est pas montré ici."},
		{French, 2, "2 autres groupes ne sont pas montrés ici."}, {French, 1500, "1_500 autres groupes ne sont pas montrés ici."},
	} {
		if got := seen(c.l.Say("groups.more", c.n)); got != c.want {
			t.Errorf("%s, not %s", got, c.want)
		}
	}
}

func TestDoubts(t *testing.T) {
	for _, c := range []struct {
		l     Language
		doubt measure.Doubt
		want  string
	}{
		{English, measure.Doubted("capped", 1, 5.0), "1 asker writes so much that their weight is capped at 5%"},
		{French, measure.Doubted("capped", 2, 5.0), "2 personnes écrivent tant que leur poids est plafonné à 5_%"},
		{French, measure.Doubted("one-group", "channel"), "une seule valeur (canal)_: il n’y a rien à comparer"},
		{French, measure.Doubted("too-young", "7 d"), "rien dans le journal n’a attendu aussi longtemps que 7~j"},
		{French, measure.Doubted("not-measured", "voice", measure.Doubted("no-signature")), "Voix humaine_: non mesuré_; le journal ne dit pas quelle personne a écrit"},
		{French, measure.Doubted("wide-interval", math.NaN(), 20.0), "l’intervalle est large de ? points_: au-delà de 20, aucun nombre n’est donné"},
		{French, measure.Doubt{Code: "nobody-knows-it"}, "nobody-knows-it"},
		{French, measure.Doubt{Code: "capped"}, "? personnes écrivent tant que leur poids est plafonné à ?_%"},
	} {
		if got := seen(c.l.Doubt(c.doubt)); got != c.want {
			t.Errorf("%s\nnot %s", got, c.want)
		}
	}
}

func TestPrefer(t *testing.T) {
	for _, c := range []struct {
		wishes []string
		want   Language
	}{
		{nil, English}, {[]string{"", "fr_FR.UTF-8"}, French}, {[]string{"C", "fr_FR"}, English}, {[]string{"fr-CA"}, French},
		{[]string{"de_DE.UTF-8"}, English}, {[]string{"", "", "FR"}, French}, {[]string{"en_GB", "fr"}, English}, {[]string{"french"}, English},
	} {
		if got := Prefer(c.wishes...); got != c.want {
			t.Errorf("%q: %s, not %s", c.wishes, got, c.want)
		}
	}
}

func TestSay(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{English.Say("no such key"), "⟨no such key⟩"}, {French.List([]string{"a", "b", "c"}), "a, b et c"}, {French.List(nil), ""},
		{French.Quote("oui"), "«_oui_»"}, {English.Quote("yes"), "“yes”"}, {French.Name("facet", "wool"), "wool"}, {Language("xx").Say("and"), "and"},
		{French.Tongue("fr"), "français"}, {English.Tongue("pt-BR"), "Brazilian Portuguese"}, {French.Tongue("<b>"), "<b>"}, {English.Tongue(""), ""},
		{Stretched.Tag(), "en"}, {French.Tag(), "fr"},
	} {
		if got := seen(c.got); got != c.want {
			t.Errorf("%s, not %s", got, c.want)
		}
	}
}
