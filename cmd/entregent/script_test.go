package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"entregent": main})
}

// TestScript runs the sessions in testdata: what a person types, what she sees,
// and what she is told when it goes wrong.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       os.Getenv("ENTREGENT_GOLDEN") == "update",
		Setup: func(e *testscript.Env) error {
			for _, key := range []string{"LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR"} {
				e.Setenv(key, "")
			}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"code": code, "json": at, "pack": pack, "port": port, "visit": visit,
		},
	})
}

// code runs a command and checks its exit code: code 2 entregent --nonsense
func code(ts *testscript.TestScript, neg bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	if exit, ok := err.(interface{ ExitCode() int }); ok {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if (got == want) == neg {
		ts.Fatalf("exit code %d", got)
	}
}

// at checks a value in a file of JSON: json report.json log.messages 12
func at(ts *testscript.TestScript, neg bool, args []string) {
	var value any
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &value))
	for key := range strings.SplitSeq(args[1], ".") {
		switch v := value.(type) {
		case map[string]any:
			found := false
			if value, found = v[key]; !found {
				ts.Fatalf("%s: no key %s", args[1], key)
			}
		case []any:
			i, err := strconv.Atoi(key)
			if key == "length" {
				value = len(v)
			} else if err != nil || i >= len(v) {
				ts.Fatalf("%s: no element %s of %d", args[1], key, len(v))
			} else {
				value = v[i]
			}
		default:
			ts.Fatalf("%s: nothing at %s", args[1], key)
		}
	}
	if got := fmt.Sprint(value); (got == args[2]) == neg {
		ts.Fatalf("%s is %s", args[1], got)
	}
}

// pack makes FILE.gz and FILE.zst of FILE.
func pack(ts *testscript.TestScript, _ bool, args []string) {
	for _, file := range args {
		text := []byte(ts.ReadFile(file))
		var zip bytes.Buffer
		w := gzip.NewWriter(&zip)
		_, err := w.Write(text)
		ts.Check(err)
		ts.Check(w.Close())
		ts.Check(os.WriteFile(ts.MkAbs(file)+".gz", zip.Bytes(), 0o644))
		z, err := zstd.NewWriter(nil)
		ts.Check(err)
		ts.Check(os.WriteFile(ts.MkAbs(file)+".zst", z.EncodeAll(text, nil), 0o644))
	}
}
