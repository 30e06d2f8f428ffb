package sentence

import (
	"slices"
	"strconv"
	"strings"

	"github.com/entregent/entregent/gift/board"
	"github.com/entregent/entregent/gift/board/phrase"
)

var (
	everyDay   = phrase.Must("(tous les jours / ts les jours / ts les jrs / tlj / chaque jour / every day / daily / each day / quotidien / quotidiennement)")
	returnWord = phrase.Must("(aller - retour / aller retour / a // r / a et r / ar / round trip / there and back / return trip / retour / back / return / rentre)")
	twoHours   = phrase.Must("<time> - <time>")
	roundTrip  = phrase.Must("(aller - retour / aller retour / a // r / a et r / ar / round trip / there and back / return trip / et retour / and back / - retour)")
	backRule   = phrase.Must("(retour / back / return / rentre / bring someone back / bring you back) [on|at|le|a|vers|around|about|by] (<date> / <time>) [matin|midi|aprem|soir|morning|afternoon|evening|<time>]")
)

func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

// where gives each place its role.
func (r *reading) where(f *Form) {
	var spots []*spot
	roles := map[*spot]Field{}
	for _, t := range r.Items {
		if s, ok := t.Value.(*spot); ok {
			spots = append(spots, s)
		}
	}
	if f.Kind == board.Ride || f.Kind == board.Skill && r.way(roles) && len(roles) > 1 {
		r.way(roles)
		r.ends(f, spots, roles)
	} else {
		r.single(f, spots)
	}
	r.near(f)
}

// way finds the roles of places by the words before them.
func (r *reading) way(roles map[*spot]Field) bool {
	for _, rule := range book["role"] {
		for start := 0; ; {
			i, j := r.Find(rule.Pattern, start)
			if j == 0 {
				break
			}
			start = i + 1
			r.role(rule.Label, i, j, roles)
		}
	}
	return len(roles) > 0
}

// role gives the places of items i to j their role, unless they have one.
func (r *reading) role(label string, i, j int, roles map[*spot]Field) {
	var spots []*spot
	for _, t := range r.Items[i:j] {
		if s, ok := t.Value.(*spot); ok {
			spots = append(spots, s)
		}
	}
	give := func(s *spot, f Field) {
		if roles[s] == "" {
			roles[s] = f
		}
	}
	switch label {
	case "pair":
		if roles[spots[0]] == "" && roles[spots[1]] == "" || roles[spots[0]] == To && roles[spots[1]] == "" && !taken(roles, From) {
			if roles[spots[0]] == "" {
				give(spots[0], From)
			}
			give(spots[1], To)
		} else if roles[spots[0]] == To && roles[spots[1]] == "" { // A - B - C
			roles[spots[0]] = via
			give(spots[1], To)
		}
	case "via":
		for _, s := range spots {
			give(s, via)
		}
	default:
		give(spots[len(spots)-1], Field(label))
	}
}

const via Field = "via"

func taken(roles map[*spot]Field, f Field) bool {
	for _, r := range roles {
		if r == f {
			return true
		}
	}
	return false
}

// ends fills from, to and via; places without a role take what is left.
func (r *reading) ends(f *Form, spots []*spot, roles map[*spot]Field) {
	for _, s := range spots {
		switch roles[s] {
		case From:
			if f.From == nil {
				f.From = f.place(s, From)
				continue
			}
		case To:
			if f.To == nil {
				f.To = f.place(s, To)
				continue
			}
		case via:
			f.Via = append(f.Via, *f.place(s, "via"))
			continue
		}
		roles[s] = ""
	}
	for _, s := range spots {
		if roles[s] != "" {
			continue
		}
		switch {
		case f.From == nil && f.To == nil && len(spots) > 1:
			f.From = f.place(s, From)
		case f.To == nil:
			f.To = f.place(s, To)
		case f.From == nil:
			f.From = f.place(s, From)
		}
	}
	if f.From == nil {
		f.mark(From, "missing")
	}
	if f.To == nil {
		f.mark(To, "missing")
	}
}

// single fills the one place of what isn't a ride; a second one is marked.
func (r *reading) single(f *Form, spots []*spot) {
	if len(spots) == 0 {
		return
	}
	at := 0
	for i, s := range spots {
		if !s.unknown {
			at = i
			break
		}
	}
	f.Place = f.place(spots[at], At)
	if len(spots) > 1 {
		names := make([]string, len(spots))
		for i, s := range spots {
			names[i] = s.name
		}
		f.mark(At, "several", names...)
	}
}

