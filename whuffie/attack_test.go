package whuffie_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/entregent/entregent/whuffie"
)

// town is a random log among known people.
func town(seed uint64, people, n int) (log []whuffie.Event, circle []string) {
	r := rand.New(rand.NewPCG(seed, 3))
	for i := range people {
		circle = append(circle, fmt.Sprint("citizen ", i))
	}
	for i := range n {
		from, to := r.IntN(people), int(float64(people)*r.Float64()*r.Float64())
		log = append(log, whuffie.Event{Kind: whuffie.Thanks, From: circle[from], To: circle[to], Time: at(1, 0).Add(time.Duration(i) * time.Hour)})
	}
	return log, circle
}

// What the audit foresees, on rows that lie over the world's, is what happens when the plan is carried out.
func TestAuditForesees(t *testing.T) {
	log, circle := town(1, 60, 400)
	o := whuffie.Options{Known: circle, Walks: 1 << 14}
	w := world(t, o, log...)
	for _, shape := range whuffie.Shapes {
		p, err := w.Plan(shape, 20, "citizen 7")
		if err != nil {
			t.Fatal(err)
		}
		a, err := w.Audit(p)
		if err != nil {
			t.Fatal(err)
		}
		if p.Clique {
			for _, f := range p.Fakes {
				for _, g := range p.Fakes {
					p.Events = append(p.Events, whuffie.Event{Kind: whuffie.Thanks, From: f, To: g, Time: w.Clock()})
				}
			}
		}
		done := world(t, o, append(slices.Clone(log), p.Events...)...)
		coalition := done.Score(p.Owner).Known
		for _, f := range p.Fakes {
			coalition += done.Score(f).Known
		}
		owner := done.Score(p.Owner).Known
		if shape != whuffie.Vouches && (owner != a.After || owner != a.Before) {
			t.Errorf("%s: the audit foresaw %v instead of %v, and it became %v", shape, a.After, a.Before, owner)
		}
		// The fakes' own draws hang on their names, and those that start with the owner are told apart.
		if apart := a.Start * 3.1412; coalition > a.Coalition+apart || coalition < a.Coalition*.9 {
			t.Errorf("%s: the audit foresaw %v for all together (and %v apart), and it became %v", shape, a.Coalition, apart, coalition)
		}
		if shape == whuffie.Slander && (a.Slandered == 0 || a.Slandered > a.Reach+a.Start) {
			t.Errorf("slander by %v of the walks, of %v that reach the fakes", a.Slandered, a.Reach)
		}
	}
}

// The shapes and sizes of the audit, in many towns: nobody raises herself, and no coalition has more than 3.15 times what
// reaches it.
func TestAttack(t *testing.T) {
	for seed := range uint64(4) {
		log, circle := town(seed, 30+20*int(seed), 300)
		w := world(t, whuffie.Options{Known: circle, Walks: 1 << 12}, log...)
		for _, k := range []int{1, 10, 100, 1000} {
			for _, shape := range whuffie.Shapes {
				a, err := w.Attack(shape, k)
				if err != nil {
					t.Fatal(err)
				}
				if len(a.Fakes) != k || a.After == 0 {
					t.Fatalf("%s by %d fakes: %v", shape, len(a.Fakes), a.After)
				}
				if shape != whuffie.Vouches && a.Own() != 1 || a.Own() > 1.02 || a.Gain() > 3.1412 {
					t.Errorf("%s by %d fakes: own ×%v, all ×%v", shape, k, a.Own(), a.Gain())
				}
			}
		}
	}
}

func TestAttackNobody(t *testing.T) {
	w := world(t, whuffie.Options{Known: []string{"Ana"}, Walks: 64}, thanks("1", "Ana", "Bob", 1))
	for _, test := range []func() error{
		func() error { _, err := w.Attack(whuffie.Star, 0); return err },
		func() error { _, err := w.Attack(99, 5); return err },
		func() error { _, err := w.Attack(whuffie.Star, 5); return err }, // 64 walks tell of nobody
		func() error { _, err := w.Audit(whuffie.Plan{Owner: "Zoe"}); return err },
		func() error {
			_, err := w.Audit(whuffie.Plan{Owner: "Bob", Events: []whuffie.Event{thanks("2", "Zoe", "Bob", 1)}})
			return err
		},
	} {
		if err := test(); err == nil {
			t.Error("an attack that can't be")
		}
	}
}
