"""Checks catalogs: files or folders of them, of this project or of another."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING, Final

from sphinx_hub.catalogs.check.catalog_rules import (
    catalog_locale,
    header_problems,
    misaligned,
    names_of,
    project_of,
    twin_problems,
    two_ways,
)
from sphinx_hub.catalogs.check.markdown import EXTENSIONS, Markdown
from sphinx_hub.catalogs.check.pair import Context, Markup, Pair
from sphinx_hub.catalogs.check.parts import plain_parts
from sphinx_hub.catalogs.check.reading import Message, Reading, read_catalog
from sphinx_hub.catalogs.check.rest import rest_parts
from sphinx_hub.catalogs.check.rules import RULES
from sphinx_hub.catalogs.text_safety import character_excess, plain_excess, size_excess
from sphinx_hub.problems import Code, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from sphinx_hub.catalogs.check.parts import Parts
    from sphinx_hub.catalogs.glossary import Term
    from sphinx_hub.catalogs.text_safety import Excess

#: A translator's comment that switches codes off for an entry: ``# sphinx-hub: ignore MSG501 MSG503``.
_OPT_OUT: Final = re.compile(r"sphinx-hub:\s*ignore\b[:\s]*(?P<codes>.*)")
#: What desktop programs have instead of a text: the translators write their names there.
_CREDITS: Final = frozenset(("translator-credits", "translator_credits", "translation-credits"))
_REST: Final = re.compile(r"``[^`]+``|:[a-z:]+:`[^`]+`|`[^`<>]+ <[^`<>]+>`_")
_MYST: Final = re.compile(r"(?<!`)`[^`\n]+`(?![`_])|\[[^\]]*\]\([^)]+\)|\{[a-z:]+\}`")
#: Mistakes in the signs of markup, and what is not there any more for them.
_ROOTS: Final = frozenset((Code.MESSAGE_FULLWIDTH, Code.MESSAGE_FOREIGN_MARKUP))
_BROKEN_BY: Final = frozenset((
    Code.MESSAGE_LINK, Code.MESSAGE_IMAGE, Code.MESSAGE_URL, Code.MESSAGE_ROLE, Code.MESSAGE_CODE,
    Code.MESSAGE_CODE_PLAIN, Code.MESSAGE_EMPHASIS, Code.MESSAGE_EMPHASIS_LOST, Code.MESSAGE_SUBSTITUTION,
    Code.MESSAGE_MATHS, Code.MESSAGE_FOOTNOTE, Code.MESSAGE_TAG, Code.MESSAGE_ESCAPE,
    Code.MESSAGE_PLACEHOLDER,
))  # fmt: skip
#: Languages that need the marks of direction.
_RIGHT_TO_LEFT: Final = frozenset(("ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"))
_CODES: Final = {code.code: code for code in Code}
_SUFFIXES: Final[dict[str, Markup]] = {
    ".md": "myst", ".markdown": "myst", ".mdx": "myst", ".ipynb": "myst", ".rst": "rst", ".txt": "rst",
    ".html": "plain", ".js": "plain", ".ts": "plain", ".yaml": "plain", ".yml": "plain", ".jinja": "plain",
    ".c": "plain", ".cpp": "plain", ".ui": "plain", ".vue": "plain", ".tsx": "plain", ".jsx": "plain",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Options:
    """How catalogs are checked."""

    markup: Markup | None = None
    """What the sources are written in; guessed from the locations of each entry where it is None."""
    ignore: frozenset[Code] = frozenset()
    """Codes that are not reported."""
    enable: frozenset[Code] = frozenset()
    """Codes that are reported though they are off by default."""
    extensions: frozenset[str] = EXTENSIONS
    """MyST's extensions that the sources use."""
    hub: bool = False
    """Whether the site is built with ``sphinx_hub.i18n``: emphasis beside Chinese is read as it is meant, and
    a translation with inline rules alone."""
    terms: Callable[[str], Sequence[Term]] = field(default=lambda _locale: ())
    """The terms of the glossary for a locale."""

    def wants(self, code: Code) -> bool:
        """Whether ``code`` is reported."""
        return code not in self.ignore and (code.default or code in self.enable)


