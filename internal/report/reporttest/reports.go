// Package reporttest has reports made by hand, for tests of how they are told. What a
// report says is the instruments' matter.
package reporttest

import (
	"fmt"
	"math"
	"strings"
	"sync"
	"time"

	"github.com/entregent/entregent"
	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/check"
	"github.com/entregent/entregent/ethos"
	"github.com/entregent/entregent/gap"
	"github.com/entregent/entregent/measure"
	"github.com/entregent/entregent/presence"
)

// Reports are the reports that the tests tell, by name.
var Reports = map[string]func() entregent.Report{
	"full": Full, "measured": Measured, "empty": Empty, "silent": Silent, "hostile": Hostile, "daily": Daily, "huge": Huge,
	"zero": func() entregent.Report { return entregent.Report{Reading: notRead()} },
}

func day(month time.Month, d int) time.Time { return time.Date(2010, month, d, 0, 0, 0, 0, time.UTC) }

// notRead is the reading of a log that didn't come from files.
func notRead() check.Reading {
	return check.Reading{Sides: map[string]check.Speaking{check.Us: {}, check.Them: {}, check.Nobodys: {}}}
}

// some makes an estimate with an interval as wide as n observations give.
func some(center float64, n int, u measure.Unit, doubts ...measure.Doubt) measure.Estimate {
	scale := 1.0
	if u == measure.Points {
		scale = 100
	}
	half := 1.96 * math.Sqrt(.25/float64(n)) * scale
	return measure.Estimate{Center: center, Lo: max(0, center-half), Hi: min(scale, center+half), Confidence: .95, N: n, Unit: u, Doubts: doubts}
}

func answered(of presence.Denominator, n int, org, anyone [4]float64) (list []presence.Answered) {
	for i, h := range []string{"1h", "24h", "48h", "7d"} {
		list = append(list, presence.Answered{Within: h, Rule: presence.ByOrganisation, Of: of, Estimate: some(org[i], n, measure.Share)})
	}
	for i, h := range []string{"1h", "24h", "48h", "7d"} {
		list = append(list, presence.Answered{Within: h, Rule: presence.ByAnyone, Of: of, Estimate: some(anyone[i], n, measure.Share)})
	}
	return list
}

