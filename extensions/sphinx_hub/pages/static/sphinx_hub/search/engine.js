/* Searches in Pagefind's index, and ranks what it finds. search_index.py says how a page lies in it. */

import { isUnspaced, isWord, parse, pieces, split } from "./words.js";

const HEADINGS_FROM = 64;
const TEXT_FROM = 1024;
/* A page whose title has a phrase comes before any that has it in a heading, and so on. */
const WEIGHTS = { title: 9, heading: 3, text: 1 };
/* With fewer pages than this, those are added that have a part of the query. */
export const FEW = 5;
const MOST_RELATED = 20;
/* How much of a query, by weight, a page must have to be related. */
const SHARE = 0.45;

/** Opens the search of a site, whose folder is at `root`. Throws when it cannot be loaded. */
export async function openEngine(root) {
  const folder = new URL("hub-search/", root);
  const [reader, pagefind, entry] = await Promise.all([
    fetch(new URL("reader.json", folder)).then((answer) => {
      if (!answer.ok) throw new Error(`${answer.status}: ${answer.url}`);
      return answer.json();
    }),
    import(new URL("pagefind/pagefind.js", folder).href).then(async (module) => {
      await module.options({ basePath: new URL("pagefind/", folder).pathname, baseUrl: "/", noWorker: true });
      await module.init();
      return module;
    }),
    fetch(new URL("pagefind/pagefind-entry.json", folder)).then((answer) => answer.json()),
  ]);
  const size = Object.values(entry.languages).reduce((sum, language) => sum + language.page_count, 0);
  return new Engine(reader, pagefind, root, size);
}

class Engine {
  constructor(reader, pagefind, root, size) {
    this.reader = reader;
    this.size = size;
    this.forms = new Map([...reader.traditional].map((sign, at) => [sign, [...reader.simplified][at]]));
    this.pagefind = pagefind;
    this.root = root;
    this.found = new Map();
  }

