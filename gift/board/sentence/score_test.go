package sentence_test

import (
	"bufio"
	"encoding/json"
	"os"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/entregent/entregent/gift/board/sentence"
)

type line struct{ ID, Lang, Text, Now, Zone string }

func TestDump(t *testing.T) {
	in, out := os.Getenv("DUMP_IN"), os.Getenv("DUMP_OUT")
	if in == "" {
		t.Skip()
	}
	f, _ := os.Open(in)
	w, _ := os.Create(out)
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		var l line
		if err := json.Unmarshal(sc.Bytes(), &l); err != nil {
			t.Fatal(err)
		}
		z, _ := time.LoadLocation(l.Zone)
		now, err := time.Parse(time.RFC3339, l.Now)
		if err != nil {
			t.Fatal(err)
		}
		forms := sentence.Parse(l.Text, sentence.Options{Now: now.In(z), Lang: l.Lang})
		p := map[string]any{"id": l.ID, "act": "none", "marked": []string{}, "posts": len(forms), "price": len(sentence.Money(l.Text)) > 0}
		if len(forms) > 0 {
			data, _ := json.Marshal(forms[0])
			json.Unmarshal(data, &p)
			m := []string{}
			for _, k := range forms[0].Marks {
				m = append(m, string(k.Field))
			}
			p["marked"] = m
			if forms[0].Number == 0 {
				p["n"] = nil
			}
		}
		p["all"] = forms
		json.NewEncoder(w).Encode(p)
	}
	w.Close()
}
