package manage

import (
	"encoding/base64"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/lang"
	"github.com/entregent/entregent/internal/web"
)

// Passkeys: a key in a device or browser signs in, and no secret is kept here.
// static/passkey.js speaks with the browser; whoever has no JavaScript or no passkey
// signs in by a link.
var passkeyRoutes = []web.Route{
	{Method: http.MethodPost, Path: "/passkey/begin", Name: "passkey-begin", Allow: account.Anyone, Raw: ceremony(beginPasskey)},
	{Method: http.MethodPost, Path: "/passkey/finish", Name: "passkey-finish", Allow: account.Anyone, Raw: ceremony(finishPasskey)},
	{Method: http.MethodPost, Path: "/account/passkey/begin", Name: "passkey-new", Allow: account.SignedIn, Raw: ceremony(beginNewPasskey)},
	{Method: http.MethodPost, Path: "/account/passkey/finish", Name: "passkey-keep", Allow: account.SignedIn, Raw: ceremony(finishNewPasskey)},
	{Method: http.MethodPost, Path: "/account/passkey/remove", Name: "passkey-remove", Allow: account.SignedIn, Page: true, Handle: removePasskey, In: passkeyID{}, Out: web.Done{}},
}

// passkeyMemory is where a session keeps what a ceremony must remember.
const passkeyMemory = "passkey"

// ceremony makes a handler of one that answers a script's question with a value.
func ceremony(answer func(*web.Request) (any, error)) func(*web.Request, http.ResponseWriter) {
	return func(r *web.Request, _ http.ResponseWriter) {
		r.Format = web.AsJSON
		v, err := any(nil), web.ErrLost
		if r.Server.Passkeys != nil {
			err = r.Limit("passkey", account.TriesPerAddress, time.Minute)
		}
		if err == nil {
			v, err = answer(r)
		}
		if err != nil {
			r.Server.Fail(r, err)
			return
		}
		r.JSON(http.StatusOK, v)
	}
}

func beginPasskey(r *web.Request) (any, error) {
	options, memory, err := r.Server.Passkeys.BeginUse()
	r.Server.Remember(r.Context(), passkeyMemory, memory)
	return options, err
}

func finishPasskey(r *web.Request) (any, error) {
	u, err := r.Server.Passkeys.FinishUse(r.Context(), r.Server.Recall(r.Context(), passkeyMemory), r.Request)
	if err != nil {
		return nil, refusedPasskey(r, err)
	}
	return signIn(r, u, "signin.passkey", r.URL.Query().Get("next"))
}

// refusedPasskey says that a passkey wasn't taken; why is for the log. Other errors
// stay.
func refusedPasskey(r *web.Request, err error) error {
	if !errors.Is(err, account.ErrPasskey) {
		return err
	}
	r.Server.Log.Info("a passkey was refused", "cause", err)
	return lang.Invalid("passkey", "passkey.refused")
}

func beginNewPasskey(r *web.Request) (any, error) {
	options, memory, err := r.Server.Passkeys.BeginMaking(r.Context(), r.User)
	r.Server.Remember(r.Context(), passkeyMemory, memory)
	return options, err
}

func finishNewPasskey(r *web.Request) (any, error) {
	name := strings.TrimSpace(r.URL.Query().Get("name"))
	if name == "" {
		name = r.Lang.Date(r.Now())
	}
	memory := r.Server.Recall(r.Context(), passkeyMemory)
	if err := r.Server.Passkeys.FinishMaking(r.Context(), r.User, name, memory, r.Request); err != nil {
		return nil, refusedPasskey(r, err)
	}
	return web.Done{Location: "/account", Notice: "passkey.kept"}, r.Audit("passkey.new", name, "")
}

type passkeyID struct {
	ID string `json:"id"` // base64url
}

func removePasskey(r *web.Request) (web.View, error) {
	var in passkeyID
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	id, err := base64.RawURLEncoding.DecodeString(in.ID)
	if err != nil {
		return nil, lang.Invalid("id", "error.value", in.ID)
	}
	if err := account.DeleteCredential(r.Context(), r.Server.Store, r.User.ID, id); err != nil {
		return nil, err
	}
	return web.Done{Location: "/account", Notice: "passkey.removed"}, r.Audit("passkey.remove", "", "")
}
