package sentence

import (
	"strconv"
	"strings"
)

// hour is a time of day as it was said.
type hour struct {
	minutes  int  // since midnight
	sure     bool // am, pm or 24 hours said; else 5:30 may be 17:30
	bound    string
	midnight bool
}

// clock turns hours into items <time> and lengths of time into <span>.
func (r *reading) clock() {
	for _, rule := range book["clock"] {
		for start := 0; ; {
			i, j := r.Find(rule.Pattern, start)
			if j == 0 {
				break
			}
			start = i + 1
			i, text, value := r.hour(rule.Label, i, j)
			if text != "" {
				r.Replace(i, j, text, value)
			}
		}
	}
}

// hour builds what a rule of the clock says of items i to j; text is empty when
// they say no hour. A preposition stays outside: its item is given back.
func (r *reading) hour(rule string, i, j int) (from int, text string, value any) {
	if rule == "span" {
		return i, "<span>", nil
	}
	var nums []int
	h := hour{}
	first := -1
	for k := i; k < j; k++ {
		t := r.Items[k].Text
		if n, err := strconv.Atoi(t); err == nil {
			if first < 0 {
				first = k
			}
			nums = append(nums, n)
		}
		switch t {
		case "demie":
			nums = append(nums, 30)
		case "quart":
			nums = append(nums, 15)
		}
	}
	if first < 0 {
		first = i
		for first < j-1 && (sets["preposition"][r.Items[first].Text] || r.Items[first].Text == "entre") {
			first++
		}
	}
	if rule == "hm" && len(nums) > 1 && nums[1] > 59 || len(nums) > 0 && nums[0] > 24 {
		return i, "", nil
	}
	if rule == "at" && j < len(r.Items) && (sets["unit"][r.Items[j].Text] || sets["address"][r.Items[j].Text] || sets["ordinal"][r.Items[j].Text] || r.Items[j].Text == "&") {
		return i, "", nil
	}
	h.minutes, h.sure = minutes(rule, nums)
	h.midnight = rule == "midnight"
	h.sure = h.sure || r.Items[first].Text[0] == '0' // 02:30 is written on the clock of 24 hours
	r.meridian(&h, first, j)
	return first, "<time>", &h
}

func minutes(rule string, nums []int) (int, bool) {
	switch rule {
	case "noon":
		return 12 * 60, true
	case "midnight":
		return 0, true
	case "half":
		return nums[0]%12*60 + 30, false
	case "quarter":
		return nums[0]%12*60 + 15, false
	case "toquarter":
		return (nums[0]+11)%12*60 + 45, false
	}
	m := nums[0] * 60
	if len(nums) > 1 {
		m += nums[1]
	}
	return m % (24 * 60), nums[0] > 12 || nums[0] == 0
}

// meridian applies am, pm, du matin, du soir, and the French 24 hours.
func (r *reading) meridian(h *hour, i, j int) {
	line := " "
	for _, t := range r.Items[i:j] {
		line += t.Text + " "
	}
	after := " "
	for k := j; k < len(r.Items) && k < j+3; k++ {
		after += r.Items[k].Text + " "
	}
	has := func(s, words string) bool {
		for w := range strings.SplitSeq(words, "|") {
			if strings.Contains(s, " "+w+" ") {
				return true
			}
		}
		return false
	}
	switch {
	case has(line, "pm|p . m .|aprem|soir") || has(after, "du soir|tonight|this evening|in the evening|in the afternoon|de l aprem"):
		if h.minutes < 12*60 {
			h.minutes += 12 * 60
		}
		h.sure = true
	case has(line, "am|a . m .|matin|mat") || has(after, "du matin|du mat|in the morning|sharp"):
		if h.minutes >= 12*60 && h.minutes < 13*60 {
			h.minutes -= 12 * 60
		}
		h.sure = true
	case has(line, "h|heures|heure"):
		h.sure = true // French counts to 24
	}
}

// format writes minutes since midnight as 15:04.
func format(minutes int) string {
	two := func(n int) string {
		if n < 10 {
			return "0" + strconv.Itoa(n)
		}
		return strconv.Itoa(n)
	}
	return two(minutes/60) + ":" + two(minutes%60)
}
