package speech

import "github.com/entregent/entregent/conversation/prose"

// Cue is a turn of phrase that was recognised in a message: text[Start:End] does Acts.
type Cue struct {
	Start, End int
	Acts       Acts
}

// Evidence lists the cues on which Read's verdict on a message rests, in order. Question marks, signatures and links, which
// are no cues, are not among them.
func Evidence(text, lang string) []Cue {
	var m prose.Message
	m.Read(text)
	r := reader{m: &m, cues: lexiconOf(&m, lang)}
	end, _ := signature(&m)
	var all []Cue
	for s := range pieces(&m, end) {
		r.find(s)
		for _, h := range r.hits {
			if h.acts&shown != 0 {
				all = append(all, Cue{m.Tokens[r.index[h.from]].Start, m.Tokens[r.index[h.to-1]].End, h.acts & shown})
			}
		}
	}
	return all
}
