/* A query in the words of the index: the same as search_words.py does with texts. */

const UNSPACED =
  "\\u3005\\u3007\\u3041-\\u3096\\u30a1-\\u30fa\\u30fc\\u3105-\\u312f\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff" +
  "\\uac00-\\ud7a3\\uf900-\\ufaff\\uff66-\\uff9d\\u{20000}-\\u{3ffff}";
const WORD = new RegExp(`[${UNSPACED}]|(?:(?![${UNSPACED}])[\\p{L}\\p{N}])+`, "gu");
const IS_UNSPACED = new RegExp(`^[${UNSPACED}]`, "u");
const BREAK = /[。！？；：，、…]|[.!?;:,](?=\s)|\n/u;
const JOINER = /^[_.-]$/;
/* What a question has besides the words that it is about, Simplified; what stands between two of them. */
const ASKING =
  /请问|(?:这|那)?是什么(?:意思)?|什么是|(?:之间)?有(?:什么|何)(?:区别|不同|差别|用)?|[什甚]么(?:时候|样|用)?|怎么(?:办|用|样)?|怎样|如何|为什么|为何|哪[些里个]|能不能|可不可以|是否|能否|可以吗|[吗呢吧]$|(?<=..)[和与跟及或](?=..)/u;
const ASKING_WORDS = new Set(
  [
    "a", "an", "and", "are", "can", "could", "do", "does", "for", "how", "i", "in", "is", "it",
    "my", "of", "on", "should", "the", "to", "what", "when", "where", "which", "who", "why",
    "with", "you",
  ],
);

export const isUnspaced = (word) => IS_UNSPACED.test(word);

/** Folds a word: narrow, small, Simplified. `forms` maps Traditional characters. */
export function fold(word, forms) {
  /* ß is what Python's casefold() does and toLowerCase() does not. */
  const small = word.normalize("NFKC").toLowerCase().replaceAll("ß", "ss");
  return [...small].map((sign) => forms.get(sign) ?? sign).join("");
}

/** The words of a text: { form, place, unspaced, gap, start, end }, where gap is what follows the word. A place
 *  is a number, of which one is left out where a phrase ends. start and end are in the text as NFC has it. */
export function split(text, forms) {
  const normal = text.normalize("NFC");
  const found = [...normal.matchAll(WORD)];
  let place = 0;
  return found.map((match, number) => {
    const end = match.index + match[0].length;
    const gap = normal.slice(end, found[number + 1]?.index ?? normal.length);
    const word = { form: fold(match[0], forms), place, unspaced: isUnspaced(match[0]), gap, start: match.index, end };
    place += BREAK.test(gap) ? 2 : 1;
    return word;
  });
}

/* The words of a phrase that is written with spaces between them. */
const wordsOf = (phrase) =>
  phrase.split(" ").map((form, place) => ({ form, place, unspaced: isUnspaced(form), gap: "" }));

const together = (first, second) => first?.unspaced && second?.unspaced && second.place === first.place + 1;

/** The fewest entries of the index that hold a phrase: { entry, offset }. */
export function covering(words) {
  const found = [];
  const start = words[0].place;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    if (together(word, words[at + 1])) {
      found.push({ entry: word.form + words[at + 1].form, offset: word.place - start });
      at += 1;
    } else if (together(words[at - 1], word)) {
      found.push({ entry: words[at - 1].form + word.form, offset: word.place - 1 - start });
    } else {
      found.push({ entry: word.form, offset: word.place - start });
    }
  }
  return found;
}

/** A query as clauses, each a phrase: { words, quoted, name, open, same }.
 *
 * A run of Han characters is a phrase, a word of letters another, also without a space between them. What
 * stands in quotes is one phrase. `name` is a name in code, such as from_pretrained. `open` is a last word that
 * may go on. `same` has the phrases that mean the same, by `aliases`: pairs of lists, of the names that the
 * site has and of others, each a string of words with spaces between. `whole` is the query as one phrase;
 * `asked` has the clauses without the words that only make it a question, or is undefined where none are.
 */
