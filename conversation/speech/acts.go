package speech

import "strings"

// Acts are the things that a message does, as a set of flags.
type Acts uint64

// What a message can do.
const (
	Question        Acts = 1 << iota // asks something, with or without a question mark
	Request                          // asks that something be done
	Complaint                        // tells a problem or a grievance
	Acknowledgement                  // says that the message arrived or is being looked at
	Deflection                       // sends the asker elsewhere: private messages, a help centre, another service
	Thanks                           // thanks for help received
	Praise                           // says something good of the other or of their work
	Solved                           // says that the problem is over
	SelfSolved                       // says that the asker found the answer alone
	Withdrawn                        // takes the message back
	Apology                          // says sorry for something done; Contrition tells its parts
	Promise                          // says that news will follow; NextUpdate tells when
	Signed                           // bears a person's name or initials; Signature tells which
	Tu                               // addresses the reader as tu
	Vous                             // addresses the reader as vous
	Link                             // holds an address; Domains tells where they lead
	Campaign                         // advertises: campaign tags in links, offers, contests
	Automatic                        // says that no person wrote it
	Greeting                         // greets or takes leave
	Empty                            // no word at all: emoji, punctuation, or nothing
	Substance                        // says something besides courtesy, acknowledgement and deflection

	courtesy // covers words that carry nothing: thanks in advance, good luck
	formula  // covers its whole sentence: sorry to hear that, thank you for choosing us
	vague    // thanks that name nothing; after a question they are for the answer to come
	answer   // something of substance even beside a deflection: a way to do it, a cause, a fact
	soft     // a question that expects no answer: how are you, isn't it
	mute     // nothing: keeps a shorter cue from being heard
)

var actNames = [...]string{
	"question", "request", "complaint", "acknowledgement", "deflection", "thanks", "praise", "solved", "self-solved", "withdrawn",
	"apology", "promise", "signed", "tu", "vous", "link", "campaign", "automatic", "greeting", "empty", "substance",
}

// shown are the flags that callers see.
const shown = Substance<<1 - 1

// Has tells whether all the acts of b are among a.
func (a Acts) Has(b Acts) bool { return a&b == b }

// Any tells whether one of the acts of b at least is among a.
func (a Acts) Any(b Acts) bool { return a&b != 0 }

// NeedsAnswer tells whether somebody who wrote this waits for an answer: a question, a request or a complaint, not taken
// back, not solved alone; a complaint that ends well needs none.
func (a Acts) NeedsAnswer() bool {
	if a.Any(SelfSolved|Withdrawn) || a.Has(Automatic) {
		return false
	}
	return a.Any(Question|Request) || a.Has(Complaint) && !a.Has(Solved)
}

// Hollow tells whether there is nothing in it but courtesy: an acknowledgement, a deflection, thanks, an apology, a
// greeting, or nothing at all. A hollow message from the organisation stops no clock.
func (a Acts) Hollow() bool { return !a.Has(Substance) || a.Has(Automatic) }

// ThanksOnly tells whether a message thanks and does nothing else.
func (a Acts) ThanksOnly() bool { return a.Has(Thanks) && !a.Has(Substance) && !a.NeedsAnswer() }

// String lists the acts, separated by spaces.
func (a Acts) String() string {
	var names []string
	for i, name := range actNames {
		if a.Has(1 << i) {
			names = append(names, name)
		}
	}
	return strings.Join(names, " ")
}
