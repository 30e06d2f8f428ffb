package conversation

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// Roster says who the organisation is: people by account, address or name, and
// whole domains, each with a department if one likes. It is made by [NewRoster]
// or [ReadRoster] and then only read.
type Roster struct {
	// Override sets the side of every message, even of those that say theirs.
	Override bool

	people  map[string]string // department by folded account, address or name
	domains map[string]string // department by domain
}

// NewRoster reads who the organisation is from one line, as on a command line:
// entries between commas, each an address (marie@acme.org), a domain (acme.org
// or @acme.org: its subdomains too), an account (@acme) or a name (Marie
// Durand), and behind a semicolon, if wanted, the department: "acme.org, Marie
// Durand; support". Names are compared without case, accents and spaces that
// vary.
func NewRoster(entries string) (*Roster, error) {
	r := &Roster{people: map[string]string{}, domains: map[string]string{}}
	for _, entry := range strings.Split(entries, ",") {
		if err := r.add(entry); err != nil {
			return nil, fmt.Errorf("reading who the organisation is: %w", err)
		}
	}
	if len(r.people) == 0 {
		return nil, errors.New("reading who the organisation is: nobody is named")
	}
	return r, nil
}

// ReadRoster reads a file with an entry of [NewRoster] on each line. Empty
// lines and what follows a # at the start of a line or behind a space are not
// read. name is the file's name, for errors, which tell the line.
func ReadRoster(in io.Reader, name string) (*Roster, error) {
	r := &Roster{people: map[string]string{}, domains: map[string]string{}}
	lines := bufio.NewScanner(in)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimPrefix(lines.Text(), "\uFEFF")
		if strings.HasPrefix(line, "#") {
			continue
		}
		line, _, _ = strings.Cut(line, " #")
		if err := r.add(line); err != nil {
			return nil, fmt.Errorf("reading %s:%d: %w", name, n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	if len(r.people) == 0 {
		return nil, fmt.Errorf("reading %s: nobody is named", name)
	}
	return r, nil
}

// add reads one entry.
func (r *Roster) add(entry string) error {
	who, department, more := strings.Cut(entry, ";")
	department = strings.TrimSpace(department)
	if strings.Contains(department, ";") {
		return fmt.Errorf("%q has more than a name and a department", strings.TrimSpace(entry))
	}
	key := account(fold(who))
	switch {
	case key == "" && (more || strings.Contains(who, "@")):
		return fmt.Errorf("%q names nobody", strings.TrimSpace(entry))
	case key == "":
		return nil
	}
	if before, there := r.people[key]; there && before != department {
		return fmt.Errorf("%q is in %q and in %q: say one", strings.TrimSpace(who), before, department)
	}
	// A word with a dot may be an account or a domain: it is taken as both, since
	// only addresses have domains.
	r.people[key] = department
	if strings.Contains(key, ".") && !strings.ContainsAny(key, "@ /") {
		r.domains[key] = department
	}
	return nil
}

// account is a folded name without the sign that some write before it.
func account(folded string) string { return strings.TrimPrefix(folded, "@") }

// Find says whether somebody, by account or address, or else by name, is of the
// organisation, and of which department ("" when the roster doesn't say).
func (r *Roster) Find(author PersonID, name string) (department string, ok bool) {
	who := fold(string(author))
	if full, address, ok := fullAddress(who); ok {
		name, who = full, address
	}
	if department, ok = r.people[account(who)]; ok {
		return department, true
	}
	if _, domain, ok := strings.Cut(account(who), "@"); ok {
		for domain != "" {
			if department, ok := r.domains[domain]; ok {
				return department, true
			}
			_, domain, _ = strings.Cut(domain, ".")
		}
	}
	if name != "" {
		department, ok = r.people[account(fold(name))]
	}
	return department, ok
}

// fullAddress takes "Marie Durand <marie@acme.org>" apart.
func fullAddress(s string) (name, address string, ok bool) {
	name, rest, ok := strings.Cut(s, "<")
	address, _, closed := strings.Cut(rest, ">")
	if !ok || !closed || !strings.Contains(address, "@") {
		return "", s, false
	}
	return strings.Trim(name, ` "'`), strings.TrimSpace(address), true
}

// Apply sets a message's side where the message doesn't say it, or always with
// Override: who is on the roster is the organisation, everybody else the
// community; a message without an author stays unknown. It sets the department
// of the organisation's messages likewise.
func (r *Roster) Apply(m *Message) {
	department, found := r.Find(m.Author, m.Attributes.name())
	switch {
	case m.Side != Unknown && !r.Override:
	case found:
		m.Side = Organisation
	case m.Author != "":
		m.Side = Community
	}
	if found && m.Side == Organisation && department != "" && (m.Department == "" || r.Override) {
		m.Department = department
	}
}

// name is what a source says its author is called.
func (a Attributes) name() string {
	if !strings.Contains(string(a), `name"`) {
		return ""
	}
	for _, key := range []string{"name", "author_name"} {
		if name := a.Text(key); name != "" {
			return name
		}
	}
	return ""
}

// Departments gives the departments named, sorted.
func (r *Roster) Departments() []string {
	all := map[string]bool{}
	for _, d := range r.people {
		if d != "" {
			all[d] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
}
