package account

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/entregent/entregent/internal/settings"
	"github.com/entregent/entregent/internal/store"
)

// How long links work. A mailed link is used at once; one that is handed on has a
// day, an invitation a week.
const (
	LinkLifetime       = 15 * time.Minute
	HandedLinkLifetime = 24 * time.Hour
	InvitationLifetime = 7 * 24 * time.Hour
)

// How often somebody may try to sign in, so that nobody guesses or floods a mailbox.
const (
	LinksPerAddress = 10 // asked for from one network address, in a minute
	LinksPerMail    = 5  // asked for one mail address, in a quarter of an hour
	TriesPerAddress = 20 // of links, and of passkeys, from one network address, in a minute
)

// The kinds of tokens by which somebody signs in once.
const (
	SignInLink     = "link"
	InvitationLink = "invite"
)

// NewLink makes a secret by which a user signs in once, within a time; kind is
// SignInLink or InvitationLink.
func NewLink(ctx context.Context, s *store.Store, u User, kind string, now time.Time, lifetime time.Duration) (secret string, err error) {
	secret, _, err = NewToken(ctx, s, Token{Kind: kind, User: u.ID, Made: now, Expires: now.Add(lifetime)})
	return secret, err
}

// UseLink gives whose link a secret is, and spends it. ErrExpired when it was used,
// is too old, or was never made: the same to whoever asks.
func UseLink(ctx context.Context, s *store.Store, secret string) (User, error) {
	t, err := UseToken(ctx, s, SignInLink, secret)
	if errors.Is(err, store.ErrNotFound) {
		t, err = UseToken(ctx, s, InvitationLink, secret)
	}
	if errors.Is(err, store.ErrNotFound) {
		return User{}, store.ErrExpired
	}
	if err != nil {
		return User{}, err
	}
	return UserByID(ctx, s, t.User)
}

// FirstLink makes a secret by which the first admin signs in, once, within a day; it
// makes the admin when there is none. It is empty as soon as the organisation has a
// name, unless always: from then on links are made by admins.
func FirstLink(ctx context.Context, s *store.Store, now time.Time, always bool) (secret string, err error) {
	first, err := FirstAdmin(ctx, s)
	if err != nil {
		return "", err
	}
	named, err := settings.Get(ctx, s, settings.KeyOrganisation)
	if err != nil || first.ID != 0 && named != "" && !always {
		return "", err
	}
	if first.ID == 0 {
		if first, err = SaveUser(ctx, s, User{Name: "admin", Role: Admin, Made: now}); err != nil {
			return "", err
		}
	}
	return NewLink(ctx, s, first, SignInLink, now, HandedLinkLifetime)
}

// RescueLink makes a secret by which the user of a mail address signs in, once,
// within a day; the first admin when the address is empty. It is for whoever keeps
// the machine, when nobody can sign in any more, and stands in the audit log.
// ErrNotFound when there is no such user, or they are disabled.
func RescueLink(ctx context.Context, s *store.Store, mail string, now time.Time) (secret string, err error) {
	var u User
	if mail == "" {
		u, err = FirstAdmin(ctx, s)
	} else {
		u, err = UserByMail(ctx, s, mail)
	}
	if err != nil {
		return "", err
	}
	if u.ID == 0 || !u.Disabled.IsZero() {
		return "", fmt.Errorf("making a link: %w", store.ErrNotFound)
	}
	if err := Audit(ctx, s, Act{Time: now, Action: "team.link", Subject: Subject(u.ID)}); err != nil {
		return "", err
	}
	return NewLink(ctx, s, u, SignInLink, now, HandedLinkLifetime)
}

// Subject is a user as the audit log names them: by number, so that the log holds no
// names of people.
func Subject(id int64) string { return "user " + strconv.FormatInt(id, 10) }

// FirstAdmin is the admin who has been one for longest; the zero User when there
// is none.
func FirstAdmin(ctx context.Context, s *store.Store) (first User, err error) {
	users, err := Users(ctx, s)
	for _, u := range users {
		if u.Role == Admin && u.Disabled.IsZero() && (first.ID == 0 || u.ID < first.ID) {
			first = u
		}
	}
	return first, err
}
