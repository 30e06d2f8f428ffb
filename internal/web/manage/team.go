package manage

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/web"
)

// The people who sign in, and what each may do.
var teamRoutes = []web.Route{
	{Method: http.MethodGet, Path: "/team", Name: "team", Allow: account.AdminOnly, Scope: account.Manage, Page: true, Handle: showTeam, Out: teamView{}},
	{Method: http.MethodPost, Path: "/team/invite", Name: "team-invite", Allow: account.AdminOnly, Page: true, Handle: invite, In: account.Form{}, Out: secretView{}},
	{Method: http.MethodPost, Path: "/team/save", Name: "team-save", Allow: account.AdminOnly, Page: true, Handle: saveUser, In: account.Form{}, Out: web.Done{}},
	{Method: http.MethodPost, Path: "/team/link", Name: "team-link", Allow: account.AdminOnly, Page: true, Handle: makeLink, In: web.ByID{}, Out: secretView{}},
	{Method: http.MethodPost, Path: "/team/disable", Name: "team-disable", Allow: account.AdminOnly, Page: true, Handle: disableUser, In: web.ByID{}, Out: web.Done{}},
	{Method: http.MethodPost, Path: "/team/enable", Name: "team-enable", Allow: account.AdminOnly, Page: true, Handle: enableUser, In: web.ByID{}, Out: web.Done{}},
}

type teamView struct {
	Users  []account.User `json:"users"`
	ByMail bool           `json:"by_mail"` // invitations go by mail
	Roles  []account.Role `json:"-"`
}

func (teamView) Template() string { return "team" }

func showTeam(r *web.Request) (web.View, error) {
	users, err := account.Users(r.Context(), r.Server.Store)
	return teamView{users, r.Server.Mail != nil, account.Assignable()}, err
}

// invite makes a user and a link by which they sign in: mailed, or shown to be handed
// on.
func invite(r *web.Request) (web.View, error) {
	var in account.Form
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	u, err := in.Apply(account.User{Made: r.Now()})
	if err != nil {
		return nil, err
	}
	if u, err = account.SaveUser(r.Context(), r.Server.Store, u); err != nil {
		return nil, err
	}
	if err := r.Audit("team.invite", account.Subject(u.ID), string(u.Role)); err != nil {
		return nil, err
	}
	return handOver(r, u)
}

// handOver makes an invitation and mails it, if there is a mail server; else shows it.
func handOver(r *web.Request, u account.User) (web.View, error) {
	s := r.Server
	at, err := linkFor(r, u, account.InvitationLink, account.InvitationLifetime)
	if err != nil {
		return nil, err
	}
	if s.Mail == nil {
		return secretView{"link", u.Name, at, u.ID, "/team"}, nil
	}
	subject, text := r.Lang.Say("team.mail.subject"), r.Lang.Say("team.mail.text", r.User.Name, int(account.InvitationLifetime.Hours()/24), at)
	s.After(r, func(ctx context.Context) error { return s.Mail(ctx, u.Mail, subject, text) })
	return web.Done{Location: "/team", Notice: "team.mailed", Args: []any{u.Mail}}, nil
}

// linkFor makes the address at which a user signs in once.
func linkFor(r *web.Request, u account.User, kind string, lifetime time.Duration) (string, error) {
	secret, err := account.NewLink(r.Context(), r.Server.Store, u, kind, r.Now(), lifetime)
	return r.Server.SignInURL(secret, ""), err
}

func saveUser(r *web.Request) (web.View, error) {
	var in account.Form
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	u, err := account.Change(r.Context(), r.Server.Store, in)
	if err != nil {
		return nil, err
	}
	return web.Done{Location: "/team", Notice: "team.saved", Args: []any{u.Name}}, r.Audit("team.save", account.Subject(u.ID), string(u.Role))
}

func makeLink(r *web.Request) (web.View, error) {
	var in web.ByID
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	u, err := account.UserByID(r.Context(), r.Server.Store, in.ID)
	if err != nil {
		return nil, err
	}
	at, err := linkFor(r, u, account.SignInLink, account.HandedLinkLifetime)
	if err != nil {
		return nil, err
	}
	return secretView{"link", u.Name, at, u.ID, "/team"}, r.Audit("team.link", account.Subject(u.ID), "")
}

// disableUser shuts somebody out at once.
func disableUser(r *web.Request) (web.View, error) {
	var in web.ByID
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	u, err := account.Disable(r.Context(), r.Server.Store, in.ID, r.Now())
	if err != nil {
		return nil, err
	}
	return web.Done{Location: "/team", Notice: "team.disabled", Args: []any{u.Name},
		Undo: &web.Undo{Action: "/team/enable", Fields: map[string]string{"id": strconv.FormatInt(u.ID, 10)}}}, r.Audit("team.disable", account.Subject(u.ID), "")
}

func enableUser(r *web.Request) (web.View, error) {
	var in web.ByID
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	u, err := account.Enable(r.Context(), r.Server.Store, in.ID)
	if err != nil {
		return nil, err
	}
	return web.Done{Location: "/team", Notice: "team.enabled", Args: []any{u.Name}}, r.Audit("team.enable", account.Subject(u.ID), "")
}
