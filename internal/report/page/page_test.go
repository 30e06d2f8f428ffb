package page

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"flag"
	"io"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/entregent/entregent"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/report"
	"github.com/entregent/entregent/internal/report/reporttest"
)

// pagesIn is for looking at the pages: go test ./internal/report/page -pages FOLDER
var pagesIn = flag.String("pages", "", "write the pages of the made reports into this folder")

func shown(t *testing.T, r entregent.Report, l lang.Language) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, r, l); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// made are the pages of the made reports, each made once.
var made = map[string]string{}

// every runs a check on every made report in both languages.
func every(t *testing.T, check func(t *testing.T, page string, root *html.Node)) {
	for name, make := range reporttest.Reports {
		for _, l := range lang.Languages() {
			t.Run(name+"/"+string(l), func(t *testing.T) {
				which := name + "." + string(l)
				if made[which] == "" {
					made[which] = shown(t, make(), l)
				}
				page := made[which]
				if *pagesIn != "" {
					if err := os.WriteFile(filepath.Join(*pagesIn, which+".html"), []byte(page), 0o644); err != nil {
						t.Fatal(err)
					}
				}
				root, err := html.Parse(strings.NewReader(page))
				if err != nil {
					t.Fatal(err)
				}
				check(t, page, root)
			})
		}
	}
}

// elements walks the elements of a tree.
func elements(root *html.Node, visit func(n *html.Node)) {
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			visit(n)
		}
	}
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// TestPageIsWhole: well formed, every id once, every link and label to
// something that is there, one h1 and no level of heading left out.
func TestPageIsWhole(t *testing.T) {
	every(t, func(t *testing.T, page string, root *html.Node) {
		balanced(t, page)
		ids := map[string]int{}
		elements(root, func(n *html.Node) {
			if id := attribute(n, "id"); id != "" {
				ids[id]++
			}
		})
		for id, n := range ids {
			if n > 1 || strings.ContainsAny(id, " \t") {
				t.Errorf("the id %q stands %d times", id, n)
			}
		}
		level := 0
		elements(root, func(n *html.Node) {
			if href := attribute(n, "href"); href != "" && (href[0] != '#' || ids[href[1:]] == 0) {
				t.Errorf("a link to %s, which isn't there", href)
			}
			for _, id := range strings.Fields(attribute(n, "aria-labelledby")) {
				if ids[id] == 0 {
					t.Errorf("named by %s, which isn't there", id)
				}
			}
			if len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6' {
				if now := int(n.Data[1] - '0'); now > level+1 || now == 1 && level > 0 {
					t.Errorf("a heading of level %d after one of level %d", now, level)
				} else {
					level = now
				}
			}
		})
		if level == 0 {
			t.Error("no heading")
		}
	})
}

// balanced makes sure that every element is closed where it should be: the
// parser would mend it silently.
func balanced(t *testing.T, page string) {
	void := map[string]bool{"meta": true, "br": true, "link": true, "img": true, "input": true, "hr": true}
	var open []string
	for z := html.NewTokenizer(strings.NewReader(page)); ; {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			if len(open) > 0 {
				t.Errorf("%v never closed", open)
			}
			return
		case html.StartTagToken:
			if name, _ := z.TagName(); !void[string(name)] {
				open = append(open, string(name))
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if len(open) == 0 || open[len(open)-1] != string(name) {
				t.Fatalf("</%s> closes %v", name, open)
			}
			open = open[:len(open)-1]
		}
	}
}

// TestPageIsAlone: no address outside, no script, no handler, no style but its
// own, which its policy names.
func TestPageIsAlone(t *testing.T) {
	every(t, func(t *testing.T, page string, root *html.Node) {
		policy, sheets := "", 0
		elements(root, func(n *html.Node) {
			switch n.Data {
			case "script", "img", "iframe", "object", "embed", "link", "form", "base", "video", "audio", "use", "image", "foreignobject":
				t.Errorf("the page holds a <%s>", n.Data)
			case "meta":
				if attribute(n, "http-equiv") == "Content-Security-Policy" {
					policy = attribute(n, "content")
				}
			case "style":
				sheets++
				sum := sha256.Sum256([]byte(n.FirstChild.Data))
				if want := "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"; !strings.Contains(policy, "style-src "+want) {
					t.Errorf("the policy %q does not allow the style %s", policy, want)
				}
				if regexp.MustCompile(`url\(|@import|https?:`).MatchString(n.FirstChild.Data) {
					t.Error("the style reaches outside")
				}
			}
			for _, a := range n.Attr {
				if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "src" || a.Key == "srcset" {
					t.Errorf("<%s %s=%q>", n.Data, a.Key, a.Val)
				}
				if strings.Contains(a.Val, "://") && a.Key != "content" && n.Data != "svg" {
					t.Errorf("<%s %s=%q> goes outside", n.Data, a.Key, a.Val)
				}
			}
		})
		if !strings.HasPrefix(policy, "default-src 'none';") || strings.Contains(policy, "unsafe") || sheets != 1 {
			t.Errorf("policy %q, %d styles", policy, sheets)
		}
	})
}

