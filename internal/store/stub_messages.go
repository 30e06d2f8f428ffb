package store

import (
	"context"
	"errors"
	"github.com/entregent/entregent/conversation"
)

func (s *Store) Append(ctx context.Context, source string, messages []conversation.Message) ([]Outcome, error) {
	var r0 []Outcome
	return r0, errors.ErrUnsupported
}

func (s *Store) Message(ctx context.Context, id conversation.MessageID) (Message, error) {
	var r0 Message
	return r0, errors.ErrUnsupported
}

func (s *Store) Messages(ctx context.Context, r Range) ([]Message, error) {
	var r0 []Message
	return r0, errors.ErrUnsupported
}

func (s *Store) Each(ctx context.Context, r Range, do func(Message) error) error {

	return errors.ErrUnsupported
}

func (s *Store) Thread(ctx context.Context, id conversation.ThreadID) ([]Message, error) {
	var r0 []Message
	return r0, errors.ErrUnsupported
}

func (s *Store) Log(ctx context.Context, log *conversation.Log) (int64, error) {
	var r0 int64
	return r0, errors.ErrUnsupported
}

func (s *Store) Counts(ctx context.Context) (Counts, error) {
	var r0 Counts
	return r0, errors.ErrUnsupported
}

