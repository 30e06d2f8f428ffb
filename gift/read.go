package gift

import (
	"runtime"
	"strings"
	"sync"

	"github.com/entregent/entregent/conversation/prose"
	"github.com/entregent/entregent/conversation/speech"
)

// said is what one message says that matters here.
type said struct {
	calls     []call // whom it speaks to, by name
	signature uint64 // the name it is signed with, hashed; 0: none
	thanks    bool
	courteous bool // holds a word of thanks and a name after it, and thanks if that helped
	toName    bool // a name, or what could be one, follows the thanks
	asks      bool // waits for an answer
	hollow    bool // says nothing but courtesy and leads nowhere, or no person wrote it
	everybody bool // thanks all who helped
	several   bool // thanks more than one: both, guys, for the replies
	opening   bool // thanks for the thread itself
	back      bool // thanks somebody who thanked: merci à toi
}

// call is a name by which somebody is spoken to.
type call struct {
	name   uint64 // hashed
	where  where
	hailed bool // right after a hail: thanks Robert, bonjour Marie, @paul
	loose  bool // not written like a name that ends there
	ends   bool // ends there, however it is written
}

// where says where in a message somebody is called.
type where uint8

const (
	elsewhere where = iota
	greeted         // at its head: hello Robert; @robert; Robert, …
	thanked         // in the sentence that thanks
)

// readAll reads every message once, threads side by side.
func readAll(log talk, threads [][]int32) []said {
	all := make([]said, log.Len())
	const batch = 64
	var wg sync.WaitGroup
	next := make(chan int)
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			var r reader
			for from := range next {
				for _, thread := range threads[from:min(from+batch, len(threads))] {
					for _, i := range thread {
						all[i] = r.read(log.Text(int(i)), log.Language(log.At(int(i)).Lang))
					}
				}
			}
		})
	}
	for from := 0; from < len(threads); from += batch {
		next <- from
	}
	close(next)
	wg.Wait()
	return all
}

// reader reads messages, using its memory again.
type reader struct {
	m     prose.Message
	how   how
	class []class // of the tokens
	calls []call
	kept  []call // where the calls of messages stay, many to a piece of memory
}

// how is in what way the message at hand thanks.
type how struct {
	thanks, pleas int  // words of thanks, and those that only ask for something
	concrete      bool // for something that was given
	bids          bool // in the form of a request: merci de
	opening       bool // for the thread
	back          bool // somebody who thanked: merci à toi
	asked         bool // a sentence before asked something
}

// read tells what a text says. lang is "" when it isn't known.
func (r *reader) read(text, lang string) said {
	lang, _, _ = strings.Cut(lang, "-")
	m := &r.m
	m.Read(text)
	acts := speech.Of(m, lang)
	s := said{
		thanks: acts.Has(speech.Thanks), asks: acts.NeedsAnswer(),
		hollow: acts.Hollow() && !acts.Has(speech.Link) || acts.Has(speech.Automatic),
	}
	r.calls, r.how = r.calls[:0], how{}
	r.classify()
	if acts.Has(speech.Signed) {
		s.signature = r.lastName()
	}
	for n, sentence := range m.Sentences {
		r.sentence(sentence, n, &s)
	}
	brief := r.how.thanks > 0 && len(m.Tokens) <= briefest && !r.how.bids && !acts.Has(speech.Request) && !strings.Contains(text, "?")
	s.thanks = (s.thanks || r.how.concrete || brief) && (r.how.pleas == 0 || r.how.pleas < r.how.thanks)
	if acts.Has(speech.Tu) && !acts.Has(speech.Vous) {
		s.several = false
	}
	s.opening, s.back = r.how.opening, r.how.back
	for _, c := range r.calls {
		s.toName = s.toName || c.where == thanked && c.hailed && c.ends
	}
	s.courteous = s.toName && r.how.pleas == 0
	s.calls = r.keep()
	return s
}

// briefest is how many words and signs a message has at most that thanks and says
// nothing else.
const briefest = 12

// keep copies the calls to where they stay.
func (r *reader) keep() []call {
	n := len(r.calls)
	if n == 0 {
		return nil
	}
	if cap(r.kept)-len(r.kept) < n {
		r.kept = make([]call, 0, max(n, 1024))
	}
	from := len(r.kept)
	r.kept = append(r.kept, r.calls...)
	return r.kept[from : from+n : from+n]
}
