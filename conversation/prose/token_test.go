package prose

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// spell writes the tokens of a text as piece:kind, words without their kind.
func spell(text string, tokens []Token) string {
	var b strings.Builder
	for _, t := range tokens {
		b.WriteString(" " + t.Text(text))
		if t.Kind != Word {
			b.WriteString(":" + t.Kind.String())
		}
	}
	return strings.TrimSpace(b.String())
}

func TestTokens(t *testing.T) {
	for text, want := range map[string]string{
		"":                                       "",
		"L'économie d’aujourd’hui":               "L' économie d’ aujourd’hui",
		"Qu'est-ce qu'il y a, jusqu'ici":         "Qu' est ce qu' il y a ,:punct jusqu' ici",
		"quelqu'un m'a dit : c'est l' eau":       "quelqu' un m' a dit ::punct c' est l' eau",
		"pourriez-vous peut-être":                "pourriez vous peut être",
		"don't can’t it's we're I'd O'Brien":     "don't can’t it 's we 're I 'd O'Brien",
		"the boys' room":                         "the boys room",
		"Hi @ana_b and @bob@mas.to.":             "Hi @ana_b:mention and @bob@mas.to:mention .:punct",
		"see https://a.org/x?y=1, or www.b.fr":   "see https://a.org/x?y=1:url ,:punct or www.b.fr:url",
		"t.co/xYz (en.wikipedia.org/wiki/A_(b))": "t.co/xYz:url (:punct en.wikipedia.org/wiki/A_(b):url ):punct",
		"fini.merci et work.but":                 "fini .:punct merci et work .:punct but",
		"écris à marie.dupont+a@ex.fr !":         "écris à marie.dupont+a@ex.fr:email !:punct",
		"#Été2024 #12 #prix_libre":               "#Été2024:hashtag #:punct 12:number #prix_libre:hashtag",
		"10h30, 3.14 et 2017-05-01 à 5pm":        "10h30:number ,:punct 3.14:number et 2017-05-01:number à 5pm:number",
		"12,5 % (soit 40€)":                      "12,5:number %:punct (:punct soit 40€:number ):punct",
		"merci :-) ;) :D ^^ <3 T_T":              "merci :-):emoticon ;):emoticon :D:emoticon ^^:emoticon <3:emoticon T_T:emoticon",
		"ok :hordes_calim: 👩‍👩‍👧 🇫🇷🇨🇦 👍🏽": "ok :hordes_calim::emoji 👩‍👩‍👧:emoji 🇫🇷:emoji 🇨🇦:emoji 👍🏽:emoji",
		"quoi ?!? non...":              "quoi ?!?:punct non ...:punct",
		"« Bonjour », dit-il…":         "«:punct Bonjour »:punct ,:punct dit il …:punct",
		"a &amp; b &gt; c":             "a &amp;:punct b &gt;:punct c",
		"emonTx3 my_var **bold** _it_": "emonTx3 my_var bold it",
		"\xff\xfea\xc3":                "a",
		"こんにちは":                        "こんにちは",
	} {
		want = strings.ReplaceAll(want, "40€:number", "40:number €:punct")
		if got := spell(text, Tokens(nil, text)); got != want {
			t.Errorf("%q\n got %s\nwant %s", text, got, want)
		}
	}
}

func TestBreaksAndCapitals(t *testing.T) {
	text := "Bonjour\nAna\n\n\nça va"
	tokens := Tokens(nil, text)
	for i, want := range []uint8{0, 1, 2, 0} {
		if tokens[i].Breaks != want {
			t.Errorf("%q has %d line breaks before it, want %d", tokens[i].Text(text), tokens[i].Breaks, want)
		}
		if capital := i < 2; tokens[i].Capital != capital {
			t.Errorf("%q: capital %v", tokens[i].Text(text), !capital)
		}
	}
}

func TestFold(t *testing.T) {
	for word, want := range map[string]string{
		"Économie": "economie", "ŒUVRE": "oeuvre", "e\u0301te\u0301": "ete", "créée": "creee", "merciiiii": "merci", "soooo": "so", "well": "well",
		"don’t": "dont", "DONT": "dont", "l’": "l'", "aujourd’hui": "aujourd'hui", "Straße": "strasse", "naïve": "naive", "АБВ": "абв", "t'": "t'",
	} {
		if got := string(Fold(nil, word)); got != want {
			t.Errorf("Fold(%q) = %q, want %q", word, got, want)
		}
		if Hash(word) != Hash(want) {
			t.Errorf("%q and %q have different hashes", word, want)
		}
	}
	if Hash("ou") == Hash("on") {
		t.Error("two words have one hash")
	}
}

func TestNothingAllocated(t *testing.T) {
	text := strings.Repeat("Bonjour @ana, l'économie d’aujourd’hui ne marche pas… https://a.org/é 🙂\n> cité\n", 20)
	var m Message
	m.Read(text)
	if n := testing.AllocsPerRun(10, func() { m.Read(text); m.Language() }); n > 0 {
		t.Errorf("reading again allocates %v times", n)
	}
}

// checkTokens tells what is wrong with the tokens of a text: spans lie inside it, in order, apart, and cut no letter.
func checkTokens(t *testing.T, text string, tokens []Token) {
	at := 0
	for _, k := range tokens {
		if k.Start < at || k.End <= k.Start || k.End > len(text) {
			t.Fatalf("%q: token %d–%d after %d", text, k.Start, k.End, at)
		}
		if utf8.ValidString(text) && !utf8.ValidString(k.Text(text)) {
			t.Fatalf("%q: token %q cuts a letter", text, k.Text(text))
		}
		if k.Kind > Punct {
			t.Fatalf("%q: token %q is of no kind", text, k.Text(text))
		}
		at = k.End
	}
}

func FuzzTokens(f *testing.F) {
	for _, seed := range []string{"", "L'économie @a@b.c #x http://", "'s '' ’s l'", ":-) :) ::: :a: 8) <3", "a.b@c.de/f?", "\xff’\xe2\x80", "10:30:45-", "👩‍", "e\u0301…...?!"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		checkTokens(t, text, Tokens(nil, text))
	})
}

func BenchmarkTokens(b *testing.B) {
	text := "Bonjour, je voudrais savoir si l'économie de samedi est maintenue malgré la pluie annoncée par @ana"
	var tokens []Token
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		tokens = Tokens(tokens[:0], text)
	}
}

func BenchmarkLanguage(b *testing.B) {
	text := "Bonjour, je voudrais savoir si la réunion de samedi est maintenue malgré la pluie annoncée ce jour"
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Language(text)
	}
}

func BenchmarkMessage(b *testing.B) {
	text := "Bonjour, je voudrais savoir si l'économie de samedi est maintenue malgré la pluie annoncée par @ana"
	var m Message
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		m.Read(text)
	}
}
