/* The dialog of the search, and the page search.html, which shows the same results. */

import { openEngine } from "./engine.js";

const RECENT = "hub-search-recent";
/* How many pages are shown at first: a browser asks a server of old for six files at a time. */
const SHOWN = { dialog: 6, page: 10 };
/* Of results, as many as may take the place of pages that have a part of the query. */
const FEWEST = 4;
let opening;
let dialog;

const engineOf = (root, reader) => {
  /* After a failure the next one may try again. */
  opening ??= openEngine(root, reader).catch((error) => { opening = undefined; throw error; });
  return opening;
};

function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

const marked = (runs) => runs.map(({ text, hit }) => (hit ? make("mark", {}, text) : text));

/* Storage may be shut off, and may hold anything. */
function recent() {
  try {
    const found = JSON.parse(localStorage.getItem(RECENT) ?? "[]");
    return Array.isArray(found) ? found.filter((each) => typeof each === "string").slice(0, 5) : [];
  } catch {
    return [];
  }
}

function remember(query) {
  try {
    if (query) localStorage.setItem(RECENT, JSON.stringify([query, ...recent().filter((each) => each !== query)].slice(0, 5)));
    else localStorage.removeItem(RECENT);
  } catch { /* nothing is remembered then */ }
}

/** Results of one box: searches while the reader types, and shows what is found last. */
class Results {
  constructor(root, engine, input, { pageLink, status = make("p", { role: "status", class: "hub-search-status" }) }) {
    Object.assign(this, { root, engine, input, pageLink, status });
    this.texts = engine.reader.texts;
    this.shown = pageLink ? SHOWN.dialog : SHOWN.page;
    this.list = make("div", { class: "hub-search-results" });
    this.turn = 0;
    let waiting;
    let composing = false;
    const later = () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => this.show(input.value), 25);
    };
    input.addEventListener("compositionstart", () => { composing = true; clearTimeout(waiting); });
    input.addEventListener("compositionend", () => { composing = false; later(); });
    input.addEventListener("input", (event) => { if (!composing && !event.isComposing) later(); });
  }

  async show(text) {
    const turn = ++this.turn;
    const query = text.trim();
    this.changed?.(query);
    if (!query) {
      this.status.textContent = this.texts.hint;
      this.list.replaceChildren(...this.#recent());
      return;
    }
    /* The end of the text tells whether its last word is whole. */
    const { results, related, near, loaded } = await this.#find(text.trimStart()).catch(async () => {
      /* The site may have been built anew since its index was opened. */
      opening = undefined;
      this.engine = await engineOf(this.root);
      return this.#find(text.trimStart());
    });
    if (turn !== this.turn) return;
    const groups = [];
    const count = results.length;
    const first = loaded.slice(0, Math.min(this.shown, count));
    if (count) groups.push(this.#pages(first, results.slice(this.shown)));
    if (near.length) {
      const list = this.#pages(loaded.slice(first.length), related.slice(near.length));
      groups.push(make("h2", { class: "hub-search-part" }, this.texts.related), list);
    }
    this.status.textContent = count || near.length
      ? this.texts.count.replace("{count}", count)
      : this.texts.none.replace("{query}", query);
    groups.push(this.#onwards(query, count));
    this.list.replaceChildren(...groups);
    this.list.scrollTop = 0;
    this.query = query;
  }

  /* What is found, and of the first of it what is shown. */
  async #find(query) {
    const { results, related } = await this.engine.search(query);
    const near = related.slice(0, this.shown - Math.min(results.length, FEWEST));
    const loaded = await Promise.all([...results.slice(0, this.shown), ...near].map((each) => each.load()));
    return { results, related, near, loaded };
  }

  #pages(pages, rest) {
    const list = make("ol", { class: "hub-search-pages" }, ...pages.map((page) => this.#page(page)));
    if (!rest.length) return list;
    const more = make("button", { type: "button", class: "hub-search-more" }, this.texts.more);
    more.addEventListener("click", async () => {
      const next = await Promise.all(rest.splice(0, this.shown).map((each) => each.load()));
      const items = next.map((page) => this.#page(page));
      list.append(...items);
      if (!rest.length) more.remove();
      items[0]?.querySelector("a").focus();
    });
    return make("div", {}, list, more);
  }

  #page({ title, address, sections }) {
    const item = make("li", {}, make("a", { href: address, class: "hub-search-title" }, ...marked(title)));
    for (const section of sections) {
      const text = make("span", { class: "hub-search-text" }, ...marked(section.runs));
      const link = make("a", { href: section.address, class: "hub-search-section" });
      if (section.heading) link.append(make("span", { class: "hub-search-heading" }, section.heading));
      link.append(text);
      item.append(link);
    }
    return item;
  }

  #onwards(query, count) {
    const links = make("p", { class: "hub-search-onwards" });
    const address = (href) => Object.assign(new URL(href, this.root), { search: `?q=${encodeURIComponent(query)}` }).href;
    if (this.pageLink && count) links.append(make("a", { href: address("search.html") }, this.texts.all));
    if (count < 3) {
      for (const { name, lang, href } of this.engine.reader.others) {
        const [before, after = ""] = this.texts.elsewhere.split("{language}");
        links.append(make("a", { href: address(href), hreflang: lang }, before, make("span", { lang }, name), after));
      }
    }
    return links;
  }

  #recent() {
    const queries = recent();
    if (!queries.length) return [];
    const list = make("ul", { class: "hub-search-recent" }, ...queries.map((query) => {
      const button = make("button", { type: "button" }, query);
      button.addEventListener("click", () => { this.input.value = query; this.input.focus(); this.show(query); });
      return make("li", {}, button);
    }));
    const clear = make("button", { type: "button", class: "hub-search-more" }, this.texts.forget);
    clear.addEventListener("click", () => { remember(""); this.input.focus(); this.show(""); });
    return [make("h2", { class: "hub-search-part" }, this.texts.recent), list, clear];
  }
}