def check_catalogs(paths: Iterable[Path], options: Callable[[Path], Options]) -> list[Problem]:
    """Every problem of the catalogs ``paths``, each checked with what ``options`` gives for it."""
    problems: list[Problem] = []
    checks = [_CatalogCheck(read_catalog(path), options(path)) for path in paths]
    for check in checks:
        problems += check.problems()
    by_locale: dict[str, list[_CatalogCheck]] = {}
    for check in checks:
        by_locale.setdefault(check.locale, []).append(check)
    for group in by_locale.values():
        problems += _contradictions(group)
    return problems


def _contradictions(checks: Sequence[_CatalogCheck]) -> Iterator[Problem]:
    """Texts that the catalogs of one language translate in two ways."""
    own = {check.reading.path: check for check in checks}
    found = [
        (check.reading.path, message)
        for check in checks
        for message in check.checked
        # A word of an interface has another meaning in every place.
        if check.markup(message) != "plain"
    ]
    for path, message, code, text in two_ways(found):
        yield from own[path].report(message, code, f"translated in another way: {text}")


class _CatalogCheck:
    """One catalog, and what is to be said of it."""

    def __init__(self, reading: Reading, options: Options) -> None:
        self.reading = reading
        self.locale = catalog_locale(reading)
        self._rtl = self.locale.partition("_")[0] in _RIGHT_TO_LEFT
        self._characters = partial(character_excess, rtl=self._rtl)
        self._options = options
        self._contexts: dict[Markup, Context] = {}
        self._unplaced = _guess(reading.messages)
        self._names = names_of(reading.messages, reading.fields)

    @cached_property
    def checked(self) -> list[Message]:
        """The entries whose texts are known."""
        return [message for message in self.reading.messages if not message.broken]

    def problems(self) -> Iterator[Problem]:
        """What is wrong with the catalog itself and with each of its entries."""
        reading, options = self.reading, self._options
        for problem in (*reading.problems, *header_problems(reading), *twin_problems(reading)):
            if options.wants(problem.code):
                yield problem
        pairs: list[tuple[Message, Pair]] = []
        for message in self.checked:
            yield from self._opt_out_problems(message)
            if message.msgid not in _CREDITS:
                yield from self._message_problems(message, pairs)
        for message, code, text in misaligned(pairs):
            yield from self.report(message, code, text)

    def _message_problems(self, message: Message, pairs: list[tuple[Message, Pair]]) -> Iterator[Problem]:
        """What is wrong with one entry; its texts are added to ``pairs`` where they are compared."""
        if message.fuzzy:
            yield from self.report(message, Code.MESSAGE_FUZZY, self._doubt(message))
        elif message.translated:
            for pair in self._pairs(message):
                pairs.append((message, pair))
                yield from self._pair_problems(message, pair)
        elif message.msgid.strip():
            yield from self.report(message, Code.MESSAGE_EMPTY, "the message is not translated")
            for string in message.strings:
                yield from self._unsafe(message, size_excess(message.msgid, string))

    def report(self, message: Message, code: Code, text: str) -> Iterator[Problem]:
        """The problem, unless it is not wanted here."""
        if self._options.wants(code) and code not in opt_outs(message):
            yield Problem(self.reading.path, message.line, code, text)

    def _pair_problems(self, message: Message, pair: Pair) -> Iterator[Problem]:
        if excesses := size_excess(pair.msgid, pair.msgstr):
            # A build does not parse it either: rules could take for ever on it.
            yield from self._unsafe(message, excesses)
            return
        found = [(code, text) for rule in RULES for code, text in rule(pair)]
        # One mistake breaks what it stands in as well: it is told once.
        roots = {code for code, _text in found} & _ROOTS
        if roots:
            found = [(code, text) for code, text in found if code in roots or code not in _BROKEN_BY]
        unsafe: list[Problem] = []
        if not any(code.severity == "error" for code, _text in found):
            kept = pair.context.markup == "myst" and pair.keeps_markup
            find = self._characters if kept else pair.context.excess
            unsafe += self._unsafe(message, tuple(find(pair.msgid, pair.msgstr)))
        for code, text in found:
            if not (unsafe and code is Code.MESSAGE_INVISIBLE):
                yield from self.report(message, code, text)
        yield from unsafe

    def _unsafe(self, message: Message, excesses: Sequence[Excess]) -> Iterator[Problem]:
        """What keeps a build from showing a translation, where no rule has said it in better words."""
        if excesses:
            what = ", ".join(f"{excess.kind} {excess.what}".strip() for excess in excesses)
            yield from self.report(
                message, Code.TEXT_UNSAFE, f"the translation has what its source has not: {what}"
            )

    def _pairs(self, message: Message) -> Iterator[Pair]:
        context = self._context(self.markup(message))
        if not message.plural:
            yield Pair(msgid=message.msgid, msgstr=message.strings[0], context=context, flags=message.flags)
            return
        for index, string in enumerate(message.strings):
            # Which form is the singular differs between languages; the plural names all that there is.
            source = message.msgid if index == 0 and len(message.strings) > 1 else message.plural
            yield Pair(msgid=source, msgstr=string, context=context, flags=message.flags)

    def markup(self, message: Message) -> Markup:
        """What the source of ``message`` is written in."""
        if self._options.markup is not None:
            return self._options.markup
        for location in message.locations:
            path = location.rpartition(":")[0] or location
            if "docstring" in location:
                return "rst"
            suffix = path[path.rfind(".") :] if "." in path.rpartition("/")[2] else ""
            if suffix in _SUFFIXES:
                return _SUFFIXES[suffix]
            if suffix in {".py", ".pyi"}:
                return "rst" if "docstring" in " ".join(message.locations) else "plain"
        return "plain" if message.locations else self._unplaced

    def _context(self, markup: Markup) -> Context:
        if markup not in self._contexts:
            parse: Callable[[str], Parts] = rest_parts if markup == "rst" else plain_parts
            excess: Callable[[str, str], Sequence[Excess]] = (
                partial(plain_excess, rtl=self._rtl) if markup == "plain" else size_excess
            )
            if markup == "myst":
                markdown = Markdown(self._options.extensions, cjk_emphasis=self._options.hub, rtl=self._rtl)
                parse, excess = markdown.parts, markdown.excess
            self._contexts[markup] = Context(
                locale=self.locale,
                markup=markup,
                parse=parse,
                excess=excess,
                lenient_blocks=self._options.hub,
                # The longest first: "large language model" is no "model".
                terms=sorted(self._options.terms(self.locale), key=lambda term: -len(term.term)),
                names=self._names,
                project=project_of(self.reading.fields),
            )
        return self._contexts[markup]

    @staticmethod
    def _doubt(message: Message) -> str:
        outdated = next((comment for comment in message.comments if comment.startswith("outdated")), None)
        if outdated:
            return f"the source changed ({outdated}): bring the translation up to date, then remove the mark"
        return "the translation is in doubt: look at it, then remove the flag fuzzy"

    def _opt_out_problems(self, message: Message) -> Iterator[Problem]:
        for comment in message.comments:
            if found := _OPT_OUT.match(comment):
                for name in re.findall(r"[^\s,]+", found["codes"]):
                    if name not in _CODES:
                        text = f"there is no code {name!r} to ignore"
                        yield Problem(self.reading.path, message.first, Code.CATALOG_OPT_OUT, text)


def _guess(messages: Iterable[Message]) -> Markup:
    """What the sources are written in of which the catalog does not say where they are."""
    rest = markdown = 0
    for message in messages:
        if message.plural or any(flag.endswith("-format") for flag in message.flags):
            return "plain"  # placeholders and plurals come from a program
        rest += bool(_REST.search(message.msgid))
        markdown += bool(_MYST.search(message.msgid))
    return "rst" if rest > markdown else "myst"


def opt_outs(message: Message) -> frozenset[Code]:
    """The codes that a translator's comment switches off for an entry."""
    names = [
        name
        for comment in message.comments
        if (found := _OPT_OUT.match(comment))
        for name in re.findall(r"[^\s,]+", found["codes"])
    ]
    return frozenset(_CODES[name] for name in names if name in _CODES)
