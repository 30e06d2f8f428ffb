package webtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/entregent/entregent/internal/account"
	"golang.org/x/net/html"
)

// Visitor is somebody with a browser of their own.
type Visitor struct {
	Site    *Site
	User    account.User
	Cookies map[string]string
	Lang    string // Accept-Language; "en" unless it is changed
	Token   string // an API token's secret, sent if there is one
}

// Stranger is somebody who didn't sign in.
func (h *Site) Stranger() *Visitor {
	return &Visitor{Site: h, Cookies: map[string]string{}, Lang: "en"}
}

// As gives a new user of a role, signed in; of Nobody, a stranger.
func (h *Site) As(role account.Role) *Visitor {
	h.T.Helper()
	v := h.Stranger()
	if role == account.Nobody {
		return v
	}
	h.users++
	name := fmt.Sprintf("%s%d", role, h.users)
	u, err := account.SaveUser(h.T.Context(), h.Store, account.User{Name: name, Mail: name + "@house.example", Role: role, Person: name + "@house.example", Made: h.Now()})
	if err != nil {
		h.T.Fatal(err)
	}
	v.User = u
	cookie, value, err := h.SessionCookie(h.T.Context(), u)
	if err != nil {
		h.T.Fatal(err)
	}
	v.Cookies[cookie] = value
	return v
}

// Answer is what came back.
type Answer struct {
	T    *testing.T
	Path string // where it was in the end
	*http.Response
	Body string
	Doc  *html.Node // of a page
}

// Do sends a request as a browser at the same origin would, and keeps cookies.
func (v *Visitor) Do(r *http.Request) Answer {
	v.Site.T.Helper()
	for name, value := range v.Cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	if v.Token != "" {
		r.Header.Set("Authorization", "Bearer "+v.Token)
	}
	if r.Header.Get("Sec-Fetch-Site") == "" {
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	r.Header.Set("Accept-Language", v.Lang)
	out := httptest.NewRecorder()
	v.Site.ServeHTTP(out, r)
	a := Answer{T: v.Site.T, Path: r.URL.Path, Response: out.Result(), Body: out.Body.String()}
	for _, c := range a.Cookies() {
		v.Cookies[c.Name] = c.Value
		if c.MaxAge < 0 {
			delete(v.Cookies, c.Name)
		}
	}
	v.holds(r, a)
	if strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") {
		var err error
		if a.Doc, err = html.Parse(strings.NewReader(a.Body)); err != nil {
			v.Site.T.Fatal(err)
		}
		if strings.Contains(a.Body, "⟨") {
			v.Site.T.Errorf("%s: a key that the catalogue lacks: %s", a.Path, a.Body[strings.Index(a.Body, "⟨"):][:40])
		}
	}
	return a
}

// Try gets an address, whatever the answer.
func (v *Visitor) Try(to string) Answer {
	v.Site.T.Helper()
	return v.Do(httptest.NewRequest("GET", to, nil))
}

// Get gets a page or a file and follows redirects; anything but 200 ends the test.
func (v *Visitor) Get(to string) Answer {
	v.Site.T.Helper()
	return v.Follow(v.Try(to)).Wants(http.StatusOK)
}

// Follow goes where an answer points.
func (v *Visitor) Follow(a Answer) Answer {
	v.Site.T.Helper()
	for range 5 {
		if a.StatusCode < 300 || a.StatusCode > 399 {
			return a
		}
		to, err := url.Parse(a.Header.Get("Location"))
		if err != nil {
			v.Site.T.Fatal(err)
		}
		if !path.IsAbs(to.Path) {
			v.Site.T.Fatalf("a redirect to %s", to)
		}
		a = v.Try(to.RequestURI())
	}
	v.Site.T.Fatalf("%s: redirects without end", a.Path)
	return a
}