/* Up and down go through what can be followed, from the box and back to it. */
function walk(event, input, list) {
  if (event.isComposing || event.keyCode === 229) return;
  const places = [input, ...list.querySelectorAll("a, button")];
  const at = places.indexOf(document.activeElement);
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const next = places[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (at < 0 || !next) return;
    event.preventDefault();
    next.focus();
  } else if (event.key === "Enter" && event.target === input) {
    event.preventDefault();
    list.querySelector("a")?.click();
  }
}

function addStyle() {
  const href = new URL("search.css", import.meta.url).href;
  if (document.querySelector(`link[href="${href}"]`)) return Promise.resolve();
  const link = make("link", { rel: "stylesheet", href });
  const loaded = new Promise((done) => { link.onload = done; link.onerror = done; });
  document.head.append(link);
  return loaded;
}

/** Opens the dialog with what `takeText` gives in its box. */
export async function open(root, takeText, reader) {
  await addStyle();
  dialog ??= makeDialog(root, reader);
  const { element, input, ready } = dialog;
  if (element.open) return;
  input.value = takeText();
  element.showModal();
  input.focus();
  const results = await ready;
  results?.show(input.value);
}

function makeDialog(root, reader) {
  const name = document.querySelector("input.sidebar-search")?.getAttribute("aria-label") ?? "";
  const input = make("input", {
    type: "search", autocomplete: "off", autocapitalize: "off", spellcheck: "false", "aria-label": name, placeholder: name,
    enterkeyhint: "search",
  });
  const shut = make("button", { type: "button", class: "hub-search-close" }, "×");
  const element = make("dialog", { class: "hub-search-dialog", "aria-label": name },
    make("div", { class: "hub-search-top" }, input, shut));
  shut.addEventListener("click", () => element.close());
  element.addEventListener("click", (event) => { if (event.target === element) element.close(); });
  /* Escape in a box of this type would clear it first. What an input method composes it ends, and no more. */
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    element.close();
  });
  document.body.append(element);
  const waiting = make("p", { class: "hub-search-status" }, "…");
  element.append(waiting);
  const ready = engineOf(root, reader).then((engine) => {
    const results = new Results(root, engine, input, { pageLink: true });
    shut.setAttribute("aria-label", engine.reader.texts.close);
    waiting.replaceWith(results.status, results.list);
    element.addEventListener("keydown", (event) => walk(event, input, results.list));
    results.list.addEventListener("click", (event) => {
      if (!event.target.closest("a")) return;
      remember(results.query);
      /* A link to the page that is open would leave the dialog over it. */
      element.close();
    });
    return results;
  }).catch((error) => {
    console.error(error);
    /* The page of the search has another way. */
    location.assign(Object.assign(new URL("search.html", root), { search: `?q=${encodeURIComponent(input.value)}` }));
  });
  return { element, input, ready };
}

/** Fills the page search.html; where the index cannot be loaded, Sphinx's own search answers. */
export async function fillPage(root, place, reader) {
  const input = place.querySelector("input[type=search]");
  /* What was typed while this was loaded stays. */
  input.value ||= new URLSearchParams(location.search).get("q") ?? "";
  await addStyle();
  let engine;
  try {
    engine = await engineOf(root, reader);
  } catch (error) {
    console.error(error);
    for (const part of place.querySelectorAll(".hub-search-index, .hub-search-status")) part.hidden = true;
    for (const src of place.dataset.fallback.split("|")) {
      const script = make("script", { src });
      script.async = false;
      document.body.append(script);
    }
    return;
  }
  const results = new Results(root, engine, input, { pageLink: false, status: place.querySelector(".hub-search-status") });
  const index = place.querySelector(".hub-search-index");
  results.changed = (text) => {
    index.hidden = text !== "";
    const url = new URL(location.href);
    url.search = text ? `?q=${encodeURIComponent(text)}` : "";
    if (url.href !== location.href) history.replaceState(history.state, "", url);
  };
  index.before(results.list);
  place.addEventListener("keydown", (event) => walk(event, input, results.list));
  place.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
  results.list.addEventListener("click", (event) => { if (event.target.closest("a")) remember(results.query); });
  await results.show(input.value ? `${input.value} ` : "");
  input.focus();
}
