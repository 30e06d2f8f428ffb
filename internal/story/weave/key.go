package weave

import (
	"fmt"
	"strings"
)

// key reads the messages that are written word for word, with their times at
// home:
//
//	## name 2025-04-02 09:02 forum author department language [reply=name] [role=…] [side=community]
func (l *loom) key() error {
	b, err := texts.ReadFile("texts/key.txt")
	if err != nil {
		return err
	}
	named := map[string]*message{}
	for _, block := range strings.Split("\n"+string(b), "\n## ")[1:] {
		head, text, _ := strings.Cut(block, "\n")
		f := strings.Fields(head)
		if len(f) < 7 {
			return fmt.Errorf("reading key.txt: %q: seven words are needed", head)
		}
		at, err := local(f[1], f[2])
		if err != nil {
			return fmt.Errorf("reading key.txt: %q: %w", head, err)
		}
		m := &message{author: f[4], channel: f[3], department: strings.ReplaceAll(f[5], "_", " "), lang: f[6], at: at, staff: true, text: strings.TrimSpace(text)}
		for _, option := range f[7:] {
			switch name, value, _ := strings.Cut(option, "="); name {
			case "reply":
				m.replyTo = named[value]
				if m.replyTo == nil {
					return fmt.Errorf("reading key.txt: %q: no message %s before", head, value)
				}
				if m.thread = m.replyTo.thread; m.thread == nil {
					m.thread = m.replyTo
				}
			case "role":
				m.role = strings.ReplaceAll(value, "_", " ")
			case "side":
				m.staff = false
			}
		}
		l.taken[m.author] = true
		named[f[0]] = l.add(m)
	}
	return nil
}
