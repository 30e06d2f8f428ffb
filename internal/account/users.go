// Package account is who may sign in, and what each may do: users, roles, links,
// sessions, tokens, passkeys, and the audit log.
package account

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/entregent/entregent/internal/store"
	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
)

// Role says what a user may do.
type Role string

// The roles, from the one who may most. Anybody who didn't sign in is Nobody.
const (
	Admin    Role = "admin"
	Manager  Role = "manager"
	Teammate Role = "teammate"
	Member   Role = "member" // of the community: sees what is public, and their own
	Reader   Role = "reader" // sees measures, changes nothing
	Nobody   Role = ""
)

// User is somebody who signs in.
type User struct {
	ID       int64     `json:"id"`
	Name     string    `json:"name"`
	Mail     string    `json:"mail"`
	Role     Role      `json:"role"`
	Lang     string    `json:"lang"`
	Person   string    `json:"person"` // the account in conversations: the author of their replies
	Made     time.Time `json:"made"`
	Disabled time.Time `json:"disabled,omitzero"`
}

const userColumns = `id, name, mail, role, lang, person, made, disabled`

// SaveUser keeps a user, and gives them as kept: a new one when the ID is
// 0. Addresses are compared in lower case; ErrTaken when another user has the address.
func SaveUser(ctx context.Context, s *store.Store, u User) (User, error) {
	u.Name, u.Mail, u.Lang, u.Person = store.Clean(u.Name), foldMail(u.Mail), store.Clean(u.Lang), store.Clean(u.Person)
	err := s.Change(ctx, func(t *store.Tx) (err error) {
		if u.ID == 0 {
			if u.Made.IsZero() {
				u.Made = store.Time(t.Now())
			}
			return t.QueryRow(`INSERT INTO users (name, mail, role, lang, person, made, disabled) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
				u.Name, u.Mail, u.Role, u.Lang, u.Person, store.Micro(u.Made), store.Micro(u.Disabled)).Scan(&u.ID)
		}
		u, err = scanUser(t.QueryRow(`UPDATE users SET name = $2, mail = $3, role = $4, lang = $5, person = $6, disabled = $7 WHERE id = $1 RETURNING `+userColumns,
			u.ID, u.Name, u.Mail, u.Role, u.Lang, u.Person, store.Micro(u.Disabled)))
		return err
	})
	if IsDuplicate(err) {
		err = store.ErrTaken
	}
	if err != nil {
		return User{}, store.Wrap(err, "keeping the user %s", u.Name)
	}
	return u, nil
}

// UserByID gives one by ID.
func UserByID(ctx context.Context, s *store.Store, id int64) (User, error) {
	u, err := scanUser(s.Read(ctx).QueryRow(`SELECT `+userColumns+` FROM users WHERE id = $1`, id))
	return u, store.Wrap(err, "reading the user %d", id)
}

// UserByMail gives one by mail address.
func UserByMail(ctx context.Context, s *store.Store, mail string) (User, error) {
	u, err := scanUser(s.Read(ctx).QueryRow(`SELECT `+userColumns+` FROM users WHERE mail = $1 AND mail <> ''`, foldMail(mail)))
	return u, store.Wrap(err, "reading a user by mail address")
}

// Users gives all, disabled ones too, by ID.
func Users(ctx context.Context, s *store.Store) ([]User, error) {
	list, err := store.All(s.Read(ctx), scanUser, `SELECT `+userColumns+` FROM users ORDER BY id`)
	return list, store.Wrap(err, "reading users")
}

func scanUser(row store.Scanner) (u User, err error) {
	var made, disabled int64
	err = row.Scan(&u.ID, &u.Name, &u.Mail, &u.Role, &u.Lang, &u.Person, &made, &disabled)
	u.Made, u.Disabled = store.Time(made), store.Time(disabled)
	return u, err
}

// foldMail makes equal addresses equal strings.
func foldMail(mail string) string { return strings.ToLower(strings.TrimSpace(store.Clean(mail))) }

// IsDuplicate is true of the error of a value that has to be the only one and isn't.
func IsDuplicate(err error) bool {
	var pg *pgconn.PgError
	var lite *sqlite.Error
	return errors.As(err, &pg) && pg.Code == "23505" || errors.As(err, &lite) && lite.Code() == 2067
}
