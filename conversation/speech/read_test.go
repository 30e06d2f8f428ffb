package speech

import (
	"strings"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation/prose"
)

// TestGuards holds Read to the traps that a thank-you, a question or a courtesy sets.
func TestGuards(t *testing.T) {
	for _, c := range []struct {
		text      string
		is, isNot Acts
	}{
		{"thanks for nothing", Complaint, Thanks},
		{"Merci pour rien", Complaint, Thanks},
		{"Thanks to the rain we stayed in", Substance, Thanks},
		{"no thanks", 0, Thanks},
		{"non merci", 0, Thanks},
		{"Merci d'avance", 0, Thanks},
		{"merci de bien vouloir corriger la page", Request, Thanks},
		{"Merci de ne pas fumer", Request, Thanks},
		{"Is it free? Thanks!", Question, Thanks},
		{"Thanks for the tip. Is it free?", Thanks | Question, 0},
		{"Dieu merci il fait beau", 0, Thanks},
		{"Any help would be appreciated", Request, Thanks},
		{"\"Is it free?\" is what they ask", 0, Question},
		{"> Is it free?\nYes", Substance, Question},
		{"How are you?", Question * 0, Complaint},
		{"I wonder if it is free", Question, 0},
		{"je me demande si c'est ouvert", Question, 0},
		{"does anyone know the code", Question, 0},
		{"dont work", Complaint, 0},
		{"Ou bien le lundi", 0, Question},
		{"où sont les clés", Question, 0},
		{"No problem, it's not late", 0, Complaint},
		{"never mind, found it", SelfSolved, 0},
		{"laissez tomber", Withdrawn, 0},
		{"C'est résolu", Solved, 0},
		{"If it works now, tell me", 0, Solved},
		{"👍", Empty, Substance},
		{"", Empty, Substance},
		{"?!", Empty, Question},
		{"Regarde https://a.org/?utm_source=mail", Link | Campaign, 0},
		{"Peux-tu venir ?", Tu | Question, Vous},
		{"Votre avis ?", Vous | Question, Tu},
		{"We are sorry your order is late!", Apology * 0, Complaint},
	} {
		acts := Read(c.text, "")
		if !acts.Has(c.is) || acts.Any(c.isNot) {
			t.Errorf("%q: %v; want %v and not %v", c.text, acts, c.is, c.isNot)
		}
	}
}

func TestHollow(t *testing.T) {
	for text, want := range map[string]bool{
		"We're looking into it.": true,
		"Bien reçu, on regarde.": true,
		"Merci !":                true,
		"Bonjour à tous":         true,
		"Please DM us your order number so we can help.":                                      true,
		"Sorry to hear that, Ana. Please contact our customer service.":                       true,
		"This is an automated message: your ticket 12 is open, reset your box.":               true,
		"We're looking into it: the fault is in the exchange and an engineer arrives at 3pm.": false,
		"Maintenez le bouton dix secondes. Sinon écrivez-nous en MP.":                         false,
		"Yes":                           false,
		"Non, vendu hier.":              false,
		"Which model do you have?":      false,
		"L'atelier ouvre à neuf heures": false,
	} {
		if acts := Read(text, ""); acts.Hollow() != want {
			t.Errorf("%q: hollow %v, want %v [%v]", text, !want, want, acts)
		}
	}
}

func TestNeedsAnswer(t *testing.T) {
	for acts, want := range map[Acts]bool{
		Question: true, Request | Thanks: true, Complaint: true, Complaint | Solved: false, Question | Solved: true,
		Question | SelfSolved: false, Request | Withdrawn: false, Question | Automatic: false, Thanks: false, 0: false,
	} {
		if acts.NeedsAnswer() != want {
			t.Errorf("%v: %v", acts, !want)
		}
	}
	if !Read("Merci beaucoup !", "").ThanksOnly() || Read("Merci, où est la clé ?", "").ThanksOnly() {
		t.Error("thanks only")
	}
}

func TestSignature(t *testing.T) {
	for text, want := range map[string]string{
		"It is fixed. — Marie":                         "Marie",
		"@ana It is fixed ^AB":                         "AB",
		"@ana It is fixed. *QB https://t.co/x":         "QB",
		"@ana It is fixed /JC":                         "JC",
		"Well played -Becky":                           "Becky",
		"It is fixed ^kt 2/2":                          "kt",
		"C'est réparé.\n\nCordialement,\nMarie Durand": "Marie Durand",
		"C'est réparé. Cordialement, Marie Durand":     "Marie Durand",
		"It should be possible.\n\nTrystan":            "Trystan",
		"It is fixed.\n\nThanks":                       "",
		"Merci Marie":                                  "",
		"La ligne Paris-Lyon":                          "",
		"See you in Paris":                             "",
		"a*b":                                          "",
		"":                                             "",
	} {
		name, ok := Signature(text)
		if name != want || ok != (want != "") {
			t.Errorf("%q is signed %q, want %q", text, name, want)
		}
	}
}

func TestDomains(t *testing.T) {
	got := strings.Join(Domains(nil, "see https://www.A.org/x, http://me@b.fr:80?q and c.com/\n> http://quoted.org"), " ")
	if got != "a.org b.fr c.com" {
		t.Errorf("got %q", got)
	}
}

