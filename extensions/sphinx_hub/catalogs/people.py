"""The people of all catalogs: from their headers and from git, each under one name."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from datetime import MAXYEAR
from typing import TYPE_CHECKING, Final

from sphinx_hub.catalogs.compiled import catalog_files
from sphinx_hub.catalogs.credits import Role, header_credits
from sphinx_hub.catalogs.history import History, read_history
from sphinx_hub.catalogs.mailmap import Mailmap, read_mailmap

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from sphinx_hub.catalogs.credits import Credit
    from sphinx_hub.problems import Problem
    from sphinx_hub.settings import Settings

_UNSEEN: Final = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
#: Persian and Indian names are written with them.
_JOINERS: Final = "\u200c\u200d"


@dataclass(frozen=True, kw_only=True)
class CatalogCredits:
    """Who worked on one catalog, each in the order of the first contribution."""

    translators: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.translators or self.reviewers)


@dataclass(frozen=True, kw_only=True)
class Volunteer:
    """What one person did for one language, as domains of catalogs in their order."""

    name: str
    translated: tuple[str, ...] = ()
    reviewed: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class KnownPerson:
    """Somebody of whom the site has a record."""

    id: str
    names: tuple[str, ...]
    """All that catalogs and git may call the person."""
    name: str
    """The name to show."""
    docname: str = ""
    """The page with the person's place; empty where there is none."""
    anchor: str = ""
    lang: str | None = None
    """The BCP 47 tag of the name, where it is not in the language of the page."""


@dataclass(frozen=True, kw_only=True)
class SiteCredits:
    """Everybody who is named for a site."""

    catalogs: Mapping[str, Mapping[str, CatalogCredits]] = field(default_factory=dict)
    """Locale -> domain -> its people; catalogs without any are left out."""
    volunteers: Mapping[str, tuple[Volunteer, ...]] = field(default_factory=dict)
    """Locale -> its people, those first who came first; locales without any are left out."""
    problems: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    """Locale -> what is wrong with the headers of its catalogs."""
    missing: str = ""
    """Why git could not be asked; empty where it was, or was not to be."""


def site_credits(
    settings: Settings, stored: Path | None = None, known: Sequence[KnownPerson] = ()
) -> SiteCredits:
    """Everybody who is named in the catalogs of ``settings``, or by git, as the key ``credits`` has it.

    Somebody is one person under one address, under one name, under all that a ``.mailmap`` puts together, and
    under all names of a record. The name to show is that of the record; or else that of the ``.mailmap``; or
    else one that is written in a catalog, best in one of the same language; or else what git has.

    :param stored: where git's answer is kept for the next time
    :param known: the people of whom the site has a record
    """
    if settings.credits == "off":
        return SiteCredits()
    found: list[tuple[str, str, Credit]] = []
    problems: dict[str, tuple[Problem, ...]] = {}
    domains: set[tuple[str, str]] = set()
    for locale in settings.locales:
        for domain, path in catalog_files(settings.catalogs_path, locale):
            domains.add((locale, domain))
            try:
                named, wrong = header_credits(path.read_bytes(), path)
            except OSError:
                continue  # the build and the check say so themselves
            problems[locale] = problems.get(locale, ()) + wrong
            if settings.credits != "git":
                found += [(locale, domain, credit) for credit in named]
    by_hand = len(found)
    history = History() if settings.credits == "header" else read_history(settings.catalogs_path, stored)
    for place, credit in history.credits:
        locale, _slash, rest = place.partition("/LC_MESSAGES/")
        row = locale, rest.removesuffix(".po")
        if row in domains:
            found.append((*row, credit))
    people = _People(_mailmap(settings, history), settings.credits_without, known)
    persons = [
        people.add(credit, locale, written=n < by_hand) for n, (locale, _domain, credit) in enumerate(found)
    ]
    rows: dict[str, list[tuple[str, str, Credit]]] = {locale: [] for locale in settings.locales}
    for (locale, domain, credit), person in zip(found, persons, strict=True):
        if person is not None:
            rows[locale].append((domain, people.name(person, locale), credit))
    return SiteCredits(
        catalogs={locale: _by_catalog(of_locale) for locale, of_locale in rows.items() if of_locale},
        volunteers={locale: _by_person(of_locale) for locale, of_locale in rows.items() if of_locale},
        problems=problems,
        missing=history.missing,
    )