// Full has something of everything.
func Full() entregent.Report {
	p := presence.Report{Version: presence.Version, Parameters: presence.Published(), Window: presence.Window{From: day(1, 1), Until: day(4, 1)}}
	own := measure.Doubted("own-links-unknown")
	p.Components = presence.Components{
		Attention: presence.Component{Estimate: some(.312, 388, measure.Score, measure.Doubted("capped", 1, 5.0)), Beside: []presence.Beside{
			{Name: "oldest-waiting", Value: 88 * 24, Unit: measure.Hours, N: 388}, {Name: "answered-by-peers-only", Value: .221, Unit: measure.Share, N: 388}}},
		Constancy: presence.Component{Estimate: some(.58, 371, measure.Score), Beside: []presence.Beside{
			{Name: "longest-silence", Value: 8*24 + 3, Unit: measure.Hours, N: 140}, {Name: "burstiness", Value: .41, Unit: measure.Score, N: 139}}},
		Evenness: presence.Component{Estimate: some(.74, 371, measure.Score), Beside: []presence.Beside{
			{Name: "evenness", Group: "language", Value: .74, Unit: measure.Score, N: 371}, {Name: "log-rank-p", Group: "language", Value: .0004, Unit: measure.Share, N: 371}}},
		Diffusion: presence.Component{Estimate: measure.Unmeasured(measure.Score, 140, measure.Doubted("no-signature"))},
		Voice: presence.Component{Estimate: some(.81, 140, measure.Score, measure.Doubted("undeclared-machines")), Beside: []presence.Beside{
			{Name: "template", Value: .104, Unit: measure.Share, N: 140}, {Name: "tu", Value: math.NaN(), Unit: measure.Share, N: 0}}},
		Conversation: presence.Component{Estimate: some(.66, 204, measure.Score, own)},
	}
	value, lo, hi, bound := 22.4, 18.9, 26.1, 22.1
	p.Index = presence.Index{Value: &value, Lo: &lo, Hi: &hi, Confidence: .95, Components: map[string]float64{"attention": .312, "constancy": .58,
		"evenness": .74, "voice": .81, "conversation": .66}, Unmeasured: []string{"diffusion"}, NAppeals: 388, NAskers: 301, Waiting: 246, Excluded: 3,
		Bound: &bound, Window: p.Window, Parameters: p.Parameters, Version: p.Version, Doubts: []measure.Doubt{measure.Doubted("excluded", 3, 22.1)}}
	p.Answered = answered(presence.All, 412, [4]float64{.02, .12, .17, .31}, [4]float64{.11, .4, .49, .62})
	p.AnsweredNeeding = answered(presence.Needing, 388, [4]float64{.021, .11, .16, .29}, [4]float64{.1, .39, .48, .6})
	p.Acknowledged = answered(presence.Needing, 388, [4]float64{.31, .52, .55, .61}, [4]float64{})[:4]
	p.Now = answered(presence.Needing, 611, [4]float64{.018, .1, .14, .25}, [4]float64{})[:4]
	p.MedianWait = measure.Estimate{Center: math.NaN(), Lo: 12 * 24, Hi: math.Inf(1), Confidence: .95, N: 388, Unit: measure.Hours,
		Doubts: []measure.Doubt{measure.Doubted("not-reached")}}
	mean, median, naive, honest := 21.3, 6.4, .93, .31
	p.Naive = presence.Naive{Answered: 152, Appeals: 412, MeanHours: &mean, MedianHours: &median, Within7d: &naive, HonestWithin: &honest}
	for h := 1.0 / 6; h < 720; h *= math.Pow(2, .4) {
		f := 1 - math.Exp(-.05*math.Pow(h, .43))
		p.Curve = append(p.Curve, presence.Point{Hours: h, Organisation: some(f, 388, measure.Share), Anyone: some(1-math.Pow(1-f, 2.6), 388, measure.Share),
			Withdrawn: .01, AtRisk: int(388 * (1 - f)), NaiveShare: min(1, f*2.6)})
	}
	p.Waiting = waiting(246, 24)
	p.Groups = presence.Groups{
		Channel:  []presence.Group{group("forum", 240, .34, false), group("mail", 130, .3, false), group("mastodon", 42, .12, true)},
		Language: []presence.Group{group("en", 290, .38, false), group("fr", 122, .15, true)},
		Newcomer: []presence.Group{group("known", 260, .33, false), group("newcomer", 152, .28, false)},
	}
	for i, n := range []int{31, 28, 36, 40, 122, 260, 30} {
		f := []float64{.62, .58, .6, .55, .31, .28, .4}[i]
		from := time.Date(2009, time.Month(9+i), 1, 0, 0, 0, 0, time.UTC)
		until := from.AddDate(0, 1, 0)
		if i == 6 {
			until = from.AddDate(0, 0, 20)
		}
		p.Periods = append(p.Periods, presence.Period{From: from, Until: until, Appeals: n, Answered7dOrg: some(f, n, measure.Share),
			Answered7dAny: some(min(1, f*1.5), n, measure.Share), Attention: some(f*.8, n, measure.Score), Responders: 2 + i%3})
	}
	p.Alarms = []presence.Alarm{{From: day(1, 21).Add(14 * time.Hour), Raised: day(1, 21).Add(19 * time.Hour), Peak: day(2, 4).Add(9 * time.Hour),
		Until: day(2, 24), Observed: 1180, Expected: 96.4}}
	p.Watch = presence.Watch{Measured: true, Threshold: 7.2, Ratio: 2, Dispersion: 1.9, PerHour: .31, FalseAlarms: .9}
	p.Crises = []presence.Crisis{crisis()}
	p.Counts = presence.Counts{Appeals: 412, NeedAnswer: 388, Askers: 301, Merged: 61, Answers: 140, Receipts: 118, Templates: 96, Machines: 55, Withdrawn: 3,
		SelfSolved: 9, Removed: 2, Excluded: 3, PeerOnly: 84, AllAppeals: 547, AllNeed: 511, Broadcasts: 26, OrgMessages: 435}
	p.Doubts = []measure.Doubt{measure.Doubted("recogniser"), measure.Doubted("undeclared-machines"), measure.Doubted("withdrawn", 12)}
	return entregent.Report{Title: "Ateliers Merle", Reading: notRead(), Presence: p, Gap: Apart(), Log: entregent.Summary{Messages: 2310, Threads: 640, People: 512, OrganisationMessages: 435,
		CommunityMessages: 1870, UnknownMessages: 5, First: day(1, 1).AddDate(0, -4, 0), Last: day(3, 31), Problems: []entregent.Problem{
			{Kind: conversation.UnknownSide, Count: 5, Examples: []string{"merle.jsonl:88: unknown-side (message m88): say who the organisation is with --organisation, or give a side"}},
			{Kind: conversation.EmptyText, Count: 2, Examples: []string{"merle.jsonl:1204: empty-text (message m1204): nothing written: it is no appeal and no answer"}}}}}
}

