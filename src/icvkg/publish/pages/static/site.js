// Suggestions under every search field; without this file the fields are plain forms.
"use strict";
(() => {
  const root = document.body.dataset.root, pages = document.body.dataset.pages;
  const chinese = document.documentElement.lang.startsWith("zh");
  let index = null;
  const load = () => (index ??= fetch(root + "names.json").then((answer) => answer.json()).catch(() => []));
  const fold = (text) => text.normalize("NFKC").toLowerCase().replace(/[\s\p{P}]+/gu, "");
  const rank = (entry, wanted) => {
    let best = 9;
    for (const name of entry.keys) {
      const at = name.indexOf(wanted);
      if (at >= 0) best = Math.min(best, name === wanted ? 0 : at === 0 ? 1 : 2);
    }
    return best;
  };
  const find = async (text, limit) => {
    const wanted = fold(text);
    if (!wanted) return [];
    const rated = (await load()).map((entry) => [rank(entry, wanted), entry]).filter((pair) => pair[0] < 9);
    rated.sort((a, b) => a[0] - b[0] || a[1].keys[0].length - b[1].keys[0].length);
    return rated.slice(0, limit).map((pair) => pair[1]);
  };
  const address = (entry) => pages + "doc/" + entry.path.split("/").map(encodeURIComponent).join("/") + ".html";
  const shown = (entry) => (chinese ? entry.zh || entry.en : entry.en || entry.zh);
  const other = (entry) => (chinese ? entry.en : entry.zh);

  document.querySelectorAll('input[name="q"]').forEach((field, number) => {
    const list = document.createElement("ul");
    list.className = "suggestions";
    list.id = "suggestions-" + number;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", field.placeholder || field.labels[0]?.textContent || "");
    list.hidden = true;
    field.after(list);
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-controls", list.id);
    field.setAttribute("aria-expanded", "false");
    field.setAttribute("aria-autocomplete", "list");
    let at = -1, found = [], asked = 0;
    const close = () => { list.hidden = true; at = -1; field.setAttribute("aria-expanded", "false"); field.removeAttribute("aria-activedescendant"); };
    const mark = () => [...list.children].forEach((item, place) => {
      item.setAttribute("aria-selected", String(place === at));
      if (place === at) field.setAttribute("aria-activedescendant", item.id);
    });
    const draw = () => {
      list.replaceChildren(...found.map((entry, place) => {
        const item = document.createElement("li"), small = document.createElement("small");
        item.id = list.id + "-" + place;
        item.setAttribute("role", "option");
        item.append(shown(entry));
        small.textContent = other(entry) || "";
        item.append(small);
        item.addEventListener("mousedown", (event) => { event.preventDefault(); location.href = address(entry); });
        return item;
      }));
      list.hidden = !found.length;
      at = -1;
      field.setAttribute("aria-expanded", String(!list.hidden));
      mark();
    };
    field.addEventListener("focus", load, { once: true });
    field.addEventListener("blur", close);
    field.addEventListener("input", async () => {
      const mine = ++asked, hits = await find(field.value, 8);
      if (mine === asked) { found = hits; draw(); }
    });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Escape") close();
      else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !list.hidden) {
        event.preventDefault();
        at = (at + (event.key === "ArrowDown" ? 1 : -1) + found.length) % found.length;
        mark();
      } else if (event.key === "Enter" && at >= 0) { event.preventDefault(); location.href = address(found[at]); }
    });
  });

  // A site made of files cannot answer the search form: the page answers it itself.
  const hits = document.getElementById("hits"), text = new URLSearchParams(location.search).get("q");
  if (hits && text && !hits.querySelector(".lines")) {
    document.getElementById("q").value = text;
    find(text, 40).then((found) => {
      const list = document.createElement("ul");
      list.className = "lines";
      for (const entry of found) {
        const item = document.createElement("li"), link = document.createElement("a");
        link.href = address(entry);
        link.textContent = shown(entry);
        item.append(link);
        list.append(item);
      }
      const none = document.createElement("p");
      none.textContent = hits.dataset.none;
      hits.replaceChildren(found.length ? list : none);
    });
  }
})();
