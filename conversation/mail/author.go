package mail

import "strings"

// Ours says whether an address is the organisation's.
type Ours func(address, name string) bool

// Ways in which somebody was found to have written a mail that From doesn't name.
const (
	ByList = "list" // a list wrote From anew, as DMARC makes lists do
	ByForm = "form" // a web form of the organisation wrote in its own name
)

// Author says who wrote a mail. That is From, but for two cases: From is the
// list's own address (List-Post, List-Id), and the person stands in
// X-Original-From, Reply-To or before "via"; or it is the organisation's own form
// that writes to the organisation, and the person stands in Reply-To. Nothing else
// makes Reply-To an author: whoever writes with our address in it stays who they
// are. ours may be nil.
func (m *Mail) Author(ours Ours) (p Person, by string) {
	from := m.From
	if m.isList(from.Address) || m.passedOn(from) {
		return m.behindList(from), ByList
	}
	if ours == nil || len(m.ReplyTo) == 0 || !m.isForm(from, ours) {
		return from, ""
	}
	for _, p := range m.ReplyTo {
		if strings.Contains(p.Address, "@") && !ours(p.Address, p.Name) && p.Address != from.Address {
			if p.Name == "" && !isDaemon(from.Name) {
				p.Name, _ = beforeVia(from.Name)
			}
			return p, ByForm
		}
	}
	return from, ""
}

// isList is true for the address of the list that a mail came through: RFC 2369
// and 2919, what Mailman, Sympa, LISTSERV and groups.io write besides.
func (m *Mail) isList(address string) bool {
	host := domain(address)
	if host == "" || m.list.none() {
		return false
	}
	for _, post := range m.list.posts {
		if address == post {
			return true
		}
	}
	name := local(address)
	listHost := m.list.host()
	switch {
	case m.list.ID != "" && name+"."+host == m.list.ID:
		return true
	case listHost == "":
		return false
	case strings.Contains(name, "=") && within(host, listHost), strings.HasSuffix(name, "-dmarc-request") && within(host, listHost):
		return true // ana=mail.example@groups.io, ana=40mail.example@dmarc.ietf.org, 000123-dmarc-request@listserv.…
	}
	return false
}

// within is true for a host and those below it.
func within(host, of string) bool {
	return host == of || strings.HasSuffix(host, "."+of) || strings.HasSuffix(of, "."+host)
}

// passedOn is true where no field names the list, and yet From is an address that
// the mail is written to, "via" it, with the person in a field of their own.
func (m *Mail) passedOn(from Person) bool {
	if _, via := beforeVia(from.Name); !via || !m.list.none() || len(m.original) == 0 {
		return false
	}
	for _, to := range m.To {
		if to.Address == from.Address {
			return true
		}
	}
	return false
}

// behindList finds who wrote what a list passed on in its own name.
func (m *Mail) behindList(from Person) Person {
	name, via := beforeVia(from.Name)
	for _, list := range [...][]Person{m.original, encoded(from), m.ReplyTo, m.named(name)} {
		for _, p := range list {
			if !strings.Contains(p.Address, "@") || m.isList(p.Address) || p.Address == from.Address {
				continue
			}
			if p.Name == "" || strings.EqualFold(p.Name, p.Address) {
				p.Name = name
			}
			return p
		}
	}
	if name != "" && (via || !strings.EqualFold(name, local(from.Address)) && !strings.EqualFold(name, m.list.name)) {
		return Person{name, strings.ToLower(name)}
	}
	return from
}

// encoded undoes how groups.io and the IETF write an address inside their own.
func encoded(from Person) []Person {
	name := local(from.Address)
	if user, host, ok := strings.Cut(name, "=40"); ok {
		return []Person{{"", user + "@" + host}}
	}
	if i := strings.LastIndexByte(name, '='); i > 0 && strings.Contains(name[i:], ".") {
		return []Person{{"", name[:i] + "@" + name[i+1:]}}
	}
	if p := inside(from.Name); p.Address != "" { // Sympa: Ana Duarte (ana@mail.example via help)
		return []Person{p}
	}
	return nil
}

// inside finds an address that a name holds in brackets.
func inside(name string) (p Person) {
	head, rest, ok := strings.Cut(name, "(")
	word, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
	word = strings.Trim(word, ")<>")
	if ok && strings.Contains(word, "@") {
		return Person{strings.TrimSpace(head), strings.ToLower(word)}
	}
	return p
}

// named are those among the addressees who are called so: Mailman puts the person
// there where replies go to the list.
func (m *Mail) named(name string) (all []Person) {
	for _, p := range m.Cc {
		if name != "" && strings.EqualFold(p.Name, name) {
			all = append(all, p)
		}
	}
	return all
}

