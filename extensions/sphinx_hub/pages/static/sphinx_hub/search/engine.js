/* Searches in the index, and ranks what it finds. search_index.py says how a page lies in it. */

import { covering, fileOf, isUnspaced, isWord, parse, split } from "./words.js";

const HEADINGS_FROM = 64;
const TEXT_FROM = 1024;
/* A page whose title has a phrase comes before any that has it in a heading, and so on. */
const WEIGHTS = { title: 9, heading: 3, text: 1 };
/* How a page has a phrase, best last: in another form or in part of a word, by another name, as it is typed. */
const VARIANT = 1;
const ALIAS = 2;
const TYPED = 3;
/* All of the query in a row. */
const WHOLE = 4;
/* With fewer pages than this, those are added that have a part of the query. */
const FEW = 5;
const MOST_RELATED = 20;
/* How much of a query, by weight, a page must have to be related, if any page has so much. */
const SHARE = 0.45;
/* Names in code may go on after these. */
const JOINERS = ["_", ".", "-"];

/** Opens the search of a site, whose folder is at `root`. `reader` is an answer that has its reader.json, if one
 *  is there already. Throws when the index cannot be loaded. */
export async function openEngine(root, reader) {
  if (typeof DecompressionStream === "undefined") throw new Error("DecompressionStream");
  const folder = new URL("hub-search/", root);
  const answer = reader && !reader.bodyUsed ? reader : await fetch(new URL("reader.json", folder), { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${answer.status}: ${answer.url}`);
  return new Engine(await answer.json(), root, folder);
}

async function unpacked(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${answer.status}: ${answer.url}`);
  return new Response(answer.body.pipeThrough(new DecompressionStream("gzip"))).json();
}

class Engine {
  constructor(reader, root, folder) {
    this.reader = reader;
    this.root = root;
    this.folder = new URL(`${reader.folder}/`, folder);
    const simplified = [...reader.simplified];
    this.forms = new Map([...reader.traditional].map((sign, at) => [sign, simplified[at]]));
    this.files = new Map();
    this.entries = new Map();
  }

  /** Pages for a query: { results, related }, best first; of each, `load()` brings what is shown. */
  async search(query) {
    const { whole, clauses, asked } = parse(query, this.forms, this.reader.aliases);
    if (!clauses.length) return { results: [], related: [] };
    const score = await this.#all(clauses, whole);
    const phrases = clauses.flatMap(phrasesOf);
    if (asked && score.size < FEW) {
      /* What was asked about, after what has the question itself. */
      for (const [page, points] of await this.#all(asked)) if (!score.has(page)) score.set(page, points / 1000);
      phrases.push(...asked.flatMap(phrasesOf));
    }
    const results = byScore(score).map((page) => this.#result(page, phrases));
    if (results.length >= FEW) return { results, related: [] };
    const related = byScore(await this.#share(asked ?? clauses, score)).slice(0, MOST_RELATED);
    const parts = (asked ?? clauses).flatMap(partsOf);
    return { results, related: related.map((page) => this.#result(page, parts)) };
  }

  /* The pages that have all clauses, with points. */
  async #all(clauses, whole) {
    const [row, ...hits] = await Promise.all([
      whole && clauses.length > 1 ? this.#phrase(whole) : new Map(),
      ...clauses.map((clause) => this.#clause(clause)),
    ]);
    const score = new Map();
    for (const page of hits[0].keys()) {
      const found = hits.map((each) => each.get(page));
      if (!found.every(Boolean)) continue;
      const inRow = row.get(page);
      const level = inRow ? WHOLE : Math.min(...found.map((each) => each.level));
      const some = inRow ? [inRow] : found;
      const weight = some.reduce((sum, each) => sum + each.weight + squash(each.count), 0) / some.length;
      score.set(page, 100 * level + weight);
    }
    return score;
  }

  /* The pages that have a clause: page -> { level, weight, count }. */
  async #clause(clause) {
    const found = new Map();
    const take = (hits, level) => {
      for (const [page, hit] of hits) {
        const known = found.get(page);
        if (!known || known.level < level || (known.level === level && known.weight < hit.weight)) {
          found.set(page, { ...hit, level });
        }
      }
    };
    const [typed, ...same] = await Promise.all([clause.words, ...clause.same].map((words) => this.#phrase(words)));
    if (clause.name) {
      take(await this.#like(clause.name, (entry) => JOINERS.includes(entry[clause.name.length])), TYPED);
      take(typed, VARIANT);
    } else {
      take(typed, TYPED);
    }
    for (const hits of same) take(hits, ALIAS);
    const word = clause.words[0].form;
    if (isWord(clause)) take(await this.#like(word, (entry) => alike(entry, word, clause.open || !found.size)), VARIANT);
    return found;
  }

  /* The pages that have an entry, or one that is like it and begins with the same three letters. */
  async #like(entry, like) {
    const file = await this.#file(entry);
    const all = Object.keys(file).filter((each) => each === entry || (entry.length > 2 && like(each.replace(/^\^/, ""))));
    const found = new Map();
    for (const each of all) {
      for (const [page, places] of await this.#places(each)) {
        const hit = hitOf(places);
        if (!(found.get(page)?.weight >= hit.weight)) found.set(page, hit);
      }
    }
    return found;
  }

  /* The pages that have words in a row: page -> { weight, count }. */
  async #phrase(words) {
    const parts = await Promise.all(covering(words).map(async ({ entry, offset }) => ({ offset, places: await this.#places(entry) })));
    parts.sort((a, b) => a.places.size - b.places.size);
    const [first, ...others] = parts;
    const found = new Map();
    for (const [page, places] of first.places) {
      if (!others.every((other) => other.places.has(page))) continue;
      let starts = places.map((place) => place - first.offset);
      for (const { offset, places: all } of others) {
        const there = new Set(all.get(page));
        starts = starts.filter((start) => there.has(start + offset));
      }
      if (starts.length) found.set(page, hitOf(starts));
    }
    return found;
  }

  /* The pages that have a fair share of some clauses, counted by how rare each part is. */
  async #share(clauses, known) {
    const score = new Map();
    let most = 0;
    for (const clause of clauses) {
      const units = unitsOf(clause.words);
      const [lists, same] = await Promise.all([
        Promise.all(units.map((unit) => this.#places(unit))),
        Promise.all(clause.same.map((words) => this.#phrase(words))),
      ]);
      const rarity = lists.map((pages) => (pages.size ? Math.log(1 + this.reader.pages / pages.size) : 0));
      const own = new Map();
      for (const page of new Set(lists.flatMap((pages) => [...pages.keys()]))) own.set(page, stretches(lists, rarity, page));
      const all = rarity.reduce((sum, each) => sum + each, 0);
      for (const hits of same) {
        const points = all || Math.log(1 + this.reader.pages / Math.max(1, hits.size));
        for (const page of hits.keys()) own.set(page, Math.max(own.get(page) ?? 0, 0.8 * points));
      }
      if (!own.size && isUnspaced(clause.words[0].form) && clause.words.length <= 4) {
        const signs = await Promise.all(clause.words.map(({ form }) => this.#places(form)));
        for (const page of signs[0].keys()) if (signs.every((pages) => pages.has(page))) own.set(page, 1);
      }
      if (!own.size && isWord(clause)) {
        const { form } = clause.words[0];
        for (const page of (await this.#like(form, (entry) => alike(entry, form, true))).keys()) own.set(page, 1);
      }
      most += own.size ? Math.max(all, 1) : 0;
      for (const [page, points] of own) if (!known.has(page)) score.set(page, (score.get(page) ?? 0) + points);
    }
    const enough = new Map([...score].filter(([, sum]) => sum >= SHARE * most));
    return enough.size + known.size ? enough : score;
  }

  /* The places of an entry on each page that has it. */
  #places(entry) {
    if (!this.entries.has(entry)) {
      this.entries.set(entry, this.#file(entry).then((file) => placesOf(Object.hasOwn(file, entry) ? file[entry] : [])));
    }
    return this.entries.get(entry);
  }

  #file(entry) {
    return this.#once(`words/${fileOf(entry, this.reader.files)}.pack`);
  }

  /* A file that failed is asked for anew the next time. */
  #once(name) {
    if (!this.files.has(name)) {
      const loading = unpacked(new URL(name, this.folder));
      this.files.set(name, loading);
      loading.catch(() => { this.files.delete(name); this.entries.clear(); });
    }
    return this.files.get(name);
  }

  #result(page, phrases) {
    return { page, load: async () => this.#show(await this.#once(`pages/${page}.pack`), phrases) };
  }

  /* What is shown of a page: its title and the sections with hits, in runs of { text, hit }. */
  #show([address, title, sections], phrases) {
    const url = new URL(address, this.root);
    const shown = [];
    for (const [id, heading, body] of sections) {
      const below = heading && heading !== title;
      const inHeading = Boolean(below) && this.#marked(heading, phrases).some(({ hit }) => hit);
      const words = this.#marked(body, phrases);
      const first = words.findIndex(({ hit }) => hit);
      if (first < 0 && !inHeading) continue;
      shown.push({
        heading: below ? heading : "",
        address: new URL(id && below ? `#${encodeURIComponent(id)}` : "", url).href,
        runs: snippet(words, Math.max(first, 0)),
        count: words.filter(({ hit }, at) => hit && !words[at - 1]?.hit).length,
        inHeading,
      });
    }
    shown.sort((a, b) => b.inHeading - a.inHeading || b.count - a.count);
    const titleWords = this.#marked(title, phrases);
    return {
      title: titleWords.length ? runsOf(titleWords, 0, titleWords.length) : [{ text: title, hit: false }],
      address: url.href,
      sections: shown.slice(0, 3),
    };
  }

  /* The words of a text in pieces: { lead, word, gap, hit }, where the first has what stands before it. */
  #marked(text, phrases) {
    const normal = text.normalize("NFC");
    const words = split(normal, this.forms);
    const pieces = words.map(({ start, end, gap }, at) => ({
      lead: at ? "" : normal.slice(0, start), word: normal.slice(start, end), gap, hit: false,
    }));
    for (const { forms, open } of phrases) {
      for (let at = 0; at + forms.length <= words.length; at += 1) {
        if (!forms.every((form, offset) => alike(words[at + offset].form, form, open))) continue;
        for (let number = at; number < at + forms.length; number += 1) pieces[number].hit = true;
      }
    }
    return pieces;
  }
}

/* What a page has of a clause, by the rarity of its pairs of characters. A pair alone is often of two words,
   and counts less than those that go on from each other on the page as they do in the query. */
function stretches(lists, rarity, page) {
  const long = Math.min(3, lists.length);
  let points = 0;
  let stretch = 0;
  let length = 0;
  let weight = 0;
  const end = () => {
    if (length) points += stretch * (1 + weight / 20) * (length >= long ? 1 : length === 2 ? 0.7 : 0.35);
    stretch = length = weight = 0;
  };
  for (let at = 0; at < lists.length; at += 1) {
    const places = lists[at].get(page);
    const before = new Set(length ? lists[at - 1].get(page) : []);
    if (!places?.some((place) => before.has(place - 1))) end();
    if (!places) continue;
    stretch += rarity[at];
    length += 1;
    weight = Math.max(weight, hitOf(places).weight);
  }
  end();
  return points;
}

const squash = (count) => count / (count + 4);

const byScore = (score) => [...score].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([page]) => page);

/* search_index.py, _places(): distances of pages, each with a number of places and their distances. */
function placesOf(numbers) {
  const found = new Map();
  let page = 0;
  for (let at = 0; at < numbers.length;) {
    page += numbers[at];
    const places = [];
    let place = 0;
    for (let number = 0; number < numbers[at + 1]; number += 1) {
      place += numbers[at + 2 + number];
      places.push(place);
    }
    found.set(page, places);
    at += 2 + numbers[at + 1];
  }
  return found;
}

/* Places go up. */
function hitOf(places) {
  const part = places[0] < HEADINGS_FROM ? "title" : places[0] < TEXT_FROM ? "heading" : "text";
  return { weight: WEIGHTS[part], count: places.length };
}

/* The entries of a phrase one by one: pairs of Han characters, words of letters. */
function unitsOf(words) {
  const found = [];
  for (const [at, word] of words.entries()) {
    const next = words[at + 1];
    if (word.unspaced && next?.unspaced) found.push(word.form + next.form);
    else if (!word.unspaced || !words[at - 1]?.unspaced) found.push(word.form);
  }
  return found;
}

/* What is marked of a clause that a page has, and of one of which it may have a part. */
const phrasesOf = ({ words, same, open }) =>
  [words, ...same].map((phrase) => ({ forms: phrase.map(({ form }) => form), open }));

function partsOf(clause) {
  const units = unitsOf(clause.words).map((unit) => ({ forms: isUnspaced(unit) ? [...unit] : [unit], open: true }));
  return [...units, ...phrasesOf({ ...clause, words: clause.words })];
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
function snippet(words, at) {
  const width = 90;
  const size = (from, to) => {
    let sum = 0;
    for (let number = from; number < to; number += 1) {
      const { word, gap } = words[number];
      sum += (isUnspaced(word) ? 2 : word.length) + gap.length;
    }
    return sum;
  };
  let from = at;
  while (from > 0 && size(from - 1, at) <= width / 3) from -= 1;
  let to = Math.min(at + 1, words.length);
  while (to < words.length && size(from, to + 1) <= 2 * width) to += 1;
  const runs = runsOf(words, from, to);
  if (from > 0) runs.unshift({ text: "… ", hit: false });
  if (to < words.length) runs.push({ text: " …", hit: false });
  return runs;
}

function runsOf(words, from, to) {
  const runs = [];
  const add = (text, hit) => {
    if (!text) return;
    if (runs.at(-1)?.hit === hit) runs.at(-1).text += text;
    else runs.push({ text, hit });
  };
  for (let at = from; at < to; at += 1) {
    const { lead, word, gap, hit } = words[at];
    if (at === from) add(lead, false);
    add(word, hit);
    /* What follows a word is marked only within a phrase. */
    add(gap, hit && at + 1 < to && words[at + 1].hit);
  }
  return runs;
}
