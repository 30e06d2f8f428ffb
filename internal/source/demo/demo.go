// Package demo takes the answers to the demonstration's invented people, who don't
// read them.
package demo

import (
	"context"

	"github.com/entregent/entregent/internal/source"
)

// Sender sends answers nowhere.
type Sender struct{}

var _ source.Sender = Sender{}

// Send does nothing: the answer counts as sent.
func (Sender) Send(context.Context, source.Source, source.Answer) (string, error) { return "", nil }
