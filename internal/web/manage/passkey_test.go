package manage_test

import (
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"
	"github.com/entregent/entregent/internal/account"
	"github.com/entregent/entregent/internal/web"
	"github.com/entregent/entregent/internal/web/webtest"
)

// A passkey is made on the account's page and opens the house afterwards, with
// an authenticator of the browser's that knows no person.
func TestComingInByPasskey(t *testing.T) {
	b := webtest.NewBrowser(t)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	h := webtest.New(t, func(c *web.Config) { c.URL = "http://localhost:" + port })
	server := &httptest.Server{Listener: listener, Config: &http.Server{Handler: h}}
	server.Start()
	t.Cleanup(func() { h.Shut(); server.Close() })

	off := false
	if _, err := chromedp.Call(b.Context, webauthn.Enable, webauthn.EnableParams{EnableUI: &off}); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(b.Context, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{Options: &webauthn.VirtualAuthenticatorOptions{
		Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal,
		HasResidentKey: true, HasUserVerification: true, IsUserVerified: true, AutomaticPresenceSimulation: true,
	}}); err != nil {
		t.Fatal(err)
	}

	ada := h.As(account.Teammate).User
	to := h.LinkFor(ada, "/account")
	b.Do(chromedp.Navigate(webtest.WithLang(to, "en")))
	b.Click(`form[action="/link"] button`, "/account")
	b.Fill("#f-passkey", "desk")
	b.Click("#passkey-add", "/account")
	if got := b.Text("main"); !strings.Contains(got, "desk") {
		t.Fatalf("no passkey on the page: %s", got)
	}
	b.Click(`form[action="/signout"] button`, "/signin")
	b.Click("#passkey", "/inbox")
	b.Do(chromedp.Navigate(h.URL + "/account"))
	b.Click(`form[action="/account/passkey/remove"] button`, "/account")
	b.Click(`form[action="/signout"] button`, "/signin")
	b.Do(chromedp.Click("#passkey")) // the key is still in the device; the house forgot it
	if got := b.Soon("#passkey-said", ""); !strings.Contains(got, "not taken") {
		t.Errorf("a removed passkey: %q", got)
	}
	acts, err := account.Acts(t.Context(), h.Store, 0, 10)
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, a := range acts {
		told = append(told, a.Action)
	}
	if got := strings.Join(told, " "); got != "passkey.remove signin.passkey passkey.new signin.link" {
		t.Errorf("the audit log tells %s", got)
	}
}

// A ceremony that nobody began, or that another one's answer ends, opens nothing.
func TestPasskeysThatAreNone(t *testing.T) {
	h := webtest.New(t)
	v := h.Stranger()
	v.PostJSON("/passkey/finish", map[string]any{}).Wants(http.StatusGone)
	v.PostJSON("/passkey/begin", map[string]any{}).Wants(http.StatusOK).Has(`"challenge"`)
	v.PostJSON("/passkey/finish", map[string]any{"id": "AA", "rawId": "AA", "type": "public-key", "response": map[string]any{}}).Wants(http.StatusBadRequest)
	v.PostJSON("/passkey/finish", map[string]any{}).Wants(http.StatusGone) // it was spent
	ada, bo := h.As(account.Reader), h.As(account.Reader)
	if err := account.SaveCredential(t.Context(), h.Store, ada.User.ID, []byte{0, 0, 1}, "desk", []byte("{}")); err != nil {
		t.Fatal(err)
	}
	bo.TryPost("/account/passkey/remove", "id", "AAAB").Wants(http.StatusNotFound)
	ada.Submit(ada.Get("/account").Has("desk"), "/account/passkey/remove").Has("The passkey is removed.").Lacks("desk")
	ada.TryPost("/account/passkey/remove", "id", "AAAB").Wants(http.StatusNotFound)

	for at, there := range map[string]bool{"https://house.example": true, "http://localhost:8080": true, "http://house.example": false, "https://192.0.2.1": false, "": false} {
		keys, err := account.NewPasskeys(at, nil)
		if err != nil || (keys != nil) != there {
			t.Errorf("passkeys at %q: %v, %v", at, keys != nil, err)
		}
	}
	plain := webtest.New(t, func(c *web.Config) { c.URL = "http://192.0.2.1:8080" }).Stranger()
	plain.Get("/signin").Lacks("passkey")
	plain.PostJSON("/passkey/begin", map[string]any{}).Wants(http.StatusNotFound)
}
