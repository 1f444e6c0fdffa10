// Loads the page again when it has changed, where it was scrolled to, and says what is wrong.
(() => {
  "use strict";

  const shown = document.currentScript.dataset.page;
  const own = new URL(".", document.currentScript.src);
  const place = `sphinx-hub-preview:${location.pathname}`;
  const scrolled = () => [document.documentElement, ...document.querySelectorAll(".sidebar-scroll, .toc-scroll")];

  function keepScroll() {
    sessionStorage.setItem(place, JSON.stringify(scrolled().map((box) => [box.scrollLeft, box.scrollTop])));
  }

  function restoreScroll() {
    const kept = JSON.parse(sessionStorage.getItem(place) || "[]");
    scrolled().forEach((box, number) => {
      if (kept[number]) box.scrollTo({ left: kept[number][0], top: kept[number][1], behavior: "instant" });
    });
  }

  function renewStyles() {
    for (const link of document.querySelectorAll('link[rel="stylesheet"]')) {
      const address = new URL(link.href);
      if (address.origin !== location.origin) continue;
      address.searchParams.set("preview", Date.now());
      const next = link.cloneNode();
      next.href = address;
      // The old one stays until the new one is there: the page never shows without.
      next.addEventListener("load", () => link.remove());
      link.after(next);
    }
  }

  function showTroubles(troubles) {
    document.getElementById("sphinx-hub-preview")?.remove();
    if (!troubles.length) return;
    const host = document.createElement("div");
    host.id = "sphinx-hub-preview";
    const box = host.attachShadow({ mode: "open" });
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = new URL("preview.css", own);
    const panel = document.createElement("section");
    panel.setAttribute("role", "alert");
    const list = document.createElement("ul");
    for (const { place, message } of troubles) {
      const item = document.createElement("li");
      const where = document.createElement("code");
      where.textContent = place;
      const what = document.createElement("span");
      what.textContent = message;
      item.append(...(place ? [where, " "] : []), what);
      list.append(item);
    }
    const hide = document.createElement("button");
    hide.type = "button";
    hide.textContent = "×";
    hide.setAttribute("aria-label", "Hide");
    hide.addEventListener("click", () => host.remove());
    panel.append(hide, list);
    box.append(style, panel);
    document.body.append(host);
  }

  let events = null;

  function listen() {
    const address = new URL("events", own);
    address.searchParams.set("path", location.pathname);
    address.searchParams.set("page", shown);
    events = new EventSource(address);
    events.addEventListener("reload", () => {
      keepScroll();
      location.reload();
    });
    events.addEventListener("styles", renewStyles);
    events.addEventListener("troubles", (event) => showTroubles(JSON.parse(event.data)));
  }

  // A browser opens few connections to one server: tabs that nobody sees need none.
  function follow() {
    if (document.hidden) {
      events?.close();
      events = null;
    } else if (!events) {
      listen();
    }
  }

  if (sessionStorage.getItem(place)) {
    restoreScroll();
    addEventListener("load", () => {
      restoreScroll();
      sessionStorage.removeItem(place);
    });
  }
  document.addEventListener("visibilitychange", follow);
  addEventListener("pagehide", () => events?.close());
  addEventListener("pageshow", (event) => {
    if (event.persisted) {
      events = null;
      follow();
    }
  });
  follow();
})();
