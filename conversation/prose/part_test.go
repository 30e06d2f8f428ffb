package prose

import (
	"strings"
	"testing"
)

// spellParts writes the parts of a text as kind(text).
func spellParts(text string) string {
	var b strings.Builder
	for _, p := range Parts(nil, text) {
		b.WriteString(p.Kind.String() + "(" + strings.ReplaceAll(text[p.Start:p.End], "\n", "/") + ")")
	}
	return b.String()
}

func TestParts(t *testing.T) {
	for text, want := range map[string]string{
		"":                  "",
		"Bonjour":           "own(Bonjour)",
		"> a\n>> b\n\nok\n": "quote(> a/>> b//)own(ok/)",
		"Oui.\n\nLe 3 mai, Ana a écrit :\n> Ça va ?\nBien":                        "own(Oui.//)quote(Le 3 mai, Ana a écrit :/> Ça va ?/)own(Bien)",
		"Yes\nOn Mon, 3 May 2021 at 10:00, Ana Bell\n<ana@a.org> wrote:\n> Well?": "own(Yes/)quote(On Mon, 3 May 2021 at 10:00, Ana Bell/<ana@a.org> wrote:/> Well?)",
		"Yes\nOn Monday Ana wrote:\nWell? Come.":                                  "own(Yes/)forward(On Monday Ana wrote:/Well? Come.)",
		"FYI\n---------- Forwarded message ----------\nFrom: a\nHello":            "own(FYI/)forward(---------- Forwarded message ----------/From: a/Hello)",
		"Vu\n----- Message d'origine -----\nDe : a\nBonjour":                      "own(Vu/)forward(----- Message d'origine -----/De : a/Bonjour)",
		"Ok\nDe : Ana <a@b.c>\nEnvoyé : lundi\nÀ : Bob\nObjet : x\n\nBonjour":     "own(Ok/)forward(De : Ana <a@b.c>/Envoyé : lundi/À : Bob/Objet : x//Bonjour)",
		"De : rien du tout\nMerci":                                                "own(De : rien du tout/Merci)",
		"[quote=\"ana, post:2\"]Why? [quote]x[/quote][/quote] Because":            "quote([quote=\"ana, post:2\"]Why? [quote]x[/quote][/quote])own( Because)",
		"<blockquote>a</blockquote>b":                                             "quote(<blockquote>a</blockquote>)own(b)",
		"Try `go?` now":                                                           "own(Try )code(`go?`)own( now)",
		"See\n```go\nx?\n```\nok":                                                 "own(See/)code(```go/x?/```/)own(ok)",
		"[code]a\nb[/CODE]c":                                                      "code([code]a/b[/CODE])own(c)",
		"Voilà :\nSerial.print(\"?\");\n}\nC'est clair ?":                         "own(Voilà :/)code(Serial.print(\"?\");/}/)own(C'est clair ?)",
		"des pommes ;\ndes poires ;":                                              "own(des pommes ;/des poires ;)",
		"Merci\n-- \nMarie\n06 00":                                                "own(Merci/)signature(-- /Marie/06 00)",
		"ok\nSent from my iPhone":                                                 "own(ok/)signature(Sent from my iPhone)",
		"a < b and [c]":                                                           "own(a < b and [c])",
	} {
		if got := spellParts(text); got != want {
			t.Errorf("%q\n got %s\nwant %s", text, got, want)
		}
	}
}

func TestSentences(t *testing.T) {
	for text, want := range map[string]string{
		"Bonjour. Ça va ? Oui !":               "Bonjour .|Ça va ?|Oui !",
		"thanks. it works now :) great":        "thanks .|it works now :) great",
		"Merci ! :) À demain":                  "Merci ! :)|À demain",
		"M. Durand et Mme. Petit sont là. Oui": "M . Durand et Mme . Petit sont là .|Oui",
		"Use e.g. a pump, i.e. this one":       "Use e . g . a pump , i . e . this one",
		"Il a dit « viens. » Je viens":         "Il a dit « viens . »|Je viens",
		"Salut\nça va\n\nmerci":                "Salut|ça va|merci",
		"This line was folded by the mail program at seventy columns\nbecause it was long": "This line was folded by the mail program at seventy columns because it was long",
		"3.5 kW. 10 h": "3.5 kW .|10 h",
		"…":            "…",
	} {
		var m Message
		m.Read(text)
		var got []string
		for _, s := range m.Sentences {
			var words []string
			for _, k := range m.Tokens[s.From:s.To] {
				words = append(words, k.Text(text))
			}
			got = append(got, strings.Join(words, " "))
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q\n got %s\nwant %s", text, strings.Join(got, "|"), want)
		}
	}
}

func FuzzMessage(f *testing.F) {
	for _, seed := range []string{"> a\nOn x wrote:\n", "[quote][code]`a`\n```", "-- \n", "a. b! c? …\n\nd", "From: a\nTo: b\nDate: c\n", "<pre", "{\n}\n;", "-----Original Message-----"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var m Message
		m.Read(text)
		at := 0
		for i, p := range m.Parts {
			if p.Start != at || p.End <= p.Start || i > 0 && m.Parts[i-1].Kind == p.Kind {
				t.Fatalf("%q: part %v after %d", text, p, at)
			}
			at = p.End
		}
		if at != len(text) {
			t.Fatalf("%q: parts end at %d", text, at)
		}
		checkTokens(t, text, m.Tokens)
		next := 0
		for _, s := range m.Sentences {
			if s.From != next || s.To <= s.From {
				t.Fatalf("%q: sentence %v after %d", text, s, next)
			}
			next = s.To
		}
		if next != len(m.Tokens) {
			t.Fatalf("%q: sentences end at %d of %d", text, next, len(m.Tokens))
		}
		if lang := m.Language(); lang != "" && lang != "fr" && lang != "en" {
			t.Fatalf("%q: language %q", text, lang)
		}
	})
}