// TestPicturesAreTold: every picture has a role, a title and a description, and
// a table stands in its section.
func TestPicturesAreTold(t *testing.T) {
	count := 0
	every(t, func(t *testing.T, _ string, root *html.Node) {
		elements(root, func(n *html.Node) {
			if n.Data != "svg" || attribute(n, "aria-hidden") == "true" && n.Parent.Data == "svg" {
				return
			}
			count++
			told := map[string]string{}
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				if (c.Data == "title" || c.Data == "desc") && c.FirstChild != nil {
					told[c.Data] = c.FirstChild.Data
				}
			}
			if attribute(n, "role") != "img" || told["title"] == "" || told["desc"] == "" {
				t.Errorf("a picture says %q", told)
			}
			section := n.Parent
			for section.Data != "section" {
				section = section.Parent
			}
			tables := 0
			elements(section, func(n *html.Node) {
				if n.Data == "table" {
					tables++
				}
			})
			if tables == 0 {
				t.Errorf("no table stands beside %q", told["title"])
			}
		})
	})
	if count < 100 {
		t.Errorf("only %d pictures were looked at", count)
	}
}

// TestPageSaysWhatIsUnknown: no NaN in words or in coordinates, no word that the
// catalogue lacks.
func TestPageSaysWhatIsUnknown(t *testing.T) {
	every(t, func(t *testing.T, page string, _ *html.Node) {
		for _, bad := range []string{"NaN", "+Inf", "-Inf", "%!", "⟨", "&lt;nil&gt;", "ZgotmplZ"} {
			if i := strings.Index(page, bad); i >= 0 {
				t.Errorf("it says %q", page[max(0, i-30):min(len(page), i+30)])
			}
		}
	})
	page := shown(t, reporttest.Silent(), lang.French)
	for _, want := range []string{"Pas encore assez de conversation", "12 appels de 9 personnes"} {
		if !strings.Contains(page, want) {
			t.Errorf("it doesn't say %q", want)
		}
	}
}

// TestQuotesAreSafe: what people wrote is text, in its language, and nothing
// else.
func TestQuotesAreSafe(t *testing.T) {
	page := shown(t, reporttest.Hostile(), lang.English)
	if strings.Contains(page, "<script") || strings.Contains(page, "<img") || strings.ContainsAny(page, "\u202e\x1b") {
		t.Error("a message became part of the page")
	}
	if !strings.Contains(page, "&lt;script&gt;alert(") {
		t.Error("the quote was lost")
	}
	tongues := map[string]int{}
	root, _ := html.Parse(strings.NewReader(shown(t, reporttest.Full(), lang.English)))
	elements(root, func(n *html.Node) {
		if n.Data == "blockquote" {
			tongues[attribute(n, "lang")]++
		}
	})
	if tongues["fr"] != 7 || tongues["en"] != 7 || tongues["de"] != 6 {
		t.Errorf("the quotes are in %v", tongues)
	}
}

// TestNoStaffIsNamed: who speaks for the organisation is nobody's business here.
func TestNoStaffIsNamed(t *testing.T) {
	for _, l := range lang.Languages() {
		for _, way := range []string{shown(t, reporttest.Full(), l)} {
			if strings.Contains(way, "Staff Person") {
				t.Error("a member of staff is named")
			}
		}
	}
}

// TestPageTypography: our own French has no plain space before a high sign.
func TestPageTypography(t *testing.T) {
	r := reporttest.Full()
	r.Presence.Waiting.List, r.Presence.Crises, r.Log.Problems = nil, nil, nil // other people's words
	root, _ := html.Parse(strings.NewReader(shown(t, r, lang.French)))
	for n := range root.Descendants() {
		if n.Type != html.TextNode || n.Parent.Data == "style" {
			continue
		}
		if bad := regexp.MustCompile(`.{0,20}\pL[ \x{a0}]([;:!?»]|%( |$)).{0,9}`).FindString(n.Data); bad != "" {
			t.Errorf("%q", bad)
		}
	}
}

// TestStretchedPage: the page can be made in a language that nobody added yet.
func TestStretchedPage(t *testing.T) {
	page := shown(t, reporttest.Full(), lang.Stretched)
	if !strings.Contains(page, `<html lang="en">`) || !strings.Contains(page, lang.Stretched.Say("six.title")) {
		t.Error("the stretched page is not stretched")
	}
}

func TestHTMLWriteFails(t *testing.T) {
	if err := Write(reporttest.FullDisk{}, reporttest.Full(), lang.English); err == nil {
		t.Error("HTML said nothing")
	}
}

func TestApart(t *testing.T) {
	for _, c := range []struct{ in, want []float64 }{
		{[]float64{10, 12, 100}, []float64{10, 30, 80}}, {[]float64{98, 100}, []float64{60, 80}}, {[]float64{50}, []float64{50}},
		{[]float64{70, 69, 68}, []float64{80, 60, 40}}, {nil, nil},
	} {
		if got := apart(c.in, []float64{20, 20, 20}, 100); !slices.Equal(got, c.want) {
			t.Errorf("%v: %v, not %v", c.in, got, c.want)
		}
	}
}