func group(name string, n int, f float64, flag bool) presence.Group {
	return presence.Group{Name: name, N: n, Answered7d: some(f, n, measure.Share), Answered7dAny: some(min(1, f*1.2), n, measure.Share), Attention: some(f*.9, n-n/10, measure.Score), FourFifths: flag}
}

func waiting(count, listed int) presence.Waiting {
	quotes := []struct{ lang, text string }{
		{"fr", "Mon vélo électrique a freiné tout seul dans la descente, deux fois. Puis-je encore rouler avec ? Le magasin me renvoie vers vous."},
		{"en", "My daughter rides this bike to school every day. Is the controller affected, yes or no? I have asked three times now."},
		{"de", "Gibt es eine Liste der betroffenen Seriennummern?"},
		{"", ""},
	}
	oldest := day(1, 3).Add(10 * time.Hour)
	w := presence.Waiting{Count: count, Oldest: &oldest, List: []presence.WaitingItem{}}
	for i := range listed {
		at := oldest.Add(time.Duration(i) * 31 * time.Hour)
		q := quotes[i%len(quotes)]
		w.List = append(w.List, presence.WaitingItem{Message: conversation.MessageID(fmt.Sprintf("m%d", i)), Thread: "t1", Author: conversation.PersonID([]string{"Anaïs R.", "tom_w", "kirsten"}[i%3]),
			Channel: []string{"forum", "mail"}[i%2], Department: []string{"", "support"}[i%2], Lang: q.lang, Time: at, Hours: day(4, 1).Sub(at).Hours(),
			Messages: 1 + i%3, NeedAnswer: true, Peer: i%4 == 1, Receipt: i%5 == 0, Removed: i == 3, Quote: q.text})
	}
	return w
}

func crisis() presence.Crisis {
	start := day(1, 21).Add(14 * time.Hour)
	at := func(days float64, author, quote string) *presence.Milestone {
		return &presence.Milestone{Message: "o1", Author: conversation.PersonID(author), Time: start.Add(time.Duration(days * 24 * float64(time.Hour))), Hours: days * 24, Quote: quote}
	}
	kept, broken := true, false
	c := presence.Crisis{Alarm: 0, Start: start, FirstWord: at(8, "press", "We are aware of reports concerning the controller and are looking into them."),
		Acknowledgement: at(11.2, "Staff Person", "I read every message here. I am sorry that we left you alone with this."),
		TwoWay:          at(11.4, "Staff Person", "Yes: yours is in the series. Please stop riding until we have replaced it."),
		Appeals:         1022, Answered: some(.011, 1022, measure.Share),
		Words:    []string{"controller", "brake", "freine", "série"},
		Promises: []presence.Promise{{Message: "o4", Made: start.AddDate(0, 0, 8), Due: start.AddDate(0, 0, 14), Kept: &broken}, {Message: "o5", Made: start.AddDate(0, 0, 15), Due: start.AddDate(0, 0, 20), Kept: &kept}, {Message: "o6", Made: start.AddDate(0, 0, 40), Due: day(5, 1)}}}
	for i := range 48 {
		c.Course = append(c.Course, presence.Course{Days: i + 1, Appeals: int(1022 * (1 - math.Exp(-float64(i)/9))), Answered: max(0, i-11) / 3})
	}
	for i, name := range []string{"regret", "explanation", "responsibility", "repentance", "repair", "forgiveness"} {
		part := presence.Part{Name: name, Said: i%2 == 0}
		if part.Said {
			part.Message = "o2"
		}
		c.Apology = append(c.Apology, part)
	}
	return c
}

