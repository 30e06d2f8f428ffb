package store

import (
	"context"
	"errors"
	"io"
	"time"
)

func (s *Store) Setting(ctx context.Context, key string) (string, error) {
	var r0 string
	return r0, errors.ErrUnsupported
}

func (s *Store) Settings(ctx context.Context) (map[string]string, error) {
	var r0 map[string]string
	return r0, errors.ErrUnsupported
}

func (s *Store) SetSettings(ctx context.Context, values map[string]string) error {

	return errors.ErrUnsupported
}

func (s *Store) SaveSource(ctx context.Context, source Source) error {

	return errors.ErrUnsupported
}

func (s *Store) Sources(ctx context.Context) ([]Source, error) {
	var r0 []Source
	return r0, errors.ErrUnsupported
}

func (s *Store) RemoveSource(ctx context.Context, name string) (int, error) {
	var r0 int
	return r0, errors.ErrUnsupported
}

func (s *Store) SaveUser(ctx context.Context, u User) (User, error) {
	var r0 User
	return r0, errors.ErrUnsupported
}

func (s *Store) User(ctx context.Context, id int64) (User, error) {
	var r0 User
	return r0, errors.ErrUnsupported
}

func (s *Store) UserByMail(ctx context.Context, mail string) (User, error) {
	var r0 User
	return r0, errors.ErrUnsupported
}

func (s *Store) Users(ctx context.Context) ([]User, error) {
	var r0 []User
	return r0, errors.ErrUnsupported
}

func (s *Store) NewToken(ctx context.Context, t Token) (string, Token, error) {
	var r0 string
	var r1 Token
	return r0, r1, errors.ErrUnsupported
}

func (s *Store) UseToken(ctx context.Context, kind, secret string) (Token, error) {
	var r0 Token
	return r0, errors.ErrUnsupported
}

func (s *Store) CheckToken(ctx context.Context, kind, secret string) (Token, error) {
	var r0 Token
	return r0, errors.ErrUnsupported
}

func (s *Store) Tokens(ctx context.Context, kind string) ([]Token, error) {
	var r0 []Token
	return r0, errors.ErrUnsupported
}

func (s *Store) RevokeToken(ctx context.Context, id int64) error {

	return errors.ErrUnsupported
}

func (s *Store) SaveCredential(ctx context.Context, user int64, id []byte, name string, data []byte) error {

	return errors.ErrUnsupported
}

func (s *Store) Credentials(ctx context.Context, user int64) ([]Credential, error) {
	var r0 []Credential
	return r0, errors.ErrUnsupported
}

func (s *Store) DeleteCredential(ctx context.Context, user int64, id []byte) error {

	return errors.ErrUnsupported
}

func (s *Store) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	var r0 []byte
	var r1 bool
	return r0, r1, errors.ErrUnsupported
}

func (s *Store) CommitCtx(ctx context.Context, token string, b []byte, expiry time.Time) error {

	return errors.ErrUnsupported
}

func (s *Store) DeleteCtx(ctx context.Context, token string) error {

	return errors.ErrUnsupported
}

func (s *Store) Audit(ctx context.Context, a Act) error {

	return errors.ErrUnsupported
}

func (s *Store) Acts(ctx context.Context, before int64, limit int) ([]Act, error) {
	var r0 []Act
	return r0, errors.ErrUnsupported
}

func (s *Store) VerifyAudit(ctx context.Context) (int64, error) {
	var r0 int64
	return r0, errors.ErrUnsupported
}

func (s *Store) SaveReport(ctx context.Context, r Report) (int64, error) {
	var r0 int64
	return r0, errors.ErrUnsupported
}

func (s *Store) LatestReport(ctx context.Context, kind string) (Report, error) {
	var r0 Report
	return r0, errors.ErrUnsupported
}

func (s *Store) SaveBlob(ctx context.Context, name string, r io.Reader) (string, int64, error) {
	var r0 string
	var r1 int64
	return r0, r1, errors.ErrUnsupported
}

func (s *Store) Blob(ctx context.Context, id string) (io.ReadCloser, string, int64, error) {
	var r0 io.ReadCloser
	var r1 string
	var r2 int64
	return r0, r1, r2, errors.ErrUnsupported
}

func (s *Store) DeleteBlob(ctx context.Context, id string) error {

	return errors.ErrUnsupported
}

func (s *Store) Enqueue(ctx context.Context, j Job) (int64, error) {
	var r0 int64
	return r0, errors.ErrUnsupported
}

func (s *Store) Take(ctx context.Context, kinds []string, holder string, n int, lease time.Duration) ([]Job, error) {
	var r0 []Job
	return r0, errors.ErrUnsupported
}

func (s *Store) Keep(ctx context.Context, j Job, lease time.Duration) error {

	return errors.ErrUnsupported
}

func (s *Store) Finish(ctx context.Context, j Job, failure error, again time.Time) error {

	return errors.ErrUnsupported
}

func (s *Store) Jobs(ctx context.Context, limit int) ([]Job, error) {
	var r0 []Job
	return r0, errors.ErrUnsupported
}

func (s *Store) JobByID(ctx context.Context, id int64) (Job, error) {
	var r0 Job
	return r0, errors.ErrUnsupported
}

func (s *Store) Lead(ctx context.Context, name, holder string, lease time.Duration) (bool, error) {
	var r0 bool
	return r0, errors.ErrUnsupported
}

func (s *Store) SaveHook(ctx context.Context, h Hook) (int64, error) {
	var r0 int64
	return r0, errors.ErrUnsupported
}

func (s *Store) Hooks(ctx context.Context) ([]Hook, error) {
	var r0 []Hook
	return r0, errors.ErrUnsupported
}

func (s *Store) DeleteHook(ctx context.Context, id int64) error {

	return errors.ErrUnsupported
}

func (s *Store) HookTold(ctx context.Context, id, upto int64) error {

	return errors.ErrUnsupported
}
