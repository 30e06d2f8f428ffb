package web

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

// visitor is somebody with a browser of her own.
type visitor struct {
	h       *house
	User    account.User
	cookies map[string]string
	Lang    string // Accept-Language; "en" unless it is changed
	Token   string // an API token's secret, sent if there is one
}

// stranger is somebody who didn't sign in.
func (h *house) stranger() *visitor {
	return &visitor{h: h, cookies: map[string]string{}, Lang: "en"}
}

// as gives a new user of a role, signed in; of Nobody, a stranger.
func (h *house) as(role account.Role) *visitor {
	h.t.Helper()
	v := h.stranger()
	if role == account.Nobody {
		return v
	}
	h.users++
	name := fmt.Sprintf("%s%d", role, h.users)
	u, err := account.SaveUser(h.t.Context(), h.Store, account.User{Name: name, Mail: name + "@house.example", Role: role, Person: name + "@house.example", Made: h.Now()})
	if err != nil {
		h.t.Fatal(err)
	}
	v.User = u
	ctx, err := h.sessions.Load(h.t.Context(), "")
	if err != nil {
		h.t.Fatal(err)
	}
	if err := h.enter(ctx, u); err != nil {
		h.t.Fatal(err)
	}
	token, _, err := h.sessions.Commit(ctx)
	if err != nil {
		h.t.Fatal(err)
	}
	v.cookies[h.sessions.Cookie.Name] = token
	return v
}

// answer is what came back.
type answer struct {
	t    *testing.T
	Path string // where it was in the end
	*http.Response
	Body string
	Doc  *html.Node // of a page
}

// do sends a request as a browser at the same origin would, and keeps cookies.
func (v *visitor) do(r *http.Request) answer {
	v.h.t.Helper()
	for name, value := range v.cookies {
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
	v.h.ServeHTTP(out, r)
	a := answer{t: v.h.t, Path: r.URL.Path, Response: out.Result(), Body: out.Body.String()}
	for _, c := range a.Cookies() {
		v.cookies[c.Name] = c.Value
		if c.MaxAge < 0 {
			delete(v.cookies, c.Name)
		}
	}
	v.holds(r, a)
	if strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") {
		var err error
		if a.Doc, err = html.Parse(strings.NewReader(a.Body)); err != nil {
			v.h.t.Fatal(err)
		}
		if strings.Contains(a.Body, "⟨") {
			v.h.t.Errorf("%s: a key that the catalogue lacks: %s", a.Path, a.Body[strings.Index(a.Body, "⟨"):][:40])
		}
	}
	return a
}

// try gets an address, whatever the answer.
func (v *visitor) try(to string) answer {
	v.h.t.Helper()
	return v.do(httptest.NewRequest("GET", to, nil))
}

// get gets a page or a file and follows redirects; anything but 200 ends the test.
func (v *visitor) get(to string) answer {
	v.h.t.Helper()
	return v.follow(v.try(to)).wants(http.StatusOK)
}

// follow goes where an answer points.
func (v *visitor) follow(a answer) answer {
	v.h.t.Helper()
	for range 5 {
		if a.StatusCode < 300 || a.StatusCode > 399 {
			return a
		}
		to, err := url.Parse(a.Header.Get("Location"))
		if err != nil {
			v.h.t.Fatal(err)
		}
		if !path.IsAbs(to.Path) {
			v.h.t.Fatalf("a redirect to %s", to)
		}
		a = v.try(to.RequestURI())
	}
	v.h.t.Fatalf("%s: redirects without end", a.Path)
	return a
}

