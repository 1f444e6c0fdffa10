"""Merge templates into the .po files of each language, and read no more of them than a change asks for."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sphinx_hub.catalogs import compiled
from sphinx_hub.catalogs.compiled import catalog_files, catalog_folder
from sphinx_hub.catalogs.faults import checked_po
from sphinx_hub.catalogs.freshness import SOURCES, stamp
from sphinx_hub.catalogs.headers import HeaderValues
from sphinx_hub.catalogs.language_update import Catalogs, LanguageUpdate, retired_since, update_language
from sphinx_hub.catalogs.merge import Rules
from sphinx_hub.catalogs.po_files import parse_po
from sphinx_hub.catalogs.settled import (
    Settled,
    Texts,
    Wanted,
    load_settled,
    rules_digest,
    save_settled,
)
from sphinx_hub.catalogs.transaction import write_together
from sphinx_hub.problems import Code, Problem, ProblemsError
from sphinx_hub.records.day import today

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from sphinx_hub.catalogs.merge import Merged
    from sphinx_hub.catalogs.po_files import PoFile
    from sphinx_hub.catalogs.suggestions import Suggestion
    from sphinx_hub.settings import Language, Settings

#: Beside ``LC_MESSAGES``, where neither Sphinx nor gettext nor a translator's tool looks for catalogs.
RETIRED: Final = "retired"
#: Beside the output: what the last update left, a file for each language.
_SETTLED: Final = "settled"
#: From so many catalogs on, languages are merged side by side.
MANY: Final = 100
#: Hosts that keep a list of issues at this address below a repository's own.
_WITH_ISSUES: Final = re.compile(r"https://(?:www\.)?(?:github\.com|gitlab\.com|codeberg\.org|gitee\.com)/")


def update_catalogs(
    settings: Settings,
    languages: Sequence[Language],
    folder: Path,
    *,
    proposals: Mapping[str, Mapping[str, Suggestion]] | None = None,
) -> list[str]:
    """Merge the templates in ``folder`` into the .po files of ``languages``.

    A language has no catalog for a page that is written in it, so the source language has catalogs only
    for pages that are written in another. Templates of the interface are left out: their catalog ships
    with the package. ``proposals`` are suggestions by domain and key. Returns a line for each catalog that
    is new, changed, or somewhere else than before.

    :raises ProblemsError: with every catalog that cannot be read or written; then none was touched.
    """
    templates = _Templates(settings, folder)
    found = _merged(settings, languages, templates, proposals)
    problems = [problem for merge in found if isinstance(merge, list) for problem in merge]
    if problems:
        raise ProblemsError(problems)
    merges = [merge for merge in found if not isinstance(merge, list)]
    changes: dict[Path, bytes | None] = {}
    for merge in merges:
        changes |= merge.changes
    read = {path: content for merge in merges for path, content in merge.read.items()}
    write_together(settings.catalogs_path, changes, read)
    for merge in merges:
        merge.settle()
    return sorted(line for merge in merges for line in merge.lines)


def _merged(
    settings: Settings,
    languages: Sequence[Language],
    templates: _Templates,
    proposals: Mapping[str, Mapping[str, Suggestion]] | None,
) -> list[_LanguageMerge | list[Problem]]:
    """The merge of each language, or what keeps it from being done; in several processes where it is much."""

    def merge(language: Language) -> _LanguageMerge | list[Problem]:
        try:
            return _LanguageMerge(settings, language, templates, proposals)
        except ProblemsError as error:
            return list(error.problems)

    count = sum(templates.newer_than(_settled_path(settings, language), language) for language in languages)
    processes = min(os.cpu_count() or 1, len(languages))
    if count < MANY or processes == 1:
        return list(map(merge, languages))
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 after a small edit it is not needed
    from multiprocessing import get_all_start_methods, get_context  # noqa: PLC0415 as above

    if "fork" not in get_all_start_methods():
        return list(map(merge, languages))
    templates.parsed(templates.paths)  # once for all of them
    # A forked process has what the merge needs, so that nothing has to be sent to it but the language.
    with ProcessPoolExecutor(
        processes, mp_context=get_context("fork"), initializer=_share, initargs=(merge,)
    ) as pool:
        return list(pool.map(_merge_shared, languages))


_shared: dict[str, Callable[[Language], _LanguageMerge | list[Problem]]] = {}


def _share(merge: Callable[[Language], _LanguageMerge | list[Problem]]) -> None:
    _shared["merge"] = merge


def _merge_shared(language: Language) -> _LanguageMerge | list[Problem]:
    return _shared["merge"](language)


def _settled_path(settings: Settings, language: Language) -> Path:
    return settings.output_path.parent / _SETTLED / f"{language.locale}.json"


class CatalogFolder:
    """The catalogs of a language: where they are, and the contents of those that were read."""

    def __init__(self, settings: Settings, language: Language) -> None:
        self.language = language
        self.folder = catalog_folder(settings.catalogs_path, language.locale)
        self.shelf = self.folder.parent / RETIRED
        """Of the retired ones."""
        self.active = dict(catalog_files(settings.catalogs_path, language.locale))
        """Domain -> path."""
        self.retired = sorted(self.shelf.rglob("*.po"))
        # As they are before they are read: what is changed later, is changed.
        self.stamps = {path: stamp(path) for path in (*self.active.values(), *self.retired)}
        self.contents: dict[Path, bytes] = {}
        self._parsed: dict[bytes, PoFile] = {}

    def read(self, domains: Iterable[str] | None = None) -> Catalogs:
        """The contents by domain, of all catalogs or of the active ones of ``domains``.

        :raises ProblemsError: with every one that cannot be merged.
        """
        wanted = [*self.active.values(), *self.retired]
        if domains is not None:
            wanted = [self.active[domain] for domain in sorted(domains)]
        problems: list[Problem] = []
        for path in wanted:
            if path in self.contents:
                continue
            try:
                self.contents[path] = path.read_bytes()
            except OSError as error:
                message = f"cannot be read: {error.strerror}"
                problems.append(Problem(path, 1, Code.CATALOG_SYNTAX, message))
                continue
            found = checked_po(path, self.contents[path], self.language.locale)
            if isinstance(found, list):
                problems += found
            else:
                self._parsed[self.contents[path]] = found
        if problems:
            raise ProblemsError(problems)
        return Catalogs(active=self._below(self.folder), retired=self._below(self.shelf), parsed=self._parsed)

    def _below(self, folder: Path) -> dict[str, bytes]:
        return {
            path.relative_to(folder).with_suffix("").as_posix(): content
            for path, content in self.contents.items()
            if path.is_relative_to(folder)
        }


class _Templates:
    """The templates of an extraction, each parsed when it is asked for."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        self._source_locale = settings.source_locale
        self.paths = {
            path.relative_to(folder).with_suffix("").as_posix(): path
            for path in sorted(folder.rglob("*.pot"))
        }
        """Domain -> path."""
        self.paths.pop("sphinx", None)
        self.stamps = {path: stamp(path) for path in self.paths.values()}
        self._locales = _page_locales(folder)
        self._parsed: dict[str, PoFile] = {}

    def of(self, language: Language) -> dict[str, Path]:
        """Domain -> path, of the pages that are translated to ``language``."""
        return {
            domain: path
            for domain, path in self.paths.items()
            if self._locales.get(domain, self._source_locale) != language.locale
        }

    def parsed(self, domains: Iterable[str]) -> dict[str, PoFile]:
        """Domain -> template."""
        for domain in domains:
            if domain not in self._parsed:
                self._parsed[domain] = parse_po(self.paths[domain].read_bytes())
        return {domain: self._parsed[domain] for domain in domains}

    def newer_than(self, path: Path, language: Language) -> int:
        """How many of ``language`` have been written since ``path`` was; all where it is not there."""
        time = (stamp(path) or [0])[0]
        return sum(self.stamps[template][0] > time for template in self.of(language).values())


