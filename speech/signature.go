package speech

import "github.com/entregent/entregent/prose"

// signature gives the token at which a person's signature begins, and whether there is one. Without one it gives the
// number of tokens.
func signature(m *prose.Message) (int, bool) {
	n := len(m.Tokens)
	if n < 3 {
		return n, false
	}
	last, mark := m.Tokens[n-1], m.Tokens[n-2]
	if last.Kind != prose.Word || !last.Capital {
		return n, false
	}
	if mark.Kind == prose.Punct || mark.End == last.Start {
		switch m.Text[mark.Start:mark.End] {
		case "^", "-", "/", "—", "–", "*", "~":
			return n - 2, true
		}
	}
	if last.Start > 0 && m.Text[last.Start-1] == '*' {
		return n - 1, true
	}
	if last.Breaks > 0 {
		return n - 1, true
	}
	return n, false
}

// addresses tells what can be seen without cues: links, tu and vous.
func addresses(m *prose.Message) Acts {
	var acts Acts
	for _, t := range m.Tokens {
		switch {
		case t.Kind == prose.URL:
			acts |= Link
		case t.Kind == prose.Word && tu[t.Hash]:
			acts |= Tu
		case t.Kind == prose.Word && vous[t.Hash]:
			acts |= Vous
		}
	}
	return acts
}

var (
	tu   = words("tu toi")
	vous = words("vous votre vos")
)
