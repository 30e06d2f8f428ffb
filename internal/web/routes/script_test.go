package routes_test

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
	"github.com/entregent/entregent/internal/web"
	"github.com/entregent/entregent/internal/web/webtest"
)

// aDemo is a demonstration of some weeks, most of whose questions were answered.
func aDemo(c *web.Config) {
	c.Demo = func(ctx context.Context) error {
		if err := source.Save(ctx, c.Store, source.Source{Name: "demo", Kind: "demo", Title: "Portelune", Config: "{}"}); err != nil {
			return err
		}
		var all []conversation.Message
		for i := range 60 {
			asked := time.Duration(26+16*i) * time.Hour
			id := strconv.Itoa(i)
			all = append(all, webtest.Message(id, fmt.Sprintf("rider%d@people.example", i), "Could you tell me, please, how the brake of bike number "+id+" is set?", webtest.Ago(asked)))
			if i < len(answers)*2 {
				all = append(all, webtest.Message(id+"a", "claire@portelune.example", answers[i%len(answers)], webtest.Ours, webtest.In(id, id), webtest.Ago(asked-3*time.Hour)))
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
	b := webtest.NewBrowser(t)
	for _, c := range []struct {
		lang    string
		size    [2]int64
		scripts bool
	}{{"en", sizes[0], true}, {"fr", sizes[1], true}, {"fr", sizes[0], false}, {"en", sizes[1], false}} {
		t.Run(fmt.Sprintf("%s %d scripts=%t", c.lang, c.size[0], c.scripts), func(t *testing.T) {
			b := &webtest.Browser{Context: b.Context, T: t}
			h := webtest.New(t, aDemo, func(c *web.Config) { c.URL = "http://house.example" })
			at := h.Serve(nil)
			if _, err := chromedp.Call(b.Context, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !c.scripts}); err != nil {
				t.Fatal(err)
			}
			b.Do(chromedp.EmulateViewport(c.size[0], c.size[1]))
			fiveMinutes(b, h, at, c.lang, c.scripts)
		})
	}
}

func fiveMinutes(b *webtest.Browser, h *webtest.Site, at, lang string, scripts bool) {
	t := b.T
	say := map[string][2]string{ // what the pages say, in English and in French
		"waiting": {"Who is waiting?", "Qui attend ?"}, "invented": {"A demonstration: nobody in it exists.", "Une démonstration : personne n’y existe."},
	}
	said := func(key string) string { return say[key][map[string]int{"en": 0, "fr": 1}[lang]] }

	// 0:00 the link that the server prints
	first, err := h.FirstLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	b.Do(chromedp.Navigate(webtest.WithLang(at+strings.TrimPrefix(first, h.URL), lang)))
	b.Click(`form[action="/link"] button`, "/welcome")

	// 0:30 the wizard
	b.Fill("#f-organisation", "Portelune")
	b.Fill("#f-roster", "portelune.example")
	b.Fill("#f-timezone", "Europe/Paris")
	b.Fill("#f-name", "Inès")
	b.Fill("#f-mail", "ines@portelune.example")
	b.Click(`form[action="/welcome"] button`, "/start")

	// 1:30 the demonstration; then who waits, the longest first
	b.Click(`form[action="/demo"] button`, "/inbox")
	if got := b.Text("h1"); got != said("waiting") {
		t.Errorf("the first screen is called %q", got)
	}
	if got := b.Text(".fictional"); !strings.Contains(got, said("invented")) {
		t.Errorf("it doesn't say that it is invented: %q", got)
	}
	if n := webtest.Ask[int](b, `document.querySelectorAll("#waiting ol > li").length`); n < 10 {
		t.Errorf("%d wait, of the 40 not answered", n)
	}
	if got := b.Text("#waiting ol > li"); !strings.Contains(got, "39") { // days: the oldest of all that wait
		t.Errorf("the first to wait is %q", got)
	}

	// 4:00 three tiles, each of which opens what is behind it
	before := b.Text("#tiles")
	if links := webtest.Ask[int](b, `[...document.querySelectorAll("#tiles > li")].filter(l => l.querySelector("a")).length`); links != 3 {
		t.Errorf("%d of the three tiles open what is behind them: %s", links, before)
	}
	b.Click("#tiles li:first-child a.value", "/messages")
	if n := webtest.Ask[int](b, `document.querySelectorAll("main ol > li, main tbody > tr").length`); n < 10 {
		t.Errorf("behind the share are %d messages", n)
	}
	b.Do(chromedp.Navigate(at + "/inbox"))

	// 5:00 one is answered, and the tile changes
	b.Click("#waiting ol > li .said a", "/thread")
	b.Fill("#text", "You turn it until it holds. Tell us if it does not!")
	b.Click(`form[action="/thread/reply"] button:not([formaction])`, "/thread")
	if got := b.Text("#said"); !strings.Contains(got, "until it holds. Tell us") {
		t.Errorf("the answer isn't in the thread: %q", got)
	}
	b.Do(chromedp.Navigate(at + "/inbox"))
	after := b.Text("#tiles")
	if after == before || !strings.Contains(before, "40") || !strings.Contains(after, "39") {
		t.Errorf("40 waited, one was answered: %q", after)
	}

	if scripts { // somebody asks meanwhile: the open page shows it by itself
		tiles := b.Text("#tiles")
		h.Hears("forum", webtest.Message("new", "zoe@people.example", "Could you tell me where the shop is, please?", webtest.Ago(time.Hour)))
		if now := b.Soon("#tiles", tiles); !strings.Contains(now, "40") {
			t.Errorf("39 waited, one more asked: %q", now)
		}
	}

	// and somebody is thanked, which the tile counts
	b.Click(`#tiles a[href="/thanks"]`, "/thanks")
	b.Fill("#f-to", "rider4@people.example")
	b.Fill("#f-text", "For the picture of the brake")
	b.Click(`form[action="/thank"] button`, "/thanks")
	if got := b.Text("#record"); !strings.Contains(got, "rider4@people.example") {
		t.Errorf("the thanks isn't on record: %q", got)
	}
	b.Do(chromedp.Navigate(at + "/inbox"))
	if got := b.Text(`#tiles a[href="/thanks"]`); got != "1" {
		t.Errorf("the tile counts %q gifts: %q", got, b.Text("#tiles"))
	}
	b.Click(`.fictional form button`, "/start")
	if n, err := h.Store.Counts(t.Context()); err != nil || n.Messages > 1 {
		t.Errorf("of the demonstration are left %+v, %v", n, err)
	}
}
