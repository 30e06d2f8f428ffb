package file

import (
	"archive/zip"
	"bytes"
	"io"
	"testing"

	"github.com/entregent/entregent/internal/open"
	"github.com/entregent/entregent/internal/store/storetest"
)

// An archive that was sent to the server is read as a folder is: what Look says
// would come in does.
func TestAnArchiveIsImported(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range [][2]string{
		{"users.json", `[{"id":"U1","name":"ana","profile":{"real_name":"Ana Duarte"}}]`},
		{"channels.json", `[{"id":"C1","name":"help"}]`},
		{"help/2026-03-02.json", `[{"type":"message","user":"U1","text":"Is it open?","ts":"1772442000.000100"}]`},
		{"help/2026-03-03.json", `[{"type":"message","user":"U2","text":"It is.","ts":"1772528400.000100","thread_ts":"1772442000.000100"}]`},
		{"secret/2026-03-03.json", `[{"type":"message","user":"U2","text":"Among us","ts":"1772528401.000100"}]`},
	} {
		w, err := z.Create(f[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, f[1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	unpacked := func() io.Reader {
		in, err := open.Unpack(io.NopCloser(bytes.NewReader(b.Bytes())))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = in.Close() })
		return in
	}
	s, _ := storetest.SQLite(t)
	f := File{Source: "slack", Title: "Slack", Name: "export.zip", TimeZone: "UTC", Us: "U2"}
	sight, err := Look(t.Context(), s, unpacked(), f, nil, Limit{})
	if err != nil || sight.Messages != 2 || sight.Organisation != 1 || sight.Threads != 1 || !sight.Whole {
		t.Fatalf("%+v, %v", sight, err)
	}
	kept, err := Import(t.Context(), s, unpacked(), f, nil, func(float64) {})
	if err != nil || kept.Fates != sight.Fates || kept.Added != 2 {
		t.Errorf("%+v, %v; foretold %+v", kept, err, sight.Fates)
	}
}