// TestContrast reads the colours of both schemes and of print from the style:
// words stand out by 4.5 to 1 at least (WCAG 2.2 AA), also those in pictures.
func TestContrast(t *testing.T) {
	sets := regexp.MustCompile(`:root \{[^}]*\}`).FindAllString(string(css), -1)
	if len(sets) != 3 {
		t.Fatalf("%d sets of colours", len(sets))
	}
	for _, set := range sets {
		colour := map[string]string{"wash": "#f5f2ea"}
		for _, m := range regexp.MustCompile(`--(\w+): (#[0-9a-f]{3,6});`).FindAllStringSubmatch(set, -1) {
			colour[m[1]] = m[2]
		}
		for _, pair := range [][2]string{{"ink", "paper"}, {"soft", "paper"}, {"accent", "paper"}, {"ink", "wash"}} {
			if ratio := ratio(colour[pair[0]], colour[pair[1]]); ratio < 4.5 {
				t.Errorf("%s on %s stands out by %.1f only:\n%s", pair[0], pair[1], ratio, set)
			}
		}
	}
}

// ratio is WCAG's ratio of two colours.
func ratio(a, b string) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + .05) / (min(la, lb) + .05)
}

func luminance(colour string) (l float64) {
	digits := strings.TrimPrefix(colour, "#")
	if len(digits) == 3 {
		digits = string([]byte{digits[0], digits[0], digits[1], digits[1], digits[2], digits[2]})
	}
	for i, weight := range []float64{.2126, .7152, .0722} {
		n, _ := strconv.ParseUint(digits[2*i:2*i+2], 16, 8)
		c := float64(n) / 255
		if c <= .04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+.055)/1.055, 2.4)
		}
		l += weight * c
	}
	return l
}

// TestGapCanBeLeftOut: then nothing of it stands anywhere.
func TestGapCanBeLeftOut(t *testing.T) {
	r := reporttest.Full()
	r.Gap = nil
	if page := shown(t, r, lang.English); strings.Contains(page, `id="gap"`) || strings.Contains(page, `href="#gap"`) {
		t.Error("the page speaks of the gap")
	}
}

// TestMissingEvidenceIsSaid: where there is too little for the gap, how much is.
func TestMissingEvidenceIsSaid(t *testing.T) {
	if !strings.Contains(strings.Join(strings.Fields(shown(t, reporttest.Silent(), lang.English)), " "), "ot enough evidence on the side of the organisation: messages 38 (100 are needed), persons 6 (30 are needed)") {
		t.Error("it doesn't say how much is missing")
	}
}

// TestQuotesAreMarked: what speaks for a value is marked, and the text is whole
// and escaped.
func TestQuotesAreMarked(t *testing.T) {
	root, err := html.Parse(strings.NewReader(shown(t, reporttest.Full(), lang.French)))
	if err != nil {
		t.Fatal(err)
	}
	var marked, quote string
	elements(root, func(n *html.Node) {
		if n.Data == "mark" {
			marked += n.FirstChild.Data + "|"
			if tag := attribute(n.Parent.Parent, "lang"); tag != "fr" {
				t.Errorf("the quote is in %q", tag)
			}
			quote = words(n.Parent)
		}
	})
	if marked != "marge|rentabilité|" || quote != "Notre marge a progressé & la rentabilité aussi." {
		t.Errorf("marked %s in %s", marked, quote)
	}
}

func words(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

func TestWhuffiePage(t *testing.T) {
	for _, n := range []int{0, 3, 3000} {
		for _, l := range lang.Languages() {
			x := reporttest.Thanked(t, n, true)
			v := viewWhuffie(report.NewSpeaker(entregent.Report{}, l), x)
			var b bytes.Buffer
			if err := pages.ExecuteTemplate(&b, "whuffie", v); err != nil {
				t.Fatal(err)
			}
			page := b.String()
			balanced(t, page)
			if strings.Contains(page, "⟨") || strings.Contains(page, "<b>") {
				t.Errorf("%d people, %s: a word is lacking, or a name isn't escaped: %s", n, l, page)
			}
			if len(page) > 20_000 {
				t.Errorf("%d people: the section has %d bytes", n, len(page))
			}
			if has := strings.Contains(page, "<svg"); has != (n > 0) {
				t.Errorf("%d people: a picture: %v", n, has)
			}
		}
	}
	if viewWhuffie(report.NewSpeaker(entregent.Report{}, lang.English), nil) != nil {
		t.Error("a section about nothing")
	}
}

// TestNobodyIsListed: where people aren't to be named, the page lists nobody.
func TestNobodyIsListed(t *testing.T) {
	for _, n := range []int{1, 4, 40, 3000} {
		if v := viewWhuffie(report.NewSpeaker(entregent.Report{}, lang.English), reporttest.Thanked(t, n, false)); len(v.People) > 0 {
			t.Errorf("%d people: the page lists %v", n, v.People)
		}
	}
}

func BenchmarkPage(b *testing.B) {
	r := reporttest.Full()
	for b.Loop() {
		_ = Write(io.Discard, r, lang.French)
	}
}