// near keeps the nearer words: streets, halls, quarters.
func (r *reading) near(f *Form) {
	var words []string
	private := false
	for _, t := range r.Items {
		if t.Text == "<street>" || t.Text == "<spot>" {
			words = append(words, r.Original[t.From:t.To])
			private = private || t.Text == "<street>"
		}
	}
	if len(words) == 0 {
		return
	}
	p := f.Place
	if f.Kind == board.Ride {
		p = f.From
	}
	if p == nil && f.Kind != board.Ride {
		p = &Place{Name: strings.Join(words, ", ")}
		f.Place = p
		f.mark(At, "unknown", p.Name)
	}
	if p != nil {
		p.Near, p.Private = strings.Join(words, ", "), private
	}
	if private {
		f.mark(Words, "address", words...)
	}
}

// place makes the form's place of a spot, and marks what isn't sure.
func (f *Form) place(s *spot, field Field) *Place {
	p := &Place{Name: s.name, Country: s.country}
	if s.unknown {
		if s.country == "" {
			f.mark(field, "unknown", s.name)
		}
		return p
	}
	if s.sure {
		p.Name, p.Code = s.found[0].Name, string(s.found[0].Code)
		if s.found[0].Former != "" {
			p.Near = s.found[0].Former
		}
	}
	if s.why != "" {
		var readings []string
		for _, q := range s.found[:min(8, len(s.found))] {
			readings = append(readings, q.Name+" ("+string(q.Code)+")")
		}
		f.mark(field, s.why, readings...)
	}
	return p
}

// back finds the way back of a ride; nil when there is none.
func (r *reading) back(f *Form) *returning {
	line := r.line()
	if f.Kind != board.Ride || !returnWord.MatchString(line) && !twoHours.MatchString(line) {
		return nil
	}
	b := &returning{}
	if _, j := r.Find(twoHours, 0); j > 0 && r.repeats() { // every day 8h-17h
		b.time, _ = r.Items[j-1].Value.(*hour)
		r.Items[j-1].Value = nil
		return b
	}
	if i, j := r.Find(backRule, 0); j > 0 {
		r.takeBack(b, i, j)
		return b
	}
	if roundTrip.MatchString(line) {
		return b
	}
	return nil
}

// repeats says whether something happens again and again.
func (r *reading) repeats() bool {
	for _, t := range r.Items {
		if s, ok := t.Value.(*span); ok && s.repeat != "" {
			return true
		}
	}
	return false
}

// returning is what is said of the way back.
type returning struct {
	day  *span
	time *hour
	part string
}

// takeBack moves the day and hour that follow the return word out of the way out.
func (r *reading) takeBack(b *returning, i, j int) {
	for k := i; k < len(r.Items) && k < j+3; k++ {
		switch v := r.Items[k].Value.(type) {
		case *span:
			if b.day == nil && v.repeat == "" {
				b.day, r.Items[k].Value = v, nil
			}
		case *hour:
			if b.time == nil {
				b.time, r.Items[k].Value = v, nil
			}
		default:
			if p := meanings["part"][r.Items[k].Text]; p > 0 && k >= j-1 {
				b.part = partNames[p]
				r.Items[k].Text = "."
			}
		}
	}
}

// wayBack is the form of the way back: the stops in the other order, the same
// seats, its own day and hour.
func (r *reading) wayBack(out *Form, b *returning, o Options) Form {
	f := *out
	f.Marks = slices.Clone(out.Marks)
	f.From, f.To = out.To, out.From
	for i, m := range f.Marks {
		switch m.Field {
		case From:
			f.Marks[i].Field = To
		case To:
			f.Marks[i].Field = From
		}
	}
	f.Via = slices.Clone(out.Via)
	slices.Reverse(f.Via)
	f.ArriveBy, f.Part = "", first(b.part, "")
	if b.day != nil {
		f.Start, f.Part = b.day.start.Format(dayFormat), first(b.part, b.day.part)
	} else if f.Start != "" {
		f.Start = f.Start[:len(dayFormat)]
	}
	if b.time == nil {
		if b.day == nil && f.Part == "" {
			f.Part = out.Part
		}
		return f
	}
	minutes := b.time.minutes
	if out.Start != "" && !b.time.sure && minutes < 12*60 && (len(out.Start) <= len(dayFormat) || format(minutes) <= out.Start[len(dayFormat)+1:]) {
		minutes += 12 * 60
	}
	switch {
	case f.Repeat != "":
		f.Start = firstOf(f.Repeat, civilDay(o.Now), minutes, o, "")
	case f.Start != "":
		f.Start += "T" + format(minutes)
	}
	return f
}

// line is the reading's text as patterns see it.
func (r *reading) line() string {
	var b strings.Builder
	b.WriteByte(' ')
	for _, t := range r.Items {
		b.WriteString(t.Text)
		b.WriteByte(' ')
	}
	return b.String()
}
