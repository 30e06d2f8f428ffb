package web

import (
	"context"
	"net/http"
	"net/mail"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/entregent/entregent/internal/account"
)

// The people who sign in, and what each may do.
var teamRoutes = []Route{
	{Method: http.MethodGet, Path: "/team", Name: "team", Allow: AdminOnly, Scope: Manage, Page: true, Handle: team, Out: teamView{}},
	{Method: http.MethodPost, Path: "/team/invite", Name: "team-invite", Allow: AdminOnly, Page: true, Handle: invite, In: userForm{}, Out: secretView{}},
	{Method: http.MethodPost, Path: "/team/save", Name: "team-save", Allow: AdminOnly, Page: true, Handle: saveUser, In: userForm{}, Out: Done{}},
	{Method: http.MethodPost, Path: "/team/link", Name: "team-link", Allow: AdminOnly, Page: true, Handle: makeLink, In: oneID{}, Out: secretView{}},
	{Method: http.MethodPost, Path: "/team/disable", Name: "team-disable", Allow: AdminOnly, Page: true, Handle: disable, In: oneID{}, Out: Done{}},
	{Method: http.MethodPost, Path: "/team/enable", Name: "team-enable", Allow: AdminOnly, Page: true, Handle: enable, In: oneID{}, Out: Done{}},
}

// roles, as the page offers them.
var roles = []account.Role{account.Teammate, account.Manager, account.Admin, account.Reader, account.Member}

type teamView struct {
	Users  []account.User `json:"users"`
	ByMail bool           `json:"by_mail"` // invitations go by mail
	Roles  []account.Role `json:"-"`
}

func (teamView) Template() string { return "team" }

func team(r *Request) (View, error) {
	users, err := account.Users(r.Context(), r.Server.Store)
	return teamView{users, r.Server.Mail != nil, roles}, err
}

// oneID names what a form is about.
type oneID struct {
	ID int64 `json:"id"`
}

type userForm struct {
	ID     int64  `json:"id"`
	Name   string `json:"name"`
	Mail   string `json:"mail"`
	Role   string `json:"role"`
	Person string `json:"person"` // the account she answers with; empty: her address
}

// user gives a user what a form says of her.
func (f userForm) user(u account.User) (account.User, *Bad) {
	u.Name, u.Mail, u.Role, u.Person = strings.TrimSpace(f.Name), strings.TrimSpace(f.Mail), account.Role(f.Role), strings.TrimSpace(f.Person)
	if u.Name == "" || len(u.Name) > 200 {
		return u, &Bad{"name", "account.no-name", nil}
	}
	if at, err := mail.ParseAddress(u.Mail); err != nil || at.Address != u.Mail {
		return u, &Bad{"mail", "signin.bad-mail", nil}
	}
	if !slices.Contains(roles, u.Role) {
		return u, &Bad{"role", "error.value", []any{f.Role}}
	}
	if u.Person == "" {
		u.Person = u.Mail
	}
	return u, nil
}

// invite makes a user and a link by which she comes in: mailed, or shown to be
// handed on.
func invite(r *Request) (View, error) {
	var in userForm
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	u, bad := in.user(account.User{Made: r.Now()})
	if bad != nil {
		return nil, bad
	}
	u, err := account.SaveUser(r.Context(), r.Server.Store, u)
	if err != nil {
		return nil, err
	}
	if err := r.act("team.invite", userName(u.ID), string(u.Role)); err != nil {
		return nil, err
	}
	return r.handOver(u, "invite", inviteLasts)
}

// userName is a user as the audit log names her: by number, so that the log holds
// no names of people.
func userName(id int64) string { return "user " + strconv.FormatInt(id, 10) }

// handOver makes a link and mails it, if there is a mail server; else shows it.
func (r *Request) handOver(u account.User, kind string, lasts time.Duration) (View, error) {
	s := r.Server
	at, err := s.link(r.Context(), u, kind, lasts, "")
	if err != nil {
		return nil, err
	}
	if s.Mail == nil {
		return secretView{"link", u.Name, at, u.ID, "/team"}, nil
	}
	subject, text := r.Lang.Say("team.mail.subject"), r.Lang.Say("team.mail.text", r.User.Name, int(lasts.Hours()/24), at)
	s.later(r, func(ctx context.Context) error { return s.Mail(ctx, u.Mail, subject, text) })
	return Done{Location: "/team", Notice: "team.mailed", Args: []any{u.Mail}}, nil
}

// of reads a user that a form names.
func (r *Request) of(id int64) (account.User, error) {
	return account.UserByID(r.Context(), r.Server.Store, id)
}

// lastAdmin says whether nobody could manage the house without a user.
func (r *Request) lastAdmin(u account.User) (bool, error) {
	users, err := account.Users(r.Context(), r.Server.Store)
	for _, other := range users {
		if other.ID != u.ID && other.Role == account.Admin && other.Disabled.IsZero() {
			return false, err
		}
	}
	return true, err
}

func saveUser(r *Request) (View, error) {
	var in userForm
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	before, err := r.of(in.ID)
	if err != nil {
		return nil, err
	}
	u, bad := in.user(before)
	if bad != nil {
		return nil, bad
	}
	if before.Role == account.Admin && u.Role != account.Admin {
		if last, err := r.lastAdmin(u); err != nil || last {
			return nil, orBad(err, &Bad{"role", "team.last-admin", nil})
		}
	}
	if _, err := account.SaveUser(r.Context(), r.Server.Store, u); err != nil {
		return nil, err
	}
	return Done{Location: "/team", Notice: "team.saved", Args: []any{u.Name}}, r.act("team.save", userName(u.ID), string(u.Role))
}

func orBad(err error, bad *Bad) error {
	if err != nil {
		return err
	}
	return bad
}

func makeLink(r *Request) (View, error) {
	var in oneID
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	u, err := r.of(in.ID)
	if err != nil {
		return nil, err
	}
	at, err := r.Server.link(r.Context(), u, "link", 24*time.Hour, "")
	if err != nil {
		return nil, err
	}
	return secretView{"link", u.Name, at, u.ID, "/team"}, r.act("team.link", userName(u.ID), "")
}

// disable shuts somebody out at once: her sessions, links and tokens end.
func disable(r *Request) (View, error) {
	var in oneID
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	u, err := r.of(in.ID)
	if err != nil {
		return nil, err
	}
	if u.Role == account.Admin {
		if last, err := r.lastAdmin(u); err != nil || last {
			return nil, orBad(err, &Bad{"id", "team.last-admin", nil})
		}
	}
	u.Disabled = r.Now()
	if _, err := account.SaveUser(r.Context(), r.Server.Store, u); err != nil {
		return nil, err
	}
	if err := r.Server.endSessions(r.Context(), u.ID); err != nil {
		return nil, err
	}
	return Done{Location: "/team", Notice: "team.disabled", Args: []any{u.Name},
		Undo: &Undo{"/team/enable", map[string]string{"id": strconv.FormatInt(u.ID, 10)}}}, r.act("team.disable", userName(u.ID), "")
}

func enable(r *Request) (View, error) {
	var in oneID
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	u, err := r.of(in.ID)
	if err != nil {
		return nil, err
	}
	u.Disabled = time.Time{}
	if _, err := account.SaveUser(r.Context(), r.Server.Store, u); err != nil {
		return nil, err
	}
	return Done{Location: "/team", Notice: "team.enabled", Args: []any{u.Name}}, r.act("team.enable", userName(u.ID), "")
}