class _LanguageMerge:
    """The update of one language: what is to be written, and what is remembered of it."""

    changes: dict[Path, bytes | None]
    """What all files that were looked at will hold; None for those that will be no more."""
    read: dict[Path, bytes]
    """What they were when they were read."""
    lines: list[str]
    """What the update did, a line for each catalog."""

    def __init__(
        self,
        settings: Settings,
        language: Language,
        templates: _Templates,
        proposals: Mapping[str, Mapping[str, Suggestion]] | None,
    ) -> None:
        """Merge in memory; nothing is written.

        :raises ProblemsError: with every catalog that cannot be merged.
        """
        self._settings, self._language = settings, language
        self._wanted = {domain: templates.stamps[path] for domain, path in templates.of(language).items()}
        catalogs = CatalogFolder(settings, language)
        self._rules = Rules(
            locale=language.locale,
            day=today(),
            keep_days=settings.obsolete_days,
            header=header_values(settings),
        )
        self._before = (
            None if proposals else load_settled(_settled_path(settings, language), self._rules_digest)
        )
        domains = self._domains(catalogs)
        contents = catalogs.read(domains)
        known = self._before
        elsewhere: set[str] = set()
        if known is not None and domains is not None:
            parsed = templates.parsed(sorted(domains)).items()
            needs = Wanted.of((template, contents.po(contents.active[domain])) for domain, template in parsed)
            domains |= known.exchanging(needs)
            elsewhere = known.known_strings(needs.strings, domains)
            if not domains <= self._wanted.keys():  # a retired catalog is among them
                domains = None
            contents = catalogs.read(domains)
        parts = sorted(self._wanted if domains is None else domains)
        result = update_language(
            templates.parsed(parts),
            replace(contents, elsewhere=elsewhere),
            self._rules,
            source=settings.source,
            proposals=proposals,
        )
        self.read = catalogs.contents
        self.changes = _changes(catalogs, result)
        self.lines = [*_lines(settings, catalogs, result), *_gone_lines(settings, catalogs, result)]
        self._texts = {domain: Texts.of(merged.entries) for domain, merged in result.merged.items()}

    @cached_property
    def _rules_digest(self) -> str:
        code = Path(compiled.__file__).parent
        return rules_digest(self._rules, code, (self._settings.source, sorted(self._wanted)))

    def _domains(self, catalogs: CatalogFolder) -> set[str] | None:
        """The domains of which the template or the catalog changed; None where all are to be looked at.

        Where pages came or went, or a catalog did, any other may have what it needs.
        """
        known, active = self._before, catalogs.active
        if known is None or known.files.keys() != active.keys() or self._wanted.keys() - active.keys():
            return None
        if known.retired != _retired_stamps(catalogs):
            return None
        changed = {domain for domain in active if known.files[domain] != self._stamps(catalogs, domain)}
        changed |= known.expiring(self._rules)
        return changed if changed <= self._wanted.keys() else None

    def _stamps(self, catalogs: CatalogFolder, domain: str) -> list[list[int]]:
        """How the template and the catalog of a domain are."""
        found = [self._wanted[domain]] if domain in self._wanted else []
        return [*found, catalogs.stamps[catalogs.active[domain]]]

    def settle(self) -> None:
        """Write down how everything is, now that it is written."""
        now, before = CatalogFolder(self._settings, self._language), self._before or Settled()
        settled = Settled(rules=self._rules_digest, retired=_retired_stamps(now))
        for domain, path in now.active.items():
            settled.files[domain] = self._stamps(now, domain)
            if domain in self._texts:
                settled.texts[domain] = self._texts[domain]
                if path.read_bytes() != self.changes[path]:
                    settled.files[domain] = []  # somebody was faster
            elif domain in before.texts:
                settled.texts[domain] = before.texts[domain]
        for path in now.retired:
            content = parse_po(path.read_bytes())
            texts = Texts.of((*content.entries, *content.obsolete), retired=True)
            since = retired_since(content)
            settled.texts[str(path)] = replace(texts, since=since.isoformat() if since else "")
        if settled != self._before:
            save_settled(_settled_path(self._settings, self._language), settled)


