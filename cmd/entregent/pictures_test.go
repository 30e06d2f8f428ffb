package main

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// TestPictures takes the documents' pictures of the house's first page, as
// entregent demo shows it: make screenshots runs it.
func TestPictures(t *testing.T) {
	folder := os.Getenv("ENTREGENT_PICTURES")
	if folder == "" {
		t.Skip("takes pictures only when ENTREGENT_PICTURES says into which folder")
	}
	binary := filepath.Join(t.TempDir(), "entregent")
	if told, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, told)
	}
	demo := exec.Command(binary, "demo", "--listen", "127.0.0.1:0")
	out, err := demo.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := demo.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		demo.Process.Signal(os.Interrupt)
		demo.Wait()
	}()
	link := ""
	for lines := bufio.NewScanner(out); link == "" && lines.Scan(); {
		if strings.Contains(lines.Text(), "/link?token=") {
			link = strings.TrimSpace(lines.Text())
		}
	}
	go io.Copy(io.Discard, out)
	base, _, _ := strings.Cut(link, "/link?")
	browser, done := chromedp.NewExecAllocator(t.Context(), append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox)...)
	defer done()
	page, done := chromedp.NewContext(browser)
	defer done()
	if err := chromedp.Do(page, chromedp.EmulateViewport(1100, 1000), chromedp.Navigate(link), chromedp.Click("main button"), chromedp.WaitVisible("nav")); err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{"en", "fr"} {
		for waiting := false; !waiting; time.Sleep(time.Second) { // until the story is read
			if err := chromedp.Do(page, chromedp.Navigate(base+"/inbox?lang="+lang)); err != nil {
				t.Fatal(err)
			}
			text, err := chromedp.Run(page, chromedp.Text("main"))
			if err != nil {
				t.Fatal(err)
			}
			waiting = strings.Contains(text, "90 ") // its figures speak of 90 days
		}
		png, err := chromedp.Run(page, chromedp.CaptureScreenshot())
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, "house-"+lang+".png"), png, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
