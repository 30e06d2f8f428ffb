package report

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/entregent/entregent"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/report/reporttest"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

func asJSON(t *testing.T, r entregent.Report) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := JSON(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestJSONFollowsItsSchema validates every report against doc/report.schema.json.
func TestJSONFollowsItsSchema(t *testing.T) {
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	schema, err := compiler.Compile("../../doc/report.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	for name, make := range reporttest.Reports {
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(asJSON(t, make())))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if err := schema.Validate(value); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	// A schema that takes everything would pass above.
	value, _ := jsonschema.UnmarshalJSON(bytes.NewReader(asJSON(t, reporttest.Full())))
	value.(map[string]any)["presence"].(map[string]any)["wating"] = 1
	if schema.Validate(value) == nil {
		t.Error("the schema takes a key that nobody knows")
	}
}

// TestJSONShape looks for the names that programs rely on.
func TestJSONShape(t *testing.T) {
	var r struct {
		Presence map[string]json.RawMessage
		Log      map[string]json.RawMessage
	}
	if err := json.Unmarshal(asJSON(t, reporttest.Full()), &r); err != nil {
		t.Fatal(err)
	}
	for _, key := range strings.Fields("index components answered median_wait waiting groups periods alarms crises curve naive doubts parameters window version") {
		if r.Presence[key] == nil {
			t.Errorf("presence lacks %s", key)
		}
	}
	for _, key := range strings.Fields("messages threads people organisation_messages community_messages problems") {
		if r.Log[key] == nil {
			t.Errorf("log lacks %s", key)
		}
	}
	var median struct{ Center, Lo, Hi *float64 }
	if err := json.Unmarshal(r.Presence["median_wait"], &median); err != nil {
		t.Fatal(err)
	}
	if median.Center != nil || median.Hi != nil || median.Lo == nil || *median.Lo != 288 {
		t.Errorf("a median that was not reached is %+v", median)
	}
}

// TestJSONHasNoNullList: an empty list is [], also in a report nobody filled in.
func TestJSONHasNoNullList(t *testing.T) {
	var walk func(path string, full, bare any)
	walk = func(path string, full, bare any) {
		switch f := full.(type) {
		case []any:
			if _, ok := bare.([]any); !ok {
				t.Errorf("%s is %v, not a list", path, bare)
			}
		case map[string]any:
			b, ok := bare.(map[string]any)
			if !ok {
				return // a milestone that never came
			}
			for key, value := range f {
				walk(path+"."+key, value, b[key])
			}
		}
	}
	var f, b any
	if json.Unmarshal(asJSON(t, reporttest.Full()), &f) != nil || json.Unmarshal(asJSON(t, entregent.Report{}), &b) != nil {
		t.Fatal("not JSON")
	}
	walk("", f, b)
}

// TestJSONIsStable: the same report, the same bytes, and words as they were.
func TestJSONIsStable(t *testing.T) {
	first := asJSON(t, reporttest.Hostile())
	for range 5 {
		if !bytes.Equal(first, asJSON(t, reporttest.Hostile())) {
			t.Fatal("two tellings of one report differ")
		}
	}
	var r entregent.Report
	r.Title = "broken \xff <b> & é"
	if got := asJSON(t, r); !bytes.Contains(got, []byte("\"broken \uFFFD <b> & é\"")) {
		t.Errorf("%s", got[:80])
	}
}

// TestWriteFails: a full disk is told, by every way out.
func TestWriteFails(t *testing.T) {
	if err := JSON(reporttest.FullDisk{}, reporttest.Full()); err == nil {
		t.Error("JSON said nothing")
	}
}

func TestGapIsNullInJSON(t *testing.T) {
	r := reporttest.Full()
	r.Gap = nil
	if !strings.Contains(string(asJSON(t, r)), `"gap": null`) {
		t.Error("the JSON doesn't say that there is none")
	}
}

// TestRead: a report that is read back is written as it was, each of them, and its
// doubts can be said in French.
func TestRead(t *testing.T) {
	for name, make := range reporttest.Reports {
		want := asJSON(t, make())
		r, err := Read(want)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := asJSON(t, r); !bytes.Equal(got, want) {
			t.Errorf("%s: read back it is\n%s\nwant\n%s", name, got, want)
		}
		again := make()
		for i, d := range r.Presence.Doubts {
			if got, want := lang.French.Doubt(d), lang.French.Doubt(again.Presence.Doubts[i]); got != want {
				t.Errorf("%s: in French the doubt is %q, want %q", name, got, want)
			}
		}
	}
	if _, err := Read([]byte(`{"presence":{"parameters":{"tau_days":7}}}`)); err == nil {
		t.Error("a parameter that nobody knows is read")
	}
}
