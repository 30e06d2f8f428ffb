package conversation

import (
	"os"
	"strings"
	"testing"
	"time"
)

var noon = time.Date(2010, 11, 10, 12, 0, 0, 0, time.UTC)

func say(id, thread, reply string, after time.Duration) Message {
	return Message{ID: MessageID(id), Thread: ThreadID(thread), ReplyTo: MessageID(reply), Author: PersonID("a" + id),
		Side: Community, Time: noon.Add(after), Text: "text of " + id, Attributes: `{"likes":3}`}
}

func TestLogGivesBackWhatItWasGiven(t *testing.T) {
	file, err := os.CreateTemp(t.TempDir(), "keep")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for name, keep := range map[string]TextStore{"memory": nil, "file": file} {
		l := NewLog(keep)
		long := strings.Repeat("é", keepBuffer) // larger than a buffer
		for i, text := range []string{"un", long, "trois"} {
			m := say(string(rune('1'+i)), "t", "", time.Duration(i)*time.Hour)
			m.Text = text
			if !l.Append(m) {
				t.Fatalf("%s: message %d was refused", name, i)
			}
		}
		for i, want := range []string{"un", long, "trois"} {
			if got := l.Text(i); got != want {
				t.Errorf("%s: text %d has %d bytes, want %d", name, i, len(got), len(want))
			}
		}
		if v, ok := l.Attributes(2).Value("likes"); !ok || v != 3.0 {
			t.Errorf("%s: likes = %v, %v", name, v, ok)
		}
		if l.Err() != nil {
			t.Error(l.Err())
		}
	}
}

func TestLogTellsWhatIsWrongAndKeepsTheRest(t *testing.T) {
	l := NewLog(nil)
	for _, m := range []Message{
		say("question", "t", "", time.Hour),
		say("early", "t", "question", 0),      // stands before its question
		say("question", "t", "", 2*time.Hour), // said twice
		say("orphan", "t", "lost", 3*time.Hour),
		say("ring1", "t", "ring2", 4*time.Hour),
		say("ring2", "t", "ring1", 5*time.Hour),
		say("self", "t", "self", 6*time.Hour),
		say("away", "u", "question", 7*time.Hour),
		{ID: "when", Text: "no time"},
		{ID: "broken", Thread: "t", Time: noon, Text: "caf\xe9"},
	} {
		l.Append(m)
	}
	if l.Len() != 8 {
		t.Errorf("kept %d messages, want 8", l.Len())
	}
	for kind, want := range map[Kind]int{ReplyBefore: 1, DuplicateID: 1, UnknownReply: 1, ReplyCycle: 2,
		ReplyElsewhere: 1, MissingTime: 1, InvalidUTF8: 1, UnknownSide: 1} {
		if got := l.Problems().Count(kind); got != want {
			t.Errorf("%s: told %d times, want %d", kind, got, want)
		}
	}
	if i, _ := l.Find("broken"); l.Text(i) != "caf\uFFFD" {
		t.Errorf("broken bytes read back as %q", l.Text(i))
	}
}

func TestThreadsFollowRepliesWhateverTheOrderOfReading(t *testing.T) {
	l := NewLog(nil)
	l.Append(say("c", "", "b", 2*time.Hour))
	l.Append(say("b", "", "a", time.Hour))
	l.Append(say("x", "", "", 0))
	l.Append(say("a", "", "", 0))
	threads := l.Threads()
	if len(threads) != 2 {
		t.Fatalf("%d threads, want 2", len(threads))
	}
	var got []string
	for _, i := range threads[l.At(0).Thread] {
		got = append(got, string(l.ID(int(i))))
	}
	if strings.Join(got, " ") != "a b c" {
		t.Errorf("thread reads %v, want a b c", got)
	}
}

func TestNewestFirstExportsKeepTheirThreads(t *testing.T) {
	l := NewLog(nil)
	answer, question := say("answer", "t", "question", 0), say("question", "t", "", 0)
	answer.Precision, question.Precision = Day, Day
	l.Append(answer)
	l.Append(question)
	if first := l.Threads()[0][0]; l.ID(int(first)) != "question" {
		t.Errorf("the thread begins with %s", l.ID(int(first)))
	}
}
