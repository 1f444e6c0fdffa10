"""What a translation must keep of its source's markup: links, images, code, roles and so on."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from sphinx_hub.catalogs.check.markdown import WORD_ROLES
from sphinx_hub.catalogs.check.parts import HAN, OBJECT
from sphinx_hub.catalogs.check.vocabulary import likeness
from sphinx_hub.catalogs.powers import RUBY
from sphinx_hub.catalogs.text_safety import printable
from sphinx_hub.patterns import lazy
from sphinx_hub.problems import Code

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx_hub.catalogs.check.pair import Pair
    from sphinx_hub.catalogs.check.parts import Parts, Role

#: A part of an address that names a language: a translated address is no mistake that can be told.
_LANGUAGE: Final = lazy(r"(?<=[/.=])(?:en|zh)(?:[-_](?:[a-z]{4}|[a-z]{2}))?(?=[/.#?&]|$)", re.IGNORECASE)
#: What a writer of code leaves to the reader to fill in, which may be translated.
_TO_FILL_IN: Final = lazy(rf"<[^<>]*(?:[{HAN}]|\w \w)[^<>]*>|\{{[^{{}}]*[{HAN}][^{{}}]*\}}")
_TEXT_IN_MATHS: Final = lazy(r"\\(?:text|mathrm|textbf|textit|mbox)\s*\{[^{}]*\}")
#: Full-width signs that stand where Markdown needs the ASCII ones, with the form of the right markup.
_FULLWIDTH: Final = (
    (lazy(r"\][ ]?（|［[^\]］]*[\]］][(（]|\[[^\]］]*］[(（]"), "](", "[text](target)"),
    (lazy(r"\]\([^()\s（]*(?:\([^()\s]*\)[^()\s（]*)*）(?![^\s]*\))"), "](", "[text](target)"),
    (lazy(r"！\["), "![", "![text](image)"),
    (lazy("｀"), "`", "`code`"),
    (lazy(r"＊"), "*", "**strong**"),
    (lazy(r"[＜〈]/?[a-zA-Z][\w-]*[^<>＜＞〈〉]*[＞〉]"), "<", "<tag>"),
    (lazy(r"[＜〈](?=https?:|mailto:)"), "<", "<https://…>"),
    (lazy(r"｛｛|｝｝"), "{{", "{{ name }}"),
    (lazy(r"[｛｝]"), "{", "{name}"),
    (lazy("＄"), "$", "$maths$"),
    (lazy("＼"), "\\", "\\"),
    (lazy(r"【\^|\[＾|［\^"), "[^", "[^label]"),
    (lazy("＿"), "_", "_"),
    (lazy(r"(?<=https)：//|(?<=http)：//"), "://", "https://"),
)
#: reStructuredText in Markdown.
_REST: Final = (
    lazy(r"(?<![\w`]):[a-z]+(?:[:+-][a-z]+)*:`[^`]+`"),
    lazy(r"`[^`]+`:[a-z]+(?:[:+-][a-z]+)*:"),
    lazy(r"`[^`<>]+<[^`<>]+>`__?"),
)
#: Markdown in reStructuredText.
_MARKDOWN: Final = (
    lazy(r"(?<!\\)\[[^\[\]\n]+\]\((?:https?:|[\w./#-]+\.(?:md|rst|html)|#)[^()\s]*\)"),
    lazy(r"\{[a-z]+(?::[a-z]+)*\}`[^`]+`"),
)
_ESCAPE: Final = lazy(r"\\([!-/:-@\[-`{-~])")


def link_rule(pair: Pair) -> Iterator[tuple[Code, str]]:
    """Links keep their targets, and have a text."""
    source, translation = pair.source, pair.translation
    wanted = Counter(_address(link.target) for link in source.links)
    given = Counter(_address(link.target) for link in translation.links)
    if pair.context.markup == "rst":
        # A reference by name is written anew where its text is translated; as many must be left.
        wanted, given = _without_names(source, wanted), _without_names(translation, given)
        named = len(source.links) - wanted.total()
        if len(translation.links) - given.total() < named:
            yield Code.MESSAGE_LINK, f"{named} references by name are in the source, fewer in the translation"
    for target in wanted - given:
        yield Code.MESSAGE_LINK, f"the link to {printable(target)} is missing, or leads elsewhere"
    for target in given - wanted:
        if target not in wanted:
            yield Code.MESSAGE_LINK, f"the source has no link to {printable(target)}"
    empty = [link.target for link in source.links if not link.text.strip()]
    for link in translation.links:
        if not link.text.strip() and link.target not in empty:
            yield Code.MESSAGE_LINK_TEXT, f"the link to {printable(link.target)} has no text"
            break
    if wanted == given:
        yield from _swapped(pair)


def _without_names(parts: Parts, targets: Counter[str]) -> Counter[str]:
    names = {link.target for link in parts.links if not re.search(r"[:/#]|\.\w", link.target)}
    return Counter({target: count for target, count in targets.items() if target not in names})


def _swapped(pair: Pair) -> Iterator[tuple[Code, str]]:
    """Links with each other's targets: known by the texts that are left as they are, or by plain words."""
    targets: dict[str, set[str]] = {}
    for link in pair.source.links:
        targets.setdefault(link.text, set()).add(link.target)
    for link in pair.translation.links:
        if link.written and link.text in targets and link.target not in targets[link.text]:
            text = f"{link.text!r} links to {printable(link.target)}, which is another's target"
            yield Code.MESSAGE_LINK, text
            return
    if not pair.context.chinese:
        return
    texts = {link.target: link.text for link in pair.translation.links if link.written}
    written = [link for link in pair.source.links if link.written and link.target in texts]
    for one, other in combinations(written, 2):
        here, there = texts[one.target], texts[other.target]
        apart = likeness(one.text, here) + likeness(other.text, there)
        crossed = likeness(one.text, there) + likeness(other.text, here)
        if one.target != other.target and not apart and crossed:
            text = f"{here!r} and {there!r} seem to have each other's targets"
            yield Code.MESSAGE_LINK, text
            return