  /** Pages for a query: { results, related }, best first; of each, `load()` brings what is shown. */
  async search(query) {
    const { whole, clauses } = parse(query, this.forms, this.reader.aliases);
    if (!clauses.length) return { results: [], related: [] };
    const hits = await Promise.all(clauses.map((clause) => this.#clause(clause)));
    const [all, order] = await Promise.all([
      clauses.length > 1 ? this.#ask(whole, true) : hits[0],
      this.#ask(whole, false),
    ]);
    const score = new Map();
    for (const id of hits[0].keys()) {
      if (!hits.every((found) => found.has(id))) continue;
      const sum = hits.reduce((total, found) => total + found.get(id).weight, 0) / hits.length;
      const near = clauses.length > 1 && all.has(id) ? WEIGHTS.title + all.get(id).weight : 0;
      score.set(id, sum + near + squash(order.get(id)?.score ?? 0));
    }
    const phrases = clauses.flatMap((clause) => clause.phrases.map((words) => ({ words, open: clause.open })));
    const byScore = (scores) => [...scores.entries()].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    const results = byScore(score).map(([id]) => this.#result(id, phrases));
    if (results.length >= FEW) return { results, related: [] };
    const parts = pieces(clauses);
    const related = byScore(await this.#share(parts, score)).slice(0, MOST_RELATED);
    return { results, related: related.map(([id]) => this.#result(id, parts.map((words) => ({ words, open: true })))) };
  }

  /* The pages that have a clause in any of its phrasings: id -> { weight }. */
  async #clause(clause) {
    const found = new Map();
    const take = (hits, factor) => {
      for (const [id, { weight }] of hits) {
        if (!(found.get(id)?.weight >= weight * factor)) found.set(id, { weight: weight * factor });
      }
    };
    const asked = await Promise.all(clause.phrases.map((words) => this.#ask(words, true)));
    asked.forEach((hits, number) => take(hits, number ? 0.8 : 1));
    /* The word may not be written to its end. Pagefind takes a shorter beginning where there is no such word. */
    const few = clause.open ? found.size < FEW : !found.size;
    if (isWord(clause) && few && clause.words[0].length > 2) {
      clause.open = true;
      for (const [id, hit] of await this.#ask(clause.words, false)) {
        if (!found.has(id)) found.set(id, { weight: hit.weight * 0.3 });
      }
    }
    return found;
  }

  /* The pages that have a fair share of some phrases, counted by how rare each is. */
  async #share(parts, known) {
    const asked = await Promise.all(parts.map((words) => this.#ask(words, true)));
    const rarity = asked.map((hits) => Math.log(1 + this.size / Math.max(hits.size, 0.5)));
    const most = rarity.reduce((sum, each, number) => sum + (asked[number].size ? each : 0), 0);
    const score = new Map();
    asked.forEach((hits, number) => {
      for (const [id, { weight }] of hits) {
        if (!known.has(id)) score.set(id, (score.get(id) ?? 0) + rarity[number] * (1 + 0.05 * weight));
      }
    });
    const enough = new Map([...score].filter(([, sum]) => sum >= SHARE * most));
    return enough.size + known.size ? enough : score;
  }

  /* What Pagefind has for some words, as a phrase or in any order: id -> { weight, score }. */
  #ask(words, phrase) {
    const text = phrase ? `"${words.join(" ")}"` : words.join(" ");
    if (!this.found.has(text)) {
      this.found.set(text, this.pagefind.search(text).then(({ results }) => new Map(results.map((result) => {
        const place = Math.min(...result.words);
        const part = place < HEADINGS_FROM ? "title" : place < TEXT_FROM ? "heading" : "text";
        this.found.set(result.id, result);
        return [result.id, { weight: WEIGHTS[part], score: result.score }];
      }))));
    }
    return this.found.get(text);
  }

  #result(id, phrases) {
    const result = this.found.get(id);
    return { id, load: async () => this.#show(await result.data(), phrases) };
  }

  /* What is shown of a page: its title and the sections with hits, in runs of { text, hit }. */
  #show(data, phrases) {
    const { title, words, sections } = data.meta;
    const texts = words ? words.split("\u200b") : [];
    const forms = texts.map((text) => split(text, this.forms)[0]?.form ?? "");
    const marked = marks(forms, phrases);
    const url = new URL(data.raw_url, this.root);
    const shown = [];
    sections.forEach(([start, id, heading], number) => {
      const end = sections[number + 1]?.[0] ?? texts.length;
      const first = marked.findIndex((mark, at) => mark && at >= start && at < end);
      if (first < 0) return;
      let count = 0;
      for (let at = start; at < end; at += 1) count += marked[at] && !marked[at - 1] ? 1 : 0;
      const skipped = heading ? start + split(heading, this.forms).length : start;
      const body = marked.findIndex((mark, at) => mark && at >= skipped && at < end);
      const runs = snippet(texts, marked, body < 0 ? skipped : body, skipped, end);
      const below = heading && heading !== title;
      const address = new URL(id && below ? `#${encodeURIComponent(id)}` : "", url).href;
      shown.push({ heading: below ? heading : "", address, runs, count, inHeading: first < skipped });
    });
    shown.sort((a, b) => b.inHeading - a.inHeading || b.count - a.count);
    const titleWords = pieced(title);
    const titleMarks = marks(titleWords.map((text) => split(text, this.forms)[0]?.form ?? ""), phrases);
    return {
      title: runsOf(titleWords, titleMarks, 0, titleWords.length),
      address: url.href,
      sections: shown.slice(0, 3),
      hits: shown.length + titleMarks.filter(Boolean).length,
    };
  }
}

const squash = (score) => score / (score + 1);

/* A text in pieces that start with a word each. */
function pieced(text) {
  const parts = [];
  for (const sign of text.match(/[\p{L}\p{N}]+|[^\p{L}\p{N}]+/gu) ?? []) {
    if (isUnspaced(sign)) parts.push(...sign.match(/[\u3005-\uffff]|[\u{20000}-\u{3ffff}]|[^\u3005-\uffff]+/gu));
    else parts.push(...sign.split(/(?=[\u3005-\u9fff\uac00-\ud7a3])/u));
  }
  return parts;
}

/* Which words belong to a phrase. */
function marks(forms, phrases) {
  const marked = new Array(forms.length).fill(false);
  for (const { words, open } of phrases) {
    for (let at = 0; at + words.length <= forms.length; at += 1) {
      if (!words.every((word, offset) => alike(forms[at + offset], word, open))) continue;
      marked.fill(true, at, at + words.length);
    }
  }
  return marked;
}

/* Whether a word is meant by one of a query, in another form of it: tokenizers, tokenizer. */
function alike(form, word, open) {
  if (form === word) return true;
  if (form.length < 3 || word.length < 3 || isUnspaced(word)) return false;
  if (open && form.startsWith(word)) return true;
  const stem = (each) => each.replace(/(?:ings?|ed|es|s|e|y|ies|ied|ly|ation|er|ers)$/, "");
  return stem(form) === stem(word);
}

/* About two lines around a hit. */
function snippet(texts, marked, at, start, end) {
  const width = 90;
  const size = (from, to) => {
    let sum = 0;
    for (let word = from; word < to; word += 1) sum += isUnspaced(texts[word]) ? 2 : texts[word].length;
    return sum;
  };
  let from = at;
  while (from > start && size(from - 1, at) <= width / 3) from -= 1;
  let to = Math.min(at + 1, end);
  while (to < end && size(from, to + 1) <= 2 * width) to += 1;
  const runs = runsOf(texts, marked, from, to);
  if (from > start) runs.unshift({ text: "… ", hit: false });
  if (to < end) runs.push({ text: " …", hit: false });
  return runs;
}

function runsOf(texts, marked, from, to) {
  const runs = [];
  for (let at = from; at < to; at += 1) {
    const hit = marked[at];
    /* What follows a word is marked only within a phrase. */
    const [, word, gap] = /^([\s\S]*?)([^\p{L}\p{N}\p{M}]*)$/u.exec(texts[at]);
    for (const [text, on] of [[word, hit], [gap, hit && marked[at + 1] && at + 1 < to]]) {
      if (runs.at(-1)?.hit === Boolean(on)) runs.at(-1).text += text;
      else if (text) runs.push({ text, hit: Boolean(on) });
    }
  }
  return runs;
}
