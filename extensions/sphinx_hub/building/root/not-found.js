/* Hosts with one such page for the whole site show this one: it leads to that of the language in the address.
   Where the address has no language, the links are made to hold, wherever the site stands. */
"use strict";

const links = [...document.querySelectorAll("a[hreflang]")];

function leave() {
  const path = location.pathname;
  const found = links
    .map((link) => `/${link.getAttribute("href").split("/")[0]}/`)
    .map((folder) => ({ folder, at: path.indexOf(folder) }))
    .filter(({ at }) => at >= 0)
    .sort((one, other) => one.at - other.at);
  /* Where that of the language is not there either, it would lead here for ever. */
  if (!found.length || path.endsWith("/404.html")) return false;
  const [{ folder, at }] = found;
  const from = encodeURIComponent(path + location.search);
  location.replace(`${path.slice(0, at)}${folder}404.html?from=${from}${location.hash}`);
  return true;
}

/* The first folder of the address, from its end on, in which the languages stand. */
async function findRoot() {
  const parts = location.pathname.split("/");
  const home = links[0].getAttribute("href");
  for (let end = parts.length - 1; end > 0; end -= 1) {
    const folder = `${parts.slice(0, end).join("/")}/`;
    const { ok } = await fetch(location.origin + folder + home, { method: "HEAD" });
    if (ok) {
      document.querySelector("base").setAttribute("href", folder);
      return;
    }
  }
}

if (!leave()) findRoot();
