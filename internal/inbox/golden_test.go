package inbox

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestGoldenJudgement reads the mornings of testdata: each line is somebody who
// waits, with the rank that a good community manager would give them. A change of
// the order is judged by these ranks.
//
//	promise 24h
//	pace 15m
//	rank  who    waits  and
//	1     ada    26h
//	2     bert   3h     whuffie 1
//	3     cleo   4h     newcomer
func TestGoldenJudgement(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) < 6 {
		t.Fatalf("%d mornings: %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var items []Item
			var promise, pace time.Duration
			want := map[string]int{}
			for line := range strings.Lines(string(text)) {
				words := strings.Fields(line)
				switch {
				case len(words) == 0 || words[0] == "#" || words[0] == "rank":
				case words[0] == "promise":
					promise = wait(t, words[1])
				case words[0] == "pace":
					pace = wait(t, words[1])
				default:
					rank, err := strconv.Atoi(words[0])
					if err != nil {
						t.Fatal(err)
					}
					item := Item{ID: words[1], Arrived: noon.Add(-wait(t, words[2])), Newcomer: slices.Contains(words, "newcomer")}
					if i := slices.Index(words, "whuffie"); i > 0 {
						if item.Whuffie, err = strconv.ParseFloat(words[i+1], 64); err != nil {
							t.Fatal(err)
						}
					}
					want[item.ID] = rank
					items = append(items, item)
				}
			}
			slices.SortFunc(items, func(a, b Item) int { return strings.Compare(a.ID, b.ID) })
			Order(items, noon, promise, pace)
			for place, item := range items {
				if place+1 != want[item.ID] {
					t.Errorf("%s has rank %d; a good community manager gives her %d", item.ID, place+1, want[item.ID])
				}
			}
		})
	}
}

func wait(t *testing.T, word string) time.Duration {
	t.Helper()
	days, ok := strings.CutSuffix(word, "d")
	if ok {
		n, err := strconv.Atoi(days)
		if err != nil {
			t.Fatal(err)
		}
		return time.Duration(n) * 24 * time.Hour
	}
	d, err := time.ParseDuration(word)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
