package whuffie

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Shape is a way in which somebody who invents people tries to raise herself.
type Shape uint8

// The shapes of an attack by k fakes.
const (
	Star       Shape = iota // every fake thanks the owner
	StarReturn              // and the owner thanks every fake
	Ring                    // the owner thanks the first fake, each fake the next, the last one the owner
	Clique                  // everyone in it thanks everyone else in it
	Camouflage              // star with return, and each fake also thanks the ten best known people, to look real
	Vouches                 // one known person for every ten fakes was bought to thank a fake; the fakes thank the owner
	Slander                 // star with return, and every fake reports the best known person
)

// Shapes are all of them.
var Shapes = []Shape{Star, StarReturn, Ring, Clique, Camouflage, Vouches, Slander}

var shapeNames = [...]string{"star", "star+return", "ring", "clique", "camouflage", "bought vouches", "slander"}

// String is the shape's name.
func (s Shape) String() string {
	if int(s) < len(shapeNames) {
		return shapeNames[s]
	}
	return fmt.Sprintf("shape %d", uint8(s))
}

// Plan is what an attacker does: the events it takes, and the people invented for it.
type Plan struct {
	Shape  Shape
	Owner  string
	Fakes  []string
	Victim string  // of slander
	Events []Event // all at the clock
	Honest []Event // of these, by people who are real: what was bought
	Clique bool    // besides, every fake thanks every other one
}

const maxFakes = 1 << 20

// Plan makes the plan of an attack by k fakes for an owner; somebody of middling standing if the owner is "".
func (w *World) Plan(shape Shape, k int, owner string) (Plan, error) {
	if k < 1 || k > maxFakes || int(shape) >= len(Shapes) {
		return Plan{}, fmt.Errorf("planning %s with %d fakes: there is no such attack", shape, k)
	}
	best := w.bestKnown(owner)
	if owner == "" {
		if len(best) == 0 {
			return Plan{}, fmt.Errorf("planning %s: too few thanks for anybody to attack", shape)
		}
		owner = best[len(best)/2]
		best = slices.Delete(best, len(best)/2, len(best)/2+1)
	}
	if w.names.find(owner) == none {
		return Plan{}, fmt.Errorf("planning %s for %q: %w", shape, owner, ErrUnknown)
	}
	p := planner{Plan: Plan{Shape: shape, Owner: owner}, at: w.Clock()}
	for i := range k {
		p.Fakes = append(p.Fakes, w.newName(fmt.Sprintf("fake %d", i+1)))
	}
	p.star()
	switch shape {
	case StarReturn:
		p.giveBack()
	case Ring:
		p.ring()
	case Clique:
		p.giveBack()
		p.Clique = true
	case Camouflage:
		p.giveBack()
		p.camouflage(best[:min(10, len(best))])
	case Vouches:
		p.buy(w.others(owner, (k+9)/10))
	case Slander:
		p.giveBack()
		if len(best) == 0 {
			return Plan{}, fmt.Errorf("planning %s: too few thanks for a victim", shape)
		}
		p.slander(best[0])
	}
	return p.Plan, nil
}

// newName is a name like this one that nobody has.
func (w *World) newName(name string) string {
	for w.names.find(name) != none {
		name += "'"
	}
	return name
}

// bestKnown lists those of whom enough walks tell, but one, the best known first.
func (w *World) bestKnown(but string) []string {
	var list []uint32
	met := w.walks.met[0]
	for p := range w.people {
		if met.of(uint32(p)) >= MinWalks && !w.people[p].organisation && w.names.get(uint32(p)) != but {
			list = append(list, uint32(p))
		}
	}
	slices.SortStableFunc(list, func(a, b uint32) int { return cmp.Compare(met.of(b), met.of(a)) })
	names := make([]string, len(list))
	for i, p := range list {
		names[i] = w.names.get(p)
	}
	return names
}

// others lists n members of the known circle, other than one and spread over it; fewer if there are fewer.
func (w *World) others(but string, n int) (names []string) {
	var list []string
	for _, p := range w.circles[0] {
		if p != none && !w.people[p].organisation && w.names.get(p) != but {
			list = append(list, w.names.get(p))
		}
	}
	n = min(n, len(list))
	for i := range n {
		names = append(names, list[i*len(list)/n])
	}
	return names
}

// planner writes the events of a plan.
type planner struct {
	Plan
	at time.Time
}

func (p *planner) thank(from, to string) {
	p.Events = append(p.Events, Event{Kind: Thanks, From: from, To: to, Time: p.at})
}

func (p *planner) star() {
	if p.Shape == Ring {
		return
	}
	for _, f := range p.Fakes {
		p.thank(f, p.Owner)
	}
}

func (p *planner) giveBack() {
	for _, f := range p.Fakes {
		p.thank(p.Owner, f)
	}
}

func (p *planner) ring() {
	from := p.Owner
	for _, f := range p.Fakes {
		p.thank(from, f)
		from = f
	}
	p.thank(from, p.Owner)
}

func (p *planner) camouflage(known []string) {
	for _, f := range p.Fakes {
		for _, name := range known {
			p.thank(f, name)
		}
	}
}

func (p *planner) buy(known []string) {
	for i, name := range known {
		p.thank(name, p.Fakes[i%len(p.Fakes)])
		p.Honest = append(p.Honest, p.Events[len(p.Events)-1])
	}
}

func (p *planner) slander(victim string) {
	p.Victim = victim
	for _, f := range p.Fakes {
		p.Events = append(p.Events, Event{Kind: Harm, From: f, To: victim, Time: p.at, Reason: strings.ToLower(p.Shape.String())})
	}
}
