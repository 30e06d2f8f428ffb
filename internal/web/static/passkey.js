// Passkeys: asks the browser for a key, and gives its answer to the house. Pages
// without it have the link by mail.
(function () {
  "use strict";
  if (!window.PublicKeyCredential) { return; }
  var said = document.getElementById("passkey-said");

  function bytes(text) {
    var plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (c) { return c.charCodeAt(0); });
  }
  function letters(buffer) {
    return btoa(String.fromCharCode.apply(null, new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }
  function ask(to, body) {
    return fetch(to, { method: "POST", credentials: "same-origin", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body || {}) })
      .then(function (r) { return r.json().then(function (v) { if (!r.ok) { throw new Error(v.detail || v.title); } return v; }); });
  }
  function ids(list) { (list || []).forEach(function (c) { c.id = bytes(c.id); }); }
  // told turns the browser's answer into what the house reads.
  function told(key) {
    var r = key.response, out = { clientDataJSON: letters(r.clientDataJSON) };
    ["attestationObject", "authenticatorData", "signature", "userHandle"].forEach(function (name) {
      if (r[name]) { out[name] = letters(r[name]); }
    });
    if (r.getTransports) { out.transports = r.getTransports(); }
    return { id: key.id, rawId: letters(key.rawId), type: key.type, response: out, clientExtensionResults: key.getClientExtensionResults() };
  }
  function refused(e) {
    said.textContent = e && e.name === "NotAllowedError" ? said.dataset.refused : (e && e.message) || said.dataset.refused;
  }

  var enter = document.getElementById("passkey");
  if (enter) {
    enter.hidden = false;
    enter.addEventListener("click", function () {
      ask("/passkey/begin").then(function (o) {
        o.publicKey.challenge = bytes(o.publicKey.challenge);
        ids(o.publicKey.allowCredentials);
        return navigator.credentials.get({ publicKey: o.publicKey });
      }).then(function (key) {
        return ask("/passkey/finish?next=" + encodeURIComponent(enter.dataset.next), told(key));
      }).then(function (done) { location.assign(done.location); }).catch(refused);
    });
  }

  var add = document.getElementById("passkey-add");
  if (add) {
    document.getElementById("passkey-new").hidden = false;
    add.addEventListener("click", function () {
      ask("/account/passkey/begin").then(function (o) {
        o.publicKey.challenge = bytes(o.publicKey.challenge);
        o.publicKey.user.id = bytes(o.publicKey.user.id);
        ids(o.publicKey.excludeCredentials);
        return navigator.credentials.create({ publicKey: o.publicKey });
      }).then(function (key) {
        return ask("/account/passkey/finish?name=" + encodeURIComponent(document.getElementById("f-passkey").value), told(key));
      }).then(function (done) { location.assign(done.location); }).catch(refused);
    });
  }
})();
