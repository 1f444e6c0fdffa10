/* The language switcher's comfort: without this script its links still lead to the same page. */
"use strict";

(() => {
  /* The page at the root of the site reads it too. */
  const CHOICE = "sphinx-hub-language";
  const links = () => document.querySelectorAll("a[data-language-path]");
  const menus = () => document.querySelectorAll("details.language-menu[open]");

  const keepFragment = () => {
    for (const link of links()) link.hash = location.hash;
  };

  const remember = (event) => {
    const link = event.target.closest("a[data-language-path]");
    if (!link) return;
    try {
      localStorage.setItem(CHOICE, link.hreflang);
    } catch {
      /* Storage is denied: the link works all the same. */
    }
  };

  const closeOutside = (event) => {
    for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
  };

  const closeByKey = (event) => {
    if (event.key !== "Escape") return;
    for (const menu of menus()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  };

  /* Read the Docs knows where it serves each translation: take the host and the folder of the language
     from it, the version and the page from the link. https://docs.readthedocs.com/platform/stable/addons.html */
  const followReadTheDocs = (event) => {
    const translations = event.detail.data().projects?.translations ?? [];
    for (const { language, urls } of translations) {
      const path = language.code.toLowerCase().replaceAll("_", "-");
      const root = urls.documentation.replace(/[^/]+\/$/, "");
      for (const link of links()) {
        const start = link.pathname.indexOf(`/${path}/`);
        if (link.dataset.languagePath !== path || link.hasAttribute("aria-current") || start < 0) continue;
        link.href = root + link.pathname.slice(start + path.length + 2) + link.hash;
      }
    }
  };

  keepFragment();
  addEventListener("hashchange", keepFragment);
  document.addEventListener("click", remember);
  document.addEventListener("auxclick", remember);
  document.addEventListener("click", closeOutside);
  document.addEventListener("keydown", closeByKey);
  document.addEventListener("readthedocs-addons-data-ready", followReadTheDocs);
})();
