"""A site that stays in memory: after a change, what the change needs is read and written, and no more.

There are three steps, each later than the one before:

* :meth:`WarmSite.change` reads and writes the pages whose text changed, and nothing else. That takes as long
  on a site of 1,000 pages as on one of 20. It stops where something changed that other pages show at once.
* :meth:`WarmSite.settle` does what an incremental build does for all the other pages.
* :meth:`WarmSite.finish` writes the files for search and other programs, and keeps what was read for the next
  start.

A page that has something wrong with it is not written: the last good one stays.
"""

from __future__ import annotations

import os
import pickle
import re
import sys
import zlib
from contextlib import ExitStack
from enum import Enum
from pathlib import Path
from shutil import copyfile
from typing import TYPE_CHECKING, Any, Final

from sphinx.application import ENV_PICKLE_FILENAME, Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder, _assets
from sphinx.util.build_phase import BuildPhase
from sphinx.util.i18n import docname_to_domain
from sphinx.util.parallel import SerialTasks

from sphinx_hub.building.preview.complaints import Complaints, Nowhere, Stage, Trouble
from sphinx_hub.catalogs.compiled import (
    COMPILED,
    DATA,
    SITE,
    catalog_folder,
    compile_site_catalogs,
    compiled_path,
    recompile,
)
from sphinx_hub.community.domain import hub_domain
from sphinx_hub.community.handlers import load_records
from sphinx_hub.i18n import recount_shares
from sphinx_hub.posts.course_domain import course_domain, load_people
from sphinx_hub.posts.domain import posts_domain
from sphinx_hub.posts.reading import load_posts
from sphinx_hub.records import DATA_NAMES, today

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from sphinx.environment import BuildEnvironment

    from sphinx_hub.problems import Problem
    from sphinx_hub.settings import Language, Settings

#: A change that makes more pages anew than these is left to an incremental build.
_FEW: Final = 30
#: Files of a page that change with each line above, and are shown by the page alone.
_OWN: Final = frozenset({"myst_slugs", "wordcount"})
#: What a browser takes as it is, and a page need not be written anew for.
_ASSETS: Final = frozenset({".css", ".js", ".svg", ".png", ".jpg", ".jpeg", ".webp", ".woff2"})
#: Catalogs and files that are read once, when Sphinx starts.
_INTERFACE: Final = frozenset({SITE, "sphinx"})


_CHECKSUM: Final = re.compile(rb"(?<=[\"'])([\w./-]+)\?v=[0-9a-f]{8}(?=[\"'])")


class Reach(Enum):
    """How far a change went."""

    DONE = "done"
    """What changed is shown, or its trouble is."""
    RESTART = "restart"
    """A process must be started for it, with what was read."""
    FRESH = "fresh"
    """A process must be started for it, and read everything."""


class CannotStartError(Exception):
    """The site cannot be built as its files are; ``troubles`` say why."""

    def __init__(self, troubles: Sequence[Trouble]) -> None:
        super().__init__("\n".join(map(str, troubles)))
        self.troubles = tuple(troubles)


