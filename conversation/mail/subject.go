package mail

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// answering are what mail programs put before the subject of an answer, folded;
// passing, of a mail passed on. The languages of Outlook, Notes, Thunderbird,
// Apple Mail: en, fr, de, nl, sv/da/no, fi, is, es, it, pt, pl, cs, hu, tr, el, ro,
// id, cy, he, ru, zh.
var (
	answering = set("re", "aw", "antw", "antwort", "sv", "svar", "vs", "va", "rv", "res", "resp", "r", "rif", "odp", "ynt", "yan", "απ", "atb", "bls", "ref", "reply", "на", "отв", "ответ", "השב", "回复", "答复", "回覆", "答覆", "返信")
	passing   = set("fw", "fwd", "tr", "wg", "vl", "vb", "vbs", "rv", "enc", "i", "inoltra", "pd", "prz", "ilt", "πρθ", "tov", "doorst", "dz", "trs", "továbbítás", "пересл", "转发", "轉寄", "転送")
)

func set(words ...string) map[string]bool {
	all := make(map[string]bool, len(words))
	for _, w := range words {
		all[w] = true
	}
	return all
}

// Subject takes a subject apart: what it is about, without case and accents and
// without what programs put before and behind it (Re:, RE :, Re[2]:, AW:, TR: RE:,
// [EXTERNAL], [list], (fwd)), and whether that says that the mail answers, or
// passes on, another.
func Subject(s string) (base string, again bool) {
	s = foldSubject(s)
	for {
		rest, mark := cutMark(s)
		if rest == s {
			break
		}
		s, again = rest, again || mark
	}
	if short, ok := strings.CutSuffix(s, "(fwd)"); ok {
		s, again = strings.TrimSpace(short), true
	}
	return s, again
}

// isReply is true for a subject that begins as an answer's.
func isReply(subject string) bool {
	_, again := Subject(subject)
	return again
}

// cutMark takes one mark off the front of a folded subject, unless nothing would
// be left of it.
func cutMark(s string) (rest string, again bool) {
	if tag, after, ok := cutTag(s); ok {
		if after == "" || strings.ContainsAny(tag, "#0123456789") {
			return s, false
		}
		return after, false
	}
	word, after, ok := cutColon(s)
	if !ok {
		return s, false
	}
	if answering[word] || passing[word] {
		return after, true
	}
	switch word {
	case "external", "ext", "externe", "extern", "spam", "externo", "esterno":
		return after, false
	}
	return s, false
}

// cutTag takes off [list], (external), *external*.
func cutTag(s string) (tag, rest string, ok bool) {
	for _, pair := range [...][2]string{{"[", "]"}, {"***", "***"}, {"*", "*"}, {"【", "】"}} {
		if inner, found := strings.CutPrefix(s, pair[0]); found {
			if tag, rest, ok := strings.Cut(inner, pair[1]); ok && tag != "" && len(tag) <= 48 {
				return tag, strings.TrimSpace(rest), true
			}
		}
	}
	for _, word := range [...]string{"(external)", "(ext)", "(externe)"} {
		if rest, found := strings.CutPrefix(s, word); found {
			return "external", strings.TrimSpace(rest), true
		}
	}
	return "", s, false
}

// cutColon takes the word before a colon off, with what counts answers in it:
// re[2], re(3), re^4, re*5, re-6.
func cutColon(s string) (word, rest string, ok bool) {
	i := strings.IndexAny(s, ":：")
	if i < 1 || i > 24 {
		return "", s, false
	}
	_, size := utf8.DecodeRuneInString(s[i:])
	word, rest = strings.TrimSpace(s[:i]), strings.TrimSpace(s[i+size:])
	if at := strings.IndexAny(word, "[(^*-"); at > 0 && strings.Trim(word[at:], "[]()^*-0123456789") == "" {
		word = strings.TrimSpace(word[:at])
	}
	return strings.TrimRight(word, "0123456789."), rest, word != ""
}

// foldSubject makes subjects equal that differ in case, accents, spaces alone.
func foldSubject(s string) string {
	plain, tidy := true, true
	for i := 0; i < len(s) && plain; i++ {
		plain = s[i] < utf8.RuneSelf
		tidy = tidy && s[i] > ' '-1 && (s[i] < 'A' || 'Z' < s[i]) && (s[i] != ' ' || i > 0 && i+1 < len(s) && s[i+1] != ' ')
	}
	if plain && tidy {
		return s
	}
	if !plain {
		s = strings.Map(func(r rune) rune {
			switch {
			case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Cf, r):
				return -1
			case r == '’' || r == '‘':
				return '\''
			}
			return r
		}, norm.NFKD.String(s))
		s = norm.NFC.String(s)
	}
	return strings.Join(strings.Fields(strings.ToLower(s)), " ")
}

// isLetter is true when a text opens with a letter.
func isLetter(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r)
}