def _mailmap(settings: Settings, history: History) -> Mailmap:
    """That of the project, or else of the repository that it stands in."""
    path = settings.root / ".mailmap"
    return read_mailmap(
        path if path.is_file() or not history.top else settings.root / history.top / ".mailmap"
    )


def _by_catalog(rows: Sequence[tuple[str, str, Credit]]) -> dict[str, CatalogCredits]:
    """Domain -> its people, of the (domain, name, credit) of one locale."""
    names: dict[str, dict[Role, dict[str, None]]] = {}
    for domain, name, credit in rows:
        names.setdefault(domain, {role: {} for role in Role})[credit.role][name] = None
    return {
        domain: CatalogCredits(translators=tuple(of[Role.TRANSLATOR]), reviewers=tuple(of[Role.REVIEWER]))
        for domain, of in sorted(names.items())
    }


def _by_person(rows: Sequence[tuple[str, str, Credit]]) -> tuple[Volunteer, ...]:
    """The people of one locale, by the year of their first contribution and then by name."""
    domains: dict[str, dict[Role, set[str]]] = {}
    since: dict[str, int] = {}
    for domain, name, credit in rows:
        domains.setdefault(name, {role: set() for role in Role})[credit.role].add(domain)
        # A name without a year comes behind those that have one.
        since[name] = min(since.get(name, MAXYEAR), credit.year or MAXYEAR)
    return tuple(
        Volunteer(
            name=name,
            translated=tuple(sorted(domains[name][Role.TRANSLATOR])),
            reviewed=tuple(sorted(domains[name][Role.REVIEWER])),
        )
        for name in sorted(domains, key=lambda name: (since[name], name))
    )


class _People:
    """Finds out who is the same person."""

    def __init__(self, mailmap: Mailmap, without: Sequence[str], known: Sequence[KnownPerson] = ()) -> None:
        self._mailmap = mailmap
        self._without = {_folded(text) for text in without}
        self._parents: list[int] = []
        """Person -> one that it turned out to be, or itself."""
        self._known: dict[tuple[str, str], int] = {}
        """A name or an address -> its person."""
        self._names: dict[str, list[_Name]] = {}
        """A name without its case and spaces -> how it is written."""
        self._chosen: dict[tuple[int, str], str] = {}
        self._records: list[KnownPerson] = list(known)
        """Those who have a record: the first persons, in this order."""
        for person, record in enumerate(self._records):
            self._parents.append(person)
            for name in record.names:
                self._known.setdefault(("name", _folded(name)), person)

    def add(self, credit: Credit, locale: str, *, written: bool) -> int | None:
        """The person of ``credit``, who may be ``written`` into a catalog; None for one not to be named."""
        name, mail = self._mailmap.lookup(credit.name, credit.mail)
        name = _tidy(name)
        if not name or {_folded(text) for text in (credit.name, credit.mail, name, mail)} & self._without:
            return None
        keys = [("name", _folded(name)), *([("mail", _folded(mail))] if mail else [])]
        person = self._known.get(keys[0])
        if person is None:
            person = self._known[keys[0]] = len(self._parents)
            self._parents.append(person)
        for key in keys:
            one, other = sorted((self._root(self._known.setdefault(key, person)), self._root(person)))
            # An address that a team shares makes no one person of its members.
            if other >= len(self._records):
                self._parents[other] = one
        mapped = (name, mail) != (_tidy(credit.name), credit.mail)
        self._names.setdefault(keys[0][1], []).append(_Name(name, locale, written=written, mapped=mapped))
        return person

    def name(self, person: int, locale: str) -> str:
        """The name of ``person`` to show in ``locale``, once all have been added."""
        root = self._root(person)
        if root < len(self._records):
            return self._records[root].name
        if (root, locale) in self._chosen:
            return self._chosen[root, locale]
        names = [
            name
            for (kind, text), one in self._known.items()
            if kind == "name" and self._root(one) == root
            for name in self._names[text]
        ]
        best = min(names, key=lambda name: (not name.mapped, not name.written, name.locale != locale))
        self._chosen[root, locale] = best.text
        return best.text

    def _root(self, person: int) -> int:
        while self._parents[person] != person:
            person = self._parents[person]
        return person


@dataclass(frozen=True)
class _Name:
    """A name, as it stands somewhere."""

    text: str
    locale: str
    written: bool
    mapped: bool


def _tidy(name: str) -> str:
    """``name`` without what is not seen, such as marks that turn the direction of the line around it."""
    seen = (char for char in name if char in _JOINERS or unicodedata.category(char) not in _UNSEEN)
    return " ".join("".join(seen).split())


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
