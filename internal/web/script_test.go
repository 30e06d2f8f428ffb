package web

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/source"
)

// click clicks and waits for the page that comes of it, whose path is to. A click
// that a busy browser lost is made once more.
func (b *browser) click(selector, to string) {
	b.t.Helper()
	ask[bool](b, `window.__left = true`)
	b.do(chromedp.Click(selector, chromedp.NodeVisible))
	lost := time.Now().Add(7 * time.Second)
	for late := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(lost) && ask[bool](b, `window.__left === true`) {
			lost = late
			b.do(chromedp.Click(selector, chromedp.NodeVisible))
		}
		got := ask[string](b, `window.__left || document.readyState !== "complete" ? "" : location.pathname`)
		if got == to {
			return
		}
		if time.Now().After(late) {
			b.t.Fatalf("clicking %s leads to %s, not %s: %.500s", selector, b.where(), to, b.text("main"))
		}
	}
}

// fill writes into a field, in place of what stands there.
func (b *browser) fill(selector, text string) {
	b.t.Helper()
	ask[bool](b, `document.querySelector(`+strconv.Quote(selector)+`).select(), true`)
	b.do(chromedp.SendKeys(selector, text))
}

// text is what a part of the page says, with plain spaces.
func (b *browser) text(selector string) string {
	b.t.Helper()
	return plain(ask[string](b, `(document.querySelector(`+strconv.Quote(selector)+`) || {}).innerText || ""`))
}

// soon waits for a part of the page to say something else than it did.
func (b *browser) soon(selector, other string) string {
	b.t.Helper()
	for late := time.Now().Add(10 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		if now := b.text(selector); now != other {
			return now
		}
		if time.Now().After(late) {
			b.t.Fatalf("%s still says %q", selector, other)
		}
	}
}

// aDemo is a demonstration of some weeks, most of whose questions were answered.
func aDemo(c *Config) {
	c.Demo = func(ctx context.Context) error {
		if err := source.Save(ctx, c.Store, source.Source{Name: "demo", Kind: source.Demo, Title: "Portelune", Config: "{}"}); err != nil {
			return err
		}
		var all []conversation.Message
		for i := range 60 {
			asked := time.Duration(26+16*i) * time.Hour
			id := strconv.Itoa(i)
			all = append(all, message(id, fmt.Sprintf("rider%d@people.example", i), "Could you tell me, please, how the brake of bike number "+id+" is set?", ago(asked)))
			if i < len(answers)*2 {
				all = append(all, message(id+"a", "claire@portelune.example", answers[i%len(answers)], ours, in(id, id), ago(asked-3*time.Hour)))
			}
		}
		_, err := c.Store.Append(ctx, "demo", all)
		return err
	}
}

// answers differ, since what is said to everybody alike is no answer.
var answers = []string{
	"Turn the small screw beside the lever until the wheel holds.", "Take off the cap first; the nut below it is what you look for.",
	"Pull the cable tight with one hand and close the clamp with the other.", "With that frame, a workshop should do it: there is one in your street.",
	"The left pad is worn. We send you a new pair tomorrow, free of charge.", "Press the button for three seconds, and it starts from the beginning.",
	"Loosen both bolts, centre the caliper by eye, then tighten them in turn.", "It needs air at four bar; less makes it feel soft.",
	"Your model has hydraulics: nothing is to be set there, only filled.", "Look at page twelve of the manual, where a picture shows the spring.",
}

// The first five minutes, as people meet them: from the first link to a question
// answered and somebody thanked. In both languages, at a desk and on a telephone,
// with JavaScript and without.
func TestTheFirstFiveMinutes(t *testing.T) {
	b := newBrowser(t)
	for _, c := range []struct {
		lang    string
		size    [2]int64
		scripts bool
	}{{"en", sizes[0], true}, {"fr", sizes[1], true}, {"fr", sizes[0], false}, {"en", sizes[1], false}} {
		t.Run(fmt.Sprintf("%s %d scripts=%t", c.lang, c.size[0], c.scripts), func(t *testing.T) {
			b := &browser{b.Context, t}
			h := newHouse(t, aDemo, func(c *Config) { c.URL = "http://house.example" })
			at := h.serve(nil)
			if _, err := chromedp.Call(b.Context, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !c.scripts}); err != nil {
				t.Fatal(err)
			}
			b.do(chromedp.EmulateViewport(c.size[0], c.size[1]))
			b.fiveMinutes(h, at, c.lang, c.scripts)
		})
	}
}