// Empty is what an empty log gives: everything unknown.
func Empty() entregent.Report {
	return entregent.Measure(conversation.NewLog(nil), entregent.Options{})
}

// Measured is what the instruments really say of a small log.
var Measured = sync.OnceValue(func() entregent.Report {
	log := conversation.NewLog(nil)
	add := func(m conversation.Message) { log.Append(m) }
	for i := range 90 {
		thread, asker := conversation.ThreadID(fmt.Sprint("t", i)), conversation.PersonID(fmt.Sprint("asker", i%40))
		at := day(1, 4).Add(time.Duration(i) * 19 * time.Hour)
		add(conversation.Message{ID: conversation.MessageID(fmt.Sprint("q", i)), Thread: thread, Author: asker, Side: conversation.Community, Channel: []string{"forum", "mail"}[i%2],
			Department: []string{"sales", "repairs"}[i%3/2], Lang: "en", Time: at, Text: fmt.Sprintf("How do I replace part %d? Can you help me please?", i)})
		if i%3 > 0 {
			add(conversation.Message{ID: conversation.MessageID(fmt.Sprint("a", i)), Thread: thread, Author: conversation.PersonID(fmt.Sprint("staff", i%4)), Side: conversation.Organisation,
				Department: "repairs", Lang: "en", Time: at.Add(time.Duration(i) * time.Hour), Text: varied(i)})
		}
	}
	o := presence.Options{Every: presence.Week, Seed: 1, Parameters: presence.Parameters{Draws: 40}}
	r := entregent.Measure(log, entregent.Options{Presence: o})
	r.Title = "Measured"
	return r
})

// varied is an answer in words of its own.
func varied(i int) string {
	words := strings.Fields("turn lift the cover gently screw on your left then slide it out before pulling cable behind motor wheel and check that small brass ring sits flat against rubber seal under frame near hinge")
	said := []string{"You should"}
	for k := range 14 {
		said = append(said, words[(i*i*7+k*(i%13+2)+i)%len(words)])
	}
	return strings.Join(said, " ") + ". Tell me how it goes."
}

// Silent has appeals and no answer, too few for an index.
func Silent() entregent.Report {
	r := Full()
	p := &r.Presence
	few := measure.Doubted("too-few-appeals", 12, 9, 30, 10)
	p.Index.Value, p.Index.Lo, p.Index.Hi, p.Index.Bound, p.Index.Doubts = nil, nil, nil, nil, []measure.Doubt{few}
	unknown := func(u measure.Unit) measure.Estimate { return measure.Unmeasured(u, 12, measure.Doubted("no-answer")) }
	for _, c := range []*presence.Component{&p.Components.Constancy, &p.Components.Evenness, &p.Components.Diffusion, &p.Components.Voice, &p.Components.Conversation} {
		*c = presence.Component{Estimate: unknown(measure.Score)}
	}
	p.Components.Attention.Estimate = some(0, 12, measure.Score)
	p.Answered = answered(presence.All, 12, [4]float64{}, [4]float64{})
	p.AnsweredNeeding, p.Acknowledged, p.Now, p.Curve, p.Alarms, p.Crises = nil, nil, nil, nil, nil, nil
	p.Groups, p.Naive, p.MedianWait = presence.Groups{}, presence.Naive{Appeals: 12}, unknown(measure.Hours)
	r.Gap = TooFew()
	p.Watch = presence.Watch{Doubts: []measure.Doubt{measure.Doubted("short-log", 11.0, 90.0)}}
	for i := range p.Periods {
		p.Periods[i].Answered7dOrg, p.Periods[i].Answered7dAny, p.Periods[i].Attention = unknown(measure.Share), unknown(measure.Share), unknown(measure.Score)
	}
	return r
}