func TestContrite(t *testing.T) {
	for text, want := range map[string]Contrition{
		"We are sorry about last night.":                                            Regret,
		"Sorry, it was our fault.":                                                  Regret | Responsibility,
		"The train is late because of snow.":                                        0,
		"Nous vous prions de nous excuser.":                                         Regret | Pardon,
		"Nous assumons la responsabilité et remboursons tous les billets.":          Responsibility | Repair,
		"Je suis désolé : j'ai confondu deux adresses, cela ne se reproduira plus.": Regret | Explanation | Responsibility | Repentance,
	} {
		if got := Contrite(text, ""); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
	if n := (Regret | Repair).Count(); n != 2 {
		t.Errorf("%d parts", n)
	}
}

func TestNextUpdate(t *testing.T) {
	at := time.Date(2024, 6, 12, 10, 30, 0, 0, time.UTC) // a Wednesday
	day := func(d, h, m int) time.Time { return time.Date(2024, 6, d, h, m, 0, 0, time.UTC) }
	for text, want := range map[string]time.Time{
		"We will update you by Friday.":                     day(15, 0, 0),
		"Next update at 5pm.":                               day(12, 17, 0),
		"Next update at 9am.":                               day(13, 9, 0),
		"We'll keep you posted, next update tomorrow noon":  day(13, 12, 0),
		"Prochain point jeudi à 17h30":                      day(13, 17, 30),
		"Prochain point mercredi.":                          day(20, 0, 0),
		"On vous tient au courant sous 48 h":                day(14, 10, 30),
		"We'll update you within two hours.":                day(12, 12, 30),
		"We will keep you informed. More on June 20th.":     day(21, 0, 0),
		"Prochain point le 1er juillet":                     time.Date(2024, 7, 2, 0, 0, 0, 0, time.UTC),
		"Prochain point le 15/06 à 9h":                      day(15, 9, 0),
		"Next update on 2024-06-18 at 14:00":                day(18, 14, 0),
		"On vous redit ce soir":                             day(13, 0, 0),
		"Nous vous tiendrons informés la semaine prochaine": day(24, 0, 0),
		"We'll keep you posted":                             {},
	} {
		due, ok := NextUpdate(text, "", at)
		if !ok || !due.Equal(want) {
			t.Errorf("%q: %v %v, want %v", text, due, ok, want)
		}
	}
	for _, text := range []string{"See you on Friday", "La réunion est jeudi à 17 h", ""} {
		if _, ok := NextUpdate(text, "", at); ok {
			t.Errorf("%q promises nothing", text)
		}
	}
}

// TestCues holds the cues to their language: brackets that match and don't nest, no phrase that begins with a gap.
func TestCues(t *testing.T) {
	for _, table := range [][]cue{cuesEN, cuesFR, cuesBoth} {
		for _, c := range table {
			for _, text := range c.phrases {
				depth := 0
				for _, r := range text {
					switch r {
					case '(', '[':
						depth++
					case ')', ']':
						depth--
					}
					if depth < 0 || depth > 1 || depth == 1 && strings.ContainsRune("^$", r) {
						t.Fatalf("brackets of %q", text)
					}
				}
				l := compile([]cue{{c.acts, []string{text}}})
				if depth != 0 || len(l.phrases[0].beginnings()) == 0 {
					t.Errorf("%q begins with no word", text)
				}
			}
		}
	}
}

func TestLanguageGiven(t *testing.T) {
	if Read("comment", "en").Has(Question) || !Read("comment faire", "fr").Has(Question) {
		t.Error("the cues of the other language were used")
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{"", "Merci de ne pas ^AB", "we'll update you by 99:99 on 40/13", "— \n—", "^", "*", "a\n\nB", "?!?", "> q\nthanks in", "d'\nl'", "le 1er mai 10h", "in 9999999999999 h"} {
		f.Add(seed)
	}
	at := time.Date(2024, 6, 12, 10, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, text string) {
		acts := Read(text, "")
		if acts&^shown != 0 || acts != Read(text, "") {
			t.Fatalf("%q: %b", text, acts)
		}
		at0 := 0
		for _, c := range Evidence(text, "") {
			if c.Start < at0 || c.End <= c.Start || c.End > len(text) || c.Acts == 0 {
				t.Fatalf("%q: cue %v", text, c)
			}
			at0 = c.Start
		}
		Contrite(text, "")
		NextUpdate(text, "", at)
		Domains(nil, text)
		if name, ok := Signature(text); ok && (name == "" || !strings.Contains(text, name)) {
			t.Fatalf("%q is signed %q", text, name)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	messages := []string{
		"Bonjour, je voudrais savoir si l'atelier de samedi est maintenu malgré la pluie annoncée, merci d'avance",
		"@ana Thanks for reaching out. We're looking into this, please DM us your order number so we can help. ^AB",
		"I can't get past the login screen since the last update, is anyone else seeing this?",
		"Merci beaucoup, ça marche maintenant !",
		"You need to hold the button for five seconds until the light turns green.",
	}
	n := 0
	for _, m := range messages {
		n += len(m)
	}
	b.SetBytes(int64(n / len(messages)))
	i := 0
	for b.Loop() {
		Read(messages[i%len(messages)], "")
		i++
	}
}

// TestSeconds holds the shortcut by the second word to what the phrases say without it.
func TestSeconds(t *testing.T) {
	slow := compile(cuesFR, cuesEN, cuesBoth)
	for i := range slow.phrases {
		slow.phrases[i].second = nil
	}
	for _, e := range written(t) {
		var m prose.Message
		m.Read(e.text)
		fast := reader{m: &m, cues: both()}
		long := reader{m: &m, cues: slow}
		if a, b := fast.read(), long.read(); a != b {
			t.Errorf("%q: %v with the shortcut, %v without", e.text, a&shown, b&shown)
		}
	}
}
