package mail

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/entregent/entregent/conversation"
)

func TestSubjectsAreTakenApart(t *testing.T) {
	for subject, want := range map[string]string{ // base, ! behind it when it answers or passes on
		"Delivery address":                     "delivery address",
		"Re: Delivery address":                 "delivery address!",
		"RE : Delivery  address":               "delivery address!", // Outlook, fr
		"Re :\u00a0Delivery address":           "delivery address!",
		"re:Delivery address":                  "delivery address!",
		"Re[2]: Delivery address":              "delivery address!", // The Bat!
		"Re(3): Delivery address":              "delivery address!",
		"RE^2: Delivery address":               "delivery address!",
		"Re: Re: RE: Delivery address":         "delivery address!",
		"TR: RE: Delivery address":             "delivery address!",
		"AW: Delivery address":                 "delivery address!",
		"Antw: AW: Delivery address":           "delivery address!",
		"SV: Delivery address":                 "delivery address!",
		"VS: Delivery address":                 "delivery address!",
		"R: Delivery address":                  "delivery address!",
		"RIF: Delivery address":                "delivery address!",
		"RES: Delivery address":                "delivery address!",
		"ENC: Delivery address":                "delivery address!",
		"RV: Delivery address":                 "delivery address!",
		"Odp: Delivery address":                "delivery address!",
		"YNT: Delivery address":                "delivery address!",
		"ΑΠ: Delivery address":                 "delivery address!",
		"回复：Delivery address":                  "delivery address!",
		"答复: Delivery address":                 "delivery address!",
		"Fwd: FW: WG: Delivery address":        "delivery address!",
		"Delivery address (fwd)":               "delivery address!",
		"RE: [EXTERNAL] Delivery address":      "delivery address!",
		"[EXT] Re: Delivery address":           "delivery address!",
		"[Help] Re: Delivery address":          "delivery address!",
		"Re: [Help] Delivery address":          "delivery address!",
		"EXTERNAL: Delivery address":           "delivery address",
		"*EXTERNAL* Re: Delivery address":      "delivery address!",
		"(External) Re: Delivery address":      "delivery address!",
		"[Ticket#4711] Delivery address":       "[ticket#4711] delivery address",
		"RÉ : Adresse de livraison à vérifier": "adresse de livraison a verifier!",
		"Question: where is it":                "question: where is it",
		"[Help]":                               "[help]",
		"Re:":                                  "!",
		"":                                     "",
		"Terms: reply":                         "terms: reply",
	} {
		base, again := Subject(subject)
		if got := base + map[bool]string{true: "!"}[again]; got != want {
			t.Errorf("%q: %q, want %q", subject, got, want)
		}
	}
}

// said is a mail as a test writes it: who to whom, on which day, under which
// subject, with what else.
type said struct {
	id, from, to, subject string
	day                   float64
	more                  string // fields
}

func box2(mails []said) string {
	var b strings.Builder
	for _, m := range mails {
		when := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC).Add(time.Duration(m.day * 24 * float64(time.Hour)))
		fmt.Fprintf(&b, "From x %s\nFrom: %s\nTo: %s\nSubject: %s\nDate: %s\nMessage-ID: <%s>\n", when.Format(time.ANSIC), m.from, m.to, m.subject, when.Format(time.RFC1123Z), m.id)
		if m.more != "" {
			b.WriteString(m.more + "\n")
		}
		fmt.Fprintf(&b, "\nThese are the words of %s.\n\n", m.id)
	}
	return b.String()
}