// Hostile has somebody write to the reader's terminal and browser.
func Hostile() entregent.Report {
	r := Full()
	evil := "\x1b[31m<script>alert('x')</script>\u202e\"><img src=https://evil.example/x onerror=alert(1)>\r\n&amp; 字字字 👩‍👩‍👧 " + strings.Repeat("a", 300)
	r.Title = evil
	p := &r.Presence
	for i := range p.Waiting.List {
		w := &p.Waiting.List[i]
		w.Author, w.Channel, w.Department, w.Lang, w.Quote = conversation.PersonID(evil), evil, evil, `fr" onclick="x`, evil
	}
	for i := range p.Groups.Channel {
		p.Groups.Channel[i].Name = fmt.Sprint(evil, i)
	}
	p.Crises[0].FirstWord.Quote = evil
	for i := range r.Gap.Values {
		v := &r.Gap.Values[i]
		v.ID, v.Name = evil, ethos.Words{EN: evil, FR: evil}
		v.Quotes = []gap.Quote{{Message: conversation.MessageID(evil), Side: "community", Lang: `fr" onclick="x`, Text: evil, Spans: []ethos.Span{{Start: 3, End: 28, Contribution: 1}, {Start: -4, End: 9999, Contribution: 2}}}}
	}
	r.Gap.Yardstick, r.Gap.Drivers[0].Word, r.Gap.Drivers[0].Values, r.Gap.Declared[0].ID = evil, evil, []string{evil}, evil
	r.Log.Problems[0].Examples = []string{evil}
	r.Log.Problems[1].Kind = conversation.Kind(evil)
	p.Components.Attention.Beside = append(p.Components.Attention.Beside, presence.Beside{Name: evil, Group: evil, Value: math.Inf(1), Unit: measure.Hours})
	return r
}

// daily knows only days.
func Daily() entregent.Report {
	r := Full()
	p := &r.Presence
	doubt := measure.Doubted("day-precision", 2310, 2310)
	for _, list := range [][]presence.Answered{p.Answered, p.AnsweredNeeding, p.Acknowledged, p.Now} {
		for i := range list {
			if list[i].Within == "1h" || list[i].Within == "24h" {
				list[i].Estimate = measure.Unmeasured(measure.Share, list[i].Estimate.N, doubt)
			}
		}
	}
	kept := p.Curve[:0]
	for h := 48.0; h <= 720; h += 24 {
		point := p.Curve[len(p.Curve)-1]
		point.Hours, point.Organisation = h, some(.4*h/720, 388, measure.Share)
		kept = append(kept, point)
	}
	p.Curve = kept
	p.MedianWait = measure.Estimate{Center: 120, Lo: 48, Hi: 792, Confidence: .95, N: 388, Unit: measure.Hours, Doubts: []measure.Doubt{doubt}}
	p.Doubts = append(p.Doubts, doubt)
	return r
}

// Huge has nine years of weeks, hundreds of groups, and numbers to match.
func Huge() entregent.Report {
	r := Full()
	p := &r.Presence
	p.Window.From = day(1, 1).AddDate(-9, 0, 0)
	p.Periods = nil
	for t := time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC); t.Before(p.Window.Until); t = t.AddDate(0, 0, 7) {
		k := float64(len(p.Periods))
		f := .5 + .35*math.Sin(k/40)
		p.Periods = append(p.Periods, presence.Period{From: t, Until: t.AddDate(0, 0, 7), Appeals: 2000 + int(1500*math.Sin(k/9)), Answered7dOrg: some(f, 400, measure.Share),
			Answered7dAny: some(min(1, f*1.2), 400, measure.Share), Attention: some(f*.8, 300, measure.Score), Responders: 1200})
	}
	for i := range 250 {
		p.Groups.Department = append(p.Groups.Department, group(fmt.Sprintf("Direction régionale numéro %d des relations avec les usagers", i), 4000-i, .9-float64(i)/300, i > 60))
		p.Alarms = append(p.Alarms, presence.Alarm{From: day(1, 1).AddDate(0, 0, -12*i), Raised: day(1, 1).AddDate(0, 0, -12*i), Peak: day(1, 2).AddDate(0, 0, -12*i),
			Until: day(1, 3).AddDate(0, 0, -12*i), Observed: 123456, Expected: 4567.8})
	}
	p.Waiting = waiting(1234567, 100)
	p.Counts.Appeals, p.Counts.Askers, p.Counts.NeedAnswer = 12345678, 2345678, 11345678
	return r
}
