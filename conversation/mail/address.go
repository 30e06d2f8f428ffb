package mail

import (
	"net/mail"
	"strings"
	"unicode/utf8"
)

// Person is a name and an address as a mail writes them. Either may be empty.
type Person struct {
	Name    string
	Address string // in lower case
}

// person finds who a From field names. Archives hide addresses: "ana at
// mail.example (Ana Duarte)" (Pipermail), "ana(a)mail.example" (HyperKitty).
// Without an address the name stands for it.
func person(raw string) Person {
	if name, address, ok := plainPerson(raw); ok {
		return Person{name, strings.ToLower(address)}
	}
	text, _ := decodeWords(raw)
	if a, err := mail.ParseAddress(raw); err == nil && utf8.ValidString(a.Name) && !strings.Contains(a.Name, "=?") {
		return Person{a.Name, strings.ToLower(a.Address)}
	}
	if name, rest, ok := strings.Cut(text, "<"); ok {
		address, _, _ := strings.Cut(rest, ">")
		address = strings.TrimSpace(unhide(address))
		name = strings.Trim(strings.TrimSpace(name), `"'`)
		if address != "" || name != "" {
			return Person{name, strings.ToLower(address)}
		}
	}
	rest, remark, _ := strings.Cut(unhide(text), "(")
	return Person{strings.Trim(strings.TrimSuffix(strings.TrimSpace(remark), ")"), `" `), strings.ToLower(strings.TrimSpace(rest))}
}

// plainPerson reads the two usual forms, "Name <address>" and "address", of
// letters that need no decoding.
func plainPerson(raw string) (name, address string, ok bool) {
	for i := 0; i < len(raw); i++ {
		if c := raw[i]; c < ' ' || c > '~' || c == '"' || c == '(' || c == '\\' || c == '=' && i+1 < len(raw) && raw[i+1] == '?' {
			return "", "", false
		}
	}
	name, address, ok = strings.Cut(raw, "<")
	if !ok {
		name, address = "", strings.TrimSpace(raw)
	} else if address, ok = strings.CutSuffix(strings.TrimSpace(address), ">"); !ok {
		return "", "", false
	}
	user, host, ok := strings.Cut(address, "@")
	if !ok || user == "" || host == "" || strings.ContainsAny(host, "@ <>,;:") || strings.ContainsAny(user, " <>,;:") {
		return "", "", false
	}
	return strings.TrimSpace(name), address, true
}

// hidden are ways in which archives write @.
var hidden = strings.NewReplacer("(a)", "@", "(at)", "@", " [at] ", "@", "[at]", "@", " (at) ", "@", "_at_", "@", " -at- ", "@", " AT ", "@", "&#64;", "@", "%40", "@")

// unhide gives an address its @ back: from "ana at mail.example" too, where the
// words around are none of a sentence.
func unhide(s string) string {
	if strings.Contains(s, "@") {
		return s
	}
	if open := hidden.Replace(s); strings.Contains(open, "@") && strings.Contains(open, ".") {
		return open
	}
	user, rest, ok := strings.Cut(s, " at ")
	host, more, _ := strings.Cut(rest, " ")
	if !ok || !strings.Contains(host, ".") || strings.Contains(strings.TrimSpace(user), " ") || strings.Contains(more, " at ") {
		return s
	}
	return strings.TrimSpace(user) + "@" + strings.TrimSpace(rest)
}

// people reads a list of addresses, between commas or, as Outlook writes,
// semicolons.
func people(raw string) (all []Person) {
	for raw != "" {
		one, rest := cutPerson(raw)
		if one = strings.TrimSpace(one); one != "" {
			if p := person(one); p.Address != "" || p.Name != "" {
				all = append(all, p)
			}
		}
		raw = rest
	}
	return all
}

// cutPerson takes the first of a list of addresses off it.
func cutPerson(s string) (one, rest string) {
	quoted, comment := false, 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '(':
			comment++
		case c == ')':
			comment = max(0, comment-1)
		case (c == ',' || c == ';') && comment == 0:
			return s[:i], s[i+1:]
		case c == ':' && comment == 0 && !strings.Contains(s[:i], "@"): // a group's name (RFC 5322, 3.4)
			return "", s[i+1:]
		}
	}
	return s, ""
}

// local and domain are the two sides of an address.
func local(address string) string {
	if i := strings.LastIndexByte(address, '@'); i >= 0 {
		return address[:i]
	}
	return address
}

func domain(address string) string {
	if i := strings.LastIndexByte(address, '@'); i >= 0 {
		return address[i+1:]
	}
	return ""
}