def _changes(files: CatalogFolder, result: LanguageUpdate) -> dict[Path, bytes | None]:
    after: dict[Path, bytes | None] = {}
    for domain, merged in result.merged.items():
        after[files.folder / f"{domain}.po"] = merged.content
    for domain, content in result.retired.items():
        after[files.shelf / f"{domain}.po"] = content
    for domain in (*result.gone, *result.renamed.values()):
        after.setdefault(files.folder / f"{domain}.po", None)
    for path in files.contents:
        if path.is_relative_to(files.shelf):
            after.setdefault(path, None)
    return after


def _lines(settings: Settings, files: CatalogFolder, result: LanguageUpdate) -> Iterator[str]:
    """What became of the catalogs of pages."""
    for domain, merged in result.merged.items():
        path = files.folder / f"{domain}.po"
        name, counts = shown_name(settings, path), _counts(merged)
        if domain in result.renamed:
            former = shown_name(settings, files.folder / f"{result.renamed[domain]}.po")
            yield f"Move: {former} to {name}, with its page{counts}"
        elif domain in result.returned:
            yield f"Restore: {name}, since its page is there again{counts}"
        elif path not in files.contents:
            yield f"Create: {name}{counts}"
        elif files.contents[path] != merged.content:
            yield f"Update: {name}{counts}"