export function parse(query, forms, aliases) {
  const plain = query.replace(/[“”„＂]/g, '"');
  const clauses = [];
  for (const [number, part] of plain.split('"').entries()) {
    const quoted = number % 2 === 1;
    let phrase = [];
    const end = () => {
      if (phrase.length) clauses.push(clauseOf(phrase, quoted));
      phrase = [];
    };
    for (const word of split(part, forms)) {
      const before = phrase.at(-1);
      const parted = before && (BREAK.test(before.gap) || /\s/u.test(before.gap) || before.unspaced !== word.unspaced);
      if (parted && !quoted) end();
      phrase.push(word);
    }
    end();
  }
  const joined = joinTerms(clauses, aliases);
  const last = joined.at(-1);
  if (last && isWord(last)) last.open = !/[\s"]$/u.test(plain);
  const content = joined.flatMap(withoutAsking);
  const changed = content.length > 0 && content.some((clause) => !joined.includes(clause)) || content.length < joined.length;
  for (const clause of [...joined, ...content]) clause.same ??= meaningTheSame(clause, aliases).map(wordsOf);
  return {
    whole: split(plain, forms),
    clauses: joined,
    asked: changed && content.length ? content : undefined,
  };
}

function clauseOf(words, quoted) {
  let name = words[0].form;
  for (const [at, word] of words.entries()) {
    if (!at) continue;
    name = name && !word.unspaced && JOINER.test(words[at - 1].gap) ? `${name}${words[at - 1].gap}${word.form}` : "";
  }
  return { words, quoted, name: words.length > 1 && !words[0].unspaced ? name : "" };
}

/** Whether a clause is one word of letters. */
export const isWord = ({ words, quoted }) => words.length === 1 && !words[0].unspaced && !quoted;

/* A clause without what only asks: none, one or more. */
function withoutAsking(clause) {
  if (clause.quoted) return [clause];
  if (isWord(clause)) return ASKING_WORDS.has(clause.words[0].form) ? [] : [clause];
  if (!clause.words[0].unspaced) return [clause];
  const text = clause.words.map(({ form }) => form).join("");
  if (!ASKING.test(text)) return [clause];
  return text.split(new RegExp(ASKING, "gu")).map((part) => part.replace(/^[的地]|[的来]$/u, "")).filter(Boolean)
    .map((part) => clauseOf(wordsOf([...part].join(" ")), false));
}

/* Words of letters that are a term together, as "fine tuning", are one clause. */
function joinTerms(clauses, aliases) {
  const known = new Set(aliases.flat(2).filter((phrase) => phrase.includes(" ") && !isUnspaced(phrase)));
  const joined = [];
  for (let at = 0; at < clauses.length; at += 1) {
    let taken = 1;
    for (let size = Math.min(5, clauses.length - at); size > 1 && taken === 1; size -= 1) {
      const some = clauses.slice(at, at + size);
      if (some.some(({ words, quoted }) => words[0].unspaced || quoted)) continue;
      if (known.has(some.flatMap(({ words }) => words.map(({ form }) => form)).join(" "))) taken = size;
    }
    if (taken === 1) joined.push(clauses[at]);
    else joined.push(clauseOf(clauses.slice(at, at + taken).flatMap(({ words }) => words), false));
    at += taken - 1;
  }
  return joined;
}

const MOST_PHRASES = 6;

function meaningTheSame(clause, aliases) {
  if (clause.quoted) return [];
  const phrase = ` ${clause.words.map(({ form }) => form).join(" ")} `;
  const found = new Set();
  for (const [here, elsewhere] of aliases) {
    for (const name of [...here, ...elsewhere]) {
      if (!phrase.includes(` ${name} `)) continue;
      for (const other of here) {
        /* Within a longer run only another word of the same script makes sense. */
        const all = phrase === ` ${name} `;
        if (other !== name && (all || isUnspaced(other) === isUnspaced(name))) {
          found.add(phrase.replace(` ${name} `, ` ${other} `).trim());
        }
      }
    }
  }
  return [...found].slice(0, MOST_PHRASES);
}

/** Which of `files` files of the index has an entry; search_index.py has the same. */
export function fileOf(entry, files) {
  let found = 2166136261;
  const signs = [...entry.replace(/^\^/, "")];
  for (const sign of isUnspaced(entry) ? signs : signs.slice(0, 3)) found = Math.imul(found ^ sign.codePointAt(0), 16777619) >>> 0;
  return ((found ^ (found >>> 15)) >>> 0) % files;
}