def _address(target: str) -> str:
    """A target as it is compared: decoded, and without the language that it names."""
    decoded = unquote(target)
    return _LANGUAGE.sub("", decoded) if "://" in decoded or decoded.startswith("/") else decoded


def localised_address_rule(pair: Pair) -> Iterator[tuple[Code, str]]:
    """Addresses name the same language as in the source; projects differ in it."""
    wanted = {_address(link.target): link.target for link in pair.source.links}
    for link in pair.translation.links:
        other = wanted.get(_address(link.target))
        if other is not None and unquote(other) != unquote(link.target):
            yield Code.MESSAGE_LINK_LANGUAGE, f"{printable(other)} became {printable(link.target)}"


def image_rule(pair: Pair) -> Iterator[tuple[Code, str]]:
    """Images stay the images that they are."""
    wanted, given = Counter(pair.source.images), Counter(pair.translation.images)
    for image in wanted - given:
        yield Code.MESSAGE_IMAGE, f"the image {printable(unquote(image))} is missing, or another one"
    for image in given - wanted:
        yield Code.MESSAGE_IMAGE, f"the source has no image {printable(unquote(image))}"


def url_rule(pair: Pair) -> Iterator[tuple[Code, str]]:
    """Bare addresses stay as they are, with a space or a bracket around them."""
    wanted = Counter(map(_address, pair.source.urls))
    translation = pair.translation
    if not wanted and "://" not in translation.raw:
        return
    given = Counter(map(_address, translation.urls))
    linked = {_address(link.target) for link in translation.links}
    linked |= {_address(link.target) for link in pair.source.links}
    linked |= set(map(_address, translation.codes)) | set(map(_address, pair.source.codes))
    for url in wanted - given:
        if url not in linked:
            yield Code.MESSAGE_URL, f"the address {printable(url)} is missing, or another one"
    for url in given - wanted:
        if url not in linked and url not in wanted:
            yield Code.MESSAGE_URL, f"the source has no address {printable(url)}"
    for url in dict.fromkeys(translation.urls if pair.context.markup != "plain" else ()):
        for found in re.finditer(re.escape(url), translation.text):
            after = translation.text[found.end() : found.end() + 1]
            if _glues(after):
                message = f"{printable(url)} goes straight on with {after!r}: put a space between them"
                yield Code.MESSAGE_URL_GLUED, message
                break


