package live

import (
	"time"

	"github.com/entregent/entregent/conversation"
	"github.com/entregent/entregent/whuffie"
)

// Standing is somebody's whuffie, with whom she helped.
type Standing struct {
	Person conversation.PersonID `json:"person"`
	Score  whuffie.Score         `json:"score"`
	Band   string                `json:"band"`
	Thanks int                   `json:"thanks"` // said to her within the time asked about
	Latest time.Time             `json:"latest"`
}

func (l *Live) Whuffie(p conversation.PersonID) Standing {
	return Standing{Person: p}
}
func (l *Live) Why(p conversation.PersonID) (whuffie.Why, error) { return whuffie.Why{}, nil }
func (l *Live) Givers(since time.Time) []Standing                { return nil }