def _retired_stamps(catalogs: CatalogFolder) -> dict[str, list[int]]:
    return {str(path): catalogs.stamps[path] for path in catalogs.retired}


def _gone_lines(settings: Settings, files: CatalogFolder, result: LanguageUpdate) -> Iterator[str]:
    """What became of the catalogs whose page is gone."""
    days = settings.obsolete_days
    for domain in result.gone:
        name, target = shown_name(settings, files.folder / f"{domain}.po"), files.shelf / f"{domain}.po"
        if domain not in result.retired:
            yield f"Remove: {name}, which had no translation left: its page is gone"
            continue
        until = f"or is deleted after {days} days" if days else "however late"
        shelf = shown_name(settings, target)
        yield f"Retire: {name} to {shelf}: its page is gone. It comes back with it, {until}"
    for domain in result.expired:
        name = shown_name(settings, files.shelf / f"{domain}.po")
        yield f"Delete: {name}, retired for more than {days} days"


def _counts(result: Merged) -> str:
    """What changed beside line numbers."""
    counts = [f"+{result.added}, -{result.gone}"] if result.added or result.gone else []
    for count, word in (
        (result.outdated, "outdated"),
        (result.moved, "moved here"),
        (result.suggested, "suggested"),
        (result.expired, "expired"),
    ):
        counts += [f"{count} {word}"] if count else []
    return f" {', '.join(counts)}" if counts else ""


def header_values(settings: Settings) -> HeaderValues:
    """What is known of the headers of new catalogs."""
    repository = settings.repository.rstrip("/")
    return HeaderValues(bugs=f"{repository}/issues" if _WITH_ISSUES.match(repository) else repository)


def shown_name(settings: Settings, path: Path) -> str:
    """The path of a file as lines about it have it: from the root of the project."""
    return path.relative_to(settings.root).as_posix()


def _page_locales(folder: Path) -> Mapping[str, str]:
    """Domain -> locale, of the pages that are written in another language than the site."""
    path = folder / SOURCES
    if not path.is_file():
        return {}
    locales: dict[str, str] = json.loads(path.read_text("utf-8"))
    return locales
