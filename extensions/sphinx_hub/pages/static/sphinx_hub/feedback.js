/* Copies the address of a section when the link at its heading is followed, by a click or by Enter. Without this
   script, or where the clipboard is denied, the link still leads to its section, whose address is then in the bar. */
"use strict";

(() => {
  const status = document.querySelector(".hub-copied");
  const address = document.querySelector(".hub-print-address");
  const SHOWN = 3000;
  let timer;

  const say = (text) => {
    clearTimeout(timer);
    /* Said anew also where the same was said before. */
    status.textContent = "";
    requestAnimationFrame(() => { status.textContent = text; });
    timer = setTimeout(() => { status.textContent = ""; }, SHOWN);
  };

  const copy = async (event) => {
    const link = event.target.closest("article a.headerlink");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    try {
      await navigator.clipboard.writeText(new URL(link.getAttribute("href"), location.href).href);
      say(status.dataset.copied);
    } catch {
      /* The link works all the same. */
    }
  };

  if (status && navigator.clipboard) {
    for (const link of document.querySelectorAll("article :is(h1, h2, h3, h4, h5, h6) > a.headerlink")) {
      link.title = status.dataset.copy;
      link.setAttribute("aria-label", status.dataset.copy);
    }
    document.addEventListener("click", copy);
  }

  /* Paper says where a page is, also where the site does not know its own address. */
  addEventListener("beforeprint", () => {
    if (address && !address.textContent) address.textContent = location.href.split("#")[0];
  });
})();