def _glues(after: str) -> bool:
    """Whether a character behind an address is taken for a part of it by what makes addresses links."""
    return (
        bool(after) and not after.isascii() and not after.isspace() and after not in "）》」』”’】〉\ufffc…"
    )


def role_rule(pair: Pair) -> Iterator[tuple[Code, str]]:
    """Roles stay, with their targets; titles are translated. Ruby comes and goes as a language needs it."""
    wanted, given = (
        Counter(_role(role) for role in parts.roles if role.name != RUBY)
        for parts in (pair.source, pair.translation)
    )
    if wanted == given:
        return
    missing, added = wanted - given, given - wanted
    for key in list(added):
        # A term without a title of its own is looked up in the glossary's language, translated or not.
        other = next((one for one in missing if one[0] == key[0] == "term" and "" in {key[1], one[1]}), None)
        if other is not None and not _broken_target(pair):
            missing[other] -= 1
            added[key] -= 1
    missing, added = +missing, +added
    names = {role.name for role in pair.source.roles}
    for name, target in missing:
        yield Code.MESSAGE_ROLE, f"the role {_written(name, target)} is missing, or another one"
    for name, target in added:
        if name not in names:
            yield Code.MESSAGE_ROLE, f"the source has no role {{{printable(name)}}}"
        elif not missing and (name, target) not in wanted:
            yield Code.MESSAGE_ROLE, f"the source has no {_written(name, target)}"


def _role(role: Role) -> tuple[str, str]:
    """What is compared of a role: nothing but its name where its content is words."""
    if role.name == "term" and (role.title or role.target.isascii()):
        return role.name, role.target.casefold()
    if role.name in WORD_ROLES:
        return role.name, ""
    target = role.target.lstrip("~!") if ":" in role.name or role.name in _SHORTENED else role.target
    if role.name in {"file", "samp"}:
        target = re.sub(r"\{[^{}]*\}", "{}", target)
    return role.name, " ".join(unquote(target).split())


def _broken_target(pair: Pair) -> bool:
    """Whether a term's target stands in brackets that are none to Sphinx."""
    return any(
        role.name == "term" and re.search("[〈＜（].*[〉＞）]$", role.target)
        for role in pair.translation.roles
    )


#: Python's roles as they are written where Python is the default domain.
_SHORTENED: Final = frozenset((
    "any", "attr", "class", "const", "data", "exc", "func", "meth", "mod", "obj", "type",
))  # fmt: skip


def _written(name: str, target: str) -> str:
    return printable(f"{{{name}}}`{target or '…'}`")


def code_rule(pair: Pair) -> Iterator[tuple[Code, str]]:
    """Code stays to the letter, and stays code."""
    wanted = {_code(code): code for code in pair.source.codes}
    given = {_code(code): code for code in pair.translation.codes}
    targets = {_code(role.target) for role in pair.translation.roles}
    fewer = len(pair.translation.codes) < len(pair.source.codes)
    for key, code in wanted.items():
        if (key not in given and key not in targets) or fewer:
            yield from _missing_code(code, pair, said=key in given or key in targets)
    for key, code in given.items():
        if key in wanted:
            continue
        if code in pair.msgid:
            yield Code.MESSAGE_CODE_ADDED, f"`{printable(code)}` is no code in the source"
        elif len(given) > len(wanted):
            yield Code.MESSAGE_CODE, f"the source has no code `{printable(code)}`"


