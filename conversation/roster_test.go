package conversation

import (
	"strings"
	"testing"
	"time"
)

func TestRosterFindsTheOrganisation(t *testing.T) {
	r, err := NewRoster("acme.org, Marie  DURAND; support, @acme, jean@home.example;press, marie.curie, press.acme.org; press")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		author, name string
		department   string
		ok           bool
	}{
		{"paul@acme.org", "", "", true},
		{"PAUL@ACME.org", "", "", true},
		{"paul@mail.acme.org", "", "", true},
		{"paul@fr.press.acme.org", "", "press", true},
		{"paul@notacme.org", "", "", false},
		{"paul@acme.org.example", "", "", false},
		{"acme", "", "", true},
		{"@Acme", "", "", true},
		{"acme2", "", "", false},
		{"x17", "marié durand", "support", true},
		{"Marie Durand <md@home.example>", "", "support", true},
		{"Someone <paul@acme.org>", "", "", true},
		{"jean@home.example", "", "press", true},
		{"marie.curie", "", "", true},
		{"x18", "Marie", "", false},
		{"", "", "", false},
	} {
		department, ok := r.Find(PersonID(c.author), c.name)
		if ok != c.ok || department != c.department {
			t.Errorf("%q, %q: %v in %q, want %v in %q", c.author, c.name, ok, department, c.ok, c.department)
		}
	}
	if got := strings.Join(r.Departments(), " "); got != "press support" {
		t.Errorf("departments are %q", got)
	}
}

func TestRosterSaysWhoSpeaks(t *testing.T) {
	r, err := NewRoster("acme; workshop")
	if err != nil {
		t.Fatal(err)
	}
	message := func(author string, side Side, department string) *Message {
		return &Message{Author: PersonID(author), Side: side, Department: department, Time: time.Unix(0, 0)}
	}
	for _, c := range []struct {
		m          *Message
		override   bool
		side       Side
		department string
	}{
		{message("acme", Unknown, ""), false, Organisation, "workshop"},
		{message("acme", Unknown, "press"), false, Organisation, "press"},
		{message("acme", Community, ""), false, Community, ""},
		{message("acme", Community, "press"), true, Organisation, "workshop"},
		{message("sam", Unknown, "press"), false, Community, "press"},
		{message("sam", Organisation, ""), false, Organisation, ""},
		{message("sam", Organisation, ""), true, Community, ""},
		{message("", Unknown, ""), false, Unknown, ""},
	} {
		before := *c.m
		r.Override = c.override
		r.Apply(c.m)
		if c.m.Side != c.side || c.m.Department != c.department {
			t.Errorf("%+v became %v in %q, want %v in %q", before, c.m.Side, c.m.Department, c.side, c.department)
		}
	}
	m := message("x17", Unknown, "")
	m.Attributes = `{"name":"ACME"}`
	if r.Apply(m); m.Side != Organisation {
		t.Error("a name among the attributes was not looked at")
	}
}

func TestRosterOfAFile(t *testing.T) {
	r, err := ReadRoster(strings.NewReader("\uFEFF# who we are\n\nacme.org\nMarie Durand ; support # since May\r\n"), "staff.txt")
	if err != nil {
		t.Fatal(err)
	}
	if department, ok := r.Find("x", "Marie Durand"); !ok || department != "support" {
		t.Errorf("Marie Durand: %v in %q", ok, department)
	}
	for text, want := range map[string]string{
		"acme.org\nMarie; a; b\n": `reading staff.txt:2: "Marie; a; b" has more than a name and a department`,
		"acme.org\n\n; press\n":   `reading staff.txt:3: "; press" names nobody`,
		"x; a\nX; b\n":            `reading staff.txt:2: "X" is in "a" and in "b": say one`,
		"# nobody\n":              "reading staff.txt: nobody is named",
	} {
		if _, err := ReadRoster(strings.NewReader(text), "staff.txt"); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
	for _, entries := range []string{"", " , ", "@"} {
		if _, err := NewRoster(entries); err == nil {
			t.Errorf("%q names somebody", entries)
		}
	}
}