// tryPost sends a form, whatever the answer: names and values in turn.
func (v *visitor) tryPost(to string, fields ...string) answer {
	v.h.t.Helper()
	r := httptest.NewRequest("POST", to, strings.NewReader(values(fields).Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return v.do(r)
}

// post sends a form and follows to the page that says what came of it.
func (v *visitor) post(to string, fields ...string) answer {
	v.h.t.Helper()
	a := v.tryPost(to, fields...)
	if a.StatusCode != http.StatusSeeOther {
		a.wants(http.StatusOK)
	}
	return v.follow(a).wants(http.StatusOK)
}

func values(fields []string) url.Values {
	q := url.Values{}
	for i := 0; i+1 < len(fields); i += 2 {
		q.Add(fields[i], fields[i+1])
	}
	return q
}

// submit sends the page's first form with that action, as a person would who
// changes only the fields given; a field that the form hasn't ends the test.
func (v *visitor) submit(page answer, action string, fields ...string) answer {
	v.h.t.Helper()
	at, sent := page.form(action)
	for i := 0; i+1 < len(fields); i += 2 {
		if len(page.all(at, "", "name", fields[i])) == 0 {
			v.h.t.Fatalf("%s: the form %s has no field %s", page.Path, action, fields[i])
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
	if attr(at, "method") == "" || attr(at, "method") == "get" {
		return v.get(action + "?" + sent.Encode())
	}
	return v.post(action, flat...)
}

// json reads an address of the API into a value.
func (v *visitor) json(to string, into any) {
	v.h.t.Helper()
	a := v.get(to)
	if err := json.Unmarshal([]byte(a.Body), into); err != nil {
		v.h.t.Fatalf("%s: %v\n%s", to, err, a.Body)
	}
}

// postJSON sends a value to an address of the API, whatever the answer.
func (v *visitor) postJSON(to string, value any) answer {
	v.h.t.Helper()
	b, err := json.Marshal(value)
	if err != nil {
		v.h.t.Fatal(err)
	}
	r := httptest.NewRequest("POST", to, bytes.NewReader(b))
	r.Header.Set("Content-Type", "application/json")
	return v.do(r)
}

// wants ends the test unless the answer has a status.
func (a answer) wants(status int) answer {
	a.t.Helper()
	if a.StatusCode != status {
		text := a.Body
		if a.Doc != nil {
			text = a.text()
		}
		a.t.Fatalf("%s: %s, not %d\n%s", a.Path, a.Status, status, text)
	}
	return a
}

// has ends the test unless the page shows some words (in its text, however
// spaced), or the file holds them.
func (a answer) has(words ...string) answer {
	a.t.Helper()
	for _, w := range words {
		if !a.shows(w) {
			a.t.Fatalf("%s doesn't show %q:\n%s", a.Path, w, a.text())
		}
	}
	return a
}

// lacks ends the test if the page shows some words.
func (a answer) lacks(words ...string) answer {
	a.t.Helper()
	for _, w := range words {
		if a.shows(w) {
			a.t.Fatalf("%s shows %q:\n%s", a.Path, w, a.text())
		}
	}
	return a
}

func (a answer) shows(words string) bool { return strings.Contains(a.text(), plain(words)) }

// text is what can be read of a page, with plain spaces; of anything else, all.
func (a answer) text() string {
	if a.Doc == nil {
		return a.Body
	}
	return text(a.Doc)
}

// plain has every run of white space, typography's too, be one space.
func plain(s string) string { return strings.Join(strings.Fields(s), " ") }

// text is what can be read of a part of a page.
func text(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode && d.Parent.Data != "script" && d.Parent.Data != "style" {
			b.WriteString(d.Data + " ")
		}
	}
	return plain(b.String())
}

// attr is an attribute's value.
func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// all finds the elements under a node (nil: the page) with a tag ("": any) and
// attributes, names and values in turn; a value "*" is any but none.
func (a answer) all(under *html.Node, tag string, attrs ...string) (list []*html.Node) {
	if under == nil {
		under = a.Doc
	}
next:
	for d := range under.Descendants() {
		if d.Type != html.ElementNode || tag != "" && d.Data != tag {
			continue
		}
		for i := 0; i+1 < len(attrs); i += 2 {
			value := attr(d, attrs[i])
			if attrs[i+1] == "*" && value == "" || attrs[i+1] != "*" && !slices.Contains(append(strings.Fields(value), value), attrs[i+1]) {
				continue next
			}
		}
		list = append(list, d)
	}
	return list
}

// one finds the one element that there is; see all.
func (a answer) one(tag string, attrs ...string) *html.Node {
	a.t.Helper()
	list := a.all(nil, tag, attrs...)
	if len(list) != 1 {
		a.t.Fatalf("%s: %d elements %s %v\n%s", a.Path, len(list), tag, attrs, a.text())
	}
	return list[0]
}

// form finds the page's first form of an action, and what it would send as it is.
func (a answer) form(action string) (*html.Node, url.Values) {
	a.t.Helper()
	forms := a.all(nil, "form", "action", action)
	if len(forms) == 0 {
		a.t.Fatalf("%s has no form %s\n%s", a.Path, action, a.text())
	}
	values := url.Values{}
	for _, field := range a.all(forms[0], "", "name", "*") {
		name, kind := attr(field, "name"), attr(field, "type")
		switch {
		case field.Data == "textarea":
			values.Add(name, strings.TrimPrefix(raw(field), "\n"))
		case field.Data == "select":
			options := a.all(field, "option")
			chosen := slices.IndexFunc(options, func(o *html.Node) bool { return has(o, "selected") })
			if len(options) > 0 {
				values.Add(name, attr(options[max(chosen, 0)], "value"))
			}
		case field.Data != "input", kind == "submit", kind == "file":
		case (kind == "checkbox" || kind == "radio") && !has(field, "checked"):
		case kind == "checkbox" && !has(field, "value"):
			values.Add(name, "on")
		default:
			values.Add(name, attr(field, "value"))
		}
	}
	return forms[0], values
}

func has(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

// raw is all the text in a node as it stands.
func raw(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}