def _missing_code(code: str, pair: Pair, *, said: bool) -> Iterator[tuple[Code, str]]:
    """What became of ``code``, which stands in the translation less often than in the source."""
    word = rf"(?<![A-Za-z0-9_]){re.escape(code)}(?![A-Za-z0-9_])"
    before, now = (len(re.findall(word, parts.text)) for parts in (pair.source, pair.translation))
    marked = bool(
        re.search(rf"[`'\"“”｀‘’]\s?{re.escape(code)}|{re.escape(code)}\s?[`'\"“”｀‘’]", pair.msgstr)
    )
    plain = now > before or (not said and not before and code in pair.msgstr)
    if plain and (said or not marked):
        yield Code.MESSAGE_CODE_PLAIN, f"`{printable(code)}` lost its backticks"
    elif not said and (marked or not (now and before)):
        yield Code.MESSAGE_CODE, f"the code `{printable(code)}` is missing, or another one"


def _code(code: str) -> str:
    """Code as it is compared: blanks as one, what is to be filled in left open."""
    plain = " ".join(code.split())
    return _TO_FILL_IN.sub("<>", plain) if "<" in plain or "{" in plain else plain


def emphasis_rule(pair: Pair) -> Iterator[tuple[Code, str]]:
    """Emphasis is shown as such, and no mark of it as text."""
    source, translation = pair.source, pair.translation
    if pair.context.markup == "plain":
        return
    broken = False
    shown = translation.text if translation.blocks == ("paragraph",) else translation.text.lstrip("*+- ")
    for mark in ("**", "*", "__", "_", "~~") if pair.context.markup == "myst" else ("**", "*"):
        left = _marks(shown, mark)
        if left > _marks(source.text, mark) and left > _marks(pair.msgid, mark) - 2 * (
            source.strong + source.emphasis
        ):
            yield Code.MESSAGE_EMPHASIS, f"{mark} is shown as text: {_around(translation, mark)}"
            broken = True
            break
    wanted, given = source.strong + source.emphasis, translation.strong + translation.emphasis
    if given < wanted and source.emphasis:
        # Titles of works are in italics in English, and in brackets in Chinese.
        given += min(source.emphasis, max(0, translation.text.count("《") - source.text.count("《")))
    if given < wanted and not broken:
        yield Code.MESSAGE_EMPHASIS_LOST, f"{wanted - given} of {wanted} emphasised texts are not emphasised"
    elif given > wanted and not broken:
        yield Code.MESSAGE_EMPHASIS_ADDED, f"{given - wanted} texts are emphasised that are not in the source"


def _marks(text: str, mark: str) -> int:
    if mark == "*":
        return len(re.findall(r"(?<!\*)\*(?!\*)", text))
    if mark == "_":
        # Within a word of ASCII it is no mark.
        return len(re.findall(r"(?<![A-Za-z0-9_])_(?!_)|(?<!_)_(?![A-Za-z0-9_])", text))
    if mark == "__":
        return len(re.findall(r"(?<![A-Za-z0-9_])__|__(?![A-Za-z0-9_])", text))
    return text.count(mark)


def _around(parts: Parts, mark: str) -> str:
    at = parts.text.find(mark)
    return printable(parts.text[max(0, at - 8) : at + 16].replace(OBJECT, "…"))


def substitution_rule(pair: Pair) -> Iterator[tuple[Code, str]]:
    """Substitutions keep their names."""
    yield from _kept(
        Code.MESSAGE_SUBSTITUTION, pair.source.substitutions, pair.translation.substitutions, "{{ %s }}"
    )


def maths_rule(pair: Pair) -> Iterator[tuple[Code, str]]:
    """Formulas stay, but for the words in them."""
    wanted, given = map(_formula, pair.source.maths), map(_formula, pair.translation.maths)
    yield from _kept(Code.MESSAGE_MATHS, list(wanted), list(given), "$%s$")


def _formula(formula: str) -> str:
    return _TEXT_IN_MATHS.sub("…", formula)


def footnote_rule(pair: Pair) -> Iterator[tuple[Code, str]]:
    """Marks of footnotes stay."""
    yield from _kept(Code.MESSAGE_FOOTNOTE, pair.source.footnotes, pair.translation.footnotes, "[^%s]")


