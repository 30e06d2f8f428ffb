package mail

// share says whether mail i can answer x, of which nothing but the subject speaks:
// its people must be in the exchange already. Somebody of the organisation answers
// a person who is in it; anybody else must be in it themselves. A mailbox that all
// write to makes nobody acquainted.
func (g *tying) share(i, x int32) bool {
	author := g.mails[i].author
	if g.Ours == nil {
		return g.shareUnsaid(i, x)
	}
	if author.ours {
		return g.meets(i, x, func(p someone) bool { return !p.ours }) || g.mails[i].list != 0 && g.mails[i].list == g.mails[x].list && g.meets(i, x, nil)
	}
	if !g.in(author, x) {
		return false
	}
	return g.mails[i].nFolk == 0 || g.meets(i, x, nil) || g.anyOurs(i) && (g.anyOurs(x) || g.mails[x].author.ours)
}

// shareUnsaid is share where nobody said who the organisation is: an answer goes
// to who wrote x, from an addressee or a colleague of one, or goes on what its own
// author wrote.
func (g *tying) shareUnsaid(i, x int32) bool {
	m, q := &g.mails[i], &g.mails[x]
	switch {
	case m.author.address == q.author.address:
		return m.nFolk == 0 || g.meets(i, x, nil)
	case !g.to(i, q.author):
		return false
	case g.to(x, m.author):
		return true
	}
	for _, p := range g.folkOf(x) {
		if p.domain != 0 && p.domain == m.author.domain && p.domain != q.author.domain {
			return true
		}
	}
	return false
}

func (t *Threader) folkOf(i int32) []someone {
	m := &t.mails[i]
	return t.folk[m.folk : m.folk+int32(m.nFolk)]
}

// to is true when p is an addressee of i.
func (g *tying) to(i int32, p someone) bool {
	for _, q := range g.folkOf(i) {
		if q.address == p.address && p.address != 0 {
			return true
		}
	}
	return false
}

// in is true when p wrote x, or x was written to them.
func (g *tying) in(p someone, x int32) bool {
	return p.address != 0 && p.address == g.mails[x].author.address || g.to(x, p)
}

// meets is true when an addressee of i, other than who wrote it, is in x.
func (g *tying) meets(i, x int32, counts func(someone) bool) bool {
	for _, p := range g.folkOf(i) {
		if p.address != g.mails[i].author.address && (counts == nil || counts(p)) && g.in(p, x) {
			return true
		}
	}
	return false
}

func (g *tying) anyOurs(i int32) bool {
	for _, p := range g.folkOf(i) {
		if p.ours {
			return true
		}
	}
	return false
}
