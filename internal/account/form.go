package account

import (
	"context"
	"net/mail"
	"slices"
	"strings"
	"time"

	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/store"
)

// maxName is how long a name may be, in bytes.
const maxName = 200

// Assignable are the roles that an admin can give, the usual first.
func Assignable() []Role { return []Role{Teammate, Manager, Admin, Reader, Member} }

// Form is what an admin says of a user.
type Form struct {
	ID     int64  `json:"id"`
	Name   string `json:"name"`
	Mail   string `json:"mail"`
	Role   string `json:"role"`
	Person string `json:"person"` // the account they answer with; empty: their address
}

// Apply gives a user what the form says, or says what is wrong with it.
func (f Form) Apply(u User) (User, error) {
	u.Name, u.Mail, u.Role, u.Person = strings.TrimSpace(f.Name), strings.TrimSpace(f.Mail), Role(f.Role), strings.TrimSpace(f.Person)
	if err := CheckName(u.Name); err != nil {
		return u, err
	}
	if at, err := mail.ParseAddress(u.Mail); err != nil || at.Address != u.Mail {
		return u, lang.Invalid("mail", "signin.bad-mail")
	}
	if !slices.Contains(Assignable(), u.Role) {
		return u, lang.Invalid("role", "error.value", f.Role)
	}
	if u.Person == "" {
		u.Person = u.Mail
	}
	return u, nil
}

// CheckName says what is wrong with a user's name.
func CheckName(name string) error {
	if name = strings.TrimSpace(name); name == "" || len(name) > maxName {
		return lang.Invalid("name", "account.no-name")
	}
	return nil
}

// CheckMail says what is wrong with an address; none is no error.
func CheckMail(address string) error {
	if _, err := mail.ParseAddress(address); address != "" && err != nil {
		return lang.Invalid("mail", "signin.bad-mail")
	}
	return nil
}

// Change keeps what a form says of a user that is there. The last admin stays one.
func Change(ctx context.Context, s *store.Store, f Form) (User, error) {
	before, err := UserByID(ctx, s, f.ID)
	if err != nil {
		return User{}, err
	}
	u, err := f.Apply(before)
	if err != nil {
		return u, err
	}
	if before.Role == Admin && u.Role != Admin {
		if err := checkOtherAdmin(ctx, s, u.ID, "role"); err != nil {
			return u, err
		}
	}
	return SaveUser(ctx, s, u)
}

// Disable shuts a user out at once: sessions, links and tokens end. The last admin
// can't be.
func Disable(ctx context.Context, s *store.Store, id int64, now time.Time) (User, error) {
	u, err := UserByID(ctx, s, id)
	if err != nil {
		return u, err
	}
	if u.Role == Admin {
		if err := checkOtherAdmin(ctx, s, u.ID, "id"); err != nil {
			return u, err
		}
	}
	u.Disabled = now
	if u, err = SaveUser(ctx, s, u); err != nil {
		return u, err
	}
	return u, EndSessions(ctx, s, u.ID, now)
}

// Enable lets a user in again.
func Enable(ctx context.Context, s *store.Store, id int64) (User, error) {
	u, err := UserByID(ctx, s, id)
	if err != nil {
		return u, err
	}
	u.Disabled = time.Time{}
	return SaveUser(ctx, s, u)
}

// checkOtherAdmin is an error of a field when nobody could manage without a user.
func checkOtherAdmin(ctx context.Context, s *store.Store, id int64, field string) error {
	users, err := Users(ctx, s)
	if err != nil {
		return err
	}
	for _, other := range users {
		if other.ID != id && other.Role == Admin && other.Disabled.IsZero() {
			return nil
		}
	}
	return lang.Invalid(field, "team.last-admin")
}

// Team gives the users who work at the inbox, and the names of all users by ID.
func Team(ctx context.Context, s *store.Store) (working []User, names map[int64]string, err error) {
	users, err := Users(ctx, s)
	names = map[int64]string{}
	for _, u := range users {
		names[u.ID] = u.Name
		if Working.Has(u.Role) && u.Disabled.IsZero() {
			working = append(working, u)
		}
	}
	return working, names, err
}

// Author is the account that is seen to speak when the user answers.
func (u User) Author() string {
	for _, name := range []string{u.Person, u.Mail} {
		if name != "" {
			return name
		}
	}
	return u.Name
}

// WithMail is a user who said their name, and an address unless they have one: later an
// admin changes it. Whoever has no account to answer with answers with the address.
func (u User) WithMail(name, mail string) User {
	u.Name = strings.TrimSpace(name)
	if u.Mail == "" {
		u.Mail = strings.TrimSpace(mail)
	}
	if u.Person == "" {
		u.Person = u.Mail
	}
	return u
}