func (b *browser) fiveMinutes(h *house, at, lang string, scripts bool) {
	t := b.t
	say := map[string][2]string{ // what the pages say, in English and in French
		"waiting": {"Who is waiting?", "Qui attend ?"}, "invented": {"A demonstration: nobody in it exists.", "Une démonstration : personne n’y existe."},
	}
	said := func(key string) string { return say[key][map[string]int{"en": 0, "fr": 1}[lang]] }

	// 0:00 the link that the server prints
	first, err := h.FirstLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	b.do(chromedp.Navigate(withLang(at+strings.TrimPrefix(first, h.URL), lang)))
	b.click(`form[action="/link"] button`, "/welcome")

	// 0:30 the wizard
	b.fill("#f-organisation", "Portelune")
	b.fill("#f-roster", "portelune.example")
	b.fill("#f-timezone", "Europe/Paris")
	b.fill("#f-name", "Inès")
	b.fill("#f-mail", "ines@portelune.example")
	b.click(`form[action="/welcome"] button`, "/start")

	// 1:30 the demonstration; then who waits, the longest first
	b.click(`form[action="/demo"] button`, "/inbox")
	if got := b.text("h1"); got != said("waiting") {
		t.Errorf("the first screen is called %q", got)
	}
	if got := b.text(".fictional"); !strings.Contains(got, said("invented")) {
		t.Errorf("it doesn't say that it is invented: %q", got)
	}
	if n := ask[int](b, `document.querySelectorAll("#waiting ol > li").length`); n < 10 {
		t.Errorf("%d wait, of the 40 not answered", n)
	}
	if got := b.text("#waiting ol > li"); !strings.Contains(got, "39") { // days: the oldest of all that wait
		t.Errorf("the first to wait is %q", got)
	}

	// 4:00 three tiles, each of which opens what is behind it
	before := b.text("#tiles")
	if links := ask[int](b, `[...document.querySelectorAll("#tiles > li")].filter(l => l.querySelector("a")).length`); links != 3 {
		t.Errorf("%d of the three tiles open what is behind them: %s", links, before)
	}
	b.click("#tiles li:first-child a.value", "/messages")
	if n := ask[int](b, `document.querySelectorAll("main ol > li, main tbody > tr").length`); n < 10 {
		t.Errorf("behind the share are %d messages", n)
	}
	b.do(chromedp.Navigate(at + "/inbox"))

	// 5:00 one is answered, and the tile changes
	b.click("#waiting ol > li .said a", "/thread")
	b.fill("#text", "You turn it until it holds. Tell us if it does not!")
	b.click(`form[action="/thread/reply"] button:not([formaction])`, "/thread")
	if got := b.text("#said"); !strings.Contains(got, "until it holds. Tell us") {
		t.Errorf("the answer isn't in the thread: %q", got)
	}
	b.do(chromedp.Navigate(at + "/inbox"))
	after := b.text("#tiles")
	if after == before || !strings.Contains(before, "40") || !strings.Contains(after, "39") {
		t.Errorf("40 waited, one was answered: %q", after)
	}

	if scripts { // somebody asks meanwhile: the open page shows it by itself
		tiles := b.text("#tiles")
		h.hears("forum", message("new", "zoe@people.example", "Could you tell me where the shop is, please?", ago(time.Hour)))
		if now := b.soon("#tiles", tiles); !strings.Contains(now, "40") {
			t.Errorf("39 waited, one more asked: %q", now)
		}
	}

	// and somebody is thanked, which the tile counts
	b.click(`#tiles a[href="/thanks"]`, "/thanks")
	b.fill("#f-to", "rider4@people.example")
	b.fill("#f-text", "For the picture of the brake")
	b.click(`form[action="/thank"] button`, "/thanks")
	if got := b.text("#record"); !strings.Contains(got, "rider4@people.example") {
		t.Errorf("the thanks isn't on record: %q", got)
	}
	b.do(chromedp.Navigate(at + "/inbox"))
	if got := b.text(`#tiles a[href="/thanks"]`); got != "1" {
		t.Errorf("the tile counts %q gifts: %q", got, b.text("#tiles"))
	}
	b.click(`.fictional form button`, "/start")
	if n, err := h.Store.Counts(t.Context()); err != nil || n.Messages > 1 {
		t.Errorf("of the demonstration are left %+v, %v", n, err)
	}
}
