package speech

import (
	"strings"

	"github.com/entregent/entregent/conversation/prose"
)

var (
	tu   = wordSet("tu toi te ton tes t'")
	vous = wordSet("vous votre vos")
)

// marks tells what is seen without cues: a signature before token end, links and their campaign tags, tu and vous.
func (r *reader) marks(end int) Acts {
	var acts Acts
	if end < len(r.m.Tokens) {
		acts |= Signed
	}
	for _, t := range r.m.Tokens {
		switch t.Kind {
		case prose.URL:
			acts |= Link
			if tagged(t.Text(r.m.Text)) {
				acts |= Campaign
			}
		case prose.Word:
			if r.cues == english() {
				continue
			}
			if tu[t.Hash] {
				acts |= Tu
			} else if vous[t.Hash] {
				acts |= Vous
			}
		}
	}
	return acts
}

// tagged tells whether an address carries the tags of a campaign.
func tagged(address string) bool {
	return strings.Contains(address, "utm_") || strings.Contains(address, "mc_cid=") || strings.Contains(address, "gclid=")
}

// Domains appends to dst the domains of the addresses in a message's own words, in lower case, without www., in order,
// repeated if they are.
func Domains(dst []string, text string) []string {
	var m prose.Message
	m.Read(text)
	return DomainsOf(dst, &m)
}

// DomainsOf is Domains for a message that has been read already.
func DomainsOf(dst []string, m *prose.Message) []string {
	for _, t := range m.Tokens {
		if t.Kind != prose.URL {
			continue
		}
		name := strings.ToLower(t.Text(m.Text))
		if _, rest, ok := strings.Cut(name, "://"); ok {
			name = rest
		}
		if end := strings.IndexAny(name, "/?#:"); end >= 0 {
			name = name[:end]
		}
		if _, host, ok := strings.Cut(name, "@"); ok {
			name = host
		}
		dst = append(dst, strings.TrimPrefix(name, "www."))
	}
	return dst
}
