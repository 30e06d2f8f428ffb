package web

import (
	"context"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/store"
)

// Passkeys: a key in her device or browser opens the house, and no secret is
// kept here. static/passkey.js speaks with the browser; whoever has no
// JavaScript or no passkey comes in by a link.
var passkeyRoutes = []Route{
	{Method: http.MethodPost, Path: "/passkey/begin", Name: "passkey-begin", Allow: Anyone, Raw: asking(beginPasskey)},
	{Method: http.MethodPost, Path: "/passkey/finish", Name: "passkey-finish", Allow: Anyone, Raw: asking(finishPasskey)},
	{Method: http.MethodPost, Path: "/account/passkey/begin", Name: "passkey-new", Allow: SignedIn, Raw: asking(beginNewPasskey)},
	{Method: http.MethodPost, Path: "/account/passkey/finish", Name: "passkey-keep", Allow: SignedIn, Raw: asking(finishNewPasskey)},
	{Method: http.MethodPost, Path: "/account/passkey/remove", Name: "passkey-remove", Allow: SignedIn, Page: true, Handle: removePasskey, In: passkeyID{}, Out: Done{}},
}

// newPasskeys makes the ceremonies; nil where browsers allow none: at an address
// in numbers, or by plain http from elsewhere.
func newPasskeys(at string) (*webauthn.WebAuthn, error) {
	u, err := url.Parse(at)
	if err != nil || u.Hostname() == "" {
		return nil, nil //nolint:nilerr // no address: no passkeys
	}
	if _, err := netip.ParseAddr(u.Hostname()); err == nil || u.Scheme != "https" && u.Hostname() != "localhost" {
		return nil, nil //nolint:nilerr // a number is no name
	}
	return webauthn.New(&webauthn.Config{RPID: u.Hostname(), RPDisplayName: "Entregent", RPOrigins: []string{u.Scheme + "://" + u.Host}})
}

// holder is a user as the ceremonies see her.
type holder struct {
	account.User
	keys []webauthn.Credential
}

func (h holder) WebAuthnID() []byte                         { return binary.BigEndian.AppendUint64(nil, uint64(h.ID)) }
func (h holder) WebAuthnName() string                       { return h.Name }
func (h holder) WebAuthnDisplayName() string                { return h.Name }
func (h holder) WebAuthnCredentials() []webauthn.Credential { return h.keys }

// holder reads a user's passkeys.
func (s *Server) holder(ctx context.Context, u account.User) (holder, error) {
	list, err := account.Credentials(ctx, s.Store, u.ID)
	if err != nil {
		return holder{}, err
	}
	h := holder{User: u}
	for _, c := range list {
		var key webauthn.Credential
		if err := json.Unmarshal(c.Data, &key); err != nil {
			return holder{}, err
		}
		h.keys = append(h.keys, key)
	}
	return h, nil
}

// asking makes a handler of one that answers a script's question with a value.
func asking(do func(*Request) (any, error)) func(*Request, http.ResponseWriter) {
	return func(r *Request, _ http.ResponseWriter) {
		r.form = asJSON
		if r.Server.passkeys == nil {
			r.Server.fail(r, errLost)
			return
		}
		if !r.Server.limits.allow("passkey "+address(r.Request), 20, time.Minute) {
			r.Server.fail(r, errTooMany)
			return
		}
		v, err := do(r)
		if err != nil {
			r.Server.fail(r, err)
			return
		}
		r.json(http.StatusOK, v)
	}
}

// begin keeps what a ceremony must remember until it is finished.
func (r *Request) begin(memory *webauthn.SessionData) error {
	b, err := json.Marshal(memory)
	r.Server.sessions.Put(r.Context(), "passkey", b)
	return err
}

// begun gives it back, once.
func (r *Request) begun() (memory webauthn.SessionData, err error) {
	if json.Unmarshal(r.Server.sessions.PopBytes(r.Context(), "passkey"), &memory) != nil {
		return memory, store.ErrExpired
	}
	return memory, nil
}

func beginPasskey(r *Request) (any, error) {
	options, memory, err := r.Server.passkeys.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationPreferred))
	if err != nil {
		return nil, err
	}
	return options, r.begin(memory)
}

