package page

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/entregent/entregent"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/report/reporttest"
)

// TestPartsFitAnyPage: a section alone is whole, brings nothing that a strict
// policy refuses, and every doubt that a number points to is there.
func TestPartsFitAnyPage(t *testing.T) {
	whole := reporttest.Full()
	whole.Whuffie = reporttest.Thanked(t, 40, false)
	for name, r := range map[string]entregent.Report{"full": whole, "empty": reporttest.Empty(), "hostile": reporttest.Hostile()} {
		for _, l := range lang.Languages() {
			for _, section := range Sections() {
				part, err := Part(r, l, section)
				if err != nil {
					t.Fatal(err)
				}
				page := string(part)
				if page == "" {
					if section == "presence" || name == "full" {
						t.Errorf("%s: no %s", name, section)
					}
					continue
				}
				balanced(t, page)
				if strings.Contains(page, "⟨") {
					t.Errorf("%s, %s, %s: a word is lacking: %s", name, l, section, page)
				}
				root, err := html.Parse(strings.NewReader(page))
				if err != nil {
					t.Fatal(err)
				}
				ids, refs := map[string]bool{}, []string{}
				elements(root, func(n *html.Node) {
					ids[attribute(n, "id")] = true
					if ref, ok := strings.CutPrefix(attribute(n, "href"), "#"); ok {
						refs = append(refs, ref)
					}
					for _, a := range n.Attr {
						if a.Key == "style" || strings.HasPrefix(a.Key, "on") || n.Data == "script" || n.Data == "style" || n.Data == "h1" {
							t.Errorf("%s, %s: <%s %s=%q>", name, section, n.Data, a.Key, a.Val)
						}
					}
				})
				for _, ref := range refs {
					if !ids[ref] {
						t.Errorf("%s, %s: nothing is called %s", name, section, ref)
					}
				}
			}
		}
	}
	if _, err := Part(reporttest.Full(), lang.English, "weather"); err == nil {
		t.Error("a section about the weather")
	}
}
