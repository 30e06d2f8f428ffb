// A little help for pages that work without it: parts marked data-live are
// fetched again when something moved, and forms say that they are working.
(function () {
  "use strict";
  var parts = document.querySelectorAll("[data-live]");
  if (parts.length && window.EventSource) {
    var wait = null, missed = false;
    var refresh = function () {
      wait = null;
      if (document.hidden) { missed = true; return; }
      missed = false;
      fetch(location.href, { headers: { "X-Part": "1" }, credentials: "same-origin" }).then(function (r) {
        return r.ok ? r.text() : null;
      }).then(function (text) {
        if (!text) { return; }
        var page = new DOMParser().parseFromString(text, "text/html");
        document.querySelectorAll("[data-live]").forEach(function (old) {
          var fresh = page.getElementById(old.id);
          if (!fresh || fresh.innerHTML === old.innerHTML) { return; }
          if (old.contains(document.activeElement)) { old.dataset.stale = "1"; return; }
          old.replaceChildren.apply(old, Array.prototype.slice.call(fresh.childNodes));
        });
      });
    };
    var events = new EventSource("/events");
    events.onmessage = function () { if (!wait) { wait = setTimeout(refresh, 300); } };
    document.addEventListener("visibilitychange", function () { if (missed) { refresh(); } });
  }
  document.addEventListener("submit", function (e) {
    var button = e.submitter;
    if (button && button.dataset.busy) { button.setAttribute("aria-busy", "true"); button.textContent = button.dataset.busy; }
  });
  // The first time, the time zone is most likely the browser's.
  var zone = document.querySelector('form[action="/welcome"] input[name="timezone"]');
  if (zone && !zone.value) { zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone || ""; }
  // Who else has the thread open: said every twenty seconds, and learnt.
  var look = document.querySelector("[data-look]");
  if (look) {
    var typed = 0;
    document.addEventListener("input", function (e) { if (e.target.hasAttribute("data-typing")) { typed = Date.now(); } });
    setInterval(function () {
      if (document.hidden) { return; }
      fetch("/api/thread/look", {
        method: "POST", credentials: "same-origin", headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ thread: look.dataset.look, typing: Date.now() - typed < 30000 })
      }).then(function (r) { return r.ok ? r.json() : null; }).then(function (v) {
        if (v && look.textContent !== v.says) { look.textContent = v.says; }
      }, function () {});
    }, 20000);
  }
})();
