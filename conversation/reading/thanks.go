package reading

import (
	"strings"

	"github.com/entregent/entregent/conversation/prose"
	"github.com/entregent/entregent/conversation/speech"
)

// Thanks is how a message thanks, and whom it speaks to.
type Thanks struct {
	Calls     []Call // whom it speaks to, by name
	Signature uint64 // the name it is signed with, hashed; 0: none
	Thanks    bool
	Courteous bool // holds a word of thanks and a name after it, and thanks if that helped
	ToName    bool // a name, or what could be one, follows the thanks
	Asks      bool // waits for an answer
	Hollow    bool // says nothing but courtesy and leads nowhere, or no person wrote it
	Everybody bool // thanks all who helped
	Several   bool // thanks more than one: both, guys, for the replies
	Opening   bool // thanks for the thread itself
	Back      bool // thanks somebody who thanked: merci à toi
}

// Call is a name by which somebody is spoken to.
type Call struct {
	Name   uint64 // [prose.Hash] of it
	Where  Where
	Hailed bool // right after a hail: thanks Robert, bonjour Marie, @paul
	Loose  bool // not written like a name that ends there
	Ends   bool // ends there, however it is written
}

// Where says where in a message somebody is called.
type Where uint8

// The places of a call.
const (
	Elsewhere Where = iota
	Greeted         // at its head: hello Robert; @robert; Robert, …
	Thanked         // in the sentence that thanks
)

// thanksReader reads how messages thank, using its memory again.
type thanksReader struct {
	m     *prose.Message
	how   how
	class []class // of the tokens
	calls []Call
	kept  []Call // where the calls of messages stay, many to a piece of memory
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

// read tells how a message thanks that does some acts.
func (r *thanksReader) read(m *prose.Message, acts speech.Acts) Thanks {
	r.m = m
	s := Thanks{
		Thanks: acts.Has(speech.Thanks), Asks: acts.NeedsAnswer(),
		Hollow: acts.Hollow() && !acts.Has(speech.Link) || acts.Has(speech.Automatic),
	}
	r.calls, r.how = r.calls[:0], how{}
	r.classify()
	if acts.Has(speech.Signed) {
		s.Signature = r.lastName()
	}
	for n, sentence := range m.Sentences {
		r.sentence(sentence, n, &s)
	}
	brief := r.how.thanks > 0 && len(m.Tokens) <= briefest && !r.how.bids && !acts.Has(speech.Request) && !strings.Contains(m.Text, "?")
	s.Thanks = (s.Thanks || r.how.concrete || brief) && (r.how.pleas == 0 || r.how.pleas < r.how.thanks)
	if acts.Has(speech.Tu) && !acts.Has(speech.Vous) {
		s.Several = false
	}
	s.Opening, s.Back = r.how.opening, r.how.back
	for _, c := range r.calls {
		s.ToName = s.ToName || c.Where == Thanked && c.Hailed && c.Ends
	}
	s.Courteous = s.ToName && r.how.pleas == 0
	s.Calls = r.keep()
	return s
}

// briefest is how many words and signs a message has at most that thanks and says
// nothing else.
const briefest = 12

// keep copies the calls to where they stay.
func (r *thanksReader) keep() []Call {
	n := len(r.calls)
	if n == 0 {
		return nil
	}
	if cap(r.kept)-len(r.kept) < n {
		r.kept = make([]Call, 0, max(n, 1024))
	}
	from := len(r.kept)
	r.kept = append(r.kept, r.calls...)
	return r.kept[from : from+n : from+n]
}
