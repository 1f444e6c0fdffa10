/* A query in the words of the index: the same as search_words.py does with texts. */

const UNSPACED =
  "\\u3005\\u3007\\u3041-\\u3096\\u30a1-\\u30fa\\u30fc\\u3105-\\u312f\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff" +
  "\\uac00-\\ud7a3\\uf900-\\ufaff\\uff66-\\uff9d\\u{20000}-\\u{3ffff}";
const WORD = new RegExp(`[${UNSPACED}]|(?:(?![${UNSPACED}])[\\p{L}\\p{N}])+`, "gu");
const IS_UNSPACED = new RegExp(`^[${UNSPACED}]`, "u");
const BREAK = /[。！？；：，、…]|[.!?;:,](?=\s)|\n/u;

export const isUnspaced = (word) => IS_UNSPACED.test(word);

/** Folds a word: narrow, small, Simplified. `forms` maps Traditional characters. */
export function fold(word, forms) {
  /* ß is what Python's casefold() does and toLowerCase() does not. */
  const small = word.normalize("NFKC").toLowerCase().replaceAll("ß", "ss");
  return [...small].map((sign) => forms.get(sign) ?? sign).join("");
}

/** The words of a text: { form, start, end, unspaced, gap }, where gap is what follows the word. */
export function split(text, forms) {
  const normal = text.normalize("NFC");
  const found = [...normal.matchAll(WORD)];
  return found.map((match, number) => {
    const end = match.index + match[0].length;
    return {
      form: fold(match[0], forms),
      unspaced: isUnspaced(match[0]),
      gap: normal.slice(end, found[number + 1]?.index ?? normal.length),
    };
  });
}

/** A query as clauses, each a phrase with the phrases that mean the same.
 *
 * A run of Han characters is a phrase, a word of letters another, also without a space between them. What
 * stands in quotes is one phrase. `whole` is the query as one phrase. `aliases` are lists of phrases that
 * mean the same, each a string of words with spaces between.
 */
export function parse(query, forms, aliases) {
  const clauses = [];
  for (const [number, part] of query.replace(/[“”„＂]/g, '"').split('"').entries()) {
    const quoted = number % 2 === 1;
    let phrase = [];
    const end = () => {
      if (phrase.length) clauses.push({ words: phrase.map((word) => word.form), unspaced: phrase[0].unspaced, quoted });
      phrase = [];
    };
    const words = split(part, forms);
    for (const [index, word] of words.entries()) {
      const before = words[index - 1];
      const parted = before && (BREAK.test(before.gap) || /\s/u.test(before.gap) || before.unspaced !== word.unspaced);
      if (parted && !quoted) end();
      phrase.push(word);
    }
    end();
  }
  const whole = clauses.flatMap((clause) => clause.words);
  const joined = joinTerms(clauses, aliases);
  for (const clause of joined) clause.phrases = [clause.words, ...meaningTheSame(clause, aliases)];
  const last = joined.at(-1);
  if (last && isWord(last)) last.open = !/[\s"]$/u.test(query);
  return { whole, clauses: joined };
}

/** Whether a clause is one word of letters. */
export const isWord = (clause) => !clause.unspaced && !clause.quoted && clause.words.length === 1;

/* Words of letters that are a term together, as "fine tuning", are one clause. */
function joinTerms(clauses, aliases) {
  const known = new Set(aliases.flat().filter((phrase) => phrase.includes(" ") && !isUnspaced(phrase)));
  const joined = [];
  for (let at = 0; at < clauses.length; at += 1) {
    let taken = 1;
    for (let size = Math.min(5, clauses.length - at); size > 1 && taken === 1; size -= 1) {
      const some = clauses.slice(at, at + size);
      if (some.some((clause) => clause.unspaced || clause.quoted)) continue;
      if (known.has(some.flatMap((clause) => clause.words).join(" "))) taken = size;
    }
    joined.push({ ...clauses[at], words: clauses.slice(at, at + taken).flatMap((clause) => clause.words) });
    at += taken - 1;
  }
  return joined;
}

const MOST_PHRASES = 8;

function meaningTheSame(clause, aliases) {
  if (clause.quoted) return [];
  const phrase = ` ${clause.words.join(" ")} `;
  const found = new Set();
  for (const group of aliases) {
    for (const name of group) {
      if (!phrase.includes(` ${name} `)) continue;
      for (const other of group) {
        /* Within a longer run only another word of the same script makes sense. */
        const all = phrase === ` ${name} `;
        if (other !== name && (all || isUnspaced(other) === isUnspaced(name))) {
          found.add(phrase.replace(` ${name} `, ` ${other} `).trim());
        }
      }
    }
  }
  return [...found].slice(0, MOST_PHRASES).map((other) => other.split(" "));
}

/** The pieces of a query that count when few pages have all of it: words, and pairs of Han characters. */
export function pieces(clauses) {
  const found = new Map();
  for (const { words, unspaced, phrases } of clauses) {
    if (phrases.length > 1) for (const phrase of phrases) found.set(phrase.join(" "), phrase);
    if (unspaced && words.length > 1) {
      for (let at = 1; at < words.length; at += 1) found.set(`${words[at - 1]} ${words[at]}`, [words[at - 1], words[at]]);
    } else {
      for (const word of words) found.set(word, [word]);
    }
  }
  return [...found.values()];
}
