package account

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"net/http"
	"net/netip"
	"net/url"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"github.com/entregent/entregent/internal/store"
)

// Passkeys are the ceremonies by which passkeys are made and used: WebAuthn. No
// secret is kept here.
type Passkeys struct {
	ceremonies *webauthn.WebAuthn
	store      *store.Store
}

// ErrPasskey is the cause when a passkey isn't taken.
var ErrPasskey = errors.New("the passkey isn't taken")

// NewPasskeys makes the ceremonies for an address; nil where browsers allow none: at
// an address in numbers, or by plain http from elsewhere.
func NewPasskeys(at string, s *store.Store) (*Passkeys, error) {
	u, err := url.Parse(at)
	if err != nil || u.Hostname() == "" {
		return nil, nil //nolint:nilerr // no address: no passkeys
	}
	if _, err := netip.ParseAddr(u.Hostname()); err == nil || u.Scheme != "https" && u.Hostname() != "localhost" {
		return nil, nil //nolint:nilerr // a number is no name
	}
	w, err := webauthn.New(&webauthn.Config{RPID: u.Hostname(), RPDisplayName: "Entregent", RPOrigins: []string{u.Scheme + "://" + u.Host}})
	if err != nil {
		return nil, err
	}
	return &Passkeys{w, s}, nil
}

// keyHolder is a user as the ceremonies see them.
type keyHolder struct {
	User
	keys []webauthn.Credential
}

func (h keyHolder) WebAuthnID() []byte {
	return binary.BigEndian.AppendUint64(nil, uint64(h.ID))
}
func (h keyHolder) WebAuthnName() string                       { return h.Name }
func (h keyHolder) WebAuthnDisplayName() string                { return h.Name }
func (h keyHolder) WebAuthnCredentials() []webauthn.Credential { return h.keys }

// holder reads a user's passkeys.
func (p *Passkeys) holder(ctx context.Context, u User) (keyHolder, error) {
	list, err := Credentials(ctx, p.store, u.ID)
	if err != nil {
		return keyHolder{}, err
	}
	h := keyHolder{User: u}
	for _, c := range list {
		var key webauthn.Credential
		if err := json.Unmarshal(c.Data, &key); err != nil {
			return keyHolder{}, err
		}
		h.keys = append(h.keys, key)
	}
	return h, nil
}

// BeginUse gives what a browser is asked, and what must be remembered until
// FinishUse.
func (p *Passkeys) BeginUse() (options any, memory []byte, err error) {
	options, session, err := p.ceremonies.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationPreferred))
	if err != nil {
		return nil, nil, err
	}
	memory, err = json.Marshal(session)
	return options, memory, err
}

// FinishUse gives whose passkey answered. ErrPasskey, with its reason, when it isn't
// taken; ErrExpired when nothing is remembered.
func (p *Passkeys) FinishUse(ctx context.Context, memory []byte, r *http.Request) (User, error) {
	session, err := remembered(memory)
	if err != nil {
		return User{}, err
	}
	var failed error // the store's, which isn't the key's fault
	who, key, err := p.ceremonies.FinishPasskeyLogin(func(_, handle []byte) (webauthn.User, error) {
		h, err := p.find(ctx, handle)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			failed = err
		}
		return h, err
	}, session, r)
	switch {
	case failed != nil:
		return User{}, failed
	case err != nil:
		return User{}, errors.Join(ErrPasskey, err)
	case key.Authenticator.CloneWarning: // its counter went back: two devices have the key
		return User{}, errors.Join(ErrPasskey, errors.New("its counter went back"))
	}
	u := who.(keyHolder).User
	return u, p.keep(ctx, u, "", key)
}

// find reads the user that a passkey names.
func (p *Passkeys) find(ctx context.Context, handle []byte) (keyHolder, error) {
	if len(handle) != 8 {
		return keyHolder{}, store.ErrNotFound
	}
	u, err := UserByID(ctx, p.store, int64(binary.BigEndian.Uint64(handle)))
	if err != nil {
		return keyHolder{}, err
	}
	return p.holder(ctx, u)
}

// BeginMaking gives what a browser is asked to make a passkey of a user's, and what
// must be remembered until FinishMaking.
func (p *Passkeys) BeginMaking(ctx context.Context, u User) (options any, memory []byte, err error) {
	h, err := p.holder(ctx, u)
	if err != nil {
		return nil, nil, err
	}
	var known []protocol.CredentialDescriptor
	for _, key := range h.keys {
		known = append(known, key.Descriptor())
	}
	options, session, err := p.ceremonies.BeginRegistration(h,
		webauthn.WithResidentKeyRequirement(protocol.ResidentKeyRequirementRequired), webauthn.WithExclusions(known))
	if err != nil {
		return nil, nil, err
	}
	memory, err = json.Marshal(session)
	return options, memory, err
}

// FinishMaking keeps the passkey that a browser made, under a name. ErrPasskey and
// ErrExpired as FinishUse.
func (p *Passkeys) FinishMaking(ctx context.Context, u User, name string, memory []byte, r *http.Request) error {
	session, err := remembered(memory)
	if err != nil {
		return err
	}
	h, err := p.holder(ctx, u)
	if err != nil {
		return err
	}
	key, err := p.ceremonies.FinishRegistration(h, session, r)
	if err != nil {
		return errors.Join(ErrPasskey, err)
	}
	return p.keep(ctx, u, name, key)
}

// remembered reads what a ceremony had to remember.
func remembered(memory []byte) (session webauthn.SessionData, err error) {
	if json.Unmarshal(memory, &session) != nil {
		return session, store.ErrExpired
	}
	return session, nil
}

// keep keeps a passkey as it now stands, under the name it had if none is given.
func (p *Passkeys) keep(ctx context.Context, u User, name string, key *webauthn.Credential) error {
	b, err := json.Marshal(key)
	if err != nil {
		return err
	}
	if name == "" {
		list, err := Credentials(ctx, p.store, u.ID)
		if err != nil {
			return err
		}
		for _, c := range list {
			if string(c.ID) == string(key.ID) {
				name = c.Name
			}
		}
	}
	return SaveCredential(ctx, p.store, u.ID, key.ID, name, b)
}
