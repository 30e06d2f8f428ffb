package main

import (
	"encoding/json"
	"strings"
	"testing"
)

// What a line held comes out as it stood, with the values of its text; what it
// had by their names is replaced in its place.
func TestScoredLine(t *testing.T) {
	model, err := yardstick("fosse", nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	h := &hand{scorer: model.Scorer(), names: model.Yardstick.Names()}
	for in, want := range map[string]string{
		`{"text":"a profit"}`: `{"text":"a profit","values":V,"labels":L,"spans":S}`,
		` { "a" : [ 1 , {"b" : 1e400} ] , "values" : 1, "text" : "profit \u00e9\/", "spans":[ ] }`: `{"a":[1,{"b":1e400}],"values":V,"text":"profit \u00e9\/","spans":S,"labels":L}`,
		`{"text":"profit","text":"b","lang":7}`:                                                    `{"text":"profit","text":"b","lang":7,"values":V,"labels":L,"spans":S}`,
		"{\"text\":\"profit \xff\"}":                                                               "{\"text\":\"profit \xff\",\"values\":V,\"labels\":L,\"spans\":S}",
		`{"text":null}`:                                                                            `{"text":null,"values":V,"labels":[],"spans":[]}`,
		``:                                                                                         ``,
	} {
		got, err := h.score([]byte(in))
		if err != nil {
			t.Errorf("%s: %v", in, err)
			continue
		}
		for part, sign := range map[string]string{`"values":{`: "V", `"labels":["`: "L", `"spans":[{`: "S"} {
			if i := strings.Index(string(got), part); i >= 0 && strings.Contains(want, `":`+sign) {
				start := i + strings.IndexAny(part, ":") + 1
				d := json.NewDecoder(strings.NewReader(string(got[start:])))
				var raw json.RawMessage
				if err := d.Decode(&raw); err != nil {
					t.Fatalf("%s: %v", got, err)
				}
				got = []byte(string(got[:start]) + sign + string(got[start+len(raw):]))
			}
		}
		if string(got) != want {
			t.Errorf("%s\n gives %s\n  not %s", in, got, want)
		}
	}
	for _, bad := range []string{`nope`, `[1]`, `7`, `{"x":1}`, `{"text":"x"} y`, `{"text":"x"`, `{"text":"x",}`, `{"text"}`, `{"text":"x"}{"text":"y"}`} {
		if got, err := h.score([]byte(bad)); err == nil || string(got) != bad {
			t.Errorf("%s: %s, %v", bad, got, err)
		}
	}
}
