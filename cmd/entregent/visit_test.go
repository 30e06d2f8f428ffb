package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// port finds a free port of this machine and keeps its address: port HERE
func port(ts *testscript.TestScript, _ bool, args []string) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	ts.Setenv(args[0], l.Addr().String())
	ts.Check(l.Close())
}

// visit asks for a page until it is there, and shows it: visit http://$HERE/reads
func visit(ts *testscript.TestScript, neg bool, args []string) {
	jar, err := cookiejar.New(nil)
	ts.Check(err)
	browser := http.Client{Jar: jar, Timeout: 5 * time.Second}
	at, err := url.Parse(args[0])
	ts.Check(err)
	for try := range 100 {
		var answer *http.Response
		if answer, err = browser.Get(at.String()); err == nil {
			page, read := io.ReadAll(answer.Body)
			_ = answer.Body.Close()
			ts.Check(read)
			if (answer.StatusCode == http.StatusOK) == neg {
				ts.Fatalf("%s: %s", at, answer.Status)
			}
			_, err = fmt.Fprintf(ts.Stdout(), "%s\n", page)
			ts.Check(err)
			return
		}
		time.Sleep(time.Duration(min(try, 10)) * 20 * time.Millisecond)
	}
	ts.Fatalf("nobody answers at %s: %v", at, err)
}
