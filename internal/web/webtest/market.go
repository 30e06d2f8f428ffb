package webtest

import (
	"strconv"
	"testing"
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/internal/account"
)

// Day is a day's length.
const Day = 24 * time.Hour

// Language makes a message one of a language.
func Language(tag string) func(*conversation.Message) {
	return func(m *conversation.Message) { m.Lang = tag }
}

// Channel puts a message into a channel.
func Channel(channel string) func(*conversation.Message) {
	return func(m *conversation.Message) { m.Channel = channel }
}

// Market is a site in which four people wait and one was answered.
func Market(t *testing.T) *Site {
	h := New(t)
	h.Hears("forum",
		Message("1", "ada", "Does the pump stop by itself when the tank is full?", Ago(3*Day)),
		Message("2", "bert", "Comment changer le filtre, s’il vous plaît ?", Ago(5*time.Hour), Language("fr"), Channel("mail")),
		Message("3", "cleo", "Where can I find the manual?", Ago(2*Day), Channel("mail")),
		Message("4", "dora", "What does the red light mean?", Ago(10*time.Hour)),
		Message("5", "emil", "Is there a spare part for the valve?", Ago(4*Day)),
		Message("6", "kim", "Yes, there is: the part is called V12, ask for it in any shop.", Ago(3*Day), In("5", "5"), Ours),
	)
	return h
}

// ThreadOf is the thread of a message.
func (v *Visitor) ThreadOf(message string) string {
	v.Site.T.Helper()
	m, err := v.Site.Store.Message(v.Site.T.Context(), conversation.MessageID(message))
	if err != nil {
		v.Site.T.Fatal(err)
	}
	return string(m.Thread)
}

// IDs are the messages of a list of the inbox, all its pages.
func (v *Visitor) IDs(list string) []string {
	v.Site.T.Helper()
	ids := []string{}
	for page := 1; ; page++ {
		var view struct {
			Items []struct{ Message string }
			Page  struct{ Last int }
		}
		v.JSON("/api/inbox?limit=1000&list="+list+"&page="+strconv.Itoa(page), &view)
		for _, i := range view.Items {
			ids = append(ids, i.Message)
		}
		if page >= view.Page.Last {
			return ids
		}
	}
}

// Undo presses the button of the notice that stands on a page.
func (v *Visitor) Undo(page Answer, action string) Answer {
	v.Site.T.Helper()
	flash := page.One("div", "class", "flash")
	form := page.All(flash, "form", "action", action)
	if len(form) != 1 {
		v.Site.T.Fatalf("%s: the notice has no undo by %s: %s", page.Path, action, Text(flash))
	}
	var fields []string
	for _, input := range page.All(form[0], "input") {
		fields = append(fields, Attr(input, "name"), Attr(input, "value"))
	}
	return v.Post(action, fields...)
}

// Program gives a visitor with a token of a user with these scopes.
func (h *Site) Program(u account.User, scopes ...string) *Visitor {
	h.T.Helper()
	secret, _, err := account.NewToken(h.T.Context(), h.Store, account.Token{Kind: "api", User: u.ID, Name: "test", Scopes: scopes, Made: h.Now()})
	if err != nil {
		h.T.Fatal(err)
	}
	v := h.Stranger()
	v.Token = secret
	return v
}