func finishPasskey(r *Request) (any, error) {
	s, ctx := r.Server, r.Context()
	memory, err := r.begun()
	if err != nil {
		return nil, err
	}
	var failed error // the store's, which isn't the key's fault
	find := func(_, handle []byte) (webauthn.User, error) {
		if len(handle) != 8 {
			return nil, store.ErrNotFound
		}
		u, err := account.UserByID(ctx, s.Store, int64(binary.BigEndian.Uint64(handle)))
		if err == nil {
			var h holder
			if h, err = s.holder(ctx, u); err == nil {
				return h, nil
			}
		}
		if !errors.Is(err, store.ErrNotFound) {
			failed = err
		}
		return nil, err
	}
	who, key, err := s.passkeys.FinishPasskeyLogin(find, memory, r.Request)
	switch {
	case failed != nil:
		return nil, failed
	case err != nil:
		return nil, r.refused(err)
	case key.Authenticator.CloneWarning: // its counter went back: two devices have the key
		return nil, r.refused(errors.New("its counter went back"))
	}
	u := who.(holder).User
	if err := s.keepPasskey(ctx, u, "", key); err != nil {
		return nil, err
	}
	return r.in(u, "signin.passkey", r.URL.Query().Get("next"))
}

// refused says that a key wasn't taken; why is for the log.
func (r *Request) refused(why error) error {
	r.Server.Log.Info("a passkey was refused", "cause", why)
	return &Bad{"passkey", "passkey.refused", nil}
}

func beginNewPasskey(r *Request) (any, error) {
	h, err := r.Server.holder(r.Context(), r.User)
	if err != nil {
		return nil, err
	}
	var known []protocol.CredentialDescriptor
	for _, key := range h.keys {
		known = append(known, key.Descriptor())
	}
	options, memory, err := r.Server.passkeys.BeginRegistration(h,
		webauthn.WithResidentKeyRequirement(protocol.ResidentKeyRequirementRequired), webauthn.WithExclusions(known))
	if err != nil {
		return nil, err
	}
	return options, r.begin(memory)
}

func finishNewPasskey(r *Request) (any, error) {
	memory, err := r.begun()
	if err != nil {
		return nil, err
	}
	h, err := r.Server.holder(r.Context(), r.User)
	if err != nil {
		return nil, err
	}
	key, err := r.Server.passkeys.FinishRegistration(h, memory, r.Request)
	if err != nil {
		return nil, r.refused(err)
	}
	name := strings.TrimSpace(r.URL.Query().Get("name"))
	if name == "" {
		name = r.Lang.Date(r.Now())
	}
	if err := r.Server.keepPasskey(r.Context(), r.User, name, key); err != nil {
		return nil, err
	}
	return Done{Location: "/account", Notice: "passkey.kept"}, r.act("passkey.new", name, "")
}

// keepPasskey keeps a passkey as it now stands, under the name it had if none is
// given.
func (s *Server) keepPasskey(ctx context.Context, u account.User, name string, key *webauthn.Credential) error {
	b, err := json.Marshal(key)
	if err != nil {
		return err
	}
	if name == "" {
		list, err := account.Credentials(ctx, s.Store, u.ID)
		if err != nil {
			return err
		}
		for _, c := range list {
			if string(c.ID) == string(key.ID) {
				name = c.Name
			}
		}
	}
	return account.SaveCredential(ctx, s.Store, u.ID, key.ID, name, b)
}

type passkeyID struct {
	ID string `json:"id"` // base64url
}

func removePasskey(r *Request) (View, error) {
	var in passkeyID
	if err := r.Decode(&in); err != nil {
		return nil, err
	}
	id, err := base64.RawURLEncoding.DecodeString(in.ID)
	if err != nil {
		return nil, &Bad{"id", "error.value", []any{in.ID}}
	}
	if err := account.DeleteCredential(r.Context(), r.Server.Store, r.User.ID, id); err != nil {
		return nil, err
	}
	return Done{Location: "/account", Notice: "passkey.removed"}, r.act("passkey.remove", "", "")
}
