package work

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/source"
	"github.com/entregent/entregent/internal/source/api"
	"github.com/entregent/entregent/internal/store"
	"github.com/entregent/entregent/internal/web"
)

// Messages that programs bring, as the project's JSONL: either the lines
// themselves (application/x-ndjson, with ?source=), or an object that holds them.
// Bringing them again changes nothing, so a program that doesn't know what
// arrived sends all of it once more.
var intakeRoutes = []web.Route{
	{Method: http.MethodPost, Path: "/messages", Name: "messages-bring", Allow: account.Working, Scope: account.Write, Handle: ingest, In: intake{}, Out: brought{}, Limit: 32 << 20, Lines: "a message a line",
		Query: []web.Parameter{{Name: "source", About: "which way they come, when the body is lines", Type: "string"}}},
}

// intake is the body as one object.
type intake struct {
	Source   string            `json:"source"`   // short and stable: it qualifies the ids
	Messages []json.RawMessage `json:"messages"` // as conversation reads a line of JSONL
}

// brought tells what became of each.
type brought struct {
	Source  string             `json:"source"`
	Counts  map[store.Fate]int `json:"counts"`
	Results []api.Result       `json:"results"` // in the order given, one for each line that isn't empty

	// UnknownSide is how many of them say no side while nobody is named who speaks for
	// the organisation: they wait on no list. Name somebody on the page /settings, or
	// send sides, and bring them again.
	UnknownSide int `json:"unknown_side"`
}

func (brought) Template() string { return "brought" }

// ingest takes a batch.
func ingest(r *web.Request) (web.View, error) {
	name, lines, err := readLines(r)
	if err != nil {
		return nil, err
	}
	in, err := api.Ingest(r.Context(), r.Server.Store, name, lines, r.Now())
	if err != nil {
		return nil, err
	}
	if in.NewSource {
		if err := r.Audit("source.make", name, string(source.API)); err != nil {
			return nil, err
		}
	}
	return brought{Source: name, Counts: in.Counts, Results: in.Results, UnknownSide: in.UnknownSide}, nil
}

// readLines reads the body's messages, each still JSON, and where they come from.
func readLines(r *web.Request) (source string, lines [][]byte, err error) {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind == "application/json" {
		var in intake
		if err := r.Decode(&in); err != nil {
			return "", nil, err
		}
		for _, m := range in.Messages {
			var line bytes.Buffer
			if err := json.Compact(&line, m); err != nil { // or it could be of several lines
				return "", nil, lang.Invalid("body", "error.json", err.Error())
			}
			lines = append(lines, line.Bytes())
		}
		return in.Source, lines, nil
	}
	if !strings.HasSuffix(kind, "ndjson") && !strings.HasSuffix(kind, "jsonl") {
		return "", nil, lang.Invalid("body", "intake.bad-kind")
	}
	in := bufio.NewReader(r.Body)
	for {
		line, err := in.ReadBytes('\n')
		if len(line) > 0 {
			lines = append(lines, bytes.TrimRight(line, "\r\n"))
		}
		if errors.Is(err, io.EOF) {
			return r.URL.Query().Get("source"), lines, nil
		}
		if err != nil {
			return "", nil, err
		}
	}
}
