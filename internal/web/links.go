package web

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/entregent/entregent/conversation"
)

// Link writes an address with its query: {{join "/thread" "id" .ID}}. A name without
// a value is an error; an empty value is left out.
func Link(base string, pairs ...string) (string, error) {
	if len(pairs)%2 != 0 {
		return "", fmt.Errorf("join %s: a name without a value", base)
	}
	q := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	if len(q) == 0 {
		return base, nil
	}
	return base + "?" + q.Encode(), nil
}

// ThreadAt is the address of a thread's page.
func ThreadAt(id conversation.ThreadID) string { return "/thread?id=" + url.QueryEscape(string(id)) }

// PersonAt is the address of a person's page.
func PersonAt(id conversation.PersonID) string { return "/person?id=" + url.QueryEscape(string(id)) }

// JobAt leads to where it shows how far a job is.
func JobAt(id int64) Done {
	return Done{Location: "/job?id=" + strconv.FormatInt(id, 10), Result: map[string]int64{"job": id}}
}

// LocalPath is an address of this server; the first page for any other.
func LocalPath(next string) string {
	u, err := url.Parse(next)
	if err != nil || u.Host != "" || u.Scheme != "" || !strings.HasPrefix(u.Path, "/") || strings.HasPrefix(u.Path, "//") || strings.ContainsAny(next, "\\\r\n\t") {
		return "/"
	}
	return u.RequestURI()
}

// Stamp writes a time for a program, RFC 3339 in UTC; the zero time is empty.
func Stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
