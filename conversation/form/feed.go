package form

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/document"
)

// feed reads RSS and Atom: articles, and comments where a feed holds them, tied to
// what they answer by thr:in-reply-to (RFC 4685) or by the address before
// #comment, as WordPress writes it.
func feed() conversation.Format {
	return conversation.Format{Name: "feed", Recognise: isFeed, Read: readFeed}
}

func isFeed(_ string, head []byte) bool {
	head = bytes.TrimLeft(head[:min(len(head), 4096)], "\uFEFF \t\r\n")
	if !bytes.HasPrefix(head, []byte("<")) {
		return false
	}
	for _, root := range []string{"<rss", "<feed", "<rdf:RDF"} {
		if bytes.Contains(head, []byte(root)) {
			return true
		}
	}
	return false
}

func readFeed(in *bufio.Reader, out *conversation.Importer) error {
	b, err := io.ReadAll(io.LimitReader(in, document.MostBytes+1))
	if err != nil {
		return out.Ended(err, 1)
	}
	if len(b) > document.MostBytes {
		return fmt.Errorf("%w: a feed of more than %d bytes", conversation.ErrForm, document.MostBytes)
	}
	f, err := gofeed.NewParser().Parse(bytes.NewReader(b))
	if err != nil {
		return fmt.Errorf("%w: a feed that can't be read: %w", conversation.ErrForm, err)
	}
	for _, item := range f.Items {
		readItem(out, f, item, bytes.Count(b[:max(0, bytes.Index(b, []byte(item.GUID)))], []byte("\n"))+1)
		if err := out.Stop(); err != nil {
			return err
		}
	}
	return nil
}

func readItem(out *conversation.Importer, f *gofeed.Feed, item *gofeed.Item, line int) {
	text := conversation.PlainText(item.Content)
	if text == "" {
		text = conversation.PlainText(item.Description)
	}
	m := conversation.Message{ID: conversation.MessageID(item.GUID), Channel: f.Title, Lang: f.Language, Text: text}
	if m.ID == "" {
		m.ID = conversation.MessageID(item.Link)
	}
	if len(item.Authors) > 0 && item.Authors[0] != nil {
		m.Author = conversation.PersonID(item.Authors[0].Name)
		if m.Author == "" {
			m.Author = conversation.PersonID(item.Authors[0].Email)
		}
	}
	when := item.Published
	if when == "" {
		when = item.Updated
	}
	for _, at := range []*time.Time{item.PublishedParsed, item.UpdatedParsed} {
		if at != nil && m.Time.IsZero() {
			m.Time, when = at.UTC(), ""
		}
	}
	article, _, comment := strings.Cut(item.Link, "#comment")
	if comment {
		m.Thread = conversation.ThreadID(article)
	}
	if refs := item.Extensions["thr"]["in-reply-to"]; len(refs) > 0 && refs[0].Attrs["ref"] != "" {
		m.ReplyTo, m.Thread = conversation.MessageID(refs[0].Attrs["ref"]), ""
		out.Facts().Join("id")
	}
	if m.ReplyTo == "" && !comment {
		m.Text = titled(conversation.PlainText(item.Title), m.Text)
	}
	m.Attributes = attributes(map[string]any{"url": item.Link})
	out.Add(m, when, line)
}
