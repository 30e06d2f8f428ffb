package store

import (
	"context"
	"errors"
	"github.com/entregent/entregent/conversation"
)

func (s *Store) Person(ctx context.Context, id conversation.PersonID) (Person, error) {
	var r0 Person
	return r0, errors.ErrUnsupported
}

func (s *Store) People(ctx context.Context, find string, limit, offset int) ([]Person, error) {
	var r0 []Person
	return r0, errors.ErrUnsupported
}

func (s *Store) Suggestions(ctx context.Context, limit int) ([]Suggestion, error) {
	var r0 []Suggestion
	return r0, errors.ErrUnsupported
}

func (s *Store) RefuseSuggestion(ctx context.Context, a, b conversation.PersonID, by string) error {

	return errors.ErrUnsupported
}

func (s *Store) Merge(ctx context.Context, from, into conversation.PersonID, by string) (Merge, error) {
	var r0 Merge
	return r0, errors.ErrUnsupported
}

func (s *Store) UndoMerge(ctx context.Context, id int64, by string) error {

	return errors.ErrUnsupported
}

func (s *Store) Merges(ctx context.Context, limit int) ([]Merge, error) {
	var r0 []Merge
	return r0, errors.ErrUnsupported
}

func (s *Store) SetSide(ctx context.Context, account string, side conversation.Side, department string) error {

	return errors.ErrUnsupported
}

func (s *Store) ErasePerson(ctx context.Context, id conversation.PersonID, by string) (int, error) {
	var r0 int
	return r0, errors.ErrUnsupported
}

func (s *Store) Object(ctx context.Context, account string) error {

	return errors.ErrUnsupported
}

func (s *Store) Objects(ctx context.Context, account string) (bool, error) {
	var r0 bool
	return r0, errors.ErrUnsupported
}