// threads spells threads as the ids of their mails, each with what it answers.
func threads(log *conversation.Log) string {
	var all []string
	for _, thread := range log.Threads() {
		var ids []string
		for _, i := range thread {
			id := string(log.ID(int(i)))
			if r := log.At(int(i)).Reply; r >= 0 {
				id += ">" + string(log.ID(r))
			}
			ids = append(ids, id)
		}
		all = append(all, strings.Join(ids, " "))
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}

const (
	anaAt, benAt, sophieAt, marcAt, deskAt = "ana@mail.example", "ben@mail.example", "sophie@acme.example", "marc@acme.example", "support@acme.example"
)

func index(answers ...byte) string {
	b := append([]byte{1, 0xd9, 0x10, 0x20, 0x30, 0x40}, []byte("0123456789abcdef")...)
	for _, a := range answers {
		b = append(b, 0, 0, 0, 1, a)
	}
	return "Thread-Index: " + base64.StdEncoding.EncodeToString(b)
}

func TestMailsBelongTogether(t *testing.T) {
	for name, c := range map[string]struct {
		mails  []said
		want   string
		joined string
	}{
		"In-Reply-To":                         {[]said{{"a", anaAt, deskAt, "Q", 0, ""}, {"b", sophieAt, anaAt, "Re: Q", 1, "In-Reply-To: <a>"}}, "a b>a", "id:1"},
		"References alone, the last one lost": {[]said{{"a", anaAt, deskAt, "Q", 0, ""}, {"b", sophieAt, anaAt, "other", 1, "References: <a> <lost>"}}, "a b>a", "references:1"},
		"parent's In-Reply-To and the parent (RFC 5322, 3.6.4)": {[]said{{"a", anaAt, deskAt, "Q", 0, ""}, {"b", sophieAt, anaAt, "Q", 1, "In-Reply-To: <a>\nReferences: <a>"},
			{"c", anaAt, deskAt, "Q", 2, "In-Reply-To: <b>"}, {"d", sophieAt, anaAt, "Q", 3, "In-Reply-To: <c>\nReferences: <b> <c>"}}, "a b>a c>b d>c", "id:3"},
		"answers to a mail that isn't here": {[]said{{"b", sophieAt, anaAt, "x", 1, "References: <a>"}, {"c", marcAt, anaAt, "y", 2, "References: <a> <z>"}}, "b c", ""},
		"ids with a comment":                {[]said{{"a", anaAt, deskAt, "Q", 0, ""}, {"b", sophieAt, anaAt, "x", 1, "In-Reply-To: Your message of \"Mon\" <a>"}}, "a b>a", "id:1"},
		"no id but words in In-Reply-To":    {[]said{{"a", anaAt, deskAt, "Q", 0, ""}, {"b", sophieAt, benAt, "x", 1, "In-Reply-To: Your message of Monday"}}, "a, b", ""},
		"the answer is read first":          {[]said{{"b", sophieAt, anaAt, "Re: Q", 1, "In-Reply-To: <a>"}, {"a", anaAt, deskAt, "Q", 0, ""}}, "a b>a", "id:1"},
		"Thread-Index": {[]said{{"a", anaAt, deskAt, "Q", 0, index()}, {"b", sophieAt, anaAt, "another", 1, index(1)}, {"c", anaAt, sophieAt, "again", 2, index(1, 2)}, {"d", marcAt, anaAt, "x", 3, index(7)}},
			"a b>a c>b d>a", "thread-index:3"},
		"Thread-Index, folded":   {[]said{{"a", anaAt, deskAt, "Q", 0, index()}, {"b", sophieAt, anaAt, "another", 1, index(1)[:30] + "\n " + index(1)[30:]}}, "a b>a", "thread-index:1"},
		"a Thread-Index cut off": {[]said{{"a", anaAt, deskAt, "Q", 0, "Thread-Index: AdkQIDAA"}, {"b", sophieAt, benAt, "another", 1, "Thread-Index: AdkQIDAA"}}, "a, b", ""},
		"a subject":              {[]said{{"a", anaAt, deskAt, "Delivery", 0, ""}, {"b", sophieAt, anaAt, "RE : Delivery", 1, ""}, {"c", anaAt, sophieAt, "AW: RE: Delivery", 2, ""}}, "a b>a c>b", "subject:2"},
		"a subject, once more":   {[]said{{"a", anaAt, deskAt, "Delivery", 0, ""}, {"b", anaAt, deskAt, "Re: Delivery", 2, ""}}, "a b>a", "subject:1"},
		"[EXTERNAL]":             {[]said{{"a", anaAt, deskAt, "Delivery", 0, ""}, {"b", sophieAt, anaAt, "RE: [EXTERNAL] Delivery", 1, ""}}, "a b>a", "subject:1"},
		"strangers":              {[]said{{"a", anaAt, deskAt, "Delivery", 0, ""}, {"b", benAt, deskAt, "Re: Delivery", 1, ""}}, "a, b", ""},
		"strangers whom one desk answers": {[]said{{"a", anaAt, deskAt, "Delivery", 0, ""}, {"b", benAt, deskAt, "Delivery", 0.5, ""}, {"c", deskAt, benAt, "Re: Delivery", 1, ""}, {"d", deskAt, anaAt, "Re: Delivery", 2, ""}},
			"a d>a, b c>b", "subject:2"},
		"strangers with a colleague in Cc": {[]said{{"a", anaAt, deskAt + ", " + marcAt, "Delivery", 0, ""}, {"c", deskAt, benAt + ", " + marcAt, "Re: Delivery", 1, ""}}, "a, c", ""},
		"not an answer":                    {[]said{{"a", anaAt, deskAt, "Delivery", 0, ""}, {"b", anaAt, deskAt, "Delivery", 1, ""}}, "a, b", ""},
		"29 days":                          {[]said{{"a", anaAt, deskAt, "Delivery", 0, ""}, {"b", sophieAt, anaAt, "Re: Delivery", 29, ""}}, "a b>a", "subject:1"},
		"31 days":                          {[]said{{"a", anaAt, deskAt, "Delivery", 0, ""}, {"b", sophieAt, anaAt, "Re: Delivery", 31, ""}}, "a, b", ""},
		"no subject":                       {[]said{{"a", anaAt, deskAt, "", 0, ""}, {"b", sophieAt, anaAt, "Re:", 1, ""}}, "a, b", ""},
		"after 91 days, another subject": {[]said{{"a", anaAt, deskAt, "Delivery", 0, ""}, {"b", anaAt, deskAt, "A leak in the roof", 91, "In-Reply-To: <a>\nReferences: <a>"},
			{"c", sophieAt, anaAt, "Re: A leak in the roof", 92, "In-Reply-To: <b>\nReferences: <a> <b>"}, {"d", anaAt, deskAt, "Re: A leak in the roof", 93, "References: <a> <c>"}}, "a, b c>b d>c", "id:1 references:1"},
		"after 91 days, the same subject": {[]said{{"a", anaAt, deskAt, "Delivery", 0, ""}, {"b", anaAt, deskAt, "Re: Delivery", 91, "In-Reply-To: <a>"}}, "a b>a", "id:1"},
		"after 89 days, another subject":  {[]said{{"a", anaAt, deskAt, "Delivery", 0, ""}, {"b", anaAt, deskAt, "A leak", 89, "In-Reply-To: <a>"}}, "a b>a", "id:1"},
		"passed on to a colleague":        {[]said{{"a", anaAt, deskAt, "Delivery", 0, ""}, {"b", deskAt, marcAt, "FW: Delivery", 1, ""}, {"c", marcAt, anaAt, "Re: Delivery", 2, ""}}, "a c>a, b", "subject:1"},
		"on a list, one of us": {[]said{{"a", anaAt, "help@lists.example", "[Help] Delivery", 0, "List-Id: <help.lists.example>"}, {"b", sophieAt, "help@lists.example", "Re: [Help] Delivery", 1, "List-Id: <help.lists.example>"}},
			"a b>a", "subject:1"},
		"a ring":     {[]said{{"a", anaAt, deskAt, "Q", 0, "In-Reply-To: <b>"}, {"b", sophieAt, anaAt, "Q", 1, "In-Reply-To: <a>"}}, "a b>a", "id:2"},
		"to oneself": {[]said{{"a", anaAt, deskAt, "Q", 0, "In-Reply-To: <a>\nReferences: <a>"}}, "a", ""},
	} {
		log := readBox(t, box2(c.mails))
		if got := threads(log); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
		var joined []string
		for by, n := range log.Facts().Joined {
			joined = append(joined, fmt.Sprintf("%s:%d", by, n))
		}
		slices.Sort(joined)
		if got := strings.Join(joined, " "); got != c.joined {
			t.Errorf("%s: joined by %q, want %q", name, got, c.joined)
		}
	}
}

// TestWithoutARosterStrangersStayApart: nobody said who the organisation is.
func TestWithoutARosterStrangersStayApart(t *testing.T) {
	for name, c := range map[string]struct {
		mails []said
		want  string
	}{
		"a colleague answers":        {[]said{{"a", anaAt, deskAt, "Delivery", 0, ""}, {"b", sophieAt, anaAt, "Re: Delivery", 1, ""}}, "a b>a"},
		"the desk answers":           {[]said{{"a", anaAt, deskAt, "Delivery", 0, ""}, {"b", deskAt, anaAt, "Re: Delivery", 1, ""}}, "a b>a"},
		"a stranger":                 {[]said{{"a", anaAt, deskAt, "Delivery", 0, ""}, {"b", benAt, deskAt, "Re: Delivery", 1, ""}}, "a, b"},
		"a stranger at one's domain": {[]said{{"a", deskAt, "ana@gmail.com", "Your request", 0, ""}, {"b", "ben@gmail.com", deskAt, "Re: Your request", 1, ""}}, "a, b"},
		"somebody else's answer":     {[]said{{"a", anaAt, deskAt, "Delivery", 0, ""}, {"b", deskAt, benAt, "Re: Delivery", 1, ""}}, "a, b"},
	} {
		log := readText(t, "x.mbox", box2(c.mails), conversation.ReadOptions{})
		if got := threads(log); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// TestWhatLessThanIdsTiedIsMarked, in the message as the store gets it; so is a
// thread that goes on from an old one.
func TestWhatLessThanIdsTiedIsMarked(t *testing.T) {
	log := readBox(t, box2([]said{{"a", anaAt, deskAt, "Delivery", 0, ""}, {"b", sophieAt, anaAt, "Re: Delivery", 1, ""}, {"c", anaAt, sophieAt, "Re: Delivery", 2, "In-Reply-To: <b>"},
		{"d", anaAt, deskAt, "A leak", 100, "In-Reply-To: <c>"}}))
	for i, want := range []struct{ thread, reply, joined, continues string }{{"a", "", "", ""}, {"a", "a", "subject", ""}, {"a", "b", "", ""}, {"d", "", "", "c"}} {
		m := log.Message(i)
		if string(m.Thread) != want.thread || string(m.ReplyTo) != want.reply || m.Attributes.Text("joined_by") != want.joined || m.Attributes.Text("continues") != want.continues {
			t.Errorf("%s: thread %s, answers %q, joined by %q, continues %q", m.ID, m.Thread, m.ReplyTo, m.Attributes.Text("joined_by"), m.Attributes.Text("continues"))
		}
	}
	first := log.Facts().Joined[BySubject]
	if err := conversation.Read(log, strings.NewReader(box2([]said{{"e", benAt, deskAt, "Hello", 3, ""}})), "more.mbox", conversation.ReadOptions{Formats: Formats()}); err != nil {
		t.Fatal(err)
	}
	if again := log.Facts().Joined[BySubject]; first != 1 || again != 1 {
		t.Errorf("joined by subject: %d, after another file %d; want 1", first, again)
	}
}

// TestFilesOfOneLogBelongTogether: what came in, and what was sent, lie in two
// files, the answers in the first.
func TestFilesOfOneLogBelongTogether(t *testing.T) {
	log := conversation.NewLog(nil)
	roster, _ := conversation.NewRoster("acme.example")
	for name, text := range map[string]string{
		"Sent":  box2([]said{{"b", sophieAt, anaAt, "RE: Delivery", 1, ""}}),
		"a.eml": strings.SplitN(box2([]said{{"a", anaAt, deskAt, "Delivery", 0, ""}}), "\n", 2)[1],
	} {
		if err := conversation.Read(log, strings.NewReader(text), name, conversation.ReadOptions{Formats: Formats(), Organisation: roster}); err != nil {
			t.Fatal(err)
		}
	}
	if got := threads(log); got != "a b>a" {
		t.Error(got)
	}
}

// TestThreadsDontDependOnTheOrderOfReading, and never put strangers together by a
// subject.
func TestThreadsDontDependOnTheOrderOfReading(t *testing.T) {
	people := []string{anaAt, benAt, "carl@gmail.com", sophieAt, marcAt, deskAt}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(t, "mails")
		mails := make([]said, n)
		for i := range mails {
			from := rapid.IntRange(0, 5).Draw(t, "from")
			to := (from + rapid.IntRange(1, 5).Draw(t, "to")) % 6
			mails[i] = said{fmt.Sprint("m", i), people[from], people[to], rapid.SampledFrom([]string{"A", "Re: A", "B", "AW: B", "Re: [EXT] A"}).Draw(t, "subject"),
				rapid.Float64Range(0, 120).Draw(t, "day") + float64(i)/500, ""}
			if k := rapid.IntRange(-6, n-1).Draw(t, "reply"); k >= 0 {
				mails[i].more = fmt.Sprintf("References: <m%d>", k)
			}
		}
		read := func(mails []said) string {
			log := conversation.NewLog(nil)
			roster, _ := conversation.NewRoster("acme.example")
			if err := conversation.Read(log, strings.NewReader(box2(mails)), "x.mbox", conversation.ReadOptions{Formats: Formats(), Organisation: roster}); err != nil {
				t.Fatal(err)
			}
			for i := range log.Len() {
				m := log.Message(i)
				r := log.At(i).Reply
				if m.Attributes.Text("joined_by") == "" || r < 0 {
					continue
				}
				a, b := m, log.Message(r)
				if a.Side == conversation.Community && b.Side == conversation.Community && a.Author != b.Author && b.Attributes.Text("to") != string(a.Author) {
					t.Fatalf("%s by %s was tied to %s by %s, a stranger", a.ID, a.Author, b.ID, b.Author)
				}
			}
			return threads(log)
		}
		forth := read(mails)
		slices.Reverse(mails)
		if back := read(mails); forth != back {
			t.Fatalf("read forth: %s\nread back:  %s", forth, back)
		}
	})
}
