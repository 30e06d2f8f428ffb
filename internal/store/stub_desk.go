package store

import (
	"context"
	"errors"
	"github.com/entregent/entregent/conversation"
	"time"
)

func (s *Store) Desk(ctx context.Context, id conversation.ThreadID) (Desk, error) {
	var r0 Desk
	return r0, errors.ErrUnsupported
}

func (s *Store) Desks(ctx context.Context) (map[conversation.ThreadID]Desk, error) {
	var r0 map[conversation.ThreadID]Desk
	return r0, errors.ErrUnsupported
}

func (s *Store) SetDesk(ctx context.Context, d Desk, by int64) (Desk, error) {
	var r0 Desk
	return r0, errors.ErrUnsupported
}

func (s *Store) AddNote(ctx context.Context, n Note) (int64, error) {
	var r0 int64
	return r0, errors.ErrUnsupported
}

func (s *Store) Notes(ctx context.Context, id conversation.ThreadID) ([]Note, error) {
	var r0 []Note
	return r0, errors.ErrUnsupported
}

func (s *Store) Look(ctx context.Context, id conversation.ThreadID, user int64, typing bool) error {

	return errors.ErrUnsupported
}

func (s *Store) Lookers(ctx context.Context, id conversation.ThreadID) (map[int64]bool, error) {
	var r0 map[int64]bool
	return r0, errors.ErrUnsupported
}

func (s *Store) SaveCanned(ctx context.Context, c Canned) (int64, error) {
	var r0 int64
	return r0, errors.ErrUnsupported
}

func (s *Store) DeleteCanned(ctx context.Context, id int64) error {

	return errors.ErrUnsupported
}

func (s *Store) Canneds(ctx context.Context) ([]Canned, error) {
	var r0 []Canned
	return r0, errors.ErrUnsupported
}

func (s *Store) Reply(ctx context.Context, r Reply) (Message, error) {
	var r0 Message
	return r0, errors.ErrUnsupported
}

func (s *Store) MarkSending(ctx context.Context, id conversation.MessageID, how Sending, ref string) error {

	return errors.ErrUnsupported
}

func (s *Store) Thank(ctx context.Context, t Thanks) (Thanks, error) {
	var r0 Thanks
	return r0, errors.ErrUnsupported
}

func (s *Store) Unthank(ctx context.Context, id string) error {

	return errors.ErrUnsupported
}

func (s *Store) ThanksGiven(ctx context.Context, since time.Time) ([]Thanks, error) {
	var r0 []Thanks
	return r0, errors.ErrUnsupported
}

func (s *Store) AddNotice(ctx context.Context, n Notice) (int64, error) {
	var r0 int64
	return r0, errors.ErrUnsupported
}

func (s *Store) Notices(ctx context.Context, unread bool, limit int) ([]Notice, error) {
	var r0 []Notice
	return r0, errors.ErrUnsupported
}

func (s *Store) ReadNotice(ctx context.Context, id int64) error {

	return errors.ErrUnsupported
}
