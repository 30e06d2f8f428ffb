// Package api sends the answers to sources that a program brings: the program
// fetches them (GET /api/outgoing) and says so.
package api

import (
	"context"

	"github.com/entregent/entregent/internal/source"
)

// Sender leaves answers Queued, until they are fetched.
type Sender struct{}

var _ source.Sender = Sender{}

// Send gives source.ErrFetched.
func (Sender) Send(context.Context, source.Source, source.Answer) (string, error) {
	return "", source.ErrFetched
}
