/* Sends the reader to the best language of those that the page lists, unless `?choose` asks to see them. */
"use strict";

/* What the reader chose in the language switcher, as it stored it. */
const CHOICE = "sphinx-hub-language";

/* zh-TW says Traditional, zh-SG Simplified: the browser knows the likely script and region of a tag. */
function subtags(tag) {
  try {
    const { language, script, region } = new Intl.Locale(tag).maximize();
    return { language, script, region };
  } catch {
    return { language: tag.toLowerCase().split("-")[0] };
  }
}

/* The first of the reader's languages that the site has: in the same script, at best of the same region,
   else in any script. Without one, the site's first language. */
function bestLanguage(offered, wanted) {
  for (const wish of wanted.map(subtags)) {
    const closeness = (tag) => {
      const { language, script, region } = subtags(tag);
      if (language !== wish.language) return 0;
      if (script !== wish.script) return 1;
      return region === wish.region ? 3 : 2;
    };
    const [best] = [...offered].sort((one, other) => closeness(other) - closeness(one));
    if (closeness(best) > 0) return best;
  }
  return offered[0];
}

function chosenLanguage(offered) {
  try {
    const choice = localStorage.getItem(CHOICE);
    return offered.includes(choice) ? choice : null;
  } catch {
    return null; /* Storage is denied. */
  }
}

function leave() {
  const links = [...document.querySelectorAll("a[hreflang]")];
  for (const link of links) {
    link.hash = location.hash;
    link.addEventListener("click", () => {
      try {
        localStorage.setItem(CHOICE, link.hreflang);
      } catch {
        /* The link works all the same. */
      }
    });
  }
  if (new URLSearchParams(location.search).has("choose")) return;
  const offered = links.map((link) => link.hreflang);
  const language = chosenLanguage(offered) ?? bestLanguage(offered, navigator.languages);
  location.replace(links[offered.indexOf(language)].href);
}

leave();
