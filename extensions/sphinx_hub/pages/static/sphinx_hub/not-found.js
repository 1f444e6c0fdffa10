/* The page of an address that has none: which other languages have a page there. */
"use strict";

(() => {
  const root = new URL(document.documentElement.dataset.content_root, location.href);
  /* The page at the root of the site leads here, and hands over what was asked for. */
  const from = new URLSearchParams(location.search).get("from");
  if (from?.startsWith(root.pathname)) history.replaceState(null, "", `${from}${location.hash}`);

  /* `base` is for all addresses, and a bare fragment is one too. */
  for (const link of document.querySelectorAll('a[href^="#"]')) {
    link.href = location.pathname + location.search + link.getAttribute("href");
    link.hidden = false;
  }

  const path = location.pathname;
  if (!path.startsWith(root.pathname) || path === `${root.pathname}404.html`) return;
  /* Put behind the folder of the other language, so that whatever it is, it is of this host. */
  const wanted = path.slice(root.pathname.length) + location.search + location.hash;
  const note = document.getElementById("hub-elsewhere");
  const homes = document.querySelectorAll(".hub-homes a[data-language-path]");
  const look = async (home) => {
    const address = new URL(".", home.href).href + wanted;
    const answer = await fetch(address, { method: "HEAD" });
    if (!answer.ok) return undefined;
    const link = home.cloneNode(true);
    link.href = address;
    return link;
  };
  Promise.allSettled([...homes].map(look)).then((found) => {
    const links = found.map(({ value }) => value).filter(Boolean);
    if (!links.length) return;
    note.querySelector("span").replaceChildren(...links.flatMap((link, at) => (at ? [" · ", link] : [link])));
    note.hidden = false;
    for (const link of links) {
      for (const other of document.querySelectorAll(`.language-links a[data-language-path="${link.dataset.languagePath}"]`)) {
        other.href = link.href;
      }
    }
  });
})();
