package web

import (
	"iter"
	"net/http"
	"strconv"
	"time"

	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/measure"
)

// Presence: who gets an answer, how soon, how evenly.
var presenceRoutes = []Route{
	{Method: http.MethodGet, Path: "/presence", Name: "presence", Allow: Watching, Scope: Read, Handle: presence, Out: presenceView{}, Page: true},
}

// presenceView is the live figures and the report's section.
type presenceView struct {
	measuredView
	Behinds []behind `json:"-"`
}

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

func presence(r *Request) (View, error) {
	m, err := r.measured("presence")
	v := presenceView{measuredView: m}
	v.Behinds = behinds(r.Lang, m.Since)
	return v, err
}

// behinds are the ways to the messages behind the shares of the section.
func behinds(l lang.Language, since string) (list []behind) {
	add := func(key string, pairs ...string) {
		if to, err := link("/messages", pairs...); err == nil {
			list = append(list, behind{l.Say(key), to})
		}
	}
	add("presence.behind.waiting", "waiting", "1", "needing", "1")
	add("presence.behind.hour", "within", "1h", "needing", "1", "since", since)
	add("presence.behind.day", "within", "24h", "needing", "1", "since", since)
	add("presence.behind.week", "within", "168h", "needing", "1", "since", since)
	add("presence.behind.late", "late", "24h", "needing", "1", "since", since)
	add("presence.behind.never", "late", "168h", "needing", "1", "since", since)
	return list
}