// TryPost sends a form, whatever the answer: names and values in turn.
func (v *Visitor) TryPost(to string, fields ...string) Answer {
	v.Site.T.Helper()
	r := httptest.NewRequest("POST", to, strings.NewReader(values(fields).Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return v.Do(r)
}

// Post sends a form and follows to the page that says what came of it.
func (v *Visitor) Post(to string, fields ...string) Answer {
	v.Site.T.Helper()
	a := v.TryPost(to, fields...)
	if a.StatusCode != http.StatusSeeOther {
		a.Wants(http.StatusOK)
	}
	return v.Follow(a).Wants(http.StatusOK)
}

func values(fields []string) url.Values {
	q := url.Values{}
	for i := 0; i+1 < len(fields); i += 2 {
		q.Add(fields[i], fields[i+1])
	}
	return q
}

// Submit sends the page's first form with that action, as a person would who
// changes only the fields given; a field that the form hasn't ends the test.
func (v *Visitor) Submit(page Answer, action string, fields ...string) Answer {
	v.Site.T.Helper()
	at, sent := page.Form(action)
	for i := 0; i+1 < len(fields); i += 2 {
		if len(page.All(at, "", "name", fields[i])) == 0 {
			v.Site.T.Fatalf("%s: the form %s has no field %s", page.Path, action, fields[i])
		}
		sent.Del(fields[i])
	}
	for name, list := range values(fields) {
		sent[name] = list
	}
	var flat []string
	for name, list := range sent {
		for _, value := range list {
			flat = append(flat, name, value)
		}
	}
	if Attr(at, "method") == "" || Attr(at, "method") == "get" {
		return v.Get(action + "?" + sent.Encode())
	}
	return v.Post(action, flat...)
}

// Json reads an address of the API into a value.
func (v *Visitor) JSON(to string, into any) {
	v.Site.T.Helper()
	a := v.Get(to)
	if err := json.Unmarshal([]byte(a.Body), into); err != nil {
		v.Site.T.Fatalf("%s: %v\n%s", to, err, a.Body)
	}
}

// PostJSON sends a value to an address of the API, whatever the answer.
func (v *Visitor) PostJSON(to string, value any) Answer {
	v.Site.T.Helper()
	b, err := json.Marshal(value)
	if err != nil {
		v.Site.T.Fatal(err)
	}
	r := httptest.NewRequest("POST", to, bytes.NewReader(b))
	r.Header.Set("Content-Type", "application/json")
	return v.Do(r)
}

// Wants ends the test unless the answer has a status.
func (a Answer) Wants(status int) Answer {
	a.T.Helper()
	if a.StatusCode != status {
		text := a.Body
		if a.Doc != nil {
			text = a.Text()
		}
		a.T.Fatalf("%s: %s, not %d\n%s", a.Path, a.Status, status, text)
	}
	return a
}

// Has ends the test unless the page shows some words (in its text, however
// spaced), or the file holds them.
func (a Answer) Has(words ...string) Answer {
	a.T.Helper()
	for _, w := range words {
		if !a.Shows(w) {
			a.T.Fatalf("%s doesn't show %q:\n%s", a.Path, w, a.Text())
		}
	}
	return a
}

// Lacks ends the test if the page shows some words.
func (a Answer) Lacks(words ...string) Answer {
	a.T.Helper()
	for _, w := range words {
		if a.Shows(w) {
			a.T.Fatalf("%s shows %q:\n%s", a.Path, w, a.Text())
		}
	}
	return a
}

func (a Answer) Shows(words string) bool { return strings.Contains(a.Text(), plain(words)) }

// Text is what can be read of a page, with plain spaces; of anything else, all.
func (a Answer) Text() string {
	if a.Doc == nil {
		return a.Body
	}
	return Text(a.Doc)
}

// plain has every run of white space, typography's too, be one space.
func plain(s string) string { return strings.Join(strings.Fields(s), " ") }

// Text is what can be read of a part of a page.
func Text(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode && d.Parent.Data != "script" && d.Parent.Data != "style" {
			b.WriteString(d.Data + " ")
		}
	}
	return plain(b.String())
}

// Attr is an attribute's value.
func Attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// All finds the elements under a node (nil: the page) with a tag ("": any) and
// attributes, names and values in turn; a value "*" is any but none.
func (a Answer) All(under *html.Node, tag string, attrs ...string) (list []*html.Node) {
	if under == nil {
		under = a.Doc
	}
next:
	for d := range under.Descendants() {
		if d.Type != html.ElementNode || tag != "" && d.Data != tag {
			continue
		}
		for i := 0; i+1 < len(attrs); i += 2 {
			value := Attr(d, attrs[i])
			if attrs[i+1] == "*" && value == "" || attrs[i+1] != "*" && !slices.Contains(append(strings.Fields(value), value), attrs[i+1]) {
				continue next
			}
		}
		list = append(list, d)
	}
	return list
}

// One finds the one element that there is; see all.
func (a Answer) One(tag string, attrs ...string) *html.Node {
	a.T.Helper()
	list := a.All(nil, tag, attrs...)
	if len(list) != 1 {
		a.T.Fatalf("%s: %d elements %s %v\n%s", a.Path, len(list), tag, attrs, a.Text())
	}
	return list[0]
}

// Form finds the page's first form of an action, and what it would send as it is.
func (a Answer) Form(action string) (*html.Node, url.Values) {
	a.T.Helper()
	forms := a.All(nil, "form", "action", action)
	if len(forms) == 0 {
		a.T.Fatalf("%s has no form %s\n%s", a.Path, action, a.Text())
	}
	values := url.Values{}
	for _, field := range a.All(forms[0], "", "name", "*") {
		name, kind := Attr(field, "name"), Attr(field, "type")
		switch {
		case field.Data == "textarea":
			values.Add(name, strings.TrimPrefix(Raw(field), "\n"))
		case field.Data == "select":
			options := a.All(field, "option")
			chosen := slices.IndexFunc(options, func(o *html.Node) bool { return hasAttr(o, "selected") })
			if len(options) > 0 {
				values.Add(name, Attr(options[max(chosen, 0)], "value"))
			}
		case field.Data != "input", kind == "submit", kind == "file":
		case (kind == "checkbox" || kind == "radio") && !hasAttr(field, "checked"):
		case kind == "checkbox" && !hasAttr(field, "value"):
			values.Add(name, "on")
		default:
			values.Add(name, Attr(field, "value"))
		}
	}
	return forms[0], values
}

func hasAttr(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

// Raw is all the text in a node as it stands.
func Raw(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}
