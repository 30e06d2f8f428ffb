package store

import (
	"errors"

	"github.com/entregent/entregent/conversation"
)

func (t *tx) append(source string, messages []conversation.Message) ([]Outcome, error) {
	return nil, errors.ErrUnsupported
}
