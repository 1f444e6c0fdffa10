/* The way to the search: the box of the side bar, Ctrl or Command with K, and "/". What searches is loaded
   when it is first asked for, all of it at once. */
"use strict";

(() => {
  const root = new URL(document.documentElement.dataset.content_root, location.href);
  const base = document.currentScript.src;
  let loading;
  const load = () => {
    loading ??= Promise.all([
      ...["dialog", "engine", "words"].map((name) => import(new URL(`search/${name}.js`, base).href)),
      fetch(new URL("hub-search/reader.json", root), { cache: "no-cache" }).catch(() => undefined),
    ]).then(([dialog, , , reader]) => ({ dialog, reader })).catch((error) => { loading = undefined; throw error; });
    return loading;
  };
  const open = async () => {
    const { dialog, reader } = await load();
    return dialog.open(root, takeText, reader);
  };

  const box = document.querySelector("input.sidebar-search");
  const page = document.getElementById("hub-search");
  if (page) load().then(({ dialog, reader }) => dialog.fillPage(root, page, reader));

  /* What is typed while the dialog is loaded still goes into the box. */
  const takeText = () => {
    const text = box?.value ?? "";
    if (box) box.value = "";
    return text;
  };
  let composing = false;
  const openFromBox = () => { if (!composing && box.value) open(); };
  if (box && !page) {
    box.setAttribute("aria-keyshortcuts", "Control+K Meta+K /");
    box.addEventListener("focus", () => load().catch(() => undefined));
    box.addEventListener("compositionstart", () => { composing = true; });
    box.addEventListener("compositionend", () => { composing = false; openFromBox(); });
    box.addEventListener("input", (event) => { if (!event.isComposing) openFromBox(); });
  }
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.defaultPrevented) return;
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    const chord = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
    if (!chord && !(event.key === "/" && !typing && !event.ctrlKey && !event.metaKey)) return;
    event.preventDefault();
    if (page) page.querySelector("input[type=search]").focus();
    else open();
  });
})();
