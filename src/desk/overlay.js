// Reloads a previewed page when the site was made anew, and lays what `check` found over it. Only text, never markup.
(function () {
  "use strict";
  var made = document.currentScript.getAttribute("data-made");
  var events = null;

  function fresh(event) {
    if (event.data !== made) location.reload();
  }
  // A page nobody looks at holds no connection: a browser has only six for all its tabs. `EventSource` itself comes
  // back after the program was started again, and the first event then says that the page is old.
  function listen() {
    if (document.hidden) {
      if (events) events.close();
      events = null;
    } else if (!events || events.readyState === 2) {
      events = new EventSource("/.dautich/events");
      events.addEventListener("here", fresh);
      events.addEventListener("reload", fresh);
      events.onerror = function () {
        if (events && events.readyState === 2) setTimeout(listen, 1000);
      };
    }
  }
  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", function () {
    if (events) events.close();
    events = null;
  });
  addEventListener("pageshow", listen);
  listen();

  function put(parent, tag, className, text) {
    var made = document.createElement(tag);
    if (className) made.className = className;
    if (text) made.textContent = text;
    parent.appendChild(made);
    return made;
  }
  function one(list, finding, lang, words) {
    var item = put(list, "li", finding.severity || "error");
    var head = put(item, "p", "what");
    var code = finding.code ? "[" + finding.code + "]" : "";
    put(head, "b", "", (words[finding.severity] || words.error) + code + ": ");
    head.appendChild(document.createTextNode(finding.message[lang]));
    var place = finding.file || "";
    if (place && finding.line) place += ":" + finding.line + ":" + finding.column;
    if (place) put(item, "p", "where", place);
    if (finding.help[lang]) put(item, "p", "help", words.help + ": " + finding.help[lang]);
  }
  function recall() {
    try { return sessionStorage.getItem("dautich.folded"); } catch (e) { return null; }
  }
  function keep(folded) {
    try { sessionStorage.setItem("dautich.folded", folded); } catch (e) { /* the choice is lost, nothing else */ }
  }
  function lay(state) {
    var lang = state.lang === "en" ? "en" : "vi";
    var words = lang === "en"
      ? { error: "error", warning: "warning", "break": "blocked", help: "help", title: "Dấu Tích",
          count: state.errors + (state.errors === 1 ? " error, " : " errors, ") +
            state.warnings + (state.warnings === 1 ? " warning" : " warnings"),
          more: " more: see the terminal, or run `dautich check`" }
      : { error: "lỗi", warning: "cảnh báo", "break": "chặn", help: "cách sửa", title: "Dấu Tích",
          count: state.errors + " lỗi, " + state.warnings + " cảnh báo",
          more: " mục nữa: xem ở cửa sổ lệnh, hoặc chạy `dautich check`" };
    var shown = state.diagnostics.slice();
    if (state.failure) shown.unshift(state.failure);
    if (!shown.length) return;
    var host = document.createElement("dautich-preview");
    host.lang = lang;
    var root = host.attachShadow({ mode: "open" });
    var style = put(root, "link");
    style.rel = "stylesheet";
    style.href = "/.dautich/preview.css";
    var box = put(root, "details", state.errors || state.failure ? "bad" : "mild");
    var choice = recall();
    // Errors open by themselves; warnings wait until they are asked for.
    box.open = choice === null ? state.errors > 0 || !!state.failure : choice === "no";
    put(box, "summary", "", words.title + ": " + words.count);
    var list = put(box, "ul");
    shown.forEach(function (finding) { one(list, finding, lang, words); });
    var left = state.errors + state.warnings - state.diagnostics.length;
    if (left > 0) put(list, "li", "", "+ " + left + words.more);
    box.querySelector("summary").addEventListener("click", function () { keep(box.open ? "yes" : "no"); });
    document.body.appendChild(host);
  }
  fetch("/.dautich/findings.json").then(function (reply) { return reply.json(); }).then(lay).catch(function () {});
})();
