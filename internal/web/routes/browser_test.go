package routes_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/web"
	"github.com/entregent/entregent/internal/web/webtest"
)

// sizes are a desk's screen and a telephone's.
var sizes = [][2]int64{{1280, 900}, {390, 800}}

// tried are the languages that each size is tried in, without being asked for all.
var tried = [][]string{{"en"}, {"fr", "en-x-long"}}

// Every page is fit for everyone, as far as a machine can tell: axe finds nothing
// (WCAG 2.2 AA and its best practices), nothing is cut at a telephone's width,
// and there is one heading of the first level. In both languages; English words
// stretched by 40 % fit too. Each language is tried at one width, and at both
// with ENTREGENT_BROWSER=all, which takes twice as long.
func TestEveryPageIsForEveryone(t *testing.T) {
	b := webtest.NewBrowser(t)
	axe, err := os.ReadFile("testdata/axe/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	h := webtest.New(t, webtest.Demo)
	h.Seed()
	admin := h.As(account.Admin)
	inside, outside := h.Serve(admin), h.Serve(nil)
	for i, size := range sizes {
		b.Do(chromedp.EmulateViewport(size[0], size[1]))
		for _, l := range []string{"en", "fr", "en-x-long"} {
			if !slices.Contains(tried[i], l) && os.Getenv("ENTREGENT_BROWSER") != "all" {
				continue
			}
			for _, route := range webtest.Pages(t) {
				at := inside
				if h.Sees(route, admin) != admin {
					at = outside
				}
				where := fmt.Sprintf("%s (%s, %d px)", route.Path, l, size[0])
				b.Do(chromedp.Navigate(webtest.WithLang(at+h.Example(route), l)))
				if wide := webtest.Ask[[]string](b, overflow); len(wide) > 0 {
					t.Errorf("%s: wider than the screen: %v", where, wide)
				}
				shot(b, t, route, l, size[0])
				if n := webtest.Ask[int](b, `document.querySelectorAll("h1").length`); n != 1 {
					t.Errorf("%s: %d headings h1", where, n)
				}
				if l == "en-x-long" {
					continue
				}
				webtest.Ask[bool](b, string(axe)+"; true")
				for _, v := range webtest.Ask[[]violation](b, runAxe) {
					t.Errorf("%s: %s: %s\n%s", where, v.ID, v.Help, strings.Join(v.Nodes, "\n"))
				}
			}
		}
	}
}

// violation is what axe finds.
type violation struct {
	ID    string   `json:"id"`
	Help  string   `json:"help"`
	Nodes []string `json:"nodes"`
}

const runAxe = `axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}).then(r =>
	r.violations.map(v => ({id: v.id, help: v.help, nodes: v.nodes.slice(0, 4).map(n => n.target.join(" ") + "  " + n.html.slice(0, 200) + "  " + (n.failureSummary || "").slice(0, 300))})))`

// overflow lists what reaches beyond the screen's right edge, and isn't in a part
// that scrolls by itself.
const overflow = `(() => {
	if (document.documentElement.scrollWidth <= window.innerWidth) return [];
	const wide = [];
	for (const e of document.querySelectorAll("body *")) {
		const r = e.getBoundingClientRect();
		if (r.width > 0 && r.right > window.innerWidth + 1 && !e.closest(".scroll, pre")) wide.push(e.tagName + "." + e.className + " to " + Math.round(r.right));
	}
	return wide.length ? wide.slice(0, 6) : ["the page, to " + document.documentElement.scrollWidth];
})()`

// shot keeps a picture of a page, for people to look at, in the folder that
// ENTREGENT_SHOTS names.
func shot(b *webtest.Browser, t *testing.T, route web.Route, l string, width int64) {
	folder := os.Getenv("ENTREGENT_SHOTS")
	if folder == "" {
		return
	}
	png, err := chromedp.Run(b.Context, chromedp.FullScreenshot(100))
	if err != nil {
		t.Log(err)
		return
	}
	name := fmt.Sprintf("%s-%s-%d.png", strings.Trim(strings.ReplaceAll(route.Path, "/", "-"), "-"), l, width)
	if err := os.WriteFile(filepath.Join(folder, name), png, 0o644); err != nil {
		t.Log(err)
	}
}

// Every page can be used with the keyboard alone: the first thing reached skips
// to the content, everything that can be used is reached in turn, each time with
// a mark that shows where one is, and nothing holds one.
func TestEveryPageByKeyboard(t *testing.T) {
	b := webtest.NewBrowser(t)
	h := webtest.New(t, webtest.Demo)
	h.Seed()
	admin := h.As(account.Admin)
	inside, outside := h.Serve(admin), h.Serve(nil)
	b.Do(chromedp.EmulateViewport(sizes[0][0], sizes[0][1]))
	for _, route := range webtest.Pages(t) {
		at := inside
		if h.Sees(route, admin) != admin {
			at = outside
		}
		b.Do(chromedp.Navigate(webtest.WithLang(at+h.Example(route), "en")))
		total := webtest.Ask[int](b, usable)
		for i := range total + 3 {
			b.Do(chromedp.KeyEvent(kb.Tab))
			got := webtest.Ask[string](b, reached)
			if i == 0 && !strings.Contains(got, "skip") {
				t.Errorf("%s: first comes %s, not the way to the content", route.Path, got)
			}
			if got == "end" {
				break
			}
			if strings.HasPrefix(got, "unmarked") {
				t.Errorf("%s: nothing shows where one is: %s", route.Path, got)
			}
		}
		if left := webtest.Ask[[]string](b, `window.__left()`); len(left) > 0 {
			t.Errorf("%s: not reached by Tab: %s", route.Path, strings.Join(left, "; "))
		}
	}
}

// usable marks what can be used on a page, and says how much it is.
const usable = `(() => {
	const seen = e => e.checkVisibility({visibilityProperty: true}) && !e.disabled;
	const all = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")].filter(seen);
	const groups = new Set();
	window.__want = new Set(all.filter(e => {
		if (e.type !== "radio") return true;
		if (groups.has(e.name)) return false;
		groups.add(e.name);
		return true;
	}));
	window.__name = e => e.tagName.toLowerCase() + "." + e.className + " " + (e.name || e.id || e.textContent.trim().slice(0, 30));
	window.__left = () => [...window.__want].filter(e => e.isConnected).map(window.__name);
	window.__count = 0;
	return window.__want.size * 2;
})()`

// reached is what has the focus, or end.
const reached = `(() => {
	const e = document.activeElement;
	if (!e || e === document.body) return "end";
	if (e.type === "radio") { for (const w of [...window.__want]) if (w.name === e.name) window.__want.delete(w); }
	window.__want.delete(e);
	const s = getComputedStyle(e);
	const marked = s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0;
	return (marked ? "" : "unmarked ") + window.__name(e) + (e.className.includes("skip") ? " skip" : "");
})()`
