package gift

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/entregent/entregent/conversation"
)

// marks reads what the source itself says of the k-th message of a thread: that
// it is the solution or tells which one is, who reacted to it, what was
// received from whom. How many liked it (likes, votes) says nothing of who: it
// is left alone.
func (f *finder) marks(thread []int32, k int, e conversation.Entry) {
	i := int(thread[k])
	more := f.log.Attributes(i)
	if more == "" {
		return
	}
	all, err := more.All()
	if err != nil {
		return
	}
	if k == 0 {
		f.solvedBy(thread, all, e)
	} else if accepted(all) {
		opener := f.log.At(int(thread[0]))
		f.solution(thread, all, opener, i)
	}
	for _, who := range reacted(all) {
		if from, ok := f.someone(who); ok && f.helped(thread, k, from) {
			f.add(found{kind: Reaction, from: from, to: e.Author, message: i, help: i})
		}
	}
	if received, _ := all["received"].(bool); received && e.Side != conversation.Organisation {
		if giver := text(all["giver"]); giver != "" {
			f.record(giver, e, i)
		}
	}
}

// solvedBy reads, on a thread's opener, which message or who solved it.
func (f *finder) solvedBy(thread []int32, all map[string]any, e conversation.Entry) {
	for _, key := range []string{"solved_by", "accepted_answer", "accepted_answer_id", "solution"} {
		id := text(all[key])
		if id == "" {
			continue
		}
		if i, ok := f.named(id, e); ok {
			f.solution(thread, all, e, i)
		} else if to, ok := f.someone(id); ok {
			for _, i := range thread[1:] {
				if f.log.At(int(i)).Author == to {
					f.solution(thread, all, e, int(i))
					break
				}
			}
		}
		return
	}
}

// named finds a message by the id that its thread's opener tells: as it is, or,
// where ids are kept with their source before them (forum/123), with the opener's.
func (f *finder) named(id string, opener conversation.Entry) (message int, ok bool) {
	if message, ok = f.log.Find(conversation.MessageID(id)); ok {
		return message, true
	}
	source, _, qualified := strings.Cut(string(f.log.ID(opener.Index)), "/")
	if !qualified {
		return 0, false
	}
	return f.log.Find(conversation.MessageID(source + "/" + id))
}

// accepted tells whether the source marks a message as the solution.
func accepted(all map[string]any) bool {
	for _, key := range []string{"accepted", "accepted_answer", "is_accepted", "is_solution", "solution", "solved"} {
		if truth(all[key]) {
			return true
		}
	}
	return false
}

// solution notes that an answer was marked as the one that helped: by whom the
// source says, else by the asker. Marked by the organisation it is no thanks.
func (f *finder) solution(thread []int32, all map[string]any, asker conversation.Entry, answer int) {
	from := asker.Author
	if by := cmp.Or(text(all["accepted_by"]), text(all["marked_by"])); by != "" {
		p, ok := f.someone(by)
		if !ok || p != asker.Author && !f.helped(thread, len(thread), p) {
			return
		}
		from = p
	}
	if asker.Side == conversation.Organisation {
		return
	}
	f.add(found{kind: Solution, from: from, to: f.log.At(answer).Author, message: answer, help: answer})
}

// helped tells whether somebody asked something in the thread before its k-th
// message: then a reaction to it is theirs who were helped.
func (f *finder) helped(thread []int32, k int, person int) bool {
	if f.asked == nil {
		f.asked = map[int]int{}
		for k, i := range thread {
			if e := f.log.At(int(i)); e.Side != conversation.Organisation && f.says(int(i)).Asks {
				if _, before := f.asked[e.Author]; !before {
					f.asked[e.Author] = k
				}
			}
		}
	}
	first, ok := f.asked[person]
	return ok && first < k
}

// good are the reactions that thank; an empty one is a plain like.
var good = map[string]bool{"": true, "like": true, "likes": true, "+1": true, "thumbsup": true, "heart": true, "love": true, "hooray": true,
	"tada": true, "rocket": true, "clap": true, "pray": true, "favourite": true, "favorite": true, "thanks": true, "merci": true,
	"👍": true, "❤️": true, "❤": true, "🎉": true, "🚀": true, "👏": true, "🙏": true}

// reacted lists who reacted well: names under liked_by or favourited_by, and
// under reactions either names, or objects with a user and a content, or names
// under each content.
func reacted(all map[string]any) (names []string) {
	for _, key := range []string{"liked_by", "favourited_by", "thanked_by", "reactions", "reacted_by"} {
		switch v := all[key].(type) {
		case []any:
			for _, x := range v {
				names = reaction(names, x)
			}
		case map[string]any:
			for what, who := range v {
				if list, ok := who.([]any); ok && good[strings.Trim(what, ":")] {
					for _, x := range list {
						names = reaction(names, x)
					}
				}
			}
		}
	}
	return names
}

func reaction(names []string, x any) []string {
	if o, ok := x.(map[string]any); ok {
		if !good[strings.Trim(strings.ToLower(cmp.Or(text(o["content"]), text(o["type"]), text(o["emoji"]), text(o["reaction"]))), ":")] {
			return names
		}
		who := o["user"]
		if u, ok := who.(map[string]any); ok {
			who = cmp.Or(text(u["login"]), text(u["username"]), text(u["id"]))
		}
		x = cmp.Or(text(who), text(o["username"]), text(o["author"]), text(o["name"]))
	}
	if name := text(x); name != "" {
		names = append(names, name)
	}
	return names
}

// record notes that the source tells of a gift.
func (f *finder) record(giver string, e conversation.Entry, i int) {
	to, ok := f.someone(giver)
	if !ok {
		if to = slices.Index(f.outside, conversation.PersonID(giver)); to < 0 {
			to = len(f.outside)
			f.outside = append(f.outside, conversation.PersonID(giver))
		}
		to += outside
	}
	f.add(found{kind: Record, from: e.Author, to: to, message: i, help: -1})
}

// paid tells whether the source says that a message's help had a price.
func (f *finder) paid(message int) bool {
	more := f.log.Attributes(message)
	if more == "" || !strings.Contains(string(more), `"paid"`) && !strings.Contains(string(more), `"price"`) {
		return false
	}
	all, err := more.All()
	if err != nil {
		return false
	}
	if truth(all["paid"]) {
		return true
	}
	switch price := all["price"].(type) {
	case float64:
		return price > 0
	case string:
		switch strings.ToLower(strings.TrimSpace(price)) {
		case "", "0", "free", "gratuit", "none":
			return false
		}
		return true
	}
	return false
}

// text gives a name or a number as a source writes it; "" for anything else.
func text(v any) string {
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return ""
}

// truth tells whether a source says yes.
func truth(v any) bool {
	switch v := v.(type) {
	case bool:
		return v
	case string:
		return v == "true" || v == "yes" || v == "1"
	case float64:
		return v == 1
	}
	return false
}
