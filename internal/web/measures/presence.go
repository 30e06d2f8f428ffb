package measures

import (
	"iter"
	"net/http"
	"strconv"
	"time"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/web"
	"github.com/entregent/entregent/measure"
)

// Presence: who gets an answer, how soon, how evenly.
var presenceRoutes = []web.Route{
	{Method: http.MethodGet, Path: "/presence", Name: "presence", Allow: account.Watching, Scope: account.Read, Handle: showPresence, Out: presenceView{}, Page: true},
}

// presenceView is the live figures and the report's section.
type presenceView struct {
	measuredView
	Tiles   []figureTile `json:"-"`
	Behinds []behind     `json:"-"`
}

// figureTile is a live number that opens what is behind it; without a value it
// says what is missing.
type figureTile struct{ Value, Of, Interval, Link, Missing string }

// behind leads from a number to the messages that it rests on.
type behind struct{ Says, Link string }

func (presenceView) Template() string { return "presence" }

// Header and Rows give the live figures as a table.
func (presenceView) Header() []string {
	return []string{"figure", "center", "lo", "hi", "confidence", "n", "until"}
}

func (v presenceView) Rows() iter.Seq[[]string] {
	until := v.Live.Until.UTC().Format(time.RFC3339)
	return func(yield func([]string) bool) {
		for _, one := range []struct {
			name string
			measure.Estimate
		}{{"answered_24h", v.Live.Answered}, {"answered_7d", v.Live.Week}, {"attention", v.Live.Attention}} {
			e := one.Estimate
			if !yield([]string{one.name, bare(e.Center), bare(e.Lo), bare(e.Hi), bare(e.Confidence), strconv.Itoa(e.N), until}) {
				return
			}
		}
		for name, n := range map[string]int{"waiting": v.Live.Waiting} {
			if !yield([]string{name, strconv.Itoa(n), "", "", "", "", until}) {
				return
			}
		}
	}
}

// bare writes a number for programs; nothing where there is none.
func bare(x float64) string {
	if x != x {
		return ""
	}
	return strconv.FormatFloat(x, 'g', -1, 64)
}

func showPresence(r *web.Request) (web.View, error) {
	m, err := readSection(r, "presence")
	v := presenceView{measuredView: m}
	v.Behinds = behinds(r.Lang)
	v.tile(r.Lang, m.Live.Answered, "presence.day", "24h")
	v.tile(r.Lang, m.Live.Week, "presence.week", "168h")
	return v, err
}

// tile adds a share of the live figures.
func (v *presenceView) tile(l lang.Language, e measure.Estimate, key, within string) {
	t := figureTile{Of: l.Say(key)}
	switch {
	case !v.Ready():
	case e.N == 0:
		t.Missing = l.Say("presence.few")
	case !e.Known() && len(e.Doubts) > 0:
		t.Missing = l.Doubt(e.Doubts[0])
	case e.Known():
		t.Value, t.Interval = l.Percent(e.Center, 0), l.Say("presence.interval", l.Percent(e.Lo, 0), l.Percent(e.Hi, 0), e.N)
		t.Link, _ = web.Link("/messages", "within", within, "needing", "1", "days", strconv.Itoa(liveDays)) // pairs: no error
	}
	v.Tiles = append(v.Tiles, t)
}

// behinds are the ways to the messages behind the shares of the last 90 days.
func behinds(l lang.Language) (list []behind) {
	days := strconv.Itoa(liveDays)
	for _, one := range []struct{ key, name, value string }{
		{"hour", "within", "1h"}, {"day", "within", "24h"}, {"week", "within", "168h"}, {"late", "late", "24h"}, {"never", "late", "168h"},
	} {
		if to, err := web.Link("/messages", one.name, one.value, "needing", "1", "days", days); err == nil {
			list = append(list, behind{l.Say("presence.behind." + one.key), to})
		}
	}
	return append(list, behind{l.Say("presence.behind.waiting"), "/messages?waiting=1&needing=1"})
}
