// The query editor: YASGUI over our endpoint, with our prefixes and terms; nothing is asked of any other host.
"use strict";
(async () => {
  const place = document.getElementById("editor"), plain = document.getElementById("plain");
  const words = await (await fetch(place.dataset.words)).json();
  const Yasgui = window.Yasgui, Yasqe = Yasgui.Yasqe;
  const name = new URLSearchParams(location.search).get("name");
  let text = document.getElementById("query").value;
  if (name && /^[a-z0-9-]+$/.test(name)) {
    const answer = await fetch(place.dataset.queries + name + ".rq");
    if (answer.ok) text = (await answer.text()).replace(/^#\+.*\n/gm, "");
  }
  Yasqe.defaults.value = text;
  Yasqe.defaults.persistenceId = null;
  Yasqe.defaults.autocompleters = [];
  Yasqe.defaults.prefixCcApi = "";
  const complete = (kind, terms, fits) => {
    Yasqe.registerAutocompleter({
      name: kind, bulk: true, autoShow: false, get: () => terms,
      isValidCompletionPosition: (editor) => fits(editor.getCompleteToken(), editor),
      preProcessToken: (editor, token) => Yasqe.Autocompleters ? token : token,
      postProcessSuggestion: (editor, token, suggestion) => suggestion,
    }, true);
  };
  complete("icv", words.terms, (token) => /^[A-Za-z][\w-]*:?/.test(token.string) || token.string.trim() === "");
  // What the editor leaves unnamed; it makes its parts anew, so each change is looked at.
  const nameParts = () => {
    const parts = { ".CodeMirror textarea": place.dataset.query, ".tableSizer": place.dataset.size };
    for (const [selector, label] of Object.entries(parts))
      place.querySelectorAll(selector + ":not([aria-label])").forEach((part) => part.setAttribute("aria-label", label));
    place.querySelectorAll(".tabsList .addTab:not([role])").forEach((part) => {
      part.setAttribute("role", "tab");
      part.setAttribute("aria-selected", "false");
    });
  };
  new MutationObserver(nameParts).observe(place, { childList: true, subtree: true });
  const gui = new Yasgui(place, {
    requestConfig: { endpoint: new URL(place.dataset.endpoint, location.href).href, method: "GET" },
    copyEndpointOnNewTab: true, persistenceId: null, endpointCatalogueOptions: { getData: () => [] },
  });
  const yasqe = gui.getTab().getYasqe();
  yasqe.setValue(text);
  yasqe.addPrefixes && yasqe.addPrefixes({});
  plain.hidden = true;
})();
