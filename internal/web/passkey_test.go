package web

import (
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"
	"github.com/entregent/entregent/internal/account"
)

// A passkey is made on the account's page and opens the house afterwards, with
// an authenticator of the browser's that knows no person.
func TestComingInByPasskey(t *testing.T) {
	b := newBrowser(t)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	h := newHouse(t, func(c *Config) { c.URL = "http://localhost:" + port })
	server := &httptest.Server{Listener: listener, Config: &http.Server{Handler: h}}
	server.Start()
	t.Cleanup(func() { h.shut(); server.Close() })

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

	ada := h.as(account.Teammate).User
	to, err := h.link(t.Context(), ada, "link", linkLasts, "/account")
	if err != nil {
		t.Fatal(err)
	}
	b.do(chromedp.Navigate(withLang(to, "en")))
	b.click(`form[action="/link"] button`, "/account")
	b.fill("#f-passkey", "desk")
	b.click("#passkey-add", "/account")
	if got := b.text("main"); !strings.Contains(got, "desk") {
		t.Fatalf("no passkey on the page: %s", got)
	}
	b.click(`form[action="/signout"] button`, "/signin")
	b.click("#passkey", "/inbox")
	b.do(chromedp.Navigate(h.URL + "/account"))
	b.click(`form[action="/account/passkey/remove"] button`, "/account")
	b.click(`form[action="/signout"] button`, "/signin")
	b.do(chromedp.Click("#passkey")) // the key is still in the device; the house forgot it
	if got := b.soon("#passkey-said", ""); !strings.Contains(got, "not taken") {
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
	h := newHouse(t)
	v := h.stranger()
	v.postJSON("/passkey/finish", map[string]any{}).wants(http.StatusGone)
	v.postJSON("/passkey/begin", map[string]any{}).wants(http.StatusOK).has(`"challenge"`)
	v.postJSON("/passkey/finish", map[string]any{"id": "AA", "rawId": "AA", "type": "public-key", "response": map[string]any{}}).wants(http.StatusBadRequest)
	v.postJSON("/passkey/finish", map[string]any{}).wants(http.StatusGone) // it was spent
	ada, bo := h.as(account.Reader), h.as(account.Reader)
	if err := account.SaveCredential(t.Context(), h.Store, ada.User.ID, []byte{0, 0, 1}, "desk", []byte("{}")); err != nil {
		t.Fatal(err)
	}
	bo.tryPost("/account/passkey/remove", "id", "AAAB").wants(http.StatusNotFound)
	ada.submit(ada.get("/account").has("desk"), "/account/passkey/remove").has("The passkey is removed.").lacks("desk")
	ada.tryPost("/account/passkey/remove", "id", "AAAB").wants(http.StatusNotFound)

	for at, there := range map[string]bool{"https://house.example": true, "http://localhost:8080": true, "http://house.example": false, "https://192.0.2.1": false, "": false} {
		keys, err := newPasskeys(at)
		if err != nil || (keys != nil) != there {
			t.Errorf("passkeys at %q: %v, %v", at, keys != nil, err)
		}
	}
	plain := newHouse(t, func(c *Config) { c.URL = "http://192.0.2.1:8080" }).stranger()
	plain.get("/signin").lacks("passkey")
	plain.postJSON("/passkey/begin", map[string]any{}).wants(http.StatusNotFound)
}
