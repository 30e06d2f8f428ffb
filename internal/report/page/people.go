package page

import (
	"fmt"
	"html/template"

	"golang.org/x/text/language"

	"github.com/entregent/entregent/internal/report"
	"github.com/entregent/entregent/presence"
)

// facetView compares the groups of one facet.
type facetView struct {
	By     string
	Groups []groupView // the first of them
	More   []groupView // the others, which can be unfolded
	Next   string      // how many these are
}

type groupView struct {
	Name, N             string
	Answered, Attention number
	Also                string // attention, said
	Flag                string // of a share under four fifths of the best
	Picture             template.HTML
}

// groupsOpen are the groups that stand open on the page.
const groupsOpen = 12

func (v *view) facet(f report.Facet) facetView {
	out := facetView{By: v.Say("groups.by", v.Say("facet."+f.Name)), Next: v.Say("groups.next", max(0, len(f.Groups)-groupsOpen))}
	for i, g := range f.Groups {
		a := v.Figure(g.Answered7d)
		one := groupView{Name: report.Clip(v.Group(f.Name, g.Name), 120, "…"), N: v.Integer(g.N), Answered: numbered(v.Speaker, a), Attention: numbered(v.Speaker, v.Figure(g.Attention))}
		one.Also = v.Say("beside.text", v.Say("component.attention"), one.Attention.Whole(), g.Attention.N)
		one.Also += " · " + v.Say("groups.anyone", v.Figure(g.Answered7dAny).Value)
		if g.FourFifths {
			one.Flag = v.Say("groups.flag")
		}
		one.Picture = dots(fmt.Sprintf("%s-%d-picture", f.Name, i+1), a, 1, one.Name, v.Say("groups.picture", one.Name, a.Whole()))
		if i < groupsOpen {
			out.Groups = append(out.Groups, one)
		} else {
			out.More = append(out.More, one)
		}
	}
	return out
}

// waitingView is who waits, the oldest first.
type waitingView struct {
	Count       string // empty when nobody waits
	First, Next []waitingRow
	Start       int    // the place of the first of Next
	Left        string // how many are not in the list
}

type waitingRow struct {
	presence.WaitingItem
	Age, Quote string
	About      []string
	Tongue     string // BCP 47 of the quote; empty when not known
	Quoteless  string // said where there is no quote
}

func (v *view) waiting() (w waitingView) {
	all := v.Presence.Waiting
	if all.Count == 0 {
		return w
	}
	w.Count, w.Start = v.Say("waiting.count", all.Count), 1+report.WaitingShown
	for i, item := range all.List {
		row := waitingRow{item, v.Duration(item.Hours), report.Plain(item.Quote), v.About(item), tongue(item.Lang), v.Say("waiting.quoteless")}
		if i < report.WaitingShown {
			w.First = append(w.First, row)
		} else {
			w.Next = append(w.Next, row)
		}
	}
	if left := all.Count - len(all.List); left > 0 {
		w.Left = v.Say("waiting.more", left)
	}
	return w
}

// tongue is a language tag if it is one; what the data says need not be.
func tongue(tag string) string {
	parsed, err := language.Parse(tag)
	if tag == "" || err != nil {
		return ""
	}
	return parsed.String()
}