// beforeVia takes the person out of "Ana Duarte via Help", "'Ana Duarte' via
// Help", "Ana Duarte (via Help)".
func beforeVia(name string) (who string, via bool) {
	low := strings.ToLower(name)
	for _, word := range [...]string{" via ", "(via ", " (par ", " über ", " through "} {
		if i := strings.LastIndex(low, word); i > 0 && len(low) == len(name) {
			name, via = name[:i], true
			break
		}
	}
	if i := strings.IndexByte(name, '('); via && i > 0 {
		name = name[:i]
	}
	return strings.Trim(strings.TrimSpace(name), `"' `), via
}

// forms are what web forms are called in the addresses that they write as.
var forms = []string{"noreply", "nepasrepondre", "donotreply", "notreply", "pasdereponse", "noresponder", "norispondere", "naoresponda", "nichtantworten", "keineantwort", "nietbeantwoorden",
	"wordpress", "wwwdata", "website", "siteweb", "webmaster", "webform", "form", "formular", "apache", "httpd", "nobody", "mailer", "notification", "system", "robot", "automat"}

// isForm is true where From is the organisation's own form: an address of its own,
// by its words or its domain, that is a machine's or writes to itself, in a mail
// to the organisation alone that answers nothing.
func (m *Mail) isForm(from Person, ours Ours) bool {
	own := ours(from.Address, "")
	self := false
	for _, to := range m.To {
		if !ours(to.Address, to.Name) && to.Address != from.Address {
			return false
		}
		own = own || domain(to.Address) == domain(from.Address) && !isFree(domain(from.Address))
		self = self || domain(to.Address) == domain(from.Address)
	}
	if !own || len(m.To) == 0 {
		return false
	}
	plain := signs.Replace(local(from.Address))
	for _, word := range forms {
		if strings.Contains(plain, word) {
			return true
		}
	}
	_, via := beforeVia(from.Name)
	return via || self && len(m.References) == 0 && len(m.InReplyTo) == 0 && !isReply(m.Subject)
}

// list is what a mail says of the list it came through.
type list struct {
	ID    string   // List-Id, in lower case
	name  string   // what List-Id calls it
	posts []string // addresses
}

func (l *list) none() bool { return l.ID == "" && len(l.posts) == 0 }

// host is where the list is.
func (l *list) host() string {
	for _, post := range l.posts {
		return domain(post)
	}
	_, host, _ := strings.Cut(l.ID, ".")
	if !strings.Contains(host, ".") {
		return ""
	}
	return host
}

// listOf reads the fields of lists.
func listOf(h Header) (l list) {
	id, _ := decodeWords(h.Get("List-Id"))
	if name, rest, ok := strings.Cut(id, "<"); ok {
		l.name, id = strings.Trim(strings.TrimSpace(name), `"`), rest
	}
	l.ID = strings.ToLower(strings.Trim(id, "<> "))
	for _, post := range h.All("List-Post") {
		if _, rest, ok := strings.Cut(post, "mailto:"); ok {
			address, _, _ := strings.Cut(rest, ">")
			address, _, _ = strings.Cut(address, "?")
			l.posts = append(l.posts, strings.ToLower(strings.TrimSpace(address)))
		}
	}
	for _, name := range [...]string{"X-BeenThere", "X-Mailing-List", "X-Google-Group-Email"} {
		for _, value := range h.All(name) {
			for _, p := range people(value) {
				if strings.Contains(p.Address, "@") {
					l.posts = append(l.posts, p.Address)
				}
			}
		}
	}
	return l
}

// isFree is true for domains at which anybody may have an address.
func isFree(host string) bool {
	name, _, _ := strings.Cut(host, ".")
	switch name {
	case "gmail", "googlemail", "outlook", "hotmail", "live", "msn", "yahoo", "ymail", "icloud", "me", "mac", "gmx", "web", "aol", "proton", "protonmail", "pm",
		"orange", "wanadoo", "free", "laposte", "sfr", "neuf", "bbox", "numericable", "club-internet", "t-online", "freenet", "arcor", "libero", "virgilio", "tiscali",
		"mail", "yandex", "rambler", "bk", "inbox", "list", "qq", "163", "126", "comcast", "verizon", "att", "btinternet", "sky", "skynet", "telenet", "ziggo", "kpnmail", "terra", "uol", "bol", "sapo", "wp", "o2", "onet", "seznam", "bluewin", "hispeed", "zoho", "fastmail", "tutanota", "posteo", "mailbox", "riseup":
		return true
	}
	return false
}