def _kept(
    code: Code, source: Iterable[str], translation: Iterable[str], form: str
) -> Iterator[tuple[Code, str]]:
    wanted, given = Counter(source), Counter(translation)
    for name in wanted.keys() - given.keys():
        yield code, f"{printable(form % name)} is missing, or another one"
    for name in given.keys() - wanted.keys() if given.keys() >= wanted.keys() else ():
        yield code, f"the source has no {printable(form % name)}"
    for name in wanted.keys() & given.keys():
        if given[name] < wanted[name] and code is Code.MESSAGE_FOOTNOTE:
            yield code, f"{printable(form % name)} stands {wanted[name]} times in the source"


def tag_rule(pair: Pair) -> Iterator[tuple[Code, str]]:
    """HTML tags stay, with what they do, and close as they open."""
    wanted = Counter(key for key, _raw in pair.source.tags)
    given = Counter(key for key, _raw in pair.translation.tags)
    for _key, raw in pair.translation.tags:
        if re.search("=[“”‘’＂「」]", raw):
            yield Code.MESSAGE_TAG, f"{printable(raw)}: an attribute stands in straight quotation marks"
    if wanted == given:
        return
    written = dict((*pair.source.tags, *pair.translation.tags))
    for key in wanted - given:
        if key[0] not in {"br", "wbr"}:
            yield Code.MESSAGE_TAG, f"the tag {printable(written[key])} is missing, or another one"
    for key in given - wanted:
        if key[0] not in {"br", "wbr"}:
            yield Code.MESSAGE_TAG, f"the source has no tag {printable(written[key])}, or fewer"


def escape_rule(pair: Pair) -> Iterator[tuple[Code, str]]:
    r"""What a backslash keeps from being markup still needs it."""
    if pair.context.markup != "myst" or "\\" not in pair.msgid + pair.msgstr:
        return
    outside = [re.sub(r"\$[^$]+\$", "", re.sub(r"`[^`]*`", "", text)) if "\\`" not in text else text
               for text in (pair.msgid, pair.msgstr)]  # fmt: skip
    wanted, given = (Counter(_ESCAPE.findall(text)) for text in outside)
    shown = pair.translation.text
    for sign in wanted:
        # Fewer are right where the text has fewer of the signs too.
        unescaped = shown.count(sign) > given[sign] or (sign not in shown and sign in pair.msgstr)
        if given[sign] < wanted[sign] and sign not in ".!" and unescaped:
            message = f"\\{sign} stands {wanted[sign]} times in the source: keep the backslash"
            yield Code.MESSAGE_ESCAPE, message
    if pair.translation.text.count("\\") > pair.source.text.count("\\"):
        yield Code.MESSAGE_ESCAPE, "a backslash is shown that is not in the source"


def fullwidth_markup_rule(pair: Pair) -> Iterator[tuple[Code, str]]:
    """Markup is written with ASCII signs."""
    if pair.msgstr.isascii() or pair.context.markup == "plain":
        return
    for pattern, sign, form in _FULLWIDTH:
        found = pattern.search(pair.msgstr)
        if found and sign in pair.msgid and found[0] not in pair.msgid:
            yield (
                Code.MESSAGE_FULLWIDTH,
                f"{printable(found[0])} is full-width: write {form} with ASCII signs",
            )
            return


def foreign_markup_rule(pair: Pair) -> Iterator[tuple[Code, str]]:
    """Markdown is no reStructuredText."""
    patterns = {"myst": _REST, "rst": _MARKDOWN}.get(pair.context.markup, ())
    for pattern in patterns:
        found = pattern.search(pair.msgstr)
        if found and not pattern.search(pair.msgid) and found[0] not in pair.msgid:
            language = "reStructuredText" if pair.context.markup == "myst" else "Markdown"
            yield Code.MESSAGE_FOREIGN_MARKUP, f"{printable(found[0])} is {language}"
            return


MARKUP_RULES: Final = (
    link_rule, localised_address_rule, image_rule, url_rule, role_rule, code_rule, emphasis_rule,
    substitution_rule, maths_rule, footnote_rule, tag_rule, escape_rule, fullwidth_markup_rule,
    foreign_markup_rule,
)  # fmt: skip
