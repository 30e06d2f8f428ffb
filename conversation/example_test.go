package conversation_test

import (
	"fmt"
	"strings"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/conversation/table"
)

// A table that some tool exported: columns are found by their names, the
// organisation by the roster, and what is wrong is told and counted.
func ExampleRead() {
	roster, err := conversation.NewRoster("acme.org; support")
	if err != nil {
		fmt.Println(err)
		return
	}
	log := conversation.NewLog(nil)
	err = conversation.Read(log, strings.NewReader(`message_id,created_at,from,in_reply_to,body
1,2010-02-03 09:15,sam@example.org,,Is my car part of the recall?
2,2010-02-25 08:05,Paul <paul@acme.org>,1,"Yes, it is."
3,soon,sam@example.org,2,And when?
`), "export.csv", conversation.ReadOptions{Organisation: roster, Formats: table.Formats()})
	if err != nil {
		fmt.Println(err)
		return
	}
	for i := range log.Len() {
		m := log.Message(i)
		fmt.Println(m.Time.Format("2 Jan"), m.Side, m.Author, "-", m.Text)
	}
	for _, tally := range log.Problems().All() {
		fmt.Println(tally.Count, "×", tally.Examples[0].Error())
	}
	// Output:
	// 3 Feb community sam@example.org - Is my car part of the recall?
	// 25 Feb organisation paul@acme.org - Yes, it is.
	// 1 × export.csv:4: bad-time (message 3): time "soon" is no time that is known here: the message was left out; write it as 2010-02-09T13:30:00Z
}