class WarmSite:
    """One language of a site, built into ``output``, with what was read kept in ``doctrees``.

    ``interrupted`` is asked between two pages of a longer build: where it says yes, the rest is put off.

    :raises CannotStartError: a file that all pages need is broken.
    """

    def __init__(  # noqa: PLR0913 options, by name
        self,
        settings: Settings,
        language: Language,
        *,
        output: Path,
        doctrees: Path,
        fresh: bool = False,
        interrupted: Callable[[], bool] = lambda: False,
    ) -> None:
        self.settings = settings
        self.language = language
        self.viewed: Sequence[str] = ()
        """The pages that somebody looks at: they are written first."""
        self.seen: Callable[[], None] = lambda: None
        """Called when the pages that somebody looks at are written, before all others are."""
        self.due = True
        """Whether :meth:`settle` has something to do."""
        self.unfinished = True
        """Whether :meth:`finish` has something to do."""
        self._interrupted = interrupted
        self._complaints = Complaints(str(settings.root))
        self._broken: dict[Path, Problem] = {}
        self._reread: set[str] = set()
        self._rewrite: set[str] = set()
        self._data_due = False
        self._assets_due = True
        self._day = today()
        for folder in (output, doctrees):
            folder.mkdir(parents=True, exist_ok=True)
        with self._complaints.during(Stage("data")):
            self.app = Sphinx(
                settings.source_path,
                settings.root,
                output,
                doctrees,
                "html",
                confoverrides={"language": language.locale, "hub_preview": True},
                status=Nowhere(),
                warning=self._complaints,
                freshenv=fresh,
            )
        if wrong := self._complaints.of(Stage("data")):
            raise CannotStartError(wrong)
        builder = self.app.builder
        assert isinstance(builder, StandaloneHTMLBuilder)  # noqa: S101 asked for by its name
        self._builder = builder
        self._stock_read = builder.read_doc
        overridden: dict[str, Any] = {"read_doc": self._read, "write_documents": self._write_all}
        vars(builder).update(overridden)
        # Those of conf.py, and the posts that are not for readers yet.
        self._patterns = list(self.app.config.exclude_patterns)
        self.app.connect("env-get-outdated", self._owed)
        registry = self.app.registry
        lists: tuple[list[Any], ...] = (registry.css_files, registry.js_files)
        lists += (builder._css_files, builder._js_files)  # noqa: SLF001
        self._assets = [(registered, list(registered)) for registered in lists]
        self._write_everything = fresh

    @property
    def troubles(self) -> list[Trouble]:
        """All that is wrong with the site now."""
        broken = [Trouble.of(problem) for problem in self._broken.values()]
        return list(dict.fromkeys([*broken, *self._complaints.troubles]))

    @property
    def folders(self) -> list[Path]:
        """The folders below the project, besides sources and catalogs, that the site is made of."""
        config = self.app.config
        named = [*config.templates_path, *config.html_static_path, *config.html_extra_path]
        places = {Path(self.app.confdir, name) for name in named}
        for extension in self.app.extensions.values():
            if file := getattr(extension.module, "__file__", None):
                places.add(Path(file).parent)
        environment = Path(os.path.realpath(sys.prefix))
        root = self.settings.root
        return sorted(
            place
            for place in {Path(os.path.realpath(place)) for place in places}
            if place.is_dir()
            and place != root
            and place.is_relative_to(root)
            and not place.is_relative_to(environment)
        )

    # ---- the first step: a text changed ----

    def change(self, paths: Iterable[Path]) -> Reach:
        """Take in that the files ``paths`` have changed, have come or have gone; absolute paths."""
        docs: set[str] = set()
        others = False
        assets = False
        followers = self._followers()
        for path in paths:
            if (reach := self._needs_process(path)) is not Reach.DONE:
                return reach
            if path.suffix == ".po":
                found = self._compile(path)
                others |= found is None
                docs |= found or set()
            elif path.is_relative_to(self.settings.data_path) and path.suffix in {".yaml", ".yml"}:
                self._data_due = True
                self._reread |= followers.get(path, set())
            elif self._copy(path):
                assets = True
            else:
                docname = self.app.env.path2doc(str(path))
                shown = {docname} & self.app.env.all_docs.keys() if docname else set()
                # Of a post that comes or goes, the front matter of others is to be asked.
                self._data_due |= bool(docname) and not (shown and path.is_file())
                shown |= followers.get(path, set())
                others |= not shown or not path.is_file() or path.suffix != ".md"
                docs |= shown
        if self._load_data():
            docs |= self._reread & self.app.env.all_docs.keys()
        self._reread |= docs
        self._assets_due |= assets or others
        self.due |= bool(others or assets or self._reread or self._data_due)
        self.unfinished |= self.due
        many = others or len(docs) > _FEW or (docs and self.app.config.numfig)
        if not (many and self.settle()) and docs:
            known = docs & self.app.env.all_docs.keys()
            self._show({docname for docname in known if self.app.env.doc2path(docname).is_file()})
        return Reach.DONE

    def _show(self, docnames: AbstractSet[str]) -> None:
        """Read the pages anew and write them; where more than their text changed, settle."""
        env = self.app.env
        before = {docname: self._face(docname) for docname in docnames}
        _forget_checksums()
        for docname in docnames:
            self._builder.phase = BuildPhase.READING
            self._builder.events.emit("env-purge-doc", env, docname)
            env.clear_doc(docname)
            self._builder.read_doc(docname)
        if any(face != self._face(docname) for docname, face in before.items()):
            # They may have been read with what was in the front matter before.
            self._data_due |= any(face[0] != self._face(docname)[0] for docname, face in before.items())
            self._rewrite |= docnames
            self.settle()
            return
        self._reread -= docnames
        for docname in self._in_order(docnames):
            recount_shares(self.app, env, docname)
            if self._may_write(docname):
                self._write(docname)
        # What else depends on them comes when all is settled, and their words in the search's index.
        self._rewrite |= docnames
        self._drop_caches()

    def _face(self, docname: str) -> tuple[object, ...]:
        """What of a page other pages show, or what decides how it is built; its front matter first."""
        env = self.app.env
        facts = {name: value for name, value in env.metadata.get(docname, {}).items() if name not in _OWN}
        title, toc = env.titles.get(docname), env.tocs.get(docname)
        return (
            repr(sorted(facts.items())),
            title.pformat() if title is not None else "",
            toc.pformat() if toc is not None else "",
            tuple(env.toctree_includes.get(docname, ())),
            docname in env.glob_toctrees,
            sorted(image for image, (names, _name) in env.images.items() if docname in names),
            sorted(file for file, (names, _name) in env.dlfiles.items() if docname in names),
        )

    def _needs_process(self, path: Path) -> Reach:
        """Whether a change of ``path`` needs a process that starts anew."""
        if path in {self.settings.root / "conf.py", self.settings.root / "pyproject.toml"}:
            return Reach.RESTART
        templates = [Path(self.app.confdir, name) for name in self.app.config.templates_path]
        if any(path.is_relative_to(os.path.realpath(folder)) for folder in templates):
            return Reach.FRESH
        code = path.suffix in {".py", ".html", ".conf"}
        if code and not path.is_relative_to(self.settings.source_path):
            return Reach.FRESH
        if path.suffix == ".po" and self._domain(path) in _INTERFACE:
            return Reach.RESTART
        return Reach.DONE

    def _domain(self, path: Path) -> str | None:
        """The domain of a catalog of this language; None of one of another."""
        locale = self.language.locale
        folder = catalog_folder(self.settings.catalogs_of(locale), locale)
        return path.relative_to(folder).with_suffix("").as_posix() if path.is_relative_to(folder) else None

    def _compile(self, path: Path) -> set[str] | None:
        """Compile a catalog; the pages that show it, and None where more depends on it."""
        domain = self._domain(path)
        if domain is None:
            return None
        if not path.is_file():
            self._broken.pop(path, None)
            return None
        problem = recompile(self.settings, self.language.locale, Path(self.app.doctreedir), domain)
        if problem is not None:
            self._broken[path] = problem
            return set()
        self._broken.pop(path, None)
        compiled = compiled_path(Path(self.app.doctreedir, COMPILED), self.language.locale, domain)
        docs = set(self._followers().get(compiled, set()))
        docs |= {
            docname
            for docname in self.app.env.all_docs
            if docname_to_domain(docname, self.app.config.gettext_compact) == domain
        }
        if domain.startswith(f"{DATA}/"):
            self._data_due = True
        return docs

    def _copy(self, path: Path) -> bool:
        """Copy a file that pages link to as it is; whether it is one."""
        if path.suffix not in _ASSETS or not path.is_file():
            return False
        for name in self.app.config.html_static_path:
            folder = Path(os.path.realpath(Path(self.app.confdir, name)))
            if path.is_relative_to(folder):
                target = Path(self.app.outdir, "_static", path.relative_to(folder))
                target.parent.mkdir(parents=True, exist_ok=True)
                copyfile(path, target)
                return True
        return False

    def _followers(self) -> dict[Path, set[str]]:
        """File -> the pages that were made with it, besides their own sources."""
        found: dict[Path, set[str]] = {}
        source = str(self.app.srcdir)
        for docname, files in self.app.env.dependencies.items():
            for file in files:
                found.setdefault(Path(os.path.normpath(os.path.join(source, file))), set()).add(docname)  # noqa: PTH118 of thousands
        return found

    # ---- the second step: all pages follow ----

    def may_settle(self) -> bool:
        """Whether no file is broken that all pages need; those that have changed are looked at."""
        return not self._broken and self._load_data()

    def settle(self) -> bool:
        """Do for all pages what an incremental build does; whether it came to its end.

        It does not begin while a catalog cannot be read: its pages would lose their translations.
        """
        if not self.may_settle():
            self.due = True
            return False
        env, builder = self.app.env, self._builder
        compiled = compile_site_catalogs(
            self.settings,
            self.language.locale,
            Path(self.app.doctreedir),
            DATA_NAMES,
            self._is_other_markup,
            keep_unreadable=True,
        )
        # One may have been broken since the last change that was told.
        self._broken.update((problem.path, problem) for problem in compiled.unreadable)
        if self._broken:
            self.due = True
            return False
        self.due, self.unfinished = False, True
        _forget_checksums()
        stale = set(env.found_docs) if self._write_everything else set(builder.get_outdated_docs())
        self.app.config.exclude_patterns = list(self._patterns)
        with self._complaints.during(Stage("site")):
            builder.phase = BuildPhase.READING
            updated = set(builder.read())
            self._reread.clear()
            updated |= set(env.check_dependents(self.app, updated))
            builder.phase = BuildPhase.CONSISTENCY_CHECK
            env.check_consistency()
            builder.phase = BuildPhase.RESOLVING
            self._complaints.forget_others(env.found_docs)
            stale |= self._rewrite | self._complaints.pages
            self._rewrite.clear()
            self._write_everything = False
            builder.parallel_ok = False
            builder.finish_tasks = SerialTasks()
            self._forget_assets()
            builder.write(stale & env.found_docs, updated & env.found_docs, "update")
            if not self.due:
                self._forget_words()
                builder.finish()
                builder.finish_tasks.join()
        self._drop_caches()
        return not self.due

    def _forget_assets(self) -> None:
        """Forget the styles and scripts of single pages: Sphinx would give them to all in another build."""
        for registered, at_start in self._assets:
            registered[:] = at_start

    def _forget_words(self) -> None:
        """Forget the words that no page has any more: Sphinx keeps them in its index for search."""
        indexer = self._builder.indexer
        for words in (indexer._mapping, indexer._title_mapping) if indexer is not None else ():  # noqa: SLF001
            for word in [word for word, docnames in words.items() if not docnames]:
                del words[word]

    def _owed(
        self,
        _app: Sphinx,
        env: BuildEnvironment,
        added: set[str],
        _changed: set[str],
        removed: set[str],
    ) -> set[str]:
        """On env-get-outdated: what is known to have changed, and who listed what is gone.

        Sphinx leaves a page alone that lists one which is gone, until that page changes by itself.
        """
        lists = {
            docname
            for docname, listed in env.toctree_includes.items()
            if (removed | added).intersection(listed)
        }
        return self._reread | lists

    def _load_data(self) -> bool:
        """Load the records and the front matter of posts anew; where they are broken, what was stays."""
        if not self._data_due and self._day == today():
            return True
        extensions, env, config = self.app.extensions, self.app.env, self.app.config
        with ExitStack() as undo, self._complaints.during(Stage("data")):
            if "sphinx_hub.community" in extensions:
                records = hub_domain(env)
                undo.callback(setattr, records, "site", records.site)
                load_records(self.app)
            if "sphinx_hub.posts" in extensions:
                posts, courses = posts_domain(env), course_domain(env)
                undo.callback(setattr, posts, "site", posts.site)
                undo.callback(setattr, courses, "hub", courses.hub)
                undo.callback(setattr, config, "exclude_patterns", config.exclude_patterns)
                load_posts(self.app)
                load_people(self.app)
            if self._complaints.of(Stage("data")):
                return False
            undo.pop_all()
        self._patterns = list(config.exclude_patterns)
        config.exclude_patterns = getattr(self.app, "hub_exclude_patterns", config.exclude_patterns)
        self._data_due, self._day = False, today()
        return True

    def _is_other_markup(self, domain: str) -> bool:
        """Whether the page of ``domain`` is not written in Markdown, so that Sphinx translates it."""
        return Path(self.app.srcdir, f"{domain}.rst").is_file()

    def _renew_checksums(self) -> None:
        """Put the checksums of stylesheets and scripts into pages that are not written anew for them."""
        sums: dict[Path, str] = {}
        for page in Path(self.app.outdir).rglob("*.html"):

            def renewed(found: re.Match[bytes], page: Path = page) -> bytes:
                file = page.parent / found[1].decode()
                if file not in sums:
                    # As Sphinx has it, and nothing where there is no such file.
                    content = file.read_bytes().replace(b"\r", b"") if file.is_file() else b""
                    sums[file] = f"{zlib.crc32(content):08x}" if content else ""
                return b"%s?v=%s" % (found[1], sums[file].encode()) if sums[file] else found[0]

            content = page.read_bytes()
            new = _CHECKSUM.sub(renewed, content)
            if new != content:
                page.write_bytes(new)
        self._assets_due = False

    def _write_all(self, docnames: AbstractSet[str]) -> None:
        """Write pages, those first that somebody looks at; stop where something else is to be done."""
        if self._assets_due:
            self._renew_checksums()
        first = set(self._in_order(docnames)[: len(self.viewed)]) & set(self.viewed)
        for docname in self._in_order(docnames):
            if first and docname not in first:
                first.clear()
                self.seen()
            if not first and self._interrupted():
                self._rewrite |= set(docnames)
                self.due = True
                return
            if self._may_write(docname):
                self._write(docname)

    def _in_order(self, docnames: Iterable[str]) -> list[str]:
        return sorted(docnames, key=lambda docname: (docname not in self.viewed, docname))

    def _may_write(self, docname: str) -> bool:
        """Whether nothing is wrong with the page itself, nor with what it says of itself as a post."""
        if self._complaints.of(Stage("read", docname)):
            return False
        source = self.settings.root / self.settings.source / self.app.env.doc2path(docname, base=False)
        place = source.relative_to(self.settings.root).as_posix()
        return not any(said.place.rpartition(":")[0] == place for said in self._complaints.of(Stage("data")))

    def _read(self, docname: str) -> None:
        with self._complaints.during(Stage("read", docname)):
            self._stock_read(docname)
        # Sphinx may have looked at what was read before, and would keep it.
        self.app.env._pickled_doctree_cache.pop(docname, None)  # noqa: SLF001
        vars(self.app.env).pop("master_doctree", None)

    def _write(self, docname: str) -> None:
        """Write a page; one that Sphinx complains of is put back as it was."""
        path = Path(self._builder.get_output_path(docname))
        before = path.read_bytes() if path.is_file() else None
        stage = Stage("write", docname)
        with self._complaints.during(stage):
            self._builder.phase = BuildPhase.RESOLVING
            doctree = self.app.env.get_and_resolve_doctree(docname, self._builder, tags=self._builder.tags)
            self._builder.phase = BuildPhase.WRITING
            self._builder.write_doc_serialized(docname, doctree)
            self._builder.write_doc(docname, doctree)
        if before is not None and self._complaints.of(stage):
            path.write_bytes(before)

    def _drop_caches(self) -> None:
        """Let go of doctrees: Sphinx keeps each that it has read, for a process that ends soon."""
        self.app.env._pickled_doctree_cache.clear()  # noqa: SLF001
        self.app.env._write_doc_doctree_cache.clear()  # noqa: SLF001
        vars(self.app.env).pop("master_doctree", None)

    # ---- the third step: what nobody waits for ----

    def finish(self) -> None:
        """Write what comes at the end of a build, and keep what was read for the next start."""
        if self.due or not self.may_settle():
            return
        with self._complaints.during(Stage("finish")):
            self.app.events.emit("build-finished", None)
        env = self.app.env
        read = {docname: env.all_docs[docname] for docname in self._complaints.pages & env.all_docs.keys()}
        try:
            # What is wrong with a page is said again at the next start, when it is read again.
            env.all_docs.update(dict.fromkeys(read, 0))
            with Path(self.app.doctreedir, ENV_PICKLE_FILENAME).open("wb") as file:
                pickle.dump(env, file, pickle.HIGHEST_PROTOCOL)
        finally:
            env.all_docs.update(read)
        self.unfinished = False


def _forget_checksums() -> None:
    """Let Sphinx look again at the files of which it writes checksums; it never looks at one twice."""
    _assets._file_checksum_inner.cache_clear()  # noqa: SLF001
